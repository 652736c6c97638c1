"""The Loss over the epochs, as a curve: of this training, and of others of the same start beside it.

Epochs that are not trained yet are blank. What lies above the scale, or is no number any more, is a `^` at the top.
"""

import math
from collections.abc import Iterable, Sequence
from functools import partial

from engine.text.notation import number
from engine.trace.losses import Span
from tui.view import scale
from tui.view.canvas import Box, Canvas, CellStyle
from tui.view.glance import LETTERS, Curve
from tui.view.glyphs import NOT_YET
from tui.view.plot import Line, Plot
from tui.view.raster import Raster, grain_of
from tui.view.scale import Scale

STYLES = dict(zip(LETTERS, (CellStyle.PATH, CellStyle.VALUE, CellStyle.KEY, CellStyle.MUTED), strict=True))
LEAST_ROWS = 4  # of the plot; names take what is left
AROUND = 3  # rows around it: the head above, the axis and its figures below
LEAST_SCALE = 3  # columns, for the figures at its left
OFF_SCALE, OFF_SCALE_LOG = 10, 1e4  # times the first Loss
FAR = 3  # cells from another curve, for a letter on one
ROUGH = 2  # digits of what is beyond the scale: too few to answer with where that Loss is asked for
NOT_TRAINED, DIVERGED, GOAL = "…", "diverged", "goal"


def draw(canvas: Canvas, box: Box, curves: Sequence[Curve], last: int, epoch: int, is_log: bool,
         is_told: bool = True) -> None:
    """The Losses of the epochs from 1 to `last`, as far as they are known, `epoch` marked. The first curve is the
    lesson's own; the last lines are the curves' names, each with its Loss in that epoch, where `is_told`.
    """
    grain = grain_of(canvas)
    spans = [curve.history.loss_spans(1, last, box.width * grain.across) for curve in curves]
    scale_shown = _scale(curves, spans, is_log)
    texts = [*scale_shown.texts, scale_shown.floor]
    width = max(LEAST_SCALE, *map(canvas.length, texts)) + 3  # a blank, the axis, a blank
    rows = box.height - AROUND - max(0, min(len(curves), box.height - AROUND - LEAST_ROWS))
    plot = Plot(Box(box.x + width, box.y + 1, box.width - width, rows), grain, scale_shown, last)
    lines = [plot.line(curve.history.loss_spans(1, last, plot.width)) for curve in curves]
    _draw_axes(canvas, plot)
    _draw_curves(canvas, plot, lines, curves, epoch)
    for line, known in zip(lines, spans, strict=True):
        _draw_end(canvas, plot, line, known)
    losses = [_loss(_at(curve, epoch)) if is_told else NOT_YET for curve in curves]
    _draw_epoch(canvas, box, plot, curves[0], epoch, losses[0], is_log)
    if len(curves) > 1:
        _draw_letters(canvas, plot, lines, curves, epoch)
    for curve, line, known in zip(curves, lines, spans, strict=True):
        if line.beyond:
            letter = f"{curve.letter} " * (len(curves) > 1)
            _say_beyond(canvas, plot, line.beyond[0], letter, known)
    _draw_figures(canvas, box, plot, curves[0], epoch)
    _draw_names(canvas, box.cut(rows + AROUND)[1], curves, losses)


def _scale(curves: Sequence[Curve], spans: Sequence[Sequence[Span]], is_log: bool) -> Scale:
    """For all curves together; a logarithmic one where there is one."""
    numbers = [value for each in spans for span in each for value in (span.least, span.greatest)]
    starts = [span.greatest for span in (_at(curve, 1) for curve in curves) if span]
    start = max(filter(math.isfinite, starts), default=0.0)
    found = scale.logarithmic(numbers, start, OFF_SCALE_LOG) if is_log else None
    return found or scale.linear(numbers, start, OFF_SCALE)


