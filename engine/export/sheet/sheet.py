"""What is on a sheet of paper, as data: words, what is given, tables of blanks. Every format writes this."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from engine.lesson.lesson import Lesson
from engine.trace.rounding import ABOUT, EQUAL

MISTAKES = "What mistakes give:"
REUSED = "•"  # behind the name of a factor that stood in the same row before


class Blank(NamedTuple):
    """Where a number is to be written: that of a step of an epoch, by its index, None where it is none. `answer` is
    empty but on a key; `is_copy`: the number is not asked for here, but comes from elsewhere; `is_long`: it takes many
    digits.
    """

    epoch: int
    step_index: int | None
    is_copy: bool = False
    answer: str = ""
    is_long: bool = False


Cell = Blank | str  # what is to be written, or what is given


class Column(NamedTuple):
    """A column's name, below it its formula where that is short; whether it stood in the same row before."""

    name: str
    formula: str = ""
    is_reused: bool = False

    @property
    def label(self) -> str:
        """Its name, with a mark if it is reused."""
        return self.name + REUSED * self.is_reused


class Row(NamedTuple):
    """A line of a table: what it is called, in as many columns as the table has heads, then its cells."""

    heads: Sequence[str]
    cells: Sequence[Cell]


class Total(NamedTuple):
    """A number below a table: what it comes from, and its blank."""

    formula: str
    blank: Blank

    @property
    def before(self) -> str:
        """What stands before the number; of one that is rounded the sign comes with it."""
        return self.formula if self.blank.answer.startswith(ABOUT) else f"{self.formula} {EQUAL}"


class Table(NamedTuple):
    """Rows, and what stands below them; `caption` may be empty."""

    caption: str
    heads: Sequence[str]
    columns: Sequence[Column]
    rows: Sequence[Row]
    totals: Sequence[Total] = ()

    def blanks(self) -> Iterable[Blank]:
        """All that is to be written into it."""
        yield from (cell for row in self.rows for cell in row.cells if isinstance(cell, Blank))
        yield from (total.blank for total in self.totals)


class Mistaken(NamedTuple):
    """A number of which it is said, on a key, what mistakes would give instead: a sentence for each."""

    name: str
    answer: str
    sentences: Sequence[str]


class Section(NamedTuple):
    """A part of a sheet with its heading, of a level from 2 on: words and formulas, each a paragraph, then tables, at
    the end what mistakes give.
    """

    level: int
    heading: str
    formulas: Sequence[str] = ()
    tables: Sequence[Table] = ()
    words: Sequence[str] = ()
    mistakes: Sequence[Mistaken] = ()


class Sheet(NamedTuple):
    """One sheet, of as many pages as it takes. `numbers` names what it is made with, `Numbers 7`; `words` say what it
    is about and what is to be done; `given` is what one begins with; a key has no line for a name. `is_drawn`: the
    lesson's network stands on it.
    """

    lesson: Lesson
    is_key: bool
    numbers: str
    words: Sequence[str]
    given: Sequence[Section]
    sections: Iterable[Section]
    is_drawn: bool = False

    @property
    def heading(self) -> str:
        """Its title; of a key, that it is one."""
        return f"{self.lesson.title} (key)" if self.is_key else self.lesson.title
