"""A network too large to draw with its numbers: a map of its units with the path in hand, where there is room for it,
then the Z and A of the units around the one in hand, and the parameters that the step needs.

    (1)═╗─ 3 ─┬─ 5
     2 ─╚═(4)═══(6)
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from engine.graph.network import Unit
from engine.graph.quantity import Source
from engine.graph.step import Kind, Phase
from tui.view.canvas import CORNERS, MARKED_CORNERS, Box, Canvas, CellStyle, cut_mark, figure, rule, window
from tui.view.glyphs import NOT_YET
from tui.view.lesson_view import FIXED, LessonView

Z_COLUMN = 7
Z_GAP, A_GAP, LEAST_GAP = 2, 1, 1  # behind the widest Z and A, whose brackets come out of it
GAP = 3  # columns between two layers of the map
LEAST_LISTED = 4  # lines of the list that the map leaves


def draw(canvas: Canvas, box: Box, view: LessonView) -> None:
    """The map; under it left, the units around the one in hand; right, the parameters, the one in hand in sight."""
    units = view.lesson.network.computed_units
    unit = view.unit_in_hand
    sizes = "-".join(str(size) for size in view.lesson.network.sizes)
    box = rule(canvas, box, f"Network, row {view.row + 1}: unit {unit.number} of {sizes}")
    if _has_room_for_map(view, box):
        height = _draw_map(canvas, box.x + 1, box.y, view)
        box = Box(box.x, box.y + height, box.width, box.height - height)
    columns = _columns(view, box.width)
    needed = _choose_parameters(view)
    room = box.width - columns.parameters
    whole = (head for head in needed.heads if canvas.length(head) <= room)
    which = next(whole, canvas.shorten(needed.heads[-1], room))
    heads = ((columns.name, "unit"), (columns.Z + 2, "Z"), (columns.A + 2, "A"), (columns.parameters, which))
    for x, head in heads:
        canvas.put(box.x + x, box.y, head, CellStyle.NAME)
    shown = window(len(units), box.height - 1, units.index(unit))
    for y, k in enumerate(shown, box.y + 1):
        _unit(canvas, box.x, y, columns, view, k, "▸" if units[k] == unit else cut_mark(k, shown, len(units)))
    left = columns.parameters
    _parameters(canvas, Box(box.x + left, box.y + 1, box.width - left, box.height - 1), view, needed)


class Columns(NamedTuple):
    """Where a unit's name, its Z, its A, and the parameters begin; and where these end."""

    name: int
    Z: int
    A: int
    parameters: int
    end: int


def widths(view: LessonView) -> tuple[int, int]:
    """How much shows it all but the map of many layers, and how much without the blanks that it can do without."""
    return _roomy(view).end, _tight(view).end


def _columns(view: LessonView, width: int) -> Columns:
    roomy = _roomy(view)
    return roomy if roomy.end <= width else _tight(view)


def _roomy(view: LessonView) -> Columns:
    return _columns_from(view, 2, Z_COLUMN, Z_GAP)


def _tight(view: LessonView) -> Columns:
    return _columns_from(view, 1, 2 + _map_width(view), LEAST_GAP)


def _columns_from(view: LessonView, name: int, z: int, z_gap: int) -> Columns:
    a = z + view.number_width + z_gap
    parameters = a + view.number_width + A_GAP
    return Columns(name, z, a, parameters, parameters + _name_width(view) + 2 + view.number_width)


def _name_width(view: LessonView) -> int:
    """Of the longest name of a parameter: `w13`, past 9 units `w1,13`."""
    digits = len(str(view.lesson.network.computed_units[-1].number))
    return len("w") + 2 * digits + (digits > 1)


def _has_room_for_map(view: LessonView, box: Box) -> bool:
    sizes = view.lesson.network.sizes
    return max(sizes) <= box.height - LEAST_LISTED and len(sizes) * (_map_width(view) + GAP) <= box.width


def _map_width(view: LessonView) -> int:
    return len(f"({view.lesson.network.computed_units[-1].number})")


def _draw_map(canvas: Canvas, x: int, y: int, view: LessonView) -> int:
    """A column for each layer; those on the path in brackets, their links doubled. Returns how many lines it takes."""
    layers, path, width = view.lesson.network.layers, _path(view), _map_width(view)
    for layer, column in enumerate(range(x, x + len(layers) * (width + GAP), width + GAP)):
        for unit in layers[layer]:
            is_marked = unit in path or unit.number in view.path_units
            canvas.put(column, y + unit.index, f"{f'({unit.number})' if is_marked else unit.number:^{width}}",
                       CellStyle.PATH if is_marked else CellStyle.NAME)
        if layer + 1 < len(layers):
            _links(canvas, column + width, y, len(layers[layer]), len(layers[layer + 1]))
        elif view.lesson.network.is_joined:
            _join(canvas, column + width, y, len(layers[layer]))
    for source, target in pairwise(path):
        link = _marked_link if source.layer < target.layer else _marked_join
        link(canvas, x + source.layer * (width + GAP) + width, y, source.index, target.index)
    return max(map(len, layers))


def _path(view: LessonView) -> Sequence[Unit]:
    """The units from the one that the parameter in hand multiplies to the output."""
    step = view.step
    if step is None or step.parameter_index is None or step.phase is Phase.UPDATE:
        return ()
    source = view.trace.symbols.source_unit(view.lesson.order[step.parameter_index])
    return view.path if source is None else (source, *view.path)


