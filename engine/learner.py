"""Who walks a lesson: what they know, how they walk it, and the notebook in which it is kept."""

import threading
from dataclasses import dataclass, field
from pathlib import Path

from engine.knowledge import Knowledge
from engine.progress import Mode, Place, Progress, save
from engine.session import Session

SECONDS_TO_CLOSE, SECONDS_TO_SETTLE = 3.0, 0.5
SECONDS_FOR_THE_SCREEN = 0.02  # to show what happened before it is written down: both take the same processor


class Notebook:
    """Writes progress down in a thread of its own, the newest only: a slow disk or network home holds nobody up."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._latest: Progress | None = None
        self._is_writing = self._is_closed = self._is_waited_for = False
        self._thread: threading.Thread | None = None

    def keep(self, progress: Progress) -> None:
        """Have it written, soon."""
        with self._changed:
            self._latest = progress
            if self._thread is None:
                self._thread = threading.Thread(target=self._write, name="notebook", daemon=True)
                self._thread.start()
            self._changed.notify_all()

    def settle(self, seconds: float = SECONDS_TO_SETTLE) -> None:
        """Wait until all is written, but not for ever."""
        with self._changed:
            self._is_waited_for = True
            self._changed.notify_all()
            self._changed.wait_for(lambda: self._latest is None and not self._is_writing, seconds)
            self._is_waited_for = False

    def close(self) -> None:
        """Write what is left, and no more."""
        with self._changed:
            self._is_closed = True
            self._changed.notify_all()
        self.settle(SECONDS_TO_CLOSE)

    def _write(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._latest is not None or self._is_closed)
                if self._latest is None:
                    return
                self._changed.wait_for(lambda: self._is_waited_for, SECONDS_FOR_THE_SCREEN)
                progress, self._latest, self._is_writing = self._latest, None, True
            save(progress)
            with self._changed:
                self._is_writing = False
                self._changed.notify_all()


@dataclass(slots=True)
class Learner:
    """One learner in one lesson. Without a notebook nothing is kept."""

    lesson: str = ""
    numbers: int | None = None
    knowledge: Knowledge = field(default_factory=Knowledge)
    mode: Mode = "watch"
    answers: dict[int, str] = field(default_factory=dict)  # not judged yet, by the index of their step
    notebook: Notebook | None = None
    places: dict[str, Place] = field(default_factory=dict)  # in every lesson begun
    folder: Path | None = None  # whose lessons are the course; None: those that come with handgrad
    is_watching: bool = False  # the lesson's file, which somebody is writing
    _kept: Progress | None = None

    @classmethod
    def at(cls, place: Place, kept: Progress, notebook: Notebook | None = None) -> "Learner":
        """At a place, with all that is kept of them."""
        learner = cls(knowledge=kept.knowledge, notebook=notebook, places=dict(kept.places))
        learner.turn_to(place)
        return learner

    def turn_to(self, place: Place) -> None:
        """Take up a place, perhaps in another lesson."""
        self.lesson, self.numbers, self.mode, self.answers = \
            place.lesson, place.numbers, place.mode, dict(place.answers)

    def keep(self, session: Session) -> None:
        """Have the place and the knowledge written down, if they are not what was last written."""
        progress = self.progress(session)
        if progress.place:
            self.places[self.lesson] = progress.place
        if self.notebook and progress != self._kept:
            self._kept = progress
            self.notebook.keep(progress)

    def save_now(self, session: Session) -> None:
        """Write it down at once, past the notebook: the process is about to end."""
        if self.notebook:
            save(self.progress(session))

    def settle(self) -> None:
        """Before the next answer counts, the one before is written down: so that one is the most that can be lost."""
        if self.notebook:
            self.notebook.settle()

    def progress(self, session: Session) -> Progress:
        """What there is to keep, where a session stands."""
        before = self.places.get(self.lesson)
        furthest = max(session.cursor.epoch, before.furthest if before else 1)
        return Progress(Place(self.lesson, session.cursor, self.numbers, self.mode, dict(self.answers),
                              session.trace.chains.form, session.changes, furthest), self.knowledge)
