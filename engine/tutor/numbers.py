"""The numbers of an epoch as one of its steps sees them: in its row, in its batch of rows, before its update."""

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from engine.graph.quantity import Quantity
from engine.graph.step import Kind, Step
from engine.trace.trace import Entry, Trace


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

    def read(self, quantity: Quantity, row: int | None = None) -> float:
        """A quantity in the step's row, or in another of the batch."""
        row = self.row if row is None else row
        found = self._instead(quantity, row) if self._instead else None
        return self.trace.read(self.epoch, quantity, row) if found is None else found
