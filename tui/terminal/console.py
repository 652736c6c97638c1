"""What all commands need of the console: exit codes, complaints, lines of any length."""

import sys
from typing import TextIO

WRONG_INPUT, WRONG_USAGE, FAULT, INTERRUPTED = 1, 2, 70, 130


def complain(text: str, status: int) -> int:
    """Say what is wrong on stderr; returns the exit code."""
    print(text, file=sys.stderr)
    return status


def read_line(lines: TextIO, most: int) -> str:
    """The next line; of one longer than `most`, that much of its start, and the rest is skipped."""
    line = piece = lines.readline(most)
    while piece and not piece.endswith("\n"):
        piece = lines.readline(most)
    return line
