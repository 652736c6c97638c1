"""By hand: an exam. Every number is asked for, and the verdicts come at the end of a row's chain, all together."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from engine.graph.expression import ExpressionError
from engine.learner.learner import Learner
from engine.text.notation import number
from engine.trace.trace import Entry
from engine.tutor.answer import Verdict
from engine.tutor.tutor import Tutor
from engine.walk.exam import OPEN, Exam, chain_around
from engine.walk.session import Session
from tui.app.practice import Practice

NO_HINTS = "By hand there are no hints; a number may be left open."
MORE = " (press ! for the next)"


@dataclass(slots=True)
class ByHand(Practice):
    """Practice whose answers stand as they were written until their chain ends. What was handed in stays marked until
    the next chain is.
    """

    exam: Exam | None = None
    _wrong: frozenset[int] = frozenset()
    _verdicts: list[str] = field(default_factory=list)
    _read: int = 0
    _count: str = ""
    _is_new: bool = False  # what was handed in last is not told yet

    def resume(self, session: Session) -> None:
        """Take up the answers that the learner has written already."""
        self.exam = Exam.resumed(self.tutor, session.cursor, self.learner.answers)
        self._say_how_many()

    @property
    def written(self) -> Mapping[int, float | None]:
        """What the answers come to that are not judged yet."""
        return self.exam.values if self.exam else {}

    @property
    def wrong(self) -> frozenset[int]:
        """The steps answered wrong, or not at all, in the chain that was handed in last."""
        return self._wrong

    @property
    def report(self) -> list[str]:
        """The message; after a chain every verdict that is not simply right."""
        whole, self._is_new = self._is_new, False
        return [self._count, *self._verdicts] if whole else [self.message]

    def fill_in(self, session: Session) -> Session:
        """Leave the number open."""
        return self._write(session, OPEN) if self.asks(session) else self._into_epoch(session)

    def hint(self, session: Session) -> None:  # noqa: ARG002
        """There are none."""
        self.message = NO_HINTS

    def why(self, session: Session) -> None:
        """The next verdict of the chain that was handed in; when all are read, why the last number is as it is."""
        if self.written:
            self.message = NO_HINTS
        elif self._read < len(self._verdicts):
            self.message = self._next_verdict()
        else:
            Practice.why(self, session)

    def calculate(self, session: Session, own: Mapping[str, float | None] | None = None) -> None:
        """A side calculation, with the learner's own numbers."""
        Practice.calculate(self, session, self.exam.own(session.cursor.step) if self.exam else own)

    def moved(self, session: Session) -> None:
        """Back to a number of one's own to change it; anywhere else, what is written is handed in."""
        place, exam = session.cursor, self.exam
        if exam and place.epoch == exam.epoch and place.step in exam.answers:
            text = exam.keep_before(place.step)
            self._begin()
            self.prompt.text = text
            self.learner.answers = dict(exam.answers)
            self._say_how_many()
        else:
            said = self._hand_in() if self.written else ""
            self._begin()
            self.message = said or self.message

    def leave(self) -> str:
        """Hand in what is written; `report` has every verdict then."""
        if not self.written:
            return ""
        self.message = self._hand_in().removesuffix(MORE)
        return self.message

    def _take(self, session: Session) -> Session:
        """Write down what is typed, unjudged."""
        return self._write(session, self.prompt.text)

    def _write(self, session: Session, text: str) -> Session:
        index = session.cursor.step
        if self.exam is None or self.exam.epoch != session.cursor.epoch:
            self.exam = Exam(self.tutor, session.cursor.epoch)
        try:
            self.exam.write(index, text)
        except ExpressionError as error:
            self.message, self.prompt.is_done = f"{error}, at character {error.position + 1}", True
            return session
        self.learner.answers = dict(self.exam.answers)
        ends = index + 1 not in chain_around(session.trace.script, index)
        said = self._hand_in() if ends else ""
        session = self._go_on(session, said)
        if not ends:
            self._say_how_many()
        return session

    def _fills_in(self, epoch: int, index: int) -> bool:  # noqa: ARG002
        return False

    def _hand_in(self) -> str:
        """Judge all that is written, in order: a wrong number may live on in the next ones."""
        if self.exam is None:
            return ""
        right, wrong, self._verdicts, self._read = 0, set(), [], 0
        for index, text in sorted(self.exam.answers.items()):
            entry = self.tutor.trace.entry(self.exam.epoch, index)
            if text == OPEN:
                self._observe(self.exam.epoch, index, is_right=False)
                verdict = self.tutor.give_up(self.exam.epoch, index)
            else:
                verdict = self._judge(self.exam.epoch, index, text, self.exam.own(index))
            is_right = verdict.correct and verdict.reason != "coarse"
            right += is_right
            if not is_right:
                wrong.add(index)
            if verdict.reason != "exact":
                self._verdicts.append(_said(entry, verdict))
        count = len(self.exam.answers)
        self.exam, self._wrong, self.learner.answers = None, frozenset(wrong), {}
        said = "Right." if right == count == 1 else f"All {count} right." if right == count else \
            f"{right} of {count} right." if count > 1 else "Not right."
        self._count, self._is_new = said, len(self._verdicts) > 1
        return f"{said} {self._next_verdict()}" if self._verdicts else said

    def _next_verdict(self) -> str:
        self._read += 1
        return self._verdicts[self._read - 1] + MORE * (self._read < len(self._verdicts))

    def _say_how_many(self) -> None:
        if values := self.written.values():
            left_open = sum(value is None for value in values)
            counts = [f"{len(values) - left_open} written down"] + [f"{left_open} left open"] * (left_open > 0)
            self.message = f"{', '.join(counts)}; the verdicts come together, at the row's end."


def practice_for(session: Session, learner: Learner) -> Practice | None:
    """What asks the learner, in the mode they are in; None where they watch."""
    match learner.mode:
        case "practise":
            return Practice(Tutor(session.trace), learner)
        case "by hand":
            exam = ByHand(Tutor(session.trace), learner)
            exam.resume(session)
            return exam
    return None


def followed(practice: Practice | None, before: Session, after: Session, learner: Learner) -> Practice | None:
    """Who asks after a movement; where the numbers or the steps have become others, somebody new."""
    if practice is None:
        return None
    if before.trace is after.trace:
        practice.moved(after)
        return practice
    said = practice.leave()
    following = practice_for(after, learner)
    if following and said:
        following.message = said
    return following


def _said(entry: Entry, verdict: Verdict) -> str:
    """A verdict as it is read later: with the name, and with the right number where there was another."""
    if verdict.reason == "coarse":
        return f"{entry.line.name} = {number(entry.value)}: yours had too few digits."
    if verdict.message.startswith(entry.line.name):
        return verdict.message
    return f"{entry.line.name}: {verdict.message}" + f" It is {number(entry.value)}." * (not verdict.correct)
