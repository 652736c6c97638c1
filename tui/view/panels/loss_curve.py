"""The Loss over the epochs, as a curve: of this training, and of others of the same start beside it.

Epochs that are not trained yet are blank. What lies above the scale, or is no number any more, is a `^` at the top.
"""

import math
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from engine.text.notation import number
from engine.trace.history import History
from engine.trace.losses import Span
from tui.view import scale
from tui.view.canvas import Box, Canvas, CellStyle
from tui.view.raster import Raster, grain_of
from tui.view.scale import Scale

STYLES = (CellStyle.PATH, CellStyle.VALUE, CellStyle.KEY, CellStyle.MUTED)  # of the curves, in their order
LEAST_ROWS = 4  # of the plot; legends take what is left
OFF_SCALE = 10  # times the first Loss
NOT_TRAINED = "…"


class Curve(NamedTuple):
    """A training, what it is called, and the letter that stands on its curve."""

    label: str
    history: History
    letter: str


class _Line(NamedTuple):
    """A curve in points: at each place across from which down to which it goes."""

    curve: Curve
    spans: Sequence[Span]
    columns: dict[int, tuple[int, int]]
    off: Sequence[int]  # the places across where it is above the scale


def draw(canvas: Canvas, box: Box, curves: Sequence[Curve], last: int, epoch: int, is_log: bool) -> None:
    """The Losses of the epochs from 1 to `last`, `epoch` marked; the first curve is the lesson's own."""
    _Plot(canvas, box, curves, last, epoch, is_log).draw()


