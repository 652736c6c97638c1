"""Whether a formula that gives the right number here gives it elsewhere too: in other rows, with other numbers."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import islice, product

from engine.graph.expression import Expression, ExpressionError
from engine.graph.quantity import Quantity
from engine.lesson.lesson import Lesson
from engine.trace.trace import Entry, Trace
from engine.tutor.answer import is_same
from engine.tutor.known_numbers import CONSTANTS, KnownNumbers
from engine.tutor.precision import DIGITS_ASKED
from engine.tutor.written_numbers import name_numbers, rounded_numbers

MOST_READINGS = 32  # of numbers that are put in for names
Put = Mapping[int, Quantity]  # numbers by their places in a formula, each with what it is put in for


def formula_word(known: KnownNumbers, entry: Entry, index: int, expression: Expression) -> str:
    """What to add where a formula gives the right number here, but not in every row, or not with other numbers. One
    with rounded numbers in it is meant for this row alone.
    """
    is_by_name = any(name.lower() not in CONSTANTS for name in expression.names())
    if not is_by_name or rounded_numbers(expression, DIGITS_ASKED):
        return ""
    formula = _Formula(known, entry, index, expression)
    if not (where := formula.fails({})) or not all(map(formula.fails, formula.numbers_put_in())):
        return ""
    return f" But {entry.line.name} is {entry.line.formula}: your formula gives something else {where}."


class _Formula:
    """A formula that was typed for a step's number."""

    def __init__(self, known: KnownNumbers, entry: Entry, index: int, expression: Expression) -> None:
        self._trace, self._entry, self._index, self._expression = known.trace, entry, index, expression
        self._meanings = known.meanings(expression, entry.epoch, index)
        self._rows = known.trace.script.batches[entry.step.batch].rows

    def numbers_put_in(self) -> Iterator[Put]:
        """The ways in which numbers in it can be some that go into the one asked for."""
        trace, given = self._trace, dict[int, list[Quantity]]()
        for quantity in dict.fromkeys(self._entry.line.numbers.whole.quantities):
            value = trace.read(self._entry.epoch, quantity, trace.script.anchor(self._entry.step))
            for place, text in self._expression.numbers.items():
                if is_same(float(text), value):
                    given.setdefault(place, []).append(quantity)
        ways = product(*([(place, quantity) for quantity in quantities] for place, quantities in given.items()))
        return map(dict, islice(ways, MOST_READINGS)) if given else iter(())

    def fails(self, put: Put) -> str:
        """Where it gives another number than the one asked for; nothing if nowhere."""
        trace, later = self._trace, self._entry.epoch + 1
        if self._entry.step.row is not None and (row := self._failing_row(trace, self._entry.epoch, put)) is not None:
            return f"in row {row + 1}"
        if trace.lesson.trains and trace.epoch(later).is_finite and self._failing_row(trace, later, put) is not None:
            return f"with other numbers, such as epoch {later}'s"
        other = trace.with_numbers_of(_with_other_numbers(trace.lesson))
        if other.epoch(1).is_finite and self._failing_row(other, 1, put) is not None:
            return "with other numbers"
        return ""

    def _failing_row(self, trace: Trace, epoch: int, put: Put) -> int | None:
        """The first row of the batch in which it gives another number, or none at all."""
        part = name_numbers(self._expression.root, put)
        constants = KnownNumbers(trace).constants(epoch, self._index)
        meanings = {**self._meanings, **{f"#{place}": quantity for place, quantity in put.items()}}
        asked = self._entry.line.quantity._replace(row=None)
        for row in self._rows:
            names = {name: trace.read(epoch, meant, row) if isinstance(meant, Quantity) else constants[meant]
                     for name, meant in meanings.items()}
            try:
                value = self._expression._replace(root=part).compute(names)
            except ExpressionError:
                return row
            if not is_same(value, trace.read(epoch, asked, row)):
                return row
        return None


def _with_other_numbers(lesson: Lesson) -> Lesson:
    """A lesson with numbers near its own, each changed by another part of itself."""
    start = {name: (1.01 + k % 17 / 100) * value + 0.001 for k, (name, value) in enumerate(lesson.start.items())}
    return replace(lesson, start=start, learning_rate=1.1 * lesson.learning_rate)
