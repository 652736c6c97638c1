"""What all commands need of the console: exit codes, complaints, encodings, the learner's progress."""

import io
import os
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import TextIO

    from engine.learner.progress import Progress
    from tui.view.glyphs import Spelling

WRONG_INPUT, WRONG_USAGE, INTERRUPTED = 1, 2, 130
SECONDS_FOR_TMUX = 1


def kept() -> "Progress":
    """The learner's progress; what there is to say of its files goes to stderr."""
    from engine.learner.progress_folder import read_progress
    kept, messages = read_progress()
    for message in messages:
        print(f"{message}; it will be set aside when its lesson is saved", file=sys.stderr)
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


def spelling(stream: object, wants_ascii: bool) -> "Spelling":
    """How texts are shown on a stream: what the learner asks for, else what the terminal has."""
    from tui.view.glyphs import ascii_form, console_form
    encoding = str(getattr(stream, "encoding", "") or "").lower().replace("-", "")
    if wants_ascii or asks_for_ascii() or encoding != "utf8" or _multiplexer_lacks_utf8():
        return ascii_form
    return console_form if os.environ.get("TERM") == "linux" else str


def _multiplexer_lacks_utf8() -> bool:
    """Whether tmux or screen stands between and turns all but ASCII into `_` or `?`, as it does without a UTF-8 locale.

    LC_CTYPE does not tell: Python itself sets it where there is no such locale.
    """
    locale = os.environ.get("LC_ALL") or os.environ.get("LANG") or ""
    if "utf" in locale.lower():
        return False
    if os.environ.get("TMUX"):
        import subprocess
        with suppress(OSError, subprocess.SubprocessError):
            command = ["tmux", "display-message", "-p", "#{client_utf8}"]
            answer = subprocess.run(command, capture_output=True, timeout=SECONDS_FOR_TMUX, check=False)  # noqa: S603
            return answer.stdout.strip() == b"0"
    return bool(os.environ.get("STY"))


def read_line(lines: "TextIO", most: int) -> str:
    """The next line; of one longer than `most`, that much of its start, and the rest is skipped."""
    line = piece = lines.readline(most)
    while piece and not piece.endswith("\n"):
        piece = lines.readline(most)
    return line


def complain(text: str, status: int) -> int:
    """Say what is wrong on stderr; returns the exit code."""
    print(text, file=sys.stderr)
    return status
