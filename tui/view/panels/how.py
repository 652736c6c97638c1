"""How the number just filled in comes about, why, and what comes next."""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import partial

from engine.text.notation import number
from engine.trace.lines import DELTA_FORM
from engine.walk.movement import derivable
from tui.view import saved_file
from tui.view.canvas import Box, Canvas, CellStyle, Hint, rule, wrap
from tui.view.equation import equation
from tui.view.factor_table import REUSED_MARK
from tui.view.lesson_view import FIXED, LessonView
from tui.view.prompt import Line, draw_line

LONGEST_WORD = len("close")  # of what the key for a derivation does
SHORT_LINE = 76  # columns
CHOICE = re.compile(r",? (?=\([a-d]\) )")  # what stands before one, in a line with the others
MOST_WIDTH = 118  # of text in sentences; a longer line is hard to read
ROUNDED = "≈: the numbers shown are rounded; nothing is rounded on the way."


def draw(canvas: Canvas, box: Box, view: LessonView) -> None:
    """What explains, asks, or tells; before all that what is wrong with the lesson's file."""
    if saved_file.explains(view):
        saved_file.draw(canvas, box, view)
    elif view.walk.search:
        _draw_message(canvas, box, "Find the mistake", view.message)
    elif view.walk.trouble:
        _draw_message(canvas, box, "Nothing to ask", view.walk.trouble)
    elif view.typed is not None:
        draw_question(canvas, box, view)
    elif view.message:
        _draw_message_before_next(canvas, box, view)
    else:
        _explain(canvas, box, view)


def _explain(canvas: Canvas, box: Box, view: LessonView) -> None:
    """Name = formula = numbers = value; the reason and what the lesson notes; last the next step's formula."""
    box = rule(canvas, box, _title(view), _hints(view))
    height = _equation(canvas, box, view) if view.entry else _start(canvas, box, view)
    _reason(canvas, Box(box.x + 1, box.y + height, _text_width(box.width), box.height - height - 1), view)
    _next(canvas, box.x + 1, box.bottom - 1, box.width - 2, view)


def wanted_height(canvas: Canvas, view: LessonView) -> int:
    """How many lines show the title, the number, all that there is to say of it, and what comes next."""
    why, notes = _words(canvas, _text_width(canvas.width), view)
    return 2 + max(len(_equation_lines(canvas, canvas.width - 4, view, 2)), 1) + len(why) + len(notes)


def draw_question(canvas: Canvas, box: Box, view: LessonView) -> None:
    """What is asked and typed, and what the tutor says, in the lines that are left."""
    is_exam, attempt = view.walk.mode == "by hand", view.walk.attempt
    box = rule(canvas, box, "By hand: your numbers, no verdict yet" if is_exam else "Your turn")
    line = view.trace.line(view.script.step(view.cursor.step))
    x = canvas.put(box.x + 1, box.y, f"{line.name} = ", CellStyle.VALUE)
    x = draw_line(canvas, x, box.y, box.right - x - 1, Line(attempt.typed, attempt.caret))
    if not attempt.typed and view.is_written(view.cursor.step):
        own = view.written[view.cursor.step]
        canvas.put(x + 1, box.y, "left open" if own is None else f"yours: {view.number(own)}", CellStyle.MUTED)
    _message(canvas, Box(box.x + 1, box.y + 1, _text_width(box.width), box.height - 1), view.message)


def room_below(canvas: Canvas, box: Box, view: LessonView) -> Box:
    """What a question and all that is said with it leave of a box."""
    said = Box(box.x + 1, box.y + 2, _text_width(box.width), box.height - 2)
    return box.cut(2 + len(_message_lines(canvas, said, view.message)))[1]


def question_height(canvas: Canvas, view: LessonView) -> int:
    """How many lines a question and all that is said with it take, its title too."""
    return 2 + len(wrap(canvas, view.message, _text_width(canvas.width)))


def _draw_message_before_next(canvas: Canvas, box: Box, view: LessonView) -> None:
    """What is said to whom is asked, where the next question is still to come."""
    box = rule(canvas, box, "A worked chain" if view.walk.example else "Your turn")
    _message(canvas, Box(box.x + 1, box.y, _text_width(box.width), box.height - 1), view.message)
    _next(canvas, box.x + 1, box.bottom - 1, box.width - 2, view)


