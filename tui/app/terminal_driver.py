"""Textual's driver, but for what comes from the terminal: whatever it sends, the session goes on.

Textual's own ends with a traceback at a byte that is not UTF-8 and at key reports that it does not know, waits for ever
for the end of a paste, types the answers of terminals where a learner types, and takes the size from COLUMNS and
LINES. A test tells when a release does without any of it.
"""

import locale
import os
import select
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from itertools import chain
from threading import Event
from typing import Any, Protocol

from textual import events
from textual.app import App
from textual.drivers.linux_driver import LinuxDriver
from textual.message import Message

from tui.app.textual_private import PARSER
from tui.terminal.input_stream import InputStream, Pasted, Unit
from tui.terminal.key_reports import translate_report

READ_AT_ONCE = 4096  # bytes


class TerminalDriver(LinuxDriver):
    """Reads the terminal in its own way, and wakes up for nothing else."""

    def __init__(self, app: App[Any], *, debug: bool = False, mouse: bool = True,
                 size: tuple[int, int] | None = None) -> None:
        super().__init__(app, debug=debug, mouse=mouse, size=size or terminal_size())
        self.exit_event = self._end = WakingEvent()
        self._takes_mouse, self._is_suspended = mouse, False

    def suspend_application_mode(self) -> None:
        """Leave the terminal to others."""
        self._is_suspended = True
        super().suspend_application_mode()

    def resume_application_mode(self) -> None:
        """Come back: also behind a SIGSTOP, of which nobody is told before, and what the terminal was is unknown."""
        if not self._is_suspended:
            self.suspend_application_mode()
            self.send_message(self.SignalResume())
        self._is_suspended = False
        super().resume_application_mode()

    def _get_terminal_size(self) -> tuple[int, int]:
        return terminal_size() or super()._get_terminal_size()

    def run_input_thread(self) -> None:
        """Read until the app has had enough, or the terminal is gone."""
        if PARSER is None:
            super().run_input_thread()
            return
        try:
            self._pass_on(InputStream(locale.getencoding()), MessageReader(PARSER))
        except BaseException as fault:  # of which Textual would keep a picture alone
            self._app.call_later(self._app.panic, fault)

    def _pass_on(self, stream: InputStream, reader: "MessageReader") -> None:
        """What comes from the terminal, to the app."""
        while (data := self._read(stream.patience)) is not None:
            for message in chain.from_iterable(map(reader.messages, stream.feed(data) if data else stream.give_up())):
                if self._takes_mouse or not isinstance(message, events.MouseEvent):
                    self.process_message(message)

    def _read(self, patience: float | None) -> bytes | None:
        """What has come; nothing where nothing does for some seconds, None at the end."""
        ready, _, _ = select.select([self.fileno, self._end], [], [], patience)
        if self._end in ready:
            return None
        if not ready:
            return b""
        with suppress(OSError):
            return os.read(self.fileno, READ_AT_ONCE) or None
        return None


class WakingEvent(Event):
    """An event that wakes up who waits for files to be read."""

    def __init__(self) -> None:
        super().__init__()
        self._reader, self._writer = os.pipe()

    def fileno(self) -> int:
        """The file that can be read while it is set."""
        return self._reader

    def set(self) -> None:
        """Wake whoever waits."""
        was_set = self.is_set()
        super().set()
        if not was_set:
            os.write(self._writer, b".")

    def clear(self) -> None:
        """Wake nobody any more."""
        if self.is_set():
            os.read(self._reader, 1)
        super().clear()


class Parser(Protocol):
    """Textual's, of which the messages of a sequence are asked."""

    def feed(self, data: str) -> Iterable[Message]:
        """Its messages, when it is whole."""


class MessageReader:
    """Makes Textual's messages of what comes from the terminal."""

    def __init__(self, new_parser: Callable[[], Parser]) -> None:
        """`new_parser` makes Textual's parser, which reads a sequence."""
        self._new_parser, self._parser = new_parser, new_parser()

    def messages(self, unit: Unit) -> Iterator[Message]:
        """Those of a unit; none where it means nothing."""
        if isinstance(unit, Pasted):
            yield events.Paste(unit.text)
        elif unit == "\x1b":
            yield events.Key("escape", unit)
        elif unit.startswith("\x1b") and len(unit) == 2:
            yield from self._with_alt(unit)
        elif (known := translate_report(unit)).startswith("\x1b"):
            yield from self._parse(known)
        else:
            for character in known:
                yield from self._parse(character)

    def _with_alt(self, unit: str) -> Iterator[Message]:
        """A key with alt: by Textual's name where it is another key's (of a word), never a character."""
        keys = [key for key in self._parse(unit) if isinstance(key, events.Key)]
        if keys and not any(map(_writes, keys)):
            yield from keys
        else:
            for key in self._parse(unit[1]):
                yield events.Key(f"alt+{key.key}", None) if isinstance(key, events.Key) else key

    def _parse(self, unit: str) -> list[Message]:
        """What Textual's parser makes of it; where it waits for more, or fails, the next one begins anew."""
        found: list[Message] = []
        with suppress(Exception):
            found.extend(self._parser.feed(unit))
        if not found:
            self._parser = self._new_parser()
        return [message for message in found if not isinstance(message, events.Key) or message.key.isprintable()]


def _writes(key: events.Key) -> bool:
    return bool(key.character) and key.is_printable


def terminal_size() -> tuple[int, int] | None:
    """Columns and lines, if the terminal knows them; COLUMNS and LINES are what a shell once knew."""
    for file_number in (2, 1, 0):
        with suppress(OSError):
            if all(size := os.get_terminal_size(file_number)):
                return size.columns, size.lines
    return None
