"""What all commands need of the console: exit codes, complaints, encodings, the learner's progress."""

import io
import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from engine.progress import Progress

WRONG_INPUT, WRONG_USAGE, INTERRUPTED = 1, 2, 130


def kept() -> "Progress":
    """The learner's progress; what there is to say of its files goes to stderr."""
    from engine import progress
    kept, message = progress.load()
    if message:
        print(message, file=sys.stderr)
    return kept


def speak_utf8() -> None:
    """What programs read is UTF-8, whatever the terminal; what they write is read as far as it is."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8")
    if isinstance(sys.stdin, io.TextIOWrapper):
        sys.stdin.reconfigure(encoding="utf-8", errors="replace")


def asks_for_ascii() -> bool:
    """Whether the learner asks for ASCII."""
    return os.environ.get("HANDGRAD_ASCII", "") not in ("", "0")


def wants_ascii(stream: object) -> bool:
    """Whether a stream, or the learner, asks for ASCII."""
    encoding = str(getattr(stream, "encoding", "") or "").lower().replace("-", "")
    return asks_for_ascii() or encoding != "utf8"


def complain(text: str, status: int) -> int:
    """Say what is wrong on stderr; returns the exit code."""
    print(text, file=sys.stderr)
    return status
