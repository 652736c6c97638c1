"""The update: old value, learning rate · gradient, new value, for each parameter."""

from engine.graph.quantity import Source
from engine.text.notation import align_point
from tui.view.canvas import Box, Canvas, CellStyle, cut_mark, figure, rule, window
from tui.view.lesson_view import LessonView


def draw(canvas: Canvas, box: Box, view: LessonView) -> None:
    """A line for each parameter, as many as fit around the one just updated."""
    rate = view.number(view.lesson_now.learning_rate)
    loss = view.trace.symbols.loss.name
    titles = [f"Update: new w = w − lr·∂{loss}/∂w; {words} is {rate}" for words in ("the learning rate lr", "lr")]
    box = rule(canvas, box, next((title for title in titles if canvas.length(title) <= box.width - 4), titles[-1]))
    order, step = view.lesson.order, view.step
    focus = step.parameter_index if step and step.parameter_index is not None else 0
    shown = window(len(order), box.height, focus)
    name_width = max(len(parameter.name) for parameter in order)
    for y, k in enumerate(shown, box.y):
        canvas.mark(box.x, y, "▸" if k == focus else cut_mark(k, shown, len(order)), CellStyle.PATH)
        _line(canvas, box.x + 2, y, view, k, name_width)


def wanted_height(view: LessonView) -> int:
    """How many lines show every parameter, the title's too."""
    return 1 + len(view.lesson.order)


def _line(canvas: Canvas, x: int, y: int, view: LessonView, parameter_index: int, name_width: int) -> None:
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
    figure(canvas, x + 3, y, view.text_at(index, symbols.parameter(parameter, Source.UPDATED)), view.style(index))
