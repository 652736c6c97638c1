"""A network too large to draw: the Z and A of the units around the one in hand, and all that flows into that one."""

from engine.graph.network import Unit
from engine.text.notation import fit_number
from tui.view.canvas import Box, Canvas, CellStyle, cut_mark, figure, rule, window
from tui.view.glyphs import NOT_YET
from tui.view.lesson_view import LessonView

Z_COLUMN, A_COLUMN, W_COLUMN = 7, 17, 26
WIDTH = 8  # of a number


def draw(canvas: Canvas, box: Box, view: LessonView) -> None:
    """Left, the units around the one in hand; right, its parameters, the one in hand in sight."""
    units = view.lesson.network.computed_units
    unit = _in_hand(view)
    sizes = "-".join(str(size) for size in view.lesson.network.sizes)
    box = rule(canvas, box, f"Network, row {view.row + 1}: unit {unit.number} of {sizes}")
    for x, head in ((2, "unit"), (Z_COLUMN + 2, "Z"), (A_COLUMN + 2, "A"), (W_COLUMN + 2, f"into unit {unit.number}")):
        canvas.put(box.x + x, box.y, head, CellStyle.NAME)
    shown = window(len(units), box.height - 1, units.index(unit))
    for y, k in enumerate(shown, box.y + 1):
        _unit(canvas, box.x, y, view, k, "▸" if units[k] == unit else cut_mark(k, shown, len(units)))
    _parameters(canvas, Box(box.x + W_COLUMN, box.y + 1, box.width - W_COLUMN, box.height - 1), view, unit)


def _in_hand(view: LessonView) -> Unit:
    step = view.step
    if step and step.unit:
        return step.unit
    if step and step.parameter_index is not None:
        return view.trace.symbols.target_unit(view.lesson.order[step.parameter_index])
    return view.lesson.network.computed_units[0]


def _unit(canvas: Canvas, x: int, y: int, view: LessonView, k: int, mark: str) -> None:
    unit, symbols = view.lesson.network.computed_units[k], view.trace.symbols
    canvas.put(x, y, mark, CellStyle.PATH)
    canvas.put(x + 2, y, f"({unit.number})", CellStyle.PATH if unit.number in view.path_units else CellStyle.NAME)
    index = view.script.net_input_index(view.row, k)
    for after, (column, quantity) in enumerate(((Z_COLUMN, symbols.Z(unit)), (A_COLUMN, symbols.A(unit)))):
        value = view.value_at(index + after, quantity, view.row)
        text = NOT_YET if value is None else fit_number(value, WIDTH - (value >= 0))  # room for the sign
        figure(canvas, x + column, y, text, view.style(index + after))


def _parameters(canvas: Canvas, box: Box, view: LessonView, unit: Unit) -> None:
    sources = [*view.lesson.network.layers[unit.layer - 1], None]
    step, symbols = view.step, view.trace.symbols
    parameter = view.lesson.order[step.parameter_index] if step and step.parameter_index is not None else None
    focus = sources.index(symbols.source_unit(parameter)) if parameter else 0
    shown = window(len(sources), box.height, focus)
    for y, k in enumerate(shown, box.y):
        w = symbols.weight(sources[k], unit)
        style = CellStyle.PATH if parameter and k == focus else CellStyle.NAME
        canvas.put(box.x, y, cut_mark(k, shown, len(sources)), CellStyle.MUTED)
        canvas.put(box.x + 1, y, f"{w.name:>8}", style)
        value = view.parameter_now(sources[k], unit)
        figure(canvas, box.x + 10, y, fit_number(value, WIDTH), CellStyle.VALUE)
