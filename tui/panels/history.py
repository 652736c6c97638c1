"""The numbers before this one, and the Loss epoch by epoch: shown where there is room."""

import math

from tui.glyphs import NOT_YET
from tui.scene import Scene, equation
from tui.view import Box, Canvas, Role, rule

MOST_EPOCHS = 12


def draw_numbers(canvas: Canvas, box: Box, scene: Scene) -> None:
    """The last lines of the worksheet before the number just filled in, the newest at the bottom."""
    box = rule(canvas, box, "Just before")
    last = scene.in_hand
    for y, index in enumerate(range(max(last - box.height, 0), max(last, 0)), box.y):
        entry = scene.trace.entry(scene.cursor.epoch, index, scene.digits)
        row = f"row {entry.step.row + 1}  " if entry.step.row is not None else ""
        x = canvas.put(box.x + 1, y, f"{row:<8}", Role.MUTED)
        value = scene.shown(index, entry.line.quantity, entry.step.row)
        text = f"{entry.line.name} = " if scene.is_written(index) else equation(canvas, entry, value, box.right - x - 2)
        canvas.put(canvas.put(x, y, text, Role.MUTED), y, value, Role.VALUE)


def draw_losses(canvas: Canvas, box: Box, scene: Scene) -> None:
    """A bar for each of the last epochs, this one the last."""
    box = rule(canvas, box, "Loss, epoch by epoch")
    first = max(1, scene.cursor.epoch - min(box.height, MOST_EPOCHS) + 1)
    losses = scene.trace.losses(first, scene.cursor.epoch)
    most = max((loss for loss in losses if math.isfinite(loss)), default=0.0)
    number_width = len(str(scene.cursor.epoch))
    longest = box.width - number_width - scene.digits - 8
    for y, (epoch, loss) in enumerate(enumerate(losses, first), box.y):
        is_known = epoch < scene.cursor.epoch or scene.reached(scene.script.forward_end - 1)
        x = canvas.put(box.x + 1, y, f"{epoch:>{number_width}} ", Role.NAME)
        if is_known and math.isfinite(loss) and most > 0:
            x = canvas.put(x, y, "█" * max(1, round(longest * (loss / most))), Role.RULE)
        canvas.put(x + 1, y, scene.number(loss) if is_known else NOT_YET, Role.VALUE if is_known else Role.MUTED)
