"""A graph of formulas too large to be drawn: a line for each node, the path in hand marked; above them the parameters,
where no table beside has them.

    node = formula                  value     ∂Loss/∂
  ║   h1 = tanh(w·x1+b)             0.46212
  ▸   h2 = tanh(w·x2+u·h1+b)       −0.35492  −0.25036
"""

from collections.abc import Sequence

from engine.graph.graph import Node
from engine.graph.quantity import Source
from tui.view.canvas import Box, Canvas, CellStyle, cut_mark, figure, rule, window
from tui.view.datum import WIDEST_NAME
from tui.view.glyphs import NOT_YET, widest
from tui.view.graph_view import adjoint_now, marked_wires, node_in_hand, title
from tui.view.lesson_view import LessonView

MARK, GAP = 2, 2  # columns for a node's mark, and between two columns of numbers
LEAST_FORMULA = 14  # columns
ON_PATH = "║"
LEAST_LISTED = 4  # lines of nodes that the parameters leave


def draw(canvas: Canvas, box: Box, view: LessonView) -> None:
    """The parameters, if need be; a head; as many nodes as fit around the one in hand."""
    box = rule(canvas, box, title(view))
    if view.lesson.inputs or view.lesson.targets:
        box = _draw_parameters(canvas, box, view)
    nodes, in_hand, name_width = view.chains.graph.nodes, node_in_hand(view), _name_width(view)
    adjoint_x = box.right - view.number_width - 1
    value_x = adjoint_x - view.number_width - GAP
    names_end = box.x + MARK + name_width
    canvas.put_right(names_end, box.y, canvas.shorten("node", name_width), CellStyle.NAME)
    canvas.put(names_end, box.y, " = formula", CellStyle.NAME)
    canvas.put(value_x + 1, box.y, "value", CellStyle.NAME)
    canvas.put_right(box.right - 1, box.y, f"∂{view.trace.symbols.loss.name}/∂", CellStyle.NAME)
    focus = next((k for k, node in enumerate(nodes) if node.quantity == in_hand), 0)
    shown = window(len(nodes), box.height - 1, focus)
    marked = marked_wires(view)
    on_path = {*marked, *(operand for operands in marked.values() for operand in operands)}
    for y, k in enumerate(shown, box.y + 1):
        is_marked, cut = nodes[k].quantity in on_path, cut_mark(k, shown, len(nodes))
        mark = "▸" if nodes[k].quantity == in_hand else cut or ON_PATH * is_marked
        canvas.mark(box.x, y, mark, CellStyle.PATH if mark != "…" else CellStyle.MUTED)
        style = CellStyle.PATH if is_marked or mark == "▸" else CellStyle.NAME
        canvas.put_right(names_end, y, canvas.shorten(nodes[k].quantity.name, name_width), style)
        formula = canvas.shorten(view.chains.graph.line(k).formula, value_x - names_end - 4)
        canvas.put(canvas.put(names_end, y, " = ", CellStyle.MUTED), y, formula, CellStyle.TEXT)
        _numbers(canvas, y, value_x, adjoint_x, view, k)


def widths(view: LessonView) -> tuple[int, int]:
    """How much it takes, twice: with more, longer formulas stand whole."""
    width = MARK + _name_width(view) + len(" = ") + LEAST_FORMULA + 1 + 2 * view.number_width + GAP + 1
    return width, width


def _name_width(view: LessonView) -> int:
    return min(max(len("node"), *(widest(node.quantity.name) for node in view.chains.graph.nodes)), WIDEST_NAME)


def _numbers(canvas: Canvas, y: int, value_x: int, adjoint_x: int, view: LessonView, k: int) -> None:
    """A node's value, and what is known of its ∂Loss/∂."""
    node: Node = view.chains.graph.nodes[k]
    step = view.script.value_index(view.row, k)
    text = view.text_at(step, node.quantity, view.row, view.number_width)
    figure(canvas, value_x, y, text, view.style(step))
    adjoint, index = adjoint_now(view, node.quantity), view.chains.adjoint_index.get(node.quantity)
    if adjoint is not None and index is not None:
        figure(canvas, adjoint_x, y, view.fit(adjoint, view.number_width - (adjoint >= 0)), CellStyle.VALUE)
    elif index is not None:
        figure(canvas, adjoint_x, y, NOT_YET, CellStyle.MUTED)


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
