"""A page in front of the lesson."""

from textual import events

from tui.app.board_screen import BoardScreen
from tui.view.canvas import Canvas
from tui.view.pages import Page

LEAVE = ("question_mark", "q", "escape", "enter", "f1")
LINES = {"down": 1, "j": 1, "up": -1, "k": -1, "home": -10**6, "end": 10**6}
SCREENFULS = {"space": 1, "pagedown": 1, "pageup": -1}


class PageScreen(BoardScreen[None]):
    """Shows a page from a line on; closes on the keys that leave things."""

    def __init__(self, page: Page) -> None:
        super().__init__(self._picture)
        self._page, self._first_line = page, 0

    def _picture(self, width: int, height: int) -> Canvas:
        return self._page.picture(width, height, self._first_line)

    def take_key(self, event: events.Key) -> None:
        """Scroll, or leave."""
        event.stop()
        width, height = self.app.size  # the screen's own is unknown to keys that come before its first frame
        if event.key in LEAVE:
            self.dismiss()
        elif by := LINES.get(event.key, 0) + SCREENFULS.get(event.key, 0) * (height - 2):
            self._first_line = self._page.first_line(self._first_line + by, width, height)
            self._board.repaint()
