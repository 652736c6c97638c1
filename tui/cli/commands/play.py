"""handgrad play: walk a lesson."""

import argparse
import os

from engine.course.watching import WatchedFile, wait_for_save
from engine.learner.progress import Progress
from engine.walk.walk import Walk
from tui.cli.arguments import add_display, add_watch
from tui.cli.opening import (
    OpeningError,
    add_form_and_numbers,
    add_lesson,
    bookmark_from,
    lesson_of,
    open_again,
    open_at,
)
from tui.cli.stored_progress import load_progress
from tui.cli.walking import go, heard_on
from tui.terminal.console import WRONG_INPUT, complain

EXAMPLES = """\
  handgrad play and-gate
  handgrad play and-gate --at 4:29
  handgrad play my-lesson.toml
  handgrad play majority --lessons my-course  by its id, a lesson of a folder
  handgrad play and-gate --plain              a line says one thing; help lists the commands"""

WAITING = "waiting until it is saved and right; Ctrl+C ends"


def declare(parser: argparse.ArgumentParser) -> None:
    """The arguments."""
    add_lesson(parser)
    parser.add_argument("--at", metavar="EPOCH[:STEP]",
                        help="where to begin; 1:38 shows 38 numbers, 1:0 begins anew (default: where you were in it)")
    add_form_and_numbers(parser)
    parser.set_defaults(form=None)
    add_display(parser, argparse.SUPPRESS)
    add_watch(parser)


def run(options: argparse.Namespace) -> int:
    """Walk."""
    kept = load_progress(heard_on(options))
    try:
        walk = _open_once_right(options, kept) if options.watch else _open(options, kept)
    except OpeningError as error:
        return complain(str(error), error.status)
    return go(walk, options)


def _open_once_right(options: argparse.Namespace, kept: Progress) -> Walk:
    """The same where somebody is writing the file: while it can't be read, what is wrong is said, and it is waited for.
    Raises OpeningError where there is no file to wait for.
    """
    path = lesson_of(options)
    while True:
        file = WatchedFile(path)  # as it is before it is read: whatever is saved from here on is news
        try:
            return _open(options, kept)
        except OpeningError as error:
            if error.status != WRONG_INPUT or not os.path.isfile(path):
                raise
            complain(f"{error}\n{WAITING}", error.status)
        wait_for_save(file)


def _open(options: argparse.Namespace, kept: Progress) -> Walk:
    """Where the learner was in the lesson, unless a place, numbers or a form are asked for. Raises OpeningError."""
    if options.at is options.seed is options.form is None:
        return open_again(lesson_of(options), kept)
    return open_at(bookmark_from(options, options.at or "1"), kept, options.at or "")
