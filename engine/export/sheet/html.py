"""Sheets as one HTML file, which fetches nothing: to be printed on A4 or Letter, in black and white."""

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from itertools import count

from engine.export.sheet.columns import parts
from engine.export.sheet.drawing import draw_network
from engine.export.sheet.sheet import MISTAKES, Blank, Cell, Column, Mistaken, Section, Sheet, Table
from engine.text.width import columns as columns_of

PAGE = 184  # millimetres that A4 and Letter both have between their margins
BLANK, LONG_BLANK = 18, 32  # that a person needs for a number, and for one of many digits
CHARACTER, TIGHT, SMALL = 1.65, 1.5, 1.15  # that a sign of a table takes at most; of a tight one, also below a name
PADDING = 3
MOST_TOGETHER = 12  # lines of tables that stand on one page with their heading
LAST_TOGETHER = 3  # of what mistakes give: no page has but the last of it
HEAD_LINES = 2  # that a table has besides
MOST_WHOLE = 24  # lines of a table that is not parted
STYLE = """
@page {
  margin: 11mm 12mm 13mm; font: 8pt "Liberation Sans", "DejaVu Sans", Arial, sans-serif;
  @bottom-left { width: 85%; text-align: left; }
  @bottom-right { content: counter(page); }
}
* { box-sizing: border-box; }
body { max-width: 186mm; margin: 0 auto; color: #000; background: #fff; font: 10pt/1.3 "Liberation Sans",
  "DejaVu Sans", Arial, sans-serif; }
article + article { break-before: page; }
h1 { font-size: 16pt; margin: 0 0 2mm; }
h2 { font-size: 13pt; border-bottom: 0.4mm solid; margin: 4mm 0 1.5mm; }
h3 { font-size: 11.5pt; margin: 3.5mm 0 1mm; }
h4, h5 { font-size: 10pt; margin: 3mm 0 1mm; }
h1, h2, h3, h4, h5, .before { break-after: avoid; }
h1, h2, h3, h4, h5, .before, .formulas { break-inside: avoid; }
h2, h3, h4, h5, p, li, th { overflow-wrap: anywhere; }
p { margin: 0.8mm 0; orphans: 3; widows: 3; }
ul { margin: 1mm 0; padding-left: 5mm; }
.name { display: flex; gap: 4mm; margin: 2mm 0 3mm; }
.name span { flex: 1 0 auto; border-bottom: 0.3mm solid; }
.name span + span { flex: 0 0 45mm; }
.given { display: flex; flex-wrap: wrap; column-gap: 12mm; }
.formulas { list-style: none; padding: 0; columns: 2; column-gap: 6mm; }
.formulas li { break-inside: avoid; }
.formulas.wide, .given .formulas { columns: 1; }
.together, table, svg, .total { break-inside: avoid; }
table { border-collapse: collapse; margin: 1.5mm 0; font-size: 9pt; font-variant-numeric: tabular-nums; }
caption { text-align: left; font-size: 10pt; font-weight: bold; padding: 0.5mm 0; }
tr { break-inside: avoid; }
tbody tr:nth-last-child(-n+3):not(:first-child) { break-before: avoid; }
th, td { border: 0.2mm solid #000; padding: 0.6mm 1.4mm; text-align: left; white-space: nowrap; }
thead th { line-height: 1.2; border-bottom-width: 0.5mm; vertical-align: top; }
thead th.head { width: 1mm; }
th { font-weight: normal; }
thead th { font-weight: bold; font-size: 8.5pt; }
thead th small { display: block; font-size: 8pt; font-weight: normal; }
table.long { break-inside: auto; }
table.tight { font-size: 7.5pt; line-height: 1.1; margin: 1mm 0; }
.tight th, .tight td { padding: 0.1mm 1mm; }
.tight thead th { font-size: 7.5pt; }
.tight thead th small { font-size: 6.5pt; }
.blank { height: 7mm; min-width: 18mm; }
td.blank { width: 18mm; }
.blank.long { min-width: 32mm; }
.total { margin: 1.5mm 0; font-weight: bold; break-before: avoid; }
.said { break-before: avoid; }
.total .blank { display: inline-block; width: 32mm; border: 0.2mm solid; vertical-align: middle; }
.answer { font-weight: bold; }
.mistakes { margin: 0; font-size: 9pt; }
.mistakes div { break-inside: avoid; }
.mistakes dt { font-weight: bold; }
.mistakes dd { margin: 0 0 0.5mm 5mm; }
svg { display: block; max-width: 100%; margin: 1mm 0; font: 3.4px "Liberation Sans", "DejaVu Sans", Arial, sans-serif; }
@media screen {
  body { padding: 8mm; }
  article + article { border-top: 1mm double; margin-top: 10mm; padding-top: 6mm; }
}
"""


