"""A walk in lines of text."""

import argparse
import sys

from engine.walk.keeper import Keeper
from engine.walk.walk import Walk
from tui.cli.opening import course_folder
from tui.cli.spelling import choose_signs
from tui.cli.streams import listen
from tui.config.configuration import Configuration
from tui.plain.commands import Commands
from tui.plain.plain_mode import PlainWalk
from tui.terminal.console import write_out
from tui.terminal.signals import leave, on_signals


def run(walk: Walk, keeper: Keeper, options: argparse.Namespace, configuration: Configuration) -> int:
    """Walk until the lines end, or the learner leaves; returns the exit code."""
    signs = choose_signs(sys.stdout, options.ascii)
    lines = listen()
    plain = PlainWalk(walk, say=lambda text: write_out(signs.now(text)), keeper=keeper,
                      folder=course_folder(options), is_watching=options.watch,
                      commands=Commands(configuration.keys), signs=signs)
    on_signals(lambda: keeper.save_now(plain.walk), leave)
    try:
        plain.run(lines, prompt=lambda: write_out("> ", end="") if lines.isatty() else None)
    finally:
        keeper.keep(plain.walk)
    return 0
