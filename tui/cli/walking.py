"""Walking a lesson from a place on, on the screen or in plain text; the place is kept all the way."""

import argparse
import importlib
import os
import sys
from typing import TextIO

from engine.learner.writer import ProgressWriter
from engine.walk.keeper import Keeper
from engine.walk.walk import Walk
from tui.config.configuration import Configuration, read_configuration
from tui.terminal.console import tell
from tui.terminal.faults import FaultError, only_faults

SCREEN, PLAIN = "tui.cli.screen_walk", "tui.cli.plain_walk"  # loaded by name: each needs much that the other does not
KEPT = "your place is kept"


def go(walk: Walk, options: argparse.Namespace) -> int:
    """Walk on; returns the exit code."""
    configuration, problems = read_configuration()
    for problem in problems:
        tell(problem, heard_on(options))
    writer = ProgressWriter()
    try:
        status = _run(walk, writer, options, configuration)
    except Exception as fault:
        fault.add_note(writer.trouble or KEPT)
        raise
    if writer.trouble:
        tell(writer.trouble, sys.stderr)
    return status


def _run(walk: Walk, writer: ProgressWriter, options: argparse.Namespace, configuration: Configuration) -> int:
    """Walk, and write down what is left; returns the exit code."""
    front_end = importlib.import_module(PLAIN if _is_plain(options) else SCREEN)
    try:
        with only_faults():
            status: int = front_end.run(walk, Keeper(writer), options, configuration)
    finally:
        writer.close()
    for message in () if _is_plain(options) else writer.set_aside:  # which a screen shows only until the next key
        tell(message, sys.stderr)
    if writer.fault:
        raise FaultError from writer.fault
    return status


def heard_on(options: argparse.Namespace) -> TextIO:
    """Where messages are heard: in a plain walk where everything else is."""
    return sys.stdout if _is_plain(options) else sys.stderr


def _is_plain(options: argparse.Namespace) -> bool:
    """Whether lines of text are asked for, or are all that the terminal takes."""
    in_terminal = all(stream and stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr))
    return bool(options.plain or not in_terminal or os.environ.get("TERM", "") in ("", "dumb")
                or os.environ.get("ACCESSIBLE", "") not in ("", "0"))
