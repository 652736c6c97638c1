"""The map of a lesson: its output over a plane as shades, the line at ½, the rows on it; over one number a curve."""

from collections.abc import Iterator, Sequence

from engine.graph.numeric import Array, np
from engine.trace.plane import HALF, Plane, Range, Surface
from engine.trace.trace import Trace
from tui.view.canvas import Box, Canvas, CellStyle, wrap
from tui.view.plane_frame import Axis, Label, draw_frame, draw_labels, figures_width, fit_figure
from tui.view.raster import OF_BRAILLE, Raster, grain_of

ACROSS, DOWN = 2, 4  # fine points of a cell: they are about as wide as high
SHADES = " ░▒▓█"
SIDED_SHADES = " ░▓█"  # where ½ parts them: without the middle one both sides are told apart at once
SIDES = Range(0.0, 1.0)  # what they show, so that ½ is between the second and the third
CLASS_SHADES = ("░▓", "░▒█", "░▒▓█", SHADES)  # of two classes, three, four; of more in turn
NO_NUMBER = "?"
FIRST_OF_SEVERAL = "before the first update"  # an epoch as it begins
STEEP = 2.4  # from which on a line is upright, or lies
CURVE_MARGIN = 0.2  # above and below what a curve can be
TALL, LINES, LINES_IF_TALL = 15, 2, 3  # of the words below a picture
MOST_SPELLED = 24  # rows; of more each is a sign
LEAST_BESIDE, GAP = 24, 2  # columns of the words beside one


def draw(canvas: Canvas, box: Box, trace: Trace, epoch: int, plane: Plane, row: int | None = None) -> None:
    """Draw an output over its plane in an epoch, the row in hand marked, and say what the signs mean."""
    surface = Surface(trace, epoch, plane)
    if not surface.is_finite:
        _draw_words(canvas, box, ["Training has diverged: there is nothing to draw."])
        return
    across, up = _axes(surface)
    room, beside = _rooms(box, plane, figures_width(canvas, up, box.height))
    if min(room.width, room.height) < 1:
        return
    draw_frame(canvas, room, across, up)
    words = (_draw_curve if plane.is_curve else _draw_map)(canvas, room, surface)
    labels = list(_labels(room, surface, across, up, row))
    if len(labels) > MOST_SPELLED:
        _draw_dots(canvas, room, labels)
        labels = [label for label in labels if label.style is CellStyle.FRESH]
    draw_labels(canvas, room, labels, is_on_shades=not plane.is_curve)
    when = [FIRST_OF_SEVERAL] * (len(trace.script.batches) > 1)
    _draw_words(canvas, beside, [*words, *when, *_words_of_rows(surface, row)])


def _axes(surface: Surface) -> tuple[Axis, Axis]:
    plane = surface.plane
    if plane.is_curve:
        return Axis(surface.ranges[0], plane.axes[0]), Axis(surface.scale.widen(CURVE_MARGIN), plane.name)
    across, up = map(Axis, surface.ranges, plane.axes)
    return across, up


def _rooms(box: Box, plane: Plane, left: int) -> tuple[Box, Box]:
    """Where the picture goes within its frame, and where the words: below it, or beside it where that leaves it larger.
    A map looks square: a cell is twice as high as wide.
    """
    lines = LINES_IF_TALL if box.height >= TALL else LINES
    above = Box(box.x + left, box.y, box.width - left, box.height - lines - 1)
    whole = Box(box.x + left, box.y, box.width - left - GAP - LEAST_BESIDE, box.height - 1)
    if not plane.is_curve:
        above, whole = (room._replace(width=min(room.width, 2 * room.height)) for room in (above, whole))
    if whole.width * whole.height > above.width * above.height:
        return whole, Box(whole.right + GAP, box.y, box.right - whole.right - GAP, box.height)
    return above, Box(box.x, above.bottom + 1, box.width, lines)


