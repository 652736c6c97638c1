"""Where the factor ∂A/∂Z of a sigmoid comes from: its own chain of three factors, with the numbers in hand."""

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from engine.graph.derivation import Derivation, Link
from engine.graph.quantity import Quantity
from engine.trace.rounding import ABOUT, sign_of_product
from engine.walk.movement import derivable
from tui.view import factor_list, factor_table
from tui.view.canvas import Box, Canvas, CellStyle, rule
from tui.view.factor_list import TIMES, Line
from tui.view.factor_table import Cell, Column
from tui.view.lesson_view import LessonView


class Place(NamedTuple):
    """What is derived, by which derivation, and at which Z."""

    symbol: str
    derivation: Derivation
    Z: Quantity
    parameter_index: int
    factor: int


def draw(canvas: Canvas, box: Box, view: LessonView) -> None:
    """Draw the derivation at the Z of every row whose ∂A/∂Z is reached."""
    if place := _place(view):
        box = rule(canvas, box, f"{_title(place)}, a chain of its own")
        rows = view.rows_in_sight(box.height - 3)
        heads, labels = factor_table.row_labels(view, rows)
        columns = _columns(view, place, rows)
        factor_table.draw(canvas, box, heads, labels, columns, len(columns) - 2)
        canvas.put(box.x + 2, box.y + 2 + len(rows), _formula(place), CellStyle.NAME)


def draw_row(canvas: Canvas, box: Box, view: LessonView) -> None:
    """The same for the row in hand alone, a line for each link."""
    if place := _place(view):
        box = rule(canvas, box, _title(place))
        columns, parts = _columns(view, place, range(view.row, view.row + 1)), len(place.derivation.parts)
        lines = [Line.of(column, TIMES * (parts + 1 < k < len(columns) - 1)) for k, column in enumerate(columns)]
        height = min(len(lines), box.height - 1)
        factor_list.draw(canvas, Box(box.x, box.y, box.width, height), lines, len(lines) - 1)
        canvas.put(box.x + 2, box.y + height, canvas.shorten(_formula(place), box.width - 2), CellStyle.NAME)


def row_height(view: LessonView) -> int:
    """How many lines show all of it then."""
    place = _place(view)
    return 2 + len(_columns(view, place, range(1))) if place else 0


def _place(view: LessonView) -> Place | None:
    step, found = view.step, derivable(view.walk)
    if step is None or step.parameter_index is None or found is None:
        return None
    factor, unit = found
    activation = view.lesson.network.activations[unit.layer - 1]
    if activation.derivation is None:
        return None
    return Place(activation.symbol, activation.derivation, view.trace.symbols.Z(unit), step.parameter_index, factor)


def _title(place: Place) -> str:
    return f"Where {place.symbol}′({place.Z.name}) comes from: {place.derivation.written}"


def _formula(place: Place) -> str:
    factors = place.derivation.factors
    chain = "·".join(f"({link.formula})" if link.formula == "−1" else link.formula for link in factors)
    return f"{place.symbol}′(x) = {chain} = {place.derivation.result}"


def wanted_height(view: LessonView) -> int:
    """How many lines show every row: a title, two heads, and below them the formula."""
    return 4 + view.most_rows


def _columns(view: LessonView, place: Place, rows: range) -> list[Column]:
    derivation, path = place.derivation, _path(view, place)
    shown = [view.is_reached(view.script.chain_index(place.parameter_index, row, path, place.factor)) for row in rows]
    points = [view.read(place.Z, row) if is_shown else None for row, is_shown in zip(rows, shown, strict=True)]
    current = view.row - rows.start

    def column(head: str, formula: str, text: Callable[[float], str]) -> Column:
        return Column(head, formula, [Cell() if x is None else
                                      Cell(text(x), CellStyle.PATH if k == current else CellStyle.VALUE)
                                      for k, x in enumerate(points)], least=view.number_width)

    def link_column(link: Link) -> Column:
        return column(link.name, link.formula, lambda x: view.number(link.value(x)))
    return [column("x", place.Z.name, view.number), *map(link_column, derivation.parts + derivation.factors),
            column("product", "∂A/∂Z", partial(_product, view, derivation))]


def _path(view: LessonView, place: Place) -> int:
    """The path in hand; at a sum the last one."""
    path = view.step.path if view.step else 0
    return path % len(view.chains.lengths(place.parameter_index))


def _product(view: LessonView, derivation: Derivation, x: float) -> str:
    """The factors multiplied, with a sign where their shown numbers give another one."""
    shown = view.number(derivation.value(x))
    sign = sign_of_product([view.number(link.value(x)) for link in derivation.factors], shown, view.digits)
    return (ABOUT if sign == ABOUT else "") + shown
