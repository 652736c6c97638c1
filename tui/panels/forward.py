"""The forward pass of one row, written out: every Z, every A, the row's loss."""

from engine.trace import Entry
from tui.scene import Scene
from tui.view import Box, Canvas, Role, cut_mark, figure, rule, window


def draw(canvas: Canvas, box: Box, scene: Scene) -> None:
    """A line for each number of the row in hand, as many as fit around the one just filled in."""
    box = rule(canvas, box, f"Forward pass, row {scene.row + 1} of {scene.lesson.rows}: Z = Σ w·A + b, then A = f(Z)")
    indices = _indices(scene)
    focus = next((k for k, index in enumerate(indices) if index >= scene.in_hand), len(indices) - 1)
    shown = window(len(indices), box.height, focus)
    entries = [scene.trace.entry(scene.cursor.epoch, indices[k], scene.digits) for k in shown]
    name_width = max((canvas.length(entry.line.name) for entry in entries), default=0)
    for y, (k, entry) in enumerate(zip(shown, entries, strict=True), box.y):
        canvas.put(box.x, y, cut_mark(k, shown, len(indices)), Role.MUTED)
        _line(canvas, Box(box.x + 2, y, box.width - 2, 1), scene, indices[k], entry, name_width)


def _indices(scene: Scene) -> list[int]:
    """The steps of the row in hand, and the Loss when the last row is done."""
    first, last = scene.script.unit_index(scene.row, 0), scene.script.row_loss_index(scene.row)
    is_last = scene.row == scene.lesson.rows - 1
    return list(range(first, last + 1 + is_last))


def _line(canvas: Canvas, box: Box, scene: Scene, index: int, entry: Entry, name_width: int) -> None:
    line, y = entry.line, box.y
    canvas.put_right(box.x + name_width, y, line.name, Role.NAME)
    x = canvas.put(box.x + name_width, y, " = ", Role.MUTED)
    room = box.right - x - scene.digits - 6
    formula = "" if line.formula == line.name else f"{line.formula} = "
    reached = scene.reached(index)
    is_true = reached and not scene.is_written(index)
    numbers = f"{entry.substitution} = " if is_true and entry.substitution != scene.number(entry.value) else ""
    if canvas.length(formula + numbers) > room and numbers:
        formula = ""
    x = canvas.put(x, y, canvas.shortened(formula, room), Role.TEXT if reached else Role.MUTED)
    x = canvas.put(x, y, canvas.shortened(numbers, box.right - x - scene.digits - 6), Role.VALUE)
    figure(canvas, x, y, scene.shown(index, line.quantity, scene.row), scene.role(index), before=0)

