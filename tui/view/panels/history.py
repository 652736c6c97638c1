"""What came before, where there is room: numbers before this one; epoch by epoch the Loss, parameters, gradients."""

import math
from collections.abc import Sequence

from engine.graph.quantity import Source
from engine.walk.opening import epochs_beside
from tui.view import factor_table
from tui.view.canvas import Box, Canvas, CellStyle, rule
from tui.view.equation import equation
from tui.view.factor_table import Cell, Column, Label
from tui.view.glyphs import NOT_YET
from tui.view.lesson_view import LessonView

LONGEST_BAR = 40  # columns
EPOCHS_FRAME = 3  # lines above a table of epochs: a title and two heads
TITLES = {Source.PARAMETER: "Parameters, epoch by epoch", Source.GRADIENT: "Gradients ∂{loss}/∂w, epoch by epoch"}


def draw_numbers(canvas: Canvas, box: Box, view: LessonView) -> None:
    """The last lines of the worksheet before the number just filled in, the newest at the bottom. They go up by half of
    the lines at once, so that from one step to the next only one is new.
    """
    box = rule(canvas, box, "Just before")
    last, turn = max(view.in_hand, 0), (box.height + 1) // 2
    first = max(math.ceil((last - box.height) / turn) * turn, 0)
    for y, index in enumerate(range(first, last), box.y):
        entry = view.trace.entry(view.cursor.epoch, index, view.digits)
        row = f"row {entry.step.row + 1}  " if entry.step.row is not None and view.has_rows else ""
        x = canvas.put(box.x + 1, y, f"{row:<8}", CellStyle.MUTED)
        value = view.text_at(index, entry.line.quantity, entry.step.row)
        text = f"{entry.line.name} = " if view.is_written(index) else \
            equation(canvas, entry, value, box.right - x - 2, view.digits)
        canvas.put(canvas.put(x, y, text, CellStyle.MUTED), y, value, CellStyle.VALUE)


def draw_losses(canvas: Canvas, box: Box, view: LessonView) -> None:
    """A bar for each of the last epochs that are there, this one the last."""
    box = rule(canvas, box, f"{view.trace.symbols.loss.name}, epoch by epoch")
    first = max(1, view.cursor.epoch - min(box.height, epochs_beside(view.lesson) + 1) + 1)
    known = ((epoch, view.trace.loss(epoch)) for epoch in range(first, view.cursor.epoch + 1))
    losses = [(epoch, loss) for epoch, loss in known if loss is not None]
    most = max((loss for _, loss in losses if math.isfinite(loss)), default=0.0)
    number_width = len(str(view.cursor.epoch))
    longest = min(box.width - number_width - view.digits - 8, LONGEST_BAR)
    for y, (epoch, loss) in enumerate(losses, box.y):
        is_known = epoch < view.cursor.epoch or view.is_reached(view.script.batches[-1].loss_index)
        x = canvas.put(box.x + 1, y, f"{epoch:>{number_width}} ", CellStyle.NAME)
        if is_known and math.isfinite(loss) and most > 0:
            x = canvas.put(x, y, "█" * max(1, round(longest * (loss / most))), CellStyle.RULE)
        text, style = (view.number(loss), CellStyle.VALUE) if is_known else (NOT_YET, CellStyle.MUTED)
        canvas.put(x + 1, y, text, style)


def draw_epochs(canvas: Canvas, box: Box, view: LessonView, source: Source) -> None:
    """The parameters or the gradients of the last epochs, this one the last; of many those around the one in hand."""
    last, order, step = view.cursor.epoch, view.lesson.order, view.step
    focus = step.parameter_index if step and step.parameter_index is not None else 0
    count = min(box.height - EPOCHS_FRAME, view.trace.history.epochs_at_hand, last)
    epochs = [epoch for epoch in range(last - count + 1, last + 1) if view.trace.is_near(epoch)]
    heads, labels = ["epoch"], [Label("▸" if epoch == last else "", [str(epoch)]) for epoch in epochs]
    shown = factor_table.part_with(canvas, box.width, view, labels, heads, len(order), focus)
    columns = [_epoch_column(view, k, source, epochs) for k in shown]
    which = f", from {columns[0].name} to {columns[-1].name}" if len(shown) < len(order) else ""
    of_batch = f", batch {view.batch.number + 1}" * view.has_batches
    box = rule(canvas, box, f"{TITLES[source].format(loss=view.trace.symbols.loss.name)}{of_batch}{which}")
    factor_table.draw(canvas, box, heads, labels, columns, focus - shown.start)


def _epoch_column(view: LessonView, parameter_index: int, source: Source, epochs: Sequence[int]) -> Column:
    parameter = view.lesson.order[parameter_index]
    quantity = view.trace.symbols.parameter(parameter, source)
    cells = [Cell(view.number(view.trace.read(epoch, quantity, view.batch.rows.start)), CellStyle.VALUE)
             for epoch in epochs[:-1]]
    index = view.batch.gradient_index(parameter_index)
    cells.append(Cell(view.text_at(index, quantity), view.style(index)) if source is Source.GRADIENT else
                 Cell(view.number(view.read(quantity)), CellStyle.VALUE))
    return Column(parameter.name, f"({parameter_index + 1})", cells, least=view.number_width)
