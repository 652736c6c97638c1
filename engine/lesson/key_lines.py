"""Where in a TOML file each key stands: every key, table and item of a list with the place at which it is written.

What a problem calls a key (`network.hidden[0].units`) is looked up here. `tomllib` has read the file before, or is just
about to refuse it; this reads on only as long as it understands everything, and never guesses.
"""

import re
import tomllib
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from typing import NamedTuple

from engine.lesson.schema import join_keys

_BLANK = re.compile(r"[ \t\n]*(?:#[^\n]*[ \t\n]*)*")
_INDENT = re.compile(r"[ \t]*")
_QUOTED = r""""(?:[^"\\\n]|\\.)*"|'[^'\n]*'"""
_STRING = re.compile(rf"""\"{{3}}(?:[^\\]|\\.)*?"{{3,5}}|'{{3}}.*?'{{3,5}}|{_QUOTED}""", re.DOTALL)
_PLAIN = re.compile(r"[^\s#,\[\]{}\"'=][^#,\]}\n]*")  # a number, a date, true or false
_PART = re.compile(rf"[A-Za-z0-9_-]+|{_QUOTED}")


class Written(NamedTuple):
    """A key as problems call it, and where it is written; `brackets` before it where it heads a table."""

    path: str
    offset: int
    brackets: str = ""


class Scan(NamedTuple):
    """All that is written in a text, in its order, and where each statement starts."""

    written: list[Written]
    starts: list[int]


class _UnclearError(Exception):
    """From here on nothing is sure."""


def scan(text: str) -> Scan:
    """What is written in a text whose lines end in `\\n`, as far as it is understood."""
    reader = _Reader(text)
    with suppress(_UnclearError, RecursionError):
        reader.read()
    return Scan(reader.written, reader.starts)


def key_places(text: str) -> Mapping[str, int]:
    """The place in the text at which each key is written; not of what could be two keys."""
    places, unclear = dict[str, int](), set[str]()
    for path, offset, _ in scan(text).written:
        if path in places:
            unclear.add(path)
        places[path] = offset
    return {path: place for path, place in places.items() if path not in unclear}


def table_of_key(key: str) -> str:
    """`training` for `training.loss`; nothing for a key at the top."""
    found = re.fullmatch(r'(.*)\.(?:[A-Za-z0-9_-]+|".*")', key)
    return found[1] if found else ""


def line_finder(text: str) -> Callable[[int], int]:
    """What says on which line, from 1, a place in the text is."""
    ends = [match.start() for match in re.finditer("\n", text)]
    return lambda offset: bisect_right(ends, offset - 1) + 1


class _Reader:
    """Reads statement by statement, each rule of TOML a method, from where it has come to."""

    def __init__(self, text: str) -> None:
        self.written, self.starts = list[Written](), list[int]()
        self._text, self._at, self._tables = text, 0, dict[str, int]()  # lists of tables: how many there are

    def read(self) -> None:
        base = ""
        self._skip(_BLANK)
        while self._at < len(self._text):
            self.starts.append(self._at)
            if self._text[self._at] == "[":
                base = self._header()
            else:
                self._pair(base)
            self._skip(_INDENT)
            if self._at < len(self._text) and self._text[self._at] not in "#\n":
                raise _UnclearError
            self._skip(_BLANK)

    def _header(self) -> str:
        """`[table]` or `[[table]]`; returns its path."""
        start, brackets = self._at, "[[" if self._text.startswith("[[", self._at) else "["
        self._at += len(brackets)
        path = ""
        for part in (parts := self._key())[:-1]:
            path = self._last(join_keys(path, part))
        path = join_keys(path, parts[-1])
        if brackets == "[[":
            self._tables[path] = self._tables.get(path, -1) + 1
            path = self._last(path)
        self.written.append(Written(path, start, brackets))
        self._take(brackets.replace("[", "]"))
        return path

    def _last(self, path: str) -> str:
        """Of a list of tables the last."""
        return f"{path}[{self._tables[path]}]" if path in self._tables else path

    def _pair(self, base: str) -> None:
        start, path = self._at, base
        for part in self._key():
            path = join_keys(path, part)
        self.written.append(Written(path, start))
        self._take("=")
        self._skip(_INDENT)
        self._value(path)

    def _key(self) -> list[str]:
        parts = list[str]()
        while True:
            self._skip(_INDENT)
            piece = self._match(_PART)
            parts.append(_unquote(piece))
            self._skip(_INDENT)
            if not self._text.startswith(".", self._at):
                return parts
            self._at += 1

    def _value(self, path: str) -> None:
        match self._text[self._at:self._at + 1]:
            case "[":
                self._list(path)
            case "{":
                self._inline_table(path)
            case '"' | "'":
                self._match(_STRING)
            case _:
                self._match(_PLAIN)

    def _list(self, path: str) -> None:
        self._at += 1
        for index in self._items("]", _BLANK):
            item = f"{path}[{index}]"
            self.written.append(Written(item, self._at))
            self._value(item)

    def _inline_table(self, path: str) -> None:
        self._at += 1
        for _ in self._items("}", _INDENT):
            self._pair(path)

    def _items(self, end: str, blank: re.Pattern[str]) -> Iterator[int]:
        """Stops before each of the items that commas divide, until the end."""
        index = 0
        self._skip(blank)
        while not self._text.startswith(end, self._at):
            yield index
            index += 1
            self._skip(blank)
            if not self._text.startswith(end, self._at):
                self._take(",")
                self._skip(blank)
        self._at += len(end)

    def _skip(self, pattern: re.Pattern[str]) -> None:
        if found := pattern.match(self._text, self._at):
            self._at = found.end()

    def _match(self, pattern: re.Pattern[str]) -> str:
        if not (found := pattern.match(self._text, self._at)):
            raise _UnclearError
        self._at = found.end()
        return found.group()

    def _take(self, sign: str) -> None:
        if not self._text.startswith(sign, self._at):
            raise _UnclearError
        self._at += len(sign)


def _unquote(part: str) -> str:
    """A part of a key without its quotes."""
    if part[0] not in "\"'":
        return part
    try:
        return str(tomllib.loads(f"key = {part}")["key"])
    except ValueError:
        raise _UnclearError from None
