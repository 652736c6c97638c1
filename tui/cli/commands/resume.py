"""handgrad: go on where the learner was; where that can't be, and the first time, begin the AND lesson."""

import argparse
from pathlib import Path

from engine.course.course import course
from engine.course.finding import find_again
from engine.learner.progress import Progress
from engine.text.printable import printable
from engine.walk.opening import go_on_in
from tui.cli.opening import OpeningError, find_course, open_at
from tui.cli.stored_progress import load_progress
from tui.cli.walking import go, heard_on
from tui.terminal.console import WRONG_INPUT, complain, tell

FIRST_LESSON = "and-gate"


def run(options: argparse.Namespace) -> int:
    """Go on."""
    options.watch = False
    try:
        folder = find_course(options)
    except OpeningError as error:
        return complain(str(error), error.status)
    progress = load_progress(heard_on(options))
    if folder is not None:
        return _go_on_in_course(folder, options, progress)
    if place := progress.bookmark:
        try:
            return go(open_at(place._replace(lesson=find_again(place)), progress), options)
        except OpeningError as error:
            tell(f"{error}\nso here is the AND lesson", heard_on(options))
    return go(go_on_in(FIRST_LESSON, progress), options)


def _go_on_in_course(folder: Path, options: argparse.Namespace, progress: Progress) -> int:
    """Go on in the first lesson of a folder that is not done."""
    items = course(folder)
    readable = [item for item in items if item.lesson]
    if not readable:
        return complain("\n".join(f"{printable(item.name, 200)}: {item.problem}" for item in items), WRONG_INPUT)
    item = next((item for item in readable if not item.is_done(item.bookmark_in(progress.bookmarks))), readable[0])
    return go(go_on_in(item.name, progress), options)
