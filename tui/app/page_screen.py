"""A page in front of the lesson."""

from collections.abc import Callable, Mapping
from typing import Literal

from textual import events

from tui.app.board_screen import BoardScreen
from tui.config.keys import KEYS, PAGE, KeyTable
from tui.view.canvas import Canvas
from tui.view.page import Page

LINES = {"line_up": -1, "line_down": 1, "first": -10**6, "last": 10**6}
LINES_A_NOTCH = 3  # of the mouse's wheel
SCREENS = {"screen_up": -1, "screen_down": 1}
COLUMNS: Mapping[str, Literal[1, -1]] = {"columns_back": -1, "columns": 1}


class PageScreen(BoardScreen[None]):
    """Shows a page from a line on; closes on the keys that leave things, on its own, and on the one that asks for help.
    """

    def __init__(self, page: Callable[[], Page], keys: KeyTable = KEYS, name: str = "help") -> None:
        """`page` gives it as it is to be shown now, `name` is the command's that opens it."""
        super().__init__(self._picture)
        self._page = page
        self._first_line: int | None = None
        opened_by = {key for key, command in keys.by_key.items()
                     if command.id in ("help", name) and key not in PAGE.by_key}
        self._leave = {*PAGE.by_id["leave"].keys, *opened_by}

    def _picture(self, width: int, height: int) -> Canvas:
        return self._page().picture(width, height, self._first(width, height))

    def _first(self, width: int, height: int) -> int:
        """The line that it begins with; until somebody scrolls the one with what is looked for."""
        return self._page().opening(width, height) if self._first_line is None else self._first_line

    def take_key(self, event: events.Key) -> None:
        """Scroll, or leave."""
        event.stop()
        if event.key in self._leave:
            self.dismiss()
        elif (command := PAGE.by_key.get(event.key)) and command.id in COLUMNS:
            page, size = self._page(), self.app.size
            self._begin_with(page.beside(self._first(*size), COLUMNS[command.id], *size))
        elif command:
            self._scroll(LINES.get(command.id, 0) + SCREENS.get(command.id, 0) * (self.app.size.height - 2))

    def turn_wheel(self, direction: Literal[1, -1]) -> None:
        """Scroll."""
        self._scroll(LINES_A_NOTCH * direction)

    def _scroll(self, by: int) -> None:
        """The app's size counts: the screen's own is unknown to keys that come before its first frame."""
        size = self.app.size
        self._begin_with(self._page().first_line(self._first(*size) + by, *size))

    def _begin_with(self, line: int) -> None:
        self._first_line = line
        self._board.repaint()
