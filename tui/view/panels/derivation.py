"""Where a derivative comes from, with the numbers in hand: of a sigmoid's ∂A/∂Z its own chain of three factors, of a
softmax's ∂Loss/∂Z the paths over every A.
"""

from typing import NamedTuple

from engine.graph.deduction import Deduction, Stage
from engine.graph.step import Step
from engine.trace.rounding import ABOUT, sign_of_product, sign_of_sum
from engine.walk.movement import Derivable, derivable
from tui.view import factor_list, factor_table
from tui.view.canvas import Box, Canvas, CellStyle, rule
from tui.view.factor_list import TIMES, Line
from tui.view.factor_table import Cell, Column
from tui.view.lesson_view import LessonView

PLUS = "+"


class Place(NamedTuple):
    """What is derived, and where."""

    deduction: Deduction
    step: Step
    found: Derivable


def draw(canvas: Canvas, box: Box, view: LessonView) -> None:
    """Draw the derivation in every row in which what is derived is reached."""
    if place := _place(view):
        aside = "a path for each" if place.deduction.is_sum else "a chain of its own"
        box = rule(canvas, box, f"{place.deduction.title}, {aside}")
        rows = view.rows_in_sight(box.height - 3)
        heads, labels = factor_table.row_labels(view, rows)
        columns = _columns(view, place, rows)
        factor_table.draw(canvas, box, heads, labels, columns, len(columns) - 2)
        whole = canvas.shorten(place.deduction.whole, box.width - 2)
        canvas.put(box.x + 2, box.y + 2 + len(rows), whole, CellStyle.NAME)


def draw_row(canvas: Canvas, box: Box, view: LessonView) -> None:
    """The same for the row in hand alone, a line for each stage."""
    if place := _place(view):
        deduction = place.deduction
        box = rule(canvas, box, deduction.title)
        columns = _columns(view, place, range(view.row, view.row + 1))
        first, sign = len(columns) - len(deduction.terms) - 1, PLUS if deduction.is_sum else TIMES
        lines = [Line.of(column, sign * (first < k < len(columns) - 1)) for k, column in enumerate(columns)]
        height = min(len(lines), box.height - 1)
        factor_list.draw(canvas, Box(box.x, box.y, box.width, height), lines, len(lines) - 1)
        canvas.put(box.x + 2, box.y + height, canvas.shorten(deduction.whole, box.width - 2), CellStyle.NAME)


def row_height(view: LessonView) -> int:
    """How many lines show all of it then."""
    place = _place(view)
    return 2 + len(place.deduction.stages) if place else 0


def _place(view: LessonView) -> Place | None:
    step, found = view.step, derivable(view.walk)
    deduction = found and view.chains.graph.deduction(found.node)
    return Place(deduction, step, found) if step and found and deduction else None


def wanted_height(view: LessonView) -> int:
    """How many lines show every row: a title, two heads, and below them the formula."""
    return 4 + view.most_rows


def _columns(view: LessonView, place: Place, rows: range) -> list[Column]:
    deduction = place.deduction
    shown = [row for row in rows if view.is_reached(place.found.step_index(view.trace, place.step, row))]

    def column(stage: Stage) -> Column:
        return Column(stage.name, stage.formula, [
            Cell(_text(view, deduction, stage, row), CellStyle.PATH if row == view.row else CellStyle.VALUE)
            if row in shown else Cell() for row in rows], least=view.number_width)
    return [column(stage) for stage in deduction.stages]


def _text(view: LessonView, deduction: Deduction, stage: Stage, row: int) -> str:
    """A stage's number; the result with a sign where the terms' shown numbers give another one."""
    def text(stage: Stage) -> str:
        return view.number(stage.value(lambda quantity: view.read(quantity, row)))
    if stage is not deduction.result:
        return text(stage)
    sign_of = sign_of_sum if deduction.is_sum else sign_of_product
    sign = sign_of([text(term) for term in deduction.terms], text(stage), view.digits)
    return (ABOUT if sign == ABOUT else "") + text(stage)
