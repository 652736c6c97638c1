"""handgrad progress: what the learner knows, shown or forgotten."""

import argparse
import sys

from engine.learner.progress_folder import NotKeptError, reset_knowledge
from tui.cli.spelling import choose_signs
from tui.cli.stored_progress import load_progress
from tui.terminal.console import WRONG_INPUT, complain
from tui.view.report import as_json, as_text

EXAMPLES = "  handgrad progress\n  handgrad progress --format json"


def declare(parser: argparse.ArgumentParser) -> None:
    """The arguments."""
    parser.add_argument("--format", choices=("text", "json"), default="text", help="default: text")
    parser.add_argument("--reset", action="store_true", help="forget what you know; the place stays")


def run(options: argparse.Namespace) -> int:
    """Show, or forget and show."""
    if options.reset:
        try:
            reset_knowledge()
        except NotKeptError as error:
            return complain(str(error), WRONG_INPUT)
    found = load_progress()
    as_shown = choose_signs(sys.stdout, options.ascii).now
    print(as_json(found) if options.format == "json" else as_shown(as_text(found)))
    return 0
