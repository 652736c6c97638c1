"""What a walk shows, asked number by number: which are reached, which is fresh, how each is written."""

from collections.abc import Sequence
from functools import cached_property

from rich.cells import cell_len as cells

from engine.graph.epoch import Epoch
from engine.graph.network import Unit
from engine.graph.quantity import Quantity
from engine.graph.step import Kind, Phase, Step
from engine.lesson.lesson import Lesson
from engine.text.notation import fit_number, number
from engine.trace.chain import Chains
from engine.trace.rounding import ABOUT, EQUAL
from engine.trace.script import Batch
from engine.trace.trace import Entry
from engine.walk.walk import ASKING, Walk
from tui.config.keys import KEYS, KeyTable
from tui.view.canvas import CellStyle, Hint, window
from tui.view.datum import SIGN_AND_POINT, datum
from tui.view.glyphs import NOT_YET
from tui.view.turns import Turns

FIXED = "="  # behind the name of a parameter that is shown, not trained
ASKED, LONGEST_TYPED = "?", 8  # of an answer, what a place in a table has room for


class LessonView:
    """A walk as the panels see it. `digits` is how many decimals they write, `keys` those that the learner has;
    `most_digits` how many the line about the number in hand has, where that is more.

    `typed` is what the learner has typed for the number that comes next, where it is asked for. Then that number is the
    one in hand, not the last one shown. `written` are numbers that stand in place of the true ones, by the index of
    their step (None: left open); `wrong` the steps that were just found wrong. A step that the learner points at is the
    one in hand. `turns` is how often they have turned to the columns that have no room; `has_switched` whether they
    have just changed the form of the chains. `file_trouble` is what is wrong with the lesson's file. `behind_keys` is
    what stands on the screen only after its key, which a learner may press where it is a letter. `has_glance`: the
    training is looked at already.
    """

    def __init__(self, walk: Walk, digits: int = 5, keys: KeyTable = KEYS, turns: int = 0,
                 has_switched: bool = False, most_digits: int = 0, file_trouble: str = "") -> None:
        self.walk, self.digits, self.keys, self.typed, self.turns = walk, digits, keys, walk.typed, Turns(turns)
        self.has_switched, self.most_digits, self.file_trouble = has_switched, max(digits, most_digits), file_trouble
        self.written = walk.written
        self.wrong = walk.results.wrong if walk.results.epoch == walk.cursor.epoch else frozenset[int]()
        self.trace, self.lesson = walk.trace, walk.trace.lesson
        self.script, self.cursor = self.trace.script, walk.cursor
        self.behind_keys: Sequence[str] = ()
        self.has_glance = False

    @property
    def number_width(self) -> int:
        """How much a number below 10 takes: its sign, a figure, its point, its decimals."""
        return self.digits + SIGN_AND_POINT

    @cached_property
    def epoch(self) -> Epoch:
        """The numbers of the epoch in hand."""
        return self.trace.epoch(self.cursor.epoch)

    @cached_property
    def lesson_now(self) -> Lesson:
        """The lesson with the rate and the targets of the epoch in hand."""
        return self.trace.lesson_at(self.cursor.epoch)

    @cached_property
    def rows_right(self) -> Sequence[bool]:
        """Whether each row is right in the epoch in hand, (rows,)."""
        found: list[bool] = self.trace.rows_right(self.cursor.epoch).tolist()
        return found

    @cached_property
    def own_loss(self) -> float | None:
        """The Loss of this epoch without the changes, where a value was changed."""
        return self.walk.own_loss

    @cached_property
    def step(self) -> Step | None:
        """The step in hand, whose number was just filled in or is asked for; None at the start of an epoch."""
        return self.script.step(self.in_hand) if self.in_hand >= 0 else None

    @property
    def in_hand(self) -> int:
        """The index of that step; −1 for none."""
        return self.walk.pointed if self.walk.pointed is not None else self.cursor.step - (self.typed is None)

    @cached_property
    def batch(self) -> Batch:
        """The batch in hand, with the steps of its pass."""
        return self.script.batch_at(self.in_hand)

    @property
    def loss_index(self) -> int:
        """The step with the Loss of that batch; of formulas with one row that of their result."""
        return self.batch.loss_index if self.trace.graph.loss else self.script.value_index(0, self.trace.symbols.loss.i)

    @cached_property
    def chains(self) -> Chains:
        """The chains of that batch."""
        return self.trace.chains_at(self.batch)

    @cached_property
    def entry(self) -> Entry | None:
        """The line and numbers of the number just filled in."""
        return self.trace.entry(self.cursor.epoch, self.cursor.step - 1, self.digits) if self.cursor.step else None

    @cached_property
    def explains_rounding(self) -> bool:
        """Whether the number just filled in is the first that shows what `≈` means."""
        return self.entry is not None and self.cursor.epoch == 1 and self.entry.sign(self.digits) == ABOUT and \
            self.trace.is_first_rounded(self.cursor.step - 1, self.digits)

    @cached_property
    def note(self) -> str:
        """What the lesson has to say at the step in hand, in one line; of what is asked for not what its sheet has."""
        note = self.trace.note(self.cursor.epoch, self.in_hand, self.typed is None) if self.in_hand >= 0 else ""
        return " ".join(note.split())

    def hint(self, name: str, word: str = "") -> Hint:
        """A command's key and word as they are now: while keys write, by one that writes nothing."""
        silent = self.keys.silent_hints(name, word) if self.is_typing else []
        return silent[0] if silent else self.keys.hint(name, word)

    @property
    def is_typing(self) -> bool:
        """Whether a letter is written, and no command: at a question, and where verdicts stand before the next."""
        return self.typed is not None or (self.walk.results.is_open and self.walk.mode in ASKING)

    @property
    def message(self) -> str:
        """What is said to whom is asked; to who wrote a letter that is a key at other times, which key it is now."""
        walk = self.walk
        said = walk.message if walk.mode in ASKING or walk.search or walk.example else ""
        return " ".join(filter(None, (said, self._key_meant)))

    @property
    def _key_meant(self) -> str:
        """That for the table or the network, before what could not be read."""
        letter, after = self.walk.attempt.typed[:1], self.walk.attempt.typed[1:2]
        command = self.keys.by_key.get(letter)
        if not self.walk.attempt.is_unread or after.isalpha() or command is None or command.id not in self.behind_keys:
            return ""
        return "".join(f"The {word} is {sign} while you are asked."
                       for sign, word in self.keys.silent_hints(command.id))

    @property
    def phase(self) -> Phase | None:
        """The phase of that step."""
        return self.step.phase if self.step else None

    @property
    def row(self) -> int:
        """The row of the table in hand, from 0: the step's, else the last one it was about."""
        if self.step is None:
            return 0
        return self.batch.rows[-1] if self.step.row is None else self.step.row

    @property
    def has_rows(self) -> bool:
        """Whether rows are told apart: formulas may have one alone."""
        return self.lesson.rows > 1 or self.lesson.formulas is None

    def is_row_marked(self, row: int) -> bool:
        """Whether the step is about this row alone."""
        return self.step is not None and self.step.row == row

    def row_mark(self, row: int, shown: range, rows: range) -> str:
        """The mark of a line: `▸` on the row in hand, `…` where rows before or behind those shown are left out."""
        if self.is_row_marked(row):
            return "▸"
        is_cut = (row == shown[0] > rows.start) or (row == shown[-1] < rows.stop - 1)
        return "…" if is_cut else ""

    @property
    def has_batches(self) -> bool:
        """Whether an epoch is several passes."""
        return len(self.lesson.batches) > 1

    def is_in_other_batch(self, row: int) -> bool:
        """Whether a row belongs to another batch than the one in hand."""
        return self.step is not None and row not in self.batch.rows

    @property
    def most_rows(self) -> int:
        """How many rows the largest batch has."""
        return len(self.lesson.batches[0])

    def rows_in_sight(self, room: int) -> range:
        """Of the batch in hand the rows that have so much room, the one in hand among them."""
        first, *_ = rows = self.batch.rows
        shown = window(len(rows), max(room, 0), self.row - first)
        return rows[shown.start:shown.stop]

    def is_reached(self, index: int) -> bool:
        """Whether the step at an index is on the screen."""
        return index < self.cursor.step

    def is_fresh(self, index: int) -> bool:
        """Whether it is the number in hand."""
        return index == self.in_hand

    def sign_at(self, index: int) -> str:
        """The sign before a reached number: whether the numbers shown for it give what is shown; else `=`."""
        if not self.is_reached(index) or self.is_written(index):
            return EQUAL
        return self.trace.entry(self.cursor.epoch, index, self.digits).sign(self.digits)

    def style(self, index: int) -> CellStyle:
        """The style of the number of a step."""
        if self.is_fresh(index):
            return CellStyle.FRESH
        if index in self.wrong and self.is_reached(index):
            return CellStyle.WRONG
        return CellStyle.VALUE if self.is_reached(index) else CellStyle.MUTED

    def is_written(self, index: int) -> bool:
        """Whether the learner's own number stands there, not judged yet."""
        return index in self.written

    def number(self, value: float) -> str:
        """A number as the panels write it."""
        return number(value, self.digits)

    def datum(self, value: float) -> str:
        """An input or a target as the panels write it."""
        return datum(value, self.digits)

    def fit(self, value: float, width: int) -> str:
        """The same in a width: with fewer digits where it is too wide."""
        return fit_number(value, width, self.digits)

    def text_at(self, index: int, quantity: Quantity, row: int | None = None, width: int | None = None) -> str:
        """A quantity's number, with as many digits as fit; not reached `·`; where it is asked for, what is typed."""
        if self.typed is not None and self.is_fresh(index):
            return self._asked_for(index, width or LONGEST_TYPED)
        if (value := self.value_at(index, quantity, row)) is None:
            return NOT_YET
        return self.number(value) if width is None else self.fit(value, width)

    def _asked_for(self, index: int, width: int) -> str:
        """What is typed, whole or not at all: a part of it would be another answer. Else what was written before."""
        if self.typed:
            return self.typed if cells(self.typed) <= width else "…"
        own = self.written.get(index)
        return ASKED if own is None else self.fit(own, width)

    def value_at(self, index: int, quantity: Quantity, row: int | None = None) -> float | None:
        """A quantity's value if its step is reached; what the learner wrote where that is not judged yet."""
        if self.is_written(index):
            return self.written[index]
        return self.read(quantity, row) if self.is_reached(index) else None

    def read(self, quantity: Quantity, row: int | None = None) -> float:
        """The value of a quantity in the epoch in hand; one of no row in the batch in hand."""
        return self.trace.read(self.cursor.epoch, quantity, self.batch.rows.start if row is None else row)

    def parameter_now(self, source: Unit | None, target: Unit) -> float:
        """The value of a weight, or of a bias (`source` None), as it stands: the new one once it is updated."""
        parameter = self.trace.symbols.between(source, target)
        return self.trace.parameter_now(self.cursor.epoch, self.cursor.step, parameter)

    @cached_property
    def fixed(self) -> Sequence[str]:
        """The names of the parameters that are shown, not trained."""
        return [name for name in self.lesson.model.parameters if name not in self.chains.index_of]

    @property
    def is_at_end(self) -> bool:
        """Whether nothing follows: of a lesson without updates."""
        return self.cursor == (self.trace.history.last_epoch, self.script.length)

    @cached_property
    def path(self) -> tuple[Unit, ...]:
        """The units of the path in hand, the parameter's first (of a softmax it may lead through two); in the forward
        pass the unit that is computed.
        """
        step = self.step
        if step is None or step.kind in (Kind.ROW_LOSS, Kind.LOSS):
            return ()
        if step.unit:
            return (step.unit,)
        if step.parameter_index is None or step.phase is Phase.UPDATE:
            return ()
        return self.chains.path_of(step.parameter_index, step.path)[::-1]

    @cached_property
    def path_units(self) -> frozenset[int]:
        """Their numbers."""
        return frozenset(unit.number for unit in self.path)

    @property
    def unit_in_hand(self) -> Unit:
        """The unit that is computed, or that the parameter in hand leads into; else the first."""
        if self.path:
            return self.path[0]
        if self.step and self.step.parameter_index is not None:
            return self.trace.symbols.target_unit(self.lesson.order[self.step.parameter_index])
        return self.lesson.network.computed_units[0]
