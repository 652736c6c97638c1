"""Whether a formula that gives the right number here gives it elsewhere too: in other rows, with other numbers."""

import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cached_property
from itertools import count, islice, product
from types import MappingProxyType

from engine.graph.expression import Expression, ExpressionError, Part, parse_whole
from engine.graph.numeric import ZERO
from engine.graph.quantity import Quantity
from engine.graph.step import Phase, Step
from engine.graph.symbols import RATE
from engine.lesson.lesson import Lesson
from engine.trace.trace import Entry, Trace
from engine.tutor.answer import is_same, measure
from engine.tutor.known_numbers import EULER, KnownNumbers
from engine.tutor.precision import DIGITS_ASKED
from engine.tutor.written_numbers import name_numbers

MOST_READINGS = 32  # of numbers that are put in for names
MOST_ROWS = 4  # that are looked at with other numbers
SAME_ELSEWHERE = 1e-6  # relative: of numbers that nearly cancel the last digits are lost
OTHER_RATE = 0.37
GOLDEN = (math.sqrt(5) - 1) / 2  # whose multiples, but for their whole parts, are spread evenly from 0 to 1

Change = Callable[[float, float], float]  # of a number, by a share from 0 to 1 that is another for each
CHANGES: tuple[Change, ...] = (  # near by; of another size; of another sign; where no ReLU is dead; of any sign
    lambda value, share: (1.01 + share / 6) * value + 0.001, lambda value, share: (0.6 + share) * value + 0.01,
    lambda value, share: (-0.6 - share) * value, lambda _, share: 0.05 + share / 2, lambda _, share: 1.2 * share - 0.6)
Puts = Mapping[int, tuple[Quantity, float]]  # numbers by their places: what each is put in for, and with which sign


class Elsewhere:
    """The steps of a trace in other rows, other epochs and with other numbers."""

    def __init__(self, known: KnownNumbers) -> None:
        self._known, self._trace = known, known.trace

    def word(self, entry: Entry, index: int, expression: Expression) -> str:
        """What to add where a formula gives the right number in a step, but not elsewhere. One of numbers alone, of
        which e is one, is meant for this step.
        """
        meanings = self._known.meanings(expression, entry.epoch, index)
        if expression.numbers and all(meaning == EULER for meaning in meanings.values()):
            return ""
        formula = _Formula(entry, index, expression, meanings)
        if self._is_shown(formula) or not (where := self._failing(formula, {})) or not all(
                self._failing(formula, puts) for puts in self._numbers_put_in(formula)):
            return ""
        return f" But {entry.line.name} is {entry.line.formula}: your formula gives something else {where}."

    def _is_shown(self, formula: "_Formula") -> bool:
        """Whether it is the formula that is shown, with numbers put in for some of its names."""
        shown = formula.entry.line.numbers.whole
        names = {quantity: f"q{k}" for k, quantity in enumerate(dict.fromkeys(shown.quantities))}
        try:
            root = parse_whole(shown.substitute(names.__getitem__)).root
        except ExpressionError:  # of what is in words
            return False
        values = {quantity: self._read(formula.entry, quantity) for quantity in names}
        return formula.is_like(root, {name: (quantity, values[quantity]) for quantity, name in names.items()})

    def _read(self, entry: Entry, quantity: Quantity) -> float:
        """A number as it stands where another is asked for."""
        return self._trace.read(entry.epoch, quantity, self._trace.script.anchor(entry.step))

    def _numbers_put_in(self, formula: "_Formula") -> Iterator[Puts]:
        """The ways in which numbers in it can be some that go into the one asked for."""
        given = dict[int, list[tuple[Quantity, float]]]()
        for quantity in dict.fromkeys(formula.entry.line.numbers.whole.quantities):
            value = self._read(formula.entry, quantity)
            for place, text in formula.expression.numbers.items():
                if _is_rounded(abs(value), text):
                    given.setdefault(place, []).append((quantity, math.copysign(1, value)))
        ways = product(*([*((place, put) for put in puts), None] for place, puts in given.items()))
        return (dict(filter(None, way)) for way in islice(ways, MOST_READINGS))

    def _failing(self, formula: "_Formula", puts: Puts) -> str:
        """Where it gives another number than the one asked for; nothing if nowhere."""
        trace, step, epoch = self._trace, formula.entry.step, formula.entry.epoch
        rows, later = trace.script.batches[step.batch].rows, epoch + 1
        others = [row for row in rows if row != step.row] if step.row is not None else []
        if (row := formula.failing_row(trace, epoch, others, puts)) is not None:
            return f"in row {row + 1}"
        if trace.lesson.trains and trace.epoch(later).is_finite and \
                formula.failing_row(trace, later, rows, puts) is not None:
            return f"with other numbers, such as epoch {later}'s"
        changed = {RATE.name: OTHER_RATE, **({"n": len(rows) + 1.0} if _is_before_any_mean(step) else {})}
        if any(formula.failing_row(*other, rows[:MOST_ROWS], puts, changed) is not None for other in self._others):
            return "with other numbers"
        return ""

    @cached_property
    def _others(self) -> list[tuple[Trace, int]]:
        """The same steps with other numbers, and the epochs in which they have some."""
        lesson = self._trace.lesson
        others = [self._trace.with_numbers_of(_with_other_numbers(lesson, change)) for change in CHANGES]
        return [(other, epoch) for other in others for epoch in range(1, 2 + lesson.trains)
                if other.epoch(1).is_finite and other.epoch(epoch).is_finite]


