"""The network, drawn: units, wires, every parameter's value, the row's Z and A, and the path in hand.

Layers stand from left to right. Each unit has a wire for each of its weights and its bias, gathered at its left; an
activation leaves on its unit's A line and goes up and down a lane of its own to the weights that it meets:

    x1 ┬── w13  0.8 ┐ Z3  0.3
       │┌─ w23 −0.6 ┤ A3  0.3 ┐
       ││   b3  0.1 ┘ (3) ReLU└─ w35 −0.4 ┐
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from engine.graph.network import Unit
from engine.graph.step import Kind, Phase
from engine.lesson.lesson import Lesson
from engine.text.notation import align_point
from tui.view.canvas import Box, Canvas, CellStyle, rule
from tui.view.glyphs import NOT_YET
from tui.view.lesson_view import FIXED, LessonView
from tui.view.network_plan import Plan, label_of, wires

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
        if self.view.lesson.network.is_joined:
            self._join()

    def _join(self) -> None:
        """A softmax's units: each A is made of all their Z. The path in hand may go from one's Z to another's A."""
        outputs, x = self.view.lesson.network.layers[-1], self.plan.join
        rows = [y for unit in outputs for y in (self.plan.top(unit), self.plan.exit(unit))]
        if self.plan.has_one_label:
            symbol = self.view.lesson.network.activations[-1].symbol
            self.canvas.put(self.plan.gathering(outputs[0].layer) + 2, self.plan.label_row, symbol, CellStyle.MUTED)
        for y in range(rows[0], rows[-1] + 1):
            corner = {rows[0]: "┐", rows[-1]: "┘"}.get(y, "┤" if y in rows else "│")
            self.canvas.put(x - 1, y, f"{'─' if y in rows else ' '}{corner}", CellStyle.RULE)
        on_path = [unit for unit in self.view.path if unit in outputs]
        if len(on_path) > 1:
            above, below = sorted((self.plan.top(on_path[0]), self.plan.exit(on_path[1])))
            for y in range(above, below + 1):
                self.canvas.put(x, y, {above: "╗", below: "╝"}.get(y, "║"), CellStyle.PATH)
            for y in (above, below):
                self.canvas.put(x - 1, y, "═", CellStyle.PATH)

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
        if source == view.trace.symbols.source_unit(view.lesson.order[step.parameter_index]):
            return target in (None, view.path[0])
        return target is not None and (source, target) in pairwise(view.path)

    def _targets(self, source: Unit) -> tuple[Unit, ...]:
        return self.view.lesson.network.layers[source.layer + 1]

    def _wires(self, source: Unit, targets: Sequence[Unit], is_marked: bool = False) -> None:
        for x, y, text in wires(self.plan, source, tuple(targets), is_marked):
            self.canvas.put(x, y, text, CellStyle.PATH if is_marked else CellStyle.RULE)

    def _parameters(self, unit: Unit) -> None:
        """Names and values of what flows into a unit, gathered at its left."""
        plan, network = self.plan, self.view.lesson.network
        x, gathering = plan.label(unit.layer), plan.gathering(unit.layer)
        sources = network.sources(unit)
        ends = {0: "┐", len(sources) - 1: "┘"} if len(sources) > 1 else {0: "─"}
        for k, source in enumerate(sources):
            y, w = plan.top(unit) + k, self.view.trace.symbols.between(source, unit)
            style, sign = self._parameter_role(source, unit), FIXED * (w.name in self.view.fixed)
            self.canvas.put(x, y, f"{w.name:>{plan.name_width}}{sign}",
                            style if style is CellStyle.PATH else CellStyle.NAME)
            self._number(x + plan.name_width + 1, y, self.view.parameter_now(source, unit), style)
            if not plan.is_tight or not plan.has_values_under(unit.layer):
                self.canvas.put(gathering, y, ends.get(k, "┤"),
                                CellStyle.PATH if unit.number in self.view.path_units else CellStyle.RULE)

    def _parameter_role(self, source: Unit | None, unit: Unit) -> CellStyle:
        step, view = self.view.step, self.view
        in_hand = None if step is None or step.parameter_index is None else view.lesson.order[step.parameter_index]
        if step and view.trace.symbols.between(source, unit) == in_hand and unit in (view.path[:1] or (unit,)):
            return CellStyle.FRESH if step.kind is Kind.UPDATE else CellStyle.PATH
        if source is None:
            is_added = step is not None and step.kind is Kind.NET_INPUT and step.unit == unit
            return CellStyle.PATH if is_added else CellStyle.VALUE
        return CellStyle.PATH if self._is_marked(source, unit) else CellStyle.VALUE

    def _unit(self, unit: Unit) -> None:
        """Z, A, its number and function: beside the wires; in the last layer under them."""
        plan, view, symbols = self.plan, self.view, self.view.trace.symbols
        is_under = plan.has_values_under(unit.layer)
        x = plan.label(unit.layer) + plan.name_width - 2 if is_under else plan.gathering(unit.layer) + 2
        y = plan.top(unit) + (len(view.lesson.network.sources(unit)) if is_under else 0)
        place = view.lesson.network.computed_units.index(unit)
        indices = view.script.net_input_index(view.row, place), view.script.activation_index(view.row, place)
        on_path = CellStyle.PATH if unit.number in view.path_units else CellStyle.NAME
        width = min(view.number_width, plan.box.right - x - len(symbols.Z(unit).name) - 1) if is_under else None
        for k, (index, quantity) in enumerate(zip(indices, (symbols.Z(unit), symbols.A(unit)), strict=True)):
            is_known = view.is_reached(index)
            self.canvas.put(x, y + k, quantity.name, on_path)
            style = CellStyle.FRESH if view.is_fresh(index) else CellStyle.VALUE if is_known else CellStyle.MUTED
            self._number(x + len(quantity.name) + 1, y + k, view.value_at(index, quantity, view.row), style, width)
        if not (plan.has_one_label and unit.layer == view.lesson.network.last):
            self.canvas.put(x, y + 2, label_of(view.lesson, unit), CellStyle.MUTED)

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
