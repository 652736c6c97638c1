"""The update: old value, learning rate · gradient, new value, for each parameter. Where an optimizer works out more on
the way, the new values stand at the left, and at the right each number of the parameter in hand.
"""

from engine.graph.quantity import Source
from engine.graph.symbols import UPDATES
from engine.graph.written import GREEK
from engine.text.notation import ALL_DIGITS, align_point, number
from tui.view.canvas import Box, Canvas, CellStyle, cut_mark, figure, rule, window
from tui.view.equation import draw_line
from tui.view.lesson_view import FIXED, LessonView

GIVEN = (Source.GRADIENT, Source.OLD_MOMENT, Source.PARAMETER)  # before the update, in the order that they are shown
LEAST_FORMULA = 45  # columns of what leads to a new value; with fewer the formulas are left to what explains them
GAP = 2  # columns between the new values and what leads to the one in hand; a rule stands behind them


def draw(canvas: Canvas, box: Box, view: LessonView) -> None:
    """A line for each parameter, as many as fit around the one in hand; last those that are fixed."""
    titles = _titles(view)
    box = rule(canvas, box, next((title for title in titles if canvas.length(title) <= box.width - 4), titles[-1]))
    if view.fixed:
        text = canvas.cut(f"{FIXED} fixed, not trained: {', '.join(view.fixed)}", box.width - 6)
        canvas.put(box.x + 4, box.bottom - 1, text, CellStyle.MUTED)
        box = box._replace(height=box.height - 1)
    order, focus = view.lesson.order, _focus(view)
    shown = window(len(order), box.height, focus)
    name_width, has_moments = max(len(parameter.name) for parameter in order), bool(view.trace.updates.moments)
    end = box.x
    for y, k in enumerate(shown, box.y):
        canvas.mark(box.x, y, "▸" if k == focus else cut_mark(k, shown, len(order)), CellStyle.PATH)
        end = (_new_value if has_moments else _line)(canvas, box.x + 2, y, view, k, name_width)
    if has_moments:
        for y in range(box.y, box.bottom):
            canvas.put(end + GAP, y, "│", CellStyle.RULE)
        left = end + 2 * GAP - 1
        _in_hand(canvas, Box(left, box.y, box.right - left, box.height), view, focus)


def wanted_height(view: LessonView) -> int:
    """How many lines show every parameter, and every number of the one that has most, the title's too."""
    order, updates = view.lesson.order, view.trace.updates
    most = max(len(updates.moments_of(index)) for index in range(len(order))) + 2
    return 1 + max(len(order), most) + bool(view.fixed)


def _focus(view: LessonView) -> int:
    """Which parameter is in hand."""
    return view.step.parameter_index if view.step and view.step.parameter_index is not None else 0


def _titles(view: LessonView) -> list[str]:
    """What the update is, the longest first."""
    name = view.lesson.order[_focus(view)].name if view.lesson.formulas else "w"  # formulas may have no w
    formula = view.trace.updates.in_words(name)
    lesson, updates, rate = view.lesson, view.trace.updates, view.number(view.lesson_now.learning_rate)
    if not updates.is_plain:
        named = dict(lesson.settings) | ({"lambda": lesson.weight_decay} if lesson.weight_decay else {})
        settings = "".join(f", {GREEK[name]} {number(value, ALL_DIGITS)}" for name, value in named.items())
        words = lesson.optimizer.words
        t = f"; t = {view.number(view.read(UPDATES))}" * updates.counts
        return [f"Update: {formula}; lr is {rate}{settings}", f"Update, {words}: lr {rate}{settings}{t}",
                f"{words[0].upper()}{words[1:]}: lr {rate}{settings}{t}", f"Update, {words}"]
    words = f"Update: {formula}"
    return [f"{words}; the learning rate lr is {rate}", f"{words}; lr is {rate}"]


