"""Practising on the screen: what is typed, what is said of it, which hint comes next."""

from dataclasses import dataclass, field

from engine.learner import Learner
from engine.quantity import Quantity
from engine.session import Cursor, GoTo, Session, act
from engine.tutor import Tutor, passage, slip
from tui.prompt import Prompt

INVITATION = "Type the number, or a formula, and press Enter."


@dataclass(slots=True)
class Practice:
    """The questions of one session. `message` is about the last answer or hint; `begun` is whether the first question
    of an epoch is asked, or its summary is still shown.
    """

    tutor: Tutor
    learner: Learner
    prompt: Prompt = field(default_factory=Prompt)
    message: str = INVITATION
    begun: bool = False
    hints_given: int = 0
    attempted: set[Cursor] = field(default_factory=set)
    slips: dict[Quantity, float] = field(default_factory=dict)
    _passage: tuple[object, ...] | None = None

    def asks(self, session: Session) -> bool:
        """Whether the number after the session's place is asked for: not between two epochs."""
        cursor = session.cursor
        return cursor.step < session.trace.script.length and (cursor.step > 0 or cursor.epoch == 1 or self.begun)

    def moved(self) -> None:
        """The learner went elsewhere: another question stands there."""
        self.prompt = Prompt()
        self.message, self.hints_given, self.begun = INVITATION, 0, False

    def answer(self, session: Session) -> Session:
        """Judge what is typed; the session goes on when the question is done."""
        if not self.asks(session):
            return self._into_epoch(session)
        if not self.prompt.text.strip():
            return session
        epoch, index = session.cursor.epoch, session.cursor.step
        self._remember(session, index)
        verdict = self.tutor.judge(epoch, index, self.prompt.text, self.slips)
        self.message, self.prompt.is_done = verdict.message, True
        if verdict.reason not in ("coarse", "unreadable"):
            self._observe(session, verdict.correct)
        if not verdict.done:
            left = slip(session.trace.entry(epoch, index), self.prompt.text, self.tutor.names(epoch, index))
            if left and not verdict.correct:
                self.slips[left[0]] = left[1]
            return session
        return self._go_on(session, f"Right. {verdict.message}" if verdict.reason == "exact" else verdict.message)

    def fill_in(self, session: Session) -> Session:
        """Show the number instead of asking for it."""
        if not self.asks(session):
            return self._into_epoch(session)
        self._observe(session, is_right=False)
        return self._go_on(session, self.tutor.given_up(session.cursor.epoch, session.cursor.step).message)

    def hint(self, session: Session) -> None:
        """One hint more, each deeper; the last is the number itself."""
        if self.asks(session):
            self._observe(session, is_right=False)
            hints = self.tutor.hints(session.cursor.epoch, session.cursor.step)
            self.message = hints[min(self.hints_given, len(hints) - 1)]
            self.hints_given += 1

    def why(self, session: Session) -> None:
        """Say why the last number is as it is."""
        cursor = session.cursor
        if cursor.step:
            entry = session.trace.entry(cursor.epoch, cursor.step - 1)
            self.message = f"{entry.line.name}: {entry.why}"

    def calculate(self, session: Session) -> None:
        """Say what is typed comes to, without taking it as the answer."""
        if self.asks(session) and self.prompt.text.strip():
            self.message = self.tutor.calculated(session.cursor.epoch, session.cursor.step, self.prompt.text)

    def _observe(self, session: Session, is_right: bool) -> None:
        """The first attempt at a question tells what is known; a hint, or giving up, counts as not knowing."""
        if session.cursor not in self.attempted:
            skill = self.tutor.skill(session.cursor.epoch, session.cursor.step)
            self.learner.knowledge = self.learner.knowledge.observed(skill, is_right)
            self.attempted.add(session.cursor)

    def _into_epoch(self, session: Session) -> Session:
        """From the end of an epoch to the summary of its update; from there to the first question."""
        at_summary = session.cursor.step == 0
        if not at_summary:
            session = act(session, GoTo(Cursor(session.cursor.epoch + 1, 0)))
        self.moved()
        self.begun = at_summary
        return session

    def _go_on(self, session: Session, message: str) -> Session:
        """To the next number that is asked; those that the learner knows are filled in on the way."""
        epoch, first, length = session.cursor.epoch, session.cursor.step + 1, session.trace.script.length
        step = first
        while step < length and not self.learner.knowledge.asks(self.tutor.skill(epoch, step), step + 1):
            step += 1
        self.moved()
        self.message = message
        if step > first:
            self.message += f" Filled in what you know: {step - first} more."
        return act(session, GoTo(Cursor(epoch, step)))

    def _remember(self, session: Session, index: int) -> None:
        """Earlier wrong numbers live on in their row's forward pass, or their parameter's chain."""
        now = (session.cursor.epoch, *passage(session.trace.script.step(index)))
        if now != self._passage:
            self.slips, self._passage = {}, now
