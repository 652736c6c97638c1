"""Noticing that a file was saved again."""

import os
import time
from collections.abc import Iterator, Sequence

SECONDS_BETWEEN_LOOKS = 0.5

Stamp = tuple[int, int, int]


def stamp(path: str) -> Stamp | None:
    """What changes when a file is written again, in place or by another put in its place; None while there is none."""
    try:
        found = os.stat(path)
    except (OSError, ValueError):
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino


class WatchedLesson:
    """The lesson in hand, as its file was at the last look."""

    def __init__(self) -> None:
        self._lesson = ""
        self._seen: Stamp | None = None

    def was_saved(self, lesson: str) -> bool:
        """Whether the lesson's file was saved since the last look at it; another one than before was not."""
        before, seen = self._lesson, self._seen
        self._lesson, self._seen = lesson, stamp(lesson) if has_file(lesson) else None
        return lesson == before and self._seen not in (seen, None)


def has_file(lesson: str) -> bool:
    """Whether a lesson is a learner's file, named by its whole path; those that come with handgrad don't change."""
    return os.path.isabs(lesson)


def changes(paths: Sequence[str]) -> Iterator[str]:
    """Each path when its file is saved again, for ever."""
    seen = {path: stamp(path) for path in paths}
    while True:
        time.sleep(SECONDS_BETWEEN_LOOKS)
        for path in paths:
            if (now := stamp(path)) != seen[path] and now is not None:
                seen[path] = now
                yield path
