"""By hand, once a chain is done: each number as it was written beside the true one, and what there is to say of it."""

from engine.walk.walk import Judged
from tui.view.canvas import Box, Canvas, CellStyle, cut_mark, figure, rule, window, wrap
from tui.view.factor_table import MARKS
from tui.view.lesson_view import LessonView

COLUMN, LEAST_NAME, INDENT = 13, 12, 4
OPEN = "open"
WORDS = {"exact": "right", "rounded": "right, rounded", "follows": "follows", "coarse": "too few digits",
         "given-up": "left open"}  # by the verdict's reason; any other is not right


def draw(canvas: Canvas, box: Box, view: LessonView) -> None:
    """All verdicts if there is room; else the one that is read, whole, among the numbers."""
    results = view.walk.results
    box = rule(canvas, box, f"By hand, {results.about}: {results.summary.removesuffix('.').lower()}")
    name_width = max(LEAST_NAME, *(canvas.length(each.name) for each in results.judged))
    x = box.x + INDENT + name_width
    canvas.put(x + 2, box.y, "yours", CellStyle.NAME)
    canvas.put(x + COLUMN + 2, box.y, "true", CellStyle.NAME)
    said = [_wrap_words(canvas, each, box.width) for each in results.judged]
    room = box.height - 1
    if len(said) + sum(map(len, said)) > room:
        said = [lines if k == results.pointed else [] for k, lines in enumerate(said)]
    count = len(results.judged)
    shown = window(count, min(count, max(room - len(said[results.pointed]), 1)), results.pointed)
    y = box.y + 1
    for k in shown:
        mark = "▸" if k == results.pointed else cut_mark(k, shown, count)
        canvas.mark(box.x + 1, y, mark, CellStyle.PATH)
        _number(canvas, box.x + INDENT - 1, y, x, view, results.judged[k])
        for text in said[k][:box.bottom - y - 1]:
            y += 1
            canvas.put(box.x + INDENT + 1, y, text)
        y += 1


def wanted_height(canvas: Canvas, width: int, view: LessonView) -> int:
    """How many lines show them all, a title's and a head's too."""
    return 2 + sum(1 + len(_wrap_words(canvas, each, width)) for each in view.walk.results.judged)


def _wrap_words(canvas: Canvas, judged: Judged, width: int) -> list[str]:
    return wrap(canvas, judged.said, width - INDENT - 2) if judged.said else []


def _number(canvas: Canvas, name_x: int, y: int, x: int, view: LessonView, judged: Judged) -> None:
    """`Z3   ×0.4   0.9   not right`."""
    style = CellStyle.RIGHT if judged.is_right else CellStyle.WRONG
    canvas.put(name_x, y, judged.name, CellStyle.NAME)
    figure(canvas, x + 1, y, OPEN if judged.written is None else view.number(judged.written), style,
           mark="" if judged.is_right else MARKS[CellStyle.WRONG])
    figure(canvas, x + COLUMN + 1, y, view.number(judged.value), CellStyle.VALUE)
    canvas.put(x + 2 * COLUMN + 1, y, WORDS.get(judged.reason, "not right"), style)
