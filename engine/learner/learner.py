"""Who walks a lesson: what they know, how they walk it, and the notebook in which it is kept."""

import threading
from dataclasses import dataclass, field
from pathlib import Path

from engine.learner.knowledge import Knowledge
from engine.learner.progress import Bookmark, Mode, Progress, save
from engine.walk.session import Session

SECONDS_TO_CLOSE, SECONDS_TO_SETTLE = 3.0, 0.5
SECONDS_FOR_THE_SCREEN = 0.02  # to show what happened before it is written down: both take the same processor


class ProgressWriter:
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

    def flush(self, seconds: float = SECONDS_TO_SETTLE) -> None:
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
        self.flush(SECONDS_TO_CLOSE)

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
    seed: int | None = None
    knowledge: Knowledge = field(default_factory=Knowledge)
    mode: Mode = "watch"
    answers: dict[int, str] = field(default_factory=dict)  # not judged yet, by the index of their step
    notebook: ProgressWriter | None = None
    bookmarks: dict[str, Bookmark] = field(default_factory=dict)  # in every lesson begun
    folder: Path | None = None  # whose lessons are the course; None: those that come with handgrad
    is_watching: bool = False  # the lesson's file, which somebody is writing
    _kept: Progress | None = None

    @classmethod
    def at(cls, bookmark: Bookmark, kept: Progress, notebook: ProgressWriter | None = None) -> "Learner":
        """At a place, with all that is kept of them."""
        learner = cls(knowledge=kept.knowledge, notebook=notebook, bookmarks=dict(kept.bookmarks))
        learner.turn_to(bookmark)
        return learner

    def turn_to(self, bookmark: Bookmark) -> None:
        """Take up a place, perhaps in another lesson."""
        self.lesson, self.seed, self.mode, self.answers = \
            bookmark.lesson, bookmark.seed, bookmark.mode, dict(bookmark.answers)

    def keep(self, session: Session) -> None:
        """Have the place and the knowledge written down, if they are not what was last written."""
        progress = self.progress(session)
        if progress.bookmark:
            self.bookmarks[self.lesson] = progress.bookmark
        if self.notebook and progress != self._kept:
            self._kept = progress
            self.notebook.keep(progress)

    def save_now(self, session: Session) -> None:
        """Write it down at once, past the notebook: the process is about to end."""
        if self.notebook:
            save(self.progress(session))

    def flush(self) -> None:
        """Before the next answer counts, the one before is written down: so that one is the most that can be lost."""
        if self.notebook:
            self.notebook.flush()

    def progress(self, session: Session) -> Progress:
        """What there is to keep, where a session stands."""
        before = self.bookmarks.get(self.lesson)
        furthest = max(session.cursor.epoch, before.furthest if before else 1)
        return Progress(Bookmark(self.lesson, session.cursor, self.seed, self.mode, dict(self.answers),
                              session.trace.chains.form, session.changes, furthest), self.knowledge)
