"""Wrong numbers carried on: what one who goes on from them finds, over however many steps."""

from collections.abc import Hashable, Mapping
from typing import NamedTuple

from engine.graph.expression import ExpressionError
from engine.graph.line import Line
from engine.graph.quantity import Quantity
from engine.graph.step import Phase
from engine.trace.trace import Entry, Trace
from engine.tutor.answer import Slips, Spot
from engine.tutor.explanations import working_of
from engine.tutor.numbers import Instead
from engine.tutor.recalculation import Place, Recalculation, TrueNumbers, Way
from engine.tutor.working import Number, nameless

MOST_NUMBERS = 400  # on the way to the one that is asked for, nearest first


class Carried(NamedTuple):
    """A number as it is for one who goes on from wrong ones; `slips` are those that it comes of, by their names, the
    first one first; `is_at_once`: the first goes into it with none between; `instead`: what goes into it now.
    """

    value: float
    slips: Mapping[str, float]
    is_at_once: bool
    instead: Instead

    @property
    def is_trivial(self) -> bool:
        """Whether a stock answer would do: 0 or 1 is given, or is what comes of it."""
        return any(value in (0, 1) for value in (self.value, *self.slips.values()))


def spot_of(entry: Entry) -> Spot:
    """Where in a learner's working the number of a step is."""
    return Spot(_what(entry.line), entry.step.batch, entry.step.row)


def _what(line: Line) -> Hashable:
    return line.link or nameless(line.quantity)


def carry_on(trace: Trace, entry: Entry, slips: Slips) -> Carried | None:
    """The number of a step, worked out again from wrong ones; None where it comes of none of them."""
    if not trace.epoch(entry.epoch).is_finite:
        return None
    batch = trace.script.batches[entry.step.batch]
    asked, truth = working_of(trace, batch).of_step(entry.step), TrueNumbers(trace, entry.epoch, batch.rows)
    given = {(spot.what, spot.row): (rank, value) for rank, (spot, value) in enumerate(slips.items())
             if spot.batch == batch.number}
    wrong, rows = {what for what, _ in given}, {row for _, row in given}
    way, used = Way(asked, MOST_NUMBERS), dict[Place, tuple[int, float]]()
    touched = way.reach(number for number in way.before if _what(number.line) in wrong)
    if asked not in touched:
        return None

    def replace(_: Recalculation, number: Number, row: int | None) -> float | None:
        slip = given.get((_what(number.line), row)) if number is not asked else None
        if slip:
            used[number, row] = slip
            return slip[1]
        return truth.read(number, row) if row is not None and row not in rows else None

    anchor, calculation = trace.script.anchor(entry.step), Recalculation(truth, touched, replace)
    try:
        value = calculation.read(asked, anchor)
    except (ExpressionError, ArithmeticError, ValueError):
        return None
    if not used:
        return None
    nodes = {nameless(number.line.quantity): number
             for number in (*(each for each in touched if each.step.phase is Phase.FORWARD), *asked.operands)}

    def instead(quantity: Quantity, row: int) -> float | None:
        number = nodes.get(nameless(quantity))
        return calculation.read(number, row if quantity.row is None else quantity.row) if number else None
    first = sorted(used, key=lambda place: used[place])
    names = {_name(place, entry.step.row): used[place][1] for place in first}
    return Carried(value, names, first[0][0] in asked.operands, instead)


def _name(place: Place, row_asked: int | None) -> str:
    """`Z3`; where no row is asked about, `Z3 in row 2`."""
    number, row = place
    return number.line.name if row is None or row_asked is not None else f"{number.line.name} in row {row + 1}"
