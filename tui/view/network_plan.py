"""Where everything of a drawn network goes: units, their weights, the wires between them."""

from collections.abc import Sequence
from functools import cached_property, lru_cache

from engine.graph.network import Unit
from engine.lesson.lesson import Lesson
from tui.view.canvas import CORNERS, MARKED_CORNERS, Box
from tui.view.datum import SIGN_AND_POINT, datum, datum_widths


def label_of(lesson: Lesson, unit: Unit) -> str:
    """What stands under a unit's Z and A: `(3) ReLU`."""
    return f"({unit.number}) {lesson.network.activations[unit.layer - 1].symbol}"


class Plan:
    """Where everything goes: rows and columns of the canvas. A tight one does without some gaps, and without gathering
    what flows into an output; the outputs of a softmax have one label together.
    """

    def __init__(self, lesson: Lesson, box: Box, number_width: int, is_tight: bool = False) -> None:
        self.network, self.box, self.number_width, self.is_tight = lesson.network, box, number_width, is_tight
        self.name_width = max(len(name) for name in self.network.parameters)
        digits = number_width - SIGN_AND_POINT
        self.input_width = max(datum_widths(lesson, digits)[0])
        widest = max(len(datum(value, digits)) for row in lesson.table for value in row[:len(lesson.inputs)])
        self.name_gap = 0 if is_tight else 1  # between a wire and its weight
        self.input_room = max(self.input_width + (not is_tight), widest + 1)
        self.has_one_label = self.network.is_joined and is_tight
        has_label_beside = self.network.is_joined and not is_tight
        beside = self.network.layers[1:] if has_label_beside else self.network.layers[1:-1]
        labels = [label_of(lesson, unit) for layer in beside for unit in layer]
        self.unit_width = max(len(f"Z{self.network.computed_units[-1].number} ") + number_width,
                              max(map(len, labels), default=0) - 1)
        self._last_label_width = max(len(label_of(lesson, unit)) for unit in self.network.layers[-1])
        self.spread = 0
        self.spread = max(0, min((box.width - self._width) // (2 * self.network.last), 5))
        self.gap = 1 if self._height(gap=1) <= box.height else 0

    @cached_property
    def fits(self) -> bool:
        """Whether all of it has room."""
        return self.height <= self.box.height and self._width <= self.box.width

    @cached_property
    def height(self) -> int:
        """How many rows it takes."""
        return self._height(self.gap)

    def _height(self, gap: int) -> int:
        sizes = self.network.sizes
        last = sizes[-1] * self._lines(self.network.last) + gap * (sizes[-1] - 1) + self.has_one_label
        hidden = [size * self._lines(layer) + gap * (size - 1) for layer, size in enumerate(sizes[1:-1], 1)]
        return max(2 * sizes[0], last, *hidden)

    def _lines(self, layer: int) -> int:
        """Lines of a unit: what flows into it; Z, A and its name beside that, or under it."""
        wires = len(self.network.sources(self.network.layers[layer][0]))
        least = 2 if self.has_one_label and layer == self.network.last else 3
        return wires + 3 if self.has_values_under(layer) else max(wires, least)

    def has_values_under(self, layer: int) -> bool:
        """Whether Z and A of a layer's units stand under the weights: in the last one, but for a softmax, whose units
        are joined at their right.
        """
        return layer == self.network.last and not self.network.is_joined

    @property
    def _width(self) -> int:
        if self.network.is_joined:
            return self.join + 1 - self.box.x
        last = self.network.last
        end_of_label = self.label(last) + self.name_width - 2 + self._last_label_width
        return max(self.gathering(last) + (-1 if self.is_tight else 1), end_of_label) - self.box.x

    @property
    def label_row(self) -> int:
        """The row of the one label that joined outputs have."""
        return self.top(self.network.layers[-1][-1]) + self._lines(self.network.last)

    @property
    def join(self) -> int:
        """The column in which a softmax's units are joined."""
        return self.unit_end(self.network.last) + 1

    def lane(self, layer: int, index: int) -> int:
        """The column in which a unit's activation goes up and down."""
        x = self.box.x + self.input_room + self.spread
        for before in range(layer):
            x += self.network.sizes[before] + self.name_width + self.number_width + self.unit_width
            x += 5 + self.name_gap + 2 * self.spread
        return x + index

    def label(self, layer: int) -> int:
        """The column of the parameters' names of a layer."""
        return self.lane(layer - 1, self.network.sizes[layer - 1]) + self.name_gap + self.spread * (layer > 1)

    def gathering(self, layer: int) -> int:
        """The column where a unit's wires come together, with a gap behind their numbers."""
        return self.label(layer) + self.name_width + 1 + self.number_width + 1

    def unit_end(self, layer: int) -> int:
        """The column where an activation's wire begins."""
        return self.gathering(layer) + 3 + self.unit_width if layer else self.box.x + self.input_width

    @cached_property
    def _tops(self) -> dict[int, int]:
        return {unit.number: self._top(unit) for layer in self.network.layers for unit in layer}

    def top(self, unit: Unit) -> int:
        """The row of a unit's first wire; an input's own row."""
        return self._tops[unit.number]

    def _top(self, unit: Unit) -> int:
        size, layer = self.network.sizes[unit.layer], unit.layer
        if layer == 0:
            return self.box.y + (unit.index * (self.height - 2) // max(size - 1, 1) if size > 1 else 0)
        lines = self._lines(layer)
        spare = self.height - size * lines - self.gap * (size - 1)
        return self.box.y + spare // 2 + unit.index * (lines + self.gap)

    def exit(self, unit: Unit) -> int:
        """The row on which an activation leaves its unit."""
        return self.top(unit) + (1 if unit.layer else 0)


@lru_cache(maxsize=512)
def wires(plan: Plan, source: Unit, targets: Sequence[Unit], is_marked: bool) -> Sequence[tuple[int, int, str]]:
    """An activation's wires: out of its unit, along its lane, to the weights of some targets; column, row and text of
    each piece, later ones over earlier ones. Marked ones are doubled; where others branch off, their corners stay.
    """
    if not targets:
        return ()
    across, along = ("═", "║") if is_marked else ("─", "│")
    lane, label = plan.lane(source.layer, source.index), plan.label(source.layer + 1)
    unit_end, leave = plan.unit_end(source.layer), plan.exit(source)
    rows = _rows(plan, source, targets)
    return [(unit_end, leave, across * (lane - unit_end)),
            *((lane, y, along) for y in range(min(*rows, leave), max(*rows, leave) + 1)),
            *((lane + 1, y, across * (label - lane - 1 - plan.name_gap)) for y in rows),
            *((lane, y, _corner(plan, source, targets, y, is_marked)) for y in {*rows, leave})]


def _corner(plan: Plan, source: Unit, targets: Sequence[Unit], y: int, is_marked: bool) -> str:
    """The character of a lane where wires join it. A marked wire turns doubled; where it goes straight on past others
    that branch off, the branching is shown.
    """
    corner = _joint(plan, source, targets, y)
    if not is_marked:
        return corner
    if corner == "─":
        everything = _joint(plan, source, plan.network.layers[source.layer + 1], y)
        return "═" if everything == "─" else everything
    return MARKED_CORNERS.get(corner, "║")


def _joint(plan: Plan, source: Unit, targets: Sequence[Unit], y: int) -> str:
    leave, rows = plan.exit(source), _rows(plan, source, targets)
    arms = "".join(arm for arm, has in zip("udlr", (y > min(*rows, leave), y < max(*rows, leave), y == leave,
                                                    y in rows), strict=True) if has)
    return CORNERS[arms]


def _rows(plan: Plan, source: Unit, targets: Sequence[Unit]) -> list[int]:
    """Where a unit's wires meet its weights."""
    return [plan.top(target) + source.index for target in targets]
