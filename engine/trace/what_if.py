"""What if this value were another? A parameter, the learning rate or a target is changed, of a graph any column, and
training branches off. A softmax row's targets add up to 1: of these, one is made 1, which is the row's class, and the
others are 0.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from engine.graph.expression import ExpressionError, parse
from engine.lesson.graph_reading import read_name
from engine.lesson.lesson import Lesson
from engine.text.names import one_spelling
from engine.text.notation import number
from engine.text.pasted import retype
from engine.text.printable import printable, suggestion
from engine.trace.history import History
from engine.trace.trace import Trace

RATE = "lr"
LARGEST, MOST_CHANGES = 1e9, 50


class ChangeError(Exception):
    """A change that can't be made; the message says what is expected."""


class Change(NamedTuple):
    """From an epoch on a parameter, the learning rate (`lr`) or a column in a row (from 1) has another value."""

    epoch: int
    name: str
    value: float
    row: int | None = None

    def __str__(self) -> str:
        row = f" row {self.row}" if self.row is not None else ""
        return f"{self.name}{row} = {number(self.value)}"


def form_of(lesson: Lesson) -> str:
    """How a change of a lesson may be written: `w13 = 0.5, lr = 0.1, y row 2 = 1`."""
    rate = [f"{RATE} = 0.1"] * lesson.trains
    column = [f"{name} row {min(2, lesson.rows)} = 1" for name in columns_of(lesson)[-1:]]
    return ", ".join([_example(lesson), *rate, *column])


def _example(lesson: Lesson) -> str:
    return f"{lesson.order[0].name} = 0.5"


def parse_change(text: str, trace: Trace, epoch: int) -> Change:
    """A change from `NAME = VALUE` or `NAME row N = VALUE`; the value may be calculated, from those of that epoch.
    Raises ChangeError.
    """
    lesson = trace.lesson
    found = re.fullmatch(r"\s*([^\W\d_][^\s=]*)(?:\s+row\s+([0-9]{1,4}))?\s*=(.*)", retype(text))
    if not found:
        raise ChangeError(f"expected a name and a value, such as {form_of(lesson)}")
    name, row, written = read_name(found[1]) or one_spelling(found[1]), found[2], found[3]
    if "=" in written:
        raise ChangeError(f"one value at a time, such as {_example(lesson)}")
    try:
        expression = parse(written)
        value = expression.compute({known: _now(trace, epoch, known) for known in expression.names()
                                    if known == RATE or known in lesson.model.parameters})
    except ExpressionError as error:
        raise ChangeError(str(error)) from None
    change = Change(epoch, name, value, None if row is None else int(row))
    if problem := problem_with(change, lesson):
        raise ChangeError(problem)
    return change


def _now(trace: Trace, epoch: int, name: str) -> float:
    """The rate's value, or a parameter's in an epoch."""
    if name == RATE:
        return trace.lesson_at(epoch).learning_rate
    return trace.read(epoch, trace.symbols.parameter(trace.lesson.model.parameters[name]), None)


def problem_with(change: Change, lesson: Lesson) -> str:
    """What is wrong with a change for a lesson; nothing if it can be made."""
    columns = columns_of(lesson)
    if change.name in columns:
        return _problem_with_column(change, lesson) or _problem_with_size(change)
    if change.name != RATE and change.name not in lesson.model.parameters:
        return _no_such_name(change.name, lesson)
    if change.row is not None:
        return f"{change.name} is the same in every row"
    if change.name == RATE and not lesson.trains:
        return "lr: nothing is trained in this lesson"
    if change.name == RATE and not change.value > 0:
        return f"lr = {number(change.value)}; expected a number above 0"
    return _problem_with_size(change)


def columns_of(lesson: Lesson) -> Sequence[str]:
    """The columns whose numbers can be changed: a network's inputs can't."""
    return (*lesson.inputs, *lesson.targets) if lesson.formulas else lesson.targets


def _no_such_name(name: str, lesson: Lesson) -> str:
    columns = columns_of(lesson)
    kinds = ["a parameter", *["lr"] * lesson.trains,
             *["a column" if lesson.formulas else "a target"] * bool(columns)]
    words = " or ".join(filter(None, (", ".join(kinds[:-1]), kinds[-1])))
    known = [*lesson.model.parameters, *[RATE] * lesson.trains, *columns]
    return f"{printable(name, 20)}: expected {words}{suggestion(name, known)}"


def _problem_with_column(change: Change, lesson: Lesson) -> str:
    if not 1 <= (change.row or 0) <= lesson.rows:
        return f"expected {change.name} row 1 to {lesson.rows} = VALUE"
    if adds_up(lesson) and change.value != 1:
        return (f"{change.name} = {number(change.value)}; expected {change.name} row {change.row} = 1, which makes it "
                "the row's class: targets add up to 1")
    if change.name in lesson.targets and not lesson.loss.fits_target(change.value):
        least, largest = lesson.loss.targets
        return f"{change.name} = {number(change.value)}; expected {least:g} to {largest:g} with {lesson.loss.name}"
    return ""


def _problem_with_size(change: Change) -> str:
    return "" if abs(change.value) <= LARGEST else f"{number(change.value)} is too large"


def adds_up(lesson: Lesson) -> bool:
    """Whether the targets of a row are one thing: what its softmax should be."""
    return not lesson.formulas and lesson.network.activations[-1].takes_layer


def branch(trace: Trace, changes: Sequence[Change]) -> Trace:
    """A trace with changes made to it, in the order of their epochs; nothing is trained for that."""
    history = trace.history
    for change in sorted(changes, key=lambda change: change.epoch):
        history = history.branches.get(change) or _branch_off(history, change)
    return trace if history is trace.history else Trace(history.lesson, trace.chains.form, history)


def _branch_off(history: History, change: Change) -> History:
    lesson, replaced = history.lesson, {}
    if change.name == RATE:
        lesson = replace(lesson, learning_rate=change.value)
    elif change.row is not None:
        lesson = replace(lesson, table=_with_column(lesson, change, change.row - 1))
    else:
        replaced = {change.name: change.value}
    history.branches[change] = made = History(lesson, change.epoch, history, replaced)
    return made


def _with_column(lesson: Lesson, change: Change, row: int) -> tuple[tuple[float, ...], ...]:
    """The table with another number in a row, from 0."""
    table = [list(numbers) for numbers in lesson.table]
    if adds_up(lesson):
        table[row][len(lesson.inputs):] = [0.0] * len(lesson.targets)
    table[row][[*lesson.inputs, *lesson.targets].index(change.name)] = change.value
    return tuple(map(tuple, table))
