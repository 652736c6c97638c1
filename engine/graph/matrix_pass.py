"""A network's forward and backward pass over some rows at once.

A layer's weights and biases are one array of shape (units before + 1, units), the biases its last row, and the
activations before it carry a column of ones to meet them:

    Z = [A_before 1] · P        A = f(Z)                         forward
    δ = ∂Loss/∂A · f′(Z)        ∂Loss/∂A_before = δ · Wᵀ         backward
    G = [A_before 1]ᵀ · δ                                        gradient, summed over the rows

Without biases their row is 0, and none of it is a parameter that moves. A layer's one bias stands below every unit, and
below every unit stands its gradient, the sum of what the units' own would be. Softmax's δ is that of its loss.
"""

from collections.abc import Sequence
from itertools import chain

from engine.graph.epoch import PassNumbers
from engine.graph.losses import Loss
from engine.graph.network import Network
from engine.graph.numeric import ZERO, Array, np
from engine.graph.operations import Operations
from engine.graph.quantity import Source


class MatrixPass:
    """A network's arrays for so many rows.

    Here a unit's numbers lie side by side, one for each row: arrays are (units, rows), the other way round than an
    `Epoch` has them, so that all of them are whole pieces of memory.
    """

    def __init__(self, network: Network, loss: Loss, rows: int, parameters: Sequence[Array],
                 gradients: Sequence[Array]) -> None:
        """`parameters` by layer, which it reads, and `gradients`, which it writes."""
        self.network, self.loss = network, loss
        self._parameters, self._gradients = parameters, gradients
        self.terms = rows * (1 if loss.is_per_row else network.sizes[-1])
        self._extended = [np.ones((size + 1, rows)) for size in network.sizes]
        self.A = [extended[:-1] for extended in self._extended]
        self.Y = np.empty((network.sizes[-1], rows))
        self.Z, self.slopes, self.deltas, self._slopes_of_A = (
            [np.empty((size, rows)) for size in network.sizes] for _ in range(4))
        self.outputs = np.empty((2, network.sizes[-1], rows))
        self.Z[-1], self.A[-1] = self.outputs  # side by side, as the Loss is made of both

    def load(self, inputs: Array, targets: Array) -> None:
        """Take the rows: `inputs` (n, inputs), `targets` (n, outputs)."""
        self.A[0][:], self.Y[:] = inputs.T, targets.T

    def operations(self) -> Operations:
        """Forward and backward, up to the gradients."""
        return chain(self.forward(), self._backward())

    def forward(self) -> Operations:
        """Z, A and ∂A/∂Z of every unit."""
        for layer, f in enumerate(self.network.activations, 1):
            yield np.dot, self._parameters[layer].T, self._extended[layer - 1], self.Z[layer]
            yield from f.operations(self.Z[layer], self.A[layer], self.slopes[layer])

    def _backward(self) -> Operations:
        """∂Loss/∂A and ∂Loss/∂Z of every unit, then the gradients."""
        last, loss = self.network.last, self.loss
        count = loss.divisor(self.terms)
        yield from loss.slope(self.Y, self.A[last], self.Z[last], count, self._slopes_of_A[last])
        for layer in range(last, 0, -1):
            if layer == last and loss.delta:
                yield from loss.delta(self.Y, self.A[last], count, self.deltas[last])
            else:
                yield np.multiply, self._slopes_of_A[layer], self.slopes[layer], self.deltas[layer]
            yield np.dot, self._extended[layer - 1], self.deltas[layer].T, self._gradients[layer]
            if self.network.bias == "layer":
                yield _add_up, self._gradients[layer][-1], self._gradients[layer][-1]
            if layer > 1:
                yield np.dot, self._parameters[layer][:-1], self.deltas[layer], self._slopes_of_A[layer - 1]

    def totals(self, outputs: Array, targets: Array) -> Array:
        """The sums of the Loss's terms."""
        Z, A = outputs.transpose(1, 0, 3, 2)
        return np.asarray(self.loss.value(targets, A, Z).reshape(len(outputs), -1).sum(axis=1))

    def numbers(self) -> PassNumbers:
        """What the operations left, a row's numbers side by side. A Z that is 0 but for rounding is 0 from now on."""
        terms = self.loss.value(np.ascontiguousarray(self.Y.T), self.A[-1].T, self.Z[-1].T)  # added row by row
        for Z, A, f in zip(self.Z[1:], self.A[1:], self.network.activations, strict=True):
            is_zero = np.abs(Z) <= ZERO
            if is_zero.any():
                Z[is_zero] = 0.0
                A[:] = f.apply(Z)[0]
        arrays = {
            Source.Z: _by_row(self.Z), Source.A: _by_row(self.A), Source.TARGET: _by_row([self.Y]),
            Source.ROW_LOSS: [terms.sum(axis=1, keepdims=True)], Source.LOSS_SLOPE: _by_row(self._slopes_of_A),
            Source.SLOPE: _by_row(self.slopes), Source.DELTA: _by_row(self.deltas)}
        if self.network.activations[-1].takes_layer:
            arrays[Source.JACOBIAN] = [*[np.empty(0)] * self.network.last, _jacobian(arrays[Source.A][-1])]
        return PassNumbers(float(terms.sum()), arrays)


def _add_up(numbers: Array, out: Array) -> None:
    """Their sum, in every place."""
    out[:] = numbers.sum()


def _jacobian(A: Array) -> Array:
    """∂Ai/∂Zj of softmax, Ai·(1−Ai) for i = j, else −Ai·Aj, in a row for each row of A."""
    whole = -A[:, :, None] * A[:, None, :]
    units = np.arange(A.shape[1])
    whole[:, units, units] = A * (1 - A)
    return whole.reshape(len(A), -1)


def _by_row(arrays: Sequence[Array]) -> list[Array]:
    """A copy of each array (units, rows), turned to (rows, units)."""
    return [array.T.copy() for array in arrays]
