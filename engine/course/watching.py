"""Noticing that a file was saved again, or is there no more; and what to say of one that can't be read then."""

import os
import time
from collections.abc import Callable, Iterable, Iterator
from shlex import quote
from typing import Literal

from engine.lesson.lesson import LessonError
from engine.text.printable import printable

SECONDS_BETWEEN_LOOKS = 0.5
LOOKS_WITHOUT = 2  # before a file is said to be gone: an editor may be about to put another in its place

Stamp = tuple[int, int, int]
News = Literal["", "saved", "gone"]


def stamp(path: str) -> Stamp | None:
    """What changes when a file is written again, in place or by another put in its place; None while there is none."""
    try:
        found = os.stat(path)
    except (OSError, ValueError):
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino


class WatchedFile:
    """A file, as it was at the last look."""

    def __init__(self, path: str, is_new: bool = False) -> None:
        """`is_new`: that it is there is news."""
        self._path = path
        self._seen = self._last = None if is_new else stamp(path)
        self._missed = 0 if self._seen else LOOKS_WITHOUT

    def look(self) -> News:
        """What happened to it since the last look. One that is missing, or empty, may be about to be written: that is
        news if it is so at the next look too.
        """
        now, before = stamp(self._path), self._last
        self._last = now
        if now is None:
            self._missed += 1
            return "gone" if self._missed == LOOKS_WITHOUT else ""
        _, size, _ = now
        if size == 0 and now != before:
            return ""
        is_news = now != self._seen or self._missed >= LOOKS_WITHOUT
        self._seen, self._missed = now, 0
        return "saved" if is_news else ""


class WatchedLesson:
    """The lesson in hand, if it is a file."""

    def __init__(self) -> None:
        self._lesson = ""
        self._file: WatchedFile | None = None

    def look(self, lesson: str) -> News:
        """What happened to the lesson's file since the last look; nothing, where that was at another."""
        if lesson != self._lesson:
            self._lesson, self._file = lesson, WatchedFile(lesson) if has_file(lesson) else None
        return self._file.look() if self._file else ""


def has_file(lesson: str) -> bool:
    """Whether a lesson is a learner's file, named by its whole path; those that come with handgrad don't change."""
    return os.path.isabs(lesson)


class WatchedFiles:
    """Files that are listed anew at each look: `find` says which there are now. One that is gone is watched on."""

    def __init__(self, find: Callable[[], Iterable[str]]) -> None:
        self._find = find
        self._files = {path: WatchedFile(path) for path in find()}

    def look(self) -> Iterator[tuple[str, News]]:
        """What happened to each since the last look; one that was not there then is news when it is written."""
        for path in self._find():
            self._files.setdefault(path, WatchedFile(path, is_new=True))
        for path, file in self._files.items():
            if news := file.look():
                yield path, news


def changes(find: Callable[[], Iterable[str]]) -> Iterator[tuple[str, News]]:
    """Each path when its file is saved again, is new, or gone, for ever."""
    files = WatchedFiles(find)
    while True:
        time.sleep(SECONDS_BETWEEN_LOOKS)
        yield from files.look()


def wait_for_save(file: WatchedFile) -> None:
    """Wait for a file to be saved again."""
    while file.look() != "saved":
        time.sleep(SECONDS_BETWEEN_LOOKS)


def tell_error(error: LessonError) -> str:
    """What is wrong with a file that was saved: the first of it, and where to find the rest."""
    first, *others = error.problems
    rest = f"; and {len(others)} more: handgrad check {quote(printable(error.name, 200))}" * bool(others)
    return f"{printable(os.path.basename(error.name))}: {first}{rest}"


def tell_absence(path: str) -> str:
    """What is to be said of a file that is there no more."""
    return f"{printable(path, 200)}: deleted, or moved away; it is read again when it is back"
