"""Sheets as Markdown, with tables as GitHub and Pandoc read them."""

from collections.abc import Iterable, Iterator

from engine.export.sheet.sheet import MISTAKES, Mistaken, Section, Sheet, Table
from engine.export.sheet.text import NAME, spell
from engine.export.text_trace import escape_markdown, markdown_heads, markdown_row


def write_markdown(sheets: Iterable[Sheet]) -> Iterator[str]:
    """In pieces, a rule between sheets."""
    for number, sheet in enumerate(sheets):
        yield "\n---\n\n" * bool(number)
        yield f"# {escape_markdown(sheet.heading)}\n"
        yield "" if sheet.is_key else f"\n{NAME}\n"
        yield from (f"\n{escape_markdown(words)}\n" for words in sheet.words)
        for section in (*sheet.given, *sheet.sections):
            yield from _section(section)


def _section(section: Section) -> Iterator[str]:
    yield f"\n{'#' * section.level} {escape_markdown(section.heading)}\n"
    yield from (f"\n{escape_markdown(words)}\n" for words in section.words)
    yield "\n" * bool(section.formulas) + "".join(f"- `{formula}`\n" for formula in section.formulas)
    for table in section.tables:
        yield from _table(table)
    if section.mistakes:
        yield f"\n{MISTAKES}\n\n" + "".join(map(_mistaken, section.mistakes))


def _mistaken(mistaken: Mistaken) -> str:
    return "".join([f"- {escape_markdown(f'{mistaken.name}: {mistaken.answer}')}\n",
                    *(f"  - {escape_markdown(sentence)}\n" for sentence in mistaken.sentences)])


def _table(table: Table) -> Iterator[str]:
    if table.caption:
        yield f"\n**{escape_markdown(table.caption)}**\n"
    names = [column.label + f" = {column.formula}" * bool(column.formula) for column in table.columns]
    yield "\n" + markdown_heads([*table.heads, *names])
    for row in table.rows:
        yield markdown_row([*row.heads, *map(spell, row.cells)])
    for total in table.totals:
        yield f"\n`{total.before}` {spell(total.blank)}\n"
