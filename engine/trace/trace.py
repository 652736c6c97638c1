"""A lesson's every step, by index, any epoch: lines with the numbers filled in."""

import math
from collections.abc import Iterator, Mapping
from copy import copy
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from engine.graph.epoch import Epoch
from engine.graph.graph import Graph
from engine.graph.line import Line
from engine.graph.network import Network, Parameter
from engine.graph.network_graph import NetworkGraph
from engine.graph.numeric import Array, np
from engine.graph.quantity import Quantity, Source
from engine.graph.step import Kind, Step
from engine.graph.symbols import LOSS, Symbols
from engine.late import LateModule
from engine.lesson.lesson import Lesson
from engine.lesson.notes import Note, conditions, without_emphasis
from engine.text.notation import number
from engine.trace.chain import Chains, Form
from engine.trace.history import History
from engine.trace.lines import Lines
from engine.trace.rounding import ABOUT, sign_of
from engine.trace.script import Batch, Script
from engine.trace.updates import Updates

if TYPE_CHECKING:
    from engine.graph import formula_graph
else:
    formula_graph = LateModule("engine.graph.formula_graph")

MOST_KEPT = 128  # entries: from one picture to the next most are the same
MOST_SEARCHED = 500  # steps, for the first one with rounded numbers


class Entry(NamedTuple):
    """A step with its numbers: the line, the value, the line's numbers written out, and one by one, the reason."""

    epoch: int
    step: Step
    line: Line
    value: float
    substitution: str
    numbers: tuple[str, ...]
    why: str

    def sides(self, value: str) -> list[str]:
        """Name, formula, numbers, and the value as written: each that says something new."""
        return [side for side, _ in groupby((self.line.name, self.line.formula, self.substitution, value))]

    def sign(self, digits: int = 5) -> str:
        """`≈` where the numbers, as they are written, don't give the value to so many digits; else `=`."""
        return sign_of(self.line.numbers, self.numbers, number(self.value, digits), digits)

    def right_side(self, digits: int = 5) -> str:
        """`formula = numbers = value`, each part that says something new."""
        *sides, value = self.sides(number(self.value, digits))[1:]
        return f"{' = '.join(sides)} {self.sign(digits)} {value}" if sides else value


