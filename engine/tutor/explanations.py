"""How a wrong number may have come about: by a wrong rule of the catalogue, made at the number asked for, or at one
that it is worked out from, all else right. Procedures with one bug (Brown and Burton, 1978).

Nearest first: made here, or once further up, in this row or, where rows are added, in every one; made wherever it can
be; for what is found on the way back the same in the forward pass, whose numbers stand on the screen; another's number
in the place of this one; made in one row of several; a plain multiple of the right number.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import suppress
from enum import Enum, IntEnum, auto
from functools import cached_property
from itertools import accumulate
from typing import NamedTuple

from engine.graph.expression import ExpressionError
from engine.graph.quantity import Quantity
from engine.graph.step import Kind, Phase, Step
from engine.trace.script import Batch
from engine.trace.trace import Entry, Trace
from engine.tutor.formula_working import FormulaWorking
from engine.tutor.mistakes import Outcome, outcomes
from engine.tutor.network_working import NetworkWorking
from engine.tutor.recalculation import Place, Recalculation, TrueNumbers, Way
from engine.tutor.variables import VariableReader
from engine.tutor.working import Number, Working, nameless

MOST_NUMBERS = 80  # further up, nearest first
MOST_WORK = 3_000  # numbers that are read, for one mistake at each number
ANYWHERE = "anywhere"  # at which a plain multiple is made


class Extent(Enum):
    """Where a wrong rule was followed."""

    HERE = "at the number asked for"
    ROW = "at one further up, in the same row"
    ROWS = "at one further up, in every row"
    EVERYWHERE = "wherever it can be"
    ONE_ROW = "at one further up, in one row of several"


class Rank(IntEnum):
    """How far away an explanation is, nearest first. ONCE is made here, or once further up; of a number of the way back
    AHEAD are those of the forward pass, whose numbers stand on the screen.
    """

    ONCE = auto()
    EVERYWHERE = auto()
    OTHERS_HERE = auto()
    AHEAD = auto()
    AHEAD_EVERYWHERE = auto()
    OTHERS = auto()
    ONE_ROW = auto()
    MULTIPLE = auto()


class Explanation(NamedTuple):
    """A wrong rule, where it was followed, and what comes of it at the number asked for."""

    outcome: Outcome
    entry: Entry
    extent: Extent
    value: float
    rank: Rank


class Explanations:
    """Of a trace's steps; those of the last one that was asked about are kept, as far as they were looked for, for the
    next answer.
    """

    def __init__(self, trace: Trace) -> None:
        self._trace = trace
        self._place: tuple[int, Step] | None = None
        self._found: list[Explanation] = []
        self._ahead: Iterator[Explanation] = iter(())

    def here(self, entry: Entry) -> Iterator[Explanation]:
        """What is made at the step itself."""
        return explain_here(self._trace, entry)

    def all(self, entry: Entry) -> Iterator[Explanation]:
        """Nearest first."""
        if self._place != (entry.epoch, entry.step):
            self._place, self._found = (entry.epoch, entry.step), []
            self._ahead = explanations(self._trace, entry)
        yield from self._found
        for each in self._ahead:
            self._found.append(each)
            yield each


def explanations(trace: Trace, entry: Entry) -> Iterator[Explanation]:
    """All that the catalogue has for a step, nearest first; each kind is looked for when the one before is through."""
    here = sorted(explain_here(trace, entry), key=lambda each: each.rank)
    further_up = _FurtherUp(trace, entry)
    yield from (each for each in here if each.rank is Rank.ONCE)
    yield from further_up.of(is_ahead=False)
    yield from (each for each in here if each.rank is Rank.OTHERS_HERE)
    yield from further_up.of(is_ahead=True)
    yield from further_up.of_others()
    yield from further_up.in_one_row()
    yield from (each for each in here if each.rank is Rank.MULTIPLE)


def explain_here(trace: Trace, entry: Entry) -> Iterator[Explanation]:
    """Those that are made at the step itself."""
    for outcome in outcomes_at(trace, entry):
        yield Explanation(outcome, entry, Extent.HERE, outcome.value, _rank(outcome, Extent.HERE, is_ahead=False))


def outcomes_at(trace: Trace, entry: Entry, vague_too: bool = True) -> Iterator[Outcome]:
    """Every number that a mistake gives at a step; without the vague ones those that tell of the step alone."""
    return outcomes(VariableReader(trace, entry.epoch).scopes(entry, vague_too), vague_too)


def _rank(outcome: Outcome, extent: Extent, is_ahead: bool) -> Rank:
    """`is_ahead`: it is of the forward pass, and the number of the way back."""
    if outcome.mistake.at == ANYWHERE:
        return Rank.MULTIPLE
    if outcome.mistake.vague:
        return Rank.OTHERS_HERE if extent is Extent.HERE else Rank.OTHERS
    if extent is Extent.ONE_ROW:
        return Rank.ONE_ROW
    is_slip_further_up = extent is not Extent.HERE and outcome.mistake.is_slip
    if extent is Extent.EVERYWHERE or is_slip_further_up:
        return Rank.AHEAD_EVERYWHERE if is_ahead else Rank.EVERYWHERE
    return Rank.AHEAD if is_ahead else Rank.ONCE


Rule = tuple[str, int, str]  # a mistake's words, which of its formulas, and what it took
Places = dict[Place, tuple[Entry, Outcome]]  # where it is followed, and what it gives there
Rules = dict[Rule, Places]


def working_of(trace: Trace, batch: Batch) -> Working:
    """How the numbers of a batch are worked out."""
    return (FormulaWorking if trace.lesson.formulas else NetworkWorking)(trace, batch)


def is_slip(places: Places) -> bool:
    """Whether it is one of the pen, that is not made again and again."""
    return any(outcome.mistake.is_slip for _, outcome in places.values())


class _FurtherUp:
    """Of one question."""

    def __init__(self, trace: Trace, entry: Entry) -> None:
        self._trace, self._entry, self._reader = trace, entry, VariableReader(trace, entry.epoch)
        self._batch = trace.script.batches[entry.step.batch]
        self._asked = working_of(trace, self._batch).of_step(entry.step)
        self._rows = [trace.script.anchor(entry.step)] if self._asked.is_of_row else list(self._batch.rows)
        self._truth = TrueNumbers(trace, entry.epoch, self._batch.rows)
        self._way, self._by_number = Way(self._asked, MOST_NUMBERS), dict[Number, Rules]()

    @property
    def _anchor(self) -> int:
        return self._trace.script.anchor(self._entry.step)

    @cached_property
    def _numbers(self) -> Sequence[Number]:
        """Those that are looked at: as many as can be worked out again in no time that is seen."""
        if not self._trace.epoch(self._entry.epoch).is_finite:
            return ()
        work = accumulate(self._way.count_operands([number]) * len(self._rows) for number in self._way.before)
        return [number for number, so_far in zip(self._way.before, work, strict=True) if so_far <= MOST_WORK]

    def of(self, is_ahead: bool) -> Iterator[Explanation]:
        """What is made once, then what is made wherever it can be, last a slip of the pen; on the way back or ahead."""
        numbers = [number for number in self._numbers if self._is_ahead(number.step) == is_ahead]
        for number in numbers:
            yield from self._once(number)
        yield from self._everywhere(numbers)
        for number in numbers:
            if self._extent(number) is Extent.ROW:
                yield from self._once(number, by_slip=True)

    def _is_ahead(self, step: Step) -> bool:
        """Whether a step is of the forward pass, and the one asked about of the way back."""
        return step.phase is Phase.FORWARD is not self._entry.step.phase

    def in_one_row(self) -> Iterator[Explanation]:
        """What is made in one of several rows."""
        if len(self._rows) > 1:
            for number in self._numbers:
                if number.is_of_row:
                    yield from self._in_one_row(number)

    def of_others(self) -> Iterator[Explanation]:
        """What comes of another row's number in the place of one further up; of all rows together nobody takes it."""
        for number in self._numbers if self._asked.is_of_row else ():
            for (_, _, which), places in self._find_rules(number, is_vague=True).items():
                if which.startswith("row "):
                    yield from self._run(places, self._way.reach([number]), Extent.ROW)

    def _extent(self, number: Number) -> Extent:
        is_one = self._asked.is_of_row or not number.is_of_row or len(self._rows) == 1
        return Extent.ROW if is_one else Extent.ROWS

    def _rules(self, number: Number) -> Rules:
        """The wrong rules of a number."""
        if number not in self._by_number:
            self._by_number[number] = self._find_rules(number, is_vague=False)
        return self._by_number[number]

    def _find_rules(self, number: Number, is_vague: bool) -> Rules:
        found: Rules = defaultdict(dict)
        for row in self._rows if number.is_of_row else [None]:
            entry = self._entry_of(number, row)
            for outcome in outcomes(self._reader.scopes(entry, any_too=is_vague), vague_too=is_vague):
                if outcome.mistake.vague == is_vague and outcome.mistake.at != ANYWHERE:
                    rule = (outcome.mistake.say, outcome.variant, outcome.which)
                    found[rule].setdefault((number, row), (entry, outcome))
        return found

    def _entry_of(self, number: Number, row: int | None) -> Entry:
        """A number's step, as if it were asked for."""
        value = self._truth.read(number, self._anchor if row is None else row)
        step = number.step._replace(row=row)
        line = self._trace.line(step) if step.kind is Kind.PRODUCT else number.line
        return Entry(self._entry.epoch, step, line, value, "", (), "")

    def _once(self, number: Number, by_slip: bool = False) -> Iterator[Explanation]:
        touched = self._way.reach([number])
        for places in self._rules(number).values():
            if is_slip(places) == by_slip:
                yield from self._run(places, touched, self._extent(number))

    def _in_one_row(self, number: Number) -> Iterator[Explanation]:
        touched = self._way.reach([number])
        for places in self._rules(number).values():
            for place, made in places.items():
                yield from self._run({place: made}, touched, Extent.ONE_ROW)

    def _run(self, places: Places, touched: set[Number], extent: Extent) -> Iterator[Explanation]:
        """What comes of a wrong rule at these places."""
        wrong = {place: outcome.value for place, (_, outcome) in places.items()}
        rows = {row for _, row in wrong}

        def replace(_: Recalculation, number: Number, row: int | None) -> float | None:
            is_spared = row is not None and row not in rows and None not in rows
            return self._truth.read(number, row) if is_spared and row is not None else wrong.get((number, row))
        yield from self._read(Recalculation(self._truth, touched, replace), *next(iter(places.values())), extent)

    def _read(self, calculation: Recalculation, entry: Entry, outcome: Outcome,
              extent: Extent) -> Iterator[Explanation]:
        with suppress(ExpressionError, ArithmeticError, ValueError):
            value = calculation.read(self._asked, self._anchor)
            yield Explanation(outcome, entry, extent, value, _rank(outcome, extent, self._is_ahead(entry.step)))

    def _everywhere(self, numbers: Sequence[Number]) -> Iterator[Explanation]:
        """Wrong rules that can be followed at several numbers, of those that take nothing that is another for each;
        what one spoils goes into the next as it is.
        """
        by_rule: dict[tuple[str, int], list[Number]] = defaultdict(list)
        for number in numbers:
            for (mistake, variant, which), places in self._rules(number).items():
                if not which and not is_slip(places):
                    by_rule[mistake, variant].append(number)
        for rule, where in by_rule.items():
            touched = self._way.reach(where)
            if len(where) < 2 or len(self._rows) * self._way.count_operands(where) * len(where) > MOST_WORK:
                continue
            places = {place: made for number in where for (*each, _), found in self._rules(number).items()
                      if tuple(each) == rule for place, made in found.items()}
            if any(self._way.reach([number]) & {*where} != {number} for number in where):
                yield from self._read(self._again(touched, {*where}, rule), *next(iter(places.values())),
                                      Extent.EVERYWHERE)
            else:
                yield from self._run(places, touched, Extent.EVERYWHERE)

    def _again(self, touched: set[Number], where: set[Number], rule: tuple[str, int]) -> Recalculation:
        """With a wrong rule that is followed with what it has made of other numbers before."""
        nodes = {nameless(number.line.quantity): number for number in touched if number.step.phase is Phase.FORWARD}

        def follow(calculation: Recalculation, number: Number, row: int | None) -> float | None:
            if number not in where or row is None:
                return None

            def instead(quantity: Quantity, at: int) -> float | None:
                node = nodes.get(nameless(quantity))
                return calculation.read(node, at) if node else None
            entry = self._entry_of(number, row)._replace(value=calculation.work_out(number, row))
            made = outcomes(VariableReader(self._trace, entry.epoch, instead).scopes(entry, any_too=False))
            return next((each.value for each in made if (each.mistake.say, each.variant) == rule), None)
        return Recalculation(self._truth, touched, follow)
