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
from engine.tutor.precision import has_rounded, name_numbers

MOST_READINGS = 32  # of numbers that are put in for names
Put = Mapping[int, Quantity]  # numbers by their places in a formula, each with what it is put in for


def formula_word(trace: Trace, entry: Entry, index: int, expression: Expression) -> str:
    """What to add where a formula gives the right number here, but not in every row, or not with other numbers. One
    with rounded numbers in it is meant for this row alone.
    """
    if all(name.lower() in CONSTANTS for name in expression.names()) or has_rounded(expression):
        return ""
    if not (where := _fails(trace, entry, index, expression, {})):
        return ""
    if not all(_fails(trace, entry, index, expression, put) for put in _numbers_put_in(trace, entry, expression)):
        return ""
    return f" But {entry.line.name} is {entry.line.formula}: your formula gives something else {where}."


def _numbers_put_in(trace: Trace, entry: Entry, expression: Expression) -> Iterator[Put]:
    """The ways in which numbers of a formula can be some that go into the one asked for."""
    row, given = trace.script.anchor(entry.step), dict[int, list[Quantity]]()
    for quantity in dict.fromkeys(entry.line.numbers.whole.quantities):
        value = trace.read(entry.epoch, quantity, row)
        for place, text in expression.numbers.items():
            if is_same(float(text), value):
                given.setdefault(place, []).append(quantity)
    ways = product(*([(place, quantity) for quantity in quantities] for place, quantities in given.items()))
    return map(dict, islice(ways, MOST_READINGS)) if given else iter(())


def _fails(trace: Trace, entry: Entry, index: int, expression: Expression, put: Put) -> str:
    """Where a formula gives another number than the one asked for; nothing if nowhere."""
    rows = trace.script.batches[entry.step.batch].rows
    for row in rows if entry.step.row is not None else ():
        if not _holds(trace, entry.epoch, index, expression, put, row):
            return f"in row {row + 1}"
    later = entry.epoch + 1
    if trace.lesson.trains and trace.epoch(later).is_finite and \
            not all(_holds(trace, later, index, expression, put, row) for row in rows):
        return f"with other numbers, such as epoch {later}'s"
    other = Trace(_with_other_numbers(trace.lesson), trace.chains.form)
    if other.epoch(1).is_finite and not all(_holds(other, 1, index, expression, put, row) for row in rows):
        return "with other numbers"
    return ""


def _holds(trace: Trace, epoch: int, index: int, expression: Expression, put: Put, row: int) -> bool:
    """Whether a formula gives a step's number in a row too; where it gives none it does not."""
    named = expression._replace(root=name_numbers(expression.root, put))
    try:
        known = KnownNumbers(trace).values(expression, epoch, index, row=row)
        value = named.compute({**known, **{f"#{place}": trace.read(epoch, put[place], row) for place in put}})
    except ExpressionError:
        return False
    return is_same(value, trace.read(epoch, trace.line(trace.script.step(index)).quantity._replace(row=None), row))


def _with_other_numbers(lesson: Lesson) -> Lesson:
    """A lesson with numbers near its own, each changed by another part of itself."""
    start = {name: (1.01 + k % 17 / 100) * value + 0.001 for k, (name, value) in enumerate(lesson.start.items())}
    return replace(lesson, start=start, learning_rate=1.1 * lesson.learning_rate)
