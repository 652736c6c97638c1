"""Mistakes that a lesson's starting numbers hide: wherever one is made in the first epoch, it gives the right number,
or the same wrong one as another. Those are meant that other starting numbers would show; some are one by formula.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain, combinations
from typing import NamedTuple

from engine.lesson.lesson import Lesson
from engine.text.notation import number
from engine.trace.chain import Form
from engine.trace.trace import Trace
from engine.tutor.explanations import outcomes_at
from engine.tutor.mistakes_in_words import explain, first_clause

MOST_STEPS = 4_000  # of an epoch: a longer one is not looked through
MOST_WORK = 400_000  # rows times steps: a gradient's mistakes go through all rows
MOST_PARAMETERS_TRIED = 60  # one by one, for one that shows what is hidden
NUDGE = 0.01  # the farthest that a starting number is moved to see what it hides: a ReLU that is off stays off
GOLDEN = 0.618  # of which the multiples' fractions are all different

Place = tuple[Form, int]  # a step of the first epoch, by its index
Mistakes = tuple[str, ...]  # one that is hidden by the right number, or two by each other


class Hidden(NamedTuple):
    """Mistakes that can't be seen, or not be told apart; where, and in which words; a parameter that hides them, if it
    is one alone.
    """

    mistakes: Mistakes
    words: str
    parameter: str | None


@dataclass(frozen=True)
class _Numbers:
    """What each mistake gives at each place where it can be made, as it is written; nothing where that is right."""

    given: dict[str, dict[Place, frozenset[str]]]
    right: dict[Place, str]

    def shows(self, mistakes: Mistakes, place: Place) -> bool:
        """Whether a place shows that one mistake was made, or which of two."""
        found = [self.given[mistake].get(place, frozenset()) for mistake in mistakes]
        return bool(found[0]) if len(found) == 1 else found[0] != found[1]

    def places(self, mistakes: Mistakes) -> Iterator[Place]:
        """The places that show a mistake, or which of two it is."""
        every = chain.from_iterable(self.given[mistake] for mistake in mistakes if mistake in self.given)
        return (place for place in dict.fromkeys(every) if self.shows(mistakes, place))

    def hides(self) -> Iterator[Mistakes]:
        """The mistakes that no place shows; then the pairs of those it shows that no place tells apart."""
        seen = []
        for mistake, places in self.given.items():
            if any(places.values()):
                seen.append(mistake)
            else:
                yield (mistake,)
        for pair in combinations(seen, 2):
            if self.given[pair[0]].keys() & self.given[pair[1]].keys() and not any(self.places(pair)):
                yield pair


def find_hidden_mistakes(lesson: Lesson) -> list[Hidden]:
    """The mistakes that the lesson's starting numbers hide, though others near them would not."""
    steps = Trace(lesson).script.length
    if steps > MOST_STEPS or steps * lesson.rows > MOST_WORK:
        return []
    here, near = _read(lesson), _read(_nudge(lesson, *lesson.start))
    shown = ((mistakes, next(near.places(mistakes), None)) for mistakes in here.hides())
    return [_describe(lesson, mistakes, place) for mistakes, place in shown if place]


def _traces(lesson: Lesson) -> list[Trace]:
    by_paths = Trace(lesson)
    return [by_paths, by_paths.in_form("delta")] if by_paths.chains.by_paths else [by_paths]


def _read(lesson: Lesson, only: Place | None = None) -> _Numbers:
    """The numbers of all places, or of one alone."""
    numbers = _Numbers(defaultdict(dict), {})
    for trace in _traces(lesson):
        form = trace.chains.form
        for index in range(trace.script.length) if only is None else [only[1]] * (form == only[0]):
            entry, place = trace.entry(1, index), (form, index)
            right = numbers.right[place] = number(entry.value)
            for outcome in outcomes_at(trace, entry, vague_too=False):
                before = numbers.given[outcome.mistake.id].get(place, frozenset())
                numbers.given[outcome.mistake.id][place] = before | {number(outcome.value)} - {right}
    return numbers


def _nudge(lesson: Lesson, *names: str) -> Lesson:
    """The lesson with some starting numbers a little larger, each by another amount."""
    moved = {name: lesson.start[name] + NUDGE * (1 + k * GOLDEN % 1) / 2 for k, name in enumerate(names)}
    return replace(lesson, start={**lesson.start, **moved})


def _describe(lesson: Lesson, mistakes: Mistakes, place: Place) -> Hidden:
    trace = next(trace for trace in _traces(lesson) if trace.chains.form == place[0])
    entry = trace.entry(1, place[1])
    outcome = next(each for each in outcomes_at(trace, entry, vague_too=False) if each.mistake.id in mistakes)
    typed = number(outcome.value)
    words = f"both give {typed}" if len(mistakes) > 1 else \
        f"the right {typed} {first_clause(explain(trace, entry, outcome, typed), typed)} too"
    names = list(lesson.start)[:MOST_PARAMETERS_TRIED]
    parameter = next((name for name in names if _read(_nudge(lesson, name), place).shows(mistakes, place)), None)
    return Hidden(mistakes, f"at {entry.line.name} {words}", parameter)
