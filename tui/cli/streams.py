"""What becomes of a sign that a stream lacks, wherever it is printed from; ASCII, where that is asked for. And what a
byte-order mark at the start of what is read says of the rest.
"""

import codecs
import io
import os
import sys
from typing import Any, TextIO

from tui.view.glyphs import ascii_form

SPELLED, ESCAPED, MARKED = "handgrad.spelled", "handgrad.escaped", "handgrad_marked"
MARKS = {codecs.BOM_UTF8: "utf-8", codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}


def speak(wants_ascii: bool) -> None:
    """Whatever is printed from here on is spelled as its stream can show it; in ASCII, if that is asked for."""
    codecs.register_error(SPELLED, _spell)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="ascii" if wants_ascii or asks_for_ascii() else None, errors=SPELLED)


def speak_to_programs(wants_ascii: bool, is_json: bool = False) -> None:
    """The same for what is read by programs or kept in files: UTF-8, whatever the terminal; where ASCII is asked for,
    JSON has its own escapes.
    """
    codecs.register_error(ESCAPED, _escape)
    if isinstance(sys.stdout, io.TextIOWrapper):
        encoding = "ascii" if wants_ascii or asks_for_ascii() else "utf-8"
        sys.stdout.reconfigure(encoding=encoding, errors=ESCAPED if is_json else SPELLED)


def listen(encoding: str | None = None) -> TextIO:
    """What is read, whatever bytes it has: in an encoding (None: the locale's), or as a byte-order mark says."""
    lines = sys.stdin
    if isinstance(lines, io.TextIOWrapper):
        _Unmarked.encoding = encoding or lines.encoding
        codecs.register(lambda name: _MARKED if name == MARKED else None)
        lines.reconfigure(encoding=MARKED, errors="replace", newline=None)  # None: however a line ends
    return lines


class _Unmarked(codecs.IncrementalDecoder):
    """Decodes as the byte-order mark at the start says, and leaves it out; where there is none, as `encoding` says."""

    encoding = "utf-8"

    def __init__(self, errors: str = "strict") -> None:
        super().__init__(errors)
        self._start = b""
        self._decoder: codecs.IncrementalDecoder | None = None

    def decode(self, data: Any, final: bool = False) -> str:
        """The next characters."""
        if self._decoder is None:
            self._start += data
            if not final and any(mark != self._start and mark.startswith(self._start) for mark in MARKS):
                return ""
            mark = next(filter(self._start.startswith, MARKS), b"")
            self._decoder = codecs.getincrementaldecoder(MARKS.get(mark, self.encoding))(self.errors)
            data = self._start.removeprefix(mark)
        return self._decoder.decode(data, final)


def _decode(data: Any, errors: str = "strict") -> tuple[str, int]:
    """All at once, as a line is where it is asked for in a terminal."""
    return _Unmarked(errors).decode(bytes(data), final=True), len(data)


_MARKED = codecs.CodecInfo(codecs.utf_8_encode, _decode, incrementalencoder=codecs.getincrementalencoder("utf-8"),
                           incrementaldecoder=_Unmarked, name=MARKED)


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
