"""The trace as CSV: one line for each factor, in full double precision."""

import csv
import io
from collections.abc import Iterator

from engine.trace import Trace

HEAD = ("epoch", "number", "parameter", "row", "path", "factor", "name", "formula", "value", "reused")


def write(trace: Trace, epochs: int) -> Iterator[str]:
    """The head, then a piece for each parameter of each epoch. `number`, `row`, `path` and `factor` count from 1."""
    yield _lines([HEAD])
    for epoch in range(1, epochs + 1):
        for place in range(len(trace.lesson.order)):
            yield _lines(_records(trace, epoch, place))


def _records(trace: Trace, epoch: int, place: int) -> Iterator[tuple[object, ...]]:
    name, paths, reused = trace.lesson.order[place].name, trace.chains.paths(place), trace.chains.reused[place]
    numbers = trace.epoch(epoch)
    for row in range(trace.lesson.rows):
        for path, factors in enumerate(paths):
            for k, factor in enumerate(factors):
                yield (epoch, place + 1, name, row + 1, path + 1, k + 1, factor.name, factor.formula,
                       repr(numbers.read(factor.quantity, row)), int(reused[path][k]))


def _lines(records: "Iterator[tuple[object, ...]] | list[tuple[str, ...]]") -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(records)
    return text.getvalue()
