"""Watching the lesson's file while somebody writes it: a timer that exists only with --watch."""

from collections.abc import Callable

from textual.message_pump import MessagePump

from engine.course.watching import SECONDS_BETWEEN_LOOKS, stamp


class FileWatch:
    """Calls `changed` when a file was saved again."""

    def __init__(self, owner: MessagePump, path: str, changed: Callable[[], None]) -> None:
        self._path, self._changed, self._seen = path, changed, stamp(path)
        owner.set_interval(SECONDS_BETWEEN_LOOKS, self._look)

    def _look(self) -> None:
        seen, self._seen = self._seen, stamp(self._path)
        if self._seen not in (seen, None):
            self._changed()
