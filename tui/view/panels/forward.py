"""The forward pass of one row, written out: every Z, every A, the row's loss."""

from engine.graph.step import Phase
from tui.view.canvas import Box, Canvas, CellStyle, cut_mark, rule, window
from tui.view.equation import draw_line
from tui.view.lesson_view import LessonView

MEANING = 2  # lines that what `≈` means may take from those of the row, once in a lesson


def draw(canvas: Canvas, box: Box, view: LessonView) -> None:
    """A line for each number of the row in hand, as many as fit around the one just filled in."""
    what = "each number from those before it" if view.lesson.formulas else \
        f"Z = Σ w·A{' + b' * (view.lesson.network.bias != 'none')}, then A = f(Z)"
    row = f", row {view.row + 1} of {view.lesson.rows}" * view.has_rows
    box = rule(canvas, box, f"Forward pass{row}: {what}")
    indices = _indices(view)
    focus = next((k for k, index in enumerate(indices) if index >= view.in_hand), len(indices) - 1)
    shown = window(len(indices), box.height, focus)
    entries = [view.trace.entry(view.cursor.epoch, indices[k], view.digits) for k in shown]
    name_width = max((canvas.length(entry.line.name) for entry in entries), default=0)
    for y, (k, entry) in enumerate(zip(shown, entries, strict=True), box.y):
        canvas.mark(box.x, y, cut_mark(k, shown, len(indices)), CellStyle.MUTED)
        draw_line(canvas, Box(box.x + 2, y, box.width - 2, 1), view, indices[k], entry, name_width)


def wanted_height(view: LessonView) -> int:
    """How many lines show the whole row, its title's too."""
    return 1 + len(_indices(view))


def lent_height(view: LessonView) -> int:
    """How many of them it gives where what a sign means is said for the first time, and has no room else."""
    return MEANING * (view.explains_rounding and view.phase is Phase.FORWARD)


def most_height(view: LessonView) -> int:
    """The same for any row: with the Loss, below the last one."""
    return 1 + len(view.trace.graph.nodes) + (view.trace.graph.loss is not None)


def _indices(view: LessonView) -> list[int]:
    """The steps of the row in hand, and the Loss when the last row is done."""
    first, batch = view.script.value_index(view.row, 0), view.batch
    is_last = view.row == batch.rows[-1]
    return list(range(first, batch.forward_end if is_last else view.script.row_loss_index(view.row) + 1))
