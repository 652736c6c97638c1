"""One number and where it comes from."""

import re
from collections.abc import Callable
from typing import NamedTuple

from engine.graph.quantity import Formula, Quantity

Read = Callable[[Quantity], float]


class Line(NamedTuple):
    """name = formula = numbers = value, and a sentence that says why.

    `formula` is how the mathematics is written (`sig(Z5)[1−sig(Z5)]`), `numbers` what numbers are put into
    (`A5·(1−A5)`); `why` may depend on numbers, so it is given a way to read them. `about` is the kind of factor that it
    is, as the catalogue of mistakes has it.
    """

    name: str
    quantity: Quantity
    formula: str
    numbers: Formula
    why: Callable[[Read], str]
    about: str = ""


def as_factor(formula: Formula) -> Formula:
    """A formula as a factor of a product: in brackets if it is a sum."""
    text = re.sub(r"\([^()]*\)|\[[^\[\]]*\]", "", str(formula))
    return Formula(("(", *formula.parts, ")")) if re.search(r"[−+]", text.lstrip("−")) else formula
