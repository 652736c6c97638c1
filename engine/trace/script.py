"""The steps of an epoch, by index: where a number stands is arithmetic, never a search.

    forward    row by row: Z and A of every unit, then the row's loss; at the end the Loss
    backward   by paths: parameter by parameter, row by row: each path's factors and their product (where a row has
               several paths, their sum); at the end of a parameter its gradient
               by δ: row by row the δ of every unit, outputs first; then parameter by parameter, row by row the product
               of δ and what flows in; at the end of a parameter its gradient
    update     parameter by parameter
"""

from bisect import bisect_right
from itertools import accumulate

from engine.graph.network import Parameter, Unit
from engine.graph.step import Kind, Phase, Span, Step
from engine.trace.chain import Chains


class Script:
    """The plan of every epoch of a lesson. `length` counts its steps."""

    def __init__(self, chains: Chains) -> None:
        lesson = chains.symbols.lesson
        self.rows, self.units = lesson.rows, chains.network.computed_units
        self._row_steps = 2 * len(self.units) + 1
        self.forward_end = self.rows * self._row_steps + 1
        self._order, self._symbols = lesson.order, chains.symbols
        self._shapes = [chains.shape(parameter) if chains.by_paths else (1, 0) for parameter in lesson.order]
        self._backwards = () if chains.by_paths else tuple(
            unit for layer in reversed(chains.network.layers[1:]) for unit in layer)
        lengths = (self.rows * _row_length(shape) + 1 for shape in self._shapes)
        self.deltas_end = self.forward_end + self.rows * len(self._backwards)
        *self._starts, self.backward_end = accumulate(lengths, initial=self.deltas_end)
        self.length = self.backward_end + len(self._shapes)

    def step(self, index: int) -> Step:
        """The step at an index from 0. Raises IndexError outside the epoch."""
        if not 0 <= index < self.length:
            raise IndexError(index)
        if index < self.forward_end:
            return self._forward(index)
        if index >= self.backward_end:
            return Step(Kind.UPDATE, Phase.UPDATE, parameter_index=index - self.backward_end)
        if index < self.deltas_end:
            row, unit = divmod(index - self.forward_end, len(self._backwards))
            return Step(Kind.DELTA, Phase.BACKWARD, row=row, unit=self._backwards[unit])
        parameter_index = self.parameter_index_at(index)
        row, rest = divmod(index - self._starts[parameter_index], _row_length(self._shapes[parameter_index]))
        if row == self.rows:
            return Step(Kind.GRADIENT, Phase.BACKWARD, parameter_index=parameter_index)
        paths, factors = self._shapes[parameter_index]
        path, factor = divmod(rest, factors + 1)
        if path == paths:
            return Step(Kind.PRODUCT, Phase.BACKWARD, row=row, parameter_index=parameter_index)
        if factor == factors:
            return Step(Kind.PRODUCT, Phase.BACKWARD, row=row, parameter_index=parameter_index, path=path)
        return Step(Kind.FACTOR, Phase.BACKWARD, row=row, parameter_index=parameter_index, path=path, factor=factor)

    def _forward(self, index: int) -> Step:
        row, rest = divmod(index, self._row_steps)
        if row == self.rows:
            return Step(Kind.LOSS, Phase.FORWARD)
        if rest == self._row_steps - 1:
            return Step(Kind.ROW_LOSS, Phase.FORWARD, row=row)
        kind = Kind.ACTIVATION if rest % 2 else Kind.NET_INPUT
        return Step(kind, Phase.FORWARD, row=row, unit=self.units[rest // 2])

    def parameter_index_at(self, index: int) -> int:
        """Which parameter (its index in the order) a step of the backward pass is about; −1 for a δ."""
        return bisect_right(self._starts, index) - 1

    def start_of(self, parameter_index: int) -> int:
        """The index of a parameter's first factor."""
        return self._starts[parameter_index]

    def end_of(self, parameter_index: int) -> int:
        """The index behind a parameter's gradient."""
        return self._starts[parameter_index] + self.rows * _row_length(self._shapes[parameter_index]) + 1

    def net_input_index(self, row: int, unit_index: int) -> int:
        """The index of a unit's Z in a row; its A is the next. `unit_index` counts the computed units from 0."""
        return row * self._row_steps + 2 * unit_index

    def row_loss_index(self, row: int) -> int:
        """The index of a row's loss."""
        return (row + 1) * self._row_steps - 1

    def delta_index(self, row: int, unit: Unit) -> int:
        """The index of a unit's δ in a row, in the δ form."""
        return self.forward_end + row * len(self._backwards) + self._backwards.index(unit)

    def is_row_product(self, index: int) -> bool:
        """Whether a step is what a row adds to a gradient, all of it."""
        step = self.step(index)
        return step.kind is Kind.PRODUCT and step.parameter_index is not None and step.row is not None and \
            index == self.chain_index(step.parameter_index, step.row, -1, None)

    def chain_index(self, parameter_index: int, row: int, path: int, factor: int | None) -> int:
        """The index of a factor, or of a path's product where `factor` is None; `path` −1 is the row's product.

        In the δ form factors are no steps of the chain: it is where they were found; −1 where they were given.
        """
        if self._backwards and factor is not None:
            return self._found_before(self._order[parameter_index], row, factor)
        paths, factors = self._shapes[parameter_index]
        start = self._starts[parameter_index] + row * _row_length(self._shapes[parameter_index])
        if path < 0:
            return start + _row_length((paths, factors)) - 1
        return start + path * (factors + 1) + (factors if factor is None else factor)

    def _found_before(self, parameter: Parameter, row: int, factor: int) -> int:
        if factor == 0:
            return self.delta_index(row, self._symbols.target_unit(parameter))
        source = self._symbols.source_unit(parameter)
        return -1 if source is None or not source.layer else self.net_input_index(row, self.units.index(source)) + 1

    def stretch(self, span: Span, index: int) -> tuple[int, int]:
        """First index of the block or section that a step belongs to, and the index behind its last."""
        if index < self.forward_end:
            return (0, self.forward_end) if span is Span.SECTION else self._forward_block(index)
        if index >= self.backward_end:
            return (self.backward_end, self.length) if span is Span.SECTION else (index, index + 1)
        if index < self.deltas_end:
            start, count = self.forward_end, len(self._backwards)
            row_start = index - (index - start) % count
            return (start, self.deltas_end) if span is Span.SECTION else (row_start, row_start + count)
        parameter_index = self.parameter_index_at(index)
        start, end = self._starts[parameter_index], self.end_of(parameter_index)
        if span is Span.SECTION:
            return start, end
        if index == end - 1:
            return index, end
        length = _row_length(self._shapes[parameter_index])
        row_start = index - (index - start) % length
        return row_start, row_start + length

    def _forward_block(self, index: int) -> tuple[int, int]:
        rest = index % self._row_steps
        if index == self.forward_end - 1 or rest == self._row_steps - 1:
            return index, index + 1
        return index - rest % 2, index - rest % 2 + 2


def _row_length(shape: tuple[int, int]) -> int:
    """Steps of one row of a chain: factors and product of every path, and a sum where there are several."""
    paths, factors = shape
    return paths * (factors + 1) + (paths > 1)
