"""Sessions of a command in pseudo-terminals, and what each costs: bytes are only counted, so that reading is cheap."""

import os
import select
import signal
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import pexpect
from processes import processor_time

from terminal import KEYS

RIGHT = KEYS["right"]
SETTLED, KEY_SETTLED = 0.25, 0.06  # seconds of silence after which a screen stands still


@dataclass(frozen=True, slots=True)
class Answer:
    """Milliseconds to the last byte before a silence, and how many bytes came."""

    milliseconds: float
    size: int


class Running:
    """One session, from its start on."""

    def __init__(self, command: list[str]) -> None:
        self.begun = time.perf_counter()
        self._child = pexpect.spawn(command[0], command[1:], dimensions=(24, 80), env={
            **os.environ, "TERM": "xterm-256color", "XDG_STATE_HOME": tempfile.mkdtemp()})
        self._child.delaybeforesend = None

    def __enter__(self) -> "Running":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End it, however busy it is."""
        self._child.kill(signal.SIGKILL)
        self._child.wait()
        self._child.close()

    def fileno(self) -> int:
        """Of the terminal's other side."""
        return int(self._child.child_fd)

    def first_frame(self) -> Answer:
        """Wait for it."""
        return self._answer(self.begun, wait=10, silence=SETTLED)

    def key(self, key: str = RIGHT) -> Answer:
        """Press a key and wait until the screen stands still."""
        begun = time.perf_counter()
        self.send(key)
        return self._answer(begun, wait=0.5, silence=KEY_SETTLED)

    def keys_at_once(self, count: int) -> Answer:
        """Many keys, written at once."""
        begun = time.perf_counter()
        self.send(RIGHT * count)
        return self._answer(begun, wait=5, silence=SETTLED)

    def send(self, text: str) -> None:
        """Write to it as a keyboard does."""
        os.write(self.fileno(), text.encode())

    def read(self) -> int:
        """Take what it has written; how many bytes."""
        try:
            return len(os.read(self.fileno(), 1 << 16))
        except OSError:
            return 0

    def memory(self) -> float:
        """Proportional set size in MB."""
        for line in Path(f"/proc/{self._child.pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) / 1024
        return 0.0

    def processor_time(self) -> float:
        """Milliseconds of CPU so far."""
        return processor_time(self._child.pid)

    def wakeups(self) -> int:
        """How often one of its threads has waited and was woken, so far."""
        return sum(int(line.split()[1]) for status in Path(f"/proc/{self._child.pid}/task").glob("*/status")
                   for line in status.read_text().splitlines() if line.startswith("voluntary_ctxt"))

    def _answer(self, begun: float, wait: float, silence: float) -> Answer:
        last, size = begun, 0
        while select.select([self], [], [], wait)[0]:
            last, wait = time.perf_counter(), silence
            read = self.read()
            if not read:
                break
            size += read
        return Answer(1000 * (last - begun), size)
