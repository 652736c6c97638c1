"""The command line: a command is read, its file is loaded, and it runs; however it ends, it ends in one line.

What it needs is loaded when that is watched over already: an interrupt is heard from the start.
"""

import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, NoReturn

from engine.late import LateModule
from tui.terminal.console import INTERRUPTED, WRONG_INPUT, WRONG_USAGE, complain
from tui.terminal.signals import EndedBySignal, heed_interrupts

if TYPE_CHECKING:
    from engine.text import printable, system_error
    from tui.cli import parser, streams
    from tui.terminal import faults
else:
    printable, system_error = LateModule("engine.text.printable"), LateModule("engine.text.system_error")
    parser, streams = LateModule("tui.cli.parser"), LateModule("tui.cli.streams")
    faults = LateModule("tui.terminal.faults")

LONGEST_MESSAGE = 4000


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run a command and exit: 0 done, 1 the input is wrong, 2 the command line is wrong, 70 a fault of ours, 130
    interrupted.
    """
    if sys.stdout is None or sys.stderr is None:
        sys.exit(WRONG_USAGE)
    heed_interrupts()
    try:
        status = _run(arguments)
        sys.stdout.flush()
    except KeyboardInterrupt:
        status = INTERRUPTED
    except Exception as error:
        status = _end(error)
    sys.exit(status)


def _run(arguments: Sequence[str] | None) -> int:
    """Run a command; returns the exit code."""
    streams.speak("--ascii" in (sys.argv if arguments is None else arguments))  # of help and complaints, too
    options = parser.build_parser().parse_args(arguments)
    streams.speak(options.ascii)
    command = parser.load_command(options.command)
    try:
        return int(command.run(options))
    except EndedBySignal:
        raise
    except SystemExit as error:  # which no command means
        raise faults.FaultError from error


def _end(error: Exception) -> int:
    """Say why it ends; returns the exit code. What the system refuses is no fault of ours."""
    if not isinstance(error, OSError) or error.errno is None:
        return faults.report_fault(error)
    status = 0 if isinstance(error, BrokenPipeError) else complain(f"handgrad: {_in_words(error)}", WRONG_INPUT)
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # nobody takes what is still to be written
    return status


def _in_words(error: OSError) -> str:
    """What is wrong, and with which file, in one line."""
    name = "" if error.filename is None else f"{error.filename}: "
    return printable.printable(f"{name}{system_error.reason_of(error)}", LONGEST_MESSAGE)
