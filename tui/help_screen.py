"""All keys, and the signs of the screen, on one page."""

from functools import partial

from textual.app import ComposeResult
from textual.binding import Binding
from textual.screen import Screen

from tui.board import Board
from tui.keys import COMMANDS, GRADIENTS_HELP, GRADIENTS_SHOWN
from tui.view import Box, Canvas, Role, rule

SIGNS = (
    ("·", "not reached yet (which is not 0)"), ("[ ]", "the number just filled in"), ("▸", "the row in hand"),
    ("•", "reused: an earlier chain gave this factor"), ("═", "the path that the number lies on"),
    ("…", "there is more than fits here"),
)


def picture(width: int, height: int, ascii_only: bool) -> Canvas:
    """The page: keys on the left, signs on the right or, where that is too narrow, not at all."""
    canvas = Canvas(width, height, ascii_only)
    box = rule(canvas, Box(0, 0, width, height - 1), "Keys")
    entries = [(c.shown, c.help) for c in COMMANDS]
    entries.insert(12, (GRADIENTS_SHOWN, GRADIENTS_HELP))
    for y, (keys, words) in enumerate(entries[:box.height], box.y):
        canvas.put(1, y, keys, Role.KEY)
        canvas.put(12, y, canvas.shortened(words, width - 13))
    x = 12 + max(len(words) for _, words in entries) + 2
    if width - x > 20:
        for y, (sign, words) in enumerate(SIGNS, box.y):
            canvas.put(x, y, sign, Role.KEY)
            canvas.put(x + 4, y, canvas.shortened(words, width - x - 4))
    canvas.put(1, height - 1, "any of ? q Esc Enter: back to the lesson.   ctrl+p: all commands by name", Role.KEY)
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
