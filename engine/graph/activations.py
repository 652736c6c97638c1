"""Activations: each ONE object with its value, its derivative, the formulas in words, and how the calculator spells it.

Templates name their quantities: {Z} and {A} of the unit. A `formula` is how the mathematics is written; `numbers` is
the same made ready for substitution. Adding an activation is adding one object to ACTIVATIONS: lessons, the tutor, the
calculator and the command line look there when they are used.
"""

import math
from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from engine.graph.derivation import SIGMOID_DERIVATION, Derivation
from engine.graph.numeric import ZERO, Array, np
from engine.graph.operations import Operations, prepare, run

LARGEST_EXPONENT = 700.0  # e^700 is finite in double precision; sig(±700) is not told from 0 and 1 by any screen


class Activation(NamedTuple):
    """An activation function f. `operations(Z, A, slope)` write f(Z) into A and f′(Z) into the last, of one shape.

    `spellings` are its names in the calculator, the first the one it answers with; one that is never written has none.
    `can_be_off` says that it passes nothing on, forwards or back, where Z is negative. `takes_layer` says that each A
    is made of every Z of its layer, whose units the arrays' rows are; then the slope is an A's by its own unit's Z, and
    `cross_formula` its derivative by another's, whose A is {B}. `between` says what every A lies between;
    `has_corner` that its slope, or its value, jumps where Z is 0.
    """

    name: str
    symbol: str
    spellings: tuple[str, ...]
    operations: Callable[[Array, Array, Array], Operations]
    formula: str
    numbers: str
    slope_formula: str
    slope_numbers: str
    idea: str
    why: Callable[[float], str]
    between: tuple[float, float] = (-math.inf, math.inf)
    derivation: Derivation | None = None
    can_be_off: bool = False
    has_corner: bool = False
    takes_layer: bool = False
    cross_formula: str = ""
    cross_why: str = ""

    def apply(self, Z: Array) -> tuple[Array, Array]:
        """f(Z) and f′(Z)."""
        A, slope = np.empty_like(Z), np.empty_like(Z)
        run(prepare(self.operations(Z, A, slope)))
        return A, slope

    def value(self, z: float) -> float:
        """f of one number."""
        return float(self.apply(np.array([z]))[0][0])

    def slope(self, z: float) -> float:
        """f′ of one number."""
        return float(self.apply(np.array([z]))[1][0])


def logistic(Z: Array, A: Array, E: Array) -> Operations:
    """A = 1/(1+E) with E = e^(−Z), above 0 for every finite Z."""
    yield np.negative, Z, E
    yield np.minimum, E, np.array(LARGEST_EXPONENT), E
    yield np.maximum, E, np.array(-LARGEST_EXPONENT), E
    yield np.exp, E, E
    yield np.add, E, np.array(1.0), A
    yield np.reciprocal, A, A


def _sigmoid(Z: Array, A: Array, slope: Array) -> Operations:
    """The slope is A·E·A: what A[1−A] is, without the cancellation of 1−A where A is near 1."""
    E = slope
    yield from logistic(Z, A, E)
    yield np.multiply, A, E, slope
    yield np.multiply, A, slope, slope


def _softplus(Z: Array, A: Array, slope: Array) -> Operations:
    """ln(e^0 + e^Z) by the function of NumPy that does not overflow; its slope is sig(Z)."""
    yield np.logaddexp, Z, np.array(0.0), A
    yield from logistic(Z, slope, np.empty_like(Z))


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


def _step(Z: Array, A: Array, slope: Array) -> Operations:
    yield np.greater, Z, np.array(ZERO), A
    yield np.positive, np.array(0.0), slope


def _softmax(Z: Array, A: Array, slope: Array) -> Operations:
    """e^Z over the sum of them all, the largest Z taken off every one; above 0 for every finite Z."""
    one = np.empty_like(Z[0])
    yield partial(np.maximum.reduce, axis=0), Z, one
    yield np.subtract, Z, one, A
    yield np.maximum, A, np.array(-LARGEST_EXPONENT), A
    yield np.exp, A, A
    yield partial(np.add.reduce, axis=0), A, one
    yield np.divide, A, one, A
    yield np.subtract, np.array(1.0), A, slope
    yield np.multiply, A, slope, slope


