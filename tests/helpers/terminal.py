"""A command in a real pseudo-terminal, with an emulated screen at the other end."""

import os
import re
import sys
from collections.abc import Callable
from pathlib import Path

import pexpect
import pyte

COMMAND = Path(sys.executable).with_name("handgrad")
KEYS = {"right": "\x1b[C", "left": "\x1b[D", "up": "\x1b[A", "down": "\x1b[B", "escape": "\x1b", "enter": "\r",
        "home": "\x1b[H", "end": "\x1b[F"}

QUESTION = b"\x1b[6n"  # where the cursor is


class Terminal:
    """`handgrad` with some arguments, on a screen of some size."""

    def __init__(self, *arguments: str, size: tuple[int, int] = (80, 24), command: str = str(COMMAND),
                 answers: bool = True, **environment: str) -> None:
        """`answers`: as real terminals do, it says where its cursor is when it has come to the question. As they do, it
        shows nothing of before when the other screen is called up or left.
        """
        self.screen = pyte.Screen(*size)
        self.answers = answers
        self._end_of_last = b""  # of the last piece: a question may come in two
        self._stream = pyte.ByteStream(self.screen)
        self.child = pexpect.spawn(command, list(arguments), dimensions=size[::-1], timeout=30,
                                   env={**os.environ, "TERM": "xterm-256color", **environment})
        self.child.delaybeforesend = None
        self.reply: Callable[[str], object] = self.child.send

    def __enter__(self) -> "Terminal":
        return self

    def __exit__(self, *_: object) -> None:
        self.child.close(force=True)

    def read(self, wait: float) -> bytes:
        """What the command writes until it has been silent for a while; `wait` is how long, at most, for its start."""
        data = b""
        while piece := self.piece(wait):
            data, wait = data + piece, 0.15
        return data

    def piece(self, wait: float) -> bytes:
        """What the command writes next, if it writes within a time; it is on the screen then."""
        piece = self.take(wait)
        self.show(piece)
        return piece

    def take(self, wait: float, most: int = 1 << 16) -> bytes:
        """The same, not on the screen yet."""
        try:
            return bytes(self.child.read_nonblocking(most, timeout=wait))
        except (pexpect.TIMEOUT, pexpect.EOF):
            return b""

    def show(self, piece: bytes) -> None:
        """Draw what the command has written."""
        piece = re.sub(rb"\x1b\[\?1049[hl]", b"\x1b[2J", piece)
        self._stream.feed(re.sub(rb"\x1b\[[<>=?][0-9;:]*[ -/]*(?![hl])[@-~]", b"", piece))  # queries, unknown to pyte
        self.answer(piece)

    def answer(self, piece: bytes) -> None:
        """Say where the cursor is, as often as it is asked in what the command has written."""
        if self.answers:
            unread = self._end_of_last + piece
            self._end_of_last = unread[1 - len(QUESTION):]
            for _ in range(unread.count(QUESTION)):
                self.reply(f"\x1b[{self.screen.cursor.y + 1};{self.screen.cursor.x + 1}R")

    def until(self, text: str, settled: bool = True) -> str:
        """Read until a text is on the screen and, if `settled`, until the screen stands still."""
        self.written_until(text)
        if settled:
            self.read(0.15)
        return self.text()

    def written_until(self, text: str) -> bytes:
        """Read until a text is on the screen; what was written meanwhile."""
        written = b""
        for _ in range(600):
            if text in self.text():
                return written
            piece = self.piece(0.15)
            written += piece
            if not piece and not self.child.isalive():
                break
        raise AssertionError(f"{text!r} did not appear on:\n{self.text()}")

    def press(self, *keys: str) -> bytes:
        """Press keys one by one, each when the screen stands still; returns the last one's answer."""
        answer = b""
        for key in keys:
            self.child.send(KEYS.get(key, key))
            answer = self.read(2)
        return answer

    def text(self) -> str:
        return "\n".join(line.rstrip() for line in self.screen.display)

    def resize(self, width: int, height: int) -> None:
        self.screen.resize(height, width)
        self.screen.reset()
        self.child.setwinsize(height, width)

    def rest(self) -> str:
        """All that the command writes until its end."""
        self.child.expect(pexpect.EOF)
        return bytes(self.child.before).decode(errors="replace")  # it may begin within a character

    def end(self) -> int:
        """Wait for the command's end; its exit code."""
        self.child.expect(pexpect.EOF)
        self.child.close()
        return int(self.child.exitstatus if self.child.exitstatus is not None else -self.child.signalstatus)