def write_html(sheets: Iterable[Sheet]) -> Iterator[str]:
    """In pieces, each sheet on pages of its own, which say at the foot whose they are."""
    sheets = list(sheets)
    yield f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(sheets[0].heading)}</title>
<style>{STYLE}{"".join(map(_foot, count(1), sheets))}</style>
</head>
<body>
"""
    for nth, sheet in enumerate(sheets, 1):
        yield from _sheet(nth, sheet)
    yield "</body>\n</html>\n"


def _foot(nth: int, sheet: Sheet) -> str:
    """What stands below the pages of a sheet: whose they are, and a number that runs on over all sheets."""
    text = _in_style(f"{sheet.heading} – {sheet.numbers}")
    return f'@page sheet{nth} {{ @bottom-left {{ content: "{text}"; }} }}\n.sheet{nth} {{ page: sheet{nth}; }}\n'


def _in_style(text: str) -> str:
    """A text as data within a style sheet: none of its signs means anything there."""
    return "".join(sign if sign.isascii() and sign.isalnum() else f"\\{ord(sign):x} " for sign in text)


def _sheet(nth: int, sheet: Sheet) -> Iterator[str]:
    yield f'<article class="sheet{nth}">\n<h1>{escape(sheet.heading)}</h1>\n'
    if not sheet.is_key:
        yield '<p class="name">Name <span></span> Date <span></span></p>\n'
    yield from (f"<p>{escape(words)}</p>\n" for words in sheet.words)
    is_short = all(len(table.rows) <= MOST_WHOLE for section in sheet.given for table in section.tables)
    yield f"<div{_class('given' * is_short)}>\n"
    for k, section in enumerate(sheet.given):
        yield from _section(section, draw_network(sheet.lesson) if sheet.is_drawn and not k else "")
    yield "</div>\n"
    yield from _sections(sheet.sections)
    yield "</article>\n"


def _sections(sections: Iterable[Section]) -> Iterator[str]:
    """The last two on one page, if they are not too long for that: none is left alone on the last."""
    last: list[Section] = []
    for section in sections:
        last.append(section)
        if len(last) > 2:
            yield from _section(last.pop(0))
    is_short = all(map(_is_short, last))
    yield '<div class="together">\n' * is_short
    for section in last:
        yield from _section(section)
    yield "</div>\n" * is_short


def _is_short(section: Section) -> bool:
    """Whether it stands on one page."""
    length = sum(len(table.rows) + HEAD_LINES for table in section.tables)
    return length <= MOST_TOGETHER and not section.mistakes


def _section(section: Section, drawing: str = "") -> Iterator[str]:
    """On one page, where it is not too long for that."""
    level = f"h{min(section.level, 5)}"
    yield f"<section{_class('together' * _is_short(section))}>\n<{level}>{escape(section.heading)}</{level}>\n"
    yield drawing
    yield from (f'<p class="before">{escape(words)}</p>\n' for words in section.words)
    yield _formulas(section.formulas, " before" * bool(section.tables))
    for table in section.tables:
        yield from _table(table)
    if section.mistakes:
        yield f'<p class="before said">{MISTAKES}</p>\n'
        yield from _list(section.mistakes[:-LAST_TOGETHER], "mistakes")
        yield from _list(section.mistakes[-LAST_TOGETHER:], "mistakes together")
    yield "</section>\n"


def _formulas(formulas: Sequence[str], before: str) -> str:
    """In two columns, where they are not too long."""
    if not formulas:
        return ""
    wide = " wide" * (max(map(columns_of, formulas)) * CHARACTER > PAGE / 2)
    items = "".join(f"<li>{escape(formula)}</li>\n" for formula in formulas)
    return f"<ul{_class(f'formulas{wide}{before}')}>\n{items}</ul>\n"


def _list(mistakes: Sequence[Mistaken], names: str) -> Iterator[str]:
    if mistakes:
        yield f"<dl{_class(names)}>\n"
        yield from map(_mistaken, mistakes)
        yield "</dl>\n"


def _mistaken(mistaken: Mistaken) -> str:
    sentences = "".join(f"<dd>{escape(sentence)}</dd>\n" for sentence in mistaken.sentences)
    return f"<div>\n<dt>{escape(mistaken.name)}: {escape(mistaken.answer)}</dt>\n{sentences}</div>\n"


def _table(table: Table) -> Iterator[str]:
    """In parts below each other as many columns as fit; each begins with what its lines are called."""
    is_long = len(table.rows) > MOST_WHOLE
    is_tight = is_long and all(blank.answer for blank in table.blanks())
    heads, widths = _widths(table, TIGHT, SMALL) if is_tight else _widths(table, CHARACTER, CHARACTER)
    if sum(heads) + sum(widths) > PAGE:
        heads = heads[:1]  # what the others say stands in the lesson's table
    *others, last = ("".join(_part(table, part, len(heads), "tight" if is_tight else "long" * is_long))
                     for part in parts(widths, PAGE - sum(heads)))
    yield from others
    yield f'<div class="together">\n{last}' if table.totals and not is_long else last
    for total in table.totals:
        number = escape(total.blank.answer) or '<span class="blank"></span>'
        yield f'<p class="total">{escape(total.before)} {number}</p>\n'
    yield "</div>\n" if table.totals and not is_long else ""


def _part(table: Table, part: range, heads: int, kind: str) -> Iterator[str]:
    """Some columns of a table, behind so many heads."""
    yield f"<table{_class(kind)}>\n"
    yield f"<caption>{escape(table.caption)}</caption>\n" if table.caption else ""
    yield "<thead>\n<tr>" + "".join(f'<th class="head" scope="col">{escape(head)}</th>' for head in table.heads[:heads])
    yield "".join(map(_head, table.columns[part.start:part.stop])) + "</tr>\n</thead>\n<tbody>\n"
    for row in table.rows:
        yield "<tr>" + "".join(f'<th scope="row">{escape(head)}</th>' if not k else f"<td>{escape(head)}</td>"
                               for k, head in enumerate(row.heads[:heads]))
        yield "".join(map(_cell, row.cells[part.start:part.stop])) + "</tr>\n"
    yield "</tbody>\n</table>\n"


def _widths(table: Table, character: float, small: float) -> tuple[list[float], list[float]]:
    """Of the heads, and of the columns, in millimetres: by their texts; where one is to be written in, what that takes.
    """
    def width(*texts: str) -> float:
        return max(map(columns_of, texts)) * character + PADDING
    heads = [width(head, *(row.heads[k] for row in table.rows)) for k, head in enumerate(table.heads)]
    cells = list(zip(*(row.cells for row in table.rows), strict=True))
    return heads, [max(width(column.label, *map(_text, of_column)), columns_of(column.formula) * small + PADDING,
                       *map(_room_to_write, of_column))
                   for column, of_column in zip(table.columns, cells, strict=True)]


def _room_to_write(cell: Cell) -> int:
    """What a blank takes."""
    if not isinstance(cell, Blank) or cell.answer:
        return 0
    return LONG_BLANK if cell.is_long else BLANK


def _head(column: Column) -> str:
    formula = f"<small>{escape(column.formula)}</small>" if column.formula else ""
    return f'<th scope="col">{escape(column.label)}{formula}</th>'


def _text(cell: Cell) -> str:
    return cell.answer if isinstance(cell, Blank) else cell


def _cell(cell: Cell) -> str:
    if not isinstance(cell, Blank):
        return f"<td>{escape(cell)}</td>"
    if cell.answer:
        return f'<td class="answer">{escape(cell.answer)}</td>'
    return f'<td class="blank{" long" * cell.is_long}"></td>'


def _class(names: str) -> str:
    return f' class="{names}"' if names else ""
