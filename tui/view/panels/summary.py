"""Between two epochs: what the update did to the Loss and to every prediction."""

import math

from engine.export.worksheet import goal_in_words
from engine.lesson.notes import without_emphasis
from engine.trace.lines import DIVERGED
from tui.view import factor_table
from tui.view.canvas import Box, Canvas, CellStyle, rule, window, wrap
from tui.view.factor_table import Cell, Column
from tui.view.lesson_view import LessonView

INTRODUCTION = """Train this network by hand, and see every number.

forward   each row through the network: Z, A, the row's loss; then Loss
backward  each parameter's chain rule: every factor, row by row; then Σ
update    every parameter moves against its gradient; then the next epoch
"""
FIRST_KEYS = {"step": "the first number", "back": "takes it back", "words": "more about it", "menu": "other lessons"}


def draw(canvas: Canvas, box: Box, view: LessonView) -> None:
    """Before the first epoch, what is going to happen; before any other, what the last update did."""
    if view.cursor.epoch == 1:
        _introduce(canvas, rule(canvas, box, view.lesson.title), view)
        return
    is_changed = any(change.epoch == view.cursor.epoch for change in view.walk.changes)
    box = rule(canvas, box, f"What the update of epoch {view.cursor.epoch - 1}{' and your change' * is_changed} did")
    rows = window(view.lesson.rows, box.height - 4, 0)
    heads, labels = factor_table.row_labels(view, rows)
    factor_table.draw(canvas, box, heads, labels, _columns(view, rows), 0)
    _verdict(canvas, box.x + 2, box.y + 2 + len(rows), view)


def _introduce(canvas: Canvas, box: Box, view: LessonView) -> None:
    """The lesson's own words, as far as they fit, what is to be reached, and the first keys."""
    lesson = view.lesson
    end = [f"Goal: {lesson.goal}."] * (lesson.goal is not None)
    end.append(", ".join(f"{view.keys.sign(name)} {words}" for name, words in FIRST_KEYS.items()))
    lines = wrap(canvas, without_emphasis(lesson.introduction or INTRODUCTION), box.width - 4)
    room = box.height - len(end)
    if len(lines) > room:
        lines = [*lines[:room - 1], f"… ({view.keys.sign('words')}: all of it)"]
    for y, text in enumerate([*lines, *end]):
        style = CellStyle.TEXT if y < len(lines) else CellStyle.KEY
        canvas.put(box.x + 2, box.y + y, canvas.shorten(text, box.width - 4), style)


def _columns(view: LessonView, rows: range) -> list[Column]:
    """Target, prediction before and after, for each output; whether each row is right now."""
    before, after = view.trace.epoch(view.cursor.epoch - 1).outputs, view.epoch.outputs
    columns = []
    for k, output in enumerate(view.lesson.network.layers[-1]):
        targets = view.lesson_now.Y
        for head, values in ((view.lesson.targets[k], targets), (f"A{output.number} before", before),
                             (f"A{output.number} after", after)):
            cells = [Cell(view.number(values[row, k]), CellStyle.VALUE) for row in rows]
            columns.append(Column(head, "", cells, least=0))
    if view.lesson.classifies:
        was, now = (view.trace.rows_right(epoch) for epoch in (view.cursor.epoch - 1, view.cursor.epoch))
        columns.append(Column("", "", [
            Cell("now " * bool(was[row] != now[row]) + ("right" if now[row] else "wrong"),
                 CellStyle.RIGHT if now[row] else CellStyle.WRONG) for row in rows], has_marks=False, least=0))
    return columns


def _verdict(canvas: Canvas, x: int, y: int, view: LessonView) -> None:
    before, after = view.trace.epoch(view.cursor.epoch - 1).loss, view.epoch.loss
    end = canvas.put(x, y, f"Loss  {view.number(before)} → ", CellStyle.NAME)
    end = canvas.put(end, y, view.number(after), CellStyle.FRESH)
    is_same = view.number(before) == view.number(after)
    verdict = "it hardly moved." if is_same else "it fell." if after < before else "it did not fall."
    end = canvas.put(end + 2, y, verdict if math.isfinite(after) else DIVERGED)
    if view.own_loss is not None and math.isfinite(after):  # else there is more to say than both
        canvas.put(end + 2, y, f"Without what you changed: {view.number(view.own_loss)}", CellStyle.MUTED)
    if view.lesson.classifies:
        right, rows = int(view.rows_right.sum()), view.lesson.rows
        text = f"All {rows} rows are right." if right == rows else f"Rows right: {right} of {rows}."
        x = canvas.put(x, y + 1, text, CellStyle.RIGHT if right == rows else CellStyle.TEXT) + 2
    if said := goal_in_words(view.trace, view.cursor.epoch):
        follows = f" Next lesson: {view.lesson.next} ({view.keys.sign('menu')})." if view.lesson.next else ""
        canvas.put(x, y + 1, canvas.shorten(f"{said}{follows}", canvas.width - x), CellStyle.TITLE)