class _Formula:
    """A formula that was typed for a step's number, and what its names mean there."""

    def __init__(self, entry: Entry, index: int, expression: Expression,
                 meanings: Mapping[str, Quantity | str]) -> None:
        self.entry, self.expression = entry, expression
        self._index, self._meanings = index, meanings

    def is_like(self, shown: Part, known: Mapping[str, tuple[Quantity, float]], part: Part | None = None) -> bool:
        """Whether a formula, of names with their quantities and values, is this one, or a part of it."""
        part = part or self.expression.root
        if shown.operation == "name" and shown.name in known:
            quantity, value = known[shown.name]
            if part.operation == "name":
                return self._meanings.get(part.name) in (quantity, quantity.name)
            if part.operation == "negative":
                part, value = part.parts[0], -value
            text = self.expression.numbers.get(part.position) if part.operation == "number" else None
            return text is not None and _is_rounded(value, text)
        return (shown.operation, shown.value, shown.name, len(shown.parts)) == (
            part.operation, part.value, part.name, len(part.parts)) and all(
                self.is_like(one, known, other) for one, other in zip(shown.parts, part.parts, strict=True))

    def failing_row(self, trace: Trace, epoch: int, rows: Iterable[int], puts: Puts,
                    changed: Mapping[str, float] = MappingProxyType({})) -> int | None:
        """The first of some rows in which it gives another number, or none at all; `changed` are other constants."""
        part = name_numbers(self.expression.root, puts)
        constants = {**KnownNumbers(trace).constants(epoch, self._index), **changed}
        asked = self.entry.line.quantity._replace(row=None)
        for row in rows:
            names = {name: trace.read(epoch, meant, row) if isinstance(meant, Quantity) else constants[meant]
                     for name, meant in self._meanings.items()}
            names |= {f"#{place}": sign * trace.read(epoch, quantity, row) for place, (quantity, sign) in puts.items()}
            try:
                value = self.expression._replace(root=part).compute(names)
            except ExpressionError:
                return row
            if not math.isclose(value, trace.read(epoch, asked, row), rel_tol=SAME_ELSEWHERE, abs_tol=ZERO):
                return row
        return None


def _is_before_any_mean(step: Step) -> bool:
    """Whether how many rows there are does not matter to a step."""
    return step.phase is Phase.FORWARD and step.row is not None


def _is_rounded(value: float, text: str) -> bool:
    """Whether a number is another as it is, or rounded to so many digits that it is known by them."""
    typed, written = float(text), measure(text)
    return is_same(typed, value) or (
        written.digits - written.zeros >= DIGITS_ASKED and abs(typed - value) <= written.half)


def _with_other_numbers(lesson: Lesson, change: Change) -> Lesson:
    """A lesson in which every number is changed; the targets less, so that shares stay shares that add up to 1."""
    shares, inputs, targets = (k * GOLDEN % 1 for k in count(1)), len(lesson.inputs), len(lesson.targets)
    start = {name: change(value, next(shares)) for name, value in lesson.start.items()}
    table = []
    for line in lesson.table:
        mixed = 0.1 + next(shares) / 5
        table.append((*(change(value, next(shares)) for value in line[:inputs]),
                      *((1 - mixed) * target + mixed / max(targets, 2) for target in line[inputs:])))
    rate = OTHER_RATE if lesson.trains else lesson.learning_rate
    return replace(lesson, start=start, table=tuple(table), learning_rate=rate)
