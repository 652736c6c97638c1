"""A number of the worksheet in one line: name = formula = numbers = number, as much of it as has room."""

from engine.trace.trace import Entry
from tui.view.canvas import Box, Canvas, CellStyle, figure
from tui.view.lesson_view import LessonView


def equation(canvas: Canvas, entry: Entry, value: str, width: int, digits: int) -> str:
    """`name = formula = numbers = ` before the value: whole if that fits, else shortened, the formula first. Its last
    sign is the one that so many digits ask for.
    """
    sides, room = entry.sides(value)[:-1], width - canvas.length(value)
    last = f"{sides[-1]} {entry.sign(digits)} "
    text = "".join(f"{side} = " for side in sides[:-1]) + last
    if canvas.length(text) <= room or len(sides) < 3:
        return canvas.shorten(text, room)
    name = f"{sides[0]} = "
    return name + canvas.shorten(last, room - canvas.length(name))


def draw_line(canvas: Canvas, box: Box, view: LessonView, index: int, entry: Entry, name_width: int) -> None:
    """Name = formula = numbers = number, of a step that is reached; else name = formula = ·. Names end at a width."""
    line, y = entry.line, box.y
    canvas.put_right(box.x + name_width, y, line.name, CellStyle.NAME)
    x = canvas.put(box.x + name_width, y, " = ", CellStyle.MUTED)
    room = box.right - x - view.digits - 6
    formula = "" if line.formula == line.name else f"{line.formula} = "
    reached = view.is_reached(index)
    is_true = reached and not view.is_written(index)
    says_more = is_true and entry.substitution != view.number(entry.value)
    numbers = f"{entry.substitution} {entry.sign(view.digits)} " if says_more else ""
    if canvas.length(formula + numbers) > room and numbers:
        formula = ""
    x = canvas.put(x, y, canvas.shorten(formula, room), CellStyle.TEXT if reached else CellStyle.MUTED)
    x = canvas.put(x, y, canvas.shorten(numbers, box.right - x - view.digits - 6), CellStyle.VALUE)
    figure(canvas, x, y, view.text_at(index, line.quantity, entry.step.row), view.style(index), before=0)
