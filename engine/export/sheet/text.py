"""A sheet as plain text, in lines that fit a page."""

import re
from collections.abc import Iterable, Iterator, Sequence

from engine.export.sheet.columns import parts
from engine.export.sheet.sheet import MISTAKES, Blank, Cell, Mistaken, Section, Sheet, Table
from engine.export.text_trace import TABLE_GAP, TABLE_INDENT, text_row, text_styles
from engine.text.folding import IN_EQUATIONS, IN_LISTS, IN_WORDS, PAGE, Folds, Measure, fold
from engine.text.width import columns as columns_of

BLANK = "_" * 8  # as wide as a number with five decimals
LONG_BLANK = "_" * 13
NAME = f"Name: {'_' * 40}  Date: {'_' * 16}"
BEFORE_COMMANDS: Folds = (re.compile("(?<=:)(?= handgrad )"), *IN_WORDS)  # which are typed as they stand
NEW_PAGE = "\f"


def write_text(sheets: Iterable[Sheet], measure: Measure = columns_of) -> Iterator[str]:
    """In pieces, each sheet on a page of its own; `measure` says how many columns a text takes as it will be spelled.
    """
    for number, sheet in enumerate(sheets):
        yield NEW_PAGE * bool(number)
        yield from _sheet(sheet, measure)


def _sheet(sheet: Sheet, measure: Measure) -> Iterator[str]:
    styles = text_styles(measure)
    yield styles["title"](sheet.heading)
    yield "" if sheet.is_key else f"\n{NAME}\n"
    for words in sheet.words:
        yield "\n" + "".join(f"{line}\n" for line in fold(words, BEFORE_COMMANDS, measure=measure))
    for section in (*sheet.given, *sheet.sections):
        yield from _section(section, sheet.is_key, measure)


def _section(section: Section, is_key: bool, measure: Measure) -> Iterator[str]:
    styles = text_styles(measure)
    kind = {2: "epoch", 3: "batch"}.get(section.level, "gradient")
    yield styles[kind](section.heading)
    yield from (_lines(words, IN_WORDS, measure, 0) for words in section.words)
    yield from (_lines(formula, IN_EQUATIONS, measure) for formula in section.formulas)
    for table in section.tables:
        yield from _table(table, is_key, measure)
    if section.mistakes:
        yield "\n" + _lines(MISTAKES, IN_WORDS, measure)
    for mistaken in section.mistakes:
        yield from _mistaken(mistaken, measure)


def _mistaken(mistaken: Mistaken, measure: Measure) -> Iterator[str]:
    """The right number, then the wrong ones, each with what it comes from."""
    yield _lines(f"{mistaken.name}: {mistaken.answer}", IN_WORDS, measure)
    for sentence in mistaken.sentences:
        yield "".join(f"{line}\n" for line in fold(sentence, IN_WORDS, 2 * TABLE_INDENT, TABLE_INDENT, measure))


def _lines(text: str, folds: Folds, measure: Measure, hang: int = 4) -> str:
    return "".join(f"{line}\n" for line in fold(text, folds, TABLE_INDENT, hang, measure))


def _table(table: Table, is_key: bool, measure: Measure) -> Iterator[str]:
    """In parts side by side as many columns as fit; each begins with what its lines are called."""
    if table.caption:
        yield "\n" + _lines(table.caption, IN_LISTS, measure)
    heads = [_width([head, *(row.heads[k] for row in table.rows)], measure) for k, head in enumerate(table.heads)]
    widths = [_width([column.label, column.formula, *(spell(row.cells[k]) for row in table.rows)], measure)
              for k, column in enumerate(table.columns)]
    if _room(heads) < sum(widths) + TABLE_GAP * len(widths):
        heads = heads[:1]  # what the others say stands in the lesson's table
    for part in parts([width + TABLE_GAP for width in widths], _room(heads)):
        in_part = [*heads, *widths[part.start:part.stop]]
        yield "\n" + "".join(_head(table, part, in_part, measure))
        for row in table.rows:
            texts = [*row.heads[:len(heads)], *(spell(cell) for cell in row.cells[part.start:part.stop])]
            yield "\n" * (not is_key) + text_row(texts, in_part, measure)
    for total in table.totals:
        yield "\n" + _lines(f"{total.before} {spell(total.blank)}", IN_EQUATIONS, measure)


def _room(heads: Sequence[int]) -> int:
    """How much is left for columns, each with a gap behind it, the last one's beyond the page."""
    return PAGE - TABLE_INDENT + TABLE_GAP - sum(heads) - TABLE_GAP * len(heads)


def _head(table: Table, part: range, widths: Sequence[int], measure: Measure) -> Iterator[str]:
    """The names of the columns, below them their formulas, if any."""
    columns = table.columns[part.start:part.stop]
    heads = len(widths) - len(columns)
    yield text_row([*table.heads[:heads], *(column.label for column in columns)], widths, measure)
    if any(column.formula for column in columns):
        yield text_row([*[""] * heads, *(column.formula for column in columns)], widths, measure)


def spell(cell: Cell) -> str:
    """What stands in a cell."""
    if not isinstance(cell, Blank):
        return cell
    return cell.answer or (LONG_BLANK if cell.is_long else BLANK)


def _width(texts: Sequence[str], measure: Measure) -> int:
    return max(map(measure, texts))
