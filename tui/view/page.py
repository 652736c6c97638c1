"""What a page in front of a lesson is: lines for a width, as many as it takes, and a picture of those that a screen has
room for.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple, Protocol

from tui.config.keys import PAGE
from tui.view.canvas import Box, Canvas, CellStyle, rule, wrap
from tui.view.glyphs import Spelling

Line = list[tuple[int, str, CellStyle]]  # pieces of text: column, text, what it is there for; a title at column −1


class Lines(Protocol):
    """A page's lines: a list, or, of a page with very many, what makes each when it is shown."""

    def __len__(self) -> int: ...
    def __getitem__(self, index: int, /) -> Line: ...


class Parts(NamedTuple):
    """Of a page with parts of one height, one below the other from line `top` on: the heads of each, which stand on the
    screen's first line as long as that is one of its lines.
    """

    top: int
    height: int
    heads: Sequence[Line]

    def heads_at(self, line: int) -> Line | None:
        """The heads of the part that a line belongs to, if it does."""
        part = (line - self.top) // self.height
        return self.heads[part] if 0 <= part < len(self.heads) else None


class Page(NamedTuple):
    """`lines` gives all lines for a width; `keys` stands in the last line of the screen. `focus` is the line that is
    looked for first.
    """

    lines: Callable[[int], Lines]
    spelled: Spelling
    keys: str = ""
    parts: Callable[[int], Parts | None] = lambda _width: None
    focus: Callable[[int], int] = lambda _width: 0

    def first_line(self, wanted: int, width: int, height: int) -> int:
        """Which line a screen begins with: the wanted one, or the nearest with which no room is left over."""
        return max(0, min(wanted, len(self.lines(width)) - (height - 1)))

    def opening(self, width: int, height: int) -> int:
        """Which line it begins with at first: the first, or one that brings what is looked for to the middle."""
        focus, room = self.focus(width), height - 1
        return 0 if focus < room else self.first_line(focus - room // 2, width, height)

    def beside(self, first: int, direction: int, width: int, height: int) -> int:
        """Which line it begins with at the same place of the part before (−1) or behind (1)."""
        parts = self.parts(width)
        return self.first_line(max(first, parts.top) + direction * parts.height, width, height) if parts else first

    def picture(self, width: int, height: int, wanted: int) -> Canvas:
        """The lines from the wanted one on, and the keys."""
        canvas, lines = Canvas(width, height, self.spelled), self.lines(width)
        first, parts = self.first_line(wanted, width, height), self.parts(width)
        for y in range(min(height - 1, len(lines) - first)):
            heads = parts.heads_at(first) if parts and first and not y else None
            for x, text, style in heads or lines[first + y]:
                if x < 0:
                    rule(canvas, Box(0, y, width, 1), text)
                else:
                    canvas.put(x, y, text, style)
        scroll = " ".join(PAGE.sign(name) for name in ("line_up", "line_down", "screen_down"))
        beside = "  " + " ".join([PAGE.sign("columns_back"), *PAGE.hint("columns")])
        more = f"  {scroll} lines {first + 1} to {first + height - 1} of {len(lines)}" + beside * (parts is not None)
        leave = ' '.join(PAGE.hint('leave')) + more * (len(lines) >= height)
        whole = leave + self.keys * (canvas.length(leave + self.keys) < width)
        canvas.put(1, height - 1, canvas.shorten(whole, width - 1), CellStyle.KEY)
        return canvas


def title(text: str) -> list[Line]:
    """A line across, with a text in it."""
    return [[(-1, text, CellStyle.TITLE)]]


def paragraph(text: str, width: int, spelled: Spelling, x: int = 1) -> list[Line]:
    """A text in as many lines as it takes, from a column on."""
    return [[(x, line, CellStyle.TEXT)] for line in wrap(Canvas(0, 0, spelled), text, width - 1 - x)]
