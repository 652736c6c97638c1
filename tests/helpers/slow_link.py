"""A line between a terminal and a command that takes its time, in ticks of a tenth of a second."""

import select
from collections import deque

from terminal import Terminal

TICK = 0.1  # seconds
LATENCY, BYTES_A_TICK = 2, 200  # ticks each way


class SlowLink:
    """200 ms each way, 2 KB a second."""

    def __init__(self, terminal: Terminal) -> None:
        self._terminal = terminal
        self._there, self._back = deque([""] * LATENCY), deque([b""] * LATENCY)
        self._typed = ""
        terminal.reply = self.type

    def type(self, keys: str) -> None:
        """Press keys, or answer as the terminal."""
        self._typed += keys

    def tick(self) -> int:
        """A tenth of a second passes; how many bytes came through."""
        self._there.append(self._typed)
        self._typed = ""
        self._terminal.child.send(self._there.popleft())
        select.select([], [], [], TICK)
        piece = self._terminal.take(0.001, BYTES_A_TICK)
        self._back.append(piece)
        self._terminal.show(self._back.popleft())
        return len(piece)
