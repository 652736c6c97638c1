"""The map of a lesson: its output over a plane as shades with the line at ½, the rows on it; over one number a curve."""

from engine.graph.numeric import Array, np
from engine.text.notation import fit_number
from engine.trace.plane import Plane, Surface, ticks
from engine.trace.trace import Trace
from tui.view.canvas import Box, Canvas, CellStyle
from tui.view.raster import Raster

ACROSS, DOWN = 2, 4  # fine points of a cell: nearly squares
SHADES = " ░▒▓█"
SIDED_SHADES = " ░▓█"  # where ½ parts them: without the middle one, both sides are told apart at once
NOWHERE = "?"  # no number


def draw(canvas: Canvas, box: Box, trace: Trace, epoch: int, plane: Plane, row: int | None = None) -> None:
    """Draw the output over a plane in an epoch, the row in hand marked."""
    surface = Surface(trace, epoch, plane)
    box = _draw_axes(canvas, box, surface)
    if plane.is_curve:
        return
    fine = surface.grid(box.width * ACROSS, box.height * DOWN)
    _draw_shades(canvas, box, surface, fine)
    _draw_line(canvas, box, surface.sides(fine))
    _draw_rows(canvas, box, surface, row)


def _draw_axes(canvas: Canvas, box: Box, surface: Surface) -> Box:
    """Frame, figures and names; returns the room inside, which looks square."""
    across, up = surface.ranges[0], surface.ranges[-1]
    margin = 4
    height = box.height - 4
    width = min(2 * height, box.width - margin - 1)
    inner = Box(box.x + margin + 1, box.y, width, height)
    for y in range(inner.y, inner.bottom):
        canvas.put(inner.x - 1, y, "│", CellStyle.RULE)
    canvas.put(inner.x - 1, inner.bottom, "└" + "─" * inner.width, CellStyle.RULE)
    name_across, name_up = [*surface.plane.axes, surface.plane.name][:2]
    canvas.put_right(inner.x - 1, inner.y, name_up, CellStyle.NAME)
    canvas.put(inner.right + 1, inner.bottom, name_across, CellStyle.NAME)
    for value in ticks(across, max(inner.width // 8, 2)):
        canvas.put(inner.x + across.part_of(value, inner.width), inner.bottom, fit_number(value, 6, 3), CellStyle.MUTED)
    for value in ticks(up, max(inner.height // 3, 2)):
        y = inner.bottom - 1 - up.part_of(value, inner.height)
        canvas.put_right(inner.x - 1, y, fit_number(value, 4, 3), CellStyle.MUTED)
    return inner


def _draw_shades(canvas: Canvas, box: Box, surface: Surface, fine: Array) -> None:
    shades = SIDED_SHADES if surface.classifies else SHADES
    values = fine[DOWN // 2::DOWN, ACROSS // 2::ACROSS]
    scale = surface.scale
    levels = np.clip((values - scale.least) / scale.span * len(shades), 0, len(shades) - 1)
    for y, line in enumerate(levels):
        text = "".join(NOWHERE if np.isnan(level) else shades[int(level)] for level in line)
        canvas.put(box.x, box.y + y, text, CellStyle.MUTED)


def _draw_line(canvas: Canvas, box: Box, sides: Array) -> None:
    across = sides[:, :-1] != sides[:, 1:]
    down = sides[:-1] != sides[1:]
    points = np.zeros(sides.shape, dtype=bool)
    points[:, :-1] |= across
    points[:-1] |= down
    raster = Raster(canvas, box)
    for y, x in np.argwhere(points):
        raster.set(int(x), int(y))
    raster.draw(CellStyle.PATH)


def _draw_rows(canvas: Canvas, box: Box, surface: Surface, row: int | None) -> None:
    across, up = surface.ranges
    for index in range(surface.lesson.rows):
        x = box.x + across.part_of(surface.places[0, index], box.width)
        y = box.bottom - 1 - up.part_of(surface.places[1, index], box.height)
        text = fit_number(float(surface.targets[index]), 4, 2) + "!" * bool(surface.are_wrong[index])
        text = f"[{text}]" if index == row else f" {text} "
        canvas.put(x - 1, y, text, CellStyle.WRONG if surface.are_wrong[index] else CellStyle.VALUE)
