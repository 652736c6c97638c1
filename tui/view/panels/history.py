"""The numbers before this one, and the Loss epoch by epoch: shown where there is room."""

import math

from engine.walk.opening import EPOCHS_BESIDE
from tui.view.canvas import Box, Canvas, CellStyle, rule
from tui.view.glyphs import NOT_YET
from tui.view.lesson_view import LessonView, equation


def draw_numbers(canvas: Canvas, box: Box, view: LessonView) -> None:
    """The last lines of the worksheet before the number just filled in, the newest at the bottom."""
    box = rule(canvas, box, "Just before")
    last = view.in_hand
    for y, index in enumerate(range(max(last - box.height, 0), max(last, 0)), box.y):
        entry = view.trace.entry(view.cursor.epoch, index, view.digits)
        row = f"row {entry.step.row + 1}  " if entry.step.row is not None else ""
        x = canvas.put(box.x + 1, y, f"{row:<8}", CellStyle.MUTED)
        value = view.text_at(index, entry.line.quantity, entry.step.row)
        text = f"{entry.line.name} = " if view.is_written(index) else \
            equation(canvas, entry, value, box.right - x - 2, view.digits)
        canvas.put(canvas.put(x, y, text, CellStyle.MUTED), y, value, CellStyle.VALUE)


def draw_losses(canvas: Canvas, box: Box, view: LessonView) -> None:
    """A bar for each of the last epochs that are there, this one the last."""
    box = rule(canvas, box, "Loss, epoch by epoch")
    first = max(1, view.cursor.epoch - min(box.height, EPOCHS_BESIDE + 1) + 1)
    known = ((epoch, view.trace.loss(epoch)) for epoch in range(first, view.cursor.epoch + 1))
    losses = [(epoch, loss) for epoch, loss in known if loss is not None]
    most = max((loss for _, loss in losses if math.isfinite(loss)), default=0.0)
    number_width = len(str(view.cursor.epoch))
    longest = box.width - number_width - view.digits - 8
    for y, (epoch, loss) in enumerate(losses, box.y):
        is_known = epoch < view.cursor.epoch or view.is_reached(view.script.forward_end - 1)
        x = canvas.put(box.x + 1, y, f"{epoch:>{number_width}} ", CellStyle.NAME)
        if is_known and math.isfinite(loss) and most > 0:
            x = canvas.put(x, y, "█" * max(1, round(longest * (loss / most))), CellStyle.RULE)
        text, style = (view.number(loss), CellStyle.VALUE) if is_known else (NOT_YET, CellStyle.MUTED)
        canvas.put(x + 1, y, text, style)