def _draw_message(canvas: Canvas, box: Box, title: str, message: str) -> None:
    """What is said, under a title."""
    box = rule(canvas, box, title)
    _message(canvas, Box(box.x + 1, box.y, _text_width(box.width), box.height), message)


def _text_width(width: int) -> int:
    """Of sentences in a panel of a width."""
    return min(width - 2, MOST_WIDTH)


def _message(canvas: Canvas, box: Box, message: str) -> None:
    """A text in a box's lines; what there is to choose from, a line each where there is room."""
    _lines(canvas, box, _message_lines(canvas, box, message), box.height, CellStyle.TEXT, canvas.shorten)


def _message_lines(canvas: Canvas, box: Box, message: str) -> list[str]:
    lines = wrap(canvas, message, box.width)
    if "(a) " in message and "(b) " in message:
        apart = wrap(canvas, CHOICE.sub("\n", message), box.width)
        lines = apart if len(apart) <= box.height else lines
    return lines


def _hints(view: LessonView) -> list[Hint]:
    """What else may be done with this number, and with the next: each always at the same place."""
    keys, hints = view.keys, list[Hint]()
    if view.walk.mode != "watch":
        return hints
    found = derivable(view.walk)
    deduction = found and view.chains.graph.deduction(found.node)
    if deduction:
        word = "close" if view.walk.derivation else deduction.word
        hints.append(keys.hint("derivation", f"{word:<{LONGEST_WORD}}"))
    return [*hints, keys.hint("practise")]


def _title(view: LessonView) -> str:
    step = view.step
    if step is None:
        return "Start"
    if step.parameter_index is not None and step.factor is not None and \
            view.chains.reuse_marks[step.parameter_index][step.path][step.factor]:
        return f"This number {REUSED_MARK} reused: found before"
    return "This number"


def _start(canvas: Canvas, box: Box, view: LessonView) -> int:
    """What an epoch begins with; returns how many lines that takes."""
    lines = wrap(canvas, " ".join(_beginning(view)), box.width - 2)
    _lines(canvas, Box(box.x + 1, box.y, box.width - 2, box.height), lines, box.height - 1, CellStyle.TEXT, canvas.cut)
    return len(lines)


def _beginning(view: LessonView) -> Iterator[str]:
    """What an epoch begins with: how many numbers it has; in the first one what a sign of the network means."""
    count = view.script.length
    where = f"Epoch {view.cursor.epoch}, before the first of its {count}" if view.lesson.trains else \
        f"Before the first of {count}"
    yield f"{where} numbers: one key, one number."
    if view.has_batches:
        yield f"Its rows come in {len(view.script.batches)} batches, each with an update of its own."
    if view.fixed and view.cursor.epoch == 1:
        *first, last = view.fixed
        names = f"{', '.join(first)} and {last} are" if first else f"{last} is"
        yield f"{names} fixed ({FIXED}): shown, not trained."


def _equation(canvas: Canvas, box: Box, view: LessonView) -> int:
    """The number just filled in, and where it comes from. Returns how many lines that takes."""
    room = box.height - 1 - sum(map(len, _words(canvas, box.width - 2, view)))
    *above, last = texts = _equation_lines(canvas, box.width - 4, view, room)
    for y, text in enumerate(above, box.y):
        canvas.put(box.x + 1, y, text, CellStyle.VALUE)
    x = canvas.put(box.x + 1, box.y + len(above), last, CellStyle.VALUE)
    canvas.put(x, box.y + len(above), _value(view), CellStyle.FRESH)
    return len(texts)


def _value(view: LessonView) -> str:
    """The number just filled in, with all digits that are wanted."""
    return number(view.entry.value, view.most_digits) if view.entry else ""


