"""Epochs of training: for each batch of rows a pass forward and backward, then an update.

Whoever calculates a pass, matrices for a network or node by node, reads the parameters from arrays by layer and writes
the gradients into arrays of the same shapes. Batches of one size share a pass, and load their rows into it.
"""

import math
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import NamedTuple, Protocol

from engine.graph.epoch import BatchNumbers, Epoch, PassNumbers, copies
from engine.graph.formulas import Formulas
from engine.graph.losses import Loss
from engine.graph.matrix_pass import MatrixPass
from engine.graph.network import Network
from engine.graph.node_pass import NodePass
from engine.graph.numeric import Array, np
from engine.graph.operations import Operations, prepare, run
from engine.graph.quantity import Source
from engine.graph.rule import Rule, Updater


class State(NamedTuple):
    """What one update leaves to the next, by layer: parameters, and moments (moments, units before + 1, units)."""

    parameters: list[Array]
    moments: list[Array]

    @classmethod
    def first(cls, parameters: list[Array], moments: int) -> "State":
        """Before any update: so many moments, all 0."""
        return cls(parameters, [np.zeros((moments, *array.shape)) for array in parameters])

    @property
    def all_moments(self) -> Array:
        """In a row for each moment."""
        return np.concatenate([array.reshape(len(array), before.size)
                               for array, before in zip(self.moments, self.parameters, strict=True)], axis=1)


class Table(NamedTuple):
    """The data: `inputs` (n, inputs), `targets` (n, outputs), and the rows that each update uses."""

    inputs: Array
    targets: Array
    batches: Sequence[range]


class Pass(Protocol):
    """One model's calculation for so many rows. Its Loss has so many `terms`, which are made of the `outputs`."""

    terms: int
    outputs: Array

    def load(self, inputs: Array, targets: Array) -> None:
        """Take the rows: `inputs` (n, inputs), `targets` (n, targets)."""

    def operations(self) -> Operations:
        """Forward and backward, up to the gradients."""

    def forward(self) -> Operations:
        """Forward alone, as far as the outputs."""

    def totals(self, outputs: Array, targets: Array) -> Array:
        """The sums of the Loss's terms, for outputs of several epochs."""

    def numbers(self) -> PassNumbers:
        """What the operations left, a row's numbers side by side."""


class Record:
    """The outputs of a batch in one epoch after the other, until the Loss is made of all at once."""

    def __init__(self, of: Pass, targets: Array) -> None:
        self._pass, self._targets, self._kept = of, targets, list[bytes]()

    def note(self) -> None:
        """Keep the outputs as they are now."""
        self._kept.append(self._pass.outputs.tobytes())  # the fastest copy of a few numbers

    def take_totals(self) -> Array:
        """The sum of the Loss's terms in each epoch since they were taken last."""
        outputs = np.frombuffer(b"".join(self._kept)).reshape(-1, *self._pass.outputs.shape)
        self._kept.clear()
        return self._pass.totals(outputs, self._targets)


class Passes:
    """A model at work: its parameters, and one set of arrays that every epoch writes into."""

    def __init__(self, model: Network | Formulas, loss: Loss, table: Table, rule: Rule | None, state: State,
                 first: int = 1) -> None:
        """From an epoch on. Without a rule there are no updates."""
        self._table, self._loss, self._rate = table, loss, rule.rate if rule else 0.0
        self._updates = (first - 1) * len(table.batches)
        self._parameters = np.concatenate([array.ravel() for array in state.parameters])
        self._gradients = np.zeros_like(self._parameters)
        self._moments = state.all_moments
        self.parameters = _by_layer(self._parameters, state.parameters)
        self.gradients = _by_layer(self._gradients, state.parameters)
        self._pass_of = {size: self._new_pass(model, loss, size) for size in {len(rows) for rows in table.batches}}
        self._batches = list(self._prepare(rule))
        self._records = [Record(self._pass_of[len(rows)], table.targets[rows.start:rows.stop])
                         for rows in table.batches]
        self._operations = [operation for batch, record in zip(self._batches, self._records, strict=True)
                            for operation in (*batch, record.note)]
        self._divisor = loss.divisor(sum(self._pass_of[len(rows)].terms for rows in table.batches))

    def _new_pass(self, model: Network | Formulas, loss: Loss, rows: int) -> Pass:
        if isinstance(model, Network):
            return MatrixPass(model, loss, rows, self.parameters, self.gradients)
        return NodePass(model, loss, rows, self.parameters[0], self.gradients[0])

    def _prepare(self, rule: Rule | None) -> Iterator[list[Callable[[], object]]]:
        """What is done for each batch. The rows of an only one are loaded once for all."""
        passes = {size: prepare(each.operations()) for size, each in self._pass_of.items()}
        update = prepare(Updater(rule, self._parameters, self._gradients, self._moments, self._updates).operations()
                         if rule else iter(()))
        inputs, targets, batches = self._table
        for rows in batches:
            load = partial(self._pass_of[len(rows)].load, inputs[rows.start:rows.stop], targets[rows.start:rows.stop])
            load()
            yield [*[load] * (len(batches) > 1), *passes[len(rows)], *update]

    def train(self, epochs: int) -> None:
        """That many epochs. What diverges ends in inf and nan, without a warning."""
        run(self._operations, epochs)

    def take_losses(self) -> Array:
        """The Losses of the epochs trained since they were taken last."""
        with np.errstate(all="ignore"):
            return np.asarray(sum(record.take_totals() for record in self._records) / self._divisor)

    def epoch(self, number: int) -> Epoch:
        """One epoch with all its numbers kept; the parameters are updated."""
        batches, before, total = [], self.state, 0.0
        for index, (rows, operations) in enumerate(zip(self._table.batches, self._batches, strict=True)):
            run(operations)
            with np.errstate(all="ignore"):
                found = self._pass_of[len(rows)].numbers()
            after = self.state
            batches.append(self._batch(rows, found, before, after, (number - 1) * len(self._batches) + index + 1))
            before, total = after, total + found.total
        return Epoch(number, total / self._divisor, tuple(batches))

    def _batch(self, rows: range, found: PassNumbers, before: State, after: State, updates: int) -> BatchNumbers:
        loss = found.total / self._loss.divisor(self._pass_of[len(rows)].terms)
        is_finite = math.isfinite(loss) and bool(np.isfinite(self._gradients).all())
        fault = None if is_finite or not found.fault else (found.fault[0], rows[found.fault[1]])
        return BatchNumbers(
            rows, {Source.LOSS: loss, Source.RATE: self._rate, Source.ONE: 1.0, Source.UPDATES: float(updates)},
            {**found.arrays, Source.GRADIENT: copies(self.gradients),
             Source.PARAMETER: before.parameters, Source.UPDATED: after.parameters,
             Source.OLD_MOMENT: before.moments, Source.MOMENT: after.moments},
            is_finite, fault)

    @property
    def state(self) -> State:
        """As it is now, in arrays of its own."""
        count = len(self._moments)
        moments = [np.array(part).reshape(count, *array.shape) for part, array in
                   zip(np.split(self._moments, _ends(self.parameters), axis=1), self.parameters, strict=True)]
        return State(copies(self.parameters), moments)


def _ends(arrays: Sequence[Array]) -> Array:
    """Where each array ends, but for the last, when they stand one behind the other."""
    return np.cumsum([array.size for array in arrays])[:-1]


def _by_layer(numbers: Array, like: Sequence[Array]) -> list[Array]:
    """A row of numbers seen as arrays by layer, shaped like others."""
    return [part.reshape(array.shape) for part, array in zip(np.split(numbers, _ends(like)), like, strict=True)]
