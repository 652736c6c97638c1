"""The δ of every unit, row by row, outputs first: what all paths to a unit have in common."""

from engine import cost
from tui import factor_table
from tui.factor_table import Cell, Column
from tui.scene import Scene
from tui.view import Box, Canvas, Role, rule, window


def draw(canvas: Canvas, box: Box, scene: Scene) -> None:
    """A table of δ: a column for each unit, a line for each row."""
    box = rule(canvas, box, "δ = ∂Loss/∂Z of every unit: each from those after it")
    script, lines = scene.script, scene.trace.lines
    rows = window(scene.lesson.rows, box.height - 4, scene.row)
    units = [unit for layer in reversed(scene.lesson.network.layers[1:]) for unit in layer]
    columns = []
    for unit in units:
        line = lines.delta(unit)
        indices = [script.delta_index(row, unit) for row in rows]
        columns.append(Column(line.name, line.formula, [
            Cell(scene.shown(index, line.quantity, row), scene.role(index))
            for index, row in zip(indices, rows, strict=True)], longest_formula=(box.width - 16) // min(len(units), 4)))
    focus = units.index(scene.step.unit) if scene.step and scene.step.unit in units else 0
    heads, labels = factor_table.row_labels(scene, rows)
    factor_table.draw(canvas, box, heads, labels, columns, focus)
    for line_number, text in enumerate(cost.in_words(scene.lesson.network).split("; ")):
        canvas.put(box.x + 2, box.y + 2 + len(rows) + line_number, canvas.shortened(text, box.width - 2), Role.REUSED)
