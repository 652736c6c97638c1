"""handgrad trace: a lesson's numbers, written out."""

import argparse
import sys

from engine.export import WRITERS
from engine.graph.step import MOST_EPOCHS
from tui.cli.opening import OpeningError, add_form_and_numbers, add_lesson, bookmark_of, open_at
from tui.cli.spelling import asks_for_ascii
from tui.terminal.console import WRONG_USAGE, complain, speak_utf8
from tui.view.glyphs import ascii_form

EXAMPLES = "  handgrad trace and-gate > worksheet.txt\n  handgrad trace and-gate --epochs 20 --format json"
FOR_PEOPLE = ("text", "md")


def declare(parser: argparse.ArgumentParser) -> None:
    """The arguments."""
    add_lesson(parser)
    parser.add_argument("--epochs", metavar="N", type=int, default=1, help="how many (default: 1)")
    parser.add_argument("--format", choices=WRITERS, default="text", help="default: text")
    add_form_and_numbers(parser)


def run(options: argparse.Namespace) -> int:
    """Write."""
    if not 1 <= options.epochs <= MOST_EPOCHS:
        return complain(f"handgrad trace: --epochs {options.epochs}; expected 1 to {MOST_EPOCHS}", WRONG_USAGE)
    try:
        trace = open_at(bookmark_of(options)).trace
    except OpeningError as error:
        return complain(str(error), error.status)
    speak_utf8()
    in_ascii = options.format in FOR_PEOPLE and asks_for_ascii()
    for piece in WRITERS[options.format](trace, options.epochs):
        sys.stdout.write(ascii_form(piece) if in_ascii else piece)
    return 0
