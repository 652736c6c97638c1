"""One number and where it comes from."""

import math
import re
from collections.abc import Callable
from typing import NamedTuple

from engine.graph.quantity import Formula, Quantity
from engine.graph.symbols import LOSS

DIVERGED = "Too large for a computer: try a smaller learning rate."
Read = Callable[[Quantity], float]


class Line(NamedTuple):
    """name = formula = numbers = value, and a sentence that says why.

    `formula` is how the mathematics is written (`sig(Z5)[1−sig(Z5)]`), `numbers` what numbers are put into
    (`A5·(1−A5)`); `why` may depend on numbers, so it is given a way to read them. `about` is the kind of factor that it
    is, as the catalogue of mistakes has it; `link` what is differentiated in it, and by what.
    """

    name: str
    quantity: Quantity
    formula: str
    numbers: Formula
    why: Callable[[Read], str]
    about: str = ""
    link: tuple[Quantity, Quantity] | None = None


def as_factor(formula: Formula) -> Formula:
    """A formula as a factor of a product: in brackets if it is a sum."""
    text = re.sub(r"\([^()]*\)|\[[^\[\]]*\]", "", str(formula))
    return Formula(("(", *formula.parts, ")")) if re.search(r"[−+]", text.lstrip("−")) else formula


def loss_line(of_row: Quantity, rows: range, term: str, divisor: int, terms: str, count: int) -> Line:
    """The Loss, the mean or the sum of what the rows come to; `terms` is what its terms are called."""
    numbers = Formula.join(" + ", (Formula((of_row._replace(name="", row=row),)) for row in rows))

    def explain_unless_too_large(why: str) -> Callable[[Read], str]:
        return lambda read: why if math.isfinite(read(LOSS)) else DIVERGED
    if count == 1:
        return Line("Loss", LOSS, term, numbers, explain_unless_too_large("There is one term: Loss is that one."))
    if divisor == 1:
        why = explain_unless_too_large(f"The sum of {count} {terms}: no mean is taken.")
        return Line("Loss", LOSS, f"Σ {term}", numbers, why)
    return Line("Loss", LOSS, f"1/{count}·Σ {term}", Formula(("(", *numbers.parts, f")/{count}")),
                explain_unless_too_large(f"The mean of {count} {terms}."))
