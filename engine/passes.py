"""Forward pass, backward pass and update, over all rows at once: full-batch gradient descent.

A layer's weights and biases are one array of shape (units before + 1, units), the biases its last row, and the
activations before it carry a column of ones to meet them:

    Z = [A_before 1] · P        A = f(Z)                         forward
    δ = ∂Loss/∂A · f′(Z)        ∂Loss/∂A_before = δ · Wᵀ         backward
    G = [A_before 1]ᵀ · δ       P ← P − learning_rate · G        gradient, summed over the rows; update
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from engine.functions import Array, Loss
from engine.network import Network
from engine.quantity import Quantity, Source


@dataclass(frozen=True, slots=True)
class Epoch:
    """The numbers of one epoch. Lists are by layer, inputs first (where a layer has no such thing, it is empty)."""

    number: int
    targets: Array
    Z: list[Array]
    A: list[Array]
    slopes: list[Array]
    deltas: list[Array]
    loss_slopes: Array
    row_losses: Array
    loss: float
    rate: float
    parameters: list[Array]
    gradients: list[Array]
    updated: list[Array]

    def read(self, quantity: Quantity, row: int) -> float:
        """The value of a quantity, in a row (from 0) if it has one there. A product is not read but computed."""
        row = row if quantity.row is None else quantity.row
        layer, i = quantity.layer, quantity.i
        match quantity.source:
            case Source.PARAMETER:
                return float(self.parameters[layer][i, quantity.j])
            case Source.A:
                return float(self.A[layer][row, i])
            case Source.Z:
                return float(self.Z[layer][row, i])
            case Source.SLOPE:
                return float(self.slopes[layer][row, i])
            case Source.LOSS_SLOPE:
                return float(self.loss_slopes[row, i])
            case Source.ONE:
                return 1.0
            case Source.DELTA:
                return float(self.deltas[layer][row, i])
            case Source.TARGET:
                return float(self.targets[row, i])
            case Source.ROW_LOSS:
                return float(self.row_losses[row])
            case Source.LOSS:
                return self.loss
            case Source.GRADIENT:
                return float(self.gradients[layer][i, quantity.j])
            case Source.UPDATED:
                return float(self.updated[layer][i, quantity.j])
            case Source.RATE:
                return self.rate
            case Source.PRODUCT:
                raise ValueError(f"{quantity.name} is a product of the chain, not of the arrays")


class Passes:
    """A network at work: its parameters, and one set of arrays that every epoch writes into."""

    def __init__(self, network: Network, loss: Loss, inputs: Array, targets: Array, learning_rate: float,
                 parameters: Sequence[Array]) -> None:
        """`inputs` (n, inputs), `targets` (n, outputs), `parameters` by layer, the first (the inputs') empty."""
        self.network, self.loss, self.targets, self.rate = network, loss, targets, learning_rate
        self.count = targets.size
        self.parameters = [p.copy() for p in parameters]
        rows = len(inputs)
        self._extended = [np.ones((rows, size + 1)) for size in network.sizes]
        self.A = [extended[:, :-1] for extended in self._extended]
        self.A[0][:] = inputs
        self.Z, self.slopes, self.deltas, self._slopes_of_A = (
            [np.empty((rows, size)) for size in network.sizes] for _ in range(4))
        self.gradients, self._steps = ([np.empty_like(p) for p in parameters] for _ in range(2))
        self._transposed = [extended.T for extended in self._extended]

    def forward(self) -> None:
        """Z and A of every unit."""
        for layer in range(1, len(self.A)):
            np.matmul(self._extended[layer - 1], self.parameters[layer], out=self.Z[layer])
            self.network.activations[layer - 1].value(self.Z[layer], self.A[layer])

    def backward(self) -> None:
        """∂Loss/∂A, ∂A/∂Z and ∂Loss/∂Z of every unit, then the gradients."""
        last = self.network.last
        self.loss.slope(self.targets, self.A[last], self.Z[last], self.count, self._slopes_of_A[last])
        for layer in range(last, 0, -1):
            self.network.activations[layer - 1].slope(self.Z[layer], self.A[layer], self.slopes[layer])
            np.multiply(self._slopes_of_A[layer], self.slopes[layer], out=self.deltas[layer])
            np.matmul(self._transposed[layer - 1], self.deltas[layer], out=self.gradients[layer])
            if layer > 1:
                np.matmul(self.deltas[layer], self.parameters[layer][:-1].T, out=self._slopes_of_A[layer - 1])

    def update(self) -> None:
        """Move every parameter against its gradient, all from the same old values."""
        for parameters, gradient, step in zip(self.parameters[1:], self.gradients[1:], self._steps[1:], strict=True):
            np.multiply(gradient, self.rate, out=step)
            np.subtract(parameters, step, out=parameters)

    def train(self, epochs: int) -> None:
        """That many epochs. A network that diverges ends in inf and nan, without a warning."""
        with np.errstate(all="ignore"):
            for _ in range(epochs):
                self.forward()
                self.backward()
                self.update()

    def epoch(self, number: int) -> Epoch:
        """One epoch with all its numbers kept; the parameters are updated."""
        before = [p.copy() for p in self.parameters]
        self.train(1)
        last = self.network.last
        with np.errstate(all="ignore"):
            terms = self.loss.value(self.targets, self.A[last], self.Z[last])
            return Epoch(
                number=number, targets=self.targets, rate=self.rate,
                Z=_copies(self.Z), A=_copies(self.A), slopes=_copies(self.slopes), deltas=_copies(self.deltas),
                loss_slopes=self._slopes_of_A[last].copy(),
                row_losses=terms.sum(axis=1), loss=float(terms.sum() / self.count),
                parameters=before, gradients=_copies(self.gradients), updated=_copies(self.parameters))


def _copies(arrays: list[Array]) -> list[Array]:
    return [array.copy() for array in arrays]
