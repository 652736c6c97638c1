"""All keys, and the signs of the screen, on one page."""

from functools import partial

from textual.app import ComposeResult
from textual.binding import Binding
from textual.screen import Screen

from tui.board import Board
from tui.keys import COMMANDS, GRADIENTS_HELP, GRADIENTS_SHOWN
from tui.view import Box, Canvas, Role, rule

SIGNS = (
    ("·", "not reached yet (which is not 0)"),
    ("[ ]", "the number just filled in"),
    ("▸", "the row, or the unit, in hand"),
    ("•", "reused: found before, in an earlier chain"),
    ("═", "in the network: what the number goes through"),
    ("…", "there is more than fits here"),
    ("right", "the prediction is on its target's side of ½"),
    ("digits", "what is shown is rounded; nothing is rounded on the way"),
)
ENTRIES = (*((command.shown, command.help) for command in COMMANDS), (GRADIENTS_SHOWN, GRADIENTS_HELP),
           ("Esc", "stop what is under way"))


def picture(width: int, height: int, ascii_only: bool) -> Canvas:
    """The page: the keys in two columns, movements forward and their reverses side by side; then the signs."""
    canvas = Canvas(width, height, ascii_only)
    half = min(width // 2, 50)
    rule(canvas, Box(0, 0, width, 1), "Keys")
    for k, (keys, words) in enumerate(ENTRIES):
        x, y = half * (k % 2), 1 + k // 2
        canvas.put(x + 1, y, keys, Role.KEY)
        canvas.put(x + 12, y, canvas.shortened(words, half - 12))
    y = 2 + len(ENTRIES) // 2
    rule(canvas, Box(0, y, width, 1), "Signs")
    for line, (sign, words) in enumerate(SIGNS, y + 1):
        canvas.put(1, line, sign, Role.KEY)
        canvas.put(12, line, canvas.shortened(words, width - 13))
    canvas.put(0, height - 1, " " * width)
    canvas.put(1, height - 1, "? q Esc or Enter: back to the lesson      Ctrl+P: every command by name", Role.KEY)
    return canvas


class HelpScreen(Screen[None]):
    """Closes on the keys that open it or leave things."""

    BINDINGS = [Binding("question_mark,q,escape,enter,space", "dismiss", "back", show=False)]

    def __init__(self, ascii_only: bool) -> None:
        super().__init__()
        self._ascii_only = ascii_only

    def compose(self) -> ComposeResult:
        """A board."""
        yield Board(partial(picture, ascii_only=self._ascii_only))
