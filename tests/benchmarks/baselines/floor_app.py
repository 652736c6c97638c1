"""The least that a screen like ours takes in Textual: three bordered panels and a footer, 40 cells changed a key."""

from textual import events
from textual.app import App, ComposeResult
from textual.binding import Binding
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Footer


class Panel(Widget):
    """Shows how often a key was pressed, in 40 cells."""

    DEFAULT_CSS = "Panel { border: solid; height: 1fr; }"
    count = 0

    def render_line(self, y: int) -> Strip:
        """One line changes."""
        return Strip.blank(self.size.width) if y else Strip.blank(0).join(
            [Strip([*self.app.console.render(f"{self.count:040d}")])]).adjust_cell_length(self.size.width)


class FloorApp(App[None]):
    """Three panels; the first changes."""

    BINDINGS = [Binding("q", "quit", "quit"), Binding("right", "step", "step")]

    def compose(self) -> ComposeResult:
        """Three panels and a footer."""
        yield from (Panel(), Panel(), Panel(), Footer())

    def on_key(self, event: events.Key) -> None:
        """One step."""
        if event.key == "right":
            event.stop()
            panel = self.query(Panel).first()
            panel.count += 1
            panel.refresh(Region(0, 0, 40, 1))


if __name__ == "__main__":
    FloorApp(ansi_color=True).run(mouse=False)
