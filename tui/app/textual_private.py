"""Textual's private parts that the app touches, all in this file; each has its public way for a release without it.

A test names each of them, and fails when a release moves one.
"""

from collections.abc import Callable

from rich.console import Console, ConsoleOptions, RenderResult
from textual.app import App
from textual.geometry import Region
from textual.widget import Widget

try:
    from textual._xterm_parser import XTermParser

    PARSER: type[XTermParser] | None = XTermParser  # of what terminals send
except ImportError:
    PARSER = None
try:
    from textual._compositor import CompositorUpdate
except ImportError:
    CompositorUpdate = object  # type: ignore[assignment, misc]

DISPLAY, BATCH_COUNT, DRIVER = "_display", "_batch_count", "_driver"  # of an App
STYLES_CACHE = "_styles_cache"  # of a Widget


class Change(CompositorUpdate):
    """What changes on the screen, as it is written; `text` makes it when it is its turn."""

    def __init__(self, text: Callable[[], str]) -> None:
        self._text = text

    def render_segments(self, console: Console) -> str:  # noqa: ARG002
        """What is written."""
        return self._text()

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Nothing, where Rich draws: this is no text but a change of what stands there."""
        return ()


class WithoutTraceback(App[None]):
    """An app that Textual ends without picturing what was raised, with every local variable: that takes long, and can
    fail itself. Without the private part it is made all the same.
    """

    def _fatal_error(self) -> None:
        self.panic()


def write_change(widget: Widget, text: Callable[[], str], *regions: Region) -> None:
    """Write what changes some regions of a widget by the road of Textual's own updates.

    Where that can't be, or Textual holds its updates back, it paints the regions itself.
    """
    app = widget.app
    display, batch_count = getattr(app, DISPLAY, None), getattr(app, BATCH_COUNT, None)
    cache = getattr(widget, STYLES_CACHE, None)
    if display and cache and batch_count == 0 and CompositorUpdate is not object:
        cache.set_dirty(*regions)  # for when Textual draws the widget for reasons of its own
        display(widget.screen, Change(text))
    else:
        widget.refresh(*regions)


def write_to_terminal(app: App[None], text: Callable[[], str]) -> None:
    """Write control codes to the terminal, or nothing: Textual has no public way for them."""
    if driver := getattr(app, DRIVER, None):
        driver.write(text())
