"""What all commands need of the console: exit codes, complaints, encodings, lines of any length."""

import io
import sys
from typing import TextIO

WRONG_INPUT, WRONG_USAGE, INTERRUPTED = 1, 2, 130


def complain(text: str, status: int) -> int:
    """Say what is wrong on stderr; returns the exit code."""
    print(text, file=sys.stderr)
    return status


def speak_utf8() -> None:
    """What programs read is UTF-8, whatever the terminal; what they write is read as far as it is."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8")
    if isinstance(sys.stdin, io.TextIOWrapper):
        sys.stdin.reconfigure(encoding="utf-8", errors="replace")


def read_line(lines: TextIO, most: int) -> str:
    """The next line; of one longer than `most`, that much of its start, and the rest is skipped."""
    line = piece = lines.readline(most)
    while piece and not piece.endswith("\n"):
        piece = lines.readline(most)
    return line
