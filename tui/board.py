"""The widget that paints a picture, and of it only the cells that changed since the last one."""

from itertools import groupby

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from tui.view import Canvas, Role


class Board(Widget):
    """A picture on the screen. It holds no truth: it is given a picture, compares it with its last, and repaints."""

    COMPONENT_CLASSES = {f"board--{role.value}" for role in Role}
    can_focus = True

    def __init__(self) -> None:
        super().__init__()
        self._picture: Canvas | None = None
        self._styles: dict[Role, Style] = {}

    def paint(self, picture: Canvas) -> None:
        """Show a picture."""
        before, self._picture = self._picture, picture
        if before is None or (before.width, before.height) != (picture.width, picture.height):
            self.refresh()
            return
        changes = ((y, picture.change(y, before)) for y in range(picture.height))
        regions = [Region(change[0], y, change[1] - change[0], 1) for y, change in changes if change]
        if regions:
            self.refresh(*regions)

    def notify_style_update(self) -> None:
        """The theme changed."""
        self._styles.clear()
        super().notify_style_update()

    def _style(self, role: Role) -> Style:
        if role not in self._styles:
            self._styles[role] = self.get_component_rich_style(f"board--{role.value}")
        return self._styles[role]

    def render_line(self, y: int) -> Strip:
        """A row of the picture, a segment for each run of cells that look alike."""
        if self._picture is None or y >= self._picture.height:
            return Strip.blank(self.size.width, self.rich_style)
        segments = [Segment("".join(character for character, _ in run), style)
                    for style, run in groupby(self._picture.row(y), lambda cell: self._style(cell[1]))]
        return Strip(segments).adjust_cell_length(self.size.width, self.rich_style)
