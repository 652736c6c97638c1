"""Practising on the screen: what is typed, what is said of it, which hint comes next."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from engine.graph.quantity import Quantity
from engine.learner.knowledge import ORIGINS
from engine.learner.learner import Learner
from engine.trace.cursor import Cursor
from engine.tutor.answer import FollowUp, Verdict
from engine.tutor.tutor import Tutor, passage, slip
from engine.walk.session import GoTo, Move, Session, act
from tui.view.prompt import Prompt

INVITATION = "Type the number, or a formula, and press Enter."
RECALLED_EVERY = 5  # of so many factors answered right, one is asked about again: which is it?
LEFT_TO_THE_SCREEN = {"left", "up", "down", "pageup", "pagedown", "home", "end", "escape", "tab", "f1"}


@dataclass(slots=True)
class Practice:
    """The questions of one session. `message` is about the last answer or hint; `begun` is whether the first question
    of an epoch is asked, or its summary is still shown; `follow_up` is a one-key question that stands beside.
    """

    tutor: Tutor
    learner: Learner
    prompt: Prompt = field(default_factory=Prompt)
    message: str = INVITATION
    begun: bool = False
    hints_given: int = 0
    follow_up: FollowUp | None = None
    attempted: set[Cursor] = field(default_factory=set)
    slips: dict[Quantity, float] = field(default_factory=dict)
    mistake: str | None = None  # just made
    factors_right: int = 0
    _passage: tuple[object, ...] | None = None

    @property
    def written(self) -> Mapping[int, float | None]:
        """Answers that stand unjudged, by the index of their step: none, here they are judged at once."""
        return {}

    @property
    def wrong(self) -> frozenset[int]:
        """Steps whose answers were just found wrong, all together."""
        return frozenset()

    @property
    def report(self) -> list[str]:
        """All there is to say, line by line."""
        return [self.message]

    def asks(self, session: Session) -> bool:
        """Whether the number after the session's place is asked for: not between two epochs."""
        cursor = session.cursor
        return cursor.step < session.trace.script.length and (cursor.step > 0 or cursor.epoch == 1 or self.begun)

    def press(self, key: str, character: str | None, session: Session) -> Session | None:
        """Take a key as part of an answer, and return the session after it; None if it is no such key."""
        match key:
            case "enter":
                return self.answer(session)
            case "right":
                return self.fill_in(session)
            case "question_mark" if self.asks(session):
                self.hint(session)
            case "exclamation_mark":
                self.why(session)
            case "equals_sign":
                self.calculate(session)
            case _ if key in LEFT_TO_THE_SCREEN or not self.asks(session):
                return None
            case _ if not self.reply(key):
                self.prompt.take(key, character)
        return session

    def reply(self, key: str) -> bool:
        """Answer the follow-up question with a key; returns whether it stands, and the key is one of its."""
        follow_up, self.follow_up = self.follow_up, None
        if follow_up is None or key not in follow_up.replies:
            return False
        self.message, self.prompt.is_done = follow_up.replies[key], True
        return True

    def moved(self, _session: Session) -> None:
        """The learner went elsewhere: another question stands there."""
        self._begin()

    def leave(self) -> str:
        """The learner goes on in another way; returns what is left to say."""
        return ""

    def answer(self, session: Session) -> Session:
        """Take what is typed as the answer; between two epochs, go on."""
        if not self.asks(session):
            return self._into_epoch(session)
        if not self.prompt.text.strip():
            self.message = INVITATION
            return session
        return self._take(session)

    def _take(self, session: Session) -> Session:
        """Judge what is typed; the session goes on when the question is done."""
        epoch, index = session.cursor.epoch, session.cursor.step
        verdict = self._judge(epoch, index, self.prompt.text)
        self.message, self.prompt.is_done = verdict.message, True
        self.mistake = verdict.mistakes[0] if len(verdict.mistakes) == 1 else None
        self.follow_up = self.tutor.follow_up(epoch, index, self.prompt.text) if verdict.mistakes else None
        if not verdict.done:
            return session
        is_exact = verdict.reason == "exact"
        session = self._go_on(session, f"Right. {verdict.message}" if is_exact else verdict.message)
        if is_exact and self.tutor.skill(epoch, index) in ORIGINS:
            self.factors_right += 1
            if self.factors_right % RECALLED_EVERY == 0 and (follow_up := self.tutor.recall(epoch, index)):
                self.follow_up, self.message = follow_up, f"Right. {follow_up.question}"
        return session

    def fill_in(self, session: Session) -> Session:
        """Show the number instead of asking for it."""
        if not self.asks(session):
            return self._into_epoch(session)
        self._observe(session.cursor.epoch, session.cursor.step, is_right=False)
        return self._go_on(session, self.tutor.give_up(session.cursor.epoch, session.cursor.step).message)

    def hint(self, session: Session) -> None:
        """One hint more, each deeper; the last is the number itself."""
        if not self.asks(session):
            return
        self._observe(session.cursor.epoch, session.cursor.step, is_right=False)
        hints = self.tutor.hints(session.cursor.epoch, session.cursor.step, self.mistake)
        self.message = hints[min(self.hints_given, len(hints) - 1)]
        self.hints_given += 1

    def why(self, session: Session) -> None:
        """Say why the last number is as it is."""
        cursor = session.cursor
        if cursor.step:
            entry = session.trace.entry(cursor.epoch, cursor.step - 1)
            self.message = f"{entry.line.name}: {entry.why}"

    def calculate(self, session: Session, own: Mapping[str, float | None] | None = None) -> None:
        """Say what is typed comes to, without taking it as the answer; `own` as in the tutor's `judge`."""
        if self.asks(session) and self.prompt.text.strip():
            self.message = self.tutor.calculate(session.cursor.epoch, session.cursor.step, self.prompt.text, own)

    def _begin(self) -> None:
        """A new question: nothing typed, nothing said."""
        self.prompt = Prompt()
        self.message, self.hints_given, self.begun = INVITATION, 0, False
        self.follow_up = self.mistake = None

    def _judge(self, epoch: int, index: int, text: str, own: Mapping[str, float | None] | None = None) -> Verdict:
        """Judge an answer, and learn from it: what is known, which wrong number may live on."""
        self._remember(epoch, index)
        verdict = self.tutor.judge(epoch, index, text, self.slips, own)
        if verdict.reason not in ("coarse", "unreadable"):
            self._observe(epoch, index, verdict.correct)
        if not verdict.correct:
            known = {name: value for name, value in (own or {}).items() if value is not None}
            left = slip(self.tutor.trace.entry(epoch, index), text, self.tutor.names(epoch, index) | known)
            self.slips |= dict([left] if left else [])
        return verdict

    def _observe(self, epoch: int, index: int, is_right: bool) -> None:
        """The first attempt at a question tells what is known; a hint, or giving up, counts as not knowing."""
        question = Cursor(epoch, index)
        if question not in self.attempted:
            self.learner.knowledge = self.learner.knowledge.observe(self.tutor.skill(epoch, index), is_right)
            self.attempted.add(question)

    def _into_epoch(self, session: Session) -> Session:
        """From the end of an epoch to the summary of its update; from there to the first question."""
        at_summary = session.cursor.step == 0
        if not at_summary:
            session = act(session, Move("step", 1))
        self._begin()
        self.begun = at_summary
        return session

    def _go_on(self, session: Session, message: str) -> Session:
        """To the next number that is asked; those that the learner knows are filled in on the way."""
        self.learner.flush()
        epoch, first, length = session.cursor.epoch, session.cursor.step + 1, session.trace.script.length
        step = first
        while step < length and self._fills_in(epoch, step):
            step += 1
        self._begin()
        note = " ".join(self.tutor.trace.note(epoch, first - 1).split())  # of the number just given
        self.message = " ".join(filter(None, (message, note)))
        if step > first:
            self.message += f" Filled in what you know: {step - first} more."
        return act(session, GoTo(Cursor(epoch, step)))

    def _fills_in(self, epoch: int, index: int) -> bool:
        """Whether a number is not asked for, because the learner knows how it is found."""
        return not self.learner.knowledge.asks(self.tutor.skill(epoch, index), index + 1)

    def _remember(self, epoch: int, index: int) -> None:
        """Earlier wrong numbers live on in their row's forward pass, or their parameter's chain."""
        now = (epoch, *passage(self.tutor.trace.script.step(index)))
        if now != self._passage:
            self.slips, self._passage = {}, now
