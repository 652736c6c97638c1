"""Functions that formulas call, each ONE definition of value and derivative; written activations are among them.

A derivative is a formula in the calculator's grammar: of {Z}, what the function is called with, and {A}, its value.
"""

import math
from collections.abc import Callable, Mapping
from functools import cache
from typing import NamedTuple

from engine.graph.activations import ACTIVATIONS, Activation
from engine.graph.numeric import Array, np
from engine.graph.operations import Operations

PRIME = "′"


class Function(NamedTuple):
    """`symbol` is its name as it is shown; `spellings` are those of the calculator, the first the one that counts.
    `operations(Z, A, slope)` write value and derivative of many numbers, as an activation's do.
    """

    symbol: str
    spellings: tuple[str, ...]
    value: Callable[[float], float]
    slope: Callable[[float], float]
    derivative: str
    operations: Callable[[Array, Array, Array], Operations]

    @property
    def name(self) -> str:
        """What a formula that was read calls it."""
        return self.spellings[0]


def _exp(Z: Array, A: Array, slope: Array) -> Operations:
    yield np.exp, Z, A
    yield np.positive, A, slope


def _ln(Z: Array, A: Array, slope: Array) -> Operations:
    yield np.log, Z, A
    yield np.reciprocal, Z, slope


def _sqrt(Z: Array, A: Array, slope: Array) -> Operations:
    yield np.sqrt, Z, A
    yield np.divide, np.array(0.5), A, slope


EXP = Function("exp", ("exp",), math.exp, math.exp, "{A}", _exp)
LN = Function("ln", ("ln", "log"), math.log, lambda x: 1 / x, "1/{Z}", _ln)
SQRT = Function("√", ("sqrt", "√"), math.sqrt, lambda x: 1 / (2 * math.sqrt(x)), "1/(2·{A})", _sqrt)


def known_functions() -> dict[str, Function]:
    """All of them by name, with the activations that there are."""
    written = [_of(f) for f in ACTIVATIONS.values() if f.spellings]
    return {f.name: f for f in (EXP, LN, SQRT, *written)}


def _of(f: Activation) -> Function:
    return Function(f.symbol, f.spellings, f.value, f.slope, f.slope_numbers, f.operations)


def functions() -> Mapping[str, Callable[[float], float]]:
    """What can be called, by its name: every function and its derivative."""
    return _callable(tuple(ACTIVATIONS))


@cache
def _callable(_activations: tuple[str, ...]) -> Mapping[str, Callable[[float], float]]:
    """Of so many activations: they are asked for with every call in a formula."""
    known = known_functions().values()
    return {**{f.name: f.value for f in known}, **{f.name + PRIME: f.slope for f in known}}


def aliases() -> dict[str, str]:
    """Other spellings of names, each with the one that counts."""
    return {"η": "lr", **{other: f.name for f in known_functions().values() for other in f.spellings[1:]}}


def shown_name(name: str) -> str:
    """How a function, or its derivative, is shown."""
    base = name.removesuffix(PRIME)
    return known_functions()[base].symbol + name[len(base):]
