"""Writing a file that is not there yet: a lesson's, mostly."""

import os
from pathlib import Path
from shlex import quote

from engine.text.printable import printable
from engine.text.system_error import reason_of
from engine.text.whole_file import create_file
from tui.terminal.console import WRONG_INPUT, complain

TEMPORARY = ".handgrad-"  # how the name of a file begins while it is written


def write_new_file(path: str | os.PathLike[str], text: str) -> str:
    """Write a file whole, or not at all; one that exists is left as it is. Returns why it can't be written, if so."""
    try:
        create_file(os.fspath(path), text, TEMPORARY)
    except (OSError, ValueError) as error:
        return reason_of(error).lower()
    return ""


def is_file_name(path: str) -> bool:
    """Whether a file can have that name: no folder, and not the standard output."""
    return bool(Path(path).name) and path != "-" and not os.path.isdir(path)


def write_lesson(path: str, text: str) -> int:
    """Write a lesson's file and say how to play it, or why it can't be written; returns the exit code."""
    name = printable(path, 200)
    if problem := write_new_file(path, text):
        if os.path.lexists(path):
            return complain_of_lesson(name)
        return complain(f"{name}: {problem}; expected a file that can be made", WRONG_INPUT)
    print(f"wrote {name}; now: handgrad play {quote(name)}")
    return 0


def complain_of_lesson(name: str) -> int:
    """Say that a lesson's file is there already; returns the exit code."""
    go_on = f" (or remove it first); to go on with it: handgrad check {quote(name)}, handgrad play {quote(name)}"
    return complain(f"{name}: exists already, and is left as it is; expected another name" +
                    go_on * os.path.isfile(name), WRONG_INPUT)
