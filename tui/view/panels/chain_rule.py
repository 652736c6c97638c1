"""The chain rule of the gradient in hand: the symbolic chain, its factors row by row, the sum."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from engine.graph.quantity import Source
from engine.graph.step import Kind, Step
from tui.view import factor_list, factor_table, hidden_formulas, savings
from tui.view.canvas import Box, Canvas, CellStyle, figure, hint_width, rule, window
from tui.view.factor_list import INDENT, TIMES, Line
from tui.view.factor_table import Cell, Column, Table
from tui.view.lesson_view import LessonView

MOST_PRODUCTS = 8  # paths whose products have a column
SUM_SPARE = 7  # columns behind the sum's digits, for its sign, its point and brackets, and a gap
PRODUCT_GAP = 3  # columns between two rows' products
BELOW = 2  # lines below the chain of one row: the rows' products, and their sum


class Part(NamedTuple):
    """What is seen of a gradient at once, with little room: its name, its lines, which is in hand (at the sum over the
    rows none), and what draws each line below.
    """

    name: str
    lines: list[Line]
    focus: int
    below: Sequence[Callable[[Canvas, Box, LessonView, int], None]]


def draw(canvas: Canvas, box: Box, view: LessonView) -> None:
    """Draw the chain of the step's parameter and path; where there is but one row, a line for each factor."""
    step, chains = view.step, view.chains
    if step is None or step.parameter_index is None:
        return
    if not view.has_rows:
        draw_row(canvas, box, view)
        return
    parameter_index, paths = step.parameter_index, chains.paths(step.parameter_index)
    path = step.path % len(paths)  # at a sum, −1, the last one stays
    table = _table(box, view, step)
    pages, rows = factor_table.pages(canvas, box.width, table), len(table.labels)
    hints = view.turns.hints(len(pages), view.hint("others"))
    room = box.width - 4 - sum(hint_width(canvas, hint) + 3 for hint in hints)
    box = rule(canvas, box, _title(canvas, room, view, parameter_index, path), hints)
    x = factor_table.draw_page(canvas, box, table, pages[view.turns.page(len(pages))])
    if not chains.by_paths and not view.lesson.formulas:
        behind = x + view.digits + SUM_SPARE
        savings.draw_work(canvas, Box(behind, box.y + 1 + rows, box.right - behind, 2), view)
    _foot(canvas, Box(box.x, box.y + 2 + rows, box.width, 1), view, parameter_index, x)


def page_count(canvas: Canvas, box: Box, view: LessonView) -> int:
    """How many pages of columns there are in a box."""
    step = view.step if view.has_rows else None
    return len(factor_table.pages(canvas, box.width, _table(box, view, step))) if step else 1


def unseen_terms(canvas: Canvas, box: Box, view: LessonView) -> Sequence[Line]:
    """What the product or the sum of paths in hand comes from, unless the table of all rows shows it whole in a box."""
    step = view.step if view.has_rows else None
    if step is None or step.parameter_index is None or step.row is None or step.factor is not None:
        return ()
    table, part = _table(box, view, step), _part_in_hand(view, box, step, step.parameter_index)
    first = len(view.chains.paths(step.parameter_index)[step.path]) * (step.path < 0)  # behind the factors
    columns, pages = range(first, first + part.focus), factor_table.pages(canvas, box.width, table)
    is_seen = columns.stop < len(table.columns) and {*columns} <= {*pages[view.turns.page(len(pages))].columns}
    return () if is_seen else part.lines[:part.focus]


