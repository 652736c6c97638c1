"""A table of factors: a column for each, its name and formula above, a line for each row, the product at its end.

The chain rule is one such table, the derivation of an activation's derivative another.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from engine.text.notation import align_point
from tui.view.canvas import Box, Canvas, CellStyle, figure
from tui.view.datum import datum_widths
from tui.view.glyphs import NOT_YET
from tui.view.lesson_view import LessonView

REUSED_MARK = "•"
MARKS = {CellStyle.REUSED: REUSED_MARK, CellStyle.WRONG: "!"}
MOST_LABELS = 3  # inputs; of more the row's number stands before the factors
LONGEST_FORMULA = 14  # that more digits leave room for
GAP = 2  # columns behind each factor; half of it is enough behind the last
MOST_SPARE = 3  # columns of what is left, before each factor


class Cell(NamedTuple):
    """A number of the table, as text, and its style."""

    text: str = NOT_YET
    style: CellStyle = CellStyle.MUTED


class Column(NamedTuple):
    """A factor's column: its name over its formula, and a cell for each line of the table."""

    name: str
    formula: str
    cells: Sequence[Cell]
    has_marks: bool = True
    least: int = 0  # so that it does not grow when its numbers come
    is_extra: bool = False  # shown where there is room for all, or else by turning to the others


class Label(NamedTuple):
    """The head of a line: its mark, if any, and the texts of the columns before the factors."""

    mark: str
    texts: Sequence[str]


def row_labels(view: LessonView, rows: range, is_numbered: bool = False) -> tuple[list[str], list[Label]]:
    """Heads and labels of the lines: the inputs, if there are few, else (or where that is wanted) the row's number."""
    inputs = view.lesson.inputs if len(view.lesson.inputs) <= MOST_LABELS and not is_numbered else ()
    labels = [[view.datum(value) for value in view.lesson.inputs_of(row)] if inputs else [str(row + 1)] for row in rows]
    of = range(view.lesson.rows) if view.phase is None else view.batch.rows
    return list(inputs) or ["row"], [Label(view.row_mark(row, rows, of), label)
                                     for row, label in zip(rows, labels, strict=True)]


class Table(NamedTuple):
    """Columns behind heads and labels; the one in focus; whether formulas stand below the columns' names."""

    heads: Sequence[str]
    labels: Sequence[Label]
    columns: Sequence[Column]
    focus: int
    has_formulas: bool = True

    @property
    def heads_height(self) -> int:
        """Lines above the first row."""
        return 1 + self.has_formulas


class Page(NamedTuple):
    """Columns that are shown together, in order; how much each takes at least, and the width of each, if it is the same
    throughout the table's pages.
    """

    columns: Sequence[int]
    least: Sequence[int]
    width: int = 0


def pages(canvas: Canvas, width: int, table: Table) -> list[Page]:
    """Which columns are shown together in a width. Where not all fit, parts of them, each with the last one: first the
    part that the focus is in; then what is extra, beside as many others as fit, the last one and the focus before all.
    """
    widths = [_width(canvas, column) for column in table.columns]
    room = width - _labels_width(canvas, table.heads, table.labels) - 3 + GAP // 2
    if sum(widths) <= room:
        return [Page(range(len(widths)), widths)]
    *others, last = (k for k, column in enumerate(table.columns) if not column.is_extra)
    parts = _parts(others, last, widths, room)
    in_hand = next((k for k, part in enumerate(parts) if table.focus in part), len(parts) - 1)
    same = room // (len(parts[0]) + 1) if len(parts) > 1 else 0
    found = [Page([*part, last], _of(widths, [*part, last]), same) for part in parts[in_hand:] + parts[:in_hand]]
    extra = [k for k, column in enumerate(table.columns) if column.is_extra]
    beside = sorted([last, *reversed(others)], key=lambda k: k not in (last, table.focus))
    full = [sorted(_fill(part, beside, widths, room)) for part in _as_many_as_fit(extra, widths, room)]
    return [*found, *(Page(part, _of(widths, part)) for part in full)]


