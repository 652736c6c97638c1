"""A question's own answers, made from the graph: right ones in every spelling, coarse ones, wrong ones by every
explanation that there is for one, unreadable ones; each with what is to be said of it.
"""

import math
from collections.abc import Iterator
from typing import NamedTuple

from engine.graph.expression import ExpressionError
from engine.graph.numeric import ZERO
from engine.graph.step import Kind
from engine.text.notation import number
from engine.trace.trace import Entry
from engine.tutor.answer import Reason, is_same
from engine.tutor.explanations import Explanation, Extent
from engine.tutor.tutor import Tutor

FEWEST_DIGITS, MOST_DIGITS, USUAL_DIGITS = 3, 16, 5
DIVISORS = (2, 3, 4, 5, 8, 10)
LARGEST_FRACTION = 100
FAR_OFF = 1.17
MOST_FURTHER_UP = 6
SMALLEST = 1e-9  # with less than that one can't tell a number from what rounding leaves
FURTHER_UP = (Extent.ROW, Extent.ROWS)
UNREADABLE = ("", "?!", "1/0", "3+", "foo")
ACCEPTED: tuple[Reason, ...] = ("exact", "rounded")


class SampleAnswer(NamedTuple):
    """What is typed; whether it passes, and for which of some reasons (none given: any); the mistake that gives it, if
    one does, and in which number that is made.
    """

    text: str
    is_right: bool
    reasons: tuple[Reason, ...] = ()
    mistake: str = ""
    where: str = ""


def write(value: float, digits: int) -> str:
    """A number as a learner writes it, to some significant digits: 0.10000 to five."""
    return f"{value + 0.0:#.{digits}g}".removesuffix(".")


def sample_answers(tutor: Tutor, epoch: int, index: int) -> Iterator[SampleAnswer]:
    """All of them, for the question about the step at an index."""
    yield from quick_answers(tutor, epoch, index)
    yield from mistaken_answers(tutor, epoch, index, MOST_FURTHER_UP)
    yield from wrong_answers(tutor, epoch, index)


def quick_answers(tutor: Tutor, epoch: int, index: int) -> Iterator[SampleAnswer]:
    """Those for which no mistake has to be looked for."""
    yield from right_answers(tutor, epoch, index)
    yield from coarse_answers(tutor, epoch, index)
    yield from (SampleAnswer(text, False, ("unreadable",)) for text in UNREADABLE)


def right_answers(tutor: Tutor, epoch: int, index: int) -> Iterator[SampleAnswer]:
    """The number with three digits and more, without zeros at its end, as fraction, as percent; its formula, and that
    with the shown numbers in.
    """
    entry = tutor.trace.entry(epoch, index)
    old, value = _old_value(tutor, entry), entry.value
    for digits in range(FEWEST_DIGITS, MOST_DIGITS + 1):
        if not _is_old(text := write(value, digits), old):
            yield SampleAnswer(text, True, ("exact",))
            yield SampleAnswer(_without_zeros(text), True, ("exact",))
    yield SampleAnswer(number(value, MOST_DIGITS), True, ("exact",))
    yield SampleAnswer(repr(value).replace("-", "−"), True, ("exact",))
    yield SampleAnswer(f"{100 * value!r}%", True, ("exact",))
    for divisor in DIVISORS:
        if abs(dividend := value * divisor) < LARGEST_FRACTION and is_same(dividend, round(dividend)):
            yield SampleAnswer(f"{round(dividend)}/{divisor}", True, ("exact",))
    yield from shown_answers(tutor, epoch, index)


def shown_answers(tutor: Tutor, epoch: int, index: int, by_name: bool = True) -> Iterator[SampleAnswer]:
    """What a learner can copy from the screen: the number, the formula if its names are known, the formula with numbers
    in. Of a formula by name all rows are looked at already when it is judged.
    """
    entry = tutor.trace.entry(epoch, index)
    if not _is_old(shown := number(entry.value), _old_value(tutor, entry)):
        yield SampleAnswer(shown, True, ("exact",))
    if by_name and _is_readable(tutor, entry, index, entry.line.formula):
        yield SampleAnswer(entry.line.formula, True, ("exact",))
    if not _has_noise(entry) and _is_readable(tutor, entry, index, entry.substitution):
        yield SampleAnswer(entry.substitution, True, ACCEPTED)


