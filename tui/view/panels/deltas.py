"""The δ of every unit, row by row, outputs first: what all paths to a unit have in common. Of formulas ∂Loss/∂ of every
node.
"""

from engine.graph.step import Kind
from engine.trace import cost
from tui.view import factor_list, factor_table
from tui.view.canvas import Box, Canvas, CellStyle, rule
from tui.view.factor_list import Line
from tui.view.factor_table import Cell, Column, Table
from tui.view.hidden_formulas import hides
from tui.view.lesson_view import LessonView

FRAME = 3  # lines above the rows: a title and two heads


def draw(canvas: Canvas, box: Box, view: LessonView) -> None:
    """A table of δ: a column for each unit, a line for each row. Where there is but one row, a line for each."""
    if not view.has_rows:
        draw_row(canvas, box, view)
        return
    table = _table(box, view)
    pages = factor_table.pages(canvas, box.width, table)
    box = rule(canvas, box, f"{_what(view)}: each from those {_after(view)}",
               view.turns.hints(len(pages), view.hint("others", "other δ")))
    factor_table.draw_page(canvas, box, table, pages[view.turns.page(len(pages))])
    _draw_costs(canvas, box, box.y + 2 + len(table.labels), view)


def _what(view: LessonView) -> str:
    return f"∂{view.trace.symbols.loss.name}/∂ of every node" if view.lesson.formulas else "δ = ∂Loss/∂Z of every unit"


def _after(view: LessonView) -> str:
    return "that use it" if view.lesson.formulas else "after it"


def page_count(canvas: Canvas, box: Box, view: LessonView) -> int:
    """How many pages of columns there are in a box."""
    return 1 if not view.has_rows else len(factor_table.pages(canvas, box.width, _table(box, view)))


def _table(box: Box, view: LessonView) -> Table:
    """With the rows that a box has room for: above what it costs, if there is room."""
    room = box.height - FRAME
    rows = view.rows_in_sight(room - (len(view.batch.rows) > room))
    return Table(*factor_table.row_labels(view, rows), _columns(view, rows), _focus(view))


def draw_row(canvas: Canvas, box: Box, view: LessonView) -> None:
    """A line for each unit, with the row in hand alone."""
    which = f", row {view.row + 1}" if view.has_rows else f": each from those {_after(view)}"
    box = rule(canvas, box, f"{_what(view)}{which}")
    lines = [Line.of(column) for column in _columns(view, range(view.row, view.row + 1))]
    factor_list.draw(canvas, box, lines, _focus(view))
    _draw_costs(canvas, box, box.y + len(lines), view)


def row_height(view: LessonView) -> int:
    """How many lines show every unit then, the title's too."""
    return 1 + len(view.chains.graph.adjoints)


def _draw_costs(canvas: Canvas, box: Box, y: int, view: LessonView) -> None:
    """What the form saves a network, in the lines from one on that are left."""
    if view.lesson.formulas:
        return
    costs = cost.in_words(view.lesson.network).split("; ")
    for row, text in zip(range(y, box.bottom), costs, strict=False):
        canvas.put(box.x + 2, row, canvas.shorten(text, box.width - 2), CellStyle.REUSED)


def _focus(view: LessonView) -> int:
    """Which is in hand."""
    return view.step.node or 0 if view.step and view.step.kind is Kind.DELTA else 0


def _columns(view: LessonView, rows: range) -> list[Column]:
    columns = []
    for k in range(len(view.chains.graph.adjoints)):
        line = view.chains.graph.adjoint(k)
        indices = [view.script.adjoint_index(row, k) for row in rows]
        is_hidden = bool(rows) and hides(view, view.script.adjoint_index(view.row, k))
        columns.append(Column(line.name, line.formula * (not is_hidden), [
            Cell(view.text_at(index, line.quantity, row), view.style(index))
            for index, row in zip(indices, rows, strict=True)], least=view.number_width))
    return columns


def wanted_height(view: LessonView) -> int:
    """How many lines show every row; what they cost has one where there is room."""
    return FRAME + view.most_rows if view.has_rows else row_height(view)