class Trace:
    """Any step of any epoch of a lesson, its backward pass written by paths or by δ."""

    def __init__(self, lesson: Lesson, form: Form = "paths", history: History | None = None) -> None:
        """A lesson with too many paths has the δ form alone, whatever `form` says."""
        self._take_numbers(lesson, history or History(lesson))
        self.symbols = Symbols(lesson.model, lesson.inputs, lesson.targets, _loss_of(lesson))
        self.updates, self._form = Updates(lesson, self.symbols), form
        self._by_size: dict[int, Chains] = {}
        self.chains = self._chains_of(lesson.batches[0])
        self.script = Script(self.chains, self.updates, lesson.batches, lesson.trains)
        self._lines: dict[int, Lines] = {}  # by the batch's first row

    def _take_numbers(self, lesson: Lesson, history: History) -> None:
        """What is calculated, of which nothing is filled in yet."""
        self.lesson, self.history = lesson, history
        self._entries: dict[tuple[int, int, int], Entry] = {}
        self._first_rounded: dict[int, int | None] = {}  # by digits

    def _chains_of(self, rows: range) -> Chains:
        """The chains of a batch; of a smaller one, the last, other numbers are divided by."""
        if len(rows) not in self._by_size:
            graph = graph_of(self.lesson, self.symbols, rows)
            self._by_size[len(rows)] = Chains(graph, self.lesson.order, self.lesson.rows, self._form)
        return self._by_size[len(rows)]

    @property
    def graph(self) -> Graph:
        """What is calculated; of a batch that is smaller than the first, `chains_at` has it."""
        return self.chains.graph

    def chains_at(self, batch: Batch) -> Chains:
        """The chains of a batch."""
        return self._chains_of(batch.rows)

    def line(self, step: Step) -> Line:
        """The line of a step, without its numbers."""
        rows = self.script.batches[step.batch].rows
        if rows.start not in self._lines:
            self._lines[rows.start] = Lines(self._chains_of(rows), self.updates, rows)
        return self._lines[rows.start].line(step)

    def note(self, epoch: int, index: int, with_claim: bool = False) -> str:
        """What the lesson has to say at a step: of several notes the most precise; nothing mostly. With a claim
        first what the lesson's sheet has for a gradient.

        Notes speak of the lesson's own numbers; where a change made these others, they would be wrong.
        """
        if self.history.is_branch(epoch):
            return ""
        here = [note for note in self.lesson.notes if self.has_place(note, epoch, index)]
        text = without_emphasis(max(here, key=lambda note: note.precision).text) if here else ""
        return self._say_claim(epoch, self.script.step(index)) + text if with_claim else text

    def _say_claim(self, epoch: int, step: Step) -> str:
        if step.kind is not Kind.GRADIENT or step.parameter_index is None:
            return ""
        value = self.read_claim(epoch, step.batch, self.lesson.order[step.parameter_index])
        return "" if value is None else f"The sheet has {number(value)}. "

    def read_claim(self, epoch: int, batch: int, parameter: Parameter) -> float | None:
        """What the lesson's sheet has for a gradient; it is about the first one with the lesson's own numbers."""
        is_meant = epoch == 1 and not batch and self.lesson.drawn_from is None and not self.history.is_branch(1)
        return self.lesson.claimed.get(parameter.name) if is_meant else None

    def has_place(self, note: Note, epoch: int, index: int) -> bool:
        """Whether a note belongs to a step. What is said of a row's product is said where it is whole: with several
        paths, at their sum.
        """
        is_whole = note.kind != Kind.PRODUCT.value or self.script.is_row_product(index)
        return is_whole and note.belongs_to(self.place(epoch, index))

    def place(self, epoch: int, index: int) -> Mapping[str, str | int | None]:
        """All that a note at a step can ask for."""
        step = self.script.step(index)
        return conditions(epoch, step, {
            "form": self.chains.form,
            "parameter": None if step.parameter_index is None else self.lesson.order[step.parameter_index].name,
            "node": None if step.node is None else self._node(step.kind, step.node),
            "moment": None if step.moment is None else self.updates.moments[step.moment].name})

    def _node(self, kind: Kind, index: int) -> str:
        """The name of the node that is worked out, or whose adjoint is."""
        return (self.graph.adjoint_of(index) if kind is Kind.DELTA else self.graph.nodes[index].quantity).name

    def is_goal_met(self, epoch: int) -> bool:
        """Whether an epoch's forward pass reaches the lesson's goal."""
        goal = self.lesson.goal
        if goal is None:
            return False
        rows_right = 0 if goal.rows_right is None else int(self.rows_right(epoch).sum())
        return goal.is_met(self.epoch(epoch), rows_right)

    def lesson_at(self, epoch: int) -> Lesson:
        """The lesson with the rate and the targets of an epoch, where a change made them others."""
        return self.history.lesson_at(epoch)

    def rows_right(self, epoch: int) -> Array:
        """Whether each row is right in an epoch, which no graph's is. Shape (rows,)."""
        if self.lesson.formulas:
            return np.zeros(self.lesson.rows, dtype=bool)
        return self.lesson_at(epoch).is_right(self.epoch(epoch).outputs)

    def trouble(self, epoch: int) -> str:
        """That training has diverged in an epoch, of a graph where, and what to do; nothing mostly."""
        if self.epoch(epoch).is_finite:
            return ""
        why, lesson = self._fault(epoch) or "these numbers are too large for a computer", self.lesson_at(epoch)
        if not lesson.trains:
            return f"No derivative comes of these numbers: {why}. Try others: what if {lesson.order[0].name} = 1."
        own = self.history.own_lesson.learning_rate
        rate = number(own) + ", the lesson's own" if lesson.learning_rate > own else number(lesson.learning_rate / 10)
        return (f"Training has diverged: {why}. Go to an earlier epoch and try a smaller learning rate there: "
                f"what if lr = {rate}.")

    def _fault(self, epoch: int) -> str:
        """Which of a graph's nodes is no number, or has no slope, and in which row."""
        formulas = self.lesson.formulas
        batch = next((batch for batch in self.epoch(epoch).batches if batch.fault), None)
        if formulas is None or batch is None or batch.fault is None:
            return ""
        node, row = batch.fault
        value = batch.read(Quantity("", Source.VALUE, i=node), row)
        what = "has no slope there" if math.isfinite(value) else "is no number"
        return formulas.nodes[node].name + f" in row {row + 1}" * (self.lesson.rows > 1) + f" {what}"

    def in_form(self, form: Form) -> "Trace":
        """The same epochs, the backward pass written in a form."""
        return self if form == self.chains.form else Trace(self.lesson, form, self.history)

    def with_numbers_of(self, lesson: Lesson) -> "Trace":
        """The same steps with the numbers of a lesson that differs from this one in numbers alone."""
        other = copy(self)
        other._take_numbers(lesson, History(lesson))
        return other

    def epoch(self, number: int) -> Epoch:
        """All numbers of an epoch, from 1. Raises IndexError past MOST_EPOCHS."""
        return self.history.epoch(number)

    def is_near(self, number: int) -> bool:
        """Whether an epoch is there, or a few parts of training away."""
        return self.history.is_near(number)

    def is_at_hand(self, number: int) -> bool:
        """Whether an epoch is there: nothing is trained to look at it."""
        return self.history.is_at_hand(number)

    def train_towards(self, number: int) -> Iterator[int]:
        """Train until an epoch's parameters are there; yields the epoch reached so far."""
        return self.history.train_towards(number)

    def loss(self, number: int) -> float | None:
        """The Loss of an epoch; None where that is neither known nor near."""
        return self.history.loss(number)

    def read(self, epoch: int, quantity: Quantity, row: int | None) -> float:
        """The value of any quantity in an epoch, in a row (from 0) where it has one."""
        numbers, at = self.epoch(epoch), row or 0
        if quantity.source is not Source.PRODUCT:
            return numbers.read(quantity, at)
        at = at if quantity.row is None else quantity.row
        chains = self._chains_of(self.script.batch_of(at).rows)
        return chains.product(quantity.i, quantity.j, lambda factor: numbers.read(factor, at))

    def parameter_now(self, epoch: int, steps: int, parameter: Parameter) -> float:
        """A parameter as it stands after so many steps of an epoch: the new value once it is updated."""
        batch, index = self.script.batch_at(max(steps - 1, 0)), self.chains.index_of.get(parameter.name)
        is_updated = index is not None and self.lesson.trains and batch.update_index(index) < steps
        if epoch == 1 and not is_updated and not batch.number and not self.history.is_branch(1):
            return self.lesson.start[parameter.name]  # known before anything is computed
        source = Source.UPDATED if is_updated else Source.PARAMETER
        return self.read(epoch, self.symbols.parameter(parameter, source), batch.rows.start)

    def is_first_rounded(self, index: int, digits: int) -> bool:
        """Whether a step of the first epoch is the first whose numbers, with so many digits, don't give its value."""
        if digits not in self._first_rounded:
            steps = range(min(self.script.length, MOST_SEARCHED))
            self._first_rounded[digits] = next(
                (step for step in steps if self.entry(1, step, digits).sign(digits) == ABOUT), None)
        return index == self._first_rounded[digits]

    def entry(self, epoch: int, index: int, digits: int = 5) -> Entry:
        """The step at an index of an epoch, its numbers filled in, to that many digits in the substitution."""
        place = epoch, index, digits
        if place not in self._entries:
            if len(self._entries) >= MOST_KEPT:
                self._entries.clear()
            self._entries[place] = self._entry(epoch, index, digits)
        return self._entries[place]

    def _entry(self, epoch: int, index: int, digits: int) -> Entry:
        step = self.script.step(index)
        line, row = self.line(step), self.script.anchor(step)

        def read(quantity: Quantity) -> float:
            return self.read(epoch, quantity, row)
        numbers = [number(read(quantity), digits) for quantity in line.numbers.quantities]
        ahead = iter(numbers)
        return Entry(epoch, step, line, read(line.quantity), line.numbers.substitute(lambda _: next(ahead)),
                     tuple(numbers), line.why(read))


def graph_of(lesson: Lesson, symbols: Symbols, rows: range) -> Graph:
    """A lesson as a graph, for a batch of rows."""
    if isinstance(lesson.model, Network):
        return NetworkGraph(symbols, lesson.loss, rows, lesson.terms_of(len(rows)))
    is_mean = lesson.model.is_mean and len(lesson.batches[0]) > 1
    return formula_graph.FormulaGraph(symbols, lesson.model, rows, is_mean)


def _loss_of(lesson: Lesson) -> Quantity:
    """What is differentiated: of formulas with a single row their result, else the Loss."""
    if isinstance(lesson.model, Network) or lesson.rows > 1:
        return LOSS
    return Quantity(lesson.model.result, Source.VALUE, i=lesson.model.index_of[lesson.model.result])
