"""The operations in a formula, one by one, each with its numbers: where a wrong rule is made, and what the whole then
comes to.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from engine.graph.derivatives import derive
from engine.graph.expression import Expression, Part
from engine.graph.formulas import NamedFormula
from engine.graph.parts import any_part, join, name_part, names_in, number_part
from engine.graph.written import write
from engine.tutor.numbers import Alternative, Variables

HOLE, ITSELF = " ", "  "  # stand where an operation was, and for its value: no formula has such names
OVER = "1/"  # a division of something constant, whatever it is
TO_THE = "^x"  # a power of something constant
FAMILIES = {"+": "sum", "-": "sum", "negative": "sum", "name": "sum", "*": "product", "/": "quotient",
            OVER: "quotient", "^": "power", TO_THE: "power"}  # any other operation is a function
NOTHING = number_part(0.0)


class Scope(NamedTuple):
    """What a mistake is made at, by kind and family as the catalogue has them, with its variables: all of a number, or
    one operation in it. `complete` says what the number is if that comes to something else; `which` names it.
    """

    kind: str
    family: str
    variables: Variables
    which: str = ""
    complete: Callable[[float], float] = float


class Operation(NamedTuple):
    """An operation, or a name, and the formula that it stands in with HOLE in its place."""

    part: Part
    around: Part

    @property
    def written(self) -> str:
        """As it is shown."""
        return str(write(self.part, {}))

    @property
    def is_inside(self) -> bool:
        """Whether it stands in a function, in a power, or below a line."""
        return any_part(self.around, lambda part: HOLE in names_in(part) and (
            part.operation in ("call", "^") or (part.operation == "/" and HOLE in names_in(part.parts[1]))))


def operations_in(part: Part) -> Iterator[Operation]:
    """Every operation in a formula, and every name, itself first."""
    if part.operation == "number":
        return
    yield Operation(part, name_part(HOLE))
    for index, inner in enumerate(part.parts):
        for found, around in operations_in(inner):
            yield Operation(found, part._replace(parts=(*part.parts[:index], around, *part.parts[index + 1:])))


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


def value(part: Part, numbers: Mapping[str, float]) -> float:
    """What a part comes to. Raises ExpressionError."""
    return Expression(part, None).compute(numbers)


def slope(part: Part, by: str, numbers: Mapping[str, float]) -> float:
    """∂part/∂by. Raises ExpressionError."""
    if by not in names_in(part):
        return 0.0
    return value(derive(NamedFormula(ITSELF, part), by), {**numbers, ITSELF: value(part, numbers)})


def value_scope(operation: Operation, numbers: Mapping[str, float]) -> Scope:
    """Of an operation in the formula of a value. Raises ExpressionError."""
    part = operation.part
    is_call, parts = part.operation == "call", part.parts
    family, f = part.name if is_call else part.operation, value(part, numbers)
    found = {"f": f}
    if parts:
        found["u"] = value(parts[0], numbers)
    if len(parts) > 1:
        found["v"] = value(parts[1], numbers)
    if is_call:
        found["slope"] = slope(part._replace(parts=(name_part(HOLE),)), HOLE, {HOLE: found["u"]})
    if family == "name" and f < 0:
        found["magnitude"] = -f
    if family == "^" and found["u"] < 0 < f:
        found["minus_power"] = -f
    variables = _single(found)
    for name, written in (("unbracketed", _unbracketed(part)), ("reordered", _reordered(part))):
        variables[name] = [Alternative(value(each, numbers)) for each in written]

    def complete(wrong: float) -> float:
        return value(operation.around, {**numbers, HOLE: wrong})
    return Scope("value", family, variables, operation.written, complete)


def slope_scope(operation: Operation, by: str, numbers: Mapping[str, float]) -> Scope:
    """Of an operation in a formula whose slope by one of its names is asked for. Raises ExpressionError."""
    family, parts = _with_slopes(operation.part, by)
    found = {"f": value(operation.part, numbers), "df": slope(operation.part, by, numbers)}
    for name, part in zip("uv", parts, strict=False):
        found |= {name: value(part, numbers), f"d{name}": slope(part, by, numbers)}
    variables = _single(found)
    depending = [by in names_in(part) for part in parts]
    if family in ("+", "-", "*") and depending.count(True) == 1:
        variables |= _of_one_side(family, depending.index(True), found)
        if operation.is_inside:  # a slope that is forgotten there is the inner derivative
            variables.pop("d_own")
    if family == "*" and all(depending):
        variables["one_slope"] = [Alternative(found["du"] * found["v"]), Alternative(found["u"] * found["dv"])]
    if outer := _outer(family, parts, operation.part):
        inside = found["v" if family in (OVER, TO_THE) else "u"]
        variables["slope"] = [Alternative(slope(outer, HOLE, {**numbers, HOLE: inside}))]
    hole = {**numbers, HOLE: found["f"]}
    times, rest = slope(operation.around, HOLE, hole), slope(operation.around, by, hole)

    def complete(wrong: float) -> float:
        return times * wrong + rest
    return Scope("partial", family, variables, operation.written, complete)


def _single(found: Mapping[str, float]) -> dict[str, list[Alternative]]:
    return {name: [Alternative(number)] for name, number in found.items()}


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


def _of_one_side(family: str, index: int, found: Mapping[str, float]) -> dict[str, list[Alternative]]:
    """Of two parts of which one alone depends on what is asked about: its value, its slope; and what comes out where a
    constant is taken for its own slope.
    """
    own = "uv"[index]
    variables = {"own": found[own], "d_own": found[f"d{own}"]}
    if family != "*":
        sign = -1.0 if family == "-" else 1.0
        variables["kept"] = found["u"] + sign * found["dv"] if index else found["du"] + sign * found["v"]
    return _single(variables)


def _outer(family: str, parts: Sequence[Part], part: Part) -> Part | None:
    """The operation with HOLE for what is in it; None where it is not one of something alone."""
    if part.operation == "call":
        return part._replace(parts=(name_part(HOLE),))
    if family == "^":
        return join("^", name_part(HOLE), parts[1])
    if family in (OVER, TO_THE, "exp"):
        return part._replace(parts=(part.parts[0], name_part(HOLE)))
    return None


def _unbracketed(part: Part) -> Iterator[Part]:
    """What an operation on a sum comes to where the brackets are not seen: (a + b)·c as a + b·c."""
    if part.operation not in ("*", "/", "^", "-"):
        return
    left, right = part.parts
    if left.operation in ("+", "-") and part.operation != "-":
        first, last = left.parts
        yield join(left.operation, first, join(part.operation, last, right))
    if left.operation in ("*", "/") and part.operation == "^":
        first, last = left.parts
        yield join(left.operation, first, join("^", last, right))
    if right.operation in ("+", "-") and part.operation != "^":
        first, last = right.parts
        yield join(right.operation, join(part.operation, left, first), last)


def _reordered(part: Part) -> Iterator[Part]:
    """What a sum with a product in it comes to where all is done from left to right: a + b·c as (a + b)·c."""
    if part.operation in ("+", "-") and part.parts[1].operation in ("*", "/"):
        left, right = part.parts
        first, last = right.parts
        yield join(right.operation, join(part.operation, left, first), last)
    if part.operation == "*" and part.parts[1].operation == "^":
        left, right = part.parts
        yield join("^", join("*", left, right.parts[0]), right.parts[1])