def draw_row(canvas: Canvas, box: Box, view: LessonView) -> None:
    """Draw the chain of the row in hand alone, a line for each factor; below it each row's product, and their sum. What
    is in hand has all that it comes from in sight: a product its factors, a sum its terms.
    """
    step = view.step
    if step is None or step.parameter_index is None:
        return
    parameter_index = step.parameter_index
    part, path = _part_in_hand(view, box, step, parameter_index), step.path % len(view.chains.lengths(parameter_index))
    box = rule(canvas, box, f"Chain rule ({parameter_index + 1}): {_gradient_name(view, parameter_index)}, {part.name}"
               if view.has_rows else _title(canvas, box.width - 4, view, parameter_index, path))
    room = _room_for(part, box, step)
    if _is_flowing(part, box, step):
        height = factor_list.draw_in_sight(canvas, room, part.lines, part.focus)
    else:
        height = min(len(part.lines), room.height)
        factor_list.draw(canvas, room, part.lines, part.focus)
    for y, draw_line in zip(range(box.y + height, box.bottom), part.below, strict=False):
        draw_line(canvas, Box(box.x, y, box.width, 1), view, parameter_index)


def row_height(view: LessonView) -> int:
    """How many lines show every factor of the longest chain then."""
    lengths = (view.chains.lengths(index) for index in range(len(view.lesson.order)))
    return 2 + BELOW + max(max(each) + (len(each) > 1) for each in lengths)


def row_height_now(canvas: Canvas, box: Box, view: LessonView) -> int:
    """How many what is in hand takes of a box."""
    step = view.step
    if step is None or step.parameter_index is None:
        return 0
    part, box = _part_in_hand(view, box, step, step.parameter_index), box._replace(height=box.height - 1)
    room = _room_for(part, box, step)
    height = factor_list.height_in_sight(canvas, room, part.lines, part.focus) if _is_flowing(part, box, step) else \
        min(len(part.lines), room.height)
    return min(1 + height + len(part.below), box.height + 1)


def wanted_height(view: LessonView) -> int:
    """How many lines show every row: a title, two heads, and below them the sum."""
    return 4 + view.most_rows if view.has_rows else row_height(view)


def wanted_width(canvas: Canvas, view: LessonView) -> int:
    """How much would show every column of the longest chain."""
    if not view.has_rows:
        return 0
    longest = max(range(len(view.lesson.order)), key=lambda index: max(view.chains.lengths(index)))
    return factor_table.wanted_width(canvas, view, _columns(view, longest, 0, range(0)))


def _table(box: Box, view: LessonView, step: Step) -> Table:
    """Of the step's parameter and path, with the rows that a box has room for."""
    parameter_index = step.parameter_index or 0
    path = step.path % len(view.chains.paths(parameter_index))
    rows = view.rows_in_sight(box.height - 4)
    columns = _columns(view, parameter_index, path, rows)
    return Table(*factor_table.row_labels(view, rows), columns,
                 len(columns) - 1 if step.factor is None else step.factor)


def _columns(view: LessonView, parameter_index: int, path: int, rows: range) -> list[Column]:
    """A path's factors, and its product and others."""
    factors = range(len(view.chains.paths(parameter_index)[path]))
    return [*(_factor_column(view, parameter_index, path, factor, rows) for factor in factors),
            *_product_columns(view, parameter_index, path, rows)]


def _part_in_hand(view: LessonView, box: Box, step: Step, parameter_index: int) -> Part:
    """The path in hand; at a sum its terms, where these have no room beside each other below."""
    paths, row = view.chains.paths(parameter_index), view.row
    if step.row is None and len(_rows_beside(box, view)) < len(view.batch.rows):
        return Part("all rows", _products_of_rows(view, parameter_index), len(view.batch.rows), [_sum])
    below = [_products, _sum] if view.has_rows else [_sum]
    if step.kind is Kind.PRODUCT and step.path < 0:
        return Part(f"row {row + 1}, {len(paths)} paths", _products_of_paths(view, parameter_index), len(paths),
                    below)
    path = step.path % len(paths)  # at the sum over the rows, −1, the last one stays
    which = f", path {path + 1} of {len(paths)}" if len(paths) > 1 else ""
    lines = _row_lines(view, parameter_index, path)
    focus = len(lines) if step.row is None else len(paths[path]) if step.factor is None else step.factor
    return Part(f"row {row + 1}{which}", lines, focus, below)


def _room_for(part: Part, box: Box, step: Step) -> Box:
    """The lines that a part has of those below the title: what stands below it gives way, but for a sum in hand."""
    gives_way = step.factor is None and step.row is not None and len(part.lines) > box.height - len(part.below)
    return box._replace(height=box.height - len(part.below) * (not gives_way))


