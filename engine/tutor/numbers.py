"""The numbers of an epoch as one of its steps sees them: in its row, in its batch of rows, before its update."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from operator import mul
from typing import NamedTuple, TypeVar

from engine.graph.numeric import Array
from engine.graph.quantity import Quantity, Source
from engine.graph.step import Kind, Step
from engine.trace.trace import Entry, Trace

MOST_ALTERNATIVES = 8  # of rows, units, weights …: a slip is made with a near one
T = TypeVar("T")


class Alternative(NamedTuple):
    """One value of a variable, and which it is."""

    value: float
    which: str = ""


Variables = Mapping[str, list[Alternative]]
Found = Iterator[tuple[str, list[Alternative]]]
Instead = Callable[[Quantity, int], float | None]


def one(name: str, value: float) -> tuple[str, list[Alternative]]:
    """A variable with one value."""
    return name, [Alternative(value)]


def dot(left: Iterable[float], right: Iterable[float]) -> float:
    """Multiplied in pairs and added."""
    return float(sum(map(mul, left, right)))


def nearest(items: Sequence[T], index: int) -> list[T]:
    """The others beside the one at an index, nearest first, as many as are looked at."""
    first, end = max(0, index - MOST_ALTERNATIVES), min(len(items), index + MOST_ALTERNATIVES + 1)
    places = sorted((k for k in range(first, end) if k != index), key=lambda k: abs(k - index))
    return [items[k] for k in places[:MOST_ALTERNATIVES]]


def subject(entry: Entry) -> str:
    """What kind of number a step is about, as the catalogue says it: a factor by what it is a derivative of."""
    return entry.line.about if entry.step.kind is Kind.FACTOR else entry.step.kind.value


class Numbers:
    """Of a trace in an epoch, at a step. `instead` has what is read of some quantities in a row, None of the others."""

    def __init__(self, trace: Trace, epoch: int, step: Step, instead: Instead | None = None) -> None:
        self.trace, self.epoch, self.step, self._instead = trace, epoch, step, instead
        self.lesson, self.symbols = trace.lesson, trace.symbols
        self.batch = trace.script.batches[step.batch]
        self.rows, self.chains = self.batch.rows, trace.chains_at(self.batch)
        self.row = trace.script.anchor(step)

    @property
    def terms(self) -> int:
        """How many terms the Loss of the batch has."""
        return self.lesson.terms_of(len(self.rows))

    @property
    def other_rows(self) -> list[int]:
        """Rows of the batch besides the step's."""
        return nearest(self.rows, self.row - self.rows.start)

    def array(self, source: Source, layer: int) -> Array:
        """All of a layer's numbers of one kind, in the batch: for sums over many of them."""
        return self.trace.epoch(self.epoch).batches[self.step.batch].arrays[source][layer]

    def in_row(self, source: Source, layer: int) -> list[float]:
        """Those of the step's row."""
        if self._instead:
            units = range(self.array(source, layer).shape[1])
            return [self.read(Quantity("", source, layer, index)) for index in units]
        found: list[float] = self.array(source, layer)[self.row - self.rows.start].tolist()
        return found

    def row_products(self, parameter_index: int) -> list[Alternative]:
        """A parameter's, row by row; one that is 0 explains nothing."""
        product = self.chains.product_quantity(parameter_index, -1)
        found = (Alternative(self.read(product, row), f"row {row + 1}") for row in self.rows[:MOST_ALTERNATIVES])
        return [alternative for alternative in found if alternative.value]

    def loss_variables(self, loss: float, result: Quantity) -> Found:
        """Of the Loss of the batch, from what each row adds to it: the sum, the rows one by one, other counts."""
        d, rows, n = self.lesson.loss.divisor(self.terms), len(self.rows), self.terms
        yield one("losses", loss * d)
        if rows > 1:
            yield "left_out", [Alternative(self.read(result, row), f"row {row + 1}")
                               for row in self.rows[:MOST_ALTERNATIVES]]
            yield one("d_fewer", self.lesson.loss.divisor(self.lesson.terms_of(rows - 1)))
            yield "other_count", [Alternative(count, str(count)) for count in (n - 1, n + 1) if count > 1]

    def read(self, quantity: Quantity, row: int | None = None) -> float:
        """A quantity in the step's row, or in another of the batch."""
        row = self.row if row is None else row
        found = self._instead(quantity, row) if self._instead else None
        return self.trace.read(self.epoch, quantity, row) if found is None else found