class _Plot:
    """One chart while it is drawn."""

    def __init__(self, canvas: Canvas, box: Box, curves: Sequence[Curve], last: int, epoch: int, is_log: bool) -> None:
        self.canvas, self.curves, self.last, self.epoch = canvas, curves, last, epoch
        grain = grain_of(canvas)
        legends = _legend_height(box, curves)
        self.rows = box.height - legends - 3  # a head above, the axis and its figures below
        spans = [curve.history.loss_spans(1, last, box.width * grain.across) for curve in curves]
        self.scale, self.is_log = _scale(spans, is_log)
        self.figures = {value: scale.figure(value) for value in self.scale.figures}
        width = max([3, *map(canvas.length, [*self.figures.values(), self.scale.floor])])
        self.box = box
        self.plot = Box(box.x + width + 2, box.y + 1, box.width - width - 2, self.rows)
        self.grain = grain
        self.points = self.plot.width * grain.across
        self.lines = [self._line(curve) for curve in curves]

    # Where things stand

    def _across(self, epoch: int) -> int:
        """The place of an epoch, in points."""
        if self.last <= self.points:
            return (epoch - 1) * (self.points - 1) // max(self.last - 1, 1)
        return (epoch - 1) * self.points // self.last

    def column(self, epoch: int) -> int:
        """The column of an epoch."""
        return self.plot.x + self._across(epoch) // self.grain.across

    def _down(self, value: float) -> int:
        """The place of a Loss, in points from the top; those outside the scale at its ends."""
        share = min(max(self.scale.share(value), 0.0), 1.0)
        return round((1 - share) * (self.rows * self.grain.down - 1))

    def _row(self, value: float) -> int:
        return self.plot.y + self._down(value) // self.grain.down

    def _line(self, curve: Curve) -> _Line:
        """A curve in points, each joined to the one before it."""
        spans = curve.history.loss_spans(1, self.last, self.points)
        columns: dict[int, tuple[int, int]] = {}
        off, before = [], None
        for span in spans:
            x = self._across(span.first)
            if not math.isfinite(span.greatest) or self.scale.share(span.greatest) > 1 + 1e-9:
                off.append(x)
            if math.isnan(span.least):
                continue
            top, bottom = self._down(span.greatest) if not math.isnan(span.greatest) else 0, self._down(span.least)
            columns.update(_join(before, (x, top, bottom)))
            before = (x, top, bottom)
        return _Line(curve, spans, columns, off)

    # What is drawn

    def draw(self) -> None:
        """Everything, what matters most last."""
        self._draw_axes()
        self._draw_epoch_line()
        self._draw_goal()
        for index in reversed(range(len(self.lines))):
            raster = Raster(self.canvas, self.plot)
            for x, (top, bottom) in self.lines[index].columns.items():
                raster.set_column(x, top, bottom)
            raster.draw(STYLES[index % len(STYLES)])
        self._draw_ends()
        self._draw_letters()
        self._draw_epoch()
        self._draw_legends()

    def _draw_axes(self) -> None:
        canvas, plot = self.canvas, self.plot
        x = plot.x - 1
        for y in range(plot.y, plot.bottom):
            canvas.put(x, y, "│", CellStyle.RULE)
        canvas.put(x, plot.bottom, "└" + "─" * plot.width, CellStyle.RULE)
        for value, text in self.figures.items():
            y = self._row(value)
            canvas.put_right(x, y, f" {text}", CellStyle.MUTED)
            canvas.put(x, y, "├", CellStyle.RULE)
        if self.scale.floor:
            canvas.put_right(x, plot.bottom - 1, f" {self.scale.floor}", CellStyle.MUTED)
        if self.last > 1 and plot.width // (self.last - 1) > 2:
            for each in range(1, self.last + 1):
                canvas.put(self.column(each), plot.bottom, "┴", CellStyle.RULE)
        name = self.curves[0].history.lesson.loss_name
        canvas.put(self.box.x, self.box.y, name + ", log" * self.is_log, CellStyle.TITLE)

    def _draw_epoch_line(self) -> None:
        """A dotted line through the epoch in hand."""
        if self.epoch <= self.last:
            for y in range(self.plot.y, self.plot.bottom):
                self.canvas.put(self.column(self.epoch), y, ":", CellStyle.MUTED)

    def _draw_goal(self) -> None:
        """The Loss that is to be reached, if there is one, dotted."""
        goal = self.curves[0].history.lesson.goal
        if goal is None or goal.loss_below is None or not 0 <= self.scale.share(goal.loss_below) <= 1:
            return
        raster, step = Raster(self.canvas, self.plot), 2 * self.grain.across
        for x in range(0, raster.width, step):
            raster.set(x, self._down(goal.loss_below))
        raster.draw(CellStyle.MUTED)
        self.canvas.put_right(self.plot.right, self._row(goal.loss_below), " goal", CellStyle.MUTED)

    def _draw_ends(self) -> None:
        """Where training has diverged, and where it has not come yet."""
        for index, line in enumerate(self.lines):
            for x in line.off:
                self.canvas.put(self.plot.x + x // self.grain.across, self.plot.y, "^", CellStyle.WRONG)
            end = line.spans[-1] if line.spans else None
            if line.off and end:
                text = "diverges" if not math.isfinite(end.greatest) else f"up to {scale.figure(end.greatest)}"
                text = f"{line.curve.letter} {text}" if len(self.lines) > 1 else text
                x = self.plot.x + line.off[0] // self.grain.across
                x = max(min(x, self.plot.right - self.canvas.length(text)), self.plot.x)
                self.canvas.put(x, self.plot.y + 1 + index % max(self.rows - 1, 1), text, CellStyle.WRONG)
            elif end is None or end.last < self.last:
                x, y = (self.column(end.last), self._row(end.least)) if end else (self.plot.x, self.plot.y)
                self.canvas.put(x + 1, y, NOT_TRAINED, CellStyle.MUTED)

    def _draw_letters(self) -> None:
        """A letter on each of several curves, where it is furthest from the others, rather at its end."""
        cells = [_cells(line, self.grain.across, self.grain.down) for line in self.lines]
        letters: list[tuple[int, int]] = []
        for index, line in enumerate(self.lines * (len(self.lines) > 1)):
            best, at = -1, None
            for x in sorted(cells[index], reverse=True):
                y = sum(cells[index][x]) // 2
                away = min((_distance(y, other[x]) for other in cells if other is not cells[index] and x in other),
                           default=3)
                away = min([away, 3, *(max(abs(y - b), abs(x - a)) - 1 for a, b in letters)])
                if self.plot.x + x != self.column(self.epoch) and away > best:
                    best, at = away, (x, y)
            if at:
                letters.append(at)
                self.canvas.put(self.plot.x + at[0], self.plot.y + at[1], line.curve.letter,
                                STYLES[index % len(STYLES)])

    def _draw_epoch(self) -> None:
        """The Loss of the epoch in hand, on its line; and below the axis the figures of the epochs."""
        canvas, plot = self.canvas, self.plot
        x, y = self.column(min(self.epoch, self.last)), plot.bottom + 1
        if self.epoch <= self.last:
            span = _at(self.lines[0].curve, self.epoch)
            if span and math.isfinite(span.greatest) and self.scale.share(span.greatest) <= 1 + 1e-9:
                canvas.put(x, self._row(span.greatest), "•", CellStyle.FRESH)
            text = f"epoch {self.epoch}: {_loss(span)}"
            name = self.box.x + canvas.length(f"{self.curves[0].history.lesson.loss_name}{', log' * self.is_log}  ")
            width = canvas.length(text)
            start = max(name, min(x - width // 2, self.box.right - width))
            canvas.put(start, self.box.y, text, CellStyle.VALUE)
        free = [True] * (self.box.width + 2)
        figures = [(self.epoch, f"[{self.epoch}]", CellStyle.FRESH)] if self.epoch <= self.last else []
        figures += [(each, str(each), CellStyle.MUTED) for each in (self.last, 1, (self.last + 1) // 2)]
        goal = self.curves[0].history.lesson.goal
        if goal and goal.epoch <= self.last and not goal.fails:
            figures.append((goal.epoch, f"goal {goal.epoch}", CellStyle.MUTED))
        for each, text, style in figures:
            start = max(self.box.x, min(self.column(each) - len(text) // 2, self.box.right - len(text)))
            place = slice(start - self.box.x, start - self.box.x + len(text) + 2)
            if all(free[place]):
                canvas.put(start, y, text, style)
                free[place] = [False] * len(free[place])

    def _draw_legends(self) -> None:
        """Each curve's letter, name, and its Loss in the epoch in hand."""
        canvas, y = self.canvas, self.plot.bottom + 2
        is_alone = len(self.lines) == 1
        names = [f"{'' if is_alone else f'{line.curve.letter} '}{line.curve.label}" for line in self.lines]
        width = max(map(canvas.length, names)) + 2
        for index, line in enumerate(self.lines):
            if y + index >= self.box.bottom:
                break
            value = _loss(_at(line.curve, self.epoch))
            room = self.box.width - canvas.length(value) - 2
            canvas.put(self.box.x, y + index, canvas.cut(names[index], room), STYLES[index % len(STYLES)])
            canvas.put(self.box.x + min(width, room + 2), y + index, value, CellStyle.VALUE)


def _legend_height(box: Box, curves: Sequence[Curve]) -> int:
    return max(0, min(len(curves), box.height - 3 - LEAST_ROWS))


def _scale(spans: Sequence[Sequence[Span]], is_log: bool) -> tuple[Scale, bool]:
    """For all curves together; and whether it is logarithmic, as far as it can be."""
    numbers = [value for each in spans for span in each for value in (span.least, span.greatest)]
    found = scale.logarithmic(numbers) if is_log else None
    starts = [each[0].greatest for each in spans if each and math.isfinite(each[0].greatest)]
    return found or scale.linear(numbers, max(starts, default=0.0), OFF_SCALE), found is not None


def _join(before: tuple[int, int, int] | None, here: tuple[int, int, int]) -> Iterator[tuple[int, tuple[int, int]]]:
    """A span and the way to it, place by place: so that nothing is left between them."""
    x, top, bottom = here
    if before is not None:
        x0, top0, bottom0 = before
        start, end = (bottom0, top) if top > bottom0 else (top0, bottom) if bottom < top0 else (top, top)
        at = start
        for step in range(x0 + 1, x):
            to = round(start + (end - start) * (step - x0) / (x - x0))
            yield step, (min(at, to), max(at, to))
            at = to
        if top > bottom0:
            top = min(top, at + (at < top))
        elif bottom < top0:
            bottom = max(bottom, at - (at > bottom))
    yield x, (top, bottom)


def _cells(line: _Line, across: int, down: int) -> dict[int, tuple[int, int]]:
    """The rows of a curve's cells, by their column."""
    found: dict[int, tuple[int, int]] = {}
    for x, (top, bottom) in line.columns.items():
        least, most = found.get(x // across, (top // down, bottom // down))
        found[x // across] = min(least, top // down), max(most, bottom // down)
    return found


def _distance(y: int, rows: tuple[int, int]) -> int:
    """How far a row is from some others."""
    return max(rows[0] - y, y - rows[1], 0)


def _at(curve: Curve, epoch: int) -> Span | None:
    """The Loss of an epoch, as exactly as it is known, if it is."""
    found = curve.history.loss_spans(epoch, epoch, 1)
    return found[0] if found else None


def _loss(span: Span | None) -> str:
    """As it is written; of late epochs what is sure of it."""
    if span is None:
        return NOT_TRAINED
    if not math.isfinite(span.greatest):
        return "diverged"
    least, greatest = number(span.least), number(span.greatest)
    return greatest if least == greatest else f"≈ {greatest}"