def _draw_axes(canvas: Canvas, plot: Plot) -> None:
    """With the figures of the Loss; a tick for each epoch where there is room."""
    x, (_, top, width, height) = plot.box.x - 2, plot.box
    for y in range(top, top + height):
        canvas.put(x, y, "│", CellStyle.RULE)
    canvas.put(x, plot.box.bottom, "└" + "─" * (width + 1), CellStyle.RULE)
    for value, text in zip(plot.scale.figures, plot.scale.texts, strict=False):
        canvas.put_right(x, plot.row(value), text, CellStyle.MUTED)
        canvas.put(x, plot.row(value), "├", CellStyle.RULE)
    canvas.put_right(x, plot.box.bottom - 1, plot.scale.floor, CellStyle.MUTED)
    if plot.last > 1 and 3 * plot.last <= width:
        for epoch in range(1, plot.last + 1):
            canvas.put(plot.column(epoch), plot.box.bottom, "┴", CellStyle.RULE)


def _draw_curves(canvas: Canvas, plot: Plot, lines: Sequence[Line], curves: Sequence[Curve], epoch: int) -> None:
    """The first one above the others; behind them, dotted, the epoch in hand and the Loss that is to be reached."""
    if epoch <= plot.last:
        for y in range(plot.box.y, plot.box.bottom):
            canvas.put(plot.column(epoch), y, ":", CellStyle.MUTED)
    goal = curves[0].history.lesson.goal
    level = goal.loss_below if goal and goal.loss_below is not None else math.nan
    has_goal = 0 < plot.scale.share(level) <= 1
    if has_goal:
        dots = Raster(canvas, plot.box)
        for x in range(0, dots.width, 2 * plot.grain.across):
            dots.set(x, plot.down(level))
        dots.draw(CellStyle.RULE)
    for index in reversed(range(len(lines))):
        raster = Raster(canvas, plot.box)
        for x, (top, bottom) in lines[index].points.items():
            raster.set_column(x, top, bottom)
        raster.draw(STYLES[curves[index].letter])
    if has_goal:
        columns = range(plot.box.right - len(GOAL), plot.box.x, -1)
        _put_free(canvas, GOAL, [(x, plot.row(level)) for x in columns], CellStyle.MUTED)


def _put_free(canvas: Canvas, text: str, places: Iterable[tuple[int, int]], style: CellStyle) -> bool:
    """Put a text at the first of some places where it covers nothing but dotted lines; returns whether there is one."""
    width = canvas.length(text)
    for x, y in places:
        cells = list(canvas.row(y))[x - 1:x + width + 1]
        if all(character == " " or its_style is CellStyle.RULE for character, its_style in cells):
            canvas.put(x, y, text, style)
            return True
    return False


def _draw_end(canvas: Canvas, plot: Plot, line: Line, spans: Sequence[Span]) -> None:
    """Where a curve is beyond the scale, and where it has not come yet."""
    for x in line.beyond:
        canvas.put(x, plot.box.y, "^", CellStyle.WRONG)
    if not spans:
        canvas.put(plot.box.x + 1, plot.box.y, NOT_TRAINED, CellStyle.MUTED)
    elif spans[-1].last < plot.last and not plot.is_beyond(spans[-1]):
        canvas.put(plot.column(spans[-1].last) + 2, plot.row(spans[-1].least), NOT_TRAINED, CellStyle.MUTED)


def _say_beyond(canvas: Canvas, plot: Plot, begin: int, letter: str, spans: Sequence[Span]) -> None:
    """How far a curve goes beyond the scale, below the marks that say so, where it is in nobody's way."""
    most = max((span.greatest for span in spans), key=lambda value: (not math.isfinite(value), value))
    text = letter + (f"up to {scale.figure(most, ROUGH)}" if math.isfinite(most) else DIVERGED)
    end = plot.box.right - canvas.length(text)
    places = [(x, y) for y in range(plot.box.y + 1, plot.box.bottom) for x in range(min(begin + 1, end), end + 1)]
    if not _put_free(canvas, text, places, CellStyle.WRONG) and not letter:
        canvas.put(max(plot.box.x, min(begin, end)), plot.box.y + 1, text, CellStyle.WRONG)


