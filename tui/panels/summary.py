"""Between two epochs: what the update did to the Loss and to every prediction."""

import math

from engine.lines import DIVERGED
from engine.words import without_emphasis
from tui import factor_table
from tui.factor_table import Cell, Column
from tui.scene import Scene
from tui.view import Box, Canvas, Role, rule, window, wrapped

INTRODUCTION = """Train this network by hand, and see every number.

forward   each row through the network: Z, A, the row's loss; then Loss
backward  each parameter's chain rule: every factor, row by row; then Σ
update    every parameter moves against its gradient; then the next epoch
"""
FIRST_KEYS = "→ the first number, ← takes it back, i more about it, m other lessons"


def draw(canvas: Canvas, box: Box, scene: Scene) -> None:
    """Before the first epoch, what is going to happen; before any other, what the last update did."""
    if scene.cursor.epoch == 1:
        _introduce(canvas, rule(canvas, box, scene.lesson.title), scene)
        return
    is_changed = any(change.epoch == scene.cursor.epoch for change in scene.session.changes)
    box = rule(canvas, box, f"What the update of epoch {scene.cursor.epoch - 1}{' and your change' * is_changed} did")
    rows = window(scene.lesson.rows, box.height - 4, 0)
    heads, labels = factor_table.row_labels(scene, rows)
    factor_table.draw(canvas, box, heads, labels, _columns(scene, rows), 0)
    _verdict(canvas, box.x + 2, box.y + 2 + len(rows), scene)


def _introduce(canvas: Canvas, box: Box, scene: Scene) -> None:
    """The lesson's own words, as far as they fit, what is to be reached, and the first keys."""
    lesson = scene.lesson
    end = [f"Goal: {lesson.goal}."] * (lesson.goal is not None) + [FIRST_KEYS]
    lines = wrapped(canvas, without_emphasis(lesson.introduction or INTRODUCTION), box.width - 4)
    room = box.height - len(end)
    if len(lines) > room:
        lines = [*lines[:room - 1], "… (i: all of it)"]
    for y, text in enumerate([*lines, *end]):
        role = Role.TEXT if y < len(lines) else Role.KEY
        canvas.put(box.x + 2, box.y + y, canvas.shortened(text, box.width - 4), role)


def _columns(scene: Scene, rows: range) -> list[Column]:
    """Target, prediction before and after, for each output; whether each row is right now."""
    before, after = scene.trace.epoch(scene.cursor.epoch - 1).outputs, scene.epoch.outputs
    columns = []
    for k, output in enumerate(scene.lesson.network.layers[-1]):
        targets = scene.lesson_now.Y
        for head, values in ((scene.lesson.targets[k], targets), (f"A{output.number} before", before),
                             (f"A{output.number} after", after)):
            columns.append(Column(head, "", [Cell(scene.number(values[row, k]), Role.VALUE) for row in rows], least=0))
    if scene.lesson.classifies:
        was, now = (scene.trace.rows_right(epoch) for epoch in (scene.cursor.epoch - 1, scene.cursor.epoch))
        columns.append(Column("", "", [
            Cell("now " * bool(was[row] != now[row]) + ("right" if now[row] else "wrong"),
                 Role.RIGHT if now[row] else Role.WRONG) for row in rows], has_marks=False, least=0))
    return columns


def _verdict(canvas: Canvas, x: int, y: int, scene: Scene) -> None:
    before, after = scene.trace.epoch(scene.cursor.epoch - 1).loss, scene.epoch.loss
    end = canvas.put(x, y, f"Loss  {scene.number(before)} → ", Role.NAME)
    end = canvas.put(end, y, scene.number(after), Role.FRESH)
    is_same = scene.number(before) == scene.number(after)
    verdict = "it hardly moved." if is_same else "it fell." if after < before else "it did not fall."
    end = canvas.put(end + 2, y, verdict if math.isfinite(after) else DIVERGED)
    if scene.own_loss is not None and math.isfinite(after):  # else there is more to say than both
        canvas.put(end + 2, y, f"The lesson's own: {scene.number(scene.own_loss)}", Role.MUTED)
    if scene.lesson.classifies:
        right, rows = int(scene.rows_right.sum()), scene.lesson.rows
        text = f"All {rows} rows are right." if right == rows else f"Rows right: {right} of {rows}."
        x = canvas.put(x, y + 1, text, Role.RIGHT if right == rows else Role.TEXT) + 2
    if said := _goal(scene):
        follows = f" Next lesson: {scene.lesson.next} (m)." if scene.lesson.next else ""
        canvas.put(x, y + 1, canvas.shortened(f"{said}{follows}", canvas.width - x), Role.TITLE)


def _goal(scene: Scene) -> str:
    """Whether the lesson's goal is reached, or, as a lesson about failing says, is not."""
    goal = scene.lesson.goal
    if goal is None:
        return ""
    if scene.trace.goal_met(scene.cursor.epoch):
        return "Goal reached."
    return "Not reached, as the lesson says." if goal.fails and scene.cursor.epoch > goal.epoch else ""
