"""What backpropagation is about: named numbers, each with a formula over those before it, and the ways back.

The symbolic side knows a lesson as a `Graph` and has no other source. The chain rule over one:

    ∂Loss/∂p = Σ over paths from the Loss to p  ∂Loss/∂u · ∂u/∂v · … · ∂z/∂p

and the same with what all paths to a node have in common found once, its adjoint ∂Loss/∂u = Σ over the nodes c whose
formula has u  ∂Loss/∂c · ∂c/∂u. A network's adjoint form has those of its Z alone, called δ.
"""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import NamedTuple

from engine.graph.deduction import Deduction
from engine.graph.line import Line
from engine.graph.network import Unit
from engine.graph.quantity import Quantity
from engine.graph.step import Kind
from engine.graph.symbols import Symbols

Trail = tuple[Quantity, ...]  # from the Loss to a parameter: each stands in the formula of the one before it


class Node(NamedTuple):
    """A number of a row that is a step of the forward pass; in a network it belongs to a unit."""

    quantity: Quantity
    kind: Kind
    unit: Unit | None = None


class Graph(ABC):
    """A lesson's numbers as nodes. `root` is where every path begins; `nodes` are a row's, in their order; `adjoints`
    are those with an adjoint that is a step of its own, in the order of the way back.
    """

    symbols: Symbols
    root: Quantity
    nodes: Sequence[Node]
    adjoints: Sequence[Node]
    loss: Line | None  # the step in which the rows are put together; None where the only row's result is the Loss

    def __init__(self) -> None:
        self._partials: dict[tuple[Quantity, Quantity], Line] = {}
        self._counts: dict[Quantity, tuple[int, int]] = {}

    @abstractmethod
    def line(self, index: int) -> Line:
        """How a node comes about; its index is that in `nodes`."""

    @abstractmethod
    def operands(self, of: Quantity) -> Sequence[Quantity]:
        """What stands in the formula of the root or of a node."""

    @abstractmethod
    def users(self, of: Quantity) -> Sequence[Quantity]:
        """Those, of the root and the nodes on the way to it, in whose formula a quantity stands."""

    @abstractmethod
    def adjoint(self, index: int) -> Line:
        """∂Loss/∂node, from the adjoints of those that use it; the index is that in `adjoints`."""

    def deduction(self, at: Quantity) -> Deduction | None:  # noqa: ARG002
        """Where the derivative at a node comes from, of those few that have more to say than their formula."""
        return None

    @property
    @abstractmethod
    def adjoints_in_words(self) -> str:
        """What is found once in the δ form, and how it is called."""

    @abstractmethod
    def adjoint_of(self, index: int) -> Quantity:
        """The node that an adjoint belongs to."""

    @abstractmethod
    def _partial(self, of: Quantity, by: Quantity) -> Line:
        """∂of/∂by."""

    def partial(self, of: Quantity, by: Quantity) -> Line:
        """∂of/∂by, the derivative of one formula by one thing in it; most are shared by many paths."""
        if (of, by) not in self._partials:
            self._partials[of, by] = self._partial(of, by)._replace(link=(of, by))
        return self._partials[of, by]

    def on_the_way(self, to: Quantity) -> set[Quantity]:
        """All that paths to a quantity lead through, and itself."""
        found = {to}
        stack = [to]
        while stack:
            if (last := stack.pop()) != self.root:
                new = [user for user in self.users(last) if user not in found]
                found.update(new)
                stack += new
        return found

    def trails(self, to: Quantity) -> Sequence[Trail]:
        """Every path from the root, through every use. The last choices on the way change fastest."""
        on_the_way = self.on_the_way(to)
        ends: dict[Quantity, Sequence[Trail]] = {to: [(to,)]}  # of the paths, from each node on

        def ends_from(node: Quantity) -> Sequence[Trail]:
            if node not in ends:
                ends[node] = [(node, *end) for operand in self.operands(node) if operand in on_the_way
                              for end in ends_from(operand)]
            return ends[node]
        return ends_from(self.root) if self.root in on_the_way else []

    def lengths(self, to: Quantity) -> Sequence[int]:
        """How many factors each of these paths has."""
        return [len(trail) - 1 for trail in self.trails(to)]

    def count_paths(self, to: Quantity) -> tuple[int, int]:
        """How many paths lead from the root to a quantity, and how many factors they have together."""
        if to == self.root:
            return 1, 0
        if to not in self._counts:
            before = [self.count_paths(user) for user in self.users(to)]
            paths = sum(count for count, _ in before)
            self._counts[to] = paths, paths + sum(factors for _, factors in before)
        return self._counts[to]
