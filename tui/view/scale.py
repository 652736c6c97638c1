"""The scale of an axis: where a number stands on it, linear or logarithmic, and which figures are written beside it."""

import math
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from engine.text.notation import number

NICE = (5, 2, 1)  # of which figures are multiples, times a power of ten
LARGEST = 1e300  # so that a difference is still a number
SMALLEST_PLAIN, LARGEST_PLAIN = 1e-4, 1e6  # figures between are written without an exponent
ROOM_FOR_NONE = 0.12  # at the lower end of a logarithmic scale: what has no logarithm
MOST_FIGURES = 4


class Scale(NamedTuple):
    """From one number to another, of a logarithmic one their logarithms; `figures` are written beside it. Where there
    are numbers without a logarithm they stand at the lower end, and `floor` is what is written there.
    """

    low: float
    high: float
    figures: Sequence[float]
    is_log: bool = False
    floor: str = ""

    def share(self, value: float) -> float:
        """How far up a number stands: 0 at the lower end, 1 at the upper one, above 1 beyond it."""
        if not self.is_log:
            return (value - self.low) / (self.high - self.low)
        share = (math.log10(value) - self.low) / (self.high - self.low) if value > 0 else -1.0
        return max(ROOM_FOR_NONE + (1 - ROOM_FOR_NONE) * share, 0.0) if self.floor else share


def figure(value: float) -> str:
    """A number as short as it can be written."""
    if value == 0 or SMALLEST_PLAIN <= abs(value) < LARGEST_PLAIN:
        return number(float(f"{value:.3g}"))
    mantissa, _, exponent = f"{value:.2e}".partition("e")
    return f"{mantissa.rstrip('0').rstrip('.')}e{int(exponent)}".replace("-", "−")


def linear(numbers: Iterable[float], start: float, times: float) -> Scale:
    """From 0, or the least number below it, to the greatest; but what is more than so many times the `start` is beyond
    its end, or nothing else were seen.
    """
    finite = [max(-LARGEST, min(value, LARGEST)) for value in numbers if math.isfinite(value)]
    low, high = min(finite, default=0.0), max(finite, default=0.0)
    if high > start + times * abs(start) and start:
        high = start + abs(start)
    low = min(low, 0.0) if high > 0 or low == high else low
    high = high if high > low else max(high, 0.0 if low < 0 else 1.0)
    return Scale(low, high, list(_multiples(low, high)))


def logarithmic(numbers: Iterable[float]) -> Scale | None:
    """From the least number above 0 to the greatest; None where none is."""
    finite = [value for value in numbers if math.isfinite(value)]
    least = min((value for value in finite if value > 0), default=0.0)
    if not least:
        return None
    low, high = math.log10(least), math.log10(max(finite))
    below = min(finite)
    if high - low < 1e-6:
        low, high = low - 0.5, high + 0.5
    floor = "" if below > 0 else "0" if below == 0 else "≤0"
    return Scale(low, high, _round_figures(low, high), is_log=True, floor=floor)


def _multiples(low: float, high: float) -> Iterator[float]:
    """The multiples of a round number between two: three at least."""
    exponent = math.floor(math.log10(high - low))
    steps = (nice * 10.0 ** power for power in (exponent, exponent - 1) for nice in NICE)
    step = next(step for step in steps if math.floor(high / step) - math.ceil(low / step) >= 2)
    return (count * step for count in range(math.ceil(low / step), math.floor(high / step) + 1))


def _round_figures(low: float, high: float) -> Sequence[float]:
    """Powers of ten between two logarithms; where these are few 1, 2 and 5 times such, else both ends."""
    decades = range(math.ceil(low), math.floor(high) + 1)
    if len(decades) > 1:
        return [10.0 ** power for power in decades[::math.ceil(len(decades) / MOST_FIGURES)]]
    between = [nice * 10.0 ** power for power in range(math.floor(low), math.floor(high) + 1) for nice in NICE[::-1]]
    found = [value for value in between if low <= math.log10(value) <= high]
    return found if len(found) > 1 else [10 ** low, 10 ** high]