def _is_flowing(part: Part, box: Box, step: Step) -> bool:
    """Whether all that a product or a sum comes from has room only one behind the other."""
    return step.factor is None and len(part.lines) > box.height - len(part.below)


def _products_of_rows(view: LessonView, parameter_index: int) -> list[Line]:
    """What is added up to the gradient."""
    return [Line(f"row {row + 1}", "", _product_cell(view, parameter_index, -1, row))
            for row in view.batch.rows]


def _products_of_paths(view: LessonView, parameter_index: int) -> list[Line]:
    """What is added up to the row's product, and that."""
    paths = range(len(view.chains.paths(parameter_index)))
    return [*(Line(f"product path {path + 1}", "", _product_cell(view, parameter_index, path, view.row))
              for path in paths),
            Line("Σ paths", "", _product_cell(view, parameter_index, -1, view.row))]


def _row_lines(view: LessonView, parameter_index: int, path: int) -> list[Line]:
    """A line for each factor of a path in the row in hand, its product, and the sum of all paths'."""
    columns = _columns(view, parameter_index, path, range(view.row, view.row + 1))
    factors = len(view.chains.paths(parameter_index)[path])
    return [*(Line.of(column, TIMES * (k > 0)) for k, column in enumerate(columns[:factors])),
            *(Line(f"{column.name} {column.formula}", "", column.cells[0])
              for column in columns[factors:] if not column.is_extra)]


def _title(canvas: Canvas, width: int, view: LessonView, parameter_index: int, path: int) -> str:
    name, paths = _gradient_name(view, parameter_index), view.chains.paths(parameter_index)
    chain = "·".join(factor.name for factor in paths[path])
    which = f", path {path + 1} of {len(paths)}" if len(paths) > 1 else ""
    rest = f"({parameter_index + 1}): {name}{which} = "
    if chain == name:
        return f"Chain rule {rest.removesuffix(' = ')}, a single factor"
    head = f"Chain rule {rest}" if canvas.length(f"Chain rule {rest}{chain}") <= width else f"Chain {rest}"
    return head + canvas.shorten(chain, width - canvas.length(head))


def _gradient_name(view: LessonView, parameter_index: int) -> str:
    """`∂Loss/∂w13`."""
    return view.trace.symbols.parameter(view.lesson.order[parameter_index], Source.GRADIENT).name


def _factor_column(view: LessonView, parameter_index: int, path: int, factor: int, rows: range) -> Column:
    chains = view.chains
    line, is_reused = chains.paths(parameter_index)[path][factor], chains.reuse_marks[parameter_index][path][factor]
    cells = []
    for row in rows:
        index = view.script.chain_index(parameter_index, row, path, factor)
        is_own = view.is_written(index)  # the learner's, whoever found the true one before
        style = CellStyle.REUSED if is_reused and not is_own and view.style(index) is CellStyle.VALUE else \
            view.style(index)
        cells.append(Cell(view.text_at(index, line.quantity, row), style))
    formula = str(line.numbers)
    if not chains.by_paths and line.quantity.source in (Source.DELTA, Source.ADJOINT):  # found under its own name
        formula = "" if view.lesson.formulas else chains.adjoint_name(parameter_index, path)
    if rows and hidden_formulas.hides(view, view.script.chain_index(parameter_index, view.row, path, factor)):
        formula = ""
    return Column(line.name, formula, cells, least=view.number_width)


def _product_columns(view: LessonView, parameter_index: int, path: int, rows: range) -> list[Column]:
    """The product of every path, or of those around the one in hand, and their sum."""
    count = len(view.chains.paths(parameter_index))
    columns = [Column("product", f"path {k + 1}" if count > 1 else "",
                      [_product_cell(view, parameter_index, k, row) for row in rows], least=view.number_width,
                      is_extra=k != path)
               for k in window(count, MOST_PRODUCTS, path)]
    if count > 1:
        columns.append(Column("Σ paths", "", [_product_cell(view, parameter_index, -1, row) for row in rows],
                              least=view.number_width))
    return columns


