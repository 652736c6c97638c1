"""The widget that paints a picture, and of it only the cells that changed since the last one."""

import time
from collections.abc import Callable
from itertools import groupby

from rich.console import COLOR_SYSTEMS
from rich.segment import Segment
from rich.style import Style
from textual.geometry import Offset, Region
from textual.strip import Strip
from textual.widget import Widget

from tui.app.cell_update import CellUpdate, style_codes
from tui.app.flow_control import FLOW_CONTROL, SECONDS_BETWEEN_LOOKS
from tui.app.textual_private import write_change
from tui.view.canvas import Canvas, CellStyle

LONGEST_WAIT = 0.05  # seconds that a picture waits for the keys behind it


class Board(Widget):
    """A picture on the screen. It holds no truth: `draw` makes the picture for a width and a height.

    A new size means a new picture; otherwise `repaint` asks for one, compares it with the last, and repaints.
    """

    COMPONENT_CLASSES = {f"board--{style.value}" for style in CellStyle}

    def __init__(self, draw: Callable[[int, int], Canvas]) -> None:
        super().__init__()
        self._draw = draw
        self._picture = Canvas(0, 0)
        self._styles: dict[CellStyle, Style] = {}
        self._codes_made: dict[CellStyle, str] = {}
        self._asked_at: float | None = None  # for a repaint that is still to come

    def repaint(self) -> None:
        """Show what has changed, once the keys that wait are done and the line is free: many changes make one picture.

        Before the first frame there is nothing to do: it will be drawn whole.
        """
        is_drawn = self._picture.width and (self._picture.width, self._picture.height) == self.size
        if self._asked_at is None and is_drawn:
            self._asked_at = time.monotonic()
            self._paint_after_keys()

    def _paint_after_keys(self) -> None:
        """Behind the keys that wait at the app, if there are any, then behind those that wait at the screen."""
        if self.app.message_queue_size:
            self.app.call_later(self.screen.call_later, self._paint)
        else:
            self.screen.call_later(self._paint)

    def _paint(self) -> None:
        asked_at = self._asked_at or 0.0
        are_keys_waiting = self.app.message_queue_size or self.screen.message_queue_size
        if are_keys_waiting and time.monotonic() - asked_at < LONGEST_WAIT:
            self._paint_after_keys()
        elif not FLOW_CONTROL.is_free():
            self.set_timer(SECONDS_BETWEEN_LOOKS, self._paint)
        else:
            self._asked_at = None
            self._show_changes()

    def _show_changes(self) -> None:
        before = self._picture
        if (before.width, before.height) != self.size:
            return  # a new size is drawn whole
        self._picture = self._draw(before.width, before.height)
        if self.screen is not self.app.screen:
            return  # it is painted when it comes to the front again
        update = CellUpdate(before, self._picture, self._codes)
        self.place_cursor()
        if update.rows:
            regions = [Region(0, y, before.width, 1) for y in update.rows]
            write_change(self, lambda: update.text + FLOW_CONTROL.question(), *regions)

    def place_cursor(self) -> None:
        """Where one types, else on the number in hand: braille displays follow the terminal's cursor."""
        if place := self._picture.caret or self._picture.first(CellStyle.FRESH):
            self.app.cursor_position = Offset(*place)

    def notify_style_update(self) -> None:
        """The theme changed."""
        self._styles.clear()
        self._codes_made.clear()
        super().notify_style_update()

    def _style(self, style: CellStyle) -> Style:
        if style not in self._styles:
            given = self.get_component_rich_style(f"board--{style.value}")
            self._styles[style] = _without_defaults(given.without_color if self.app.no_color else given)
        return self._styles[style]

    def _codes(self, style: CellStyle) -> str:
        if style not in self._codes_made:
            color_system = COLOR_SYSTEMS[self.app.console.color_system or "standard"]
            self._codes_made[style] = style_codes(self._style(style), color_system)
        return self._codes_made[style]

    def render_line(self, y: int) -> Strip:
        """A row of the picture, a segment for each run of cells that look alike."""
        width, height = self.size
        if (self._picture.width, self._picture.height) != self.size:
            self._picture = self._draw(width, height)
        segments = [Segment("".join(character for character, _ in run), style)
                    for style, run in groupby(self._picture.row(y), lambda cell: self._style(cell[1]))]
        return Strip(segments).adjust_cell_length(width, self.rich_style)


def _without_defaults(style: Style) -> Style:
    """A style that does not say "the terminal's own colour" in so many bytes, but says nothing."""
    color, background = (None if given is None or given.is_default else given for given in (style.color, style.bgcolor))
    return Style(color=color, bgcolor=background, bold=style.bold, dim=style.dim, italic=style.italic,
                 underline=style.underline, reverse=style.reverse)
