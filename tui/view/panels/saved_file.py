"""What is wrong with the lesson's file as it was saved last: over the picture, until the file is right."""

from engine.walk.walk import Walk
from tui.view.canvas import Box, Canvas, CellStyle, rule, wrap

TITLE = "The file that was saved; the lesson here is as it was before"


def draw(canvas: Canvas, walk: Walk, text: str) -> None:
    """Over the panel that explains; where something is asked, or there is more to read, over the table and network."""
    lines = wrap(canvas, text, canvas.width - 2)
    room = max(canvas.height - 4, 1)  # without the first lines and the last
    if len(lines) > room:
        lines = [*lines[:room - 1], canvas.cut(" ".join(lines[room - 1:]), canvas.width - 2)]
    is_explaining = walk.mode == "watch" and not walk.search and not walk.results.is_open
    y = canvas.height - len(lines) - 2 if is_explaining else 1
    for row in range(max(y, 0), y + len(lines) + 1):
        canvas.put(0, row, " " * canvas.width)
    rule(canvas, Box(0, y, canvas.width, 1), TITLE)
    for row, line in enumerate(lines, y + 1):
        canvas.put(1, row, line, CellStyle.WRONG)
