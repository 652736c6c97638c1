"""The command line."""

import argparse
import os
import sys

from engine.lesson import load
from engine.session import parse_cursor
from engine.trace import Trace


def main() -> None:
    """Temporary."""
    parser = argparse.ArgumentParser()
    sub = parser.add_subparsers(dest="command")
    play = sub.add_parser("play")
    play.add_argument("lesson")
    play.add_argument("--at", default="1")
    args = parser.parse_args()
    from tui.app import HandgradApp
    trace = Trace(load(getattr(args, "lesson", "and-gate")))
    app = HandgradApp(trace, parse_cursor(getattr(args, "at", "1"), trace), bool(os.environ.get("HANDGRAD_ASCII")))
    app.run(mouse=False)
    sys.exit(app.return_code or 0)
