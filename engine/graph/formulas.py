"""A graph as a lesson writes it down: named numbers of a row, each with a formula over data, parameters and the named
numbers before it; which of them is differentiated, and how the rows make the Loss.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from engine.graph.expression import Part
from engine.graph.network import Parameter
from engine.graph.parts import names_in


class NamedFormula(NamedTuple):
    """A node: its name, and its formula as it was read."""

    name: str
    root: Part


@dataclass(frozen=True)
class Formulas:
    """`nodes` in an order in which each comes behind those that it uses; `result` is the name of one of them.

    `columns` are the data's: inputs, then targets. `is_mean` says that the Loss is the mean of the rows' results, else
    it is their sum.
    """

    columns: tuple[str, ...]
    names: tuple[str, ...]
    nodes: tuple[NamedFormula, ...]
    result: str
    is_mean: bool = True

    @cached_property
    def parameters(self) -> Mapping[str, Parameter]:
        """By name, in the order of the lesson."""
        return {name: Parameter(name, 0, index, 0) for index, name in enumerate(self.names)}

    @property
    def shapes(self) -> tuple[tuple[int, int], ...]:
        """Of the arrays of parameters: one column."""
        return ((len(self.names), 1),)

    def position(self, parameter: Parameter) -> tuple[int, int]:
        """Row and column of a parameter in its array."""
        return parameter.source or 0, 0

    def places(self, parameter: Parameter) -> tuple[int, slice]:
        """The same, as a network has it: its columns, here one."""
        return parameter.source or 0, slice(None)

    @cached_property
    def partials(self) -> tuple[tuple[int, str], ...]:
        """Which derivatives there are: of every node, by its index, by every name in its formula."""
        return tuple((index, name) for index, node in enumerate(self.nodes) for name in names_in(node.root))

    @cached_property
    def work(self) -> int:
        """About how many operations its values and their derivatives take, some more."""
        return sum(_count_parts(node.root) * (1 + len(names_in(node.root))) for node in self.nodes)

    @cached_property
    def index_of(self) -> Mapping[str, int]:
        """Which node has a name, from 0."""
        return {node.name: index for index, node in enumerate(self.nodes)}


def _count_parts(part: Part) -> int:
    return 1 + sum(map(_count_parts, part.parts))
