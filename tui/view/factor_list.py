"""Factors of one row below each other, for where a table of all rows has no room: a line for each.

      ∂Loss/∂A5 = −(y−A5)/2 =   0.27492
    × ∂A5/∂Z5   = A5·(1−A5) =   0.24752
  ▸ × ∂Z5/∂A3   = w35       = [−0.4]
"""

from collections.abc import Sequence
from typing import NamedTuple

from engine.text.notation import align_point
from tui.view.canvas import Box, Canvas, CellStyle, cut_mark, figure
from tui.view.factor_table import MARKS, Cell, Column

TIMES = "×"
INDENT = 4  # columns before a name: a mark and a sign
BEFORE = 4  # columns before a number: an equals sign, and a mark or a bracket
LEAST_BEHIND = 10  # columns that a number takes, with a bracket


class Line(NamedTuple):
    """A name, its formula, if it has one, its number; before it a sign, such as `×`."""

    name: str
    formula: str
    cell: Cell
    sign: str = ""

    @classmethod
    def of(cls, column: Column, sign: str = "") -> "Line":
        """What a column of a table says of its first row."""
        return cls(column.name, column.formula, column.cells[0], sign)


def draw(canvas: Canvas, box: Box, lines: Sequence[Line], focus: int) -> None:
    """Draw the lines; where not all have room, those around the one in focus, with `…` where some are left out."""
    name_width = max((canvas.length(line.name) for line in lines if line.formula), default=0)
    wanted = max(_width(canvas, line, name_width) for line in lines)
    behind = max(LEAST_BEHIND, *(len(align_point(line.cell.text, 2)) + 1 for line in lines))
    number_x = box.x + min(INDENT + wanted + BEFORE, box.width - behind)
    shown = _in_sight(len(lines), box.height, focus)
    for y, k in enumerate(shown, box.y):
        mark = "▸" if k == focus else cut_mark(k, shown, len(lines))
        canvas.mark(box.x, y, mark, CellStyle.PATH)
        canvas.mark(box.x + 2, y, lines[k].sign, CellStyle.MUTED)
        _line(canvas, Box(box.x + INDENT, y, number_x - BEFORE - box.x - INDENT, 1), lines[k], name_width)
        canvas.put(number_x - BEFORE + 1, y, "=", CellStyle.MUTED)
        style = lines[k].cell.style
        figure(canvas, number_x, y, lines[k].cell.text, style, mark=MARKS.get(style, ""))


def draw_in_sight(canvas: Canvas, box: Box, lines: Sequence[Line], focus: int) -> int:
    """Draw what the line in focus comes from, all of it, where it has no room below each other: one behind the other,
    without formulas, without names where even these have none; then that line, and those behind it that have room.
    Returns how many lines that takes.
    """
    flow = _flow_in_sight(canvas, box, lines, focus)
    _rows(canvas, box, flow)
    if rest := lines[focus:focus + box.height - len(flow)]:
        draw(canvas, Box(box.x, box.y + len(flow), box.width, len(rest)), rest, 0)
    return len(flow) + len(rest)


def draw_flow(canvas: Canvas, box: Box, lines: Sequence[Line]) -> None:
    """Draw them one behind the other, without formulas: all of them, or none where they have no room."""
    flow = _flow(canvas, [line._replace(formula="") for line in lines], box.width - 2)
    if len(flow) <= box.height:
        _rows(canvas, box, flow)


def height_in_sight(canvas: Canvas, box: Box, lines: Sequence[Line], focus: int) -> int:
    """How many lines that takes of a box."""
    return min(len(_flow_in_sight(canvas, box, lines, focus)) + len(lines) - focus, box.height)


def _flow_in_sight(canvas: Canvas, box: Box, lines: Sequence[Line], focus: int) -> list[list[Line]]:
    """The lines before the one in focus, one behind the other."""
    room, width = box.height - (focus < len(lines)), box.width - 2
    items = [line._replace(formula="") for line in lines[:focus]]
    flows = (_flow(canvas, items, width), _flow(canvas, [item._replace(name="") for item in items], width))
    return next((flow for flow in flows if len(flow) <= room), flows[-1][:room])


def _flow(canvas: Canvas, items: Sequence[Line], width: int) -> list[list[Line]]:
    """Items in as few lines of a width as take them."""
    flow, taken = [list[Line]()], 0
    for item in items:
        if taken and taken + _item_width(canvas, item) > width + 1:
            flow, taken = [*flow, []], 0
        flow[-1].append(item)
        taken += _item_width(canvas, item)
    return flow


def _rows(canvas: Canvas, box: Box, flow: Sequence[Sequence[Line]]) -> None:
    """Items that flow, from a box's top."""
    for y, row in enumerate(flow, box.y):
        x = box.x + 2
        for item in row:
            _item(canvas, x, y, item)
            x += _item_width(canvas, item)


def _item(canvas: Canvas, x: int, y: int, item: Line) -> None:
    """`× ∂A5/∂Z5 0.24752`."""
    canvas.mark(x, y, item.sign, CellStyle.MUTED)
    x = canvas.put(x + 2, y, f"{item.name} " if item.name else "", CellStyle.NAME)
    x = canvas.put(x, y, MARKS.get(item.cell.style, ""), item.cell.style)
    canvas.put(x, y, item.cell.text, item.cell.style)


def _item_width(canvas: Canvas, item: Line) -> int:
    """With its sign, and a column behind it."""
    number = MARKS.get(item.cell.style, "") + item.cell.text
    return 2 + canvas.length(item.name) + bool(item.name) + canvas.length(number) + 1


def _line(canvas: Canvas, box: Box, line: Line, name_width: int) -> None:
    """The name and the formula."""
    if not line.formula:
        canvas.put(box.x, box.y, canvas.shorten(line.name, box.width), CellStyle.NAME)
        return
    canvas.put(box.x, box.y, line.name, CellStyle.NAME)
    x = canvas.put(box.x + name_width, box.y, " = ", CellStyle.MUTED)
    canvas.put(x, box.y, canvas.shorten(line.formula, box.right - x), CellStyle.TEXT)


def _width(canvas: Canvas, line: Line, name_width: int) -> int:
    return name_width + 3 + canvas.length(line.formula) if line.formula else canvas.length(line.name)


def _in_sight(total: int, room: int, focus: int) -> range:
    """Which lines have room: they stay where they are until the one in focus would be the last of them."""
    start = 0
    while focus >= start + room - 1 and start + room < total:
        start = min(start + max(room - 2, 1), total - room)
    return range(start, min(start + room, total))
