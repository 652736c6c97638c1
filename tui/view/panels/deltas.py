"""The δ of every unit, row by row, outputs first: what all paths to a unit have in common."""

from engine.trace import cost
from tui.view import factor_table
from tui.view.canvas import Box, Canvas, CellStyle, rule, window
from tui.view.factor_table import Cell, Column, Table
from tui.view.lesson_view import LessonView

FRAME = 3  # lines above the rows: a title and two heads


def draw(canvas: Canvas, box: Box, view: LessonView) -> None:
    """A table of δ: a column for each unit, a line for each row."""
    script, lines = view.script, view.trace.lines
    room = box.height - FRAME
    rows = window(view.lesson.rows, room - (view.lesson.rows > room), view.row)  # above what it costs, if there is room
    units = [unit for layer in reversed(view.lesson.network.layers[1:]) for unit in layer]
    columns = []
    for unit in units:
        line = lines.delta(unit)
        indices = [script.delta_index(row, unit) for row in rows]
        columns.append(Column(line.name, line.formula, [
            Cell(view.text_at(index, line.quantity, row), view.style(index))
            for index, row in zip(indices, rows, strict=True)], least=view.number_width))
    focus = units.index(view.step.unit) if view.step and view.step.unit in units else 0
    heads, labels = factor_table.row_labels(view, rows)
    table = Table(heads, labels, columns, focus)
    pages = factor_table.pages(canvas, box.width, table)
    box = rule(canvas, box, "δ = ∂Loss/∂Z of every unit: each from those after it",
               factor_table.hints(view.turns, len(pages), view.hint("others", "other δ")))
    factor_table.draw_page(canvas, box, table, pages[view.turns % len(pages)])
    costs = cost.in_words(view.lesson.network).split("; ")[:box.height - 2 - len(rows)]
    for y, text in enumerate(costs, box.y + 2 + len(rows)):
        canvas.put(box.x + 2, y, canvas.shorten(text, box.width - 2), CellStyle.REUSED)


def wanted_height(view: LessonView) -> int:
    """How many lines show every row; what they cost has one where there is room."""
    return FRAME + view.lesson.rows
