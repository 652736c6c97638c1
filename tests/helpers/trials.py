"""What the judge is tried with is counted: how many there were, and what of them is not judged as it should be."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from engine.lesson.lesson import Lesson
from engine.trace.chain import Form
from engine.trace.trace import Trace
from engine.tutor.answer import Verdict
from engine.tutor.tutor import Tutor

FORMS: tuple[Form, ...] = ("paths", "delta")


@dataclass
class Trial:
    """How many there were, of them how many are judged as they should be, how many of these by another name that comes
    to the same, how many wrong ones passed as right; and what was missed, each with an example.
    """

    count: int = 0
    held: int = 0
    other_name: int = 0
    passed: int = 0
    missed: Counter[str] = field(default_factory=Counter)
    examples: dict[str, str] = field(default_factory=dict)

    def miss(self, what: str, example: str) -> None:
        self.missed[what] += 1
        self.examples.setdefault(what, example)

    def __add__(self, other: "Trial") -> "Trial":
        return Trial(self.count + other.count, self.held + other.held, self.other_name + other.other_name,
                     self.passed + other.passed, self.missed + other.missed, {**other.examples, **self.examples})

    @property
    def share(self) -> float:
        return self.held / max(self.count, 1)


def questions_of(lesson: Lesson, forms: Iterable[Form] = FORMS) -> list[tuple[Tutor, int]]:
    """Every question of the first epoch, in both forms."""
    tutors = [Tutor(Trace(lesson, form)) for form in forms]
    return [(tutor, index) for tutor in tutors for index in range(tutor.trace.script.length)]


def tell(tutor: Tutor, index: int, typed: str, verdict: Verdict) -> str:
    """A question, an answer, and what is said of it."""
    entry, trace = tutor.trace.entry(1, index), tutor.trace
    return (f"{trace.lesson.id} by {trace.chains.form} 1:{index} {entry.line.name} = {entry.value!r}: {typed} judged "
            f"{verdict.reason} {[*zip(verdict.mistakes, verdict.where, strict=False)]}, {verdict.message}")
