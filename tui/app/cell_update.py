"""The cells in which two pictures differ, as a terminal is told.

Textual writes a changed row again from its widget's left edge; over a slow line that is felt at every key.
"""

from collections.abc import Callable, Iterator
from itertools import groupby

from rich.color import ColorSystem
from rich.style import Style

from tui.view.canvas import Canvas, CellStyle

LONGEST_GAP = 3  # cells that are written again rather than leapt over
ERASE_TO_END, LONGEST_BLANK = "\x1b[K", 3  # more blank cells at a row's end are erased at once

CodesOf = Callable[[CellStyle], str]
Cell = tuple[str, CellStyle]


class CellUpdate:
    """What to write so that one picture becomes another of the same size."""

    def __init__(self, before: Canvas, after: Canvas, codes_of: CodesOf) -> None:
        """`codes_of` gives the codes of a style, such as `1;31`; none for the terminal's default."""
        self._pieces: list[str] = []
        self._codes, self._codes_of = "", codes_of
        self.cells, self.rows = 0, after.changed_rows(before)
        for y in self.rows:
            is_whole = before.has_wide(y) or after.has_wide(y)
            self._add_row(y, list(before.row(y)), list(after.row(y)), is_whole)
        self._style("")

    @property
    def text(self) -> str:
        """What is written."""
        return "".join(self._pieces)

    def _add_row(self, y: int, old: list[Cell], cells: list[Cell], is_whole: bool) -> None:
        """What differs in a row; all of one with wide characters, so that none is cut."""
        column = -1
        for start, end in [(0, len(cells))] if is_whole else _stretches(cells, old):
            self._pieces.append(f"\x1b[{y + 1};{start + 1}H" if column < 0 else f"\x1b[{start - column}C")
            blank = max(start, self._blank_from(cells)) if cells[end - 1][0] == " " else end
            is_erased = end - blank > LONGEST_BLANK
            for style, run in groupby(cells[start:blank if is_erased else end], lambda cell: cell[1]):
                self._style(self._codes_of(style))
                self._pieces.append("".join(character for character, _ in run))
            self.cells += end - start
            column = end
            if is_erased:
                self._style("")
                self._pieces.append(ERASE_TO_END)
                return

    def _blank_from(self, cells: list[Cell]) -> int:
        """From which column on a row is as an erased one is: blank, and in nothing but the terminal's own colours."""
        end = len(cells)
        while end and cells[end - 1][0] == " " and not self._codes_of(cells[end - 1][1]):
            end -= 1
        return end

    def _style(self, codes: str) -> None:
        """From here on in a style: said only where it is another."""
        if codes != self._codes:
            self._pieces.append(f"\x1b[{'0;' * bool(self._codes and codes)}{codes}m")
            self._codes = codes


def style_codes(style: Style, color_system: ColorSystem) -> str:
    """The codes of a style, without the terminal's part around them."""
    return style.render("x", color_system=color_system).partition("x")[0].removeprefix("\x1b[").removesuffix("m")


def _stretches(cells: list[Cell], old: list[Cell]) -> Iterator[tuple[int, int]]:
    """From which to behind which column a row differs."""
    columns = [x for x, (now, then) in enumerate(zip(cells, old, strict=True)) if now != then]
    while columns:
        start = end = columns.pop(0)
        while columns and columns[0] - end <= LONGEST_GAP + 1:
            end = columns.pop(0)
        yield start, end + 1
