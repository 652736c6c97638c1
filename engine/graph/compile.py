"""A formula as operations of NumPy, number by number: what is calculated on the way goes into arrays made once.

Of a sum, a product and the like only the last operation writes the result: it may go where a number of the formula
stands.
"""

from collections.abc import Mapping

from engine.graph.expression import CANCELLED, Part
from engine.graph.functions import PRIME, known_functions
from engine.graph.numeric import Array, np
from engine.graph.operations import Operations

NAMES = {"+": "add", "-": "subtract", "*": "multiply", "/": "divide", "^": "power", "negative": "negative"}  # NumPy's


def operations(part: Part, arrays: Mapping[str, Array], out: Array, is_by_hand: bool = False) -> Operations:
    """Write the value of a formula into an array. The names in it stand for arrays that go together, of any shapes.

    By hand numbers that cancel but for rounding leave nothing, as in the calculator.
    """
    if not part.parts:
        yield np.positive, _leaf(part, arrays), out
        return
    inputs = []
    for inner in part.parts:
        if inner.parts:
            inputs.append(np.empty(_shape(inner, arrays)))
            yield from operations(inner, arrays, inputs[-1], is_by_hand)
        else:
            inputs.append(_leaf(inner, arrays))
    if part.operation == "call":
        yield from _call(part.name, inputs[0], out)
    else:
        yield getattr(np, NAMES[part.operation]), *inputs, out
        if is_by_hand and part.operation in "+-":
            yield _cancel, *inputs, out


def _cancel(left: Array, right: Array, out: Array) -> None:
    """Make 0 what is rounding alone in a sum, or a difference, of two numbers."""
    out[np.abs(out) < CANCELLED * np.maximum(np.abs(left), np.abs(right))] = 0.0


def _call(name: str, argument: Array, out: Array) -> Operations:
    """A function or its derivative."""
    value, slope = np.empty_like(argument), np.empty_like(argument)
    yield from known_functions()[name.removesuffix(PRIME)].operations(argument, value, slope)
    yield np.positive, slope if name.endswith(PRIME) else value, out


def _leaf(part: Part, arrays: Mapping[str, Array]) -> Array:
    return arrays[part.name] if part.operation == "name" else np.array(part.value)


def _shape(part: Part, arrays: Mapping[str, Array]) -> tuple[int, ...]:
    if not part.parts:
        return _leaf(part, arrays).shape
    return np.broadcast_shapes(*(_shape(inner, arrays) for inner in part.parts))
