"""The chain rule for one parameter: its paths back from the Loss, and the factors of each.

In the `paths` form every path is written out. In the `delta` form the factors that all paths to a node share are one,
its adjoint (δj = ∂Loss/∂Zj), found once for every node; a parameter has a path of two factors for each of its uses.
"""

import math
from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import pairwise
from typing import Literal

from engine.graph.graph import Graph, Trail
from engine.graph.line import Line, Read
from engine.graph.network import Parameter, Unit
from engine.graph.quantity import Quantity, Source
from engine.graph.step import Step

MOST_FACTORS = 100_000  # an epoch's; past that the delta form alone
Form = Literal["paths", "delta"]
Path = tuple[Line, ...]
Marks = tuple[tuple[bool, ...], ...]  # of the factors of a parameter, by path


class Chains:
    """Every parameter's chain, in the lesson's order."""

    def __init__(self, graph: Graph, order: Sequence[Parameter], rows: int, form: Form = "paths") -> None:
        """`rows` is how many an epoch has."""
        self.graph, self.symbols, self.order = graph, graph.symbols, order
        self.has_both_forms = self._count_factors() * rows <= MOST_FACTORS
        self.by_paths = form == "paths" and self.has_both_forms
        self._trails: dict[int, Sequence[Trail]] = {}
        self._paths: dict[int, tuple[Path, ...]] = {}
        self._lengths: dict[int, tuple[int, ...]] = {}

    def _count_factors(self) -> int:
        """All parameters' in one row, over all paths."""
        return sum(self.graph.count_paths(self._quantity(index))[1] for index in range(len(self.order)))

    def _quantity(self, parameter_index: int) -> Quantity:
        return self.symbols.parameter(self.order[parameter_index])

    @property
    def form(self) -> Form:
        """In which form the backward pass is written."""
        return "paths" if self.by_paths else "delta"

    @cached_property
    def index_of(self) -> dict[str, int]:
        """A parameter's index in the order, by its name."""
        return {parameter.name: index for index, parameter in enumerate(self.order)}

    def trails(self, parameter_index: int) -> Sequence[Trail]:
        """The quantities that each path leads through, the Loss first, the parameter last; by δ without those before
        the node that the parameter goes into.
        """
        if parameter_index not in self._trails:
            to = self._quantity(parameter_index)
            self._trails[parameter_index] = self.graph.trails(to) if self.by_paths else \
                [(user, to) for user in self.graph.users(to)]
        return self._trails[parameter_index]

    def paths(self, parameter_index: int) -> tuple[Path, ...]:
        """The paths of the parameter of an index (from 0) in the lesson's order, the Loss's end of each first."""
        if parameter_index not in self._paths:
            self._paths[parameter_index] = tuple(map(self._path, self.trails(parameter_index)))
        return self._paths[parameter_index]

    def _path(self, trail: Trail) -> Path:
        factors = tuple(self.graph.partial(of, by) for of, by in pairwise(trail))
        if self.by_paths or trail[0] == self.graph.root:
            return factors
        adjoint = self.graph.adjoint(self.adjoint_index[trail[0]])
        name = f"∂{self.symbols.loss.name}/∂{trail[0].name}"
        return (adjoint._replace(name=name, quantity=adjoint.quantity._replace(name=name)), *factors)

    @cached_property
    def adjoint_index(self) -> dict[Quantity, int]:
        """Which adjoint is a node's, by that node."""
        return {self.graph.adjoint_of(index): index for index in range(len(self.graph.adjoints))}

    def adjoint_name(self, parameter_index: int, path: int) -> str:
        """How the first factor of a path is called in the δ form, where it is found."""
        return self.graph.adjoints[self.adjoint_index[self.trails(parameter_index)[path][0]]].quantity.name

    def lengths(self, parameter_index: int) -> tuple[int, ...]:
        """How many factors each of a parameter's paths has, in every row."""
        if parameter_index not in self._lengths:
            to = self._quantity(parameter_index)
            self._lengths[parameter_index] = tuple(
                self.graph.lengths(to) if self.by_paths else
                (2 - (user == self.graph.root) for user in self.graph.users(to)))
        return self._lengths[parameter_index]

    @cached_property
    def reuse_marks(self) -> Sequence[Marks]:
        """Of all parameters."""
        return self.marks(range(len(self.order)))

    def marks(self, parameters: Iterable[int]) -> Sequence[Marks]:
        """Of parameters, by path and factor: whether that factor stood in the same row of an earlier chain of theirs,
        or path.
        """
        seen: set[str] = set()
        marks = []
        for parameter_index in parameters:
            of_parameter = []
            for path in self.paths(parameter_index):
                of_parameter.append(tuple(factor.name in seen for factor in path))
                seen.update(factor.name for factor in path)
            marks.append(tuple(of_parameter))
        return marks

    def is_reused(self, step: Step) -> bool:
        """Whether a step is a factor that stood in the same row before."""
        return step.factor is not None and step.parameter_index is not None and \
            self.reuse_marks[step.parameter_index][step.path][step.factor]

    def path_of(self, parameter_index: int, path: int) -> tuple[Unit, ...]:
        """The units of a path of a parameter of a network, the output first; for path −1, a sum, those of the last."""
        trails = self.trails(parameter_index)
        units = [self.symbols.unit_at(quantity) for quantity in trails[path][:-1] if quantity.source is not Source.LOSS]
        return tuple(dict.fromkeys(units))

    def derivation(self, parameter_index: int, path: int, near: int | None) -> tuple[int, Quantity] | None:
        """Which factor of a path has more to say of where it comes from, and the node that it is about: `near` itself,
        else the first. A softmax's ∂Loss/∂Z is made of the first two.
        """
        trail, found = self.trails(parameter_index)[path], dict[int, Quantity]()
        for column, node in enumerate(trail):
            deduction = self.graph.deduction(node)
            if deduction and deduction.is_sum:
                found |= {0: node} | ({1: node} if self.by_paths else {})
            elif deduction and self.by_paths:
                found[column - 1] = node
        if not found:
            return None
        column = near if near is not None and near in found else next(iter(found))
        return column, found[column]

    def product_quantity(self, parameter_index: int, path: int, row: int | None = None) -> Quantity:
        """The product of a path, or (path −1) of a row: the sum over its paths."""
        name = f"path {path + 1}" if path >= 0 else "row" if row is None else f"row {row + 1}"
        return Quantity(name, Source.PRODUCT, i=parameter_index, j=path, row=row)

    def product(self, parameter_index: int, path: int, read: Read) -> float:
        """A path's factors multiplied; for path −1 the products of all paths added. `read` reads them in one row."""
        if path >= 0:
            return math.prod(read(factor.quantity) for factor in self.paths(parameter_index)[path])
        return sum(self.product(parameter_index, index, read) for index in range(len(self.paths(parameter_index))))
