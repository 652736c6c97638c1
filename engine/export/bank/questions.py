"""The numbers of a lesson as questions each of which stands alone: what it takes to work a number out, what is right,
what the common mistakes give.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from engine.export.bank.given import Given
from engine.export.in_words import equation, judge_sheet, name_in_words, row_of_step, say_sheet
from engine.export.selection import Selection
from engine.graph.step import Kind, Phase, Step
from engine.text.notation import number
from engine.trace.trace import Entry, Trace
from engine.tutor.precision import FARTHEST, Precision
from engine.tutor.tutor import Tutor
from engine.tutor.wrong_numbers import wrong_numbers

MOST_WRONG = 8


class Answer(NamedTuple):
    """A number, how far a typed one may be from it, and what is said of that."""

    value: float
    tolerance: float
    is_right: bool
    said: str = ""


class Question(NamedTuple):
    """One number: its place on the screen and its name, what is given, a line each, and what is asked. Of the answers
    the first that fits counts.
    """

    epoch: int
    step: int
    phase: Phase
    name: str
    given: Sequence[str]
    asked: str
    answers: Sequence[Answer]
    solution: str


def compose_questions(trace: Trace, epochs: int, selection: Selection) -> Iterator[Question]:
    """One for each number, a factor where it comes for the first time; none of an epoch in which training diverges."""
    tutor = Tutor(trace)
    for epoch in range(1, epochs + 1):
        if trace.epoch(epoch).is_finite:
            yield from (_compose(tutor, epoch, index) for index in _leave_out_repeats(trace, selection))


def _leave_out_repeats(trace: Trace, selection: Selection) -> Iterator[int]:
    """The steps, but for factors that stood in the same row before."""
    seen = set[tuple[str, int | None]]()
    for index in selection.steps(trace):
        step = trace.script.step(index)
        factor = trace.line(step).name, step.row
        if step.kind is not Kind.FACTOR or factor not in seen:
            seen.add(factor)
            yield index


def _compose(tutor: Tutor, epoch: int, index: int) -> Question:
    trace, entry = tutor.trace, tutor.trace.entry(epoch, index)
    step, line, precision = entry.step, entry.line, Precision(trace, entry)
    name, given = name_in_words(trace, entry), [*Given(trace, entry, index).lines()]
    tells_it = line.formula in (name, number(entry.value))
    asked = f"{name} = ?" if tells_it else f"{name} = {line.formula} = ?"
    digits = f"Give {precision.digits} significant digits or more."
    solution = f"{equation(trace, entry)}. {entry.why}".rstrip()
    if step.kind is Kind.GRADIENT and step.parameter_index is not None:
        on_sheet = epoch, step.batch, trace.lesson.order[step.parameter_index]
        given += filter(None, [say_sheet(trace, *on_sheet)])
        solution = f"{solution} {judge_sheet(trace, *on_sheet, entry.value)}".rstrip()
    return Question(epoch, index + 1, step.phase, name + _place_in_words(trace, step), given, f"{asked} {digits}",
                    [*_answers(tutor, entry, index, precision)], solution)


def _place_in_words(trace: Trace, step: Step) -> str:
    """Of a product for which parameter it is, and of what is of a row which."""
    of_product = step.kind is Kind.PRODUCT and step.parameter_index is not None
    parameter = f" for {trace.lesson.order[step.parameter_index or 0].name}" * of_product
    return parameter + row_of_step(trace, step)


def _answers(tutor: Tutor, entry: Entry, index: int, precision: Precision) -> Iterator[Answer]:
    """The right number, what is right but for rounding on the way, then what the mistakes give."""
    yield Answer(entry.value if precision.tolerance else 0.0, precision.tolerance, True)
    low, high = _near(entry, precision)
    if low < high:
        said = f"Right but for rounding on the way: {entry.line.name} = {number(entry.value)}."
        yield Answer((low + high) / 2, (high - low) / 2, True, said)
    for each in wrong_numbers(tutor, entry.epoch, index, MOST_WRONG):
        around = precision.tolerance_at(each.value)
        if not low - around <= each.value <= high + around:
            yield Answer(each.value, around, False, each.sentence)


def _near(entry: Entry, precision: Precision) -> tuple[float, float]:
    """Between what comes of rounded numbers; the right one itself where there are none."""
    low, high = precision.rounded_on_the_way
    if precision.old is not None or not low < high:
        return entry.value, entry.value
    farthest = FARTHEST * abs(entry.value)
    return (max(low, entry.value - farthest) - precision.tolerance,
            min(high, entry.value + farthest) + precision.tolerance)
