"""What a large screen shows besides the panel of the phase, and where: the forward pass of the row in hand and of every
row, the numbers just before, and what the epochs so far came to.

From above to below: the row, every row, the history; then the panel of the phase, next to what explains it. In the
forward pass the row is that panel. From one step to the next nothing moves.
"""

from engine.graph.quantity import Source
from engine.graph.step import Phase
from tui.view.canvas import Box, Canvas, CellStyle
from tui.view.lesson_view import LessonView
from tui.view.panels import every_row, forward, history

LEAST_PANEL, LEAST_EXTRA = 10, 4  # lines
LEAST_EPOCHS = 10  # lines that a table of epochs is worth
MOST_PANEL = 20  # lines of the panel of the phase that come before all others
WIDE = 180  # columns in which a row's formulas and the numbers just before have room side by side


def draw(canvas: Canvas, box: Box, view: LessonView) -> Box:
    """Draw what there is room for; returns the box that is left for the panel of the phase, or between two epochs."""
    if view.phase is None:
        return _draw_below_summary(canvas, box, view)
    row, rest = _cut(box, _row_height(box, view))
    if view.phase is Phase.FORWARD:
        if rest.height < LEAST_EXTRA:
            return box
        row = _draw_just_before(canvas, row, view)
        _draw_epochs(canvas, _draw_every_row(canvas, rest, view), view)
        return row
    if row.height:
        forward.draw(canvas, _draw_just_before(canvas, row, view), view)
    spare = rest.height - _panel_height(view)
    if spare < LEAST_EXTRA:
        return rest
    middle, panel = _cut(rest, spare)
    _draw_epochs(canvas, _draw_every_row(canvas, middle, view), view)
    return panel


def _cut(box: Box, height: int) -> tuple[Box, Box]:
    """The upper lines of a box, and the others."""
    return box._replace(height=height), Box(box.x, box.y + height, box.width, box.height - height)


def _split(canvas: Canvas, box: Box, left: int) -> tuple[Box, Box]:
    """Both sides of a box, with a rule drawn between."""
    for y in range(box.y, box.bottom):
        canvas.put(box.x + left, y, "┬" if y == box.y else "│", CellStyle.RULE)
    return box._replace(width=left), Box(box.x + left + 1, box.y, box.width - left - 1, box.height)


def _row_height(box: Box, view: LessonView) -> int:
    """Of the row's forward pass: all its numbers, the Loss and a title, or what the panel of the phase leaves. Of a
    large network there are fewer, where every row and the epochs have room beside.
    """
    is_forward = view.phase is Phase.FORWARD
    left = box.height if is_forward else box.height - min(_panel_height(view), MOST_PANEL)
    beside = left - every_row.wanted_height(view) - LEAST_EXTRA
    height = min(2 * len(view.script.units) + 3, beside if beside >= LEAST_PANEL else left)
    return height if is_forward or height >= LEAST_EXTRA else 0


def _panel_height(view: LessonView) -> int:
    """Of the panel of the phase: every row, or every parameter that is updated."""
    return max(LEAST_PANEL, 1 + len(view.lesson.order) if view.phase is Phase.UPDATE else 5 + view.lesson.rows)


def _draw_just_before(canvas: Canvas, box: Box, view: LessonView) -> Box:
    """Where it is wide, beside the row; returns what is left of it."""
    if box.width < WIDE:
        return box
    left, right = _split(canvas, box, box.width * 11 // 20)
    history.draw_numbers(canvas, right, view)
    return left


def _draw_every_row(canvas: Canvas, box: Box, view: LessonView) -> Box:
    """Where that leaves room for the epochs; returns that room."""
    table, rest = _cut(box, every_row.wanted_height(view))
    if rest.height < LEAST_EXTRA:
        return box
    every_row.draw(canvas, table, view)
    return rest


def _draw_epochs(canvas: Canvas, box: Box, view: LessonView) -> None:
    """What they came to, at the left the parameters and gradients, as far as there is room; at the right the losses.
    Where it is not wide the numbers just before have the left, and epochs the lines that those leave.
    """
    if box.width < WIDE and box.height >= LEAST_EPOCHS + LEAST_PANEL:
        table, box = _cut(box, LEAST_EPOCHS)
        history.draw_epochs(canvas, table, view, _moving(view))
    left, right = _split(canvas, box, box.width * 3 // 5)
    history.draw_losses(canvas, right, view)
    if box.width < WIDE:
        history.draw_numbers(canvas, left, view)
    elif box.height >= 2 * LEAST_EPOCHS:
        above, below = _cut(left, LEAST_EPOCHS)
        history.draw_epochs(canvas, above, view, Source.PARAMETER)
        history.draw_epochs(canvas, below, view, Source.GRADIENT)
    else:
        history.draw_epochs(canvas, left, view, _moving(view))


def _moving(view: LessonView) -> Source:
    """Which of an epoch's numbers the phase is about."""
    return Source.GRADIENT if view.phase is Phase.BACKWARD else Source.PARAMETER


def _draw_below_summary(canvas: Canvas, box: Box, view: LessonView) -> Box:
    """Once there is an epoch to look back to."""
    panel, rest = _cut(box, min(max(LEAST_PANEL, 6 + view.lesson.rows), box.height))
    if view.cursor.epoch == 1 or rest.height < LEAST_EXTRA:
        return box
    _draw_epochs(canvas, rest, view)
    return panel
