"""What becomes of a sign that a stream lacks, wherever it is printed from; ASCII, where that is asked for."""

import codecs
import io
import os
import sys

from tui.view.glyphs import ascii_form

SPELLED, ESCAPED = "handgrad.spelled", "handgrad.escaped"


def speak(wants_ascii: bool) -> None:
    """Whatever is printed from here on is spelled as its stream can show it; in ASCII, if that is asked for."""
    codecs.register_error(SPELLED, _spell)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="ascii" if wants_ascii or asks_for_ascii() else None, errors=SPELLED)


def speak_to_programs(wants_ascii: bool, is_json: bool = False) -> None:
    """The same for what is read by programs or kept in files: UTF-8, whatever the terminal; where ASCII is asked for,
    JSON has its own escapes. What programs write is read as far as it is UTF-8.
    """
    codecs.register_error(ESCAPED, _escape)
    if isinstance(sys.stdout, io.TextIOWrapper):
        encoding = "ascii" if wants_ascii or asks_for_ascii() else "utf-8"
        sys.stdout.reconfigure(encoding=encoding, errors=ESCAPED if is_json else SPELLED)
    if isinstance(sys.stdin, io.TextIOWrapper):
        sys.stdin.reconfigure(encoding="utf-8", errors="replace")


def asks_for_ascii() -> bool:
    """Whether the learner's environment asks for ASCII."""
    return os.environ.get("HANDGRAD_ASCII", "") not in ("", "0")


def _spell(error: UnicodeError) -> tuple[str, int]:
    """The ASCII forms of what can't be encoded, seen with the characters beside it."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    start, end = max(0, error.start - 1), error.end + 1
    before, after = error.object[start:error.start], error.object[error.end:end]
    return ascii_form(error.object[start:end]).removeprefix(before).removesuffix(after), error.end


def _escape(error: UnicodeError) -> tuple[str, int]:
    """What can't be encoded, as JSON escapes it: in units of UTF-16."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    units = error.object[error.start:error.end].encode("utf-16-be", "surrogatepass").hex()
    return "".join(f"\\u{units[k:k + 4]}" for k in range(0, len(units), 4)), error.end
