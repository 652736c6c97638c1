"""The table of rows: inputs, targets, predictions, losses, and which rows are right."""

import math
from collections.abc import Iterator, Sequence
from functools import lru_cache

from engine.graph.quantity import Quantity
from engine.lesson.lesson import Lesson
from tui.view.canvas import Box, Canvas, CellStyle, Hint, figure, rule, window
from tui.view.data_column import Column
from tui.view.datum import datum, datum_widths
from tui.view.lesson_view import LessonView

MARK, MARGIN = 1, 1  # columns for the row's mark, and before the border
FIRST_INPUTS = 3  # shown before anything else
SHORT_HEAD = 12  # columns for the name of the Loss, where there is no room for more


def draw(canvas: Canvas, box: Box, view: LessonView, beside: Sequence[Hint] = ()) -> None:
    """Draw it: a head, a line for each row that fits, the Loss and how many rows are right; what other keys bring."""
    below = 1 + _has_verdict(view)
    rows = window(view.lesson.rows, box.height - 2 - below, view.row)
    columns, pages = _columns_and_pages(box, view, rows)
    hints = view.turns.hints(len(pages), view.hint("others", "other columns"))
    box = rule(canvas, box, view.lesson.table_name, [*hints, *beside])
    for y, row in enumerate(rows, box.y + 1):
        in_batch = view.has_batches and view.step is not None and not view.is_in_other_batch(row)
        mark = view.row_mark(row, rows, range(view.lesson.rows)) or "│" * in_batch
        canvas.mark(box.x, y, mark, CellStyle.PATH)
    x, before = box.x + MARK, -1
    for k in pages[view.turns.page(len(pages))]:
        if k != before + 1:
            canvas.mark_cut(x - columns[before].gap, box.y)
        _column(canvas, x, box.y, columns[k])
        x, before = x + columns[k].width, k
    if before < len(columns) - 1:
        canvas.mark_cut(min(x, box.right - MARGIN - columns[before].gap), box.y)
    _foot(canvas, Box(box.x + MARK, box.y + 1 + len(rows), box.width - MARK, below), view)


def wanted_height(view: LessonView) -> int:
    """How many lines show every row: a title, heads, below them the Loss and how many rows are right."""
    return view.lesson.rows + 4


def page_count(box: Box, view: LessonView) -> int:
    """How many pages of columns there are in a box."""
    return len(_columns_and_pages(box, view, range(view.lesson.rows))[1])


def _columns_and_pages(box: Box, view: LessonView, rows: range) -> tuple[Sequence[Column], list[list[int]]]:
    """The columns, and which of them are shown together."""
    room = box.width - MARK - MARGIN
    columns = _columns(view, rows, room=room)
    if _width(columns) > room:
        columns = _columns(view, rows, is_tight=True, room=room)
    first, *others = _pages(columns, room)
    return columns, [first, *(page for page in others if any(_says_more(columns[k]) for k in page))]


def _says_more(column: Column) -> bool:
    """Whether a column that is not on every page has anything to show: verdicts come last."""
    return column.rank > 0 and (bool(column.head) or any(text for text, _ in column.cells))


def row_in_hand(view: LessonView) -> Sequence[Column]:
    """The columns with the row in hand alone, for where the table has no room."""
    return _columns(view, range(view.row, view.row + 1))


def widths(view: LessonView) -> tuple[int, int]:
    """How much would show every column, and how much without the blanks that they can do without."""
    wanted, least = (MARK + MARGIN + _width(_columns(view, range(0), is_tight)) for is_tight in (False, True))
    return wanted, least


def _width(columns: Sequence[Column]) -> int:
    return sum(column.width for column in columns)


def _columns(view: LessonView, rows: range, is_tight: bool = False, room: int = 0) -> Sequence[Column]:
    """All of them; of formulas' nodes but the result as many as have room beside the others."""
    data = list(_data_columns(view, rows))
    if formulas := view.lesson.formulas:
        last = formulas.index_of[formulas.result]
        return [*data, *_node_columns(view, rows, last, room - _width(data))]
    return [*data, *_computed_columns(view, rows, is_tight)]