def _step_why(z: float, below: str) -> str:
    if math.isnan(z):
        return "{Z} is not a number any more."
    if z > ZERO:
        return "{Z} is above 0: {f} has slope 1 there."
    where = "{Z} is 0, the corner of {f}: by convention its slope there is" if abs(z) <= ZERO else \
        "{Z} is below 0: there {f} has slope"
    return f"{where} {below}."


RELU = Activation(
    "relu", "ReLU", ("relu",),
    operations=_relu,
    formula="ReLU({Z})", numbers="max(0, {Z})",
    slope_formula="ReLU′({Z})", slope_numbers="ReLU′({Z})",
    idea="ReLU lets a positive number through and makes a negative one 0.",
    why=lambda z: _step_why(z, "0, so nothing passes back through {A}"),
    between=(0.0, math.inf),
    can_be_off=True,
    has_corner=True,
)
LEAKY_RELU = Activation(
    "leaky_relu", "leaky", ("leaky",),
    operations=_leaky,
    formula="leaky({Z})", numbers="max(0.01·{Z}, {Z})",
    slope_formula="leaky′({Z})", slope_numbers="leaky′({Z})",
    idea="Leaky ReLU lets a positive number through and keeps a hundredth of a negative one.",
    why=lambda z: _step_why(z, "0.01"),
    has_corner=True,
)
SIGMOID = Activation(
    "sigmoid", "sig", ("sig", "sigmoid", "σ"),
    operations=_sigmoid,
    formula="sig({Z})", numbers="1/(1+e^(−{Z}))",
    slope_formula="sig({Z})[1−sig({Z})]", slope_numbers="{A}·(1−{A})",
    idea="The sigmoid squeezes any number into the space between 0 and 1.",
    why=lambda _: "sig′ is sig·(1−sig), and sig({Z}) is {A}, known from the forward pass.",
    between=(0.0, 1.0),
    derivation=SIGMOID_DERIVATION,
)
TANH = Activation(
    "tanh", "tanh", ("tanh",),
    operations=_tanh,
    formula="tanh({Z})", numbers="tanh({Z})",
    slope_formula="1−tanh²({Z})", slope_numbers="1−{A}²",
    idea="The hyperbolic tangent squeezes any number into the space between −1 and 1.",
    why=lambda _: "tanh′ is 1−tanh², and tanh({Z}) is {A}, known from the forward pass.",
    between=(-1.0, 1.0),
)
LINEAR = Activation(
    "linear", "linear", (),
    operations=_linear,
    formula="{Z}", numbers="{Z}",
    slope_formula="1", slope_numbers="1",
    idea="A linear unit passes {Z} on as it is.",
    why=lambda _: "{A} is {Z} itself: its slope is 1 everywhere.",
)
SOFTPLUS = Activation(
    "softplus", "softplus", ("softplus",),
    operations=_softplus,
    formula="softplus({Z})", numbers="ln(1+e^{Z})",
    slope_formula="sig({Z})", slope_numbers="sig({Z})",
    idea="Softplus is a ReLU without a corner: nearly {Z} where that is large, nearly 0 far below 0.",
    why=lambda _: "The derivative of ln(1+e^{Z}) is e^{Z}/(1+e^{Z}), which is the sigmoid: sig({Z}).",
    between=(0.0, math.inf),
)
STEP = Activation(
    "step", "step", ("step",),
    operations=_step,
    formula="step({Z})", numbers="step({Z})",
    slope_formula="0", slope_numbers="0",
    idea="The step unit says yes or no: 1 where {Z} is above 0, else 0.",
    why=lambda _: "A little more or less of {Z} changes nothing: the step has slope 0, and nothing passes back.",
    between=(0.0, 1.0),
    has_corner=True,
)
SOFTMAX = Activation(
    "softmax", "softmax", (),
    operations=_softmax,
    formula="softmax({Z})", numbers="softmax({Z})",
    slope_formula="{A}·(1−{A})", slope_numbers="{A}·(1−{A})",
    idea="Softmax makes shares of all outputs' e^Z: each above 0, together 1.",
    why=lambda _: "{Z} is in e^{Z} and in the sum that it is divided by: {A} of the one, less {A}² of the other.",
    between=(0.0, 1.0),
    takes_layer=True,
    cross_formula="−{A}·{B}",
    cross_why="{Z} is in the sum alone that {A} is divided by: the more it takes, the less is left for {A}.",
)
ACTIVATIONS = {f.name: f for f in (RELU, LEAKY_RELU, SIGMOID, TANH, LINEAR, SOFTPLUS, STEP, SOFTMAX)}
