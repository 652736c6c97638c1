"""The steps of one pass over a number of rows, by index: rows count from 0 here, and so do steps."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate

from engine.graph.graph import Node
from engine.graph.step import Kind, Phase, Span, Step
from engine.trace.chain import Chains
from engine.trace.updates import Updates


class Plan:
    """One pass: forward, backward, update. `length` counts its steps, `row_steps` those of a row, forward."""

    def __init__(self, chains: Chains, updates: Updates, rows: int, trains: bool) -> None:
        graph, parameters = chains.graph, range(len(chains.order))
        self.rows, self._nodes = rows, graph.nodes
        self.row_steps = len(self._nodes)
        self._block_starts = list(_block_starts(self._nodes))
        self.forward_end = rows * self.row_steps + (graph.loss is not None)
        self._adjoints = () if chains.by_paths else graph.adjoints
        self.row_adjoints = len(self._adjoints)
        self.deltas_end = self.forward_end + rows * self.row_adjoints
        self._paths = [_Paths(chains.lengths(index), chains.by_paths) for index in parameters]
        lengths = (rows * paths.length + 1 for paths in self._paths)
        *self.starts, self.backward_end = accumulate(lengths, initial=self.deltas_end)
        self._moments = [updates.moments_of(index) for index in parameters] if trains else []
        *self._update_starts, self.length = accumulate((len(moments) + 1 for moments in self._moments),
                                                       initial=self.backward_end)

    def step(self, index: int) -> Step:
        """The step at an index."""
        if index < self.forward_end:
            return self._forward(index)
        if index >= self.backward_end:
            return self._update(index)
        if index < self.deltas_end:
            row, adjoint = divmod(index - self.forward_end, self.row_adjoints)
            return Step(Kind.DELTA, Phase.BACKWARD, row=row, unit=self._adjoints[adjoint].unit, node=adjoint)
        parameter_index = self.parameter_index_at(index)
        paths = self._paths[parameter_index]
        row, rest = divmod(index - self.starts[parameter_index], paths.length)
        if row == self.rows:
            return Step(Kind.GRADIENT, Phase.BACKWARD, parameter_index=parameter_index)
        path, factor = paths.place(rest)
        kind = Kind.PRODUCT if factor is None else Kind.FACTOR
        return Step(kind, Phase.BACKWARD, row=row, parameter_index=parameter_index, path=path, factor=factor)

    def _forward(self, index: int) -> Step:
        row, node = divmod(index, self.row_steps)
        if row == self.rows:
            return Step(Kind.LOSS, Phase.FORWARD)
        return Step(self._nodes[node].kind, Phase.FORWARD, row=row, unit=self._nodes[node].unit, node=node)

    def _update(self, index: int) -> Step:
        parameter_index = bisect_right(self._update_starts, index) - 1
        nth, moments = index - self._update_starts[parameter_index], self._moments[parameter_index]
        if nth < len(moments):
            return Step(Kind.MOMENT, Phase.UPDATE, parameter_index=parameter_index, moment=moments[nth])
        return Step(Kind.UPDATE, Phase.UPDATE, parameter_index=parameter_index)

    def update_index(self, parameter_index: int, nth: int | None = None) -> int:
        """The index of a parameter's new value, or of the n-th number before it."""
        return self._update_starts[parameter_index] + (len(self._moments[parameter_index]) if nth is None else nth)

    def parameter_index_at(self, index: int) -> int:
        """Which parameter (its index in the order) a step of the backward pass is about; −1 for an adjoint."""
        return bisect_right(self.starts, index) - 1

    def end_of(self, parameter_index: int) -> int:
        """The index behind a parameter's gradient."""
        return self.starts[parameter_index] + self.rows * self._paths[parameter_index].length + 1

    def chain_index(self, parameter_index: int, row: int, path: int, factor: int | None) -> int:
        """The index of a factor, or of a path's product where `factor` is None; `path` −1 is the row's product."""
        paths = self._paths[parameter_index]
        return self.starts[parameter_index] + row * paths.length + paths.index(path, factor)

    def stretch(self, span: Span, index: int) -> tuple[int, int]:
        """First index of the block or section that a step belongs to, and the index behind its last."""
        is_section = span is Span.SECTION
        if index < self.forward_end:
            return (0, self.forward_end) if is_section else self._forward_block(index)
        if index >= self.backward_end:
            return (self.backward_end, self.length) if is_section else self._update_block(index)
        if index < self.deltas_end:
            row_start = index - (index - self.forward_end) % self.row_adjoints
            return (self.forward_end, self.deltas_end) if is_section else (row_start, row_start + self.row_adjoints)
        parameter_index = self.parameter_index_at(index)
        start, end = self.starts[parameter_index], self.end_of(parameter_index)
        if is_section:
            return start, end
        if index == end - 1:
            return index, end
        length = self._paths[parameter_index].length
        row_start = index - (index - start) % length
        return row_start, row_start + length

    def _forward_block(self, index: int) -> tuple[int, int]:
        """A unit's Z and A are one, those of a softmax's units together; so are all numbers of a row of a graph."""
        row, node = divmod(index, self.row_steps)
        if row == self.rows:
            return index, index + 1
        block = bisect_right(self._block_starts, node) - 1
        first, end = (*self._block_starts, self.row_steps)[block:block + 2]
        return index - node + first, index - node + end

    def _update_block(self, index: int) -> tuple[int, int]:
        """A parameter's numbers and its new value."""
        parameter_index = bisect_right(self._update_starts, index) - 1
        return self._update_starts[parameter_index], self.update_index(parameter_index) + 1


def _block_starts(nodes: Sequence[Node]) -> Iterator[int]:
    """Where blocks begin in a row: with a Z behind an A, and with the row's loss."""
    for place, node in enumerate(nodes):
        follows = bool(place) and nodes[place - 1].kind is Kind.ACTIVATION
        if not place or node.kind is Kind.ROW_LOSS or (node.kind is Kind.NET_INPUT and follows):
            yield place


class _Paths:
    """The steps of a row in one parameter's chain: factors and product of every path, and a sum where there are
    several; in the δ form the products alone.
    """

    def __init__(self, lengths: tuple[int, ...], has_factors: bool) -> None:
        *self._starts, self._sum = accumulate((length * has_factors + 1 for length in lengths), initial=0)
        self.length = self._sum + (len(lengths) > 1)

    def place(self, rest: int) -> tuple[int, int | None]:
        """Path and factor of a step; no factor for a product, no path (−1) for the sum."""
        if rest == self._sum:
            return -1, None
        path = bisect_right(self._starts, rest) - 1
        end = self._end(path)
        return path, None if rest == end else rest - self._starts[path]

    def _end(self, path: int) -> int:
        """Where a path's product stands."""
        return (self._starts[path + 1] if path + 1 < len(self._starts) else self._sum) - 1

    def index(self, path: int, factor: int | None) -> int:
        """Where a step stands."""
        if path < 0:
            return self.length - 1
        return self._end(path) if factor is None else self._starts[path] + factor
