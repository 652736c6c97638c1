"""One lesson from many starting values at once: the formulas of `passes` with one axis more.

A number of every start lies side by side, so that each operation runs along memory: arrays are (rows, units, starts),
parameters (units before + 1, units, starts) with the biases last. Only which starts learn is kept, not their epochs.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from engine.graph.network import Network
from engine.graph.numeric import Array, np
from engine.graph.operations import Operations, prepare, run
from engine.graph.optimizers import SGD
from engine.lesson.lesson import Lesson
from engine.trace.training import new_passes

MOST_NUMBERS = 4_000_000  # in the largest array
MOST_EPOCHS_ALONE = 10_000  # of all starts together, where each is trained by itself: some seconds


class ManyStarts:
    """The network of a lesson, many times, each from other parameters."""

    def __init__(self, lesson: Lesson, starts: Sequence[Mapping[str, float]]) -> None:
        """`starts` have a value for every parameter, by name."""
        self._lesson = lesson
        self.parameters = [np.zeros((*shape, len(starts))) for shape in lesson.model.shapes]
        for name, parameter in lesson.model.parameters.items():
            self.parameters[parameter.layer][lesson.model.places(parameter)] = [start[name] for start in starts]
        self._gradients = [np.empty_like(array) for array in self.parameters]
        self._targets = lesson.Y[:, :, None]
        self._inputs = np.column_stack([lesson.X, np.ones(lesson.rows)])
        self._extended = [np.ones((lesson.rows, size + 1, len(starts))) for size in lesson.network.sizes]
        self._Z, self._slopes, self._deltas, self._slopes_of_A = (
            [np.empty((lesson.rows, size, len(starts))) for size in lesson.network.sizes] for _ in range(4))
        self.outputs = self._extended[-1][:, :-1]
        self._operations = prepare(self._epoch())

    def train(self, epochs: int) -> None:
        """That many epochs of every start; one that diverges ends in inf and nan, without a warning."""
        run(self._operations, epochs)

    def are_right(self) -> Array:
        """Whether a start had all rows right in its last forward pass, (starts,)."""
        return np.asarray(self._lesson.is_right(self.outputs).all(axis=0))

    def _epoch(self) -> Operations:
        """Forward, backward, update: every gradient before any parameter moves."""
        network, loss = self._lesson.network, self._lesson.loss
        for layer, f in enumerate(network.activations, 1):
            yield from self._net_inputs(layer)
            yield from f.operations(self._Z[layer], self._extended[layer][:, :-1], self._slopes[layer])
        yield from loss.slope(self._targets, self.outputs, self._Z[-1], loss.divisor(self._lesson.terms),
                              self._slopes_of_A[-1])
        for layer in range(network.last, 0, -1):
            yield np.multiply, self._slopes_of_A[layer], self._slopes[layer], self._deltas[layer]
            yield from self._gradients_of(layer)
            if layer > 1:
                yield from _sum_of_products(self.parameters[layer][:-1], self._deltas[layer][:, None], 2,
                                            self._slopes_of_A[layer - 1])
        for parameters, gradients in zip(self.parameters[1:], self._gradients[1:], strict=True):
            yield np.multiply, gradients, np.array(self._lesson.learning_rate), gradients
            yield np.subtract, parameters, gradients, parameters

    def _net_inputs(self, layer: int) -> Operations:
        """Z of a layer. The inputs are the same for every start, so that one product of matrices has all of them."""
        if layer == 1:
            yield np.dot, self._inputs, _as_matrix(self.parameters[1]), _as_matrix(self._Z[1])
        else:
            yield from _sum_of_products(self._extended[layer - 1][:, :, None], self.parameters[layer], 1,
                                        self._Z[layer])

    def _gradients_of(self, layer: int) -> Operations:
        if layer == 1:
            yield np.dot, self._inputs.T, _as_matrix(self._deltas[1]), _as_matrix(self._gradients[1])
        else:
            yield from _sum_of_products(self._extended[layer - 1][:, :, None], self._deltas[layer][:, None], 0,
                                        self._gradients[layer])


def is_plain(lesson: Lesson) -> bool:
    """Whether many starts of a lesson can be trained at once: a network with a bias for each unit, all of it trained by
    gradient descent over all rows.
    """
    return isinstance(lesson.model, Network) and lesson.model.bias == "unit" and not lesson.loss.is_per_row and \
        lesson.trains and lesson.optimizer is SGD and not lesson.weight_decay and len(lesson.batches) == 1 and \
        len(lesson.order) == len(lesson.model.parameters)


def epochs_until_right(lesson: Lesson, starts: Sequence[Mapping[str, float]], most: int) -> list[int | None]:
    """After how many epochs each start has all rows right in a forward pass; None: not within `most`. Where they can't
    be trained at once only the first are, one by one; of the others it is not known.
    """
    if not is_plain(lesson):
        tried = starts[:max(1, MOST_EPOCHS_ALONE // max(1, most * len(lesson.batches)))]
        return [*(_until_right_alone(replace(lesson, start=dict(start)), most) for start in tried),
                *[None] * (len(starts) - len(tried))]
    size = max(1, MOST_NUMBERS // (lesson.rows * len(lesson.network.parameters)))
    parts = (starts[first:first + size] for first in range(0, len(starts), size))
    return [epochs for part in parts for epochs in _until_right(lesson, part, most)]


def _until_right_alone(lesson: Lesson, most: int) -> int | None:
    passes = new_passes(lesson)
    return next((number for number in range(1, most + 1) if lesson.is_right(passes.epoch(number).outputs).all()), None)


def _until_right(lesson: Lesson, starts: Sequence[Mapping[str, float]], most: int) -> list[int | None]:
    many, found = ManyStarts(lesson, starts), np.zeros(len(starts), dtype=int)
    for epoch in range(1, most + 1):
        many.train(1)
        found[(found == 0) & many.are_right()] = epoch
        if found.all():
            break
    return [int(epoch) or None for epoch in found]


def _as_matrix(array: Array) -> Array:
    """The same numbers, with the units of all starts in one row."""
    return array.reshape(len(array), -1)


def _sum_of_products(left: Array, right: Array, axis: int, out: Array) -> Operations:
    products = np.empty(np.broadcast_shapes(left.shape, right.shape))
    yield np.multiply, left, right, products
    yield _SUMS[axis], products, out


def _sum_over(axis: int) -> Callable[..., object]:
    return lambda products, out: np.add.reduce(products, axis=axis, out=out)


_SUMS = [_sum_over(axis) for axis in range(3)]
