"""A fault of ours: what a learner is told of it, in one line, and what is written down for whoever mends it."""

import os
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from engine.late import LateModule
from engine.text.printable import printable
from engine.text.whole_file import give_to_owner_of, make_folder
from tui.terminal.console import FAULT, complain
from tui.terminal.signals import EndedBySignal

if TYPE_CHECKING:
    from engine.learner import progress_folder
else:
    progress_folder = LateModule("engine.learner.progress_folder")

HOUSES = ("engine", "tui")
ROOT = Path(__file__).parents[2]  # where they stand
FILE_NAME = "fault.txt"
LONGEST_REASON, LONGEST_PATH = 200, 4000
MOST_FRAMES = 100  # of one traceback, the last


class FaultError(Exception):
    """What ran has ended because of a fault, which is its cause if that is known."""


@contextmanager
def only_faults() -> Iterator[None]:
    """For a walk: what the system refuses, and an end that nobody asked for, is a fault of ours there. The standard
    streams have an error of their own.
    """
    try:
        yield
    except EndedBySignal:
        raise
    except (OSError, SystemExit) as error:
        raise FaultError from error


def report_fault(error: BaseException) -> int:
    """Say in one line what to report; returns the exit code. What was said of the error besides (its notes) is said."""
    fault = error.__cause__ if isinstance(error, FaultError) and error.__cause__ else error
    said = "; ".join([_in_words(fault), *getattr(error, "__notes__", ())])
    with suppress(OSError):
        path = _write_down(error)
        return complain(f"handgrad: {said}. Please report this line{path and f', and {path}'}", FAULT)
    return FAULT


def _in_words(fault: BaseException) -> str:
    """`a fault of ours, ZeroDivisionError (division by zero) in engine/trace/chain.py:123`."""
    reason = printable(" ".join(str(fault).split()), LONGEST_REASON)
    name, place = type(fault).__name__, _place(fault.__traceback__)
    name = reason if isinstance(fault, FaultError) else f"{name}{reason and f' ({reason})'}"
    return f"a fault of ours, {name}{place and f' in {place}'}"


def _place(trace: TracebackType | None) -> str:
    """The last line of ours that it went through; nothing where there is none."""
    for frame, line in reversed(list(traceback.walk_tb(trace))):
        path = Path(frame.f_code.co_filename)
        if path.is_relative_to(ROOT) and path.relative_to(ROOT).parts[0] in HOUSES:
            return f"{path.relative_to(ROOT).as_posix()}:{line}"
    return ""


def _write_down(error: BaseException) -> str:
    """Write all that is known beside the learner's progress; returns where, nothing where that can't be."""
    with suppress(Exception):  # whatever is broken, the line is said
        path = progress_folder.progress_folder().parent / FILE_NAME
        make_folder(path.parent)
        lines = traceback.format_exception(type(error), error, error.__traceback__, limit=-MOST_FRAMES)
        where = f"Python {sys.version.split()[0]}, TERM={os.environ.get('TERM', '')}, {sys.argv[1:]}\n"
        flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW | os.O_NONBLOCK  # a FIFO waits for nobody
        with open(path, "w", encoding="utf-8", errors="replace",
                  opener=lambda name, _: os.open(name, flags, 0o600)) as file:
            give_to_owner_of(path.parent, file.fileno())
            file.write(where + "".join(lines))
        return printable(str(path), LONGEST_PATH)
    return ""
