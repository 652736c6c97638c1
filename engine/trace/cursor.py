"""A place in a trace."""

from typing import NamedTuple


class Cursor(NamedTuple):
    """A place in the trace: the epoch, from 1, and how many of its steps are on the screen. Spelled `1:38`."""

    epoch: int
    step: int

    def __str__(self) -> str:
        return f"{self.epoch}:{self.step}"


START = Cursor(1, 0)
