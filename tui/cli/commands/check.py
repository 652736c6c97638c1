"""handgrad check: what is wrong with lesson files."""

import argparse
from collections.abc import Sequence

from engine.course.watching import changes, tell_absence
from engine.lesson.lesson import LessonError, load_file
from engine.text.printable import printable
from tui.cli.arguments import add_watch
from tui.terminal.console import WRONG_INPUT, complain

EXAMPLES = "  handgrad check my-lesson.toml"


def declare(parser: argparse.ArgumentParser) -> None:
    """The arguments."""
    parser.add_argument("files", metavar="FILE", nargs="+")
    add_watch(parser)


def run(options: argparse.Namespace) -> int:
    """Say what is wrong; with --watch, again whenever a file is saved, or deleted."""
    status = _check(options.files)
    if not options.watch:
        return status
    for path, news in changes(options.files):
        if news == "gone":
            complain(tell_absence(path), WRONG_INPUT)
        else:
            _check([path])
    return 0


def _check(paths: Sequence[str]) -> int:
    status = 0
    for path in paths:
        try:
            load_file(path)
        except LessonError as error:
            status = complain(str(error), WRONG_INPUT)
        else:
            print(f"{printable(path, 200)}: ok", flush=True)
    return status