def _draw_map(canvas: Canvas, box: Box, surface: Surface) -> list[str]:
    """Shades, and the line between sides; returns what they mean."""
    fine = surface.grid(box.width * ACROSS, box.height * DOWN)
    is_even = _draw_shades(canvas, box, surface, fine[DOWN // 2::DOWN, ACROSS // 2::ACROSS])
    if not surface.classifies:
        least, greatest = map(fit_figure, surface.scale)
        return [f"{surface.plane.name}: blank {least}, ░▒▓, █ {greatest}", *[_in_sight(fine)] * is_even]
    sides = surface.sides(fine)
    _draw_line(canvas, box, sides)
    if surface.plane.output is None:
        shades = zip(_shades(surface), surface.plane.targets, strict=False)
        return ["greatest: " + ", ".join(f"{shade} {name}" for shade, name in shades)]
    side = next((word for side, word in enumerate(("below", "above")) if (sides == side).all()), "")
    return ["blank ░ 0, ▓ █ 1", f"all {side} ½" if side else "line: ½"]


def _in_sight(values: Array) -> str:
    """Between what the output lies: one shade alone does not show that it moves."""
    least, greatest = (fit_figure(float(f"{end:.2g}")) for end in (np.nanmin(values), np.nanmax(values)))
    return f"here about {least}" if least == greatest else f"here {least} to {greatest}"


def _shades(surface: Surface) -> str:
    """From the least to the greatest, or of each class."""
    if surface.plane.output is None:
        return CLASS_SHADES[min(len(surface.plane.targets) - 2, len(CLASS_SHADES) - 1)]
    return SIDED_SHADES if surface.classifies else SHADES


def _draw_shades(canvas: Canvas, box: Box, surface: Surface, values: Array) -> bool:
    """A shade for each cell; returns whether all have the same."""
    shades, scale = _shades(surface), SIDES if surface.classifies else surface.scale
    levels = values % len(shades) if surface.plane.output is None else \
        np.clip((values - scale.least) / scale.span * len(shades), 0, len(shades) - 1)
    signs = np.array([*shades, NO_NUMBER])[np.where(np.isnan(levels), len(shades), levels).astype(int)]
    for y, line in enumerate(signs.tolist(), box.y):
        canvas.put(box.x, y, "".join(line), CellStyle.MUTED)
    return bool((signs == signs[0, 0]).all())


def _draw_line(canvas: Canvas, box: Box, sides: Array) -> None:
    """The border between sides: of fine points where these are told from shades, else of a sign in each cell."""
    across = np.pad(np.sign(np.diff(sides, axis=1)), ((0, 0), (0, 1)))
    down = np.pad(np.sign(np.diff(sides, axis=0)), ((0, 1), (0, 0)))
    points = [(int(x), int(y)) for y, x in np.argwhere((across != 0) | (down != 0))]
    if grain_of(canvas) is OF_BRAILLE:
        raster = Raster(canvas, box)
        for x, y in points:
            raster.set(x, y)
        raster.draw(CellStyle.PATH)
        return
    for column, line in {(x // ACROSS, y // DOWN) for x, y in points}:
        near = _near(line, DOWN, DOWN // 2), _near(column, ACROSS, ACROSS)
        sign = _sign(int(across[near].sum()), int(down[near].sum()))
        canvas.put(box.x + column, box.y + line, sign, CellStyle.PATH)


def _near(cell: int, fine: int, more: int) -> slice:
    """The fine points of a cell, with some more on each side."""
    return slice(max(cell * fine - more, 0), (cell + 1) * fine + more)


def _sign(across: int, down: int) -> str:
    """The sign of a line, by how much more lies beyond it across and down."""
    if abs(across) > STEEP * abs(down):
        return "│"
    if abs(down) > STEEP * abs(across):
        return "─"
    return "\\" if (across > 0) != (down > 0) else "/"


def _draw_curve(canvas: Canvas, box: Box, surface: Surface) -> list[str]:
    """The output over one number, what is between it and the targets, and ½ if it parts two sides; returns what they
    mean.
    """
    across, up = (axis.range for axis in _axes(surface))
    if surface.classifies:
        y = box.bottom - 1 - up.part_of(HALF, box.height)
        canvas.put(box.x, y, ("─ " * box.width)[:box.width], CellStyle.RULE)
    for place, *ends in zip(surface.places[0], surface.targets, surface.outputs, strict=True):
        if np.isfinite(ends).all():
            first, last = sorted(box.height - 1 - up.part_of(float(end), box.height) for end in ends)
            for y in range(max(first, 0), min(last, box.height - 1) + 1):
                canvas.put(box.x + across.part_of(float(place), box.width), box.y + y, ":", CellStyle.MUTED)
    raster, before = Raster(canvas, box), None
    for x, value in enumerate(surface.over(across.centres(raster.width)[None])):
        if np.isnan(value):
            before = None
            continue
        y = raster.height - 1 - up.part_of(float(value), raster.height)
        raster.set_column(x, y if before is None else before + (y > before) - (y < before), y)
        before = y
    raster.draw(CellStyle.PATH)
    return ["above ½ it says 1"] * surface.classifies


def _labels(box: Box, surface: Surface, across: Axis, up: Axis, row: int | None) -> Iterator[Label]:
    """The rows, each by its target, with a mark where it is on the wrong side."""
    heights = surface.targets if surface.plane.is_curve else surface.places[1]
    for index, (place, height) in enumerate(zip(surface.places[0], heights, strict=True)):
        if np.isfinite((place, height)).all():
            text = _target(surface, index) + "!" * bool(surface.are_wrong[index])
            style = CellStyle.WRONG if surface.are_wrong[index] else CellStyle.VALUE
            yield Label(across.range.part_of(float(place), box.width),
                        box.height - 1 - up.range.part_of(float(height), box.height),
                        f"[{text}]" if index == row else text, CellStyle.FRESH if index == row else style)


def _draw_dots(canvas: Canvas, box: Box, labels: Sequence[Label]) -> None:
    """Many rows, a sign for each; where several are in one cell, one that is on the wrong side."""
    for label in sorted(labels, key=lambda label: label.text.endswith("!")):
        sign = label.text[-1] if len(label.text) == 1 or label.text.endswith("!") else "•"
        canvas.put(box.x + label.x, box.y + label.y, sign, label.style)


def _target(surface: Surface, row: int) -> str:
    if surface.plane.output is None:
        return surface.plane.targets[int(surface.targets[row])]
    return "•" if surface.plane.is_curve and not surface.classifies else fit_figure(surface.targets[row])


def _words_of_rows(surface: Surface, row: int | None) -> Iterator[str]:
    """What the signs of rows mean, the most important first."""
    if surface.are_wrong.any():
        target = _target(surface, int(surface.are_wrong.argmax())) * (surface.lesson.rows <= MOST_SPELLED)
        yield f"{target}! wrong side"
    if row is not None:
        yield f"[ ] row {row + 1}"
    if surface.plane.is_curve and not surface.classifies:
        yield "• targets, : how far off"
    else:
        yield "names: targets" if surface.plane.output is None else "numbers: targets"


def _draw_words(canvas: Canvas, box: Box, words: Sequence[str]) -> None:
    """What is said, in as few lines as have room for it, each part in one if it can be."""
    lines = [""]
    for part in words:
        joined = f"{lines[-1]}   {part}" if lines[-1] else part
        if canvas.length(joined) <= box.width:
            lines[-1] = joined
        else:
            lines += wrap(canvas, part, box.width)
    for y, line in enumerate(list(filter(None, lines))[:box.height], box.y):
        canvas.put(box.x, y, line)
