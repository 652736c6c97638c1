"""A page in front of the lesson."""

from collections.abc import Callable

from textual import events

from tui.app.board_screen import BoardScreen
from tui.view.canvas import Canvas

LEAVE = ("question_mark", "q", "escape", "enter", "f1")
TURN = ("space", "right", "pagedown")


class PageScreen(BoardScreen[None]):
    """Shows a picture, and with Space its next part where it does not fit; closes on the keys that leave things."""

    def __init__(self, draw: Callable[[int, int, int], Canvas]) -> None:
        """`draw` makes the picture for a width, a height and a part, which counts from 0."""
        super().__init__(lambda width, height: draw(width, height, self._part))
        self._part = 0

    def take_key(self, event: events.Key) -> None:
        """Leave, or turn to the next part; behind the last one is the first."""
        event.stop()
        if event.key in LEAVE:
            self.dismiss()
        elif event.key in TURN:
            self._part += 1
            self._board.repaint()
