"""The structure of a fully connected network: units, layers, parameters and their names."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Literal, NamedTuple

from engine.graph.activations import Activation

Bias = Literal["unit", "none", "layer"]  # one each unit, none at all, one a layer


@dataclass(frozen=True, slots=True)
class Unit:
    """A node. `number` counts from 1 through the layers, inputs first; layer 0 is the inputs'."""

    number: int
    layer: int
    index: int


class Parameter(NamedTuple):
    """A weight, or a bias where `source` is None. `source` and `target` are indices in the layers before and of it.

    A layer's one bias is all its units'; its `target` is 0. Of formulas, `source` counts their parameters.
    """

    name: str
    layer: int
    source: int | None
    target: int


@dataclass(frozen=True)
class Network:
    """`sizes` counts the units of every layer, inputs first; `activations` has one for each layer after the inputs."""

    sizes: tuple[int, ...]
    activations: tuple[Activation, ...]
    bias: Bias = "unit"

    @property
    def last(self) -> int:
        """The output layer's number."""
        return len(self.sizes) - 1

    @cached_property
    def layers(self) -> tuple[tuple[Unit, ...], ...]:
        """The units, layer by layer."""
        layers, number = [], 1
        for layer, size in enumerate(self.sizes):
            layers.append(tuple(Unit(number + index, layer, index) for index in range(size)))
            number += size
        return tuple(layers)

    @property
    def is_joined(self) -> bool:
        """Whether each output is made of all outputs' Z, as a softmax's are."""
        return self.activations[-1].takes_layer

    @cached_property
    def computed_units(self) -> tuple[Unit, ...]:
        """The units that have a Z: all but the inputs, in the order of the forward pass."""
        return tuple(unit for layer in self.layers[1:] for unit in layer)

    @cached_property
    def parameters(self) -> dict[str, Parameter]:
        """By name, in the order of the layers and units: a unit's weights, then its bias, or a layer's behind all."""
        comma = "," if sum(self.sizes) > 9 else ""
        found = []
        for number, (before, layer) in enumerate(pairwise(self.layers), 1):
            for unit in layer:
                found += [Parameter(f"w{source.number}{comma}{unit.number}", number, source.index, unit.index)
                          for source in before]
                found += [Parameter(f"b{unit.number}", number, None, unit.index)] * (self.bias == "unit")
            found += [Parameter(f"b{number}", number, None, 0)] * (self.bias == "layer")
        return {parameter.name: parameter for parameter in found}

    def sources(self, unit: Unit) -> Sequence[Unit | None]:
        """What flows into a unit: those of the layer before it, and its bias (None), if it has one."""
        return [*self.layers[unit.layer - 1], *[None] * (self.bias != "none")]

    @property
    def shapes(self) -> tuple[tuple[int, int], ...]:
        """Of the arrays of parameters, by layer, each (units before + 1, units); the first, the inputs', is empty."""
        return ((0, 0), *((before + 1, units) for before, units in pairwise(self.sizes)))

    def position(self, parameter: Parameter) -> tuple[int, int]:
        """Row and column of a parameter in its layer's array (units before + 1, units): biases are the last row."""
        row = self.sizes[parameter.layer - 1] if parameter.source is None else parameter.source
        return row, parameter.target

    def places(self, parameter: Parameter) -> tuple[int, slice]:
        """Row and columns of a parameter in its layer's array: a layer's one bias stands below each of its units."""
        row, column = self.position(parameter)
        is_shared = self.bias == "layer" and parameter.source is None
        return row, slice(None) if is_shared else slice(column, column + 1)

    def path_count(self, layer: int) -> int:
        """How many ways lead from the Loss back to one unit of a layer."""
        count = 1
        for size in self.sizes[layer + 1:]:
            count *= size
        return count

    def factors_per_row(self) -> int:
        """How many factors the chains of all parameters have together, over all paths, in one row."""
        total = 0
        for layer in range(1, self.last + 1):
            parameters = (self.sizes[layer - 1] + 1) * self.sizes[layer]
            total += parameters * self.path_count(layer) * (2 * (self.last - layer + 1) + 1)
        return total