def _of(widths: Sequence[int], columns: Sequence[int]) -> list[int]:
    return [widths[k] for k in columns]


def _parts(others: list[int], last: int, widths: Sequence[int], room: int) -> list[list[int]]:
    """All of them if there is room; else as many at once as have it beside the last column, all of one width. The last
    part begins before the one before it ends, rather than be shorter.
    """
    if not others or sum(widths[k] for k in [*others, last]) <= room:
        return [others]
    size = max(room // max(widths[k] for k in [*others, last]) - 1, 1)
    starts = (min(k, len(others) - size) for k in range(0, len(others), size))
    return [others[k:k + size] for k in starts]


def _as_many_as_fit(columns: Sequence[int], widths: Sequence[int], room: int) -> list[list[int]]:
    """Columns in parts, each as many as fit, one at least."""
    parts = list[list[int]]()
    for k in columns:
        if parts and sum(widths[j] for j in parts[-1]) + widths[k] <= room:
            parts[-1].append(k)
        else:
            parts.append([k])
    return parts


def _fill(part: list[int], beside: Sequence[int], widths: Sequence[int], room: int) -> list[int]:
    """A part with as many columns beside as fit, the first ones first."""
    room -= sum(widths[k] for k in part)
    for k in beside:
        if widths[k] > room:
            break
        part, room = [*part, k], room - widths[k]
    return part


def wanted_width(canvas: Canvas, view: LessonView, columns: Sequence[Column], is_numbered: bool = False) -> int:
    """How much would show every column that is not extra, and the heads of all lines."""
    heads, widths = row_labels(view, range(1), is_numbered)[0], datum_widths(view.lesson, view.digits)[0]
    has_inputs = len(heads) == len(widths) and not is_numbered
    labels = widths if has_inputs else [max(len(heads[0]), len(str(view.lesson.rows)))]
    return 3 + sum(labels) + len(labels) + \
        sum(max(_width(canvas, column), min(canvas.length(column.formula), LONGEST_FORMULA) + 2)
            for column in columns if not column.is_extra)


def part_with(canvas: Canvas, width: int, view: LessonView, labels: Sequence[Label], heads: Sequence[str], count: int,
              focus: int) -> range:
    """Which of so many columns of numbers below 10 to show in a width: all, or the part that has the one in focus."""
    room = width - _labels_width(canvas, heads, labels) - 3 + GAP // 2
    part = max(1, room // (view.number_width + GAP))
    first = focus // part * part
    return range(first, min(first + part, count))


def draw(canvas: Canvas, box: Box, heads: Sequence[str], labels: Sequence[Label], columns: Sequence[Column],
         focus: int, has_formulas: bool = True) -> int:
    """Draw a table whose columns nobody turns."""
    table = Table(heads, labels, columns, focus, has_formulas)
    return draw_page(canvas, box, table, pages(canvas, box.width, table)[0])


def draw_in_parts(canvas: Canvas, box: Box, table: Table, room: int) -> int:
    """Draw a table whose columns nobody turns, as many parts of it below each other as so many lines take, but one at
    least. Returns how many lines that takes.
    """
    height = table.heads_height + len(table.labels)
    shown = pages(canvas, box.width, table)[:max(room // height, 1)]
    for k, page in enumerate(shown):
        draw_page(canvas, box.cut(height * k)[1], table, page)
    return height * len(shown)


def draw_page(canvas: Canvas, box: Box, table: Table, page: Page) -> int:
    """Draw the table from the box's top; returns the column of the canvas where the last column's numbers start.

    Only the page's columns are shown, with `…` where some are left out.
    """
    columns, x = table.columns, _labels(canvas, box, table) + 1
    room = box.right - x + GAP // 2
    widths, spare = [page.width] * len(page.columns), 0
    if not page.width:
        widths = _with_formulas(canvas, [columns[k] for k in page.columns], page.least, room)
        spare = min((room - sum(widths)) // len(widths), MOST_SPARE)
    before, starts = -1, dict[int, int]()
    for k, width in zip(page.columns, widths, strict=True):
        if k != before + 1:
            canvas.mark_cut(x - 2, box.y)
        x += spare
        starts[k] = x
        _column(canvas, x, box.y, columns[k], table.heads_height)
        x, before = x + width, k
    if before < len(columns) - 1:
        canvas.mark_cut(min(x, box.right - 1), box.y)
    if table.has_formulas:
        _formulas(canvas, box, table, starts)
    return starts[before]


def _labels(canvas: Canvas, box: Box, table: Table) -> int:
    x, top = box.x + 2, box.y + table.heads_height
    for k, head in enumerate(table.heads):
        width = _label_width(canvas, k, head, table.labels)
        canvas.put_right(x + width, box.y, head, CellStyle.NAME)
        for y, label in enumerate(table.labels, top):
            canvas.put_right(x + width, y, label.texts[k], CellStyle.PATH if label.mark == "▸" else CellStyle.TEXT)
        x += width + 1
    for y, label in enumerate(table.labels, top):
        canvas.mark(box.x, y, label.mark, CellStyle.PATH)
    return x


def _labels_width(canvas: Canvas, heads: Sequence[str], labels: Sequence[Label]) -> int:
    return sum(_label_width(canvas, k, head, labels) + 1 for k, head in enumerate(heads))


def _label_width(canvas: Canvas, k: int, head: str, labels: Sequence[Label]) -> int:
    return max([canvas.length(head), *(canvas.length(label.texts[k]) for label in labels)])


def _width(canvas: Canvas, column: Column) -> int:
    """Head or widest number, and a gap with room for brackets."""
    return max([canvas.length(column.name), column.least, *(len(align_point(cell.text, 2)) for cell in column.cells)]) \
        + GAP


def _with_formulas(canvas: Canvas, columns: Sequence[Column], least: Sequence[int], room: int) -> list[int]:
    """Widths of columns, so that of their formulas as many as possible stand whole, the shortest first."""
    widths = list(least)
    wanted = [canvas.length(column.formula) + GAP for column in columns]
    if sum(map(max, widths, wanted)) > room:
        wanted = [each - GAP // 2 for each in wanted]
    room -= sum(widths)
    for k in sorted(range(len(columns)), key=lambda k: wanted[k]):
        more = max(wanted[k] - widths[k], 0)
        if more <= room:
            widths[k], room = widths[k] + more, room - more
    return widths


def _formulas(canvas: Canvas, box: Box, table: Table, starts: Mapping[int, int]) -> None:
    """Below the names, from the columns' starts: the formula in focus whole, the others where they have room beside it.
    """
    y, taken = box.y + 1, range(0)
    if table.focus in starts:
        formula = canvas.shorten(table.columns[table.focus].formula, box.right - min(starts.values()))
        x = min(starts[table.focus], box.right - canvas.length(formula))
        taken = range(x, canvas.put(x, y, formula, CellStyle.MUTED) + 1)
    for (k, x), after in zip(starts.items(), [*starts.values(), box.right + 1][1:], strict=True):
        end = x + canvas.length(table.columns[k].formula) + 1
        if end <= after and (end <= taken.start or x >= taken.stop):
            canvas.put(x, y, table.columns[k].formula, CellStyle.MUTED)


def _column(canvas: Canvas, x: int, y: int, column: Column, heads_height: int) -> None:
    canvas.put(x, y, column.name, CellStyle.NAME)
    for row, cell in enumerate(column.cells, y + heads_height):
        figure(canvas, x, row, cell.text, cell.style, mark=MARKS.get(cell.style, "") if column.has_marks else "")
