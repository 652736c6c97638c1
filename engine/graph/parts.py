"""Parts of expressions put together, and what is in them; where they stood in a text no longer counts."""

import math
from collections.abc import Callable, Collection, Mapping
from functools import reduce

from engine.graph.expression import Part

CONSTANTS: Mapping[str, float] = {"e": math.e}


def number_part(value: float) -> Part:
    """A number."""
    return Part("number", 0, value=value)


def name_part(name: str) -> Part:
    """A name."""
    return Part("name", 0, name=name)


def call_part(name: str, argument: Part) -> Part:
    """A function of something."""
    return Part("call", 0, (argument,), name=name)


def join(operation: str, *parts: Part) -> Part:
    """An operation on parts, from left to right where there are more than two."""
    if operation == "negative":
        return Part(operation, 0, parts)
    return reduce(lambda left, right: Part(operation, 0, (left, right)), parts)


def names_in(part: Part) -> tuple[str, ...]:
    """The names in it, each once, in their order."""
    return tuple(dict.fromkeys(part.names()))


def replace_names(part: Part, others: Mapping[str, Part]) -> Part:
    """The same with other parts in place of names."""
    if part.operation == "name":
        return others.get(part.name, part)
    return part._replace(parts=tuple(replace_names(inner, others) for inner in part.parts))


def with_constants(part: Part, known: Collection[str]) -> Part:
    """The same with Euler's number for e, unless something is called so; it keeps its name."""
    if part.operation == "name" and part.name in CONSTANTS and part.name not in known:
        return part._replace(operation="number", value=CONSTANTS[part.name])
    return part._replace(parts=tuple(with_constants(inner, known) for inner in part.parts))


def any_part(part: Part, is_so: Callable[[Part], bool]) -> bool:
    """Whether something holds for it or for any part in it."""
    return is_so(part) or any(any_part(inner, is_so) for inner in part.parts)
