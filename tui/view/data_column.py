"""A column of the table of rows, or of what stands in its place."""

from collections.abc import Sequence
from typing import NamedTuple

from tui.view.canvas import CellStyle


class Column(NamedTuple):
    """A head over a text with a role for each line. The lower its rank, the sooner it gets its room."""

    head: str
    cells: Sequence[tuple[str, CellStyle]]
    width: int
    rank: int
    is_datum: bool = False  # given, and right-aligned; else computed, and aligned at the decimal point
    gap: int = 1  # of its width: behind a datum
    joins_next: bool = False  # shown together with the one behind it
    short_head: str = ""  # where the head has no room as it is spelled
