"""One key for many sheets, which differ in numbers alone: tables with a line for each of them."""

from collections.abc import Iterator, Sequence

from engine.export.in_words import ROUNDED, facts_in_words
from engine.export.selection import Selection
from engine.export.sheet.checks import OF_A_COMPUTER
from engine.export.sheet.sections import Sections
from engine.export.sheet.sheet import Blank, Column, Row, Section, Sheet, Table
from engine.text.notation import number
from engine.trace.trace import Trace

HEADS = ["numbers"]
BY_NUMBER = ("row", "h")  # what lines are told apart by that are called by a number alone


def compose_key_of_copies(traces: Sequence[Trace], seeds: Sequence[int], epochs: int, selection: Selection,
                          with_checks: bool = False) -> Sheet:
    """Of the sheets of one lesson, with the numbers of each seed."""
    lesson, names = traces[0].lesson, list(map(str, seeds))
    starts = Table("", HEADS, list(map(Column, lesson.start)), [
        Row([name], list(map(number, trace.lesson.start.values()))) for name, trace in zip(names, traces, strict=True)])
    sections = [Sections(trace, epochs, selection, True, with_checks) for trace in traces]
    numbers = f"Numbers {names[0]} to {names[-1]}"
    words = [f"{numbers}, a line for each sheet", f"{facts_in_words(lesson)}; {ROUNDED}",
             *[OF_A_COMPUTER] * with_checks]
    return Sheet(lesson, is_key=True, numbers=numbers, words=words,
                 given=[Section(2, "Starting values", tables=[starts])], sections=_sections(sections, names))


def _sections(of_sheets: Sequence[Sections], names: Sequence[str]) -> Iterator[Section]:
    """Those that all sheets have, each with one table of the numbers that are asked for."""
    for same in zip(*of_sheets, strict=True):
        of_each = [[number for table in section.tables for number in _numbers(table)] for section in same]
        columns = [column for column, _ in of_each[0]]
        rows = [Row([name], [blank for _, blank in numbers]) for name, numbers in zip(names, of_each, strict=True)]
        if columns or not same[0].tables:
            name, is_gradient, _ = same[0].heading.partition(" = ")  # said again where a table goes on
            table = Table(name if is_gradient else "", HEADS, columns, rows)
            yield Section(same[0].level, same[0].heading, tables=[table] * bool(columns))


def _numbers(table: Table) -> Iterator[tuple[Column, Blank]]:
    """A table's numbers, one behind the other, each under its name and what its line is called; those that stood in the
    same row before are not said again.
    """
    for row in table.rows:
        head = " ".join([*(name for name in table.heads[:1] if name in BY_NUMBER), *row.heads[:1]])
        line = ", ".join(filter(None, (table.caption.lower(), head)))
        for column, cell in zip(table.columns, row.cells, strict=True):
            if isinstance(cell, Blank) and not (cell.is_copy or column.is_reused):
                yield Column(column.name, line), cell
    for total in table.totals:
        yield Column(total.formula.partition(" = ")[0]), total.blank
