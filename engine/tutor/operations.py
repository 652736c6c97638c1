"""The operations in a formula, one by one, each with its numbers: where a wrong rule is made, and what the whole then
comes to.
"""

from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from engine.graph.derivatives import slope_of
from engine.graph.expression import Expression, ExpressionError, Part
from engine.graph.parts import join, name_part
from engine.graph.written import write
from engine.tutor.numbers import Alternative, Variables

HOLE = " "  # stands where an operation was: no formula has such a name


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


def operations_in(part: Part) -> Iterator[Operation]:
    """Every operation in a formula, and every name, itself first."""
    if part.operation == "number":
        return
    yield Operation(part, name_part(HOLE))
    for index, inner in enumerate(part.parts):
        for found, around in operations_in(inner):
            yield Operation(found, part._replace(parts=(*part.parts[:index], around, *part.parts[index + 1:])))


@lru_cache(maxsize=1024)
def write_part(part: Part) -> str:
    """As it is shown."""
    return str(write(part, {}))


def value(part: Part, numbers: Mapping[str, float]) -> float:
    """What a part comes to. Raises ExpressionError."""
    return Expression(part, None).compute(numbers)


def slope(part: Part, by: str, numbers: Mapping[str, float]) -> float:
    """∂part/∂by. Raises ExpressionError."""
    return value(_slope_of(part, by), numbers)


_slope_of = lru_cache(maxsize=4096)(slope_of)  # of one formula all: they are asked for with every answer


def single(found: Mapping[str, float]) -> dict[str, list[Alternative]]:
    """Variables with one value each."""
    return {name: [Alternative(number)] for name, number in found.items()}


def value_scopes(formula: Part, numbers: Mapping[str, float]) -> Iterator[Scope]:
    """Of every operation in the formula of a value, but for those of which no number comes."""
    for operation in operations_in(formula):
        try:
            yield _value_scope(operation, numbers)
        except ExpressionError:
            continue


def _value_scope(operation: Operation, numbers: Mapping[str, float]) -> Scope:
    """Raises ExpressionError."""
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
    if family == "relu" and found["u"] < 0:
        found["magnitude"] = -found["u"]
    if family == "^" and found["u"] < 0 < f:
        found["minus_power"] = -f
    variables = single(found)
    if family in ("+", "-"):
        first, last = parts
        kept = found["v"] if family == "+" else -found["v"]
        variables["without"] = [Alternative(kept, write_part(first)), Alternative(found["u"], write_part(last))]
    for name, forms in (("unbracketed", _without_brackets(part)), ("reordered", _from_left_to_right(part))):
        variables[name] = [Alternative(value(each, numbers)) for each in forms]

    def complete(wrong: float) -> float:
        return value(operation.around, {**numbers, HOLE: wrong})
    return Scope("value", family, variables, write_part(part), complete)


def _without_brackets(part: Part) -> Iterator[Part]:
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


def _from_left_to_right(part: Part) -> Iterator[Part]:
    """What a sum with a product in it comes to where all is done from left to right: a + b·c as (a + b)·c."""
    if part.operation in ("+", "-") and part.parts[1].operation in ("*", "/"):
        left, right = part.parts
        first, last = right.parts
        yield join(right.operation, join(part.operation, left, first), last)
    if part.operation == "*" and part.parts[1].operation == "^":
        left, right = part.parts
        yield join("^", join("*", left, right.parts[0]), right.parts[1])
