"""The command line: a command is read, its file is loaded, and it runs; however it ends, it ends in one line.

What it needs is loaded when that is watched over already: an interrupt is heard from the start.
"""

import os
import sys

from engine.late import LateModule

TYPE_CHECKING = False  # as in `typing`, which takes longer to load than all the rest here
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import NoReturn

    from engine.text import printable, system_error
    from tui.cli import parser, streams
    from tui.terminal import console, faults, signals
else:
    printable, system_error = LateModule("engine.text.printable"), LateModule("engine.text.system_error")
    parser, streams = LateModule("tui.cli.parser"), LateModule("tui.cli.streams")
    console, faults = LateModule("tui.terminal.console"), LateModule("tui.terminal.faults")
    signals = LateModule("tui.terminal.signals")

LONGEST_MESSAGE = 4000


def main(arguments: "Sequence[str] | None" = None) -> "NoReturn":
    """Run a command and exit: 0 done, 1 the input is wrong, 2 the command line is wrong, 70 a fault of ours, 130
    interrupted.
    """
    try:
        signals.heed_interrupts()
        has_output = sys.stdout is not None
        console.prepare_streams()
        if not has_output:
            sys.exit(console.complain("handgrad: standard output is closed; expected one to write to",
                                      console.WRONG_USAGE))
        status = _run(arguments)
        sys.stdout.flush()
    except KeyboardInterrupt:
        status = console.INTERRUPTED
        signals.ignore_signals(status)
    except Exception as error:
        if behind := signals.signal_behind(error):
            raise behind from None
        status = _end(error)
    sys.exit(status)


def _run(arguments: "Sequence[str] | None") -> int:
    """Run a command; returns the exit code."""
    streams.speak("--ascii" in (sys.argv if arguments is None else arguments))  # of help and complaints, too
    options = parser.build_parser().parse_args(arguments)
    streams.speak(options.ascii)
    command = parser.load_command(options.command)
    try:
        return int(command.run(options))
    except signals.EndedBySignal:
        raise
    except SystemExit as error:  # which no command means
        raise faults.FaultError from error


def _end(error: Exception) -> int:
    """Say why it ends; returns the exit code. What the system refuses is no fault of ours."""
    if isinstance(error, console.StreamError) and isinstance(error.__cause__, OSError):
        error = error.__cause__
    if not isinstance(error, OSError) or error.errno is None:
        signals.ignore_signals(console.FAULT)
        try:
            return faults.report_fault(error)
        except Exception:  # whatever is broken
            return console.complain(f"handgrad: a fault of ours, {type(error).__name__}", console.FAULT)
    status = 0 if isinstance(error, BrokenPipeError) else console.complain(
        f"handgrad: {_in_words(error)}", console.WRONG_INPUT)
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # nobody takes what is still to be written
    return status


def _in_words(error: OSError) -> str:
    """What is wrong, and with which file, in one line."""
    name = "" if error.filename is None else f"{error.filename}: "
    return printable.printable(f"{name}{system_error.reason_of(error)}", LONGEST_MESSAGE)
