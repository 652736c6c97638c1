"""Activations and losses: each ONE object with its value, its derivative, and the formulas in words.

Templates name their quantities: {Z} and {A} of the unit, {y} its target. A `formula` is how the mathematics is
written; `numbers` is the same made ready for substitution. Adding `softplus` is adding one object here.

What is computed is written as operations: a function of NumPy, its inputs, and the array it writes into. They are made
once for a network's arrays, whatever the shape of these, and run every epoch.
"""

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from engine.graph.numeric import Array, np

Operation = tuple[Any, ...]
Operations = Iterator[Operation]
ZERO = 1e-12  # a Z up to this is 0 but for rounding (0.1 + 0.2 − 0.3): by hand it is 0, and so its slope
LARGEST_EXPONENT = 700.0  # e^700 is finite in double precision; sig(±700) is not told from 0 and 1 by any screen


@dataclass(frozen=True, slots=True)
class Link:
    """A number on the way of a derivation: its name, its formula, its value at a net input x."""

    name: str
    formula: str
    value: Callable[[float], float]


@dataclass(frozen=True, slots=True)
class Derivation:
    """A derivative as a chain: `f(x)` written out, what stands in for its parts, the factors, the result."""

    written: str
    parts: tuple[Link, ...]
    factors: tuple[Link, ...]
    result: str

    def value(self, x: float) -> float:
        """The factors multiplied: f′(x)."""
        return math.prod(link.value(x) for link in self.factors)


@dataclass(frozen=True, eq=False, slots=True)
class Activation:
    """An activation function f. `operations(Z, A, slope)` write f(Z) into A and f′(Z) into the last, of one shape."""

    name: str
    symbol: str
    operations: Callable[[Array, Array, Array], Operations]
    formula: str
    numbers: str
    slope_formula: str
    slope_numbers: str
    idea: str
    why: Callable[[float], str]
    derivation: Derivation | None = None


def prepare(operations: Operations) -> list[Callable[[], object]]:
    """Operations that only need to be called."""
    return [partial(function, *inputs, out=output) for function, *inputs, output in operations]


def run(ready: Sequence[Callable[[], object]], times: int = 1) -> None:
    """Do operations made ready, in turn, so many times. What diverges ends in inf and nan, without a warning."""
    with np.errstate(all="ignore"):
        for _ in range(times):
            for operation in ready:
                operation()


def apply(f: Activation, Z: Array) -> tuple[Array, Array]:
    """f(Z) and f′(Z) of an activation."""
    A, slope = np.empty_like(Z), np.empty_like(Z)
    run(prepare(f.operations(Z, A, slope)))
    return A, slope


def _sigmoid(Z: Array, A: Array, slope: Array) -> Operations:
    """A = 1/(1+E) with E = e^(−Z), above 0 for every finite Z.

    The slope is A·E·A: what A[1−A] is, without the cancellation of 1−A where A is near 1.
    """
    E = slope
    yield np.negative, Z, E
    yield np.minimum, E, np.array(LARGEST_EXPONENT), E
    yield np.maximum, E, np.array(-LARGEST_EXPONENT), E
    yield np.exp, E, E
    yield np.add, E, np.array(1.0), A
    yield np.reciprocal, A, A
    yield np.multiply, A, E, slope
    yield np.multiply, A, slope, slope


def _relu(Z: Array, A: Array, slope: Array) -> Operations:
    yield np.maximum, Z, np.array(0.0), A
    yield np.greater, Z, np.array(ZERO), slope


def _leaky(Z: Array, A: Array, slope: Array) -> Operations:
    yield np.multiply, Z, np.array(0.01), A
    yield np.maximum, Z, A, A
    yield np.greater, Z, np.array(ZERO), slope
    yield np.maximum, slope, np.array(0.01), slope


def _tanh(Z: Array, A: Array, slope: Array) -> Operations:
    yield np.tanh, Z, A
    yield np.multiply, A, A, slope
    yield np.subtract, np.array(1.0), slope, slope


def _linear(Z: Array, A: Array, slope: Array) -> Operations:
    yield np.positive, Z, A
    yield np.positive, np.array(1.0), slope


def _step_why(z: float, below: str) -> str:
    if math.isnan(z):
        return "{Z} is not a number any more."
    if z > ZERO:
        return "{Z} is above 0: {f} has slope 1 there."
    where = "{Z} is 0, the corner of {f}: by convention its slope there is" if abs(z) <= ZERO else \
        "{Z} is below 0: there {f} has slope"
    return f"{where} {below}."


def _e(power: float) -> float:
    return float(np.exp(np.clip(power, -LARGEST_EXPONENT / 2, LARGEST_EXPONENT / 2)))  # its square is finite too


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

