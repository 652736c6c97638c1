"""A graph of formulas too large to be drawn: a line for each node, the path in hand marked; above them the parameters,
where no table beside has them.

    node = formula                  value     ∂Loss/∂
  ║   h1 = tanh(w·x1+b)             0.46212
  ▸   h2 = tanh(w·x2+u·h1+b)       −0.35492  −0.25036
"""

from collections.abc import Sequence
from typing import NamedTuple

from engine.graph.quantity import Source
from tui.view.canvas import Box, Canvas, CellStyle, cut_mark, figure, rule, window
from tui.view.datum import WIDEST_NAME
from tui.view.glyphs import NOT_YET, widest
from tui.view.graph_view import adjoint_now, marked_wires, node_in_hand, title
from tui.view.lesson_view import LessonView

MARK, GAP = 2, 2  # columns for a node's mark, and between two columns of numbers
LEAST_FORMULA, MOST_FORMULA = 14, 40  # columns
ON_PATH = "║"
LEAST_LISTED = 4  # lines of nodes that the parameters leave


class Columns(NamedTuple):
    """Where the names end, and where values and ∂Loss/∂ begin."""

    names_end: int
    value: int
    adjoint: int


def draw(canvas: Canvas, box: Box, view: LessonView) -> None:
    """The parameters, if need be; a head; as many nodes as fit around the one in hand."""
    box = rule(canvas, box, title(view))
    if view.lesson.inputs or view.lesson.targets:
        box = _draw_parameters(canvas, box, view)
    columns = _columns(canvas, box, view)
    _draw_heads(canvas, box, view, columns)
    nodes, in_hand, marked = view.chains.graph.nodes, node_in_hand(view), marked_wires(view)
    on_path = {*marked, *(operand for operands in marked.values() for operand in operands)}
    focus = next((k for k, node in enumerate(nodes) if node.quantity == in_hand), 0)
    shown = window(len(nodes), box.height - 1, focus)
    for y, k in enumerate(shown, box.y + 1):
        node, cut = nodes[k].quantity, cut_mark(k, shown, len(nodes))
        is_marked = node == in_hand or node in on_path
        mark = "▸" if node == in_hand else cut or ON_PATH * is_marked
        canvas.mark(box.x, y, mark, CellStyle.MUTED if mark == cut else CellStyle.PATH)
        _draw_node(canvas, y, view, k, columns, CellStyle.PATH if is_marked else CellStyle.NAME)


def _columns(canvas: Canvas, box: Box, view: LessonView) -> Columns:
    """Values stand behind the longest formula, or at the right."""
    names_end, graph = box.x + MARK + _name_width(view), view.chains.graph
    longest = max(canvas.length(graph.line(k).formula) for k in range(len(graph.nodes)))
    value = min(names_end + len(" = ") + longest + GAP, box.right - 2 * view.number_width - GAP - 1)
    return Columns(names_end, value, value + view.number_width + GAP)


def _draw_heads(canvas: Canvas, box: Box, view: LessonView, columns: Columns) -> None:
    canvas.put_right(columns.names_end, box.y, "node", CellStyle.NAME)
    canvas.put(columns.names_end, box.y, " = formula", CellStyle.NAME)
    canvas.put(columns.value + 1, box.y, "value", CellStyle.NAME)
    slope = canvas.shorten(f"∂{view.trace.symbols.loss.name}/∂", view.number_width)
    canvas.put(columns.adjoint + 1, box.y, slope, CellStyle.NAME)


def _draw_node(canvas: Canvas, y: int, view: LessonView, k: int, columns: Columns, style: CellStyle) -> None:
    """Name, formula, value, and what is known of its ∂Loss/∂."""
    node, line = view.chains.graph.nodes[k].quantity, view.chains.graph.line(k)
    canvas.put_right(columns.names_end, y, canvas.shorten(node.name, _name_width(view)), style)
    x = canvas.put(columns.names_end, y, " = ", CellStyle.MUTED)
    canvas.put(x, y, canvas.shorten(line.formula, columns.value - x - 1), CellStyle.TEXT)
    step = view.script.value_index(view.row, k)
    figure(canvas, columns.value, y, view.text_at(step, node, view.row, view.number_width), view.style(step))
    if node in view.chains.adjoint_index:
        adjoint = adjoint_now(view, node)
        text = NOT_YET if adjoint is None else view.fit(adjoint, view.number_width - (adjoint >= 0))
        figure(canvas, columns.adjoint, y, text, CellStyle.MUTED if adjoint is None else CellStyle.VALUE)


def widths(view: LessonView) -> tuple[int, int]:
    """How much shows every formula whole, unless it is very long; and how much it takes at least."""
    around = MARK + _name_width(view) + len(" = ") + 1 + 2 * view.number_width + GAP + 1
    graph = view.chains.graph
    longest = max(widest(graph.line(k).formula) for k in range(len(graph.nodes)))
    return around + min(max(longest, LEAST_FORMULA), MOST_FORMULA), around + LEAST_FORMULA


def _name_width(view: LessonView) -> int:
    return min(max(len("node"), *(widest(node.quantity.name) for node in view.chains.graph.nodes)), WIDEST_NAME)


def _draw_parameters(canvas: Canvas, box: Box, view: LessonView) -> Box:
    """`w 0.8  u −0.5`, in as many lines as the nodes leave; returns what is left."""
    symbols = view.trace.symbols
    texts = [f"{name} {view.fit(view.read(symbols.parameter(parameter, Source.PARAMETER)), view.number_width)}"
             for name, parameter in view.lesson.model.parameters.items()]
    lines = _flow(canvas, texts, box.width - MARK)
    most = max(box.height - 1 - min(LEAST_LISTED, len(view.chains.graph.nodes)), 1)
    if len(lines) > most:
        lines = [*lines[:most - 1], canvas.cut("  ".join(lines[most - 1:]), box.width - MARK)]
    for y, line in enumerate(lines, box.y):
        canvas.put(box.x + MARK, y, line, CellStyle.VALUE)
    return box.cut(len(lines))[1]


def _flow(canvas: Canvas, texts: Sequence[str], width: int) -> list[str]:
    """Texts in as few lines as take them."""
    lines = list[str]()
    for text in texts:
        if lines and canvas.length(f"{lines[-1]}  {text}") <= width:
            lines[-1] += f"  {text}"
        else:
            lines.append(text)
    return lines
