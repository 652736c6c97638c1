"""Writing progress down beside the walk: a slow disk or network home holds nobody up."""

import threading
from collections.abc import Callable

from engine.learner.progress import Progress
from engine.learner.progress_folder import NotKeptError, save_progress

SECONDS_TO_CLOSE, SECONDS_TO_FLUSH = 3.0, 0.5
SECONDS_FOR_THE_SCREEN = 0.02  # to show what happened before it is written down: both take the same processor
NOT_TAKEN = "what was done last may be lost: the disk did not take it in time"


class ProgressWriter:
    """Writes progress down in a thread of its own, of each lesson the newest only.

    `report` is told when trouble begins, and what had to be set aside, in that thread. `set_aside` is all of the
    latter, `fault` what was raised there that nobody foresaw. What could not be written is tried once more at the end.
    """

    def __init__(self, save: Callable[[Progress], str | None] = save_progress) -> None:
        self.set_aside: list[str] = []
        self.fault: Exception | None = None
        self.report: Callable[[str], object] = lambda _: None
        self._save = save
        self._changed = threading.Condition()
        self._latest: dict[str, Progress] = {}  # by the key of the lesson, as the next two
        self._failed: dict[str, Progress] = {}
        self._troubles: dict[str, str] = {}
        self._written: set[str] = set()
        self._last: Progress | None = None
        self._is_writing = self._is_closed = self._is_waited_for = False
        self._thread: threading.Thread | None = None

    @property
    def trouble(self) -> str:
        """Why something can't be kept, if something can't."""
        return next(iter(self._troubles.copy().values()), "")

    def write_soon(self, progress: Progress) -> None:
        """Have it written, soon."""
        with self._changed:
            self._last = progress
            self._put_behind(progress)
            if self._thread is None:
                self._thread = threading.Thread(target=self._write, name="progress writer", daemon=True)
                self._thread.start()
            self._changed.notify_all()

    def write_now(self, progress: Progress) -> str | None:
        """Write it here and now; returns what was set aside for that. A file that was written from here is known here.
        Raises NotKeptError.
        """
        lesson = _lesson(progress)
        note = self._save(progress._replace(known=None) if lesson in self._written else progress)
        self._written.add(lesson)
        return note

    def flush(self, seconds: float = SECONDS_TO_FLUSH) -> bool:
        """Have it written at once, and wait until it is, but not for ever; returns whether it is."""
        with self._changed:
            self._is_waited_for = True
            self._changed.notify_all()
            is_written = self._changed.wait_for(lambda: not self._latest and not self._is_writing, seconds)
            self._is_waited_for = False
        return is_written

    def close(self) -> None:
        """Write what is left, and no more; where the disk does not take it in time, that is the trouble."""
        with self._changed:
            self._is_closed = True
            if self._failed and self._last:
                self._latest, self._failed = {**self._failed, **self._latest}, {}
                self._put_behind(self._last)
            self._changed.notify_all()
        if not self.flush(SECONDS_TO_CLOSE):
            self._troubles.setdefault("", NOT_TAKEN)

    def _put_behind(self, progress: Progress) -> None:
        """Behind the others: what was done last is written last."""
        for waiting in (self._latest, self._failed):
            waiting.pop(_lesson(progress), None)
        self._latest[_lesson(progress)] = progress

    def _write(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: bool(self._latest) or self._is_closed)
                if not self._latest:
                    return
                self._changed.wait_for(lambda: self._is_waited_for, SECONDS_FOR_THE_SCREEN)
                latest, self._latest, self._is_writing = self._latest, {}, True
            for progress in latest.values():
                self._try_to_save(progress)
            with self._changed:
                self._is_writing = False
                self._changed.notify_all()

    def _try_to_save(self, progress: Progress) -> None:
        """Save it; trouble that goes on is reported once."""
        trouble, lesson = "", _lesson(progress)
        try:
            if note := self.write_now(progress):
                self.set_aside.append(note)
                self.report(note)
        except NotKeptError as error:
            trouble = str(error)
        except Exception as error:  # the thread goes on: the next one may be written
            trouble, self.fault = f"nothing can be kept (a fault of ours, {type(error).__name__})", error
        if trouble and not self.trouble:
            self.report(trouble)
        with self._changed:
            if not trouble:
                self._troubles.pop(lesson, None)
                return
            self._troubles[lesson] = trouble
            if lesson not in self._latest:
                self._failed[lesson] = progress


def _lesson(progress: Progress) -> str:
    return progress.bookmark.key if progress.bookmark else ""
