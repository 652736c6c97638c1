"""A walk in lines of text."""

import argparse
import io
import sys

from engine.learner.learner import Learner
from engine.walk.session import Session
from tui.cli.spelling import choose_spelling
from tui.config.configuration import Configuration
from tui.plain.plain_mode import PlainWalk
from tui.terminal.signals import on_signals


def run(session: Session, options: argparse.Namespace, learner: Learner, _configuration: Configuration) -> int:
    """Walk until the lines end, or the learner leaves; returns the exit code."""
    spelled = choose_spelling(sys.stdout, options.ascii)
    lines = sys.stdin or io.StringIO()
    if isinstance(lines, io.TextIOWrapper):
        lines.reconfigure(errors="replace")
    walk = PlainWalk(session, say=lambda text: print(spelled(text), flush=True),
                     complain=lambda text: print(spelled(text), file=sys.stderr, flush=True), learner=learner)
    on_signals(lambda: learner.save_now(walk.session), sys.exit)
    try:
        walk.run(lines, prompt=lambda: print("> ", end="", flush=True) if lines.isatty() else None)
    finally:
        learner.keep(walk.session)
    return 0