def _data_columns(view: LessonView, rows: range) -> Iterator[Column]:
    """The inputs; where formulas say what becomes of them the targets, too."""
    lesson = view.lesson
    inputs, targets = datum_widths(lesson, view.digits)
    first, *others = [*inputs, *targets] if lesson.formulas else inputs
    names = (*lesson.inputs, *lesson.targets)[:1 + len(others)]
    widths = [max(first, _widest_first(lesson, view.digits) + 1), *others]  # the row's mark touches no number
    for k, (name, width) in enumerate(zip(names, widths, strict=True)):
        cells = [(view.datum(lesson.table[row][k]), _role(view, row)) for row in rows]
        yield Column(name, cells, width + 1, 0 if k < FIRST_INPUTS else 5, is_datum=True)


@lru_cache(maxsize=4)
def _widest_first(lesson: Lesson, digits: int) -> int:
    """How many characters the widest number of the first input takes. Kept, since a lesson may have many rows."""
    return max(len(datum(row[0], digits)) for row in lesson.table)


def _computed_columns(view: LessonView, rows: range, is_tight: bool) -> Iterator[Column]:
    """Target and prediction of every output, the row's loss, the verdict. Without its numbers no verdict is understood:
    where there is little room the loss goes first. Where it is tight, the first target has no blank before it; of
    several outputs none has one behind it, and a prediction's sign takes the place of a digit.
    """
    lesson, script, outputs = view.lesson, view.script, view.lesson.network.layers[-1]
    first, now = len(lesson.network.computed_units) - len(outputs), view.lesson_now
    is_narrow = is_tight and len(outputs) > 1
    in_hand = next((k for k, output in enumerate(outputs) if output.number in view.path_units), 0)
    for k, (output, width) in enumerate(zip(outputs, datum_widths(lesson, view.digits)[1], strict=True)):
        A, rank = view.trace.symbols.A(output), 1 if k == in_hand else 2
        before, behind = int(k > 0 or not is_tight), int(not is_narrow)  # the former for a bracket before it
        yield Column(lesson.targets[k], [(view.datum(now.targets_of(row)[k]), _role(view, row)) for row in rows],
                     before + width + behind, rank, is_datum=True, gap=behind, joins_next=True)
        widest = view.number_width - is_narrow
        cells = [_cell(view, script.activation_index(row, first + k), A, row, widest) for row in rows]
        yield Column(f"ŷ=A{output.number}" if len(outputs) == 1 else A.name, cells, widest + 1, rank)
    line, widest = view.trace.graph.line(-1), view.number_width - 1
    cells = [_cell(view, script.row_loss_index(row), line.quantity, row, widest) for row in rows]
    yield Column(line.name if len(line.name) <= widest else "loss", cells, widest + 1, 4, short_head="loss")
    if lesson.classifies:
        yield Column("", [_verdict(view, row) for row in rows], len(" wrong"), 3)


