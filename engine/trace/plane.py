"""Where a lesson's output can be seen at once: over the plane of two numbers, or over one, as a curve.

The numbers along the axes are the inputs, or the activations of a hidden layer of two units, over which the rest of
the network lies. What is looked at is an epoch as it begins: with several batches the later ones have other parameters.
"""

import math
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

from engine.graph.activations import Activation
from engine.graph.compile import operations
from engine.graph.formulas import Formulas
from engine.graph.network import Network
from engine.graph.numeric import ZERO, Array, np
from engine.graph.operations import prepare, run
from engine.graph.parts import names_in
from engine.graph.quantity import Source
from engine.graph.symbols import Symbols
from engine.lesson.lesson import Lesson
from engine.trace.trace import Trace

MOST_AXES = 2
GREATEST = "greatest A"
HALF = 0.5
LARGEST = 1e100  # beyond it nothing is drawn
MARGIN = {1: 0.25, 2: 0.5}  # of what the inputs take, on each side, by the axes: beyond the rows a line shows its way
HIDDEN_MARGIN = 0.125
ENDS = (1.0, 1.5, 2.0, 3.0, 5.0, 7.0, 10.0)  # of an axis: close enough, and not another one in every epoch


class Range(NamedTuple):
    """From the least to the greatest of what an axis, or a shade, shows."""

    least: float
    greatest: float

    @property
    def span(self) -> float:
        """How much lies between."""
        return self.greatest - self.least

    def widen(self, share: float) -> "Range":
        """With a share of itself more on each side."""
        return Range(self.least - share * self.span, self.greatest + share * self.span)

    def centres(self, count: int) -> Array:
        """The middles of so many equal parts."""
        return self.least + self.span * (np.arange(count) + 0.5) / count

    def part_of(self, value: float, count: int) -> int:
        """In which of so many equal parts a value lies; of one outside in none, below 0 or not below `count`."""
        return math.floor((value - self.least) / self.span * count)


class Plane(NamedTuple):
    """An output over the numbers of a layer, 0 the inputs: two, or one. `output` counts a network's outputs, or a
    graph's nodes, and `name` is what it is called; without one it is shown which of all outputs is the greatest.
    `targets` are the columns that these should be, by their names.
    """

    layer: int
    axes: tuple[str, ...]
    output: int | None
    name: str
    targets: tuple[str, ...]

    @property
    def title(self) -> str:
        """`A5 over x1 and x2`."""
        return f"{self.name} over {' and '.join(self.axes)}"

    @property
    def is_curve(self) -> bool:
        """Whether there is one axis alone."""
        return len(self.axes) == 1


def planes_of(lesson: Lesson) -> Sequence[Plane]:
    """What a lesson's output can be looked at over, the inputs first; none where there are more than two of them and no
    hidden layer of two units. Of formulas it must be clear which node is the prediction.
    """
    if isinstance(lesson.model, Formulas):
        return list(_of_formulas(lesson, lesson.model))
    return list(_of_network(lesson, lesson.model))


def _of_network(lesson: Lesson, network: Network) -> Iterator[Plane]:
    symbols, outputs = Symbols(network, lesson.inputs, lesson.targets), network.layers[-1]
    for layer, units in enumerate(network.layers[:-1]):
        if len(units) > MOST_AXES or (layer and len(units) < MOST_AXES):
            continue
        axes = tuple(symbols.A(unit).name for unit in units)
        if network.is_joined and lesson.classifies and len(outputs) > 2 and len(units) == MOST_AXES:
            yield Plane(layer, axes, None, GREATEST, lesson.targets)
        for output in outputs:
            yield Plane(layer, axes, output.index, symbols.A(output).name, (lesson.targets[output.index],))


def _of_formulas(lesson: Lesson, formulas: Formulas) -> Iterator[Plane]:
    """The prediction is the node that meets the only target, in the only formula which has that."""
    if len(lesson.targets) != 1 or not 1 <= len(lesson.inputs) <= MOST_AXES:
        return
    with_target = [names for node in formulas.nodes if lesson.targets[0] in (names := names_in(node.root))]
    others = [name for names in with_target for name in names if name != lesson.targets[0]]
    if len(with_target) == len(others) == 1 and others[0] in formulas.index_of:
        yield Plane(0, lesson.inputs, formulas.index_of[others[0]], others[0], lesson.targets)


