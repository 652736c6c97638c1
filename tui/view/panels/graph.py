"""A graph of formulas, drawn: data and parameters, every node's formula and value, what is known of its ∂Loss/∂, and
the path in hand.
"""

from functools import lru_cache
from typing import NamedTuple

from engine.graph.graph import Graph
from engine.graph.quantity import Quantity
from engine.text.notation import align_point
from tui.view.canvas import Box, Canvas, CellStyle, rule
from tui.view.glyphs import NOT_YET, widest
from tui.view.graph_plan import Plan, Shape, make_plan
from tui.view.graph_view import adjoint_now, marked_wires, node_in_hand, source_now, title
from tui.view.lesson_view import LessonView

MARGIN = 1  # columns between the border and the picture
TALL, FLAT = 3, 2  # lines of a node: its formula, its value, and below or beside that what is known of its ∂Loss/∂
PLENTY = 1000  # lines and columns


class Style(NamedTuple):
    """How many lines a node takes; whether ∂Loss/∂node is written by its name or, where that is too wide, by `∂`;
    whether parameters have their values, where a table beside has them, too.
    """

    is_flat: bool = False
    has_names: bool = True
    has_values: bool = True


STYLES = [Style(), Style(has_names=False), Style(has_values=False), Style(has_names=False, has_values=False),
          Style(is_flat=True, has_names=False), Style(is_flat=True, has_names=False, has_values=False)]


class Picture(NamedTuple):
    """A plan in a style."""

    plan: Plan
    style: Style


def draw(canvas: Canvas, box: Box, view: LessonView) -> bool:
    """Draw the graph if it fits the box with all digits; returns whether it did."""
    picture = _picture_in(view, box)
    if picture:
        words = "" if picture.style.has_names else f" (∂: ∂{view.trace.symbols.loss.name}/∂ of the node)"
        inner = rule(canvas, box, f"{title(view)}{words}")
        _draw(canvas, inner._replace(x=inner.x + MARGIN), view, picture)
    return picture is not None


def fits(view: LessonView, box: Box) -> bool:
    """Whether it would."""
    return _picture_in(view, box) is not None


def wanted_height(view: LessonView) -> int:
    """How many lines the drawing would take, its title too."""
    picture = _picture(view.trace.graph, PLENTY, PLENTY, view.number_width, True)
    return 1 + picture.plan.height if picture else PLENTY


def _picture_in(view: LessonView, box: Box) -> Picture | None:
    return _picture(view.trace.graph, box.width - MARGIN, box.height - 1, view.number_width, bool(view.lesson.table[0]))


@lru_cache(maxsize=16)
def _picture(graph: Graph, width: int, height: int, number_width: int, has_data: bool) -> Picture | None:
    """The picture that fits a room, if any; kept, since from one step to the next it is the same."""
    styles = [style for style in STYLES if style.has_values or not has_data]
    plans = ((make_plan(graph, _shape(graph, number_width, style), width, height), style) for style in styles)
    return next((Picture(plan, style) for plan, style in plans if plan), None)


def _shape(graph: Graph, number_width: int, style: Style) -> Shape:
    """Where a wire goes on, a blank stands before it."""
    adjoints = {graph.adjoint_of(index): widest(node.quantity.name if style.has_names else "∂") + 1 + number_width
                for index, node in enumerate(graph.adjoints)}
    widths = {}
    for index, node in enumerate(graph.nodes):
        adjoint = adjoints.get(node.quantity, 0)
        numbers = number_width + 2 + adjoint if style.is_flat else max(number_width + 1, adjoint)
        widths[node.quantity] = max(widest(_formula(graph, index)), numbers)
    source_width = _name_width(graph) + 1 + (number_width + 1) * style.has_values
    return Shape(FLAT if style.is_flat else TALL, widths, source_width)


def _formula(graph: Graph, index: int) -> str:
    """`q = a·b`."""
    line = graph.line(index)
    return f"{line.name} = {line.formula}"


@lru_cache(maxsize=16)
def _name_width(graph: Graph) -> int:
    """Of the longest name of a datum or parameter."""
    nodes = {node.quantity for node in graph.nodes}
    return max((widest(operand.name) for node in nodes for operand in graph.operands(node) if operand not in nodes),
               default=0)


def _draw(canvas: Canvas, box: Box, view: LessonView, picture: Picture) -> None:
    plan, marked, in_hand = picture.plan, marked_wires(view), node_in_hand(view)
    for pieces, style in ((plan.wires(), CellStyle.RULE), (plan.marked_wires(marked), CellStyle.PATH)):
        for x, y, text in pieces:
            canvas.put(box.x + x, box.y + y, text, style)
    on_path = {in_hand, *marked, *(operand for operands in marked.values() for operand in operands)}
    for source in plan.layers[0]:
        name_width, y = _name_width(plan.graph), box.y + plan.rows[source]
        style = CellStyle.PATH if source in on_path else CellStyle.NAME
        canvas.put_right(box.x + name_width, y, source.name, style)
        if picture.style.has_values:
            _number(canvas, box.x + name_width + 1, y, view, source_now(view, source), CellStyle.VALUE)
    for index, node in enumerate(plan.graph.nodes):
        x, y = box.x + plan.column(node.quantity), box.y + plan.rows[node.quantity]
        style = CellStyle.PATH if node.quantity in on_path else CellStyle.NAME
        canvas.put(x, y - 1, _formula(plan.graph, index), style)
        step = view.script.value_index(view.row, index)
        _number(canvas, x, y, view, view.value_at(step, node.quantity, view.row), view.style(step))
        _adjoint(canvas, x, y, view, picture, node.quantity)


def _adjoint(canvas: Canvas, x: int, y: int, view: LessonView, picture: Picture, node: Quantity) -> None:
    """What is known of a node's ∂Loss/∂."""
    value, index = adjoint_now(view, node), view.chains.adjoint_index.get(node)
    if value is None or index is None:
        return
    x, y = (x + view.number_width + 1, y) if picture.style.is_flat else (x, y + 1)
    name = view.chains.graph.adjoints[index].quantity.name if picture.style.has_names else "∂"
    x = canvas.put(x, y, name, CellStyle.MUTED)
    _number(canvas, x + 1, y, view, value, CellStyle.VALUE)


def _number(canvas: Canvas, x: int, y: int, view: LessonView, value: float | None, style: CellStyle) -> None:
    """A number in its field: a place for the sign, then as many digits as fit."""
    if value is None:
        canvas.put(x + 1, y, NOT_YET, style)
    else:
        text = view.fit(value, view.number_width - (value >= 0))
        canvas.put(x, y, align_point(text, 2), style)
