"""The command line: a command is read, its file is loaded, and it runs."""

import os
import sys
from collections.abc import Sequence
from typing import NoReturn

from engine.text.printable import printable
from engine.text.system_error import reason_of
from tui.cli.parser import build_parser, load_command
from tui.cli.streams import speak
from tui.terminal.console import INTERRUPTED, WRONG_INPUT, WRONG_USAGE, complain, prepare_streams

LONGEST_MESSAGE = 4000


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run a command and exit: 0 done, 1 the input is wrong, 2 the command line is wrong, 130 interrupted."""
    has_output = sys.stdout is not None
    prepare_streams()
    if not has_output:
        sys.exit(complain("handgrad: standard output is closed; expected one to write to", WRONG_USAGE))
    try:
        speak("--ascii" in (sys.argv if arguments is None else arguments))  # of help and complaints, too
        options = build_parser().parse_args(arguments)
        speak(options.ascii)
        status = load_command(options.command).run(options)
        sys.stdout.flush()
    except KeyboardInterrupt:
        status = INTERRUPTED
    except OSError as error:
        if error.errno is None:  # not the system's, but a fault of ours
            raise
        status = 0 if isinstance(error, BrokenPipeError) else complain(f"handgrad: {_in_words(error)}", WRONG_INPUT)
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # nobody takes what is still to be written
    sys.exit(status)


def _in_words(error: OSError) -> str:
    """What is wrong, and with which file, in one line."""
    name = "" if error.filename is None else f"{error.filename}: "
    return printable(f"{name}{reason_of(error)}", LONGEST_MESSAGE)
