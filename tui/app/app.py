"""The Textual app: it shows the lesson's screen, and ends."""

import signal
import time
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from rich.console import RenderableType
from textual import events
from textual.app import App, SystemCommand
from textual.binding import Binding
from textual.screen import Screen
from textual.theme import BUILTIN_THEMES

from engine.graph.numeric import load
from engine.late import LateModule
from engine.walk.keeper import Keeper
from engine.walk.walk import Walk
from tui.app.board_screen import BoardScreen
from tui.app.flow_control import FLOW_CONTROL, SECONDS_BETWEEN_LOOKS
from tui.app.guarded_app import GuardedApp
from tui.app.lesson_screen import LessonScreen
from tui.app.palette import Commands, Palette
from tui.app.sign_watch import SignWatch
from tui.app.terminal_driver import TerminalDriver
from tui.app.textual_private import write_to_terminal
from tui.app.themes import cell_colors, own_colors_theme, theme_names
from tui.config.configuration import DEFAULT, TERMINAL_THEME, Configuration
from tui.config.key_names import writes
from tui.config.keys import GRADIENT_KEYS, GRADIENTS_HELP
from tui.terminal.console import FAULT, INTERRUPTED
from tui.terminal.signals import end_at_the_latest, exit_code, watch_over
from tui.view.glyphs import Signs
from tui.view.prompt import EDITS

if TYPE_CHECKING:
    from tui.app import picture
else:
    picture = LateModule("tui.app.picture")

LEAST_FOR_PALETTE = 10
PICTURE_HELP = "a picture in SVG, in this folder"
THEMES_HELP = "other colours; ansi: the terminal's own"
LONGEST_FAREWELL = 1.0  # seconds
SECONDS_TO_NUMPY = 0.7  # which the first key needs: behind the first frames of a class that sits down together


