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

from tui.view.canvas import Canvas, CellStyle

SECONDS_FOR_THE_WIRE = 0.02  # after which it is looked at again
LONGEST_GAP = 3  # cells that are written again rather than leapt over

CodesOf = Callable[[CellStyle], str]
Cell = tuple[str, CellStyle]


class CellsUpdate(CompositorUpdate):
    """The cells in which two pictures of one size differ, as a terminal is told."""

    def __init__(self, before: Canvas, after: Canvas, codes_of: CodesOf,
                 end: Callable[[], str] = str) -> None:
        """`codes_of` gives the codes of a role's style, such as `1;31`; none for the terminal's default. What `end`
        gives when it is written goes behind it all.
        """
        self._end = end
        self._pieces: list[str] = []
        self._codes, self._codes_of = "", codes_of
        self.cells, self.rows = 0, after.changed_rows(before)
        for y in self.rows:
            is_whole = before.has_wide(y) or after.has_wide(y)
            self._add_row(y, list(before.row(y)), list(after.row(y)), is_whole)
        self._style("")

    def render_segments(self, console: Console) -> str:  # noqa: ARG002
        """What is written."""
        return "".join(self._pieces) + self._end()

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Nothing, where Rich draws: this is no text but a change of what stands there."""
        return ()

    def _add_row(self, y: int, old: list[Cell], cells: list[Cell], is_whole: bool) -> None:
        """What differs in a row; all of one with wide characters, so that none is cut."""
        column = -1
        for start, end in [(0, len(cells))] if is_whole else _stretches(cells, old):
            self._pieces.append(f"\x1b[{y + 1};{start + 1}H" if column < 0 else f"\x1b[{start - column}C")
            for style, run in groupby(cells[start:end], lambda cell: cell[1]):
                self._style(self._codes_of(style))
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


class Wire:
    """The way to the terminal, free when the changes written last have arrived there.

    What is still held on the way, by ssh above all, nobody can tell. So after each change the terminal is asked where
    its cursor is: the answer comes when it has drawn what came before. One that never answers is not waited for; one
    that no longer does, a few times as long as its answers took.
    """

    QUESTION = "\x1b[6n"
    PATIENCE, PATIENCE_FACTOR, MOST_PATIENCE = 1.0, 4, 10.0  # seconds; of the last answer's time; seconds

    def __init__(self, file_number: int) -> None:
        """The number of its file, which may be no terminal."""
        self._is_terminal = os.isatty(file_number)
        self._open_questions = 0
        self._asked_at = 0.0
        self._patience = self.PATIENCE
        self._does_answer = False

    def question(self) -> str:
        """What is written behind a change: it counts from now on."""
        if not self._is_terminal:
            return ""
        self._open_questions += 1
        self._asked_at = time.monotonic()
        return self.QUESTION

    def take_answer(self) -> None:
        """An answer of the terminal has come (one that nobody asked for is a key: xterm's modified F3)."""
        if not self._open_questions:
            return
        self._open_questions -= 1
        self._does_answer = True
        took = time.monotonic() - self._asked_at
        self._patience = min(max(self.PATIENCE_FACTOR * took, self.PATIENCE), self.MOST_PATIENCE)

    def forget(self) -> None:
        """What was asked will not be answered: the terminal was left meanwhile."""
        self._open_questions = 0

    def is_free(self) -> bool:
        """Whether another change may be written."""
        return self.is_quiet() or not self._does_answer

    def is_quiet(self) -> bool:
        """Whether no answer is to be expected any more."""
        if self._open_questions and time.monotonic() - self._asked_at > self._patience:
            self._open_questions, self._does_answer = 0, False
        return not self._open_questions


WIRE = Wire(2)  # a process has one terminal, and Textual draws on its standard error
