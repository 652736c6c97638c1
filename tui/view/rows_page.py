"""Every row of an epoch at once: its Z, A, loss and δ, of formulas its nodes and ∂Loss/∂ of each, as far as they are
reached. Columns without room stand in further blocks below.

There may be a million numbers: a line is made when it is shown, and where it stands is arithmetic.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import cache, partial
from typing import NamedTuple

from engine.text.notation import align_point
from engine.walk.known import is_adjoint_known
from tui.view.canvas import Canvas, CellStyle
from tui.view.datum import datum_widths
from tui.view.glyphs import NOT_YET, Spelling
from tui.view.lesson_view import LessonView
from tui.view.page import Line, Page, Parts, title

TITLE, HEADS, BLANK = 1, 1, 1  # lines: above all; above the rows of a block, and below them
MOST_DATA = 6  # columns that stand before the numbers
BEFORE = 2  # characters before a number's point
Cell = tuple[str, CellStyle]


class Column(NamedTuple):
    """A number that every row has: its name, how much room it takes, and what stands in a row's cell. `is_datum`: given
    from the start, and written to the right.
    """

    name: str
    width: int
    cell: Callable[[int], Cell]
    is_datum: bool = False


class Block(NamedTuple):
    """Columns side by side, each with where it begins."""

    columns: Sequence[tuple[int, Column]]

    def heads(self, canvas: Canvas, labels: int) -> Line:
        """The names, above the numbers' first figures."""
        names = [(x + (column.width - canvas.length(name) - 1 if column.is_datum else 1), name, CellStyle.NAME)
                 for x, column in self.columns for name in [canvas.shorten(column.name, column.width)]]
        return [(labels - len("row"), "row", CellStyle.NAME), *names]


class RowLines:
    """The lines of the page, for a width."""

    def __init__(self, view: LessonView, spelled: Spelling, width: int) -> None:
        self._view, self._canvas = view, Canvas(0, 0, spelled)
        self._labels = 2 + max(len("row"), len(str(view.lesson.rows)))  # a mark, the row's number
        self._blocks = list(self._pack(_columns(view, self._canvas), width))
        height = HEADS + view.lesson.rows + BLANK
        self.parts = Parts(TITLE, height, [block.heads(self._canvas, self._labels) for block in self._blocks])

    def _pack(self, columns: Sequence[Column], width: int) -> Iterator[Block]:
        """As many columns in each block as have room, one at least."""
        block, x, start = list[tuple[int, Column]](), 0, self._labels + 1
        for column in columns:
            column = column._replace(width=min(column.width, width - start))
            if block and x + column.width > width:
                yield Block(block)
                block = []
            x = x if block else start
            block.append((x, column))
            x += column.width
        yield Block(block)

    def __len__(self) -> int:
        return TITLE + self.parts.height * len(self._blocks) + len(self._view.script.batches)

    def __getitem__(self, index: int, /) -> Line:
        block, rest = divmod(index - TITLE, self.parts.height)
        if block < 0:
            what = "row" if self._view.has_rows else "number"
            return title(f"Every {what}, epoch {self._view.cursor.epoch}")[0]
        if block >= len(self._blocks):
            return self._loss(index - TITLE - self.parts.height * len(self._blocks))
        if rest < HEADS:
            return self.parts.heads[block]
        return self._row(self._blocks[block], rest - HEADS) if rest < self.parts.height - BLANK else []

    def _row(self, block: Block, row: int) -> Line:
        is_marked, number = self._view.is_row_marked(row), str(row + 1)
        style = CellStyle.PATH if is_marked else CellStyle.TEXT
        mark = self._canvas.spelled("▸")
        line: Line = [(0, mark, CellStyle.PATH)] * is_marked + [(self._labels - len(number), number, style)]
        for x, column in block.columns:
            text, style = column.cell(row)
            padding = column.width - 1 - self._canvas.length(text) if column.is_datum else \
                1 + len(align_point(text, BEFORE)) - len(text)
            line.append(_figure(x + padding, text, style))
        return line

    def _loss(self, number: int) -> Line:
        """What the rows of a batch make together; nothing where the only row's result is the Loss."""
        view, batch = self._view, self._view.script.batches[number]
        if view.trace.graph.loss is None:
            return []
        index, loss = batch.loss_index, view.trace.symbols.loss
        head = f"batch {number + 1}: " * view.has_batches + f"{loss.name} = "
        text, style = view.text_at(index, loss, batch.rows.start), view.style(index)
        x = 1 + self._canvas.length(head)
        return [(1, head, CellStyle.NAME), _figure(x, text, style)]

    @property
    def focus(self) -> int:
        """The line of the number in hand, or of its row."""
        row = self._view.row
        styles = (block for block, each in enumerate(self._blocks)
                  if any(column.cell(row)[1] is CellStyle.FRESH for _, column in each.columns))
        return TITLE + self.parts.height * next(styles, 0) + HEADS + row


