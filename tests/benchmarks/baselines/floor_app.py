"""The least that a screen like ours takes in Textual: three bordered panels and a footer, 40 cells changed a key.

With `numpy` as its argument it imports NumPy too.
"""

import sys
from importlib import import_module

from rich.segment import Segment
from textual.app import App, ComposeResult
from textual.binding import Binding
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Footer

NUMBERS = (1, 3)  # the rows with a number that every key changes
COLUMN, WIDTH = 8, 8


class Panel(Widget):
    """Rows of text, some with a number."""

    DEFAULT_CSS = "Panel { border: solid; height: 1fr; }"

    def __init__(self, seed: int) -> None:
        super().__init__()
        self.seed, self.count = seed, 0

    def step(self, by: int) -> None:
        """Other numbers, and only their cells painted again."""
        self.count += by
        self.refresh(*(Region(COLUMN, y, WIDTH, 1) for y in NUMBERS))

    def render_line(self, y: int) -> Strip:
        """A row; the borders are Textual's."""
        number = f"{(self.count + self.seed) * 7919 * (y + 31) % 9999991:<{WIDTH}d}" if y in NUMBERS else ""
        text = f"row {y % 24:<{COLUMN - 4}}{number}"
        return Strip([Segment(text)], len(text)).adjust_cell_length(self.size.width, self.rich_style)


class FloorApp(App[None]):
    """The arrows change a number or two in every panel."""

    BINDINGS = [Binding("right", "step(1)", "step"), Binding("left", "step(-1)", "back"), Binding("q", "quit", "quit")]

    def compose(self) -> ComposeResult:
        """Three panels and a footer."""
        yield from (*(Panel(seed) for seed in (1, 20, 300)), Footer())

    def action_step(self, by: int) -> None:
        """A key's work."""
        for panel in self.query(Panel):
            panel.step(by)


if __name__ == "__main__":
    if sys.argv[1:] == ["numpy"]:
        import_module("numpy")
    FloorApp().run(mouse=False)
