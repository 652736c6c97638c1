"""The parameters of a lesson without data: value, gradient, and the new value once it is there; below them the result.
"""

from collections.abc import Sequence

from engine.graph.network import Parameter
from engine.graph.quantity import Quantity, Source
from tui.view.canvas import Box, Canvas, CellStyle, Hint, cut_mark, figure, rule, window
from tui.view.data_column import Column
from tui.view.datum import WIDEST_NAME
from tui.view.glyphs import widest
from tui.view.lesson_view import LessonView

MARK = 2  # columns for the mark of the one in hand
GAP, LEAST_GAP = 2, 1  # behind a number, with room for brackets
FRAME = 3  # lines for the title, the heads and the result
Figure = tuple[str, CellStyle]


def draw(canvas: Canvas, box: Box, view: LessonView, beside: Sequence[Hint] = ()) -> None:
    """A line for each parameter, as many as fit around the one in hand."""
    parameters, in_hand = list(view.lesson.model.parameters.values()), _in_hand(view)
    box = rule(canvas, box, "Parameters", beside)
    shown = window(len(parameters), box.height - FRAME + 1, 0 if in_hand is None else in_hand)
    name_end = box.x + MARK + _name_width(view)
    gap = GAP if widths(view)[0] <= box.width else LEAST_GAP
    starts = [name_end + 1 + k * (view.number_width + gap) for k in range(len(_heads(view)))]
    for x, head in zip(starts, _heads(view), strict=True):
        canvas.put(x + 1, box.y, canvas.shorten(head, view.number_width), CellStyle.NAME)
    for y, k in enumerate(shown, box.y + 1):
        canvas.mark(box.x, y, "▸" if k == in_hand else cut_mark(k, shown, len(parameters)), CellStyle.PATH)
        name = canvas.shorten(parameters[k].name, name_end - box.x - MARK)
        canvas.put_right(name_end, y, name, CellStyle.PATH if k == in_hand else CellStyle.NAME)
        for x, (text, style) in zip(starts, _figures(view, parameters[k]), strict=False):
            figure(canvas, x, y, text, style)
    _result(canvas, Box(box.x + MARK, box.y + 1 + len(shown), box.width - MARK, box.height - 1 - len(shown)), view)


def widths(view: LessonView) -> tuple[int, int]:
    """How much shows all of it, and how much with less between the numbers."""
    wanted, least = (MARK + _name_width(view) + 1 + len(_heads(view)) * (view.number_width + gap)
                     for gap in (GAP, LEAST_GAP))
    return wanted, least


def wanted_height(view: LessonView) -> int:
    """How many lines show every parameter."""
    return FRAME + len(view.lesson.model.parameters)


def page_count(box: Box, view: LessonView) -> int:  # noqa: ARG001
    """All columns are shown always."""
    return 1


def row_in_hand(view: LessonView) -> Sequence[Column]:
    """The parameters with their values and then the result, for where the table has no room."""
    figures = [(name, _figures(view, parameter)[0]) for name, parameter in view.lesson.model.parameters.items()]
    figures.append((view.trace.symbols.loss.name, _result_figure(view)))
    return [Column(name, [each], view.number_width + 1, rank) for rank, (name, each) in enumerate(figures, 1)]


def _heads(view: LessonView) -> Sequence[str]:
    return ["value", f"∂{view.trace.symbols.loss.name}/∂", *["new"] * view.lesson.trains]


def _in_hand(view: LessonView) -> int | None:
    """Which parameter is in hand, as they stand in the lesson."""
    if view.step is None or view.step.parameter_index is None:
        return None
    return list(view.lesson.model.parameters).index(view.lesson.order[view.step.parameter_index].name)


def _name_width(view: LessonView) -> int:
    return min(max(map(widest, view.lesson.model.parameters)), WIDEST_NAME)


def _figures(view: LessonView, parameter: Parameter) -> Sequence[Figure]:
    """Value, gradient, new value; of one that is fixed the value."""
    symbols, index = view.trace.symbols, view.chains.index_of.get(parameter.name)
    value = (_number(view, view.read(symbols.parameter(parameter))), CellStyle.VALUE)
    if index is None:
        return [value, ("fixed", CellStyle.MUTED)]
    steps = [(view.batch.gradient_index(index), Source.GRADIENT)]
    if view.lesson.trains:
        steps.append((view.batch.update_index(index), Source.UPDATED))
    return [value, *(_figure(view, step, symbols.parameter(parameter, source)) for step, source in steps)]


def _figure(view: LessonView, step: int, quantity: Quantity) -> Figure:
    return view.text_at(step, quantity, width=view.number_width), view.style(step)


def _number(view: LessonView, value: float) -> str:
    return view.fit(value, view.number_width - (value >= 0))


def _result(canvas: Canvas, box: Box, view: LessonView) -> None:
    """`L = −8`, where there is room what it is without a change; or that training has diverged."""
    if view.step and view.is_reached(view.loss_index) and not view.epoch.is_finite:
        canvas.put(box.x, box.y, canvas.shorten("training has diverged", box.width), CellStyle.WRONG)
        return
    text, style = _result_figure(view)
    head = canvas.shorten(f"{view.trace.symbols.loss.name} = ", box.width - view.number_width)
    figure(canvas, canvas.put(box.x, box.y, head, CellStyle.NAME), box.y, text, style)
    if view.own_loss is not None and view.is_reached(view.loss_index) and box.height > 1:
        x = canvas.put(box.x, box.y + 1, "unchanged ", CellStyle.MUTED)
        canvas.put(x, box.y + 1, view.fit(view.own_loss, max(box.right - x, 1)), CellStyle.MUTED)


def _result_figure(view: LessonView) -> Figure:
    return _figure(view, view.loss_index, view.trace.symbols.loss)