def _new_value(canvas: Canvas, x: int, y: int, view: LessonView, parameter_index: int, name_width: int) -> int:
    """Of one parameter, once it is there. Returns the column behind what it may take."""
    parameter, index = view.lesson.order[parameter_index], view.batch.update_index(parameter_index)
    number_width = len(f"({len(view.lesson.order)})")
    x = canvas.put(x, y, f"{f'({parameter_index + 1})':>{number_width}} {parameter.name:<{name_width}}", CellStyle.NAME)
    new, width = view.trace.symbols.parameter(parameter, Source.UPDATED), view.number_width + 1
    figure(canvas, x + 2, y, view.text_at(index, new, width=width), view.style(index))
    return x + 2 + width


def _in_hand(canvas: Canvas, box: Box, view: LessonView, parameter_index: int) -> None:
    """What a parameter's update begins with; its numbers on the way to its new value, and that, each with what it comes
    from, if it has room.
    """
    first, last = view.batch.update_index(parameter_index, 0), view.batch.update_index(parameter_index)
    _, box = box.cut(_draw_start(canvas, box, view, range(first, last + 1)))
    shown = window(last + 1 - first, box.height, max(view.in_hand - first, 0))
    entries = [view.trace.entry(view.cursor.epoch, first + k, view.digits) for k in shown]
    name_width = max(canvas.length(entry.line.name) for entry in entries)
    for y, (k, entry) in enumerate(zip(shown, entries, strict=True), box.y):
        canvas.mark(box.x, y, cut_mark(k, shown, last + 1 - first))
        if box.width >= LEAST_FORMULA:
            draw_line(canvas, Box(box.x + 1, y, box.width - 1, 1), view, first + k, entry, name_width)
            continue
        x = canvas.put(box.x + 1, y, f"{entry.line.name:>{name_width}} {view.sign_at(first + k)} ", CellStyle.NAME)
        figure(canvas, x, y, view.text_at(first + k, entry.line.quantity), view.style(first + k))


def _draw_start(canvas: Canvas, box: Box, view: LessonView, steps: range) -> int:
    """What the numbers of these steps come from that is there before: gradient, old moments, the parameter itself; as
    much as has room in one line, or in those that the steps leave. Returns how many lines that takes.
    """
    lines = (view.trace.line(view.script.step(index)) for index in steps)
    found = {quantity for line in lines for quantity in line.numbers.quantities if quantity.source in GIVEN}
    x, y = box.x + 1, box.y
    for quantity in sorted(found, key=lambda quantity: (GIVEN.index(quantity.source), quantity.k)):
        text = f"{quantity.name} {view.number(view.read(quantity))}"
        if x > box.x + 1 and x + canvas.length(text) > box.right:
            x, y = box.x + 1, y + 1
        if y > box.y + max(box.height - len(steps), 1) - 1:
            return y - box.y
        x = canvas.put(x, y, f"{quantity.name} ", CellStyle.NAME)
        x = canvas.put(x, y, view.number(view.read(quantity)), CellStyle.VALUE) + 2
    return y + 1 - box.y


def _line(canvas: Canvas, x: int, y: int, view: LessonView, parameter_index: int, name_width: int) -> int:
    """Old value − learning rate · gradient = new value. Returns the column behind it."""
    parameter, symbols = view.lesson.order[parameter_index], view.trace.symbols
    index = view.batch.update_index(parameter_index)
    width = view.digits + 5
    x = canvas.put(x, y, f"{f'({parameter_index + 1})':>5} {parameter.name:<{name_width}}", CellStyle.NAME)
    old = align_point(view.number(view.read(symbols.parameter(parameter))), 3)
    x = canvas.put(x + 1, y, f"{old:<{width}}", CellStyle.VALUE)
    gradient = view.number(view.read(symbols.parameter(parameter, Source.GRADIENT)))
    gradient = f"({gradient})" if gradient.startswith("−") else f" {gradient}"
    rate = view.number(view.lesson_now.learning_rate)
    style = CellStyle.VALUE if view.is_reached(index) else CellStyle.MUTED
    canvas.put(x, y, f" −  {rate}·{gradient}", style)
    x += len(rate) + width + 8
    canvas.put(x, y, view.sign_at(index), style)
    new = symbols.parameter(parameter, Source.UPDATED)
    return figure(canvas, x + 3, y, view.text_at(index, new), view.style(index))
