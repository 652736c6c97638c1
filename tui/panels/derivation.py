"""Where the factor ∂A/∂Z of a sigmoid comes from: its own chain of three factors, with the numbers in hand."""

from collections.abc import Callable

from engine.functions import Derivation
from engine.session import derivable
from tui import factor_table
from tui.factor_table import Cell, Column
from tui.scene import Scene
from tui.view import Box, Canvas, Role, rule, window


def draw(canvas: Canvas, box: Box, scene: Scene) -> None:
    """Draw the derivation at the Z of every row whose ∂A/∂Z is reached."""
    step, found = scene.step, derivable(scene.session)
    if step is None or step.place is None or found is None:
        return
    factor, unit = found
    derivation = scene.lesson.network.activations[unit.layer - 1].derivation
    if derivation is None:
        return
    f, Z = scene.lesson.network.activations[unit.layer - 1].symbol, scene.trace.symbols.Z(unit)
    box = rule(canvas, box, f"Where {f}′({Z.name}) comes from: {derivation.written}, a chain of its own")
    rows = window(scene.lesson.rows, box.height - 3, scene.row)
    path = step.path % scene.trace.chains.shape(scene.lesson.order[step.place])[0]
    shown = [scene.reached(scene.script.chain_index(step.place, row, path, factor)) for row in rows]
    points = [scene.read(Z, row) if is_shown else None for row, is_shown in zip(rows, shown, strict=True)]
    heads, labels = factor_table.row_labels(scene, rows)
    columns = _columns(scene, derivation, Z.name, points, scene.row - rows.start)
    factor_table.draw(canvas, box, heads, labels, columns, len(columns) - 2)
    y = box.y + 2 + len(rows)
    chain = "·".join(f"({link.formula})" if link.formula == "−1" else link.formula for link in derivation.factors)
    canvas.put(box.x + 2, y, f"{f}′(x) = {chain} = {derivation.result}", Role.NAME)


def _columns(scene: Scene, derivation: Derivation, name: str, points: list[float | None], current: int) -> list[Column]:
    def column(head: str, formula: str, value: Callable[[float], float]) -> Column:
        return Column(head, formula, [Cell() if x is None else
                                      Cell(scene.number(value(x)), Role.PATH if k == current else Role.VALUE)
                                      for k, x in enumerate(points)])
    return [column("x", name, lambda x: x),
            *(column(link.name, link.formula, link.value) for link in derivation.parts + derivation.factors),
            column("product", "∂A/∂Z", derivation.value)]
