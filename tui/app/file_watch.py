"""Watching the lesson's file while somebody writes it: a timer that exists only with --watch, and only for a file."""

from collections.abc import Callable

from textual.message_pump import MessagePump
from textual.timer import Timer

from engine.course.watching import SECONDS_BETWEEN_LOOKS, News, WatchedLesson, has_file


class FileWatch:
    """Calls `changed` when the file of the lesson in hand was saved again, or is there no more."""

    def __init__(self, owner: MessagePump, changed: Callable[[News], object]) -> None:
        self._owner, self._changed, self._watched = owner, changed, WatchedLesson()
        self._lesson = ""
        self._timer: Timer | None = None

    def follow(self, lesson: str) -> None:
        """This is the lesson in hand now."""
        if lesson == self._lesson:
            return
        self._lesson = lesson
        if self._timer:
            self._timer.stop()
        self._watched.look(lesson)  # from now on
        self._timer = self._owner.set_interval(SECONDS_BETWEEN_LOOKS, self._look) if has_file(lesson) else None

    def _look(self) -> None:
        if news := self._watched.look(self._lesson):
            self._changed(news)
