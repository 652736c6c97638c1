"""The steps of an epoch, by index: where a number stands is arithmetic, never a search.

For each batch of rows, one behind the other:

    forward    row by row: every node, in a network Z and A of every unit, then the row's loss; at the end the Loss
    backward   by paths: parameter by parameter, row by row: each path's factors and their product (where a row has
               several paths, their sum); at the end of a parameter its gradient
               by δ: row by row the adjoint of every node that has one, the Loss's end first; then parameter by
               parameter, row by row the product of an adjoint and what it is multiplied by; at the end its gradient
    update     parameter by parameter: its optimizer's numbers, the new value
"""

from bisect import bisect_right
from collections.abc import Sequence
from functools import cached_property
from itertools import accumulate
from typing import NamedTuple

from engine.graph.network import Unit
from engine.graph.quantity import Quantity, Source
from engine.graph.step import Kind, Span, Step
from engine.trace.chain import Chains
from engine.trace.plan import Plan
from engine.trace.updates import Updates


class Batch(NamedTuple):
    """A pass of an epoch: the rows that it is over, where it starts, and its plan, whose indices count from there."""

    number: int
    rows: range
    start: int
    plan: Plan

    @property
    def loss_index(self) -> int:
        """The last step of the forward pass: the Loss, where there is such a step."""
        return self.forward_end - 1

    @property
    def forward_end(self) -> int:
        """The index behind the forward pass."""
        return self.start + self.plan.forward_end

    @property
    def deltas_end(self) -> int:
        """The index behind the adjoints; that behind the forward pass where they are no steps."""
        return self.start + self.plan.deltas_end

    @property
    def backward_end(self) -> int:
        """The index behind the backward pass."""
        return self.start + self.plan.backward_end

    @property
    def end(self) -> int:
        """The index behind its last step."""
        return self.start + self.plan.length

    def start_of(self, parameter_index: int) -> int:
        """The index of a parameter's first factor."""
        return self.start + self.plan.starts[parameter_index]

    def gradient_index(self, parameter_index: int) -> int:
        """The index of a parameter's gradient."""
        return self.end_of(parameter_index) - 1

    def end_of(self, parameter_index: int) -> int:
        """The index behind a parameter's gradient."""
        return self.start + self.plan.end_of(parameter_index)

    def update_index(self, parameter_index: int, moment: int | None = None) -> int:
        """The index of a parameter's new value, or of the n-th of its optimizer's numbers before it."""
        return self.start + self.plan.update_index(parameter_index, moment)


