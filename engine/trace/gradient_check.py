"""A gradient found the other way, without any chain rule: by the Loss a little to both sides of a parameter.

    ∂Loss/∂w ≈ (Loss(w+h) − Loss(w−h)) / 2h

The curve bends over a large h, which costs h²; of two numbers that are nearly the same, few digits are left when they
are subtracted, which costs the more the smaller h is. And where a function has its corner between w−h and w+h, there
are two slopes. So it is tried with many h.
"""

import math
from collections.abc import Sequence
from typing import NamedTuple

from engine.graph.network import Parameter
from engine.graph.quantity import Source
from engine.trace.loss_beside import Corner, LossBeside
from engine.trace.script import Batch
from engine.trace.trace import Trace

SIZES = tuple(10.0 ** -k for k in range(1, 10))  # of h
CLOSE = 0.01  # an error up to which two numbers are the same, one of them perhaps rounded on the way


class Difference(NamedTuple):
    """With one h: the Loss above and below, and what a gradient differs by. `corners` are those in between."""

    h: float
    above: float
    below: float
    gradient: float
    corners: Sequence[Corner] = ()

    @property
    def quotient(self) -> float:
        """(Loss(w+h) − Loss(w−h)) / 2h."""
        return (self.above - self.below) / (2 * self.h)

    @property
    def error(self) -> float:
        """How far the gradient is off, as a share of the larger of both."""
        return error_of(self.gradient, self.quotient)

    @property
    def digits(self) -> int:
        """How many digits of the difference are left: those before the last that the Loss has."""
        largest = max(abs(self.above), abs(self.below))
        if self.above == self.below or not math.isfinite(self.above - self.below):
            return 0
        return max(0, math.floor(math.log10(abs(self.above - self.below) / math.ulp(largest))))


class GradientCheck(NamedTuple):
    """One parameter's gradient, in an epoch's batch. `claimed` is what the lesson's sheet has for it, if anything."""

    parameter: Parameter
    loss: str
    value: float
    gradient: float
    differences: Sequence[Difference]
    claimed: float | None = None
    decay: float = 0.0  # pulls at it, beside the gradient

    @property
    def best(self) -> Difference | None:
        """With the smallest error, and of equal ones the largest h; None where there is nothing to compare."""
        known = [each for each in self.differences if math.isfinite(each.error) and not self.is_lost(each)
                 and (each.above != each.below or not self.gradient)]
        return min(known, key=lambda each: each.error, default=None)

    def is_lost(self, each: Difference) -> bool:
        """Whether h is so small beside the parameter that this stays as it is."""
        return self.value + each.h == self.value


def error_of(value: float, other: float) -> float:
    """How far two numbers are apart, as a share of the larger one."""
    largest = max(abs(value), abs(other))
    return abs(value - other) / largest if largest else 0.0


def check_gradient(trace: Trace, epoch: int, batch: Batch, parameter: Parameter,
                   sizes: Sequence[float] = SIZES) -> GradientCheck:
    """Of a parameter in a batch of an epoch, with every h."""
    lesson, row = trace.lesson_at(epoch), batch.rows.start
    value, gradient = (trace.read(epoch, trace.symbols.parameter(parameter, source), row)
                       for source in (Source.PARAMETER, Source.GRADIENT))
    beside = LossBeside(trace, epoch, batch, parameter)
    here = beside.look(value)
    differences = []
    for h in sizes:
        above, below = beside.look(value + h), beside.look(value - h)
        differences.append(Difference(h, above.loss, below.loss, gradient, beside.corners(here, above, below)))
    return GradientCheck(parameter, trace.symbols.loss.name, value, gradient, differences,
                         trace.read_claim(epoch, batch.number, parameter),
                         lesson.weight_decay if lesson.decays(parameter) else 0.0)