def _figure(x: int, text: str, style: CellStyle) -> tuple[int, str, CellStyle]:
    """A number; the one in hand stands in brackets."""
    return (x - 1, f"[{text}]", style) if style is CellStyle.FRESH else (x, text, style)


def rows_page(view: LessonView, spelled: Spelling) -> Page:
    """The page; it begins at the number in hand."""
    lines = cache(partial(RowLines, view, spelled))
    return Page(lines, spelled, parts=lambda width: lines(width).parts, focus=lambda width: lines(width).focus)


def _columns(view: LessonView, canvas: Canvas) -> list[Column]:
    """Data, if they are few, what is worked out forward, δ, the Loss's end first; else the data come last."""
    inputs, targets = datum_widths(view.lesson, view.digits)
    data = [Column(name, width + 2, partial(_datum, view, k), is_datum=True) for k, (name, width) in
            enumerate(zip([*view.lesson.inputs, *view.lesson.targets], [*inputs, *targets], strict=True))]
    graph = view.trace.graph
    names = [node.quantity.name or graph.line(k).name for k, node in enumerate(graph.nodes)]
    values = [Column(name, _width(view, canvas, name), partial(_value, view, k)) for k, name in enumerate(names)]
    adjoints = [Column(node.quantity.name, _width(view, canvas, node.quantity.name), partial(_adjoint, view, k))
                for k, node in enumerate(graph.adjoints)]
    return [*data, *values, *adjoints] if len(data) <= MOST_DATA else [*values, *adjoints, *data]


def _width(view: LessonView, canvas: Canvas, name: str) -> int:
    """With a blank, or a bracket, before it, and one behind a long name."""
    return 1 + max(view.number_width, canvas.length(name) + 1)


def _datum(view: LessonView, column: int, row: int) -> Cell:
    text = view.datum(view.lesson_now.table[row][column])
    return text, CellStyle.PATH if view.is_row_marked(row) else CellStyle.TEXT


def _value(view: LessonView, place: int, row: int) -> Cell:
    index = view.script.value_index(row, place)
    quantity = view.trace.graph.nodes[place].quantity
    return view.text_at(index, quantity, row, view.number_width), view.style(index)


def _adjoint(view: LessonView, adjoint: int, row: int) -> Cell:
    """By δ a step as any other; by paths what all that leads to it comes to."""
    quantity = view.trace.graph.adjoints[adjoint].quantity
    is_known = is_adjoint_known(view.walk, row, adjoint)
    if view.chains.by_paths:
        return (view.fit(view.read(quantity, row), view.number_width), CellStyle.VALUE) if is_known else \
            (NOT_YET, CellStyle.MUTED)
    index = view.script.adjoint_index(row, adjoint)
    if view.walk.search and not is_known:
        return NOT_YET, CellStyle.MUTED
    return view.text_at(index, quantity, row, view.number_width), view.style(index)
