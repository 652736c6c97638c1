"""Learners who make one mistake, and learners who make none: how well the tutor knows them."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from engine.lesson.lesson import Lesson
from engine.trace.chain import Form
from engine.trace.trace import Entry, Trace
from engine.tutor.answer import is_same
from engine.tutor.judging import outcomes_at
from engine.tutor.precision import Precision
from engine.tutor.tutor import Tutor


@dataclass
class Score:
    """How many wrong answers were traced to their mistake, how many right ones were accepted; what was missed."""

    traced: int = 0
    wrong: int = 0
    accepted: int = 0
    right: int = 0
    missed: Counter[str] = field(default_factory=Counter)


def written(value: float, digits: int) -> str:
    """A number as a learner writes it, to some significant digits: 0.10000 to five."""
    return f"{value:#.{digits}g}".rstrip(".")


def steps(trace: Trace, most: int) -> range:
    """Indices spread over an epoch."""
    return range(0, trace.script.length, max(1, trace.script.length // most))


def score(lesson: Lesson, most_steps: int = 10_000, form: Form = "paths") -> Score:
    """Every mistake at every step, to five digits, but for the vague ones; right answers with 3 to 16 digits, as
    fractions and formulas.
    """
    trace, result = Trace(lesson, form), Score()
    tutor = Tutor(trace)
    for index in steps(trace, most_steps):
        entry = trace.entry(1, index)
        for outcome in outcomes_at(trace, entry, vague_too=False):
            answer = written(outcome.value, 5)
            if answer != written(entry.value, 5) and not is_same(outcome.value, entry.value):
                result.wrong += 1
                if outcome.mistake.id in tutor.judge(1, index, answer).mistakes:
                    result.traced += 1
                else:
                    result.missed[outcome.mistake.id] += 1
        for answer in right_answers(entry, tutor, index):
            result.right += 1
            verdict = tutor.judge(1, index, answer)
            result.accepted += verdict.correct and verdict.reason != "coarse"
            if not verdict.correct:
                result.missed[f"right: {entry.line.name} {answer} {verdict}"] += 1
    return result


def right_answers(entry: Entry, tutor: Tutor, index: int) -> Iterator[str]:
    """A number in many ways, and as it is written, where every derivative in that can be named in an answer. To so few
    digits that a new value is the old one too nobody's is right.
    """
    value, formula, old = entry.value, entry.line.formula, Precision(tutor.trace, entry).old
    for digits in range(3, 17):
        if old is None or written(old, digits) != written(value, digits):
            yield written(value, digits)
    yield repr(value).replace("-", "−")
    for denominator in (2, 4, 5, 8, 10):
        if float(value * denominator).is_integer() and abs(value) < 100:
            yield f"{int(value * denominator)}/{denominator}"
    kinds = ("value", "net_input", "activation", "delta", "factor", "moment", "update")
    can_be_named = {*re.findall(r"∂\w+/∂\w+", formula)} <= {*tutor.known.derivatives(1, index)}
    if tutor.trace.script.step(index).kind.value in kinds and "…" not in formula and can_be_named:
        yield formula
