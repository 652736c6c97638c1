"""What a map and a curve stand in: a frame whose axes have figures and names, and what stands at a place in it."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from engine.text.notation import fit_number
from engine.trace.plane import Range, ticks
from tui.view.canvas import Box, Canvas, CellStyle

FIGURE = 6  # characters of a figure at most
CELLS_APART = 6, 3  # figures, across and up


class Axis(NamedTuple):
    """What an axis shows, and its name."""

    range: Range
    name: str


class Label(NamedTuple):
    """A text at a place, in cells from the upper left of a frame's room."""

    x: int
    y: int
    text: str
    style: CellStyle


def figures_width(canvas: Canvas, up: Axis) -> int:
    """How many columns stand left of the room inside: the upright axis's figures and name, and the line."""
    return max(canvas.length(up.name), *(canvas.length(_figure(value)) for value in ticks(up.range, FIGURE))) + 2


def draw_frame(canvas: Canvas, box: Box, across: Axis, up: Axis) -> None:
    """Lines, figures and names left of a room and below it; a figure that meets a name is left out."""
    for y in range(box.y, box.bottom):
        canvas.put(box.x - 1, y, "│", CellStyle.RULE)
    canvas.put(box.x - 1, box.bottom, "└" + "─" * box.width, CellStyle.RULE)
    canvas.put_right(box.x - 1, box.y, up.name, CellStyle.NAME)
    for value in ticks(up.range, box.height // CELLS_APART[1] + 1):
        if y := box.height - 1 - up.range.part_of(value, box.height):
            canvas.put_right(box.x - 1, box.y + y, _figure(value), CellStyle.TEXT)
    free, end = box.x, box.right - canvas.length(across.name)
    for value in ticks(across.range, box.width // CELLS_APART[0] + 1):
        text = _figure(value)
        x = box.x + across.range.part_of(value, box.width) - canvas.length(text) // 2
        if free < x and x + canvas.length(text) < end:
            free = canvas.put(x - 1, box.bottom, f" {text} ", CellStyle.TEXT)
    canvas.put(end - 1, box.bottom, f" {across.name}", CellStyle.NAME)


def _figure(value: float) -> str:
    return fit_number(value, FIGURE, FIGURE - 3)


def draw_labels(canvas: Canvas, box: Box, labels: Sequence[Label], is_on_shades: bool) -> None:
    """Texts in a room, on shades with a blank on each side; those that touch stand behind one another."""
    for group in _groups(canvas, labels):
        length = sum(canvas.length(label.text) + 1 for label in group) - 1
        x = box.x + max(min(group[0].x - group[0].text.startswith("["), box.width - length), 0)
        y = box.y + group[0].y
        if is_on_shades:
            canvas.put(max(x - 1, box.x), y, " " * min(length + 2, box.right - x + 1))
        for index, label in enumerate(group):
            x = canvas.put(x, y, "," * (index > 0))
            x = canvas.put(x, y, label.text, label.style)


def _groups(canvas: Canvas, labels: Sequence[Label]) -> Iterator[Sequence[Label]]:
    """Labels that touch, together, from the left."""
    group, end = list[Label](), 0
    for label in sorted(labels, key=lambda label: (label.y, label.x)):
        if group and (label.y != group[-1].y or label.x > end):
            yield group
            group, end = [], 0
        end = max(end, label.x - 1) + 1 + canvas.length(label.text)
        group.append(label)
    if group:
        yield group
