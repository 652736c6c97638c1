"""What each common mistake would give where a number is asked for: beside the right number on a key, and as the wrong
answers of a question bank.
"""

import math
from collections.abc import Iterable, Iterator
from itertools import takewhile
from typing import NamedTuple

from engine.text.notation import DIGITS_SHOWN, number
from engine.tutor.answer import WHICH
from engine.tutor.explanations import Explanation, Extent, Rank
from engine.tutor.precision import Precision
from engine.tutor.tutor import Tutor

MOST_FURTHER_UP = 5


class WrongNumber(NamedTuple):
    """A number that a mistake gives, by its id, and what the tutor says to who typed it."""

    value: float
    mistake: str
    sentence: str


def wrong_numbers(tutor: Tutor, epoch: int, index: int, most: int) -> list[WrongNumber]:
    """Those of the step at an index, the commonest first: made at the number itself, then a few made once further up.
    Each is judged as that mistake, and so far from the right number and the others that none is taken for another.
    """
    entry = tutor.trace.entry(epoch, index)
    if not math.isfinite(entry.value):
        return []
    precision, found = Precision(tutor.trace, entry), list[WrongNumber]()
    taken = [(entry.value, precision.tolerance)]
    for value in _candidates(tutor, epoch, index):
        if len(found) == most:
            break
        around = precision.tolerance_at(value)
        if all(abs(value - other) > around + tolerance for other, tolerance in taken):
            verdict = tutor.judge(epoch, index, _show(value, around))
            if verdict.mistakes:
                taken.append((value, around))
                found.append(WrongNumber(value, verdict.mistakes[0], verdict.message.removesuffix(WHICH)))
    return found


def _candidates(tutor: Tutor, epoch: int, index: int) -> Iterator[float]:
    """What comes of mistakes that say something of the number: those made here, those made further up, each once; then
    those made here with the other things that they may take.
    """
    once = list(takewhile(lambda each: each.rank is Rank.ONCE, tutor.explanations(epoch, index)))
    here, again = _part([each for each in once if each.extent is Extent.HERE])
    further_up, _ = _part([each for each in once if each.extent is not Extent.HERE])
    yield from (each.value for each in (*here, *further_up[:MOST_FURTHER_UP], *again) if math.isfinite(each.value))


def _part(explanations: Iterable[Explanation]) -> tuple[list[Explanation], list[Explanation]]:
    """The first of each mistake, and the others."""
    first = dict[str, Explanation]()
    others = [each for each in explanations if first.setdefault(each.outcome.mistake.id, each) is not each]
    return list(first.values()), others


def _show(value: float, around: float) -> str:
    """A number as it is shown, to so many digits that it is told from its neighbours."""
    shown = (number(value, digits) for digits in DIGITS_SHOWN)
    return next(text for text in shown if abs(float(text.replace("−", "-")) - value) <= around)