def _equation_lines(canvas: Canvas, width: int, view: LessonView, room: int) -> list[str]:
    """What stands before the value: the numbers have as many digits as there is room for. Where lines are short, and
    not all of it fits one, the formula has one of its own, if there is `room` for two.
    """
    value, entry = _value(view), view.entry
    if entry is None:
        return []
    for digits in range(view.most_digits, view.digits - 1, -1):
        finer = view.trace.entry(entry.epoch, view.cursor.step - 1, digits)
        text = equation(canvas, finer, value, width, view.most_digits)
        if canvas.spelled("…") not in text:
            break
    sides = finer.sides(value)[:-1]
    head = f"{sides[0]} = {sides[1]}" if len(sides) > 2 else ""
    is_whole = canvas.spelled("…") not in text and (room < 2 or text.startswith(canvas.spelled(head)))
    if width >= SHORT_LINE or is_whole or not head:
        return [text]
    last = f"= {sides[-1]} {finer.sign(view.most_digits)} "
    return [canvas.shorten(head, width), canvas.shorten(last, width - canvas.length(value))]


def _reason(canvas: Canvas, box: Box, view: LessonView) -> None:
    """Why, in what lines a note of the lesson leaves; the note, in the rest, or in the only one."""
    why, notes = _words(canvas, box.width, view)
    room = min(max(box.height - len(notes), int(box.height > 1 or not notes)), box.height)
    if _begins_delta(view):
        why = why[:room]
    y = _lines(canvas, box, why, room, CellStyle.TEXT, canvas.cut)
    _lines(canvas, Box(box.x, y, box.width, box.height), notes, box.bottom - y, CellStyle.TITLE,
           partial(canvas.cut, sign=f"… ({view.keys.sign('words')})"))


def _words(canvas: Canvas, width: int, view: LessonView) -> tuple[list[str], list[str]]:
    """As lines: why, where the δ begin, or the learner has just turned to them, first what they are; the lesson's note.
    """
    why = wrap(canvas, f"{view.entry.why} {ROUNDED * view.explains_rounding}", width) if view.entry else []
    if _begins_delta(view):
        form = f"{view.chains.graph.adjoints_in_words}." if view.lesson.formulas else DELTA_FORM
        why = [*wrap(canvas, form, width), *why]
    return why, wrap(canvas, view.note, width) if view.note else []


def _begins_delta(view: LessonView) -> bool:
    """Whether this is the first δ of the epoch, or the first picture in the δ form."""
    is_first = view.in_hand == view.batch.forward_end
    return not view.chains.by_paths and (is_first or view.has_switched)


def _lines(canvas: Canvas, box: Box, lines: Sequence[str], room: int, style: CellStyle,
           fit: Callable[[str, int], str]) -> int:
    """As many lines as there is room for; in the last one the rest, made to fit. Returns the row behind them."""
    if len(lines) > room > 0:
        lines = [*lines[:room - 1], fit(" ".join(lines[room - 1:]), box.width)]
    for y, text in enumerate(lines[:room], box.y):
        canvas.put(box.x, y, text, style)
    return box.y + min(len(lines), room)


def _next(canvas: Canvas, x: int, y: int, width: int, view: LessonView) -> None:
    if view.is_at_end:
        start, practise = view.keys.sign("start"), " ".join(view.keys.hint("practise", "practise them"))
        again = f"{start}, then {practise}" if view.walk.mode == "watch" else f"{start} the first number again"
        keys = f"{again}, {' '.join(view.keys.hint('menu', 'other lessons'))}"
        x = canvas.put(x, y, "the end: ", CellStyle.KEY)
        canvas.put(x, y, canvas.shorten(f"every gradient is found; {keys}", width - 9), CellStyle.MUTED)
        return
    x = canvas.put(x, y, "next → ", CellStyle.KEY)
    if view.cursor.step == view.script.length:
        canvas.put(x, y, f"epoch {view.cursor.epoch + 1}: what this update did", CellStyle.MUTED)
        return
    step = view.script.step(view.cursor.step)
    line = view.trace.line(step)
    formula = f" = {line.formula}" if re.search(r"[^\W\d]", line.formula) and line.formula != line.name else ""
    where = f"batch {step.batch + 1}, " * (step.batch != view.batch.number)
    if step.parameter_index is not None and (view.step is None or view.step.parameter_index != step.parameter_index):
        where = f"({step.parameter_index + 1}) {view.lesson.order[step.parameter_index].name}, "
    if step.row is not None and step.row != view.row:
        where += f"row {step.row + 1}, "
    canvas.put(x, y, canvas.shorten(f"{where}{line.name}{formula} = ?", width - 7), CellStyle.MUTED)
