"""Which explanations give the number that was typed, as far as its digits tell."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from engine.graph.step import Kind, Phase
from engine.trace.trace import Entry
from engine.tutor.answer import SAME, Answer, is_same
from engine.tutor.explanations import Explanation, Explanations, Extent, Rank
from engine.tutor.precision import DIGITS_ASKED, DIGITS_NEARLY, Precision
from engine.tutor.written_numbers import rounded_numbers

MOST_OFFERED = 3
DIGITS_FAR_AWAY = 4  # by which a mistake made there is known
CLEAR_HERE, CLEAR_NEAR, CLEAR_FAR = 0.1, 0.02, 0.005  # of a step: what half a last digit may be, to be known by it
PART = ("row ", "path ")  # begins what says of which part of a sum a mistake is
OFF_BY_ROUNDING = 5e-4  # of a mistake's number: more would be many a number's


class Recognition:
    """Of one answer to the question about one step."""

    def __init__(self, entry: Entry, answer: Answer, precision: Precision, explanations: Explanations) -> None:
        self._entry, self._answer, self._precision, self._explanations = entry, answer, precision, explanations

    def find(self) -> list[Explanation]:
        """What gives the answer, of the nearest kind that there is. Who makes a mistake rounds on the way as well: made
        here, it is known by a few digits if it is a little off.
        """
        for _, group in groupby(self._explanations.all(self._entry), lambda each: each.rank):
            if found := self._which(group):
                return found
        is_rounded = self._answer.digits in range(DIGITS_ASKED, DIGITS_FAR_AWAY + 1)
        return self._which(self._made_here, OFF_BY_ROUNDING) if is_rounded else []

    def _which(self, group: Iterable[Explanation], off: float = 0.0) -> list[Explanation]:
        """Those that give the answer, of each number each mistake once, a few of them."""
        found = dict[tuple[str, str], Explanation]()
        for each in group:
            if self._is_answer(each, off) and not is_same(each.value, self._entry.value):
                found.setdefault(self._what(each, list(found.values())), each)
        return list(found.values())[:MOST_OFFERED]

    def _what(self, each: Explanation, nearer: list[Explanation]) -> tuple[str, str]:
        """What is offered once: a row, or a path, that is left out of a sum, a gradient, an update; one mistake that is
        made at a number. What is wrong with an update's step is not said of the gradient again.
        """
        outcome, is_of_update = each.outcome, self._entry.step.kind is Kind.UPDATE
        if outcome.which.startswith(PART) and not outcome.mistake.vague:
            return outcome.which, ""
        if is_of_update and each.entry.step.kind is Kind.GRADIENT and nearer and nearer[0].extent is Extent.HERE:
            return nearer[0].outcome.mistake.id, nearer[0].entry.line.name
        return outcome.mistake.id, outcome.which or each.entry.line.name

    def _is_answer(self, each: Explanation, off: float) -> bool:
        """Whether what comes of a mistake is what was typed, as far as can be seen, or off by a share of it; of a new
        value its step is looked at. Made far away, or in the forward pass, where many lie near one another, more digits
        are wanted, or it is the very number; 0 comes of much that is far away.
        """
        answer, value = self._answer, each.value
        is_here, is_near = each.extent is Extent.HERE, each.rank <= Rank.EVERYWHERE
        is_of_chain = is_near and self._entry.step.phase is not Phase.FORWARD
        wanted = DIGITS_NEARLY if is_here else DIGITS_ASKED if is_of_chain else DIGITS_FAR_AWAY
        if (answer.digits is not None and answer.digits < wanted) or is_same(value, answer.value):
            return is_same(value, answer.value) and (is_here or is_near or answer.value != 0)
        if off and is_same(value, float(f"{value:.{DIGITS_ASKED}g}")):
            return False  # a number that is so short nobody rounds
        old = self._precision.old
        step = value - (old or 0.0)
        tolerance = self._tolerance(value) + off * abs(step)
        is_rounding = is_near and self._precision.is_near(answer)  # before which a mistake comes
        share = CLEAR_HERE if is_here or is_rounding else CLEAR_NEAR if is_near else CLEAR_FAR
        if old is not None and tolerance > share * abs(step or self._entry.value - old):
            return False
        return abs(value - answer.value) <= tolerance

    def _tolerance(self, value: float) -> float:
        """How far a number may be from what was typed to be that: a formula with names alone is exact."""
        typed = self._answer.typed
        if typed is None:
            return self._answer.tolerance
        has_rounded = bool(rounded_numbers(typed.expression, DIGITS_ASKED))
        return self._answer.tolerance if has_rounded else SAME * abs(value)

    @property
    def _made_here(self) -> Iterator[Explanation]:
        """What gives which number by a wrong rule that is followed here."""
        return (each for each in self._explanations.here(self._entry) if each.rank is Rank.ONCE)
