"""Which lesson, where in it and with which numbers: the arguments that say so, and the walk they open."""

import argparse
from pathlib import Path

from engine.learner.progress import FORMS, Bookmark, Progress
from engine.lesson.lesson import LessonError, shipped_lessons
from engine.text.printable import printable
from engine.trace.cursor import START
from engine.walk.branching import LARGEST_SEED
from engine.walk.movement import parse_cursor
from engine.walk.opening import NOTHING_KEPT, open_walk, reopen_walk
from engine.walk.walk import ActionError, Walk
from tui.terminal.console import WRONG_INPUT, WRONG_USAGE


class OpeningError(Exception):
    """A walk that can't begin: the message, and the exit code."""

    def __init__(self, message: str, status: int) -> None:
        self.status = status
        super().__init__(message)


def add_lesson(parser: argparse.ArgumentParser) -> None:
    """Which lesson."""
    parser.add_argument("lesson", metavar="LESSON", help="a shipped lesson's id, or a file")


def add_form_and_numbers(parser: argparse.ArgumentParser) -> None:
    """How its backward pass is written, and with which numbers."""
    parser.add_argument("--form", choices=FORMS, default="paths", help="the backward pass by paths (default) or by δ")
    parser.add_argument("--numbers", dest="seed", metavar="SEED", type=int, help="other starting values, by a seed")


def bookmark_of(options: argparse.Namespace, at: str = "1") -> Bookmark:
    """The place that the options and `EPOCH[:STEP]` name. Raises OpeningError."""
    if options.seed is not None and not 0 <= options.seed <= LARGEST_SEED:
        raise OpeningError(f"handgrad: --numbers {options.seed}; expected 0 to {LARGEST_SEED}", WRONG_USAGE)
    try:
        cursor = parse_cursor(at)
    except ActionError as error:
        raise OpeningError(f"handgrad: {printable(at)}: {error}", WRONG_USAGE) from None
    return Bookmark(options.lesson, cursor, options.seed, form=options.form or "paths")


def lesson_key(name: str) -> str:
    """How progress knows a lesson: by a shipped one's id, or by a file's absolute path, the same from any folder."""
    return name if name in shipped_lessons() else str(Path(name).absolute())


def open_again(name: str, progress: Progress) -> Walk:
    """A walk where the learner was in a lesson, the first time at its start. Raises OpeningError."""
    try:
        return reopen_walk(progress.bookmarks.get(lesson_key(name)) or Bookmark(name, START), progress)
    except LessonError as error:
        raise OpeningError(str(error), WRONG_INPUT) from None


def open_at(bookmark: Bookmark, progress: Progress = NOTHING_KEPT) -> Walk:
    """A walk at a place. Raises OpeningError."""
    try:
        return open_walk(bookmark, progress)
    except LessonError as error:
        raise OpeningError(str(error), WRONG_INPUT) from None
    except ActionError as error:
        raise OpeningError(f"handgrad: {bookmark.cursor}: {error}", WRONG_USAGE) from None
