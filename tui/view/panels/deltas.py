"""The δ of every unit, row by row, outputs first: what all paths to a unit have in common."""

from engine.graph.network import Unit
from engine.trace import cost
from tui.view import factor_list, factor_table
from tui.view.canvas import Box, Canvas, CellStyle, rule
from tui.view.factor_list import Line
from tui.view.factor_table import Cell, Column, Table
from tui.view.lesson_view import LessonView

FRAME = 3  # lines above the rows: a title and two heads


def draw(canvas: Canvas, box: Box, view: LessonView) -> None:
    """A table of δ: a column for each unit, a line for each row."""
    table = _table(box, view)
    pages = factor_table.pages(canvas, box.width, table)
    box = rule(canvas, box, "δ = ∂Loss/∂Z of every unit: each from those after it",
               view.turns.hints(len(pages), view.hint("others", "other δ")))
    factor_table.draw_page(canvas, box, table, pages[view.turns.page(len(pages))])
    _draw_costs(canvas, box, box.y + 2 + len(table.labels), view)


def page_count(canvas: Canvas, box: Box, view: LessonView) -> int:
    """How many pages of columns there are in a box."""
    return len(factor_table.pages(canvas, box.width, _table(box, view)))


def _table(box: Box, view: LessonView) -> Table:
    """With the rows that a box has room for: above what it costs, if there is room."""
    room = box.height - FRAME
    rows = view.rows_in_sight(room - (len(view.batch.rows) > room))
    return Table(*factor_table.row_labels(view, rows), _columns(view, rows), _focus(view))


def draw_row(canvas: Canvas, box: Box, view: LessonView) -> None:
    """A line for each unit, with the row in hand alone."""
    box = rule(canvas, box, f"δ = ∂Loss/∂Z of every unit, row {view.row + 1}")
    lines = [Line.of(column) for column in _columns(view, range(view.row, view.row + 1))]
    factor_list.draw(canvas, box, lines, _focus(view))
    _draw_costs(canvas, box, box.y + len(lines), view)


def row_height(view: LessonView) -> int:
    """How many lines show every unit then, the title's too."""
    return 1 + len(_units(view))


def _draw_costs(canvas: Canvas, box: Box, y: int, view: LessonView) -> None:
    """What the form saves, in the lines from one on that are left."""
    costs = cost.in_words(view.lesson.network).split("; ")
    for row, text in zip(range(y, box.bottom), costs, strict=False):
        canvas.put(box.x + 2, row, canvas.shorten(text, box.width - 2), CellStyle.REUSED)


def _focus(view: LessonView) -> int:
    """Which unit is in hand."""
    units = _units(view)
    return units.index(view.step.unit) if view.step and view.step.unit in units else 0


def _units(view: LessonView) -> list[Unit]:
    """Those that have a δ, in its order."""
    return [unit for layer in reversed(view.lesson.network.layers[1:]) for unit in layer]


def _columns(view: LessonView, rows: range) -> list[Column]:
    columns = []
    for k in range(len(_units(view))):
        line = view.chains.graph.adjoint(k)
        indices = [view.script.adjoint_index(row, k) for row in rows]
        columns.append(Column(line.name, line.formula, [
            Cell(view.text_at(index, line.quantity, row), view.style(index))
            for index, row in zip(indices, rows, strict=True)], least=view.number_width))
    return columns


def wanted_height(view: LessonView) -> int:
    """How many lines show every row; what they cost has one where there is room."""
    return FRAME + view.most_rows
