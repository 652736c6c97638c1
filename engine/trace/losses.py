"""The Losses of the epochs that were trained: exactly of the first ones; later the least and the greatest of spans,
whose width doubles where they get too many. So memory stays flat, and no peak is lost.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from engine.graph.numeric import Array, np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Whole = NDArray[np.int_]
else:
    Whole = "Whole"

EXACT = 16_384  # epochs from the first
MOST_SPANS = 16_384  # behind them


class Span(NamedTuple):
    """Epochs from one to another, with the least and the greatest Loss among them. Where training has diverged there is
    one that is no number: then neither is the greatest, and the least only if there is another.
    """

    first: int
    last: int
    least: float
    greatest: float


class Spans(NamedTuple):
    """Many, one behind the other."""

    first: Whole
    last: Whole
    least: Array
    greatest: Array

    @classmethod
    def join(cls, parts: Iterable["Spans"]) -> "Spans":
        """Some behind others."""
        return cls(*map(np.concatenate, zip(*parts, strict=True)))

    def cut(self, first: int, last: int) -> "Spans":
        """What of them lies between two epochs; a span across one of these keeps its least and greatest."""
        inside = slice(np.searchsorted(self.last, first), np.searchsorted(self.first, last, "right"))
        return Spans(np.maximum(self.first[inside], first), np.minimum(self.last[inside], last), self.least[inside],
                     self.greatest[inside])

    def sum_up(self, first: int, last: int, count: int) -> list[Span]:
        """At most so many between two epochs, about equally wide: as many as there are where these are fewer."""
        part = self.cut(first, last)
        if not len(part.first):
            return []
        places = (part.first - first) * count // (last - first + 1)
        starts = np.flatnonzero(np.diff(places, prepend=-1))
        ends = np.append(starts[1:], len(places)) - 1
        with np.errstate(invalid="ignore"):
            least, greatest = np.fmin.reduceat(part.least, starts), np.maximum.reduceat(part.greatest, starts)
        return [Span(*each) for each in zip(part.first[starts].tolist(), part.last[ends].tolist(), least.tolist(),
                                            greatest.tolist(), strict=True)]


class Losses:
    """From an epoch on, as far as they are known: all up to one."""

    def __init__(self, first: int) -> None:
        self._first = first
        self.until = first - 1
        self._exact = np.empty(0)
        self._width = 1  # epochs of a span behind the exact ones
        self._least = self._greatest = np.empty(0)
        self._spans: Spans | None = None  # as they were asked for last

    def of(self, number: int) -> float | None:
        """That of an epoch, if it is known exactly."""
        place = number - self._first
        return float(self._exact[place]) if 0 <= place < len(self._exact) else None

    def note(self, first: int, losses: Array) -> None:
        """Those from an epoch on, which is none behind the next; what is known already stays."""
        losses = losses[max(0, self.until + 1 - first):]
        if not len(losses):
            return
        room, self._spans = EXACT - len(self._exact), None
        begin, self.until = self.until + 1, self.until + len(losses)
        if room:
            self._exact = np.concatenate([self._exact, losses[:room]])
        if len(losses) > room:
            self._sum_up(max(begin - self._first - EXACT, 0), losses[room:])

    def _sum_up(self, begin: int, losses: Array) -> None:
        """Enter Losses in their spans; `begin` is the first one's place behind the exact ones."""
        if not len(self._least):
            self._least, self._greatest = np.full(MOST_SPANS, np.nan), np.full(MOST_SPANS, -np.inf)
        with np.errstate(invalid="ignore"):
            while begin + len(losses) > MOST_SPANS * self._width:
                self._widen()
            places = np.arange(begin, begin + len(losses)) // self._width
            np.fmin.at(self._least, places, losses)
            np.maximum.at(self._greatest, places, losses)

    def _widen(self) -> None:
        """Make one span of two."""
        self._width *= 2
        for numbers, join, empty in ((self._least, np.fmin, np.nan), (self._greatest, np.maximum, -np.inf)):
            numbers[:MOST_SPANS // 2], numbers[MOST_SPANS // 2:] = join(numbers[::2], numbers[1::2]), empty

    @property
    def spans(self) -> Spans:
        """All of them, an exact one as a span of its own."""
        self._spans = self._spans or self._join()
        return self._spans

    def _join(self) -> Spans:
        single = np.arange(self._first, self._first + len(self._exact))
        exact = Spans(single, single, self._exact, self._exact)
        begin = self._first + EXACT
        if self.until < begin:
            return exact
        starts = np.arange(begin, self.until + 1, self._width)
        later = Spans(starts, np.minimum(starts + self._width - 1, self.until), self._least[:len(starts)],
                      self._greatest[:len(starts)])
        return Spans.join([exact, later])
