"""The pages that stand in front of a lesson: all keys and signs; what the learner knows, and mixes up; what the lesson
says; every row's numbers.
"""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Literal

from rich.cells import cell_len as cells

from engine.late import LateModule
from engine.learner.progress import Bookmark, Progress
from engine.lesson.lesson import Lesson
from engine.lesson.notes import without_emphasis
from engine.walk.known import is_known, pending_claims
from engine.walk.walk import ASKING, Walk
from tui.config.keys import (
    ASKED,
    EDITING_HELP,
    GLANCE,
    GRADIENTS_HELP,
    GRADIENTS_SHOWN,
    KEYS,
    PALETTE_HELP,
    KeyTable,
)
from tui.view.canvas import Canvas, CellStyle, join_lines, wrap
from tui.view.glyphs import Spelling
from tui.view.lesson_view import LessonView
from tui.view.mix_up_report import paragraphs
from tui.view.page import Line, Page, paragraph, title
from tui.view.report import as_text
from tui.view.rows_page import rows_page

if TYPE_CHECKING:
    from engine.export import in_words
    from engine.walk import checking
    from tui.view import check_page
else:
    in_words, checking = LateModule("engine.export.in_words"), LateModule("engine.walk.checking")
    check_page = LateModule("tui.view.check_page")

SIGNS = (
    ("·", "not reached yet (which is not 0)"),
    ("[ ]", "the number just filled in"),
    ("▸", "the row, or the unit, in hand"),
    ("•", "reused: found before, in an earlier chain"),
    ("!", "by hand: your number was another"),
    ("═", "in the network: what the number goes through"),
    ("…", "there is more than fits here"),
    ("right", "the prediction is on its target's side of ½"),
    ("4.39e−4", "0.000439, the point so many places to the left; of 4.39e6, to the right"),
    ("≈", "what is shown is rounded; nothing is rounded on the way"),
)
SECOND_COLUMN = 50  # where the second column of keys begins at most
DETAIL_COLUMN = 3
WORDS_COLUMN = 12  # where the words for a key or a sign begin

Entry = tuple[str, str]  # a key or a sign, and words for it
Where = Literal["lesson", "asked", "glance"]  # what keys mean


def key_entries(keys: KeyTable) -> list[Entry]:
    """All keys, and what each does."""
    return [*((command.shown, command.help) for command in keys.commands), (GRADIENTS_SHOWN, GRADIENTS_HELP),
            (ASKED.sign("stop"), "stop what is under way")]


def asked_entries(keys: KeyTable) -> list[Entry]:
    """The keys while a number is asked for."""
    *first, stop = [(command.shown, command.help) for command in ASKED.commands]
    mode = keys.sign("mode"), "on to the next way: watch, practise, by hand"
    return [*first, *EDITING_HELP, PALETTE_HELP, mode, stop]


def glance_entries() -> list[Entry]:
    """The keys while the training is looked at."""
    return [*((command.shown, command.help) for command in GLANCE.commands), ("0-9", "an epoch: Enter looks at it")]


def page(name: str, walk: Walk, spelled: Spelling, keys: KeyTable = KEYS, trouble: str = "", digits: int = 5) -> Page:
    """The page `help`, or `glance` for who looks at the training, `skills`, `mixups`, `words`, `rows` or `check`, which
    raises ActionError where no gradient that is worked out is in hand. `trouble`: why nothing can be kept, if nothing
    can; `digits` are those of the screen.
    """
    if name in ("help", "glance"):
        first: Where = "glance" if name == "glance" else "asked" if walk.asks else "lesson"
        shown = partial(keys_and_signs, spelled=spelled, keys=keys, first=first)
        return Page(shown, spelled, "  Ctrl+P all commands")
    if name == "skills":
        return Page(partial(skills, spelled=spelled, progress=walk.progress, trouble=trouble), spelled)
    if name == "rows":
        return rows_page(LessonView(walk, digits), spelled)
    if name == "check":
        return check_page.check_page(checking.check_in_hand(walk, keys.sign("section")), spelled)
    if name == "mixups":
        return Page(partial(mix_ups, spelled=spelled, walk=walk, keys=keys), spelled)
    trace, cursor = walk.trace, walk.cursor
    is_told = cursor.step > 0 and is_known(walk, cursor.step - 1)
    note = trace.note(cursor.epoch, cursor.step - 1) if is_told else ""
    lines = [trace.graph.line(index) for index in range(len(trace.graph.nodes) * (trace.lesson.formulas is not None))]
    formulas = ", ".join(f"{line.name} = {line.formula}" for line in lines)
    sheet = in_words.claims_in_words(trace.lesson, pending_claims(walk)) if trace.lesson.claimed else ""
    said = partial(words, spelled=spelled, lesson=trace.lesson, note=note, formulas=formulas, sheet=sheet)
    return Page(said, spelled)