def _product_cell(view: LessonView, parameter_index: int, path: int, row: int) -> Cell:
    index = view.script.chain_index(parameter_index, row, path, None)
    product = view.chains.product_quantity(parameter_index, path, row)
    return Cell(view.text_at(index, product, row), view.style(index))


def _foot(canvas: Canvas, box: Box, view: LessonView, parameter_index: int, x: int) -> None:
    """The sum at the end of the product column (x), and what this chain need not compute again."""
    index = view.batch.gradient_index(parameter_index)
    gradient = view.trace.symbols.parameter(view.lesson.order[parameter_index], Source.GRADIENT)
    head = f"Σ = {gradient.name} {view.sign_at(index)} "
    x = max(x, box.x + 2 + canvas.length(head))
    canvas.put_right(x, box.y, head, CellStyle.NAME)
    room = box.right - x - 1 - ((view.value_at(index, gradient) or 0.0) >= 0)  # for a bracket and a sign
    figure(canvas, x, box.y, view.text_at(index, gradient, width=room), view.style(index))
    found = savings.found_before(view, parameter_index)
    _note(canvas, box, x - canvas.length(head), x + view.digits + SUM_SPARE, found)


def _products(canvas: Canvas, box: Box, view: LessonView, parameter_index: int) -> None:
    """Every row's product, or those around the one in hand."""
    width, start, shown = view.number_width + PRODUCT_GAP, _products_start(box, view), _rows_beside(box, view)
    canvas.mark(box.x, box.y, "…" * (shown[0] > view.batch.rows.start))
    named = f"rows {shown[0] + 1} to {shown[-1] + 1}" if len(shown) > 1 else f"row {view.row + 1}"
    canvas.put(box.x + 2, box.y, named, CellStyle.NAME)
    for x, row in zip(range(start, box.right, width), shown, strict=False):
        cell = _product_cell(view, parameter_index, -1, row)
        figure(canvas, x, box.y, cell.text, cell.style)
    canvas.mark(box.right - 1, box.y, "…" * (shown[-1] < view.batch.rows[-1]))


def _products_start(box: Box, view: LessonView) -> int:
    """The column behind what says whose they are."""
    return box.x + 4 + len(f"rows {view.lesson.rows} to {view.lesson.rows}")


def _rows_beside(box: Box, view: LessonView) -> range:
    """The rows whose products stand beside each other."""
    room = box.right - _products_start(box, view) - 1
    return view.rows_in_sight(room // (view.number_width + PRODUCT_GAP))


def _sum(canvas: Canvas, box: Box, view: LessonView, parameter_index: int) -> None:
    """The gradient, and how much of its chain is reused where there is room."""
    index = view.batch.gradient_index(parameter_index)
    gradient = view.trace.symbols.parameter(view.lesson.order[parameter_index], Source.GRADIENT)
    canvas.mark(box.x, box.y, "▸" * view.is_fresh(index), CellStyle.PATH)
    head = f"{'Σ = ' * view.has_rows}{gradient.name} {view.sign_at(index)} "
    x = canvas.put(box.x + INDENT, box.y, head, CellStyle.NAME)
    figure(canvas, x, box.y, view.text_at(index, gradient, width=box.right - x - 2), view.style(index))
    x += view.digits + SUM_SPARE
    said = savings.found_before(view, parameter_index)
    if canvas.length(said) > box.right - x:
        said = said.replace(" factors", "")
    canvas.put(x, box.y, canvas.shorten(said, box.right - x), CellStyle.REUSED)


def _note(canvas: Canvas, box: Box, sum_start: int, sum_end: int, text: str) -> None:
    """A note on the line of the sum, at its left or its right, where there is more room."""
    left, right = sum_start - box.x - 4, box.right - sum_end
    x, room = (box.x + 2, left) if left >= right else (sum_end, right)
    canvas.put(x, box.y, canvas.shorten(text, room), CellStyle.REUSED)
