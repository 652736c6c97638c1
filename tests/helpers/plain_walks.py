"""The plain mode, by its commands."""

import io

from engine.trace.cursor import Cursor
from engine.trace.trace import Trace
from engine.walk.walk import Walk
from lessons import and_trace
from tui.plain import descriptions as spoken
from tui.plain.plain_mode import PlainWalk

START = Cursor(1, 0)


def walk(*commands: str, at: Cursor = START, trace: Trace | None = None) -> tuple[list[str], Walk]:
    """What is said to commands at a place of the AND lesson, or of another one, and where that leads."""
    said: list[str] = []
    lines = io.StringIO("".join(f"{command}\n" for command in commands))
    walk = PlainWalk(Walk(trace or and_trace(), at), said.append)
    greeting = 2 + len([*spoken.introduction(walk.walk)])
    walk.run(lines, prompt=lambda: None)
    return said[greeting:], walk.walk
