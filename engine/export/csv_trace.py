"""The trace as CSV: one line for each factor, in full double precision."""

import csv
import io
from collections.abc import Iterator

from engine.trace.trace import Trace

HEAD = ("epoch", "number", "parameter", "row", "path", "factor", "name", "formula", "value", "reused")


def write(trace: Trace, epochs: int) -> Iterator[str]:
    """The head, then a piece for each parameter of each epoch. `number`, `row`, `path` and `factor` count from 1."""
    yield _lines([HEAD])
    for epoch in range(1, epochs + 1):
        for parameter_index in range(len(trace.lesson.order)):
            yield _lines(_records(trace, epoch, parameter_index))


def _records(trace: Trace, epoch: int, parameter_index: int) -> Iterator[tuple[object, ...]]:
    name, paths = trace.lesson.order[parameter_index].name, trace.chains.paths(parameter_index)
    reused = trace.chains.reuse_marks[parameter_index]
    numbers = trace.epoch(epoch)
    for row in range(trace.lesson.rows):
        for path, factors in enumerate(paths):
            for k, factor in enumerate(factors):
                yield (epoch, parameter_index + 1, name, row + 1, path + 1, k + 1, factor.name, factor.formula,
                       repr(numbers.read(factor.quantity, row)), int(reused[path][k]))


def _lines(records: "Iterator[tuple[object, ...]] | list[tuple[str, ...]]") -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(records)
    return text.getvalue()
