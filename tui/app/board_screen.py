"""A screen that is a board, whatever it shows."""

from collections.abc import Callable
from typing import Literal

from textual import events
from textual.app import ComposeResult
from textual.screen import Screen, ScreenResultType

from tui.app.board import Board
from tui.view.canvas import Canvas


class BoardScreen(Screen[ScreenResultType]):
    """Keys go to `take_key`, until the app is left. One typed ahead, while this screen was left or another came in
    front, is the other's.
    """

    is_left = False

    def __init__(self, draw: Callable[[int, int], Canvas]) -> None:
        """`draw` makes the picture for a width and a height."""
        super().__init__()
        self._board = Board(draw)

    def compose(self) -> ComposeResult:
        """The board is all there is."""
        yield self._board

    def show_anew(self) -> None:
        """What it shows looks other now."""
        self._board.repaint()

    def on_screen_resume(self) -> None:
        """In front again: what changed meanwhile was not painted."""
        self._board.refresh()
        self._board.place_cursor()

    def on_key(self, event: events.Key) -> None:
        """Take it, or pass it on."""
        if self.is_left:
            event.stop()
        elif self.app.screen is self:
            self.take_key(event)
        else:
            event.stop()
            self.app.screen.post_message(events.Key(event.key, event.character))

    def take_key(self, event: events.Key) -> None:
        """What a key does here."""
        raise NotImplementedError

    def turn_wheel(self, direction: Literal[1, -1]) -> None:
        """What the mouse's wheel does here, down (1) or up (−1)."""
        raise NotImplementedError
