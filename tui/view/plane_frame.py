"""What a map and a curve stand in: a frame whose axes have figures and names, and what stands at a place in it."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from engine.text.notation import fit_number
from engine.trace.plane import Range
from tui.view.canvas import Box, Canvas, CellStyle
from tui.view.scale import ticks

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


def figures_width(canvas: Canvas, up: Axis, height: int) -> int:
    """How many columns stand left of a room that is at most so high: the upright axis's figures and name, the line."""
    figures = {fit_figure(value) for most in range(1, _most_up(height) + 1) for value in ticks(*up.range, most)}
    return max(map(canvas.length, [up.name, *figures])) + 2


def _most_up(height: int) -> int:
    """How many figures an upright axis has at most."""
    return height // CELLS_APART[1] + 1


def draw_frame(canvas: Canvas, box: Box, across: Axis, up: Axis) -> None:
    """Lines, figures and names left of a room and below it; a figure that meets a name is left out."""
    for y in range(box.y, box.bottom):
        canvas.put(box.x - 1, y, "│", CellStyle.RULE)
    canvas.put(box.x - 1, box.bottom, "└" + "─" * box.width, CellStyle.RULE)
    canvas.put_right(box.x - 1, box.y, up.name, CellStyle.NAME)
    for value in ticks(*up.range, _most_up(box.height)):
        y = box.height - 1 - up.range.part_of(value, box.height)
        if 0 < y < box.height:
            canvas.put_right(box.x - 1, box.y + y, fit_figure(value), CellStyle.TEXT)
    free, end = box.x, max(box.right - canvas.length(across.name), box.x + 1)
    for value in ticks(*across.range, box.width // CELLS_APART[0] + 1):
        text = fit_figure(value)
        x = box.x + across.range.part_of(value, box.width) - canvas.length(text) // 2
        if free < x and x + canvas.length(text) < end:
            free = canvas.put(x - 1, box.bottom, f" {text} ", CellStyle.TEXT)
    canvas.put(end - 1, box.bottom, f" {across.name}", CellStyle.NAME)


def fit_figure(value: float) -> str:
    """A number as short as figures are."""
    return fit_number(float(value), FIGURE, FIGURE - 3)


def draw_labels(canvas: Canvas, box: Box, labels: Sequence[Label], is_on_shades: bool) -> None:
    """Texts in a room, on shades with a blank on each side; those that touch stand behind one another."""
    for group in _groups(canvas, labels):
        place, group = group[0], _fit(canvas, group, box.width)
        x = place.x - place.text.startswith("[")
        x, y = box.x + max(min(x, box.width - _length(canvas, group)), 0), box.y + place.y
        if is_on_shades:
            start, end = max(x - 1, box.x), min(x + _length(canvas, group) + 1, box.right)
            canvas.put(start, y, " " * (end - start))
        for index, label in enumerate(group):
            x = canvas.put(x, y, "," * (index > 0))
            x = canvas.put(x, y, label.text, label.style)


def _length(canvas: Canvas, group: Sequence[Label]) -> int:
    return sum(canvas.length(label.text) + 1 for label in group) - 1


def _fit(canvas: Canvas, group: Sequence[Label], width: int) -> Sequence[Label]:
    """Those of a group that have room; where not all do each text once, a fresh one first, and a `…`."""
    if _length(canvas, group) <= width:
        return group
    each = {label.text: label for label in sorted(group, key=lambda label: label.style is not CellStyle.FRESH)}
    more, kept = Label(0, 0, "…", CellStyle.MUTED), list(each.values())
    while kept and _length(canvas, [*kept, more]) > width:
        kept.pop()
    return [*kept, more]


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