def _links(canvas: Canvas, x: int, y: int, before: int, after: int) -> None:
    """From every unit of a layer to every one of the next: they all meet between both."""
    last = max(before, after) - 1
    for k in range(last + 1):
        arms = "u" * (k > 0) + "d" * (k < last) + "l" * (k < before) + "r" * (k < after)
        link = "─" * (k < before), CORNERS[arms], "─" * (k < after)
        canvas.put(x, y + k, "".join(f"{piece:1}" for piece in link), CellStyle.RULE)


def _join(canvas: Canvas, x: int, y: int, size: int) -> None:
    """From every unit of a softmax to every other: each A is made of all their Z."""
    for k in range(size):
        canvas.put(x, y + k, "─" + ("┐" if k == 0 else "┘" if k == size - 1 else "┤"), CellStyle.RULE)


def _marked_join(canvas: Canvas, x: int, y: int, start: int, end: int) -> None:
    """From the Z of one of them to the A of another."""
    first, last = sorted((start, end))
    for k in range(first, last + 1):
        canvas.put(x + 1, y + k, "╗" if k == first else "╝" if k == last else "║", CellStyle.PATH)
    for k in (start, end):
        canvas.put(x, y + k, "═", CellStyle.PATH)


def _marked_link(canvas: Canvas, x: int, y: int, start: int, end: int) -> None:
    """From a unit of a layer to one of the next."""
    first, last = sorted((start, end))
    for k in range(first, last + 1):
        canvas.put(x + 1, y + k, "║", CellStyle.PATH)
    canvas.put(x, y + start, "══", CellStyle.PATH)
    canvas.put(x + 1, y + end, "══", CellStyle.PATH)
    if start != end:
        down = start < end
        canvas.put(x + 1, y + start, MARKED_CORNERS["┐" if down else "┘"], CellStyle.PATH)
        canvas.put(x + 1, y + end, MARKED_CORNERS["└" if down else "┌"], CellStyle.PATH)


def _unit(canvas: Canvas, x: int, y: int, columns: Columns, view: LessonView, k: int, mark: str) -> None:
    unit, symbols = view.lesson.network.computed_units[k], view.trace.symbols
    canvas.mark(x, y, mark, CellStyle.PATH)
    style = CellStyle.PATH if unit.number in view.path_units else CellStyle.NAME
    canvas.put(x + columns.name, y, f"({unit.number})", style)
    script = view.script
    for index, column, quantity in ((script.net_input_index(view.row, k), columns.Z, symbols.Z(unit)),
                                    (script.activation_index(view.row, k), columns.A, symbols.A(unit))):
        value = view.value_at(index, quantity, view.row)
        text = NOT_YET if value is None else view.fit(value, view.number_width - (value >= 0))  # room for the sign
        figure(canvas, x + column, y, text, view.style(index))


class Ends(NamedTuple):
    """What a weight joins; of a bias `source` is None."""

    source: Unit | None
    target: Unit


class Parameters(NamedTuple):
    """Those that the step in hand needs, under a head (the longest first); the place of the one that it is about.
    """

    heads: Sequence[str]
    ends: Sequence[Ends]
    in_hand: int | None = None


def _choose_parameters(view: LessonView) -> Parameters:
    """Of a hidden unit's δ, what leads out of the unit; else what leads into the one that is computed, or that the
    weight in hand leads into.
    """
    step, symbols, layers = view.step, view.trace.symbols, view.lesson.network.layers
    if step and step.kind is Kind.DELTA and step.unit and step.unit.layer < view.lesson.network.last:
        unit = step.unit
        return Parameters(_heads("from", unit, view), [Ends(unit, after) for after in layers[unit.layer + 1]])
    if step is None or step.parameter_index is None:
        return _into(view.unit_in_hand, view)
    factor = None if step.factor is None else view.trace.line(step).quantity
    if factor and factor.source is Source.PARAMETER:
        return _into(layers[factor.layer][factor.j], view, factor.i)
    parameter = view.lesson.order[step.parameter_index]
    source, unit = symbols.source_unit(parameter), view.unit_in_hand
    return _into(unit, view, len(layers[unit.layer - 1]) if source is None else source.index)


def _into(unit: Unit, view: LessonView, in_hand: int | None = None) -> Parameters:
    sources = view.lesson.network.sources(unit)
    return Parameters(_heads("into", unit, view), [Ends(source, unit) for source in sources], in_hand)


def _heads(way: str, unit: Unit, view: LessonView) -> Sequence[str]:
    whole = f"{way} ({unit.number})"
    return f"{whole} {view.lesson.network.activations[unit.layer - 1].symbol}", whole


def _parameters(canvas: Canvas, box: Box, view: LessonView, needed: Parameters) -> None:
    count, name_width = len(needed.ends), _name_width(view)
    shown = window(count, box.height, needed.in_hand or 0)
    for y, k in enumerate(shown, box.y):
        ends = needed.ends[k]
        style = CellStyle.PATH if k == needed.in_hand else CellStyle.NAME
        canvas.mark(box.x, y, cut_mark(k, shown, count))
        parameter = view.trace.symbols.between(*ends)
        canvas.put(box.x + 1, y, f"{parameter.name:>{name_width}}{FIXED * (parameter.name in view.fixed)}", style)
        value = view.parameter_now(*ends)
        figure(canvas, box.x + name_width + 2, y, view.fit(value, view.number_width - (value >= 0)), CellStyle.VALUE)
