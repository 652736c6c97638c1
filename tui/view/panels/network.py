"""The network, drawn: units, wires, every parameter's value, the row's Z and A, and the path in hand.

Layers stand from left to right. Each unit has a wire for each of its weights and its bias, gathered at its left; an
activation leaves on its unit's A line and goes up and down a lane of its own to the weights that it meets:

    x1 ┬── w13  0.8 ┐ Z3  0.3
       │┌─ w23 −0.6 ┤ A3  0.3 ┐
       ││   b3  0.1 ┘ (3) ReLU└─ w35 −0.4 ┐
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from engine.graph.network import Unit
from engine.graph.step import Kind, Phase
from engine.lesson.lesson import Lesson
from engine.text.notation import align_point
from tui.view.canvas import CORNERS, MARKED_CORNERS, Box, Canvas, CellStyle, rule
from tui.view.glyphs import NOT_YET
from tui.view.lesson_view import SIGN_AND_POINT, LessonView, datum, datum_widths

MARGIN = 1  # columns between the border and the inputs


def draw(canvas: Canvas, box: Box, view: LessonView) -> bool:
    """Draw the network if it fits the box with all digits; returns whether it did."""
    if plan := _plan_for(view, box):
        rule(canvas, box, title(view))
        _Drawing(canvas, view, plan).draw()
    return plan is not None


def fits(view: LessonView, box: Box) -> bool:
    """Whether it would."""
    return _plan_for(view, box) is not None


def _plan_for(view: LessonView, box: Box) -> "Plan | None":
    inner = Box(box.x + MARGIN, box.y + 1, box.width - MARGIN, box.height - 1)
    return _plan(view.lesson, inner, view.number_width)


@lru_cache(maxsize=8)
def _plan(lesson: Lesson, box: Box, number_width: int) -> "Plan | None":
    """The plan that fits a box, if any; kept, since from one step to the next it is the same."""
    plans = (Plan(lesson, box, number_width, is_tight) for is_tight in (False, True))
    return next((plan for plan in plans if plan.fits), None)


def title(view: LessonView) -> str:
    """`Network, row 2`; at a step that is about no row, it says that the numbers are the last row's."""
    return f"Network, {'still ' * bool(view.step and view.step.row is None)}row {view.row + 1}"


@lru_cache(maxsize=8)
def wanted_height(lesson: Lesson) -> int:
    """How many rows the drawing would take, its title too."""
    return 1 + Plan(lesson, Box(0, 0, 1000, 1000), 6).height


def _label(lesson: Lesson, unit: Unit) -> str:
    """What stands under a unit's Z and A: `(3) ReLU`."""
    return f"({unit.number}) {lesson.network.activations[unit.layer - 1].symbol}"


class Plan:
    """Where everything goes: rows and columns of the canvas. A tight one does without some gaps, and without gathering
    what flows into an output.
    """

    def __init__(self, lesson: Lesson, box: Box, number_width: int, is_tight: bool = False) -> None:
        self.network, self.box, self.number_width, self.is_tight = lesson.network, box, number_width, is_tight
        self.name_width = max(len(name) for name in self.network.parameters)
        digits = number_width - SIGN_AND_POINT
        self.input_width = max(datum_widths(lesson, digits)[0])
        widest = max(len(datum(value, digits)) for row in lesson.table for value in row[:len(lesson.inputs)])
        self.name_gap = 0 if is_tight else 1  # between a wire and its weight
        self.input_room = max(self.input_width + (not is_tight), widest + 1)
        labels = [_label(lesson, unit) for layer in self.network.layers[1:-1] for unit in layer]
        self.unit_width = max(len(f"Z{self.network.computed_units[-1].number} ") + number_width,
                              max(map(len, labels), default=0) - 1)
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
        last = sizes[-1] * (self._lines(self.network.last)) + gap * (sizes[-1] - 1)
        hidden = [size * self._lines(layer) + gap * (size - 1) for layer, size in enumerate(sizes[1:-1], 1)]
        return max(2 * sizes[0], last, *hidden)

    def _lines(self, layer: int) -> int:
        """Lines of a unit: its weights and bias; in the last layer Z, A and its name stand under them."""
        wires = self.network.sizes[layer - 1] + 1
        return wires + 3 if layer == self.network.last else max(wires, 3)

    @property
    def _width(self) -> int:
        return self.gathering(self.network.last) - self.box.x + (-1 if self.is_tight else 1)

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
def _wires(plan: Plan, source: Unit, targets: Sequence[Unit], is_marked: bool) -> Sequence[tuple[int, int, str]]:
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


