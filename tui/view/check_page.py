"""A gradient found by small differences: a table with a line for each h, and what is to be seen in it."""

from functools import partial

from engine.export.check_in_words import findings_of, idea_of, line_of, reasons_in, table_of, title_of
from engine.trace.gradient_check import GradientCheck
from tui.view.canvas import Canvas, CellStyle
from tui.view.glyphs import Spelling
from tui.view.page import Line, Page, paragraph, title

LEFT, GAP = 2, 2  # columns: for the mark of the best h, and between two others


def check_page(check: GradientCheck, spelled: Spelling) -> Page:
    """The page."""
    return Page(partial(_lines, check=check, spelled=spelled), spelled)


def _lines(width: int, check: GradientCheck, spelled: Spelling) -> list[Line]:
    """Where the table has no room, each h in words."""
    table = _table(check, spelled)
    if max(x + Canvas(0, 0, spelled).length(text) for line in table for x, text, _ in line) > width:
        table = [line for each in check.differences for line in paragraph(line_of(check, each), width, spelled)]
    remarks = [line for said in (*findings_of(check), *reasons_in(check)) for line in paragraph(said, width, spelled)]
    return [*title(title_of(check)), *paragraph(idea_of(check), width, spelled), [], *table, [], *remarks]


def _table(check: GradientCheck, spelled: Spelling) -> list[Line]:
    """Its heads and lines; the best h is marked, and what could not be worked out is muted."""
    canvas, rows, best = Canvas(0, 0, spelled), table_of(check), check.best
    widths = [max(map(canvas.length, column)) + GAP for column in zip(*rows, strict=True)]
    starts = [LEFT + sum(widths[:k]) for k in range(len(widths))]
    lines: list[Line] = [[(x, head, CellStyle.NAME) for x, head in zip(starts, rows[0], strict=True)]]
    for each, cells in zip(check.differences, rows[1:], strict=True):
        style = CellStyle.RIGHT if each is best else CellStyle.VALUE
        mark: Line = [(0, "▸", CellStyle.PATH)] if each is best else []
        lines.append([*mark, *((x, cell, style) for x, cell in zip(starts, cells, strict=True))])
    return lines
