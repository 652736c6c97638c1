"""Who walks a lesson: what they know, how they walk it, and the notebook in which it is kept."""

from dataclasses import dataclass, field
from pathlib import Path

from engine.learner.knowledge import Knowledge
from engine.learner.progress import Bookmark, Mode, Progress
from engine.learner.progress_folder import save_progress
from engine.learner.writer import ProgressWriter
from engine.walk.session import Session


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
            self.notebook.write_soon(progress)

    def save_now(self, session: Session) -> None:
        """Write it down at once, past the notebook: the process is about to end."""
        if self.notebook:
            save_progress(self.progress(session))

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
