"""A table of factors: a column for each, its name and formula above, a line for each row, the product at its end.

The chain rule is one such table, the derivation of an activation's derivative another.
"""

from collections.abc import Sequence
from typing import NamedTuple

from engine.text.notation import align_point
from tui.view.canvas import Box, Canvas, CellStyle, Hint, figure
from tui.view.glyphs import NOT_YET
from tui.view.lesson_view import LessonView, datum_widths

REUSED_MARK = "•"
MARKS = {CellStyle.REUSED: REUSED_MARK, CellStyle.WRONG: "!"}
LONGEST_FORMULA = 14


class Cell(NamedTuple):
    """A number of the table, as text, and its style."""

    text: str = NOT_YET
    style: CellStyle = CellStyle.MUTED


class Column(NamedTuple):
    """A factor's column: its name over its formula, and a cell for each line of the table."""

    name: str
    formula: str
    cells: Sequence[Cell]
    longest_formula: int = LONGEST_FORMULA
    has_marks: bool = True
    least: int = 0  # so that it does not grow when its numbers come
    is_extra: bool = False  # shown where there is room for all, or else by turning to the others


class Label(NamedTuple):
    """The head of a line: its mark, if any, and the texts of the columns before the factors."""

    mark: str
    texts: Sequence[str]


def row_labels(view: LessonView, rows: range) -> tuple[list[str], list[Label]]:
    """Heads and labels of the lines: the inputs, if there are few, else the row's number."""
    inputs = view.lesson.inputs if len(view.lesson.inputs) <= 3 else ()
    labels = [[view.datum(value) for value in view.lesson.inputs_of(row)] if inputs else [str(row + 1)] for row in rows]
    return list(inputs) or ["row"], [Label(view.row_mark(row, rows), label)
                                     for row, label in zip(rows, labels, strict=True)]


class Table(NamedTuple):
    """Columns behind heads and labels; the one in focus."""

    heads: Sequence[str]
    labels: Sequence[Label]
    columns: Sequence[Column]
    focus: int


def pages(canvas: Canvas, width: int, table: Table) -> list[list[int]]:
    """Which columns are shown together in a width: those around the focus, and the last; then what was left out."""
    widths = [_width(canvas, column) for column in table.columns]
    room = width - _labels_width(canvas, table.heads, table.labels) - 3
    if sum(widths) <= room:
        return [list(range(len(widths)))]
    found = [_around_focus(table, widths, room)]
    for k in (k for k in range(len(widths)) if k not in found[0]):
        if len(found) > 1 and sum(widths[j] for j in found[-1]) + widths[k] <= room:
            found[-1].append(k)
        else:
            found.append([k])
    return found


def hints(turns: int, count: int, others: Hint) -> list[Hint]:
    """How to see what has no room, in words that are given, and to come back, of so many pages."""
    if count == 1:
        return []
    sign, words = others
    return [(sign, words if (turns + 1) % count else f"{'back':<{len(words)}}")]


def wanted_width(canvas: Canvas, view: LessonView, columns: Sequence[Column]) -> int:
    """How much would show every column that is not extra, and the heads of all lines."""
    heads, widths = row_labels(view, range(1))[0], datum_widths(view.lesson, view.digits)[0]
    labels = widths if len(heads) == len(widths) else [max(len(heads[0]), len(str(view.lesson.rows)))]
    return 3 + sum(labels) + len(labels) + \
        sum(_width(canvas, column) for column in columns if not column.is_extra)


def draw(canvas: Canvas, box: Box, heads: Sequence[str], labels: Sequence[Label], columns: Sequence[Column],
         focus: int) -> int:
    """Draw a table whose columns nobody turns."""
    table = Table(heads, labels, columns, focus)
    return draw_page(canvas, box, table, pages(canvas, box.width, table)[0])


def draw_page(canvas: Canvas, box: Box, table: Table, chosen: Sequence[int]) -> int:
    """Draw the table from the box's top; returns the column of the canvas where the last column's numbers start.

    Only the chosen columns are shown, with `…` where some are left out.
    """
    columns, x = table.columns, _labels(canvas, box, table.heads, table.labels) + 1
    widths = [_width(canvas, column) for column in columns]
    slack = (box.right - x - sum(widths[k] for k in chosen)) // max(len(chosen), 1)
    before = -1
    for k in chosen:
        if k != before + 1:
            canvas.mark(x - 2, box.y, "…")
        x += min(slack, 3)
        _column(canvas, x, box.y, columns[k])
        last_x, x, before = x, x + widths[k], k
    if before < len(columns) - 1:
        canvas.mark(min(x, box.right - 1), box.y, "…")
    return last_x


def _labels(canvas: Canvas, box: Box, heads: Sequence[str], labels: Sequence[Label]) -> int:
    x = box.x + 2
    for k, head in enumerate(heads):
        width = _label_width(canvas, k, head, labels)
        canvas.put_right(x + width, box.y, head, CellStyle.NAME)
        for y, label in enumerate(labels, box.y + 2):
            canvas.put_right(x + width, y, label.texts[k], CellStyle.PATH if label.mark == "▸" else CellStyle.TEXT)
        x += width + 1
    for y, label in enumerate(labels, box.y + 2):
        canvas.mark(box.x, y, label.mark, CellStyle.PATH)
    return x


def _labels_width(canvas: Canvas, heads: Sequence[str], labels: Sequence[Label]) -> int:
    return sum(_label_width(canvas, k, head, labels) + 1 for k, head in enumerate(heads))


def _label_width(canvas: Canvas, k: int, head: str, labels: Sequence[Label]) -> int:
    return max([canvas.length(head), *(canvas.length(label.texts[k]) for label in labels)])


def _width(canvas: Canvas, column: Column) -> int:
    """Head, formula or widest number, and a gap with room for brackets."""
    return max(canvas.length(column.name), min(canvas.length(column.formula), column.longest_formula),
               *(len(align_point(cell.text, 2)) for cell in column.cells), column.least) + 2


def _around_focus(table: Table, widths: Sequence[int], room: int) -> list[int]:
    """In order: the last column, the one in focus, then its neighbours as long as they fit; none that is extra."""
    *others, last = (k for k, column in enumerate(table.columns) if not column.is_extra)
    chosen, used = [last], widths[last]
    middle = others.index(table.focus) if table.focus in others else len(others)
    for k in sorted(others, key=lambda k: abs(others.index(k) - middle)):
        if used + widths[k] > room:
            break
        chosen.append(k)
        used += widths[k]
    return sorted(chosen)


def _column(canvas: Canvas, x: int, y: int, column: Column) -> None:
    canvas.put(x, y, column.name, CellStyle.NAME)
    canvas.put(x, y + 1, canvas.shorten(column.formula, column.longest_formula), CellStyle.MUTED)
    for row, cell in enumerate(column.cells, y + 2):
        figure(canvas, x, row, cell.text, cell.style, mark=MARKS.get(cell.style, "") if column.has_marks else "")
