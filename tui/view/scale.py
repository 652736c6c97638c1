"""The scale of an axis: where a number stands on it, linear or logarithmic, and which figures are written beside it."""

import math
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from engine.trace.plane import round_up

STEPS = (1.0, 2.0, 5.0, 10.0)  # between figures, times a power of ten
SMALLEST, LARGEST = 1e-300, 1e300  # so that shares and differences are still numbers
SMALLEST_PLAIN, LARGEST_PLAIN = 1e-4, 1e6  # figures between are written without an exponent
ROOM_BELOW = 0.12  # at the lower end of a logarithmic scale: for what has no logarithm, or a far smaller one
BEYOND = 1.5  # times the start, where a linear scale ends that does not reach the greatest number
MOST_DECADES = 16  # below the greatest number
MOST_FIGURES, MOST_LINEAR = 4, 5
MOST_DIGITS = 12  # in a figure
SAME = 1e-6  # numbers no further apart, and logarithms


class Scale(NamedTuple):
    """From one number to another, of a logarithmic one their logarithms; `figures` are written beside it. Where there
    are numbers without a logarithm, or far smaller ones, they stand at the lower end, and `floor` is what is written
    there.
    """

    low: float
    high: float
    figures: Sequence[float]
    is_log: bool = False
    floor: str = ""

    @property
    def texts(self) -> Sequence[str]:
        """The figures as they are written, with as many digits as tell them apart."""
        found = ([figure(value, digits) for value in self.figures] for digits in range(3, MOST_DIGITS + 1))
        return next((texts for texts in found if len(set(texts)) == len(texts)), [])

    def share(self, value: float) -> float:
        """How far up a number stands: 0 at the lower end, 1 at the upper one, above 1 beyond it."""
        if not self.is_log:
            return (value - self.low) / (self.high - self.low)
        share = (math.log10(value) - self.low) / (self.high - self.low) if value > 0 else -1.0
        if not self.floor:
            return share
        return ROOM_BELOW + (1 - ROOM_BELOW) * share if share > -SAME else 0.0


def figure(value: float, digits: int = 3) -> str:
    """A number to so many significant digits, as short as it can be written."""
    if value == 0 or SMALLEST_PLAIN <= abs(value) < LARGEST_PLAIN:
        text = f"{float(f'{value:.{digits}g}'):.{MOST_DIGITS}f}".rstrip("0").rstrip(".")
    else:
        mantissa, _, exponent = f"{value:.{digits - 1}e}".partition("e")
        text = f"{mantissa.rstrip('0').rstrip('.')}e{int(exponent)}"
    return text.replace("-", "−")


def linear(numbers: Iterable[float], start: float, times: float) -> Scale:
    """From 0, or the least number below it, to the greatest; but what is more than so many times the `start` is beyond
    its end, or nothing else were seen.
    """
    finite = _tame(numbers)
    low, high = min(finite, default=0.0), max(finite, default=0.0)
    if start > SMALLEST and high > times * start:
        high = BEYOND * start
    if high > 0:
        low = min(low, 0.0)
    if high - low <= SAME * abs(low):
        high = 0.0 if low < 0 else 1.0
    return Scale(low, high, ticks(low, high, MOST_LINEAR) if finite else [])


def logarithmic(numbers: Iterable[float], start: float, times: float) -> Scale | None:
    """From the least number above 0 to the greatest, but for what is beyond as above, or far below; None where none is
    above 0.
    """
    finite = _tame(numbers)
    positive = [value for value in finite if value > 0]
    if not positive:
        return None
    least, low, high = min(finite), math.log10(min(positive)), math.log10(max(positive))
    if start > 0:
        high = max(min(high, math.log10(start) + math.log10(times)), low)
    if high - low < SAME:
        low, high = low - 0.5, high + 0.5
    low = max(low, high - MOST_DECADES)
    floor = "0" if least == 0 else "≤0" if least < 0 else f"<{figure(10 ** low, 1)}" if math.log10(least) < low else ""
    return Scale(low, high, _round_figures(low, high), is_log=True, floor=floor)


def _tame(numbers: Iterable[float]) -> Sequence[float]:
    """Those that are numbers, neither too small nor too large to be calculated with."""
    return [max(-LARGEST, min(value, LARGEST)) if abs(value) > SMALLEST else 0.0
            for value in numbers if math.isfinite(value)]


def ticks(low: float, high: float, most: int) -> Sequence[float]:
    """Round numbers between two, so many at most."""
    step = round_up((high - low) / (most + 1), STEPS)
    while len(found := _multiples(low, high, step)) > most:
        step = round_up(step * 1.5, STEPS)
    return found


def _multiples(low: float, high: float, step: float) -> Sequence[float]:
    return [count * step for count in range(math.ceil(low / step), math.floor(high / step) + 1)]


def _round_figures(low: float, high: float) -> Sequence[float]:
    """Powers of ten between two logarithms; where these are few 1, 2 and 5 times such, else both ends."""
    decades = range(math.ceil(low), math.floor(high) + 1)
    if len(decades) > 1:
        return [10.0 ** power for power in decades[::math.ceil(len(decades) / MOST_FIGURES)]]
    between = [nice * 10.0 ** power for power in range(math.floor(low), math.floor(high) + 1) for nice in STEPS[:-1]]
    found = [value for value in between if low <= math.log10(value) <= high]
    return found if len(found) > 1 else [10 ** low, 10 ** high]

