"""Find the mistake on the screen: point at the wrong number, then say which mistake it is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from engine.text.notation import number
from engine.trace.cursor import Cursor
from engine.tutor.answer import FollowUp
from engine.tutor.find import Puzzle, puzzle, which
from engine.walk.session import Session

WHERE = "One of these numbers is wrong. Which?"


@dataclass(slots=True)
class FindMistake:
    """One puzzle after the other, in the epoch of a session; `pointed` is the index that is pointed at."""

    home: Session
    seed: int
    puzzle: Puzzle
    pointed: int
    message: str = WHERE
    which: FollowUp | None = None
    is_done: bool = False

    @classmethod
    def begun(cls, session: Session, seed: int = 1) -> "FindMistake | None":
        """A first puzzle; None where no mistake would show."""
        found = puzzle(session.trace, session.cursor.epoch, seed)
        return cls(session, seed, found, found.indices[0]) if found else None

    @property
    def session(self) -> Session:
        """The session at the end of the chain in which one number is wrong."""
        return replace(self.home, cursor=Cursor(self.puzzle.epoch, self.puzzle.indices[-1] + 1), derivation=False)

    @property
    def written(self) -> Mapping[int, float | None]:
        """What stands in place of the true numbers: nothing any more once the mistake is found."""
        return {} if self.which else self.puzzle.shown

    @property
    def keys(self) -> Sequence[tuple[str, str]]:
        """The keys that mean something now, and what."""
        leave = ("Esc", "leave")
        if self.is_done:
            return (("Enter", "another one"), leave)
        if self.which:
            return ((" ".join(self.which.replies), "say which mistake it is"), leave)
        return (("← →", "choose"), ("Enter", "take it"), leave)

    def press(self, key: str) -> bool:
        """Take a key; returns whether it means anything here."""
        indices = self.puzzle.indices
        if key in ("left", "right") and not self.which:
            step = 1 if key == "right" else -1
            self.pointed = indices[(indices.index(self.pointed) + step) % len(indices)]
        elif key == "enter" and self.is_done:
            self._next()
        elif key == "enter" and not self.which:
            self._take()
        elif self.which and not self.is_done and key in self.which.replies:
            self.message, self.is_done = self.which.replies[key], True
        else:
            return False
        return True

    def _take(self) -> None:
        entry = self.home.trace.entry(self.puzzle.epoch, self.pointed)
        if self.pointed == self.puzzle.wrong:
            self.which = which(self.home.trace, self.puzzle, self.seed)
            stood, right = number(self.puzzle.outcome.value), number(entry.value)
            self.message = f"Yes: {stood} stood there, it is {right}. {self.which.question}"
        elif self.pointed in self.puzzle.shown:
            self.message = f"{entry.line.name} is only what follows from another. Where does it begin?"
        else:
            sides = " = ".join(entry.sides(number(entry.value))[1:])
            self.message = f"{entry.line.name} is right: {sides}. Which is it?"

    def _next(self) -> None:
        following = FindMistake.begun(self.home, self.seed + 1)
        if following:
            self.seed, self.puzzle, self.pointed = following.seed, following.puzzle, following.pointed
            self.message, self.which, self.is_done = WHERE, None, False
