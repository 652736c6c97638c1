"""An app under Textual's pilot: what is on its screen, and writing with real keys."""

from textual.pilot import Pilot

from tui.app.app import HandgradApp
from tui.app.board import Board

KEYS = {".": "full_stop", "!": "exclamation_mark", "=": "equals_sign", "-": "minus", "?": "question_mark",
        "/": "slash", " ": "space", "⏎": "enter", "⇥": "tab", "⎋": "escape", "→": "right", "←": "left", "↓": "down"}


def shown(app: HandgradApp) -> str:
    """The screen as text."""
    board = app.screen.query_one(Board)
    return "\n".join(board.render_line(y).text.rstrip() for y in range(board.size.height))


async def write(pilot: Pilot[None], text: str) -> None:
    """Press a key for each character; some stand for keys that write nothing."""
    await pilot.press(*(KEYS.get(character, character) for character in text))
    await pilot.pause()
