"""What is wrong with the lesson's file as it was saved last, until it is right: in place of what explains a number;
where something is asked, or there are verdicts to read, in place of the table and the network.
"""

from tui.view.canvas import Box, Canvas, CellStyle, rule, wrap
from tui.view.lesson_view import LessonView

TITLE = "The lesson's file; the lesson here is as it was before"
MOST_HEIGHT = 6  # lines: as many as what explains a number has


def explains(view: LessonView) -> bool:
    """Whether it stands in place of what explains."""
    return bool(view.file_trouble) and _is_watching(view)


def stands_above(view: LessonView) -> bool:
    """Whether it stands in place of the table and the network."""
    return bool(view.file_trouble) and not _is_watching(view)


def _is_watching(view: LessonView) -> bool:
    return view.walk.mode == "watch" and not view.walk.search and not view.walk.results.is_open


def wanted_height(canvas: Canvas, view: LessonView) -> int:
    """How many lines it takes, its title's too."""
    return min(1 + len(wrap(canvas, view.file_trouble, canvas.width - 2)), MOST_HEIGHT)


def draw(canvas: Canvas, box: Box, view: LessonView) -> None:
    """Draw it; what has no room is cut, with the sign for it."""
    inner = rule(canvas, box, TITLE)
    lines = wrap(canvas, view.file_trouble, box.width - 2)
    if len(lines) > inner.height:
        lines = [*lines[:inner.height - 1], canvas.cut(" ".join(lines[inner.height - 1:]), box.width - 2)]
    for y, line in enumerate(lines, inner.y):
        canvas.put(inner.x + 1, y, line, CellStyle.WRONG)
