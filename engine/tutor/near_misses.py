"""What can be said of a number that no mistake explains, from its size and its digits alone: that it can't be one of
its kind; that it is near the right one; that its digits are the right one's, in another place or order.
"""

import math
from collections.abc import Mapping
from typing import NamedTuple

from engine.graph.quantity import Quantity
from engine.text.notation import with_count
from engine.trace.trace import Entry, Trace
from engine.tutor.answer import Answer, as_plain
from engine.tutor.numbers import subject
from engine.tutor.precision import DIGITS_ASKED, DIGITS_NEARLY, MOST_SHOWN, Precision
from engine.tutor.variables import VariableReader

NEAR = 0.01  # relative: to the value, or to the step of an update
OF_LOSS = "row_loss", "loss"


class Range(NamedTuple):
    """Where the numbers of a kind lie, ends and all, or between the ends alone."""

    low: float
    high: float
    words: str
    has_ends: bool = False

    def holds(self, value: float) -> bool:
        """Whether a number lies in it."""
        return self.low <= value <= self.high if self.has_ends else self.low < value < self.high


RANGES: Mapping[tuple[str, str], Range] = {
    ("activation", "sigmoid"): Range(0, 1, "A sigmoid lies between 0 and 1."),
    ("activation", "tanh"): Range(-1, 1, "tanh lies between −1 and 1."),
    ("activation", "softmax"): Range(0, 1, "A share of softmax lies between 0 and 1."),
    ("activation", "softplus"): Range(0, math.inf, "softplus is never negative."),
    ("activation", "relu"): Range(0, math.inf, "A ReLU is never negative.", has_ends=True),
    ("slope", "sigmoid"): Range(0, 0.25, "The slope of a sigmoid lies between 0 and 1/4.", has_ends=True),
    ("slope", "tanh"): Range(0, 1, "The slope of tanh lies between 0 and 1.", has_ends=True),
    ("slope", "softmax"): Range(0, 0.25, "A·(1−A) lies between 0 and 1/4.", has_ends=True),
    ("slope", "softplus"): Range(0, 1, "The slope of softplus lies between 0 and 1."),
    ("slope", "relu"): Range(0, 1, "The slope of a ReLU is 0 or 1.", has_ends=True),
    ("cross_slope", ""): Range(-0.25, 0, "−A·A of two shares lies between −1/4 and 0.", has_ends=True),
}
SQUARE = Range(0, math.inf, "A square is never negative.", has_ends=True)
LOGARITHM = Range(0, math.inf, "−ln of a number below 1 is never negative.", has_ends=True)


def why_impossible(trace: Trace, entry: Entry, value: float) -> str:
    """Why a number can't be one of its kind; nothing if it can, or if that is not known."""
    if trace.lesson.formulas:
        return ""
    kind, family = subject(entry), VariableReader(trace, entry.epoch).family(entry)
    found = (SQUARE if trace.lesson.loss.is_square else LOGARITHM) if kind in OF_LOSS else RANGES.get((kind, family))
    return "" if found is None or found.holds(value) else found.words


def near_word(entry: Entry, precision: Precision, answer: Answer) -> str:
    """What makes a number all but the right one, as the rest of a sentence; nothing if nothing does."""
    is_copied = all(isinstance(part, Quantity) for part in entry.line.numbers.parts)  # which is exact, or wrong
    if is_copied or not math.isfinite(entry.value) or answer.value * math.copysign(1, entry.value) <= 0:
        return ""
    name, digits = entry.line.name, answer.digits
    if digits is not None:
        if said := _digits_word(abs(answer.value), abs(entry.value), digits, name):
            return said
        for fewer in range(min(digits, MOST_SHOWN) - 1, DIGITS_ASKED - 1, -1):
            if precision.is_right(shorter := as_plain(answer, fewer)) and not precision.is_old(shorter):
                return f"is right to {fewer} digits, but not to {digits}: give {fewer}, or work with more."
    is_near = abs(answer.value - entry.value) <= NEAR * abs(entry.value - (precision.old or 0.0))
    if is_near and (digits is None or digits >= DIGITS_ASKED):
        return f"is near, but not what {name} comes to: rounded too early on the way, or a slip in a late digit."
    return ""


def _digits_word(typed: float, right: float, digits: int, name: str) -> str:
    """Whether a number is the right one with its decimal point moved, or two of its digits exchanged."""
    found, power = _write(typed, digits)
    wanted, right_power = _write(right, digits)
    if len(found.rstrip("0")) < DIGITS_NEARLY:
        return ""
    if found == wanted and power != right_power:
        return f"has the digits of {name}, with the decimal point {with_count(abs(power - right_power), 'place')} off."
    exchanged = (wanted[:k] + wanted[k + 1] + wanted[k] + wanted[k + 2:] for k in range(digits - 1))
    if power == right_power and found != wanted and found in exchanged:
        return f"is {name} with two neighbouring digits exchanged."
    return ""


def _write(value: float, digits: int) -> tuple[str, int]:
    """A number's first digits, and its power of 10."""
    mantissa, _, power = f"{value:.{digits - 1}e}".partition("e")
    return mantissa.replace(".", ""), int(power)
