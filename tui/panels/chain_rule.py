"""The chain rule of the gradient in hand: the symbolic chain, its factors row by row, the sum."""

from engine import cost
from engine.quantity import Source
from tui import factor_table
from tui.factor_table import Cell, Column
from tui.scene import Scene
from tui.view import Box, Canvas, Role, figure, rule, window

SUM_SPARE = 7  # columns behind the sum's digits, for its sign, its point and brackets, and a gap


def draw(canvas: Canvas, box: Box, scene: Scene) -> None:
    """Draw the chain of the step's parameter and path."""
    step, chains = scene.step, scene.trace.chains
    if step is None or step.place is None:
        return
    place, paths = step.place, chains.paths(step.place)
    path = step.path % len(paths)  # at a sum, −1, the last one stays
    box = rule(canvas, box, _title(canvas, box.width - 4, scene, place, path))
    rows = window(scene.lesson.rows, box.height - 3, scene.row)
    columns = [_factor_column(scene, place, path, factor, rows) for factor in range(len(paths[path]))]
    columns.append(Column("product", f"path {path + 1}" if len(paths) > 1 else "",
                          [_product_cell(scene, place, path, row) for row in rows]))
    if len(paths) > 1:
        columns.append(Column("Σ paths", "", [_product_cell(scene, place, -1, row) for row in rows]))
    heads, labels = factor_table.row_labels(scene, rows)
    focus = len(columns) - 1 if step.factor is None else step.factor
    x = factor_table.draw(canvas, box, heads, labels, columns, focus)
    _foot(canvas, Box(box.x, box.y + 2 + len(rows), box.width, 1), scene, place, x)


def _title(canvas: Canvas, width: int, scene: Scene, place: int, path: int) -> str:
    name, paths = scene.lesson.order[place].name, scene.trace.chains.paths(place)
    chain = "·".join(factor.name for factor in paths[path])
    which = f", path {path + 1} of {len(paths)}" if len(paths) > 1 else ""
    head = f"Chain rule ({place + 1}): ∂Loss/∂{name}{which} = "
    return head + canvas.shortened(chain, width - canvas.length(head))


def _factor_column(scene: Scene, place: int, path: int, factor: int, rows: range) -> Column:
    chains = scene.trace.chains
    line, is_reused = chains.paths(place)[path][factor], chains.reused[place][path][factor]
    cells = []
    for row in rows:
        index = scene.script.chain_index(place, row, path, factor)
        role = Role.REUSED if is_reused and scene.role(index) is Role.VALUE else scene.role(index)
        cells.append(Cell(scene.shown(index, line.quantity, row), role))
    if chains.by_paths or factor:
        return Column(line.name, str(line.numbers), cells)
    return Column(line.name, chains.delta_quantity(chains.path_of(place, 0)[-1]).name, cells)


def _product_cell(scene: Scene, place: int, path: int, row: int) -> Cell:
    index = scene.script.chain_index(place, row, path, None)
    return Cell(scene.shown(index, scene.trace.chains.product_quantity(place, path, row), row), scene.role(index))


def _foot(canvas: Canvas, box: Box, scene: Scene, place: int, x: int) -> None:
    """The sum at the end of the product column (x), and what this chain need not compute again."""
    name, index = scene.lesson.order[place].name, scene.script.end_of(place) - 1
    gradient = scene.trace.symbols.parameter(scene.lesson.order[place], Source.GRADIENT)
    head = f"Σ = ∂Loss/∂{name} = "
    x = max(x, box.x + 2 + canvas.length(head))
    canvas.put_right(x, box.y, head, Role.NAME)
    figure(canvas, x, box.y, scene.shown(index, gradient), scene.role(index))
    _note(canvas, box, x - canvas.length(head), x + scene.digits + SUM_SPARE, _economy(scene, place))


def _note(canvas: Canvas, box: Box, sum_start: int, sum_end: int, text: str) -> None:
    """A note on the line of the sum, at its left or its right, where there is more room."""
    left, right = sum_start - box.x - 4, box.right - sum_end
    x, room = (box.x + 2, left) if left >= right else (sum_end, right)
    canvas.put(x, box.y, canvas.shortened(text, room), Role.REUSED)


def _economy(scene: Scene, place: int) -> str:
    """How much of this chain is reused; in the δ form, how many multiplications a row each takes."""
    chains = scene.trace.chains
    if not chains.by_paths:
        return f"{cost.by_paths(scene.lesson.network)} × by paths, {cost.by_delta(scene.lesson.network)} × by δ"
    marks, rows = [mark for path in chains.reused[place] for mark in path], scene.lesson.rows
    if not any(marks):
        return ""
    return f"{factor_table.REUSED_MARK} {sum(marks) * rows} of {len(marks) * rows} factors found before"
