"""Expressions written as a person would: `·`, `−`, `²`, brackets only where they are needed."""

from collections.abc import Iterable, Mapping

from engine.graph.expression import Part
from engine.graph.functions import shown_name
from engine.graph.quantity import Formula, Quantity
from engine.text.notation import ALL_DIGITS, number

RAISED = {2.0: "²", 3.0: "³"}
SIGNS = {"+": "+", "-": "−", "*": "·", "/": "/"}
GREEK = {"alpha": "α", "beta": "β", "beta1": "β1", "beta2": "β2", "epsilon": "ε", "lambda": "λ"}
SUM, PRODUCT, POWER, ATOM = range(4)  # how strongly a part is held together
STRENGTHS = {"+": SUM, "-": SUM, "*": PRODUCT, "/": PRODUCT, "negative": PRODUCT, "^": POWER}
Pieces = tuple[str | Quantity, ...]


def write(part: Part, quantities: Mapping[str, Quantity], is_spaced: bool = False) -> Formula:
    """A formula of the quantities that its names stand for; a name of none is text. Spaced, it has blanks around the
    signs of a sum that is not in brackets.
    """
    return Formula(_join(_Writer(quantities, part if is_spaced else None).pieces(part)))


def _join(pieces: Iterable[str | Quantity]) -> Pieces:
    """Texts beside each other as one."""
    found: list[str | Quantity] = []
    for piece in pieces:
        if isinstance(piece, str) and found and isinstance(found[-1], str):
            found[-1] += piece
        else:
            found.append(piece)
    return tuple(found)


class _Writer:
    """Writes parts of one formula."""

    def __init__(self, quantities: Mapping[str, Quantity], spaced: Part | None) -> None:
        self._quantities, self._spaced = quantities, spaced  # the latter in which the next sign has blanks around it

    def pieces(self, part: Part) -> Pieces:
        match part.operation:
            case "number":
                return (part.name or number(part.value, ALL_DIGITS),)
            case "name":
                return (self._quantities.get(part.name, GREEK.get(part.name, part.name)),)
            case "call":
                return (shown_name(part.name), *_in_brackets(self.pieces(part.parts[0])))
            case "negative":
                return ("−", *self._operand(part.parts[0], PRODUCT, is_first=False))
            case "^":
                return self._power(*part.parts)
        left, right = part.parts
        own, sign = STRENGTHS[part.operation], SIGNS[part.operation]
        if part is self._spaced and own == SUM:
            sign, self._spaced = f" {sign} ", left
        return (*self._operand(left, own, is_first=True), sign,
                *self._operand(right, own + (part.operation in "-/"), is_first=False))

    def _operand(self, part: Part, least: int, is_first: bool) -> Pieces:
        """A part that is held together at least so strongly, in brackets if need be; so is a sign behind another."""
        pieces = self.pieces(part)
        is_weak = STRENGTHS.get(part.operation, ATOM) < least
        return _in_brackets(pieces) if is_weak or (_has_sign(pieces) and not is_first) else pieces

    def _power(self, base: Part, exponent: Part) -> Pieces:
        raised = RAISED.get(exponent.value, "") if exponent.operation == "number" else ""
        if base.operation == "call" and raised == "²" and base.name.isalpha() and base.name != "sqrt":
            return (shown_name(base.name) + raised, *_in_brackets(self.pieces(base.parts[0])))
        below = self._operand(base, ATOM, is_first=False)
        if base.operation == "name" and "/" in str(Formula(below)):  # `∂Loss/∂w`
            below = _in_brackets(below)
        return (*below, raised) if raised else (*below, "^", *self._operand(exponent, ATOM, is_first=False))


def _has_sign(pieces: Pieces) -> bool:
    return isinstance(pieces[0], str) and pieces[0].startswith("−")


def _in_brackets(pieces: Pieces) -> Pieces:
    return ("(", *pieces, ")")