def _node_columns(view: LessonView, rows: range, last: int, room: int) -> Iterator[Column]:
    """The result of formulas, the last; before it the nodes just before, as many as there is room for."""
    nodes, width = view.trace.graph.nodes, view.number_width
    for k in range(max(0, last + 1 - max(room // width, 1)), last + 1):
        cells = [_cell(view, view.script.value_index(row, k), nodes[k].quantity, row, width - 1) for row in rows]
        yield Column(nodes[k].quantity.name, cells, width, 1 if k == last else 4)


def _cell(view: LessonView, index: int, quantity: Quantity, row: int, width: int) -> tuple[str, CellStyle]:
    style = view.style(index)
    is_of_other = style is CellStyle.VALUE and view.is_in_other_batch(row)
    return view.text_at(index, quantity, row, width), CellStyle.MUTED if is_of_other else style


def _role(view: LessonView, row: int) -> CellStyle:
    if view.is_in_other_batch(row):
        return CellStyle.MUTED
    return CellStyle.PATH if view.is_row_marked(row) else CellStyle.TEXT


def _verdict(view: LessonView, row: int) -> tuple[str, CellStyle]:
    """Once the row is done: beside brackets it has no room."""
    index = view.script.row_loss_index(row)
    if not view.is_reached(index) or view.is_fresh(index) or view.is_written(index - 1):
        return "", CellStyle.TEXT
    is_right = view.rows_right[row]
    return ("right", CellStyle.RIGHT) if is_right else ("wrong", CellStyle.WRONG)


def _column(canvas: Canvas, x: int, y: int, column: Column) -> None:
    end = x + column.width - column.gap
    if column.is_datum:
        canvas.put_right(end, y, canvas.shorten(column.head, column.width - column.gap), CellStyle.NAME)
        for line, (text, style) in enumerate(column.cells, y + 1):
            canvas.put_right(end, line, text, style)
    else:
        room = column.width - column.gap
        head = column.short_head if column.short_head and canvas.length(column.head) > room else column.head
        canvas.put(x + 1, y, canvas.shorten(head, room), CellStyle.NAME)
        for line, (text, style) in enumerate(column.cells, y + 1):
            figure(canvas, x + 1, line, text, style, before=1)


def _pages(columns: Sequence[Column], room: int) -> list[list[int]]:
    """Which columns are shown together, in order; the first of them on every page, since they tell the rows apart.

    On the first page stand those that come first by their ranks, and from the left; then those that are left.
    """
    always = [k for k, column in enumerate(columns) if column.rank == 0]
    room -= sum(columns[k].width for k in always)
    left = sorted(_groups(columns)[len(always):], key=lambda group: columns[group[0]].rank)
    found = list[list[int]]()
    while left or not found:
        page = _fitting(columns, left, room) or left[:1]
        found.append(always + sorted(k for group in page for k in group))
        left = sorted(group for group in left if group not in page)
    return found


def _groups(columns: Sequence[Column]) -> list[list[int]]:
    """The places of columns, those together that are shown together."""
    groups = list[list[int]]()
    for k in range(len(columns)):
        if k and columns[k - 1].joins_next:
            groups[-1].append(k)
        else:
            groups.append([k])
    return groups


def _fitting(columns: Sequence[Column], groups: Sequence[list[int]], room: int) -> list[list[int]]:
    """Of some groups those that fit, the first ones first."""
    chosen = list[list[int]]()
    for group in groups:
        width = sum(columns[k].width for k in group)
        if width <= room:
            chosen.append(group)
            room -= width
    return chosen


def _has_verdict(view: LessonView) -> bool:
    """Whether there is, or will be, more to say than the Loss: how many rows are right, or that training has diverged;
    below a narrow table what the Loss is without a change.
    """
    return view.lesson.classifies or (view.lesson.formulas is not None and view.own_loss is not None) or \
        (view.is_reached(view.loss_index) and not math.isfinite(view.read(view.trace.symbols.loss)))


def _foot(canvas: Canvas, box: Box, view: LessonView) -> None:
    """The Loss, beside it the one without a change; the verdict once all rows have their predictions."""
    index, loss = view.loss_index, view.trace.symbols.loss
    formula, sign = view.trace.line(view.script.step(index)).formula, view.sign_at(index)
    heads = (f"{loss.name} = {formula} {sign} ", f"{loss.name}={formula.replace(' (', '(')} {sign} ")
    unchanged = None if view.has_batches else view.own_loss  # of a batch there is none
    is_graph = view.lesson.formulas is not None
    room = box.width - view.digits - 3 - is_graph if unchanged is None else 0
    head = next((head for head in heads if canvas.length(head) <= room), f"{loss.name} = " if room else f"{loss.name} ")
    x = canvas.put(box.x, box.y, canvas.shorten(head, max(room, SHORT_HEAD)), CellStyle.NAME)
    width = box.right - x - 2 if view.lesson.formulas else None  # the table may be narrow
    figure(canvas, x, box.y, view.text_at(index, loss, width=width), view.style(index), before=1)
    if not view.is_reached(index):
        return
    is_finite = math.isfinite(view.read(loss))
    if unchanged is not None and (is_finite or not view.lesson.formulas):
        x, y = (box.x, box.y + 1) if view.lesson.formulas else (x + view.digits + 4, box.y)
        x = canvas.put(x, y, "unchanged ", CellStyle.MUTED)
        canvas.put(x, y, view.fit(unchanged, max(box.right - MARGIN - x, 1)), CellStyle.MUTED)
    if not is_finite:
        canvas.put(box.x, box.y + 1, canvas.shorten("training has diverged", box.width), CellStyle.WRONG)
    elif view.lesson.classifies:
        rows = view.batch.rows.stop  # those that are done
        right, are_all = sum(view.rows_right[:rows]), rows == view.lesson.rows
        text = f"all {rows} rows right" if right == rows > 1 and are_all else \
            f"rows right{' so far' * (not are_all)}: {right} of {rows}"
        as_they_came = ", as they came" * (view.has_batches and are_all)  # each before the update of its batch
        style = CellStyle.RIGHT if right == rows and are_all else CellStyle.TEXT
        canvas.put(box.x, box.y + 1, canvas.shorten(text + as_they_came, box.width), style)