@dataclass
class _Drawing:
    """Draws a plan: all wires, then the marked ones over them, then what they join."""

    canvas: Canvas
    view: LessonView
    plan: Plan

    def draw(self) -> None:
        layers = self.view.lesson.network.layers
        for unit in layers[0]:
            self._input(unit)
        for sources in layers[:-1]:
            for source in sources:
                self._wires(source, self._targets(source))
        for sources in layers[:-1]:
            for source in sources:
                marked = [target for target in self._targets(source) if self._is_marked(source, target)]
                self._wires(source, marked, is_marked=True)
        for layer in layers[1:]:
            for unit in layer:
                self._parameters(unit)
                self._unit(unit)

    def _input(self, unit: Unit) -> None:
        x, y = self.plan.box.x, self.plan.top(unit)
        on_path, lesson = self._is_marked(unit, None), self.view.lesson
        name = self.canvas.shorten(lesson.inputs[unit.index], self.plan.input_width)
        self.canvas.put(x, y, name, CellStyle.PATH if on_path else CellStyle.NAME)
        value = self.view.datum(lesson.table[self.view.row][unit.index])
        self.canvas.put(x, y + 1, value, CellStyle.PATH if on_path else CellStyle.VALUE)

    def _is_marked(self, source: Unit, target: Unit | None) -> bool:
        """Whether the wire from one unit to another (`target` None: from an input to any) is on the path in hand."""
        view, step = self.view, self.view.step
        if step is None or step.phase is Phase.UPDATE or not view.path_units:
            return False
        if step.unit:
            return step.kind is Kind.NET_INPUT and (target or step.unit).number == step.unit.number and \
                source.layer == step.unit.layer - 1
        if step.parameter_index is None:
            return False
        parameter = view.lesson.order[step.parameter_index]
        owner = view.trace.symbols.target_unit(parameter)
        if source == view.trace.symbols.source_unit(parameter):
            return target is None or target == owner
        return target is not None and {source.number, target.number} <= view.path_units

    def _targets(self, source: Unit) -> tuple[Unit, ...]:
        return self.view.lesson.network.layers[source.layer + 1]

    def _wires(self, source: Unit, targets: Sequence[Unit], is_marked: bool = False) -> None:
        for x, y, text in _wires(self.plan, source, tuple(targets), is_marked):
            self.canvas.put(x, y, text, CellStyle.PATH if is_marked else CellStyle.RULE)

    def _parameters(self, unit: Unit) -> None:
        """Names and values of what flows into a unit, gathered at its left."""
        plan, network = self.plan, self.view.lesson.network
        x, gathering = plan.label(unit.layer), plan.gathering(unit.layer)
        sources = [*network.layers[unit.layer - 1], None]
        for k, source in enumerate(sources):
            y, w = plan.top(unit) + k, self.view.trace.symbols.weight(source, unit)
            style = self._parameter_role(source, unit)
            self.canvas.put(x, y, f"{w.name:>{plan.name_width}}", style if style is CellStyle.PATH else CellStyle.NAME)
            self._number(x + plan.name_width + 1, y, self.view.parameter_now(source, unit), style)
            if unit.layer < network.last or not plan.is_tight:
                self.canvas.put(gathering, y, "┐" if k == 0 else "┘" if k == len(sources) - 1 else "┤",
                                CellStyle.PATH if unit.number in self.view.path_units else CellStyle.RULE)

    def _parameter_role(self, source: Unit | None, unit: Unit) -> CellStyle:
        step, view = self.view.step, self.view
        in_hand = None if step is None or step.parameter_index is None else view.lesson.order[step.parameter_index]
        if step and view.trace.symbols.between(source, unit) == in_hand:
            return CellStyle.FRESH if step.kind is Kind.UPDATE else CellStyle.PATH
        if source is None:
            is_added = step is not None and step.kind is Kind.NET_INPUT and step.unit == unit
            return CellStyle.PATH if is_added else CellStyle.VALUE
        return CellStyle.PATH if self._is_marked(source, unit) else CellStyle.VALUE

    def _unit(self, unit: Unit) -> None:
        """Z, A, its number and function: beside the wires; in the last layer under them."""
        plan, view, symbols = self.plan, self.view, self.view.trace.symbols
        is_last = unit.layer == view.lesson.network.last
        x = plan.label(unit.layer) + plan.name_width - 2 if is_last else plan.gathering(unit.layer) + 2
        y = plan.top(unit) + (view.lesson.network.sizes[-2] + 1 if is_last else 0)
        place = view.lesson.network.computed_units.index(unit)
        indices = view.script.net_input_index(view.row, place), view.script.activation_index(view.row, place)
        on_path = CellStyle.PATH if unit.number in view.path_units else CellStyle.NAME
        width = min(view.number_width, plan.box.right - x - len(symbols.Z(unit).name) - 1) if is_last else None
        for k, (index, quantity) in enumerate(zip(indices, (symbols.Z(unit), symbols.A(unit)), strict=True)):
            is_known = view.is_reached(index)
            self.canvas.put(x, y + k, quantity.name, on_path)
            style = CellStyle.FRESH if view.is_fresh(index) else CellStyle.VALUE if is_known else CellStyle.MUTED
            self._number(x + len(quantity.name) + 1, y + k, view.value_at(index, quantity, view.row), style, width)
        self.canvas.put(x, y + 2, _label(view.lesson, unit), CellStyle.MUTED)

    def _number(self, x: int, y: int, value: float | None, style: CellStyle, width: int | None = None) -> None:
        """A number in its field (`width`: where it is another than the plan's): a place for the sign, then as many
        digits as fit.
        """
        width = width or self.plan.number_width
        if value is None:
            self.canvas.put(x + 1, y, NOT_YET, style)
        else:
            text = self.view.fit(value, width if value < 0 else width - 1)
            self.canvas.put(x, y, f"{align_point(text, 2):<{width}}", style)
