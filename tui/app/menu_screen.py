"""The menu of lessons: keys in, a lesson out."""

from collections.abc import Mapping, Sequence
from typing import Literal

from textual import events

from engine.course.course import Item
from engine.learner.progress import Bookmark
from tui.app.board_screen import BoardScreen
from tui.config.keys import KEYS, MENU, KeyTable
from tui.view.canvas import Canvas
from tui.view.glyphs import Signs
from tui.view.panels import menu
from tui.view.panels.menu import Menu
from tui.view.prompt import Line, edit

LONGEST_FILTER = 40
LINES = {"line_up": -1, "line_down": 1, "screen_up": -10, "screen_down": 10, "first": -10**6, "last": 10**6}
KEYS_BESIDE_FILTER = ("up", "down", "escape")  # what is typed goes to the filter but for these


class MenuScreen(BoardScreen[Item | None]):
    """Dismissed with the lesson that was chosen, or with None."""

    def __init__(self, items: Sequence[Item], bookmarks: Mapping[str, Bookmark], current: str,
                 signs: Signs, keys: KeyTable = KEYS) -> None:
        super().__init__(self._picture)
        opened_by = {key for key in keys.by_id["menu"].keys if key not in MENU.by_key}
        self._leave = {*MENU.by_id["leave"].keys, *opened_by}
        chosen = next((k for k, item in enumerate(items) if current in (item.name, item.key)), 0)
        self._menu, self._signs = Menu(items, bookmarks, chosen), signs

    def _picture(self, width: int, height: int) -> Canvas:
        return menu.picture(width, height, self._signs.now, self._menu)

    def take_key(self, event: events.Key) -> None:
        """Choose, filter, take, or leave."""
        event.stop()
        typed, command = self._menu.filter, MENU.by_key.get(event.key)
        if command and command.id == "play":
            self._take()
        elif typed is not None and event.key not in KEYS_BESIDE_FILTER:
            line = edit(Line.of(typed), event.key, event.character)
            self._filter(typed if line is None else line.text[:LONGEST_FILTER])
        elif event.key == "escape" and typed is not None:
            self._filter(None)
        elif event.key in self._leave:
            self.dismiss(None)
        elif command and command.id == "filter":
            self._filter("")
        elif command:
            self._choose(LINES[command.id])
        self._board.repaint()

    def turn_wheel(self, direction: Literal[1, -1]) -> None:
        """Choose the lesson below, or above."""
        self._choose(direction)
        self._board.repaint()

    def _choose(self, by: int) -> None:
        last = max(len(self._menu.matches) - 1, 0)
        self._menu = self._menu._replace(chosen=max(0, min(self._menu.chosen + by, last)), message="")

    def _filter(self, text: str | None) -> None:
        """By another text; None shows all again."""
        self._menu = self._menu._replace(filter=text, chosen=0, message="")

    def _take(self) -> None:
        items = self._menu.matches
        if items and items[self._menu.chosen].lesson:
            self.dismiss(items[self._menu.chosen])
        elif items:
            self._menu = self._menu._replace(message="It can't be played yet: handgrad check says all that is wrong.")
