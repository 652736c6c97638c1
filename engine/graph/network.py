"""The structure of a fully connected network: units, layers, parameters and their names."""

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from engine.graph.activations import Activation


@dataclass(frozen=True, slots=True)
class Unit:
    """A node. `number` counts from 1 through the layers, inputs first; layer 0 is the inputs'."""

    number: int
    layer: int
    index: int


class Parameter(NamedTuple):
    """A weight, or a bias where `source` is None. `source` and `target` are indices in the layers before and of it."""

    name: str
    layer: int
    source: int | None
    target: int


@dataclass(frozen=True)
class Network:
    """`sizes` counts the units of every layer, inputs first; `activations` has one for each layer after the inputs."""

    sizes: tuple[int, ...]
    activations: tuple[Activation, ...]

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

    @cached_property
    def computed_units(self) -> tuple[Unit, ...]:
        """The units that have a Z: all but the inputs, in the order of the forward pass."""
        return tuple(unit for layer in self.layers[1:] for unit in layer)

    @cached_property
    def parameters(self) -> dict[str, Parameter]:
        """By name, in the order of the layers and units: a unit's weights, then its bias."""
        comma = "," if sum(self.sizes) > 9 else ""
        found = {}
        for before, layer in zip(self.layers, self.layers[1:], strict=False):
            for unit in layer:
                for source in before:
                    name = f"w{source.number}{comma}{unit.number}"
                    found[name] = Parameter(name, unit.layer, source.index, unit.index)
                found[f"b{unit.number}"] = Parameter(f"b{unit.number}", unit.layer, None, unit.index)
        return found

    def position(self, parameter: Parameter) -> tuple[int, int]:
        """Row and column of a parameter in its layer's array (units before + 1, units): biases are the last row."""
        row = self.sizes[parameter.layer - 1] if parameter.source is None else parameter.source
        return row, parameter.target

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
