"""What goes over the wire: the cells that differ, and no more while the last ones are still on their way.

Textual writes a changed row again from its widget's left edge; over a slow line that is felt at every key. So the cells
of a picture that changed are written here, by the same road as Textual's own updates.
"""

import os
import time
from collections.abc import Callable, Iterator
from itertools import groupby

from rich.color import ColorSystem
from rich.console import Console, ConsoleOptions, RenderResult
from rich.style import Style
from textual._compositor import CompositorUpdate

from tui.view import Canvas, Role

SECONDS_FOR_THE_LINE = 0.02  # after which it is looked at again
LONGEST_GAP = 3  # cells that are written again rather than leapt over

CodesOf = Callable[[Role], str]
Cell = tuple[str, Role]


class CellsUpdate(CompositorUpdate):
    """The cells in which two pictures of one size differ, as a terminal is told."""

    def __init__(self, before: Canvas, after: Canvas, codes_of: CodesOf, end: str = "") -> None:
        """`codes_of` gives the codes of a role's style, such as `1;31`; none for the terminal's default. `end` is
        written behind it all.
        """
        self._pieces: list[str] = []
        self._codes, self._codes_of = "", codes_of
        self.cells = 0
        for y in after.changed_rows(before):
            is_whole = before.has_wide(y) or after.has_wide(y)
            self._add_row(y, list(before.row(y)), list(after.row(y)), is_whole)
        self._style("")
        self._pieces.append(end)

    def render_segments(self, console: Console) -> str:  # noqa: ARG002
        """What is written."""
        return "".join(self._pieces)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Nothing, where Rich draws: this is no text but a change of what stands there."""
        return ()

    def _add_row(self, y: int, old: list[Cell], cells: list[Cell], is_whole: bool) -> None:
        """What differs in a row; all of one with wide characters, so that none is cut."""
        column = -1
        for start, end in [(0, len(cells))] if is_whole else _stretches(cells, old):
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
    """From which to behind which column a row differs."""
    columns = [x for x, (now, then) in enumerate(zip(cells, old, strict=True)) if now != then]
    while columns:
        start = end = columns.pop(0)
        while columns and columns[0] - end <= LONGEST_GAP + 1:
            end = columns.pop(0)
        yield start, end + 1


class Line:
    """The way to the terminal, free when what was written last has arrived there.

    What is still held on the way, by ssh above all, nobody can tell. So after each picture the terminal is asked where
    its cursor is: the answer comes when it has drawn what came before. One that never answers is not waited for; one
    that no longer does, not for long.
    """

    QUESTION = "\x1b[6n"
    LONGEST_WAIT = 10.0  # seconds

    def __init__(self, file_number: int) -> None:
        """The number of its file, which may be no terminal."""
        self._is_terminal = os.isatty(file_number)
        self._open_questions = 0
        self._heard_at = 0.0  # the time of the last question or answer
        self._does_answer = False

    def question(self) -> str:
        """What is written behind a picture."""
        if not self._is_terminal:
            return ""
        self._open_questions += 1
        self._heard_at = time.monotonic()
        return self.QUESTION

    def answered(self) -> None:
        """An answer of the terminal has come."""
        self._open_questions = max(self._open_questions - 1, 0)
        self._heard_at, self._does_answer = time.monotonic(), True

    def is_free(self) -> bool:
        """Whether another picture may be written."""
        if time.monotonic() - self._heard_at > self.LONGEST_WAIT:
            self._open_questions, self._does_answer = 0, False
        return not self._open_questions or not self._does_answer


LINE = Line(2)  # a process has one terminal, and Textual draws on its standard error
