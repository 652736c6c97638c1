"""Which lesson, where in it and with which numbers: the arguments that say so, and the walk they open."""

import argparse
from pathlib import Path

from engine.course.finding import find_lesson, lesson_files
from engine.learner.progress import FORMS, Bookmark, Progress
from engine.lesson.lesson import LessonError
from engine.text.printable import printable
from engine.walk.branching import LARGEST_SEED
from engine.walk.movement import parse_cursor
from engine.walk.opening import NOTHING_KEPT, go_on_in, open_walk
from engine.walk.walk import ActionError, Walk
from tui.cli.arguments import add_course, whole_number
from tui.terminal.console import WRONG_INPUT, WRONG_USAGE


class OpeningError(Exception):
    """A walk that can't begin: the message, and the exit code."""

    def __init__(self, message: str, status: int) -> None:
        self.status = status
        super().__init__(message)


def add_lesson(parser: argparse.ArgumentParser) -> None:
    """Which lesson, and of which course."""
    parser.add_argument("lesson", metavar="LESSON",
                        help="a lesson's id, a course's own before a shipped one's; or a file")
    add_course(parser, argparse.SUPPRESS)


def add_form_and_numbers(parser: argparse.ArgumentParser) -> None:
    """How its backward pass is written, and with which numbers."""
    parser.add_argument("--form", choices=FORMS, default="paths", help="the backward pass by paths (default) or by δ")
    parser.add_argument("--numbers", dest="seed", metavar="SEED", type=whole_number(0, LARGEST_SEED),
                        help="other starting values, by a seed")


def bookmark_from(options: argparse.Namespace, at: str = "1") -> Bookmark:
    """The place that the options and `EPOCH[:STEP]` name. Raises OpeningError."""
    try:
        cursor = parse_cursor(at)
    except ActionError as error:
        raise OpeningError(f"handgrad: {printable(at)}: {error}", WRONG_USAGE) from None
    return Bookmark(lesson_of(options), cursor, options.seed, form=options.form or "paths")


def course_folder(options: argparse.Namespace) -> Path | None:
    """Whose lessons are the course; None: those that come with handgrad."""
    return None if options.lessons is None else Path(options.lessons)


def find_course(options: argparse.Namespace) -> Path | None:
    """The same, with lessons in it. Raises OpeningError."""
    folder = course_folder(options)
    if options.lessons == "":
        raise OpeningError("handgrad: --lessons: nothing; expected a folder with .toml files", WRONG_USAGE)
    try:
        if folder is not None:
            lesson_files(folder)
    except LessonError as error:
        raise OpeningError(str(error), WRONG_INPUT) from None
    return folder


def lesson_of(options: argparse.Namespace) -> str:
    """The name that opens the lesson that is meant. Raises OpeningError."""
    try:
        return find_lesson(options.lesson, find_course(options))
    except LessonError as error:
        raise OpeningError(str(error), WRONG_INPUT) from None


def open_again(name: str, progress: Progress) -> Walk:
    """A walk where the learner was in a lesson, the first time at its start. Raises OpeningError."""
    try:
        return go_on_in(name, progress)
    except LessonError as error:
        raise OpeningError(str(error), WRONG_INPUT) from None


def open_at(bookmark: Bookmark, progress: Progress = NOTHING_KEPT, at: str = "") -> Walk:
    """A walk at a place, which was typed as `at`. Raises OpeningError."""
    try:
        return open_walk(bookmark, progress)
    except LessonError as error:
        raise OpeningError(str(error), WRONG_INPUT) from None
    except ActionError as error:
        raise OpeningError(f"handgrad: {printable(at) or bookmark.cursor}: {error}", WRONG_USAGE) from None