def _draw_letters(canvas: Canvas, plot: Plot, lines: Sequence[Line], curves: Sequence[Curve], epoch: int) -> None:
    """A letter on each curve, where it is far from the others, rather at its end."""
    letters: list[tuple[int, int]] = []
    for index, line in enumerate(lines):
        others = [other for other in lines if other is not line]
        cells = [(x, sum(rows) // 2) for x, rows in sorted(line.rows.items(), reverse=True)
                 if x != plot.column(epoch) and x not in line.beyond]
        if cells:
            letters.append(max(cells, key=partial(_distance, others=others, letters=letters)))
            canvas.put(*letters[-1], curves[index].letter, STYLES[curves[index].letter])


def _distance(cell: tuple[int, int], others: Sequence[Line], letters: Sequence[tuple[int, int]]) -> int:
    """How far it is from there to the nearest letter, and up or down to another curve; enough is enough."""
    x, y = cell
    to_curves = [max(other.rows[x][0] - y, y - other.rows[x][1], 0) for other in others if x in other.rows]
    to_letters = [max(abs(x - column), abs(y - row)) - 1 for column, row in letters]
    return min([FAR, *to_curves, *to_letters])


def _draw_epoch(canvas: Canvas, box: Box, plot: Plot, own: Curve, epoch: int, loss: str, is_log: bool) -> None:
    """The head: what is drawn, and above its line the epoch in hand, with its Loss; a dot where that is."""
    name = own.history.lesson.loss_name
    title = name + (", log" if plot.scale.is_log else ", no log: not above 0") * is_log
    start = box.right
    if epoch <= plot.last:
        span, x = _at(own, epoch), plot.column(epoch)
        if span and not plot.is_beyond(span):
            canvas.put(x, plot.row(span.greatest), "•", CellStyle.FRESH)
        text = f"epoch {epoch}: {loss}"
        width = canvas.length(text)
        start = min(max(x - width // 2, box.x + canvas.length(title) + 2), box.right - width)
        canvas.put(start, box.y, text, CellStyle.VALUE)
    canvas.put(box.x, box.y, canvas.cut(title, start - box.x - 1), CellStyle.TITLE)


def _draw_figures(canvas: Canvas, box: Box, plot: Plot, own: Curve, epoch: int) -> None:
    """The epochs below the axis: the one in hand, the last, the first, the middle one, the goal's, as far as there is
    room.
    """
    goal = own.history.lesson.goal
    of_goal = goal.epoch if goal and not goal.fails else None
    others = [each for each in (plot.last, 1, (plot.last + 1) // 2, of_goal) if each]
    figures = [(each, f"{GOAL} " * (each == of_goal) + str(each), CellStyle.MUTED) for each in others]
    taken = set[int]()
    for each, text, style in [(epoch, f"[{epoch}]", CellStyle.FRESH), *figures]:
        start = max(box.x, min(plot.column(each) - len(text) // 2, box.right - len(text)))
        cells = set(range(start - 1, start + len(text) + 1))
        if each <= plot.last and not cells & taken:
            canvas.put(start, plot.box.bottom + 1, text, style)
            taken |= cells


def _draw_names(canvas: Canvas, box: Box, curves: Sequence[Curve], losses: Sequence[str]) -> None:
    """Each curve's letter, where there are several, its name, and its Loss in the epoch in hand."""
    room = box.width - max(map(canvas.length, losses)) - 2
    names = [canvas.cut(f"{curve.letter} " * (len(curves) > 1) + curve.label, room) for curve in curves]
    width = max(map(canvas.length, names)) + 2
    for index in range(min(len(curves), box.height)):
        canvas.put(box.x, box.y + index, names[index], STYLES[curves[index].letter])
        canvas.put(box.x + width, box.y + index, losses[index], CellStyle.VALUE)


def _at(curve: Curve, epoch: int) -> Span | None:
    """The Loss of an epoch, as exactly as it is known, if it is."""
    found = curve.history.loss_spans(epoch, epoch, 1)
    return found[0] if found else None


def _loss(span: Span | None) -> str:
    """As it is written; of a late epoch what is sure of it."""
    if span is None:
        return NOT_TRAINED
    if not math.isfinite(span.greatest):
        return DIVERGED
    least, greatest = number(span.least), number(span.greatest)
    return greatest if least == greatest else f"≈ {greatest}"
