"""Watching the lesson's file while somebody writes it: a timer that exists only with --watch, and only for a file."""

from collections.abc import Callable

from textual.message_pump import MessagePump
from textual.timer import Timer

from engine.course.watching import SECONDS_BETWEEN_LOOKS, WatchedLesson, has_file, tell_absence, tell_error
from engine.lesson.lesson import LessonError


class FileWatch:
    """Calls `read_again` when the file of the lesson in hand was saved. `trouble` is why that can't be read, or that it
    is gone, until it can be; `tell` is called whenever there was news of it.
    """

    def __init__(self, owner: MessagePump, read_again: Callable[[], object], tell: Callable[[], object]) -> None:
        """`read_again` raises LessonError where it can't."""
        self._owner, self._read_again, self._tell = owner, read_again, tell
        self._watched = WatchedLesson()
        self._lesson = self.trouble = ""
        self._timer: Timer | None = None

    def follow(self, lesson: str) -> None:
        """This is the lesson in hand now."""
        if lesson == self._lesson:
            return
        self._lesson, self.trouble = lesson, ""
        if self._timer:
            self._timer.stop()
        self._watched.look(lesson)  # from now on
        self._timer = self._owner.set_interval(SECONDS_BETWEEN_LOOKS, self._look) if has_file(lesson) else None

    def _look(self) -> None:
        news = self._watched.look(self._lesson)
        if not news:
            return
        if news == "gone":
            self.trouble = tell_absence(self._lesson)
        else:
            try:
                self._read_again()
                self.trouble = ""
            except LessonError as error:
                self.trouble = tell_error(error)
        self._tell()
