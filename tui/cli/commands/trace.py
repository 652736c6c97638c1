"""handgrad trace: a lesson's numbers, written out."""

import argparse
import sys

from engine.export import WRITERS
from engine.graph.step import MOST_EPOCHS
from tui.cli.opening import OpeningError, add_form_and_numbers, add_lesson, bookmark_of, open_at
from tui.cli.streams import speak_to_programs
from tui.terminal.console import WRONG_USAGE, complain

EXAMPLES = "  handgrad trace and-gate > worksheet.txt\n  handgrad trace and-gate --epochs 20 --format json"


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
    speak_to_programs(options.ascii, is_json=options.format == "json")
    for piece in WRITERS[options.format](trace, options.epochs):
        sys.stdout.write(piece)
    return 0
