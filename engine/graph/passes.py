"""Forward pass, backward pass and update, over all rows at once: full-batch gradient descent.

A layer's weights and biases are one array of shape (units before + 1, units), the biases its last row, and the
activations before it carry a column of ones to meet them:

    Z = [A_before 1] · P        A = f(Z)                         forward
    δ = ∂Loss/∂A · f′(Z)        ∂Loss/∂A_before = δ · Wᵀ         backward
    G = [A_before 1]ᵀ · δ       P ← P − learning_rate · G        gradient, summed over the rows; update
"""

import math
from collections.abc import Sequence
from itertools import chain

from engine.graph.epoch import BatchNumbers, Epoch, copies
from engine.graph.losses import Loss
from engine.graph.network import Network
from engine.graph.numeric import ZERO, Array, np
from engine.graph.operations import Operations, prepare, run
from engine.graph.quantity import Source


class Passes:
    """A network at work: its parameters, and one set of arrays that every epoch writes into.

    Here a unit's numbers lie side by side, one for each row: arrays are (units, rows), the other way round than an
    `Epoch` has them, so that all of them are whole pieces of memory.
    """

    def __init__(self, network: Network, loss: Loss, inputs: Array, targets: Array, learning_rate: float,
                 parameters: Sequence[Array]) -> None:
        """`inputs` (n, inputs), `targets` (n, outputs), `parameters` by layer, the first (the inputs') empty."""
        self.network, self.loss, self.targets, self.rate = network, loss, targets, learning_rate
        self.count = loss.divisor(targets.size)
        rows = len(inputs)
        self._extended = [np.ones((size + 1, rows)) for size in network.sizes]
        self.A = [extended[:-1] for extended in self._extended]
        self.A[0][:] = inputs.T
        self.Z, self.slopes, self.deltas, self._slopes_of_A = (
            [np.empty((size, rows)) for size in network.sizes] for _ in range(4))
        self._all_parameters = np.concatenate([array.ravel() for array in parameters])
        self._all_gradients, self._steps = np.empty_like(self._all_parameters), np.empty_like(self._all_parameters)
        self.parameters = _by_layer(self._all_parameters, parameters)
        self.gradients = _by_layer(self._all_gradients, parameters)
        self._operations = prepare(chain(self._forward(), self._backward(), self._update()))

    def _forward(self) -> Operations:
        """Z, A and ∂A/∂Z of every unit."""
        for layer, f in enumerate(self.network.activations, 1):
            yield np.dot, self.parameters[layer].T, self._extended[layer - 1], self.Z[layer]
            yield from f.operations(self.Z[layer], self.A[layer], self.slopes[layer])

    def _backward(self) -> Operations:
        """∂Loss/∂A and ∂Loss/∂Z of every unit, then the gradients."""
        last = self.network.last
        yield from self.loss.slope(np.ascontiguousarray(self.targets.T), self.A[last], self.Z[last], self.count,
                                   self._slopes_of_A[last])
        for layer in range(last, 0, -1):
            yield np.multiply, self._slopes_of_A[layer], self.slopes[layer], self.deltas[layer]
            yield np.dot, self._extended[layer - 1], self.deltas[layer].T, self.gradients[layer]
            if layer > 1:
                yield np.dot, self.parameters[layer][:-1], self.deltas[layer], self._slopes_of_A[layer - 1]

    def _update(self) -> Operations:
        """Move every parameter against its gradient, all from the same old values."""
        yield np.multiply, self._all_gradients, np.array(self.rate), self._steps
        yield np.subtract, self._all_parameters, self._steps, self._all_parameters

    def train(self, epochs: int) -> None:
        """That many epochs. A network that diverges ends in inf and nan, without a warning."""
        run(self._operations, epochs)

    def epoch(self, number: int) -> Epoch:
        """One epoch with all its numbers kept; the parameters are updated."""
        before = copies(self.parameters)
        self.train(1)
        with np.errstate(all="ignore"):
            terms = self.loss.value(self.targets, self.A[-1].T, self.Z[-1].T)
            loss = float(terms.sum() / self.count)
        for Z, A, f in zip(self.Z[1:], self.A[1:], self.network.activations, strict=True):
            is_zero = np.abs(Z) <= ZERO
            if is_zero.any():
                Z[is_zero] = 0.0
                A[:] = f.apply(Z)[0]
        numbers = BatchNumbers(
            range(len(self.targets)), {Source.LOSS: loss, Source.RATE: self.rate, Source.ONE: 1.0},
            {Source.Z: _by_row(self.Z), Source.A: _by_row(self.A), Source.TARGET: [self.targets],
             Source.ROW_LOSS: [terms.sum(axis=1, keepdims=True)],
             Source.LOSS_SLOPE: _by_row(self._slopes_of_A), Source.SLOPE: _by_row(self.slopes),
             Source.DELTA: _by_row(self.deltas), Source.GRADIENT: copies(self.gradients),
             Source.PARAMETER: before, Source.UPDATED: copies(self.parameters)},
            is_finite=math.isfinite(loss) and bool(np.isfinite(self._all_gradients).all()))
        return Epoch(number, loss, (numbers,))


def _by_row(arrays: Sequence[Array]) -> list[Array]:
    """A copy of each array (units, rows), turned to (rows, units)."""
    return [array.T.copy() for array in arrays]


def _by_layer(numbers: Array, like: Sequence[Array]) -> list[Array]:
    """A row of numbers seen as arrays by layer, shaped like others."""
    ends = np.cumsum([array.size for array in like])
    return [part.reshape(array.shape) for part, array in zip(np.split(numbers, ends[:-1]), like, strict=True)]
