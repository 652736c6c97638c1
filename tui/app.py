"""The Textual app: it shows the lesson's screen, and ends."""

from collections.abc import Iterable
from functools import partial

from textual.app import App, SystemCommand
from textual.binding import Binding
from textual.screen import Screen

from engine.session import Session
from tui.keys import COMMANDS
from tui.lesson_screen import LessonScreen

INTERRUPTED = 130


class HandgradApp(App[None]):
    """One lesson, from a place on. `session` is where the learner stands."""

    CSS_PATH = "handgrad.tcss"
    TITLE = "handgrad"
    BINDINGS = [
        Binding("ctrl+c", "interrupt", "leave at once", show=False, priority=True),
        Binding("ctrl+z", "suspend_process", "suspend", show=False),
    ]

    def __init__(self, session: Session, ascii_only: bool = False) -> None:
        super().__init__(ansi_color=True)
        self.theme = "ansi-dark"  # the terminal's own colours: fewest bytes, and readable on light and dark
        self._lesson_screen = LessonScreen(session, ascii_only)

    @property
    def session(self) -> Session:
        """The session as it is now, or was at the end."""
        return self._lesson_screen.session

    def get_default_screen(self) -> LessonScreen:
        """The lesson is the first screen there is."""
        return self._lesson_screen

    def action_interrupt(self) -> None:
        """End as ctrl+c ends a program."""
        self.exit(return_code=INTERRUPTED)

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """Every command of the key table, and Textual's own."""
        if isinstance(screen, LessonScreen):
            for command in COMMANDS:
                yield SystemCommand(f"{command.word} ({command.shown})", command.help,
                                    partial(screen.command, command))
        yield from super().get_system_commands(screen)
