"""The truth table: inputs, targets, predictions, squared errors, and which rows are right."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from engine.quantity import Quantity
from engine.symbols import LOSS
from tui.scene import Scene, datum, datum_widths
from tui.view import Box, Canvas, Role, figure, rule, window

MARK = 2  # the columns of the row's mark
FIRST_INPUTS = 3  # shown before anything else


@dataclass(frozen=True, slots=True)
class Column:
    """A head over a text with a role for each line. The lower its rank, the sooner it gets its room."""

    head: str
    cells: Sequence[tuple[str, Role]]
    width: int
    rank: int
    is_datum: bool = False  # given, and right-aligned; else computed, and aligned at the decimal point


def draw(canvas: Canvas, box: Box, scene: Scene) -> None:
    """Draw it: a head, a line for each row that fits, the Loss and how many rows are right."""
    box = rule(canvas, box, "Truth table")
    rows = window(scene.lesson.rows, box.height - 3, scene.row)
    columns = [*_data(scene, rows), *_computed(scene, rows)]
    shown = _fitting(columns, box.width - MARK)
    for y, row in enumerate(rows, box.y + 1):
        canvas.put(box.x, y, scene.row_mark(row, rows), Role.PATH)
    x, before = box.x + MARK, -1
    for k in shown:
        if k != before + 1:
            canvas.put(x - 1, box.y, "…", Role.MUTED)
        _column(canvas, x, box.y, columns[k])
        x, before = x + columns[k].width, k
    if before < len(columns) - 1:
        canvas.put(min(x, box.right - 1), box.y, "…", Role.MUTED)
    _foot(canvas, Box(box.x + MARK, box.y + 1 + len(rows), box.width - MARK, 2), scene)


def wanted_width(scene: Scene) -> int:
    """How much would show every column."""
    return MARK + sum(column.width for column in [*_data(scene, range(1)), *_computed(scene, range(1))])


def _data(scene: Scene, rows: range) -> Iterator[Column]:
    lesson = scene.lesson
    for k, (name, width) in enumerate(zip(lesson.inputs, datum_widths(lesson)[0], strict=True)):
        cells = [(datum(lesson.table[row][k]), _role(scene, row)) for row in rows]
        yield Column(name, cells, width + 1, 0 if k < FIRST_INPUTS else 5, is_datum=True)


def _computed(scene: Scene, rows: range) -> Iterator[Column]:
    """Target and prediction of every output, the row's loss, the verdict."""
    lesson, script, outputs = scene.lesson, scene.script, scene.lesson.network.layers[-1]
    first, now = len(script.units) - len(outputs), scene.lesson_now
    in_hand = next((k for k, output in enumerate(outputs) if output.number in scene.path_units), 0)
    for k, (output, width) in enumerate(zip(outputs, datum_widths(lesson)[1], strict=True)):
        A, rank = scene.trace.symbols.A(output), 1 if k == in_hand else 4
        yield Column(lesson.targets[k], [(datum(now.targets_of(row)[k]), _role(scene, row)) for row in rows],
                     width + 2, rank, is_datum=True)
        cells = [_cell(scene, script.unit_index(row, first + k) + 1, A, row, scene.digits + 3) for row in rows]
        yield Column(f"ŷ=A{output.number}" if len(outputs) == 1 else A.name, cells, scene.digits + 4, rank)
    line = scene.trace.lines.row_loss
    cells = [_cell(scene, script.row_loss_index(row), line.quantity, row, scene.digits + 2) for row in rows]
    yield Column(line.name if len(line.name) < scene.digits + 3 else "loss", cells, scene.digits + 3, 2)
    if lesson.classifies:
        yield Column("", [_verdict(scene, row) for row in rows], len(" wrong"), 3)


def _cell(scene: Scene, index: int, quantity: Quantity, row: int, width: int) -> tuple[str, Role]:
    return scene.shown(index, quantity, row, width), scene.role(index)


def _role(scene: Scene, row: int) -> Role:
    return Role.PATH if scene.is_row_marked(row) else Role.TEXT


def _verdict(scene: Scene, row: int) -> tuple[str, Role]:
    index = scene.script.row_loss_index(row) - 1
    if not scene.reached(index) or scene.is_written(index):
        return "", Role.TEXT
    is_right = scene.rows_right[row]
    return ("right", Role.RIGHT) if is_right else ("wrong", Role.WRONG)


def _column(canvas: Canvas, x: int, y: int, column: Column) -> None:
    end = x + column.width - 1
    if column.is_datum:
        canvas.put_right(end, y, canvas.shortened(column.head, column.width - 1), Role.NAME)
        for line, (text, role) in enumerate(column.cells, y + 1):
            canvas.put_right(end, line, text, role)
    else:
        canvas.put(x + 1, y, column.head, Role.NAME)
        for line, (text, role) in enumerate(column.cells, y + 1):
            figure(canvas, x + 1, line, text, role, before=1)


def _fitting(columns: Sequence[Column], room: int) -> list[int]:
    """Which columns to show, by rank and then from the left; in order."""
    chosen: list[int] = []
    for k in sorted(range(len(columns)), key=lambda k: columns[k].rank):
        if columns[k].width <= room:
            chosen.append(k)
            room -= columns[k].width
    return sorted(chosen)


def _foot(canvas: Canvas, box: Box, scene: Scene) -> None:
    """The Loss, and the verdict once all rows have their predictions."""
    lesson, index = scene.lesson, scene.script.forward_end - 1
    head = f"Loss = {scene.trace.lines.loss.formula} = "
    if canvas.length(head) + scene.digits + 3 > box.width or scene.own_loss is not None:
        head = "Loss = "
    x = canvas.put(box.x, box.y, head, Role.NAME)
    figure(canvas, x, box.y, scene.shown(index, LOSS), scene.role(index), before=1)
    if scene.own_loss is not None and scene.reached(index):
        canvas.put(x + scene.digits + 4, box.y, f"lesson's {scene.number(scene.own_loss)}"[:box.right - x], Role.MUTED)
    if lesson.classifies and scene.reached(index):
        is_right = scene.rows_right
        text = f"all {lesson.rows} rows right" if is_right.all() else f"rows right: {is_right.sum()} of {lesson.rows}"
        canvas.put(box.x, box.y + 1, text, Role.RIGHT if is_right.all() else Role.TEXT)