def keys_and_signs(width: int, spelled: Spelling, keys: KeyTable, first: Where = "lesson") -> list[Line]:
    """The keys, movements forward and their reverses side by side where there is room; then the signs. Who is asked, or
    looks at the training, reads first what keys mean there.
    """
    entries = key_entries(keys)
    of: dict[Where, list[Line]] = {
        "lesson": [*title("Keys"), *(_pairs(entries, width, spelled) or _entries(entries, width, spelled)),
                   *title("Signs"), *_entries(SIGNS, width, spelled)],
        "asked": [*title("Keys while you are asked"), *_entries(asked_entries(keys), width, spelled)],
        "glance": [*title("Keys while you look at the training"), *_entries(glance_entries(), width, spelled)]}
    return [*of.pop(first), *(line for lines in of.values() for line in lines)]


def _pairs(entries: Sequence[Entry], width: int, spelled: Spelling) -> list[Line]:
    """Two entries a line; none if one of them would be cut."""
    half = min(width // 2, SECOND_COLUMN)
    for k, (sign, text) in enumerate(entries):
        end = width - half if k % 2 else half - 1
        if cells(spelled(sign)) + 2 > WORDS_COLUMN or WORDS_COLUMN + cells(spelled(text)) > end:
            return []
    return [[piece for k, entry in enumerate(entries[row:row + 2]) for piece in _pieces(half * k, *entry)]
            for row in range(0, len(entries), 2)]


def _entries(entries: Sequence[Entry], width: int, spelled: Spelling) -> list[Line]:
    """An entry a line; what doesn't fit goes on below."""
    lines = list[Line]()
    for sign, text in entries:
        words_there, *rest = wrap(Canvas(0, 0, spelled), text, width - WORDS_COLUMN - 1)
        lines.append(_pieces(0, sign, words_there))
        lines += [[(WORDS_COLUMN, more, CellStyle.TEXT)] for more in rest]
    return lines


def _pieces(x: int, sign: str, text: str) -> Line:
    return [(x + 1, sign, CellStyle.KEY), (x + WORDS_COLUMN, text, CellStyle.TEXT)]


def skills(width: int, spelled: Spelling, progress: Progress, trouble: str = "") -> list[Line]:
    """What the learner knows, skill by skill; before it why it can't be kept, if it can't."""
    text = "\n\n".join(filter(None, (trouble, as_text(progress))))
    return [*title("What you know"), *paragraph(text, width, spelled)]


def mix_ups(width: int, spelled: Spelling, walk: Walk, keys: KeyTable) -> list[Line]:
    """What the learner mixes up: what to do next, then each mistake with its details."""
    def how(command: str, elsewhere: Bookmark | None) -> str:
        if walk.mode in ("practise", "practise all") and elsewhere is None:
            return "go on as you do"
        then = [ASKED.sign("stop")] * (walk.mode in ASKING) + [keys.sign("menu")] * (elsewhere is not None)
        return ", then ".join([*then, keys.sign(command)])
    lines = title("What you mix up")
    for first, *details in paragraphs(walk.progress, how, walk.trace.lesson):
        lines += [*paragraph(first, width, spelled),
                  *(line for text in details for line in paragraph(text, width, spelled, DETAIL_COLUMN)), []]
    return lines[:-1]


def words(width: int, spelled: Spelling, lesson: Lesson, note: str, formulas: str = "",
          sheet: str = "") -> list[Line]:
    """What a lesson says: its introduction, its formulas, its sheet, what is to be reached, the note of the place in
    hand, what comes next.
    """
    nothing = "The numbers are drawn: the lesson's own words are not about them." if lesson.drawn_from else \
        "This lesson has no introduction."
    joined = partial(join_lines, Canvas(0, 0, spelled), width=width - 2)
    text = [joined(without_emphasis(lesson.introduction or nothing))]
    text += [f"\nFormulas: {formulas}."] * bool(formulas)
    text += ["\n" * (not formulas) + _loss_and_training(lesson)]
    text += [f"{sheet}."] * bool(sheet)
    text += [f"Goal: {lesson.goal}."] * (lesson.goal is not None)
    text += [f"Best after: {', '.join(lesson.requires)}."] * bool(lesson.requires)
    text += [f"Next: {lesson.next}."] * bool(lesson.next)
    text += [f"\n{joined(f'Here: {note}')}"] * bool(note)
    return [*title(lesson.title), *paragraph("\n".join(text), width, spelled)]


def _loss_and_training(lesson: Lesson) -> str:
    """`Loss: mean squared error. Learning rate: 0.5.`"""
    loss = in_words.loss_in_words(lesson)
    said = [loss if lesson.formulas and lesson.rows == 1 else f"Loss: {loss}",
            ", ".join(in_words.training_in_words(lesson)).replace("learning rate lr = ", "learning rate: ")]
    return " ".join(f"{text[:1].upper()}{text[1:]}." for text in said)