RELU = Activation(
    "relu", "ReLU",
    operations=_relu,
    formula="ReLU({Z})", numbers="max(0, {Z})",
    slope_formula="ReLU′({Z})", slope_numbers="ReLU′({Z})",
    idea="ReLU lets a positive number through and makes a negative one 0.",
    why=lambda z: _step_why(z, "0, so nothing passes back through {A}"),
)
LEAKY_RELU = Activation(
    "leaky_relu", "leaky",
    operations=_leaky,
    formula="leaky({Z})", numbers="max(0.01·{Z}, {Z})",
    slope_formula="leaky′({Z})", slope_numbers="leaky′({Z})",
    idea="Leaky ReLU lets a positive number through and keeps a hundredth of a negative one.",
    why=lambda z: _step_why(z, "0.01"),
)
SIGMOID = Activation(
    "sigmoid", "sig",
    operations=_sigmoid,
    formula="sig({Z})", numbers="1/(1+e^(−{Z}))",
    slope_formula="sig({Z})[1−sig({Z})]", slope_numbers="{A}·(1−{A})",
    idea="The sigmoid squeezes any number into the space between 0 and 1.",
    why=lambda _: "sig′ is sig·(1−sig), and sig({Z}) is {A}, known from the forward pass.",
    derivation=SIGMOID_DERIVATION,
)
TANH = Activation(
    "tanh", "tanh",
    operations=_tanh,
    formula="tanh({Z})", numbers="tanh({Z})",
    slope_formula="1−tanh²({Z})", slope_numbers="1−{A}²",
    idea="The hyperbolic tangent squeezes any number into the space between −1 and 1.",
    why=lambda _: "tanh′ is 1−tanh², and tanh({Z}) is {A}, known from the forward pass.",
)
LINEAR = Activation(
    "linear", "linear",
    operations=_linear,
    formula="{Z}", numbers="{Z}",
    slope_formula="1", slope_numbers="1",
    idea="A linear unit passes {Z} on as it is.",
    why=lambda _: "{A} is {Z} itself: its slope is 1 everywhere.",
)
ACTIVATIONS = {f.name: f for f in (RELU, LEAKY_RELU, SIGMOID, TANH, LINEAR)}


@dataclass(frozen=True, eq=False, slots=True)
class Loss:
    """A loss that is a mean over `count` = rows · outputs terms.

    `value(Y, A, Z)` gives every term; `slope(Y, A, Z, count, out)` are the operations that write ∂Loss/∂A, all
    arrays of one shape.
    """

    name: str
    words: str
    is_mean: bool
    is_half: bool
    value: Callable[[Array, Array, Array], Array]
    slope: Callable[[Array, Array, Array, int, Array], Operations]
    formula: str
    slope_formula: Callable[[int], str]
    why: str

    def divisor(self, count: int) -> int:
        """What the sum of `count` terms is divided by: their number, or nothing."""
        return count if self.is_mean else 1


def _square_slope(Y: Array, A: Array, _Z: Array, count: int, out: Array) -> Operations:
    yield np.subtract, A, Y, out
    yield np.multiply, out, np.array(2.0 / count), out


def _square_slope_formula(count: int) -> str:
    """−2(y−A)/count, reduced by hand as the notes do: −(y−A)/2 for four terms."""
    if count % 2:
        return "−2·({y}−{A})" + (f"/{count}" if count > 1 else "")
    return "−({y}−{A})" + (f"/{count // 2}" if count > 2 else "")


def _half_square_slope(Y: Array, A: Array, _Z: Array, count: int, out: Array) -> Operations:
    yield np.subtract, A, Y, out
    yield np.divide, out, np.array(float(count)), out


def _square(name: str, words: str, is_mean: bool) -> Loss:
    return Loss(
        name, words, is_mean, is_half=False,
        value=lambda Y, A, _Z: (Y - A) ** 2, slope=_square_slope,
        formula="({y}−{A})²", slope_formula=_square_slope_formula,
        why="The derivative of ({y}−{A})² by {A} is −2·({y}−{A}); " + _words_for_mean(is_mean))


def _half_square(name: str, words: str, is_mean: bool) -> Loss:
    return Loss(
        name, words, is_mean, is_half=True,
        value=lambda Y, A, _Z: (Y - A) ** 2 / 2, slope=_half_square_slope,
        formula="({y}−{A})²/2", slope_formula=lambda count: "−({y}−{A})" + (f"/{count}" if count > 1 else ""),
        why="The ½ cancels the 2 that the square leaves: −({y}−{A}); " + _words_for_mean(is_mean))


def _words_for_mean(is_mean: bool) -> str:
    return "Loss is the mean of {count}." if is_mean else "Loss is the sum, so nothing is divided."


def _bce_slope(Y: Array, _A: Array, Z: Array, count: int, out: Array) -> Operations:
    """(1−y)/(1−A) − y/A with A = sig(Z), each taken from Z so that neither divides by 0 where A is 0 or 1."""
    A, complement, negative = np.empty_like(Z), np.empty_like(Z), np.empty_like(Z)
    yield from _sigmoid(Z, A, out)
    yield np.negative, Z, negative
    yield from _sigmoid(negative, complement, out)
    yield np.divide, 1.0 - Y, complement, complement
    yield np.divide, Y, A, A
    yield np.subtract, complement, A, out
    yield np.divide, out, np.array(float(count)), out


MSE = _square("mse", "mean squared error", is_mean=True)
SSE = _square("sse", "sum of squared errors", is_mean=False)
HALF_MSE = _half_square("half_mse", "half the mean squared error", is_mean=True)
HALF_SSE = _half_square("half_sse", "half the sum of squared errors", is_mean=False)
BCE = Loss(  # with a sigmoid output only (the lesson's check holds it), so that it may be taken from Z
    "bce", "binary cross-entropy", is_mean=True, is_half=False,
    value=lambda Y, _A, Z: Y * np.logaddexp(0.0, -Z) + (1.0 - Y) * np.logaddexp(0.0, Z),
    slope=_bce_slope,
    formula="−[{y}·ln({A}) + (1−{y})·ln(1−{A})]",
    slope_formula=lambda count: "[(1−{y})/(1−{A}) − {y}/{A}]" + (f"/{count}" if count > 1 else ""),
    why="The derivative of ln({A}) is 1/{A}, that of ln(1−{A}) is −1/(1−{A}); Loss is the mean of {count}.",
)
LOSSES = {loss.name: loss for loss in (MSE, HALF_MSE, SSE, HALF_SSE, BCE)}
