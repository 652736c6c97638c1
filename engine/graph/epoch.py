"""The numbers of one epoch: those of each batch of rows, whoever calculated them."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from engine.graph.numeric import Array, np
from engine.graph.quantity import Quantity, Source

OF_PARAMETERS = frozenset((Source.PARAMETER, Source.UPDATED, Source.GRADIENT))
OF_MOMENTS = frozenset((Source.MOMENT, Source.OLD_MOMENT))


class PassNumbers(NamedTuple):
    """What a pass over some rows comes to, before the update: the sum of the Loss's terms, and the arrays that are a
    batch's; if need be, its fault.
    """

    total: float
    arrays: dict[Source, list[Array]]
    fault: tuple[int, int] | None = None


class BatchNumbers(NamedTuple):
    """The numbers of one pass over some rows of the table, and of its update: arrays by layer, inputs first (where a
    layer has no such thing, meaningless), their rows those of the batch alone.

    `is_finite` says whether Loss and gradients are: where training has diverged, they are not. `fault` is the first
    node of a graph that is not finite, and the row of the table in which it is not.
    """

    rows: range
    scalars: Mapping[Source, float]
    arrays: Mapping[Source, Sequence[Array]]
    is_finite: bool = True
    fault: tuple[int, int] | None = None

    def read(self, quantity: Quantity, row: int) -> float:
        """The value of a quantity, in a row of the table (from 0) if it has one there."""
        source = quantity.source
        if source in self.scalars:
            return self.scalars[source]
        array = self.arrays[source][quantity.layer]
        if source in OF_PARAMETERS:
            return float(array[quantity.i, quantity.j])
        if source in OF_MOMENTS:
            return float(array[quantity.k, quantity.i, quantity.j])
        return float(array[row - self.rows.start, quantity.i])


class Epoch(NamedTuple):
    """The numbers of one epoch. `loss` is that of all rows, each with the parameters that its batch began with."""

    number: int
    loss: float
    batches: tuple[BatchNumbers, ...]

    def batch_of(self, row: int) -> BatchNumbers:
        """The batch that a row of the table (from 0) belongs to: all are of one size, but for the last."""
        return self.batches[row // len(self.batches[0].rows)]

    def read(self, quantity: Quantity, row: int) -> float:
        """The value of a quantity in a row of the table (from 0); that of no row is read in the row's batch. A product
        is not read but computed.
        """
        if quantity.row is not None:
            row = quantity.row
        batch = self.batches[0] if len(self.batches) == 1 else self.batch_of(row)
        return batch.read(quantity, row)

    def of_all_rows(self, source: Source, layer: int) -> Array:
        """An array whose rows are the table's, all batches together."""
        found = [batch.arrays[source][layer] for batch in self.batches]
        return found[0] if len(found) == 1 else np.concatenate(found)

    @property
    def outputs(self) -> Array:
        """The predictions, (rows, outputs)."""
        return self.of_all_rows(Source.A, -1)

    @property
    def is_finite(self) -> bool:
        """Whether every batch's Loss and gradients are."""
        return all(batch.is_finite for batch in self.batches)


def copies(arrays: Sequence[Array]) -> list[Array]:
    """A copy of each array."""
    return [array.copy() for array in arrays]
