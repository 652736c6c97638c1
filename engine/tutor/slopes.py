"""The operations in a formula whose slope is asked for: where a rule of differentiation is wrong, and what the slope
then comes to, all other rules right.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress

from engine.graph.expression import ExpressionError, Part
from engine.graph.parts import join, name_part, names_in, number_part
from engine.tutor.numbers import Alternative
from engine.tutor.operations import HOLE, Scope, single, slope, value, write_part

OVER = "1/"  # a division of something constant, whatever it is
TO_THE = "^x"  # a power of something constant
FAMILIES = {"+": "sum", "-": "sum", "negative": "sum", "name": "sum", "*": "product", "/": "quotient",
            OVER: "quotient", "^": "power", TO_THE: "power"}  # any other operation is a function
NOTHING = number_part(0.0)


def family_of_slope(formula: Part, by: str) -> str:
    """What kind of formula a slope is one of: without what is only added, or multiplied with, where there is more."""
    while formula.operation in ("+", "-", "negative", "*", "/"):
        depending = [inner for inner in formula.parts if by in names_in(inner)]
        is_divisor = formula.operation == "/" and by in names_in(formula.parts[1])
        if len(depending) != 1 or is_divisor or not depending[0].parts:
            break
        formula = depending[0]
    operation, _ = _with_slopes(formula, by)
    return FAMILIES.get(operation, "function")


class SlopeScopes:
    """Of a formula by one of its names, with numbers for all of them."""

    def __init__(self, formula: Part, by: str, numbers: Mapping[str, float]) -> None:
        """Raises ExpressionError."""
        self._formula, self._by, self._numbers = formula, by, numbers
        self._slope = slope(formula, by, numbers)

    def all(self) -> Iterator[Scope]:
        """Of every operation in which the name stands, but for those of which no number comes."""
        yield from self._within(self._formula, 1.0, is_inside=False)

    def _within(self, part: Part, times: float, is_inside: bool) -> Iterator[Scope]:
        """`times` is how fast the formula changes with the part; `is_inside`: that stands in a function, in a power,
        or below a line.
        """
        if self._by not in names_in(part):
            return
        with suppress(ExpressionError):
            yield self._scope(part, times, is_inside)
        for index, inner in enumerate(part.parts):
            try:
                here = times * self._local_slope(part, index)
            except ExpressionError:
                continue
            is_deeper = part.operation in ("call", "^") or (part.operation == "/" and index == 1)
            yield from self._within(inner, here, is_inside or is_deeper)

    def _local_slope(self, part: Part, index: int) -> float:
        """How fast an operation changes with one of those that it is of."""
        values = [value(inner, self._numbers) for inner in part.parts]
        alone = [name_part(HOLE) if k == index else number_part(number) for k, number in enumerate(values)]
        return slope(part._replace(parts=tuple(alone)), HOLE, {HOLE: values[index]})

    def _scope(self, part: Part, times: float, is_inside: bool) -> Scope:
        by, numbers = self._by, self._numbers
        family, parts = _with_slopes(part, by)
        found = {"f": value(part, numbers), "df": slope(part, by, numbers)}
        for name, inner in zip("uv", parts, strict=False):
            found |= {name: value(inner, numbers), f"d{name}": slope(inner, by, numbers)}
        variables = single(found)
        depending = [by in names_in(inner) for inner in parts]
        if family in ("+", "-", "*") and depending.count(True) == 1:
            variables |= _of_one_side(family, parts, depending.index(True), found)
            if is_inside:  # a slope that is forgotten there is the inner derivative
                variables.pop("d_own")
        if family == "*" and all(depending):
            variables["slopes_multiplied"] = [Alternative(found["du"] * found["dv"])]
            variables["one_slope"] = [Alternative(found["du"] * found["v"]), Alternative(found["u"] * found["dv"])]
        if outer := _outer(family, parts, part):
            inside = found["v" if family in (OVER, TO_THE) else "u"]
            if parts[0].operation != "name":  # else du is 1, and with it or without is the same
                variables["inner"] = [Alternative(found["du"])]
            variables["slope"] = [Alternative(slope(outer, HOLE, {**numbers, HOLE: inside}))]
        rest = self._slope - times * found["df"]

        def complete(wrong: float) -> float:
            return times * wrong + rest
        return Scope("partial", family, variables, write_part(part), complete)


def _with_slopes(part: Part, by: str) -> tuple[str, Sequence[Part]]:
    """The operation as its slope's rule sees it, and what it is made of: a division by something constant is a product,
    a minus sign a difference, a power of e that of exp.
    """
    operation, parts = part.operation, part.parts
    if operation == "call":
        return part.name, parts
    if operation == "negative":
        return "-", (NOTHING, *parts)
    depends = [by in names_in(inner) for inner in parts]
    if operation == "/" and not depends[1]:
        return "*", (parts[0], join("/", number_part(1.0), parts[1]))
    if operation == "/" and not depends[0]:
        return OVER, parts
    if operation == "^" and depends[1]:
        return ("exp", parts[1:]) if parts[0].name == "e" and parts[0].operation == "number" else (TO_THE, parts)
    return operation, parts


def _of_one_side(family: str, parts: Sequence[Part], index: int,
                 found: Mapping[str, float]) -> dict[str, list[Alternative]]:
    """Of two parts of which one alone depends on what is asked about: its value, where it is that itself of a sum too;
    its slope; and what comes out where a constant is taken for its own slope.
    """
    own = "uv"[index]
    variables = {"own": found[own], "d_own": found[f"d{own}"]}
    if family != "*":
        sign = -1.0 if family == "-" else 1.0
        variables["kept"] = found["u"] + sign * found["dv"] if index else found["du"] + sign * found["v"]
        if parts[index].operation == "name":
            variables["summand"] = found[own]
    return single(variables)


def _outer(family: str, parts: Sequence[Part], part: Part) -> Part | None:
    """The operation with HOLE for what is in it; None where it is not one of something alone."""
    if part.operation == "call":
        return part._replace(parts=(name_part(HOLE),))
    if family == "^":
        return join("^", name_part(HOLE), parts[1])
    if family in (OVER, TO_THE, "exp"):
        return part._replace(parts=(part.parts[0], name_part(HOLE)))
    return None
