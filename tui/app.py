"""The Textual app: it shows the lesson's screen, and ends."""

from collections.abc import Iterable
from functools import partial

from textual.app import App, SystemCommand
from textual.binding import Binding
from textual.screen import Screen

from engine.session import Cursor
from engine.trace import Trace
from tui.keys import COMMANDS
from tui.lesson_screen import LessonScreen

INTERRUPTED = 130


class HandgradApp(App[None]):
    """One lesson, from a place on."""

    CSS_PATH = "handgrad.tcss"
    TITLE = "handgrad"
    BINDINGS = [
        Binding("ctrl+c", "interrupt", "leave at once", show=False, priority=True),
        Binding("ctrl+z", "suspend_process", "suspend", show=False),
    ]

    def __init__(self, trace: Trace, cursor: Cursor, ascii_only: bool = False) -> None:
        super().__init__(ansi_color=True)
        self.theme = "ansi-dark"  # the terminal's own colours: fewest bytes, and readable on light and dark
        self._trace, self._cursor, self._ascii_only = trace, cursor, ascii_only

    def on_mount(self) -> None:
        """Open the lesson."""
        self.push_screen(LessonScreen(self._trace, self._cursor, self._ascii_only))

    def action_interrupt(self) -> None:
        """End as ctrl+c ends a program."""
        self.exit(return_code=INTERRUPTED)

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """Every command of the key table, and Textual's own."""
        if isinstance(screen, LessonScreen):
            for command in COMMANDS:
                yield SystemCommand(f"{command.word} ({command.shown})", command.help,
                                    partial(screen.action_command, command.id))
        yield from super().get_system_commands(screen)
