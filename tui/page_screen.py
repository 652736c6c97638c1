"""A page in front of the lesson."""

from collections.abc import Callable

from textual.app import ComposeResult
from textual.binding import Binding
from textual.screen import Screen

from tui.board import Board
from tui.view import Canvas


class PageScreen(Screen[None]):
    """Shows a picture; closes on the keys that leave things."""

    BINDINGS = [Binding("question_mark,q,escape,enter,space", "dismiss", "back", show=False)]

    def __init__(self, draw: Callable[[int, int], Canvas]) -> None:
        super().__init__()
        self._board = Board(draw)

    def compose(self) -> ComposeResult:
        """A board."""
        yield self._board
