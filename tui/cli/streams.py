"""What becomes of a sign that a stream lacks, wherever it is printed from; ASCII, where that is asked for. And what a
byte-order mark at the start of what is read says of the rest.
"""

import codecs
import io
import os
import sys
from functools import partial
from typing import Any, TextIO

from tui.view.glyphs import ascii_form

SPELLED, ESCAPED = "handgrad.spelled", "handgrad.escaped"
MARKED = "handgrad_marked_"  # before an encoding's name: of what may begin with a mark
MARKS = {codecs.BOM_UTF8: "utf-8", codecs.BOM_UTF32_LE: "utf-32-le", codecs.BOM_UTF32_BE: "utf-32-be",
         codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}  # one that begins with another before it


def speak(wants_ascii: bool) -> None:
    """Whatever is printed from here on is spelled as its stream can show it; in ASCII, if that is asked for."""
    codecs.register_error(SPELLED, _spell)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="ascii" if wants_ascii or asks_for_ascii() else None, errors=SPELLED)


def speak_to_programs(wants_ascii: bool, is_json: bool = False, is_html: bool = False) -> None:
    """The same for what is read by programs or kept in files: UTF-8, whatever the terminal; where ASCII is asked for,
    JSON and HTML have their own escapes.
    """
    codecs.register_error(ESCAPED, _escape)
    if isinstance(sys.stdout, io.TextIOWrapper):
        encoding = "ascii" if wants_ascii or asks_for_ascii() else "utf-8"
        errors = ESCAPED if is_json else "xmlcharrefreplace" if is_html else SPELLED
        sys.stdout.reconfigure(encoding=encoding, errors=errors)


def mark_as_utf_8() -> None:
    """A byte-order mark, before anything is written; what is ASCII alone is UTF-8, too."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.buffer.write(codecs.BOM_UTF8)


def listen(encoding: str | None = None) -> TextIO:
    """What is read, whatever bytes it has: in an encoding (None: the locale's), or as a byte-order mark says."""
    lines = sys.stdin
    if isinstance(lines, io.TextIOWrapper):
        codecs.register(_find_codec)
        lines.reconfigure(encoding=f"{MARKED}{encoding or lines.encoding}", errors="replace", newline=None)
    return lines


class _Unmarked(codecs.IncrementalDecoder):
    """Decodes as the byte-order mark at the start says, and leaves it out; where there is none, as `encoding` says."""

    def __init__(self, encoding: str, errors: str = "strict") -> None:
        super().__init__(errors)
        self._encoding, self._start = encoding, b""
        self._decoder: codecs.IncrementalDecoder | None = None

    def decode(self, data: Any, final: bool = False) -> str:
        """The next characters."""
        if self._decoder is None:
            self._start += data
            if not final and any(mark != self._start and mark.startswith(self._start) for mark in MARKS):
                return ""
            mark = next(filter(self._start.startswith, MARKS), b"")
            self._decoder = codecs.getincrementaldecoder(MARKS.get(mark, self._encoding))(self.errors)
            data = self._start.removeprefix(mark)
        return self._decoder.decode(data, final)


def _find_codec(name: str) -> codecs.CodecInfo | None:
    """What decodes bytes that may begin with a mark, by its name; that a codec also encodes is asked for, but not used.
    """
    if not name.startswith(MARKED):
        return None
    decoder = partial(_Unmarked, name.removeprefix(MARKED))

    def decode(data: Any, errors: str = "strict") -> tuple[str, int]:
        return decoder(errors).decode(bytes(data), final=True), len(data)
    return codecs.CodecInfo(codecs.utf_8_encode, decode, incrementaldecoder=decoder,
                            incrementalencoder=codecs.getincrementalencoder("utf-8"), name=name)


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
