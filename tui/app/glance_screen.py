"""Training at a glance, in front of the lesson or beside it, while the keys are its own."""

from collections.abc import Callable
from typing import Literal

from textual import events

from engine.walk.walk import Walk
from tui.app.board_screen import BoardScreen
from tui.app.glancing import Glancing
from tui.config.key_names import writes
from tui.config.keys import ALWAYS, GLANCE, KeyTable
from tui.view import glance
from tui.view.canvas import Canvas
from tui.view.glance import Glance
from tui.view.glance_picture import picture
from tui.view.glyphs import Signs
from tui.view.prompt import EDITS


class GlanceScreen(BoardScreen[int | None]):
    """Dismissed with the epoch to go on from, or with None, which leaves the learner where they were."""

    def __init__(self, glancing: Glancing, walk: Callable[[], Walk], draw_lesson: Callable[[int, int], Canvas],
                 signs: Signs, keys: KeyTable, show_help: Callable[[], object]) -> None:
        """`walk` is what the learner looks at, which may become another meanwhile; `draw_lesson` its picture."""
        super().__init__(self._picture)
        self._glancing, self._walk, self._draw_lesson, self._signs = glancing, walk, draw_lesson, signs
        opened_by = {key for key in keys.by_id["glance"].keys if key not in GLANCE.by_key}
        self._leave, self._show_help = {*GLANCE.by_id["leave"].keys, *opened_by}, show_help
        self._help_keys = {key for key in (*ALWAYS, *keys.keys_of("help")) if key not in GLANCE.by_key}

    def _picture(self, width: int, height: int) -> Canvas:
        return picture(self._glancing.glance, self._walk(), width, height, self._signs.now, self._draw_lesson)

    def take_key(self, event: events.Key) -> None:
        """Write, where something is typed; else look elsewhere, go on or leave."""
        event.stop()
        now, command = self._glancing.glance, GLANCE.by_key.get(event.key)
        if now.line is not None and (writes(event.key) or event.key in (*EDITS, "enter", "escape")):
            self._change(self._write(now, event))
        elif event.key in self._leave:
            self.dismiss(None)
        elif event.key in self._help_keys:
            self._show_help()
        elif command and command.id == "on":
            self.dismiss(now.epoch)
        else:
            self._change(glance.press(now, command.id, self._walk()) if command else
                         glance.write(now, event.key, event.character))

    def _write(self, now: Glance, event: events.Key) -> Glance:
        """Into the line that is there; Enter takes it, Esc leaves it."""
        if event.key == "escape":
            return now._replace(line=None, said="")
        return glance.enter(now, self._walk()) if event.key == "enter" else \
            glance.write(now, event.key, event.character)

    def turn_wheel(self, direction: Literal[1, -1]) -> None:
        """Look at the next epoch, or the one before."""
        self._change(glance.press(self._glancing.glance, "epoch" if direction > 0 else "epoch_back", self._walk()))

    def _change(self, now: Glance) -> None:
        if now is not self._glancing.glance:
            self._glancing.change(now, self._walk())
