"""What is asked at a place: the last thing that is heard there."""

from collections.abc import Iterator
from typing import NamedTuple

from engine.export.in_words import name_in_words
from engine.graph.step import Kind, Phase
from engine.learner.progress import Mode
from engine.text.notation import number
from engine.tutor.answer import FollowUp
from engine.walk.walk import ASKING, Search, Walk

IN_WORDS: dict[Mode, str] = {  # how a mode works, and how it ends
    "watch": "watch: Enter gives the next number, help the commands; practise, by hand and find the mistake ask you",
    "practise": "practise: type each number, or a formula; the verdict comes at once, what you know is filled in; hint "
                "helps, Enter alone fills in; watch ends it",
    "practise all": "practise all: you are asked for each number, whatever you know; the verdict comes at once; hint "
                    "helps, Enter alone fills in; watch ends it",
    "by hand": "by hand: type every number, or a formula; the verdicts come at the end of a row's chain; Enter alone "
               "leaves one open, back changes the last; watch ends it, with the verdicts so far",
    "find": "find the mistake: of a chain's lines one is wrong; type its number, then which mistake it is; network has "
            "the weights; watch ends it"}

THE_END = "that was the last number; back goes back, watch ends it"
EXAMPLE = "Enter: you again, with new numbers; skip: go on where you were"


class Context(NamedTuple):
    """What a question was last said to be about; that is not said again."""

    mode: Mode
    epoch: int
    batch: int
    row: int | None
    parameter: str | None


def mode_in_words(walk: Walk) -> str:
    """How the walk's mode works, and how it ends."""
    return IN_WORDS[walk.mode]


def context_of(walk: Walk) -> Context | None:
    """What the question that stands is about; None where no number is asked for."""
    if not walk.asks or walk.attempt.follow_up:
        return None
    asked = walk.tutor.question(walk.cursor.epoch, walk.cursor.step)
    batch = walk.trace.script.batch_at(walk.cursor.step)
    return Context(walk.mode, asked.epoch, batch.number, asked.row, asked.parameter)


def ask(walk: Walk, heard: Context | None = None) -> Iterator[str]:
    """What is asked, alone; `heard` is what the question before was about."""
    if walk.search:
        yield from _ask_in_search(walk.search)
    elif walk.example:
        yield EXAMPLE
    elif walk.mode in ASKING and walk.attempt.follow_up:
        yield from _offer(walk.attempt.follow_up)
        yield f"1 to {len(walk.attempt.follow_up.choices)}? Enter alone passes"
    elif walk.asks:
        yield question(walk, heard)
    elif walk.mode in ASKING:
        yield walk.trouble or ("you look back; Enter: go on" if walk.looks_back else THE_END if is_at_end(walk)
                               else "Enter: go on")


def is_at_end(walk: Walk) -> bool:
    """Whether nothing is left to be asked: behind the last number of the last epoch."""
    return walk.cursor == (walk.trace.history.last_epoch, walk.trace.script.length)


def question(walk: Walk, heard: Context | None = None) -> str:
    """`∂A3/∂Z3, row 2, gradient of w13 = ?`: the batch, the row and the gradient where they have become others. Of a
    graph's number the formula is what is given.
    """
    asked, trace = walk.tutor.question(walk.cursor.epoch, walk.cursor.step), walk.trace
    entry = trace.entry(walk.cursor.epoch, walk.cursor.step)
    is_elsewhere = heard is None or heard[:2] != (walk.mode, asked.epoch)
    words = [name_in_words(trace, entry)]
    if asked.kind == Kind.VALUE.value:
        words[0] += f" = {asked.formula}"
    if len(trace.script.batches) > 1 and (is_elsewhere or heard is None or heard.batch != entry.step.batch):
        words.append(f"batch {entry.step.batch + 1}")
    has_rows = bool(trace.lesson.table[0])  # else a graph's parameters are all there is
    if asked.row is not None and has_rows and (is_elsewhere or heard is None or heard.row != asked.row):
        words.append(f"row {asked.row}{_values(walk, asked.row - 1)}")
    if asked.kind in (Kind.FACTOR.value, Kind.PRODUCT.value) and (
            is_elsewhere or heard is None or heard.parameter != asked.parameter):
        words.append(f"gradient of {asked.parameter}")
    return f"{', '.join(words)} = ?"


def _values(walk: Walk, row: int) -> str:
    """What flows into a row, where its forward pass begins."""
    if walk.trace.script.step(walk.cursor.step).phase is not Phase.FORWARD:
        return ""
    lesson = walk.trace.lesson_at(walk.cursor.epoch)
    values = zip([*lesson.inputs, *lesson.targets], lesson.table[row], strict=True)
    return f" ({', '.join(f'{name} {number(value)}' for name, value in values)})"


def _ask_in_search(search: Search) -> Iterator[str]:
    if search.is_done:
        yield "Enter for another one; watch ends it"
    elif search.which:
        yield from _offer(search.which)
        yield f"1 to {len(search.which.choices)}?"
    else:
        yield f"which of these numbers is wrong? 1 to {len(search.puzzle.indices)}"


def _offer(follow_up: FollowUp) -> Iterator[str]:
    """A question and its choices, a line each."""
    yield follow_up.asks
    for number_of, (letter, text) in enumerate(follow_up.choices.items(), 1):
        yield f"{number_of} or {letter}: {text}"