class Surface:
    """The output over a plane in an epoch, and where the table's rows lie."""

    def __init__(self, trace: Trace, epoch: int, plane: Plane) -> None:
        self.plane, self.lesson = plane, trace.lesson_at(epoch)
        self._parameters = trace.epoch(epoch).batches[0].arrays[Source.PARAMETER]
        self.classifies = self.lesson.classifies
        columns = [self.lesson.targets.index(target) for target in plane.targets]
        Y = self.lesson.Y[:, columns]
        self.targets: Array = Y[:, 0] if plane.output is not None else Y.argmax(axis=1).astype(float)

    @cached_property
    def is_finite(self) -> bool:
        """Whether there is something to be seen: where training has diverged there is not."""
        return bool(np.isfinite(self.outputs).any())

    def over(self, points: Array) -> Array:
        """The output at points (axes, n): its value, or the place of the greatest. What is no number is nan."""
        with np.errstate(all="ignore"):
            found = self._evaluate(points)
            if self.plane.output is None:
                return np.where(np.isfinite(found).all(axis=0), found.argmax(axis=0), np.nan)
            return np.where(np.abs(found[self.plane.output]) <= LARGEST, found[self.plane.output], np.nan)

    def grid(self, columns: int, rows: int) -> Array:
        """The output at the middles of a plane's parts, (rows, columns), the greatest of the second axis first."""
        across, up = self.ranges
        x, y = np.meshgrid(across.centres(columns), up.centres(rows)[::-1])
        return self.over(np.array([x.ravel(), y.ravel()])).reshape(rows, columns)

    def sides(self, values: Array) -> Array:
        """On which side of a boundary values are: 1 from ½ on, else 0; of the greatest output its place; −1 where there
        is no number.
        """
        sides = values if self.plane.output is None else values >= HALF
        return np.where(np.isfinite(values), sides, -1).astype(int)

    @cached_property
    def places(self) -> Array:
        """Where the rows lie, (axes, rows)."""
        with np.errstate(all="ignore"):
            return self._forward(self.lesson.X.T, 0, self.plane.layer) if self.plane.layer else self.lesson.X.T

    @cached_property
    def outputs(self) -> Array:
        """The output at each row."""
        return self.over(self.places)

    @cached_property
    def are_wrong(self) -> Array:
        """Whether each row is on the wrong side of a boundary, (rows,); none is where there is no boundary."""
        return np.asarray(self.classifies & (self.sides(self.outputs) != self.targets))

    @cached_property
    def ranges(self) -> tuple[Range, ...]:
        """What the axes show: all rows with a margin. The inputs' are the same in every epoch, the others' as long as
        the rows allow.
        """
        if self.plane.layer:
            range_ = _range_of(self._activation(self.plane.layer), self.places).widen(HIDDEN_MARGIN)
            return (range_,) * len(self.plane.axes)
        return tuple(range_around(values, MARGIN[len(self.plane.axes)]) for values in self.places)

    @cached_property
    def scale(self) -> Range:
        """What the output's shades, or a curve's height, show: all that it can be, else what its targets take."""
        if self.plane.output is not None and isinstance(self.lesson.model, Network):
            f = self._activation(self.lesson.network.last)
            if math.isfinite(sum(f.between)):
                return Range(*f.between)
        return range_around(self.targets, 0)

    def _activation(self, layer: int) -> Activation:
        return self.lesson.network.activations[layer - 1]

    def _evaluate(self, points: Array) -> Array:
        """All outputs, or all nodes, at points of the plane, (outputs, n)."""
        if isinstance(self.lesson.model, Network):
            return self._forward(points, self.plane.layer, self.lesson.network.last)
        return self._values(self.lesson.model, points)

    def _forward(self, A: Array, first: int, last: int) -> Array:
        """The activations of a layer from those of another, (units, n)."""
        for layer in range(first + 1, last + 1):
            parameters = self._parameters[layer]
            A = self._activation(layer).apply(parameters[:-1].T @ A + parameters[-1][:, None])[0]
        return A

    def _values(self, formulas: Formulas, points: Array) -> Array:
        """A graph's nodes, one after the other, as far as they use no target."""
        columns = dict(zip(self.lesson.inputs, points, strict=True))
        arrays = {**columns, **dict(zip(formulas.names, self._parameters[0], strict=True))}
        values = np.full((len(formulas.nodes), points.shape[1]), np.nan)
        for node, out in zip(formulas.nodes, values, strict=True):
            if set(names_in(node.root)) <= arrays.keys():
                run(prepare(operations(node.root, arrays, out, is_by_hand=True)))
                arrays[node.name] = out
        return values


def range_around(values: Array, share: float) -> Range:
    """All values with a share of what they take on each side; around a single one as much as it is far from 0."""
    finite = values[np.abs(values) <= LARGEST]
    if not len(finite):
        return Range(0.0, 1.0)
    range_ = Range(float(finite.min()), float(finite.max()))
    if range_.span > ZERO * max(map(abs, range_)):
        return range_.widen(share)
    around = abs(range_.least) or 1.0
    return Range(range_.least - around, range_.least + around)


def _range_of(f: Activation, places: Array) -> Range:
    """All that an activation can be; where that has no end, as far as a round number beyond the rows."""
    finite = np.abs(places[np.abs(places) <= LARGEST])
    end = round_up(float(finite.max()), ENDS) if len(finite) and finite.max() > ZERO else 1.0
    return Range(*(math.copysign(min(abs(bound), end), bound) for bound in f.between))


def round_up(value: float, steps: Sequence[float]) -> float:
    """The next of such steps, times a power of ten, from a number above 0 on."""
    power = 10.0 ** math.floor(math.log10(value))
    return next(step * power for step in steps if step * power >= value * (1 - ZERO))
