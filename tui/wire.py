"""What goes over the wire: the cells that differ, and no more while the last ones are still on their way.

Textual writes a changed row again from its widget's left edge; over a slow line that is felt at every key. So the cells
of a picture that changed are written here, by the same road as Textual's own updates.
"""

import fcntl
import os
import termios
from collections.abc import Callable, Iterator
from itertools import groupby
from struct import pack, unpack

from rich.color import ColorSystem
from rich.console import Console, ConsoleOptions, RenderResult
from rich.style import Style
from textual._compositor import CompositorUpdate

from tui.view import Canvas, Role

LONGEST_GAP = 3  # cells that are written again rather than leapt over

CodesOf = Callable[[Role], str]
Cell = tuple[str, Role]


class CellsUpdate(CompositorUpdate):
    """The cells in which two pictures of one size differ, as a terminal is told."""

    def __init__(self, before: Canvas, after: Canvas, codes_of: CodesOf) -> None:
        """`codes_of` gives the codes of a role's style, such as `1;31`; none for the terminal's default."""
        self._pieces: list[str] = []
        self._codes, self._codes_of = "", codes_of
        self.cells = 0
        for y in after.changed_rows(before):
            self._add_row(y, list(before.row(y)), list(after.row(y)))
        self._style("")

    def render_segments(self, console: Console) -> str:  # noqa: ARG002
        """What is written."""
        return "".join(self._pieces)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Nothing, where Rich draws: this is no text but a change of what stands there."""
        return ()

    def _add_row(self, y: int, old: list[Cell], cells: list[Cell]) -> None:
        column = -1
        for start, end in _stretches(cells, old):
            self._pieces.append(f"\x1b[{y + 1};{start + 1}H" if column < 0 else f"\x1b[{start - column}C")
            for role, run in groupby(cells[start:end], lambda cell: cell[1]):
                self._style(self._codes_of(role))
                self._pieces.append("".join(character for character, _ in run))
            self.cells += end - start
            column = end

    def _style(self, codes: str) -> None:
        """From here on in a style: said only where it is another."""
        if codes != self._codes:
            self._pieces.append(f"\x1b[{'0;' * bool(self._codes and codes)}{codes}m")
            self._codes = codes


def style_codes(style: Style, color_system: ColorSystem | None) -> str:
    """The codes of a style, without the terminal's part around them."""
    return style.render("x", color_system=color_system).partition("x")[0].removeprefix("\x1b[").removesuffix("m")


def _stretches(cells: list[Cell], old: list[Cell]) -> Iterator[tuple[int, int]]:
    """From which to behind which column a row differs; a row with wide characters as a whole, so that none is cut."""
    columns = [x for x, (now, then) in enumerate(zip(cells, old, strict=True)) if now != then]
    if columns and any(not character for character, _ in (*cells, *old)):
        yield 0, len(cells)
        return
    while columns:
        start = end = columns.pop(0)
        while columns and columns[0] - end <= LONGEST_GAP + 1:
            end = columns.pop(0)
        yield start, end + 1


def waiting(file_number: int) -> int:
    """How many bytes written to a terminal it has not taken yet; 0 where that can't be told."""
    try:
        return int(unpack("i", fcntl.ioctl(file_number, termios.TIOCOUTQ, pack("i", 0)))[0])
    except (OSError, ValueError):
        return 0


def standard_error() -> int:
    """The stream that Textual draws on."""
    return 2 if os.isatty(2) else -1
