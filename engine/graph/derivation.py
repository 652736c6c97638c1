"""A derivative as a chain of its own, with the numbers of every link."""

import math
from collections.abc import Callable
from typing import NamedTuple

LARGEST_POWER = 350.0  # e^350 and its square are finite


class Link(NamedTuple):
    """A number on the way of a derivation: its name, its formula, its value at a net input x."""

    name: str
    formula: str
    value: Callable[[float], float]


class Derivation(NamedTuple):
    """A derivative as a chain: `f(x)` written out, what stands in for its parts, the factors, the result."""

    written: str
    parts: tuple[Link, ...]
    factors: tuple[Link, ...]
    result: str

    def value(self, x: float) -> float:
        """The factors multiplied: f′(x)."""
        return math.prod(link.value(x) for link in self.factors)


def _e(power: float) -> float:
    return math.exp(max(-LARGEST_POWER, min(power, LARGEST_POWER)))


SIGMOID_DERIVATION = Derivation(  # the notes' calculator of derivatives
    written="sig(x) = 1/(1+e^(−x))",
    parts=(Link("y", "−x", lambda x: -x), Link("u", "1+e^y", lambda x: 1 + _e(-x))),
    factors=(
        Link("∂sig/∂u", "−1/u²", lambda x: -1 / (1 + _e(-x)) ** 2),
        Link("∂u/∂y", "e^y", lambda x: _e(-x)),
        Link("∂y/∂x", "−1", lambda _: -1.0),
    ),
    result="e^(−x)/(1+e^(−x))² = sig(x)[1−sig(x)]",
)
