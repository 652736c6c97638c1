"""Training at a glance as a lesson's screen has it: opened by a key, kept beside the lesson, gone again."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual.geometry import Size

from engine.late import LateModule
from engine.trace.cursor import Cursor
from engine.walk.actions import GoTo
from engine.walk.walk import Walk
from tui.app.board_screen import BoardScreen
from tui.config.keys import KeyTable
from tui.view.canvas import Canvas
from tui.view.glyphs import Signs

if TYPE_CHECKING:
    from tui.app import glance_screen, glancing
    from tui.view import glance_picture
else:
    glance_screen, glancing = LateModule("tui.app.glance_screen"), LateModule("tui.app.glancing")
    glance_picture = LateModule("tui.view.glance_picture")


class LessonGlance:
    """Nothing of it is loaded before it is opened for the first time."""

    def __init__(self, screen: BoardScreen[None], walk: Callable[[], Walk], signs: Signs, keys: KeyTable) -> None:
        """`screen` is the lesson's, `walk` what is on it now."""
        self._screen, self._walk, self._signs, self._keys = screen, walk, signs, keys
        self._glancing: glancing.Glancing | None = None

    @property
    def is_open(self) -> bool:
        """Whether it is looked at, in front of the lesson or beside it."""
        return self._glancing is not None and self._glancing.is_open

    def room(self, size: Size) -> Size:
        """What of a screen is the lesson's: all of it where the glance is not beside, or has no room there now."""
        is_beside = self._glancing is not None and self._glancing.is_beside
        return Size(glance_picture.lesson_width(size.width), size.height) if is_beside else size

    def draw(self, width: int, height: int, draw_lesson: Callable[[int, int], Canvas]) -> Canvas:
        """The lesson, alone or with the glance beside."""
        own = self.room(Size(width, height)).width
        lesson = draw_lesson(own, height)
        if self._glancing is None or own == width:
            return lesson
        closes = self._keys.silent_hints("glance", "closes") if self._walk().asks else \
            [self._keys.hint("glance", "closes")]
        return glance_picture.beside(self._glancing.glance, self._walk(), width, lesson, closes)

    def toggle(self, draw_lesson: Callable[[int, int], Canvas], take: Callable[[GoTo], object],
               show_help: Callable[[], object]) -> None:
        """Look at the training; where it stays beside, it goes. `take` goes on from an epoch that was looked at."""
        if self._glancing and self.room(self._screen.size) != self._screen.size:
            self._glancing.leave(is_beside=False)
            return
        self._glancing = self._glancing or glancing.Glancing(self._screen.app, self._walk(), self._show)
        screen = glance_screen.GlanceScreen(self._glancing, self._walk, draw_lesson, self._signs, self._keys, show_help)
        self._screen.app.push_screen(screen, lambda epoch: self._leave(epoch, take))
        self._glancing.look(self._walk())

    def _leave(self, epoch: int | None, take: Callable[[GoTo], object]) -> None:
        """From an epoch that was looked at, where there is room with the glance beside; from where one was (None)."""
        if self._glancing:
            width = self._screen.size.width
            self._glancing.leave(is_beside=epoch is not None and glance_picture.lesson_width(width) < width)
        if epoch is not None and epoch != self._walk().cursor.epoch:
            take(GoTo(Cursor(epoch, 0)))
        self.follow()

    def follow(self) -> None:
        """The walk has gone on, or is another."""
        if self._glancing:
            self._glancing.follow(self._walk())

    def come_back(self) -> None:
        """The lesson is in front again, however it came to that."""
        if self._glancing and not self._glancing.is_beside:
            self._glancing.leave(is_beside=False)

    def _show(self) -> None:
        """Show what has changed, on the screen in front."""
        if isinstance(self._screen.app.screen, BoardScreen):
            self._screen.app.screen.show_anew()
