"""How the number just filled in comes about, why, and what comes next."""

import re
from collections.abc import Callable, Sequence
from functools import partial

from engine.trace import Entry
from tui.factor_table import REUSED_MARK
from tui.scene import Scene, equation
from tui.view import Box, Canvas, Role, rule, wrapped


def draw(canvas: Canvas, box: Box, scene: Scene) -> None:
    """Name = formula = numbers = value; the reason and what the lesson notes; last the next step's formula."""
    box = rule(canvas, box, _title(scene))
    if scene.entry:
        _equation(canvas, box, scene, scene.entry)
    else:
        canvas.put(box.x + 1, box.y, f"Epoch {scene.cursor.epoch}, before the first of its "
                   f"{scene.script.length} numbers: one key, one number.", Role.TEXT)
    _reason(canvas, Box(box.x + 1, box.y + 1, box.width - 2, box.height - 2), scene)
    _next(canvas, box.x + 1, box.bottom - 1, box.width - 2, scene)


def draw_question(canvas: Canvas, box: Box, scene: Scene, message: str, is_exam: bool) -> None:
    """What is asked and typed, and what the tutor says, in the lines that are left."""
    box = rule(canvas, box, "By hand: your numbers, no verdict yet" if is_exam else "Your turn")
    line = scene.trace.lines.line(scene.script.step(scene.cursor.step))
    x = canvas.put(box.x + 1, box.y, f"{line.name} = ", Role.VALUE)
    x = canvas.put(x, box.y, canvas.spelled(scene.typed or ""), Role.TITLE)
    canvas.put(x, box.y, " ", Role.FRESH)
    _message(canvas, Box(box.x + 1, box.y + 1, box.width - 2, box.height - 1), message)


def draw_message(canvas: Canvas, box: Box, title: str, message: str) -> None:
    """What is said, under a title."""
    box = rule(canvas, box, title)
    _message(canvas, Box(box.x + 1, box.y, box.width - 2, box.height), message)


def _message(canvas: Canvas, box: Box, message: str) -> None:
    """A text in a box's lines."""
    _lines(canvas, box, wrapped(canvas, message, box.width), box.height, Role.TEXT, canvas.shortened)


def _title(scene: Scene) -> str:
    step = scene.step
    if step is None:
        return "Start"
    if step.place is not None and step.factor is not None and \
            scene.trace.chains.reused[step.place][step.path][step.factor]:
        return f"This number {REUSED_MARK} reused: found before"
    return "This number"


def _equation(canvas: Canvas, box: Box, scene: Scene, entry: Entry) -> None:
    value = scene.number(entry.value)
    text = equation(canvas, entry, value, box.width - 4)
    x = canvas.put(box.x + 1, box.y, text, Role.VALUE)
    canvas.put(x, box.y, value, Role.FRESH)


def _reason(canvas: Canvas, box: Box, scene: Scene) -> None:
    """Why, in what lines a note of the lesson leaves; the note, in the rest."""
    notes = wrapped(canvas, scene.note, box.width) if scene.note else []
    y = _lines(canvas, box, wrapped(canvas, scene.entry.why, box.width), max(1, box.height - len(notes)), Role.TEXT,
               canvas.cut) if scene.entry else box.y
    _lines(canvas, Box(box.x, y, box.width, box.height), notes, box.bottom - y, Role.TITLE,
           partial(canvas.cut, sign="… (i)"))


def _lines(canvas: Canvas, box: Box, lines: Sequence[str], room: int, role: Role,
           fit: Callable[[str, int], str]) -> int:
    """As many lines as there is room for; in the last one the rest, made to fit. Returns the row behind them."""
    if len(lines) > room > 0:
        lines = [*lines[:room - 1], fit(" ".join(lines[room - 1:]), box.width)]
    for y, text in enumerate(lines[:room], box.y):
        canvas.put(box.x, y, text, role)
    return box.y + min(len(lines), room)


def _next(canvas: Canvas, x: int, y: int, width: int, scene: Scene) -> None:
    x = canvas.put(x, y, "next → ", Role.KEY)
    if scene.cursor.step == scene.script.length:
        canvas.put(x, y, f"epoch {scene.cursor.epoch + 1}: what this update did", Role.MUTED)
        return
    step = scene.script.step(scene.cursor.step)
    line = scene.trace.lines.line(step)
    formula = f" = {line.formula}" if re.search(r"[^\W\d]", line.formula) and line.formula != line.name else ""
    where = ""
    if step.place is not None and (scene.step is None or scene.step.place != step.place):
        where = f"({step.place + 1}) {scene.lesson.order[step.place].name}, "
    if step.row is not None and step.row != scene.row:
        where += f"row {step.row + 1}, "
    canvas.put(x, y, canvas.shortened(f"{where}{line.name}{formula} = ?", width - 7), Role.MUTED)