class HandgradApp(GuardedApp):
    """One learner and their walks."""

    CSS_PATH = "handgrad.tcss"
    TITLE = "handgrad"
    BINDINGS = [
        Binding("ctrl+c", "interrupt", "leave at once", show=False, priority=True),
        Binding("ctrl+z", "suspend_process", "suspend", show=False),
    ]

    def __init__(self, walk: Walk, signs: Signs | None = None, keeper: Keeper | None = None,
                 configuration: Configuration = DEFAULT, folder: Path | None = None, is_watching: bool = False) -> None:
        """`folder` and `is_watching` as the lesson's screen has them. The theme is one of `theme_names()`; where the
        terminal has 16 colours or none, they are its own.
        """
        super().__init__(ansi_color=True, driver_class=TerminalDriver)
        self.register_theme(own_colors_theme(BUILTIN_THEMES))
        # the terminal's own colours: fewest bytes, and readable on light and dark
        self.theme = configuration.theme if self._has_themes() else TERMINAL_THEME
        self.watch_theme(self.theme)  # which may be the one that Textual begins with
        self._keeper = keeper or Keeper()
        self._signs = signs or Signs()
        self._sign_watch = SignWatch(self, self._signs, self._show_signs)
        self._commands = configuration.keys.commands
        self._sign_keys = [key for key in configuration.keys.by_id["signs"].keys
                           if not writes(key) and key not in EDITS]
        self._lesson_screen = LessonScreen(walk, self._signs, self._keeper, configuration, folder, is_watching)

    def on_mount(self) -> None:
        """Be ready for any end, where it runs in a terminal of its own; load what the first frame did not need."""
        if not self.is_headless:
            self.set_timer(SECONDS_TO_NUMPY, partial(self.run_worker, load, thread=True))
            self.call_after_refresh(self._ask_the_terminal)
            self.app_resume_signal.subscribe(self, self._come_back)
            watch_over()
            self.begin_to_do()

    @property
    def walk(self) -> Walk:
        """The walk in hand."""
        return self._lesson_screen.walk

    def _has_themes(self) -> bool:
        return not self.no_color and self.console.color_system in ("256", "truecolor")

    def watch_theme(self, theme: str) -> None:
        """The terminal's own colours are written as such; a theme's are written in full."""
        self.ansi_color = theme == TERMINAL_THEME

    def get_css_variables(self) -> dict[str, str]:
        """Textual's, and the colours of cells."""
        return super().get_css_variables() | cell_colors(self.current_theme)

    def action_command_palette(self) -> None:
        """Open the palette, unless there is no room for it, or it is open."""
        if self.size.height >= LEAST_FOR_PALETTE and not isinstance(self.screen, Palette):
            self.push_screen(Palette([Commands], placeholder=self._signs.now("Search for commands…")))

    def exit(self, result: None = None, return_code: int = 0, message: RenderableType | None = None) -> None:
        """End, when the terminal has answered; asked a second time, at once."""
        end = partial(App.exit, self, result, return_code, message)
        if self._lesson_screen.is_left:
            end()
            return
        self._leave_screens()
        self._when_answered(end)

    def end_after_fault(self) -> None:
        """End with the place as it was before: what begins there would have the fault again. When the terminal has
        answered, if that can still be found out; at a second fault, at once.
        """
        end = super().end_after_fault
        if self._lesson_screen.is_left:
            end()
            return
        if not self.is_headless:
            end_at_the_latest(FAULT)
        try:
            self._lesson_screen.take_back()
            self._leave_screens()
            self._when_answered(end)
        except Exception:
            end()

    def _leave_screens(self) -> None:
        """No key means anything any more."""
        for screen in self.screen_stack:
            if isinstance(screen, BoardScreen):
                screen.is_left = True

    def action_suspend_process(self) -> None:
        """Be suspended, when the terminal has answered."""
        self._when_answered(super().action_suspend_process)

    def _when_answered(self, leave: Callable[[], None], last_moment: float | None = None) -> None:
        """Leave the terminal when it has answered, or soon: later, its answer would be typed into the shell."""
        last_moment = last_moment or time.monotonic() + LONGEST_FAREWELL
        if FLOW_CONTROL.is_quiet() or time.monotonic() > last_moment:
            leave()
        else:
            self.set_timer(SECONDS_BETWEEN_LOOKS, partial(self._when_answered, leave, last_moment))

    def _come_back(self, _: App[None]) -> None:
        """The terminal is ours again: it shows nothing of before."""
        FLOW_CONTROL.forget()
        self.screen.refresh(layout=True)

    def end_by_signal(self, code: int) -> None:
        """End as soon as it has begun; after a hangup there is no terminal to wait for."""
        leave = partial(App.exit, self) if code == exit_code(signal.SIGHUP) else self.exit
        self.do_soon(partial(leave, return_code=code))

    def _ask_the_terminal(self) -> None:
        """Find out whether it answers, before the first key."""
        write_to_terminal(self, FLOW_CONTROL.question)

    async def on_event(self, event: events.Event) -> None:
        """A key that writes nothing switches the signs, whatever stands in front; else it is as Textual has it."""
        if isinstance(event, events.Key) and event.key in self._sign_keys:
            self._lesson_screen.press(event.key)
            self._show_signs()
        else:
            self._sign_watch.hear(event)
            await super().on_event(event)

    def _show_signs(self) -> None:
        """Everything that is shown, in the signs that are chosen now."""
        for screen in self.screen_stack:
            if isinstance(screen, BoardScreen):
                screen.show_anew()
        if isinstance(self.screen, Palette):
            self.pop_screen()
            self.action_command_palette()

    def on_cursor_position(self) -> None:
        """The terminal's answer: what was written has arrived."""
        FLOW_CONTROL.take_answer()

    def on_mouse_scroll_down(self) -> None:
        """With --mouse: what the wheel does to the screen in front."""
        self._turn_wheel(1)

    def on_mouse_scroll_up(self) -> None:
        """The same, back."""
        self._turn_wheel(-1)

    def _turn_wheel(self, direction: Literal[1, -1]) -> None:
        if isinstance(self.screen, BoardScreen):
            self.screen.turn_wheel(direction)

    def get_default_screen(self) -> LessonScreen:
        """The lesson is the first screen there is."""
        return self._lesson_screen

    def action_interrupt(self) -> None:
        """End as ctrl+c ends a program."""
        self.exit(return_code=INTERRUPTED)

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:  # noqa: ARG002
        """Every command of the key table, and every numbered gradient; Textual's own would change the layout."""
        spelled = self._signs.now
        for command in self._commands:
            yield SystemCommand(spelled(f"{command.word} ({command.shown})"), spelled(command.help),
                                partial(self._run, command.keys[0]))
        for key in list(GRADIENT_KEYS)[:len(self.walk.trace.lesson.order)]:
            name = self.walk.trace.lesson.order[int(key) - 1].name
            yield SystemCommand(spelled(f"gradient ({key}) ∂Loss/∂{name}"), GRADIENTS_HELP,
                                partial(self._run, key))
        yield SystemCommand(spelled("save the screen"), spelled(PICTURE_HELP), self._save_picture)
        for name in theme_names() if self._has_themes() else ():
            yield SystemCommand(spelled(f"theme: {name}"), THEMES_HELP, partial(setattr, self, "theme", name))

    def _run(self, key: str) -> None:
        """Do what a key does in the lesson, whatever screen is in front of it."""
        self._show_lesson()
        self._lesson_screen.press(key)

    def _save_picture(self) -> None:
        """What is in front, as a picture; the lesson says where it is."""
        cursor, lesson = self.walk.cursor, self.walk.trace.lesson
        said = picture.save_picture(picture.draw_screen(self), f"handgrad-{lesson.id}-{cursor.epoch}-{cursor.step}")
        self._show_lesson()
        self._lesson_screen.report(said)

    def _show_lesson(self) -> None:
        while self.screen is not self._lesson_screen:
            self.pop_screen()
