"""The menu of lessons: keys in, a lesson out."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from textual import events

from engine.course.course import Item
from engine.learner.progress import Bookmark
from tui.app.board_screen import BoardScreen
from tui.view.canvas import Canvas
from tui.view.glyphs import Spelling
from tui.view.panels import menu
from tui.view.panels.menu import Menu

LONGEST_FILTER = 40
BY_KEY = {"up": -1, "k": -1, "down": 1, "j": 1, "pageup": -10, "pagedown": 10, "home": -10**6, "end": 10**6}


class MenuScreen(BoardScreen[Item | None]):
    """Dismissed with the lesson that was chosen, or with None."""

    def __init__(self, items: Sequence[Item], bookmarks: Mapping[str, Bookmark], current: str,
                 spelled: Spelling) -> None:
        super().__init__(self._picture)
        chosen = next((k for k, item in enumerate(items) if item.name == current), 0)
        self._menu, self._spelled = Menu(items, bookmarks, chosen), spelled

    def _picture(self, width: int, height: int) -> Canvas:
        return menu.picture(width, height, self._spelled, self._menu)

    def take_key(self, event: events.Key) -> None:
        """Choose, filter, take, or leave."""
        event.stop()
        key, typed = event.key, self._menu.filter
        if key == "enter":
            self._take()
        elif key == "escape" and typed is None:
            self.dismiss(None)
        elif key == "escape":
            self._filter(None)
        elif key == "slash" and typed is None:
            self._filter("")
        elif typed is not None and key not in ("up", "down"):
            self._filter(typed[:-1] if key == "backspace" else
                         (typed + (event.character or "") * event.is_printable)[:LONGEST_FILTER])
        elif key in BY_KEY:
            last = max(len(self._menu.matches) - 1, 0)
            self._menu = replace(self._menu, chosen=max(0, min(self._menu.chosen + BY_KEY[key], last)), message="")
        elif key in ("q", "m"):
            self.dismiss(None)
        self._board.repaint()

    def _filter(self, text: str | None) -> None:
        self._menu = replace(self._menu, filter=text, chosen=0, message="")

    def _take(self) -> None:
        items = self._menu.matches
        if items and items[self._menu.chosen].lesson:
            self.dismiss(items[self._menu.chosen])
        elif items:
            self._menu = replace(self._menu, message="It can't be played yet: handgrad check says all that is wrong.")
