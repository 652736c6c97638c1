"""handgrad play: walk a lesson."""

import argparse

from tui.cli.arguments import add_course, add_display, add_watch
from tui.cli.opening import OpeningError, add_form_and_numbers, add_lesson, bookmark_of, open_at
from tui.cli.stored_progress import load_progress
from tui.cli.walking import go
from tui.terminal.console import complain

EXAMPLES = "  handgrad play and-gate\n  handgrad play and-gate --at 4:29\n  handgrad play my-lesson.toml"


def declare(parser: argparse.ArgumentParser) -> None:
    """The arguments."""
    add_lesson(parser)
    parser.add_argument("--at", metavar="EPOCH[:STEP]", default="1", help="where to begin; 1:38 shows 38 numbers")
    add_form_and_numbers(parser)
    add_display(parser, argparse.SUPPRESS)
    add_course(parser, argparse.SUPPRESS)
    add_watch(parser)


def run(options: argparse.Namespace) -> int:
    """Walk."""
    try:
        walk = open_at(bookmark_of(options, options.at), load_progress())
    except OpeningError as error:
        return complain(str(error), error.status)
    return go(walk, options)
