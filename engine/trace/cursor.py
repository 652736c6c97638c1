"""A place in a trace."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cursor:
    """A place in the trace: the epoch, from 1, and how many of its steps are on the screen. Spelled `1:38`."""

    epoch: int
    step: int

    def __str__(self) -> str:
        return f"{self.epoch}:{self.step}"


START = Cursor(1, 0)
