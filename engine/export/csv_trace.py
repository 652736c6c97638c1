"""The trace as CSV: the whole calculation, a line for each number, from which a spreadsheet can do it again.

An epoch's first lines are what is given, kinds `learning_rate`, `setting` (of the optimizer, by its sign in the
formulas), `parameter`, `input`, `target`; then come its steps. `numbers` is the formula with numbers in it as a
worksheet has them; `value` is in full double precision, and empty where a number is not finite. A `product` without a
path is a row's, over all its paths. Where an epoch has several batches, a last column says which it is; each begins
with the parameters that it uses.
"""

import csv
import io
import math
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from engine.export.selection import Selection, whole
from engine.graph.line import Line
from engine.graph.quantity import Quantity
from engine.graph.step import Kind
from engine.graph.symbols import RATE
from engine.graph.written import GREEK
from engine.text.notation import number
from engine.trace.script import Batch
from engine.trace.trace import Trace

MOST_KEPT = 4096  # lines without their numbers: an epoch's, of a network of usual size
STEPS_IN_A_PIECE = 256
FORMULA = re.compile(r"[−\-=+@]")  # how one begins for a spreadsheet; a minus sign is written as a hyphen in ASCII
NEGATIVE = re.compile(r"−[0-9.]+(e−?[0-9]+)?")


class Record(NamedTuple):
    """A line; what it doesn't have is empty. Steps, rows, gradients (`number`), paths and factors count from 1, a step
    within its epoch.
    """

    epoch: int
    step: int | None
    kind: str
    name: str
    row: int | None = None
    number: int | None = None
    parameter: str | None = None
    path: int | None = None
    factor: int | None = None
    formula: str | None = None
    numbers: str | None = None
    value: str = ""
    reused: int | None = None
    batch: int | None = None


class Blank(NamedTuple):
    """A step's line with no numbers in it yet, the same in every epoch; where its numbers come from, and the row by
    which they are read.
    """

    record: Record
    line: Line
    anchor: int


def write(trace: Trace, epochs: int, selection: Selection | None = None) -> Iterator[str]:
    """The head, then every epoch in pieces."""
    selection = selection or whole(trace)
    blank = lru_cache(MOST_KEPT)(lambda index: _blank(trace, index))
    width = len(Record._fields) - (len(trace.script.batches) == 1)
    yield _lines([Record._fields], width)
    for epoch in range(1, epochs + 1):
        yield _lines(_start(trace, epoch, selection), width)
        for batch in trace.script.batches:
            if batch.number:
                yield _lines(_parameters(trace, epoch, batch, selection), width)
            steps = selection.steps_of(trace, batch)
            while piece := list(islice(steps, STEPS_IN_A_PIECE)):
                yield _lines((_fill(trace, epoch, blank(index)) for index in piece), width)


def _start(trace: Trace, epoch: int, selection: Selection) -> Iterator[Record]:
    """What an epoch begins with."""
    lesson = trace.lesson_at(epoch)
    if lesson.trains:
        yield Record(epoch, None, "learning_rate", RATE.name, value=repr(lesson.learning_rate))
    settings = {**lesson.settings, **({"lambda": lesson.weight_decay} if lesson.weight_decay else {})}
    for name, setting in settings.items():
        yield Record(epoch, None, "setting", GREEK[name], value=repr(setting))
    yield from _parameters(trace, epoch, trace.script.batches[0], selection)
    for row in selection.rows if selection.has_rows else ():
        for kind, names, values in (("input", lesson.inputs, lesson.inputs_of(row)),
                                    ("target", lesson.targets, lesson.targets_of(row))):
            for name, value in zip(names, values, strict=True):
                yield Record(epoch, None, kind, name, row + 1, value=repr(value))


def _parameters(trace: Trace, epoch: int, batch: Batch, selection: Selection) -> Iterator[Record]:
    """What a batch begins with; one that is not trained has no gradient, and no number."""
    for parameter in selection.parameters_of(trace.lesson):
        value = trace.read(epoch, trace.symbols.parameter(parameter), batch.rows.start)
        yield Record(epoch, None, "parameter", parameter.name, parameter=parameter.name, value=_as_value(value),
                     number=_from_1(trace.chains.index_of.get(parameter.name)), batch=batch.number + 1)


def _blank(trace: Trace, index: int) -> Blank:
    step = trace.script.step(index)
    line, k = trace.line(step), step.parameter_index
    is_whole = step.path < 0 or (step.kind is Kind.PRODUCT and trace.script.is_row_product(index))
    record = Record(
        0, index + 1, step.kind.value, line.name, _from_1(step.row), _from_1(k),
        None if k is None else trace.lesson.order[k].name, None if is_whole else step.path + 1, _from_1(step.factor),
        _as_text(line.formula), reused=int(trace.chains.is_reused(step)) if step.kind is Kind.FACTOR else None,
        batch=step.batch + 1)
    return Blank(record, line, trace.script.anchor(step))


def _fill(trace: Trace, epoch: int, blank: Blank) -> Record:
    def read(quantity: Quantity) -> float:
        return trace.read(epoch, quantity, blank.anchor)
    numbers = blank.line.numbers.substitute(lambda quantity: number(read(quantity)))
    return blank.record._replace(epoch=epoch, numbers=_as_text(numbers), value=_as_value(read(blank.line.quantity)))


def _from_1(index: int | None) -> int | None:
    return None if index is None else index + 1


def _as_value(value: float) -> str:
    return repr(value) if math.isfinite(value) else ""


def _as_text(text: str) -> str:
    """A text that no spreadsheet takes for a formula of its own: what it begins with, or all of it, in parentheses. (A
    space before it would not do: some leave it out.) What is a number alone stays one.
    """
    if not FORMULA.match(text):
        return text
    negative = NEGATIVE.match(text)
    if not negative:
        return f"({text})"
    return text if negative.end() == len(text) else f"({negative[0]}){text[negative.end():]}"


def _lines(records: Iterable[tuple[object, ...]], width: int) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(record[:width] for record in records)
    return text.getvalue()
