"""Forward pass, backward pass and update, over all rows at once: full-batch gradient descent.

A layer's weights and biases are one array of shape (units before + 1, units), the biases its last row, and the
activations before it carry a column of ones to meet them:

    Z = [A_before 1] · P        A = f(Z)                         forward
    δ = ∂Loss/∂A · f′(Z)        ∂Loss/∂A_before = δ · Wᵀ         backward
    G = [A_before 1]ᵀ · δ       P ← P − learning_rate · G        gradient, summed over the rows; update
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from engine.functions import Array, Loss
from engine.network import Network
from engine.quantity import Quantity, Source

ZERO_BUT_FOR_ROUNDING = 1e-15  # what 0.1 + 0.2 − 0.3 leaves: a Z that is shown as the 0 it is by hand
PARAMETRIC = frozenset((Source.PARAMETER, Source.UPDATED, Source.GRADIENT))


@dataclass(frozen=True, slots=True)
class Epoch:
    """The numbers of one epoch: arrays by layer, inputs first (where a layer has no such thing, meaningless)."""

    number: int
    scalars: Mapping[Source, float]
    arrays: Mapping[Source, Sequence[Array]]

    @property
    def loss(self) -> float:
        """The Loss, with the parameters before the update."""
        return self.scalars[Source.LOSS]

    @property
    def outputs(self) -> Array:
        """The predictions, (rows, outputs)."""
        return self.arrays[Source.A][-1]

    def read(self, quantity: Quantity, row: int) -> float:
        """The value of a quantity, in a row (from 0) if it has one there. A product is not read but computed."""
        if quantity.source in self.scalars:
            return self.scalars[quantity.source]
        array = self.arrays[quantity.source][quantity.layer]
        if quantity.source in PARAMETRIC:
            return float(array[quantity.i, quantity.j])
        return float(array[row if quantity.row is None else quantity.row, quantity.i])


class Passes:
    """A network at work: its parameters, and one set of arrays that every epoch writes into."""

    def __init__(self, network: Network, loss: Loss, inputs: Array, targets: Array, learning_rate: float,
                 parameters: Sequence[Array]) -> None:
        """`inputs` (n, inputs), `targets` (n, outputs), `parameters` by layer, the first (the inputs') empty."""
        self.network, self.loss, self.targets, self.rate = network, loss, targets, learning_rate
        self.count = loss.divisor(targets.size)
        self.parameters = copies(parameters)
        rows = len(inputs)
        self._extended = [np.ones((rows, size + 1)) for size in network.sizes]
        self.A = [extended[:, :-1] for extended in self._extended]
        self.A[0][:] = inputs
        self.Z, self.slopes, self.deltas, self._slopes_of_A = (
            [np.empty((rows, size)) for size in network.sizes] for _ in range(4))
        self.gradients, self._steps = ([np.empty_like(p) for p in parameters] for _ in range(2))
        self._transposed = [extended.T for extended in self._extended]

    def load(self, parameters: Sequence[Array]) -> None:
        """Go on from other parameters, of the same shapes."""
        for own, given in zip(self.parameters, parameters, strict=True):
            own[:] = given

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
        before = copies(self.parameters)
        self.train(1)
        with np.errstate(all="ignore"):
            terms = self.loss.value(self.targets, self.A[-1], self.Z[-1])
            loss = float(terms.sum() / self.count)
        for Z, A, f in zip(self.Z[1:], self.A[1:], self.network.activations, strict=True):
            is_zero = np.abs(Z) < ZERO_BUT_FOR_ROUNDING
            Z[is_zero] = 0.0
            if is_zero.any():
                f.value(Z, A)
        return Epoch(
            number, {Source.LOSS: loss, Source.RATE: self.rate, Source.ONE: 1.0},
            {Source.Z: copies(self.Z), Source.A: copies(self.A), Source.TARGET: [self.targets],
             Source.ROW_LOSS: [terms.sum(axis=1, keepdims=True)],
             Source.LOSS_SLOPE: copies(self._slopes_of_A), Source.SLOPE: copies(self.slopes),
             Source.DELTA: copies(self.deltas), Source.GRADIENT: copies(self.gradients),
             Source.PARAMETER: before, Source.UPDATED: copies(self.parameters)})


def copies(arrays: Sequence[Array]) -> list[Array]:
    """A copy of each array."""
    return [array.copy() for array in arrays]
