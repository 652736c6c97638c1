"""What a large screen shows besides, below the panel of the phase and what explains it, and how much those leave: the
forward pass of every row; the numbers just before, and the losses; last what the epochs so far came to, which has the
lines that are left. From one step to the next nothing moves.
"""

from engine.graph.quantity import Source
from engine.graph.step import Phase
from tui.view.canvas import Box, Canvas, CellStyle
from tui.view.lesson_view import LessonView
from tui.view.panels import every_row, history

LEAST_PANEL, LEAST_EXTRA = 10, 4  # lines
LISTS = 8  # lines of the numbers just before and of the losses, where there is more room
LEAST_EPOCHS = 8  # lines that a table of epochs is worth


def panel_height(view: LessonView, wanted: int, room: int) -> int:
    """Of the panel of the phase, or between two epochs, which wants so much: the whole room where nothing else has any.
    The written row of a large network is shown in part, where every row and the epochs have room then.
    """
    height = max(LEAST_PANEL, wanted)
    beside = room - every_row.wanted_height(view) - LEAST_EXTRA
    if view.phase is Phase.FORWARD and beside >= LEAST_PANEL:
        return min(height, beside)
    return height if room - height >= LEAST_EXTRA else room


def draw(canvas: Canvas, box: Box, view: LessonView) -> None:
    """Draw what there is room for; before the first epoch there is nothing to show."""
    if box.height < LEAST_EXTRA or (view.phase is None and view.cursor.epoch == 1):
        return
    table, rest = box.cut(every_row.wanted_height(view))
    if view.phase is not None and rest.height >= LEAST_EXTRA:
        every_row.draw(canvas, table, view)
        box = rest
    lists, tables = box.cut(LISTS if box.height >= LISTS + LEAST_EPOCHS else box.height)
    _draw_lists(canvas, lists, view)
    if tables.height >= 2 * LEAST_EPOCHS:
        above, below = tables.cut(tables.height // 2)
        history.draw_epochs(canvas, above, view, Source.PARAMETER)
        history.draw_epochs(canvas, below, view, Source.GRADIENT)
    elif tables.height:
        is_backward = view.phase is Phase.BACKWARD
        history.draw_epochs(canvas, tables, view, Source.GRADIENT if is_backward else Source.PARAMETER)


def _draw_lists(canvas: Canvas, box: Box, view: LessonView) -> None:
    """The numbers just before, and at their right the losses: these alone between two epochs, and in the forward pass,
    whose numbers stand above.
    """
    if view.phase in (None, Phase.FORWARD):
        history.draw_losses(canvas, box, view)
        return
    left = box.width * 3 // 5
    history.draw_numbers(canvas, box._replace(width=left), view)
    history.draw_losses(canvas, Box(box.x + left + 1, box.y, box.width - left - 1, box.height), view)
    for y in range(box.y, box.bottom):
        canvas.put(box.x + left, y, "┬" if y == box.y else "│", CellStyle.RULE)
