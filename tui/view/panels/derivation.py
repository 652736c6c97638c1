"""Where the factor ∂A/∂Z of a sigmoid comes from: its own chain of three factors, with the numbers in hand."""

from collections.abc import Callable
from functools import partial

from engine.graph.derivation import Derivation, Link
from engine.trace.rounding import ABOUT, sign_of_product
from engine.walk.movement import derivable
from tui.view import factor_table
from tui.view.canvas import Box, Canvas, CellStyle, rule, window
from tui.view.factor_table import Cell, Column
from tui.view.lesson_view import LessonView


def draw(canvas: Canvas, box: Box, view: LessonView) -> None:
    """Draw the derivation at the Z of every row whose ∂A/∂Z is reached."""
    step, found = view.step, derivable(view.walk)
    if step is None or step.parameter_index is None or found is None:
        return
    factor, unit = found
    derivation = view.lesson.network.activations[unit.layer - 1].derivation
    if derivation is None:
        return
    f, Z = view.lesson.network.activations[unit.layer - 1].symbol, view.trace.symbols.Z(unit)
    box = rule(canvas, box, f"Where {f}′({Z.name}) comes from: {derivation.written}, a chain of its own")
    rows = window(view.lesson.rows, box.height - 3, view.row)
    path = step.path % view.trace.chains.shape(view.lesson.order[step.parameter_index])[0]
    shown = [view.is_reached(view.script.chain_index(step.parameter_index, row, path, factor)) for row in rows]
    points = [view.read(Z, row) if is_shown else None for row, is_shown in zip(rows, shown, strict=True)]
    heads, labels = factor_table.row_labels(view, rows)
    columns = _columns(view, derivation, Z.name, points, view.row - rows.start)
    factor_table.draw(canvas, box, heads, labels, columns, len(columns) - 2)
    y = box.y + 2 + len(rows)
    chain = "·".join(f"({link.formula})" if link.formula == "−1" else link.formula for link in derivation.factors)
    canvas.put(box.x + 2, y, f"{f}′(x) = {chain} = {derivation.result}", CellStyle.NAME)


def wanted_height(view: LessonView) -> int:
    """How many lines show every row: a title, two heads, and below them the formula."""
    return 4 + view.lesson.rows


def _columns(view: LessonView, derivation: Derivation, name: str, points: list[float | None],
             current: int) -> list[Column]:
    def column(head: str, formula: str, text: Callable[[float], str]) -> Column:
        return Column(head, formula, [Cell() if x is None else
                                      Cell(text(x), CellStyle.PATH if k == current else CellStyle.VALUE)
                                      for k, x in enumerate(points)], least=view.number_width)

    def link_column(link: Link) -> Column:
        return column(link.name, link.formula, lambda x: view.number(link.value(x)))
    return [column("x", name, view.number), *map(link_column, derivation.parts + derivation.factors),
            column("product", "∂A/∂Z", partial(_product, view, derivation))]


def _product(view: LessonView, derivation: Derivation, x: float) -> str:
    """The factors multiplied, with a sign where their shown numbers give another one."""
    shown = view.number(derivation.value(x))
    sign = sign_of_product([view.number(link.value(x)) for link in derivation.factors], shown, view.digits)
    return (ABOUT if sign == ABOUT else "") + shown
