"""A page in front of the lesson."""

from collections.abc import Callable

from textual.app import ComposeResult
from textual.binding import Binding
from textual.screen import Screen

from tui.board import Board
from tui.view import Canvas


class PageScreen(Screen[None]):
    """Shows a picture, and with Space its next part where it does not fit; closes on the keys that leave things."""

    BINDINGS = [Binding("question_mark,q,escape,enter,f1", "leave", "back", show=False),
                Binding("space,right,pagedown", "turn", "next part", show=False)]

    def __init__(self, draw: Callable[[int, int, int], Canvas]) -> None:
        """`draw` makes the picture for a width, a height and a part, which counts from 0."""
        super().__init__()
        self._part = 0
        self._board = Board(lambda width, height: draw(width, height, self._part))

    def compose(self) -> ComposeResult:
        """A board."""
        yield self._board

    def action_leave(self) -> None:
        """Back to the lesson; a second key that waited for this screen leaves nothing more."""
        if self.is_current:
            self.dismiss()

    def action_turn(self) -> None:
        """The next part; behind the last one is the first."""
        self._part += 1
        self._board.repaint()
