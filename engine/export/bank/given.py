"""What is given with a number that is asked for by itself: the lesson, its parameters, the row, and what has been found
before: in the forward pass nothing, on the way back what the forward pass came to, of a sum its terms.
"""

from collections.abc import Iterator
from itertools import takewhile

from engine.export.in_words import facts_in_words, parameters_in_words, row_in_words
from engine.graph.line import Line
from engine.graph.quantity import Quantity, Source
from engine.graph.step import Kind, Phase
from engine.text.notation import ALL_DIGITS, DIGITS_SHOWN, number, with_count
from engine.trace.trace import Entry, Trace
from engine.tutor.precision import Precision

MOST_PARAMETERS = 40  # that are all given; of more those that go into the number
DIGITS_OF_NEW_VALUES = 7
NODES = Source.Z, Source.A, Source.VALUE
ADJOINTS = Source.DELTA, Source.ADJOINT


class Given:
    """Of one number: the step at an index."""

    def __init__(self, trace: Trace, entry: Entry, index: int) -> None:
        self._trace, self._entry, self._step, self._lesson = trace, entry, entry.step, trace.lesson
        self._batch, self._row = trace.script.batches[entry.step.batch], trace.script.anchor(entry.step)
        self._index = index
        self._has_all = len(self._lesson.model.parameters) <= MOST_PARAMETERS

    def lines(self) -> Iterator[str]:
        """All of it, a line each."""
        lesson = self._lesson
        yield lesson.title
        yield f"{with_count(lesson.rows, 'row')}, {facts_in_words(lesson)}"
        if self._step.row is not None and self._has_all:
            yield from self._model()
        elif own := [quantity for quantity in self._entry.line.numbers.whole.quantities
                     if quantity.source is Source.PARAMETER]:
            yield ", ".join(f"{quantity.name} = {self._value(quantity)}" for quantity in dict.fromkeys(own))
        if self._step.row is not None and lesson.table[0]:
            yield row_in_words(self._trace, self._entry.epoch, self._row, ALL_DIGITS)
        digits = self._digits()
        found = (f"{self._name(quantity)} = {number(self._read(quantity), digits)}"
                 for quantity in dict.fromkeys(self._operands()) if _is_found(quantity))
        if known := ", ".join(found):
            yield f"found before: {known}"

    def _model(self) -> Iterator[str]:
        """The formulas, if it is made of such, or those on the way forward; the parameters."""
        graph, symbols = self._trace.graph, self._trace.symbols
        lines: Iterator[Line] = map(graph.line, range(len(graph.nodes)))
        if not self._lesson.formulas:
            is_before = self._step.phase is Phase.FORWARD
            lines = takewhile(lambda line: is_before and line.name != self._entry.line.name, lines)
        if formulas := "; ".join(f"{line.name} = {line.formula}" for line in lines):
            yield formulas
        yield from parameters_in_words(self._lesson, lambda parameter: self._value(symbols.parameter(parameter)))

    def _value(self, parameter: Quantity) -> str:
        """A parameter before the update; what the lesson begins with has all its digits."""
        is_start = self._entry.epoch == 1 and not self._batch.number
        digits = ALL_DIGITS if is_start else DIGITS_OF_NEW_VALUES
        return number(self._read(parameter), digits)

    def _read(self, quantity: Quantity) -> float:
        return self._trace.read(self._entry.epoch, quantity, self._row)

    def _name(self, quantity: Quantity) -> str:
        """How it is called; of a row's that is added to the others also of which row it is."""
        if quantity.row is None or self._step.row is not None:
            return quantity.name
        graph = self._trace.graph
        name = "product" if quantity.source is Source.PRODUCT else graph.line(len(graph.nodes) - 1).name
        return f"{name} in row {quantity.row + 1}"

    def _operands(self) -> Iterator[Quantity]:
        step, line = self._step, self._entry.line
        if step.kind is Kind.FACTOR:
            yield from self._operands_of(line)
        elif self._is_product:
            for factor in self._trace.chains_at(self._batch).paths(step.parameter_index or 0)[step.path]:
                yield from self._operands_of(factor)
        elif step.phase is not Phase.FORWARD or step.row is None or not self._has_all:
            yield from line.numbers.whole.quantities

    @property
    def _is_product(self) -> bool:
        """Whether it is a path's, of factors."""
        return self._step.kind is Kind.PRODUCT and self._step.path >= 0

    def _operands_of(self, factor: Line) -> Iterator[Quantity]:
        """What a factor is made of, and between which numbers it stands; by δ the one that is found before as it is."""
        if factor.quantity.source in ADJOINTS and not self._trace.chains.by_paths:
            yield factor.quantity
            return
        yield from factor.numbers.whole.quantities
        yield from (quantity for quantity in factor.link or () if quantity.source in NODES)

    def _digits(self) -> int:
        """Decimals of what was found: the fewest with which the number, and all its factors, still come out."""
        step, entries = self._step, [self._entry]
        if self._is_product and self._trace.chains.by_paths:
            start = self._index - len(self._trace.chains.paths(step.parameter_index or 0)[step.path])
            entries += [self._trace.entry(self._entry.epoch, index) for index in range(start, self._index)]
        precisions = [Precision(self._trace, entry) for entry in entries]
        enough = (digits for digits in DIGITS_SHOWN if all(each.survives(digits) for each in precisions))
        return next(enough, ALL_DIGITS)


def _is_found(quantity: Quantity) -> bool:
    """Whether it is given by none but itself: no parameter, no column of the data, no constant."""
    if quantity.source is Source.A and not quantity.layer:
        return False
    return quantity.source not in (Source.PARAMETER, Source.TARGET, Source.RATE, Source.ONE)
