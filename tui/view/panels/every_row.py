"""The forward pass of every row, a line for each: Z and A of every unit, the row's loss."""

from engine.graph.step import Kind, Phase
from tui.view import factor_table
from tui.view.canvas import Box, Canvas, rule
from tui.view.factor_table import Cell, Column
from tui.view.lesson_view import LessonView

FRAME = 3  # lines above the rows: a title and two heads


def draw(canvas: Canvas, box: Box, view: LessonView) -> None:
    """As many rows as fit; of a large network the part that has the unit in hand."""
    count, focus = len(view.trace.graph.nodes), _focus(view)  # numbers of a row
    rows = view.rows_in_sight(box.height - FRAME)
    heads, labels = factor_table.row_labels(view, rows)
    shown = factor_table.part_with(canvas, box.width, view, labels, heads, count, focus)
    columns = [_column(view, place, rows) for place in shown]
    which = f", from {columns[0].name} to {columns[-1].name}" if len(shown) < count else ""
    of_batch = f" of batch {view.batch.number + 1}" * view.has_batches
    box = rule(canvas, box, f"Forward pass, every row{of_batch}{which}")
    factor_table.draw(canvas, box, heads, labels, columns, focus - shown.start)


def wanted_height(view: LessonView) -> int:
    """How many lines show every row."""
    return FRAME + view.most_rows


def _focus(view: LessonView) -> int:
    """The place, among the numbers of a row, of the one in hand; in a chain of the node that the parameter goes into.
    """
    step, graph = view.step, view.chains.graph
    if step and step.phase is Phase.FORWARD and step.row is not None:
        return view.in_hand - view.script.value_index(step.row, 0)
    nodes = [node.quantity for node in graph.nodes]
    if step and step.parameter_index is not None:
        users = [*graph.users(view.trace.symbols.parameter(view.lesson.order[step.parameter_index])), *nodes]
        return nodes.index(next(user for user in users if user in nodes))
    return nodes.index(graph.adjoint_of(step.node)) if step and step.node is not None else 0


def _column(view: LessonView, place: int, rows: range) -> Column:
    step = view.script.step(place)
    line = view.trace.line(step)
    indices = [view.script.value_index(row, place) for row in rows]
    cells = [Cell(view.text_at(index, line.quantity, row), view.style(index))
             for row, index in zip(rows, indices, strict=True)]
    formula = line.formula if step.kind is Kind.ACTIVATION else ""  # of a Z it is too long, and in the panel of the row
    return Column(line.name, formula, cells, least=view.number_width)