def coarse_answers(tutor: Tutor, epoch: int, index: int) -> Iterator[SampleAnswer]:
    """Right to two digits: more are asked for; to one: nothing is said."""
    entry = tutor.trace.entry(epoch, index)
    two, one = write(entry.value, 2), write(entry.value, 1)
    old, three = _old_value(tutor, entry), float(write(entry.value, FEWEST_DIGITS))
    if float(two) not in (three, old):
        yield SampleAnswer(two, True, ("coarse",))
    if float(one) != float(two) and abs(entry.value) > SMALLEST:
        yield SampleAnswer(one, False, ("coarse", "mistake"))


def mistaken_answers(tutor: Tutor, epoch: int, index: int, most: int) -> Iterator[SampleAnswer]:
    """What the mistakes give that are made here, and some of those that are made further up, in every row: of each
    number the nearest; not where it is the right one's to the digits typed.
    """
    entry = tutor.trace.entry(epoch, index)
    old, nearest = _old_value(tutor, entry), dict[float, tuple[str, Explanation]]()
    if 0 < abs(entry.value) < SMALLEST:
        return
    for found in tutor.explanations(epoch, index):
        if 0 < abs(found.value) < SMALLEST:
            continue
        text = _write_clearly(found.value, old, entry.value)
        nearest.setdefault(float(text), (text, found))
    nearest.pop(float(_write_clearly(entry.value, old, entry.value)), None)
    here = [each for each in nearest.values() if each[1].extent is Extent.HERE]
    further_up = [each for each in nearest.values() if each[1].extent in FURTHER_UP and each[1].value != 0]
    for text, found in (*here, *further_up[::max(1, -(-len(further_up) // most))]):
        yield SampleAnswer(text, False, ("mistake",), found.outcome.mistake.id, found.entry.line.name)


def wrong_answers(tutor: Tutor, epoch: int, index: int) -> Iterator[SampleAnswer]:
    """What is never right: the sign turned, 17 % off, 0, an update's old value, half of its step too much."""
    entry = tutor.trace.entry(epoch, index)
    old, value = _old_value(tutor, entry), entry.value
    wrong = [FAR_OFF * value, value / FAR_OFF, -value, 0.0]
    if old is not None:
        wrong += [old, value + (value - old) / 2, value + (old - value) / 2]
    for each in wrong:
        if abs(value) > SMALLEST and not is_same(each, value):
            yield SampleAnswer(write(each, MOST_DIGITS), False)


def _old_value(tutor: Tutor, entry: Entry) -> float | None:
    """The value that an update moves away from; None of any other number."""
    if entry.step.kind is not Kind.UPDATE:
        return None
    trace = tutor.trace
    parameter = trace.symbols.parameter(trace.lesson.order[entry.step.parameter_index or 0])
    return trace.read(entry.epoch, parameter, trace.script.anchor(entry.step))


def _write_clearly(value: float, old: float | None, right: float) -> str:
    """As a mistake is typed: of a new value so many digits that its step has the usual number."""
    if old is None or old in (value, right):
        return write(value, USUAL_DIGITS)
    behind = math.log10(max(abs(old), abs(value)) / min(abs(value - old), abs(right - old)))
    return write(value, min(USUAL_DIGITS + max(math.ceil(behind), 0), MOST_DIGITS))


def _is_old(text: str, old: float | None) -> bool:
    """Whether a number is the value before an update as well, to the digits typed."""
    if old is None:
        return False
    mantissa, _, exponent = (text := text.replace("−", "-")).partition("e")
    last = 10.0 ** (int(exponent or 0) - len(mantissa.partition(".")[2]))
    return abs(float(text) - old) <= 0.51 * last


def _has_noise(entry: Entry) -> bool:
    """Whether a number that is shown is what rounding left of a 0."""
    return any(0 < abs(float(text.replace("−", "-"))) < ZERO for text in entry.numbers)


def _without_zeros(text: str) -> str:
    mantissa, e, exponent = text.partition("e")
    return (mantissa.rstrip("0").rstrip(".") if "." in mantissa else mantissa) + e + exponent


def _is_readable(tutor: Tutor, entry: Entry, index: int, text: str) -> bool:
    """Whether a formula can be typed as it is shown: it is read, and of its names each is known."""
    try:
        expression = tutor.read(entry.epoch, index, text)
        expression.compute(tutor.known.values(expression, entry.epoch, index))
    except ExpressionError:
        return False
    return True
