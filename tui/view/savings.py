"""What reusing what was found before saves in a chain, in words."""

from engine.trace import cost
from tui.view.canvas import Box, Canvas, CellStyle
from tui.view.factor_table import REUSED_MARK
from tui.view.lesson_view import LessonView


def found_before(view: LessonView, parameter_index: int) -> str:
    """How much of a parameter's chain is reused; in the δ form all is."""
    chains = view.chains
    marks, rows = [mark for path in chains.reuse_marks[parameter_index] for mark in path], view.lesson.rows
    is_first = parameter_index == 0 and view.lesson.formulas is not None  # nothing has been found yet
    if not chains.by_paths or not any(marks) or is_first:
        return ""
    return f"{REUSED_MARK} {sum(marks) * rows} of {len(marks) * rows} factors found before"


def draw_work(canvas: Canvas, box: Box, view: LessonView) -> None:
    """At the right of a network's δ chain's end, how many multiplications both forms take."""
    network = view.lesson.network
    texts = ("multiplications a row:", f"{cost.by_paths(network)} by paths, {cost.by_delta(network)} by δ")
    if max(map(canvas.length, texts)) <= box.width:
        for y, text in enumerate(texts, box.y):
            canvas.put(box.x, y, text, CellStyle.REUSED)
