"""Points finer than a cell, where signs have them: braille has 2×4 in one, blocks have 1×2, ASCII has 1×3.

What is drawn point by point, a curve above all, asks a raster for its points and needs not know which signs there are.
"""

from collections.abc import Callable
from functools import cache
from typing import NamedTuple

from tui.view.canvas import Box, Canvas, CellStyle

BRAILLE = ((0x01, 0x02, 0x04, 0x40), (0x08, 0x10, 0x20, 0x80))  # bits of Unicode's dots, by column, from the top
BLOCKS = " ▀▄█"  # by the bits of the upper and the lower half
LINES = " '-|.|||"  # by the bits of the upper, the middle and the lower third


class Grain(NamedTuple):
    """How many points a cell has across and down, and the sign for its bits: of a point (x, y) from the top left that
    is bit x · down + y.
    """

    across: int
    down: int
    sign: Callable[[int], str]


@cache
def _braille(bits: int) -> str:
    dots = [dot for column in BRAILLE for dot in column]
    return chr(0x2800 + sum(dot for place, dot in enumerate(dots) if bits >> place & 1))


OF_BRAILLE = Grain(2, 4, _braille)
OF_BLOCKS = Grain(1, 2, lambda bits: BLOCKS[bits])
OF_LINES = Grain(1, 3, lambda bits: LINES[bits])


def grain_of(canvas: Canvas) -> Grain:
    """The finest that is shown as it is here."""
    if canvas.spelled("⠿") == "⠿":
        return OF_BRAILLE
    return OF_BLOCKS if canvas.spelled("▄") == "▄" else OF_LINES


class Raster:
    """The points of a box, from its upper left corner; those outside are left out."""

    def __init__(self, canvas: Canvas, box: Box) -> None:
        self._canvas, self._box, self._grain = canvas, box, grain_of(canvas)
        self.width, self.height = box.width * self._grain.across, box.height * self._grain.down
        self._bits: dict[tuple[int, int], int] = {}

    def set(self, x: int, y: int) -> None:
        """Set a point."""
        if 0 <= x < self.width and 0 <= y < self.height:
            column, place_across = divmod(x, self._grain.across)
            row, place_down = divmod(y, self._grain.down)
            bit = 1 << (place_across * self._grain.down + place_down)
            self._bits[column, row] = self._bits.get((column, row), 0) | bit

    def set_column(self, x: int, top: int, bottom: int) -> None:
        """Set all points of a column from one to another."""
        top, bottom = max(min(top, bottom), 0), min(max(top, bottom), self.height - 1)
        if not 0 <= x < self.width or top > bottom:
            return
        (column, place_across), down = divmod(x, self._grain.across), self._grain.down
        for row in range(top // down, bottom // down + 1):
            first, last = max(top - row * down, 0), min(bottom - row * down, down - 1)
            bits = ((1 << last - first + 1) - 1) << place_across * down + first
            self._bits[column, row] = self._bits.get((column, row), 0) | bits

    def draw(self, style: CellStyle) -> None:
        """Put the cells that have points on the canvas; the others stay as they are."""
        for (column, row), bits in self._bits.items():
            self._canvas.put(self._box.x + column, self._box.y + row, self._grain.sign(bits), style)
