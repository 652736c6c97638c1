"""A formula as operations of NumPy, number by number: what is calculated on the way goes into arrays made once.

Of a sum, a product and the like only the last operation writes the result: it may go where a number of the formula
stands.
"""

from collections.abc import Mapping

from engine.graph.expression import Part
from engine.graph.functions import PRIME, known_functions
from engine.graph.numeric import Array, np
from engine.graph.operations import Operations

NAMES = {"+": "add", "-": "subtract", "*": "multiply", "/": "divide", "^": "power", "negative": "negative"}  # NumPy's


def operations(part: Part, arrays: Mapping[str, Array], out: Array) -> Operations:
    """Write the value of a formula into an array. The names in it stand for arrays that go together, of any shapes."""
    if not part.parts:
        yield np.positive, _leaf(part, arrays), out
        return
    inputs = []
    for inner in part.parts:
        if inner.parts:
            inputs.append(np.empty(_shape(inner, arrays)))
            yield from operations(inner, arrays, inputs[-1])
        else:
            inputs.append(_leaf(inner, arrays))
    if part.operation == "call":
        yield from _call(part.name, inputs[0], out)
    else:
        yield getattr(np, NAMES[part.operation]), *inputs, out


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
