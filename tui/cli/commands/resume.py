"""handgrad: go on where the learner was; where that can't be, and the first time, begin the AND lesson."""

import argparse
from pathlib import Path

from engine.course.course import course
from engine.learner.progress import Bookmark, Progress
from engine.text.printable import printable
from engine.trace.cursor import START
from engine.walk.opening import reopen_walk
from tui.cli.opening import OpeningError, open_at
from tui.cli.stored_progress import load_progress
from tui.cli.walking import go, heard_on
from tui.terminal.console import WRONG_INPUT, complain, tell

FIRST_LESSON = "and-gate"


def run(options: argparse.Namespace) -> int:
    """Go on."""
    options.watch = False
    progress = load_progress(heard_on(options))
    if options.lessons:
        return _go_on_in_course(Path(options.lessons), options, progress)
    if progress.bookmark:
        try:
            return go(open_at(progress.bookmark, progress), options)
        except OpeningError as error:
            tell(f"{error}\nso here is the AND lesson", heard_on(options))
    return _go_on_in(FIRST_LESSON, options, progress)


def _go_on_in_course(folder: Path, options: argparse.Namespace, progress: Progress) -> int:
    """Go on in the first lesson of a directory that is not done."""
    found = course(folder)
    items = [item for item in found if item.lesson]
    if not items:
        trouble = next((item.problem for item in found if item.name == str(folder.absolute())), "no lessons")
        return complain(f"{printable(str(folder), 200)}: {trouble}; expected a directory with lesson files",
                        WRONG_INPUT)
    item = next((item for item in items if not item.is_done(progress.bookmarks.get(item.name))), items[0])
    return _go_on_in(item.name, options, progress)


def _go_on_in(lesson: str, options: argparse.Namespace, progress: Progress) -> int:
    """Go on in a lesson, where the learner was in it if they were."""
    return go(reopen_walk(progress.bookmarks.get(lesson) or Bookmark(lesson, START), progress), options)
