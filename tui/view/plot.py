"""Where epochs and Losses stand in a chart: in its cells, and in the finer points of a raster. A curve in such points.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from engine.trace.losses import Span
from tui.view.canvas import Box
from tui.view.raster import Grain
from tui.view.scale import Scale

JUST_ABOVE = 1 + 1e-9


class Line(NamedTuple):
    """A curve: at each place across from which point down to which it goes, and likewise in each column its rows; the
    columns where it is beyond the scale.
    """

    points: Mapping[int, tuple[int, int]]
    rows: Mapping[int, tuple[int, int]]
    beyond: Sequence[int]


class Plot(NamedTuple):
    """A chart of the epochs from 1 to `last`: its cells, the points in them, the scale of its numbers."""

    box: Box
    grain: Grain
    scale: Scale
    last: int

    @property
    def width(self) -> int:
        """In points."""
        return self.box.width * self.grain.across

    def across(self, epoch: int) -> int:
        """The place of an epoch, in points."""
        if self.last <= self.width:
            return (epoch - 1) * (self.width - 1) // max(self.last - 1, 1)
        return (epoch - 1) * self.width // self.last

    def down(self, value: float) -> int:
        """The place of a number, in points from the top; of one outside the scale at its end."""
        share = min(max(self.scale.share(value), 0.0), 1.0)
        return round((1 - share) * (self.box.height * self.grain.down - 1))

    def column(self, epoch: int) -> int:
        """The column of an epoch on the canvas."""
        return self.box.x + self.across(epoch) // self.grain.across

    def row(self, value: float) -> int:
        """The row of a number on the canvas."""
        return self.box.y + self.down(value) // self.grain.down

    def is_beyond(self, span: Span) -> bool:
        """Whether a Loss is above the scale, or no number."""
        return not math.isfinite(span.greatest) or self.scale.share(span.greatest) > JUST_ABOVE

    def line(self, spans: Sequence[Span]) -> Line:
        """The curve of some spans, each joined to the one before it."""
        points: dict[int, tuple[int, int]] = {}
        beyond = set[int]()
        before = None
        for span in spans:
            x = self.across(span.first)
            if self.is_beyond(span):
                column = self.column(span.first)
                beyond |= {column, *range(column, self.column(min(span.last + 1, self.last)))}
            if math.isnan(span.least):
                continue
            top = 0 if math.isnan(span.greatest) else self.down(span.greatest)
            points.update(_join(before, (x, top, self.down(span.least))))
            before = x, top, self.down(span.least)
        return Line(points, self._rows(points), sorted(beyond))

    def _rows(self, points: Mapping[int, tuple[int, int]]) -> Mapping[int, tuple[int, int]]:
        """The first and the last row of each column on the canvas."""
        found: dict[int, tuple[int, int]] = {}
        for x, place in points.items():
            column = self.box.x + x // self.grain.across
            top, bottom = (self.box.y + y // self.grain.down for y in place)
            before = found.get(column, (top, bottom))
            found[column] = min(before[0], top), max(before[1], bottom)
        return found


def _join(before: tuple[int, int, int] | None, here: tuple[int, int, int]) -> Iterator[tuple[int, tuple[int, int]]]:
    """A place's points from top to bottom, and the way to them from those of the place before: so that there is no gap.
    """
    x, top, bottom = here
    if before is not None:
        x_before, top_before, bottom_before = before
        at = bottom_before if top > bottom_before else max(top, top_before)
        end = top if top > bottom_before else bottom if bottom < top_before else at
        for step in range(x_before + 1, x):
            to = round(at + (end - at) / (x - step + 1))
            yield step, _way(at, to)
            at = to
        first, last = _way(at, end)
        top, bottom = min(top, first), max(bottom, last)
    yield x, (top, bottom)


def _way(start: int, end: int) -> tuple[int, int]:
    """From a point that is there already to another."""
    if start == end:
        return end, end
    return (start + 1, end) if start < end else (end, start - 1)
