"""Where a derivative comes from, as a walk through numbers of one row: sig′ as a chain of its own, and why a softmax
with cross-entropy has A − y. Each is made for the Z in hand.
"""

import math
from collections.abc import Callable, Sequence
from functools import partial
from typing import NamedTuple

from engine.graph.activations import Activation
from engine.graph.derivation import Derivation, Link
from engine.graph.line import Line, Read, as_factor
from engine.graph.quantity import Formula, Quantity


class Stage(NamedTuple):
    """A number on the way: its name, its formula, its value in a row."""

    name: str
    formula: str
    value: Callable[[Read], float]


class Deduction(NamedTuple):
    """What comes from where: `written` says what is differentiated, `given` and `parts` are what goes into the `terms`;
    these make the result, multiplied or added. `end` is what that is written like, `whole` the same with all before it.
    `word` stands beside a key.
    """

    word: str
    what: str
    written: str
    given: tuple[Stage, ...]
    parts: tuple[Stage, ...]
    terms: tuple[Stage, ...]
    is_sum: bool
    result: Stage
    end: str
    whole: str

    @property
    def title(self) -> str:
        """`Where sig′(Z5) comes from: sig(x) = 1/(1+e^(−x))`."""
        return f"Where {self.what} comes from: {self.written}"

    @property
    def stages(self) -> tuple[Stage, ...]:
        """All of them, in order."""
        return (*self.given, *self.parts, *self.terms, self.result)


def of_slope(f: Activation, derivation: Derivation, Z: Quantity) -> Deduction:
    """f′ at a Z, a chain of its own."""
    def at_Z(value: Callable[[float], float]) -> Callable[[Read], float]:  # noqa: N802
        return lambda read: value(read(Z))

    def stages(links: Sequence[Link]) -> tuple[Stage, ...]:
        return tuple(Stage(link.name, link.formula, at_Z(link.value)) for link in links)
    chain = "·".join(f"({link.formula})" if link.formula == "−1" else link.formula for link in derivation.factors)
    return Deduction(
        f"{f.symbol}′", f"{f.symbol}′({Z.name})", derivation.written, (Stage("x", Z.name, lambda read: read(Z)),),
        stages(derivation.parts), stages(derivation.factors), is_sum=False,
        result=Stage("product", "∂A/∂Z", at_Z(derivation.value)), end=derivation.result,
        whole=f"{f.symbol}′(x) = {chain} = {derivation.result}")


def of_softmax(own: int, Z: Quantity, delta: Line, paths: Sequence[tuple[Line, Line]],
               activations: Sequence[Quantity], targets: Sequence[Quantity]) -> Deduction:
    """∂Loss/∂Z of a softmax's output with cross-entropy: a path over each A, of ∂Loss/∂A and ∂A/∂Z; then A − y is left.

    `own` is which of the outputs it is.
    """
    def multiply(factors: tuple[Line, Line], read: Read) -> float:
        return math.prod(read(factor.quantity) for factor in factors)

    def write(factors: tuple[Line, Line]) -> str:
        first, second = (line.numbers for line in factors)
        is_negative = str(second).startswith("−")
        return f"{first}·{Formula(('(', *second.parts, ')')) if is_negative else as_factor(second)}"
    terms = tuple(Stage(f"by {A.name}", write(factors), partial(multiply, factors))
                  for A, factors in zip(activations, paths, strict=True))
    A, y = activations[own].name, targets[own].name
    others = [target.name for index, target in enumerate(targets) if index != own]
    inside = "+".join(others if len(others) < 4 else [others[0], "…", others[-1]])
    inside = f"({inside})" if len(others) > 1 else inside
    shrunk = f"{A}·Σy − {y} = {A} − {y}"
    return Deduction(
        "A−y", f"∂Loss/∂{Z.name} = {delta.formula}", f"{Z.name} is in every A", (), (), terms, is_sum=True,
        result=Stage("sum", f"∂Loss/∂{Z.name}", lambda read: read(delta.quantity)),
        end=f"{shrunk}, for Σy is 1; here {delta.formula}",
        whole=f"each A cancels: −{y}·(1−{A}) + {inside}·{A} = {shrunk}, for Σy is 1")
