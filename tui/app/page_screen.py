"""A page in front of the lesson."""

from textual import events

from tui.app.board_screen import BoardScreen
from tui.config.keys import KEYS, PAGE, KeyTable
from tui.view.canvas import Canvas
from tui.view.pages import Page

LINES = {"line_up": -1, "line_down": 1, "first": -10**6, "last": 10**6}
SCREENS = {"screen_up": -1, "screen_down": 1}


class PageScreen(BoardScreen[None]):
    """Shows a page from a line on; closes on the keys that leave things, and on the one that asks for help."""

    def __init__(self, page: Page, keys: KeyTable = KEYS) -> None:
        super().__init__(self._picture)
        self._page, self._first_line = page, 0
        opened_by = {key for key, command in keys.by_key.items() if command.id == "help" and key not in PAGE.by_key}
        self._leave = {*PAGE.by_id["leave"].keys, *opened_by}

    def _picture(self, width: int, height: int) -> Canvas:
        return self._page.picture(width, height, self._first_line)

    def take_key(self, event: events.Key) -> None:
        """Scroll, or leave."""
        event.stop()
        width, height = self.app.size  # the screen's own is unknown to keys that come before its first frame
        if event.key in self._leave:
            self.dismiss()
        elif command := PAGE.by_key.get(event.key):
            by = LINES.get(command.id, 0) + SCREENS.get(command.id, 0) * (height - 2)
            self._first_line = self._page.first_line(self._first_line + by, width, height)
            self._board.repaint()
