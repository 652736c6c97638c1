"""An app under Textual's pilot: what is on its screen, and writing with real keys."""

from collections.abc import Iterable

from textual.pilot import Pilot

from tui.app.app import HandgradApp
from tui.app.board import Board

KEYS = {".": "full_stop", "!": "exclamation_mark", "=": "equals_sign", "-": "minus", "?": "question_mark",
        "/": "slash", " ": "space", "(": "left_parenthesis", ")": "right_parenthesis", "\n": "enter", "⏎": "enter",
        "⇥": "tab", "⎋": "escape", "→": "right", "←": "left", "↓": "down"}


def lines(app: HandgradApp) -> list[str]:
    """The screen, line by line."""
    board = app.screen.query_one(Board)
    return [board.render_line(y).text.rstrip() for y in range(board.size.height)]


def shown(app: HandgradApp) -> str:
    """The screen as text."""
    return "\n".join(lines(app))


async def press(pilot: Pilot[None], keys: Iterable[str]) -> None:
    """Press keys, by their names or the characters that stand for them. After each, and in a `pause`, Textual waits
    until nothing moves for 20 ms, after a key twice: that is what such tests take.
    """
    await pilot.press(*(KEYS.get(key, key) for key in keys))


async def write(pilot: Pilot[None], text: str) -> None:
    """Press a key for each character; some stand for keys that write nothing."""
    await press(pilot, text)
    await pilot.pause()
