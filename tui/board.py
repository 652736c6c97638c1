"""The widget that paints a picture, and of it only the cells that changed since the last one."""

from collections.abc import Callable
from itertools import groupby

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from tui.view import Canvas, Role


class Board(Widget):
    """A picture on the screen. It holds no truth: `draw` makes the picture for a width and a height.

    A new size means a new picture; otherwise `repaint` asks for one, compares it with the last, and repaints.
    """

    COMPONENT_CLASSES = {f"board--{role.value}" for role in Role}

    def __init__(self, draw: Callable[[int, int], Canvas]) -> None:
        super().__init__()
        self._draw = draw
        self._picture = Canvas(0, 0)
        self._styles: dict[Role, Style] = {}

    def repaint(self) -> None:
        """Show what has changed. Before the first frame there is nothing to do: it will be drawn whole."""
        before = self._picture
        if (before.width, before.height) != self.size:
            return
        self._picture = self._draw(before.width, before.height)
        changes = ((y, self._picture.change(y, before)) for y in range(before.height))
        regions = [Region(change[0], y, change[1] - change[0], 1) for y, change in changes if change]
        if regions:
            self.refresh(*regions)

    def notify_style_update(self) -> None:
        """The theme changed."""
        self._styles.clear()
        super().notify_style_update()

    def _style(self, role: Role) -> Style:
        if role not in self._styles:
            self._styles[role] = _without_defaults(self.get_component_rich_style(f"board--{role.value}"))
        return self._styles[role]

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
