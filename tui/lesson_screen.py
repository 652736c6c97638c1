"""The screen of a lesson: keys in, actions to the session, its picture to the board."""

import asyncio

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.screen import Screen

from engine.session import Action, ActionError, Cursor, GoTo, Session, act, parse_cursor
from tui import layout
from tui.board import Board
from tui.go_to import GoToPrompt
from tui.help_screen import HelpScreen
from tui.keys import BY_ID, COMMANDS, GRADIENT_KEYS, GRADIENTS_HELP
from tui.player import Player


class LessonScreen(Screen[None]):
    """Holds the session; everything on the screen follows from it."""

    BINDINGS = [
        *(Binding(",".join(c.keys), f"command('{c.id}')", c.help, id=c.id, show=False) for c in COMMANDS),
        *(Binding(key, f"gradient({key})", GRADIENTS_HELP, show=False) for key in GRADIENT_KEYS),
        Binding("escape", "stop", "stop what is under way", show=False),
    ]

    def __init__(self, session: Session, ascii_only: bool = False) -> None:
        super().__init__()
        self.session = session
        self._ascii_only = ascii_only
        self._note = ""
        self._player = Player(self._play_step)

    def compose(self) -> ComposeResult:
        """The board, and the line that asks for a place."""
        yield Board()
        yield GoToPrompt()

    def on_mount(self) -> None:
        """The board can be painted once it has a size."""
        self._board = self.query_one(Board)
        self._board.focus()
        self.call_after_refresh(self.show)

    def on_resize(self) -> None:
        """Lay everything out again."""
        self.call_after_refresh(self.show)

    def show(self) -> None:
        """Paint the session as it is now."""
        width, height = self._board.size
        if width and height:
            self._board.paint(layout.picture(self.session, width, height, self._ascii_only,
                                             self._player.is_playing, self._note))

    def action_command(self, name: str) -> None:
        """Do what a key of the table stands for."""
        command = BY_ID[name]
        if command.action:
            self._player.stop()
            self._do(command.action)
            return
        self._note = ""
        match name:
            case "go":
                self._player.stop()
                self.query_one(GoToPrompt).open()
            case "play":
                self._player.toggle(self)
            case "faster" | "slower":
                self._note = self._player.change_speed(self, 1 if name == "faster" else -1)
            case "help":
                self._player.stop()
                self.app.push_screen(HelpScreen(self._ascii_only))
            case "quit":
                self.app.exit()
        self.show()

    def action_gradient(self, number: int) -> None:
        """Go to a numbered gradient."""
        self._player.stop()
        self._do(GRADIENT_KEYS[str(number)])

    def action_stop(self) -> None:
        """Stop playing, training to a far epoch, or asking for a place; close a derivation."""
        self._player.stop()
        self.workers.cancel_node(self)
        self.query_one(GoToPrompt).close()
        self._note = ""
        if self.session.derivation:
            self._do(BY_ID["derivation"].action)
        self._board.focus()
        self.show()

    def on_go_to_prompt_asked(self, message: GoToPrompt.Asked) -> None:
        """Go to the place that was typed, or say what is wrong with it."""
        prompt = self.query_one(GoToPrompt)
        try:
            cursor = parse_cursor(message.text, self.session.trace)
        except ActionError as error:
            prompt.complain(str(error))
            return
        prompt.close()
        self._board.focus()
        self._go(cursor)

    @work(exclusive=True)
    async def _go(self, cursor: Cursor) -> None:
        """Go to a place, however far: the screen stays alive while the epochs before it are computed."""
        trace = self.session.trace
        if not trace.is_near(cursor.epoch):
            for reached in trace.train_towards(cursor.epoch):
                self._note = f"training: epoch {reached} of {cursor.epoch}; Esc stops"
                self.show()
                await asyncio.sleep(0)
        self._do(GoTo(cursor))

    def _do(self, action: Action | None) -> None:
        if action is None:
            return
        self.workers.cancel_node(self)
        try:
            self.session, self._note = act(self.session, action), ""
        except ActionError as error:
            self._note = str(error)
        self.show()

    def _play_step(self) -> None:
        self._do(BY_ID["step"].action)