class Script:
    """The plan of every epoch of a lesson. `length` counts its steps."""

    def __init__(self, chains: Chains, updates: Updates, batches: Sequence[range], trains: bool) -> None:
        """`batches` are the rows of each; a lesson that does not train has no updates."""
        self._chains, self.rows = chains, batches[-1].stop
        plans = {size: Plan(chains, updates, size, trains) for size in {len(rows) for rows in batches}}
        *starts, self.length = accumulate((plans[len(rows)].length for rows in batches), initial=0)
        self.batches = [Batch(number, rows, start, plans[len(rows)])
                        for number, (rows, start) in enumerate(zip(batches, starts, strict=True))]
        self._starts, self._size = starts, len(batches[0])

    def batch_at(self, index: int) -> Batch:
        """The batch that a step belongs to; what is before all belongs to the first, what is behind to the last."""
        return self.batches[max(0, bisect_right(self._starts, index) - 1)]

    def batch_of(self, row: int) -> Batch:
        """The batch that a row belongs to."""
        return self.batches[row // self._size]

    def step(self, index: int) -> Step:
        """The step at an index from 0. Raises IndexError outside the epoch."""
        if not 0 <= index < self.length:
            raise IndexError(index)
        batch = self.batch_at(index)
        step = batch.plan.step(index - batch.start)
        if not batch.number:
            return step
        return step._replace(batch=batch.number, row=None if step.row is None else step.row + batch.rows.start)

    def anchor(self, step: Step) -> int:
        """A row by which a step's numbers are read: its own, or one of its batch."""
        return self.batches[step.batch].rows.start if step.row is None else step.row

    def value_index(self, row: int, node: int) -> int:
        """The index of a node in a row."""
        batch = self.batch_of(row)
        return batch.start + (row - batch.rows.start) * batch.plan.row_steps + node

    def net_input_index(self, row: int, unit_index: int) -> int:
        """The index of a unit's Z in a row. `unit_index` counts the computed units from 0."""
        return self.value_index(row, self._places[Kind.NET_INPUT][unit_index])

    def activation_index(self, row: int, unit_index: int) -> int:
        """The index of a unit's A in a row, mostly behind its Z."""
        return self.value_index(row, self._places[Kind.ACTIVATION][unit_index])

    @cached_property
    def _places(self) -> dict[Kind, list[int]]:
        """Of the nodes of a kind, in their order."""
        places: dict[Kind, list[int]] = {}
        for place, node in enumerate(self._chains.graph.nodes):
            places.setdefault(node.kind, []).append(place)
        return places

    def row_loss_index(self, row: int) -> int:
        """The index of a row's last number, in a network its loss."""
        batch = self.batch_of(row)
        return self.value_index(row, batch.plan.row_steps - 1)

    def adjoint_index(self, row: int, adjoint: int) -> int:
        """The index of an adjoint in a row, in the δ form."""
        batch = self.batch_of(row)
        return batch.forward_end + (row - batch.rows.start) * batch.plan.row_adjoints + adjoint

    def adjoint_end(self, row: int, adjoint: int, is_asked: bool = False) -> int | None:
        """The index of the step with which an adjoint is known in a row: its own; by paths, where it is none, that of
        the first row's product whose paths lead through its node, since all the way to it stands there; for who is
        asked for the products of the last, as any of them may be the same number. None where nothing leads through it.
        """
        if not self._chains.by_paths:
            return self.adjoint_index(row, adjoint)
        through = self._through[adjoint]
        return self.chain_index(through[-1 if is_asked else 0], row, -1, None) if through else None

    @cached_property
    def _through(self) -> list[list[int]]:
        """Of every adjoint's node the parameters, by their indices, whose paths lead through it."""
        through, symbols = dict[Quantity, list[int]](), self._chains.symbols
        for index, parameter in enumerate(self._chains.order):
            for node in self._chains.graph.on_the_way(symbols.parameter(parameter)):
                through.setdefault(node, []).append(index)
        return [through.get(self._chains.graph.adjoint_of(k), []) for k in range(len(self._chains.graph.adjoints))]

    def delta_index(self, row: int, unit: Unit) -> int:
        """The index of a unit's δ in a row, in the δ form of a network."""
        return self.adjoint_index(row, self._deltas[unit])

    @cached_property
    def _deltas(self) -> dict[Unit | None, int]:
        return {node.unit: index for index, node in enumerate(self._chains.graph.adjoints)}

    def is_row_product(self, index: int) -> bool:
        """Whether a step is what a row adds to a gradient, all of it."""
        step = self.step(index)
        return step.kind is Kind.PRODUCT and step.parameter_index is not None and step.row is not None and \
            index == self.chain_index(step.parameter_index, step.row, -1, None)

    def chain_index(self, parameter_index: int, row: int, path: int, factor: int | None) -> int:
        """The index of a factor, or of a path's product where `factor` is None; `path` −1 is the row's product.

        In the δ form factors are no steps of the chain: it is where they were found; −1 where they were given; that of
        the product where they come with it.
        """
        batch = self.batch_of(row)
        if factor is not None and not self._chains.by_paths:
            return self._find_factor(parameter_index, row, path, factor)
        return batch.start + batch.plan.chain_index(parameter_index, row - batch.rows.start, path, factor)

    def _find_factor(self, parameter_index: int, row: int, path: int, factor: int) -> int:
        quantity = self._chains.paths(parameter_index)[path][factor].quantity
        if quantity.source in GIVEN:
            return -1
        if quantity.source in (Source.DELTA, Source.ADJOINT):
            return self.adjoint_index(row, self._adjoints[quantity._replace(name="")])
        node = self._nodes.get(quantity)
        if node is not None:
            return self.value_index(row, node)
        return -1 if quantity.source is Source.A else self.chain_index(parameter_index, row, path, None)

    @cached_property
    def _adjoints(self) -> dict[Quantity, int]:
        """By their quantities, however they are called."""
        return {node.quantity._replace(name=""): index for index, node in enumerate(self._chains.graph.adjoints)}

    @cached_property
    def _nodes(self) -> dict[Quantity, int]:
        return {node.quantity: index for index, node in enumerate(self._chains.graph.nodes)}

    def stretch(self, span: Span, index: int) -> tuple[int, int]:
        """First index of the block or section that a step belongs to, and the index behind its last."""
        batch = self.batch_at(index)
        first, end = batch.plan.stretch(span, index - batch.start)
        return batch.start + first, batch.start + end


GIVEN = frozenset((Source.ONE, Source.PARAMETER, Source.TARGET))
