"""Symbols and numbers as one thing: a named number, and formulas made of such names."""

import re
from collections.abc import Callable, Iterable
from enum import Enum
from typing import NamedTuple

RAISED = ("²", "³", "^")  # begin what raises the number before


class Source(Enum):
    """Which of an epoch's numbers a quantity is read from: arrays by layer, for n rows, but for the last five."""

    __hash__ = object.__hash__  # much faster than an enumeration's own, and looked up for every number

    Z = "net inputs (n, units)"
    A = "activations (n, units)"
    TARGET = "targets (n, outputs), as layer 0"
    PARAMETER = "weights and biases before the update (units before + 1, units)"
    UPDATED = "weights and biases after the update, likewise"
    GRADIENT = "∂Loss/∂w, likewise"
    LOSS_SLOPE = "∂Loss/∂A (n, units)"
    SLOPE = "∂A/∂Z (n, units)"
    JACOBIAN = "∂Ai/∂Zj of a softmax layer (n, units · units), Ai's index · units + Zj's"
    DELTA = "∂Loss/∂Z (n, units)"
    ROW_LOSS = "a row's loss, added over the outputs (n, 1), as layer 0"
    VALUE = "nodes of a graph (n, nodes), as layer 0"
    PARTIAL = "∂node/∂(something in its formula) (n, partials), as layer 0"
    ADJOINT = "∂Loss/∂node (n, nodes), as layer 0"
    MOMENT = "an optimizer's numbers after the update (moments, units before + 1, units), the moment's as `k`"
    OLD_MOMENT = "the same before the update"
    UPDATES = "t, how many updates there are with this one, a number"
    LOSS = "the loss, a number"
    RATE = "the learning rate, a number"
    ONE = "1, whatever the epoch"
    PRODUCT = "a path's factors multiplied, or a row's products added: computed from the chain"


class Quantity(NamedTuple):
    """A number that has a name, and where its values stand.

    `i` is the column of a unit or output, or the row of a parameter in its layer's array, whose column is `j`.
    For a product `i` is the parameter's index in the lesson's order and `j` the path (−1: all of them).
    `k` is an optimizer's moment. `row` is set where the number belongs to one row of the table whatever the row in
    hand.
    """

    name: str
    source: Source
    layer: int = 0
    i: int = 0
    j: int = 0
    row: int | None = None
    k: int = 0


class LeftOut(str):
    """A `…` in a formula that is too long to be shown, and what it stands for."""

    __slots__ = ("parts",)
    parts: "tuple[str | Quantity, ...]"

    def __new__(cls, parts: "tuple[str | Quantity, ...]") -> "LeftOut":
        """With what is left out."""
        sign = super().__new__(cls, "…")
        sign.parts = parts
        return sign

    def __eq__(self, other: object) -> bool:
        """Whether the same is left out."""
        return isinstance(other, LeftOut) and self.parts == other.parts

    def __hash__(self) -> int:
        return hash(self.parts)


class Formula(NamedTuple):
    """Text with quantities in it: `str()` spells it with their names, `substituted` with their values."""

    parts: tuple[str | Quantity, ...]

    @classmethod
    def of(cls, template: str, **quantities: Quantity) -> "Formula":
        """`Formula.of("ReLU({Z})", Z=z3)`. Raises KeyError for a name that is not given."""
        pieces = re.split(r"\{(\w+)\}", template)
        return cls(tuple(quantities[piece] if k % 2 else piece for k, piece in enumerate(pieces) if piece))

    @classmethod
    def join(cls, separator: str, formulas: "Iterable[Formula]", most: int = 8) -> "Formula":
        """Formulas with a separator between; of more than `most`, the middle ones are left out with a `…`."""
        items = list(formulas)
        if len(items) > most:
            left_out = cls.join(separator, items[most - 2:-1], most=len(items))
            items = [*items[:most - 2], cls((LeftOut(left_out.parts),)), items[-1]]
        parts: list[str | Quantity] = []
        for item in items:
            parts += [separator, *item.parts] if parts else item.parts
        return cls(tuple(parts))

    @property
    def whole(self) -> "Formula":
        """The same with nothing left out."""
        return Formula(tuple(piece for part in self.parts
                             for piece in (part.parts if isinstance(part, LeftOut) else (part,))))

    def replace(self, change: "Callable[[Quantity], Quantity]") -> "Formula":
        """The same with other quantities, also in what is left out."""
        return Formula(tuple(
            LeftOut(Formula(part.parts).replace(change).parts) if isinstance(part, LeftOut) else
            part if isinstance(part, str) else change(part) for part in self.parts))

    def __str__(self) -> str:
        return "".join(part if isinstance(part, str) else part.name for part in self.parts)

    @property
    def quantities(self) -> tuple[Quantity, ...]:
        """Those in it, in their order."""
        return tuple(part for part in self.parts if not isinstance(part, str))

    def substitute(self, spell: Callable[[Quantity], str]) -> str:
        """The formula with numbers in: a negative one stands in parentheses where a sign would be misread."""
        text = ""
        for part, following in zip(self.parts, (*self.parts[1:], ""), strict=True):
            piece = part if isinstance(part, str) else spell(part)
            if not isinstance(part, str) and piece.startswith("−"):
                is_first = not text or text.endswith(("(", ", "))
                is_raised = isinstance(following, str) and following.startswith(RAISED)
                piece = f"({piece})" if is_raised or not is_first else piece
            text += piece
        return text

