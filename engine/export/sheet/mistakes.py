"""What the common mistakes would give, said on a key at the end of each section: of every kind of number once, of each
gradient.
"""

from collections.abc import Iterable, Iterator
from itertools import islice

from engine.export.in_words import name_in_words, row_of_step
from engine.export.sheet.sheet import Blank, Mistaken, Section, Table
from engine.graph.step import Kind
from engine.trace.trace import Trace
from engine.tutor.tutor import Tutor
from engine.tutor.wrong_numbers import WrongNumber, wrong_numbers

MOST_OF_A_NUMBER = 4
MOST_TRIED = 4  # rows of a column
MOST_WORK = 10_000  # rows times numbers of which it is found out: some seconds


class Mistakes:
    """Of one trace."""

    def __init__(self, trace: Trace) -> None:
        self._trace, self._tutor, self._told = trace, Tutor(trace), set[tuple[Kind, str]]()
        self._left = MOST_WORK // trace.lesson.rows

    def after(self, section: Section) -> Section:
        """A section with what mistakes give in it."""
        return section._replace(mistakes=list(self._in_tables(section.tables)))

    def _in_tables(self, tables: Iterable[Table]) -> Iterator[Mistaken]:
        """Column by column, from the first row in which there is something to say; then the totals."""
        for table in tables:
            for k, column in enumerate(table.columns):
                cells = () if column.is_reused else (row.cells[k] for row in table.rows)
                yield from self._first(cell for cell in cells if isinstance(cell, Blank))
            for total in table.totals:
                yield from self._first([total.blank])

    def _first(self, blanks: Iterable[Blank]) -> Iterator[Mistaken]:
        for blank in islice(blanks, MOST_TRIED):
            index = blank.step_index
            if index is not None and not blank.is_copy and (found := self._wrong(blank.epoch, index)):
                entry = self._trace.entry(blank.epoch, index)
                name = name_in_words(self._trace, entry) + row_of_step(self._trace, entry.step)
                yield Mistaken(name, blank.answer, [wrong.sentence for wrong in found])
                return

    def _wrong(self, epoch: int, index: int) -> list[WrongNumber]:
        """Those that were not said of such a number yet; of a gradient all. In the end, none."""
        if not self._left:
            return []
        self._left -= 1
        kind = self._trace.script.step(index).kind
        found = wrong_numbers(self._tutor, epoch, index, MOST_OF_A_NUMBER)
        new = [wrong for wrong in found if kind is Kind.GRADIENT or (kind, wrong.mistake) not in self._told]
        self._told |= {(kind, wrong.mistake) for wrong in new}
        return new
