"""The numbers that stand in a formula as it was typed: how exact they are, and between what it then lies."""

from collections.abc import Callable, Container, Mapping
from typing import NamedTuple

from engine.graph.expression import Expression, Part
from engine.graph.parts import name_part
from engine.tutor.answer import Written, measure

Bounds = tuple[float, float]
Compute = Callable[[Mapping[str, float]], float]


class WrittenNumber(NamedTuple):
    """A number in a formula."""

    text: str
    value: float
    written: Written


Inexact = Mapping[int, WrittenNumber]  # by their places


def rounded_numbers(expression: Expression, digits: int) -> dict[int, WrittenNumber]:
    """Those of so many digits or more."""
    found = {place: WrittenNumber(text, float(text), measure(text)) for place, text in expression.numbers.items()}
    return {place: each for place, each in found.items() if each.written.digits - each.written.zeros >= digits}


def name_numbers(part: Part, places: Container[int]) -> Part:
    """An expression with names, `#7`, for the numbers at some places."""
    if part.operation == "number" and part.position in places:
        return name_part(f"#{part.position}")
    return part._replace(parts=tuple(name_numbers(inner, places) for inner in part.parts))


def spread(compute: Compute, at: Mapping[str, float], boxes: Mapping[str, Bounds]) -> Bounds:
    """Between what numbers and what a formula comes to, where some numbers in it lie in boxes. Of each alone it is
    found out which way it pushes; then all are pushed together. Raises ExpressionError.
    """
    upper, lower = dict(at), dict(at)
    for name, (low, high) in boxes.items():
        if low != high and compute({**at, name: high}) < compute({**at, name: low}):
            low, high = high, low
        upper[name], lower[name] = high, low
    found = [compute(at), compute(upper), compute(lower)]
    return min(found), max(found)
