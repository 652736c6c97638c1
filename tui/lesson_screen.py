"""The screen of a lesson: keys in, actions to the session, its picture to the board."""

import asyncio
import time
from dataclasses import replace
from functools import partial

from textual import events, work
from textual.app import ComposeResult
from textual.screen import Screen

from engine.learner import Learner
from engine.new_numbers import renumbered
from engine.progress import MODES, Mode
from engine.session import Action, ActionError, Cursor, GoTo, Session, act, parse_cursor
from engine.trace import Trace
from engine.tutor import Tutor
from tui import layout, pages
from tui.board import Board
from tui.by_hand import practice_for
from tui.keys import BY_ID, BY_KEY, GRADIENT_KEYS, Command
from tui.layout import Status
from tui.page_screen import PageScreen
from tui.player import Player
from tui.practice import Practice
from tui.prompt import Prompt
from tui.view import Canvas

SECONDS_BETWEEN_REPORTS = 0.1


class LessonScreen(Screen[None]):
    """Holds the session; everything on the screen follows from it and from what is under way.

    Keys are looked up in the key table right here, not by Textual's bindings: those are checked one message later, and
    what is typed ahead of a question would be lost.
    """

    def __init__(self, session: Session, ascii_only: bool, learner: Learner) -> None:
        super().__init__()
        is_near = session.trace.is_near(session.cursor.epoch)
        self.session = session if is_near else Session(session.trace)
        self.destination: Cursor | None = None if is_near else session.cursor  # of a way that takes a while
        self._ascii_only = ascii_only
        self._note = ""
        self._prompt: Prompt | None = None
        self._learner = learner
        self._practice: Practice | None = None
        self._calculations: list[str] = []
        self._player = Player(self._play_step)
        self._board = Board(self._picture)

    def bound_for(self) -> Session:
        """Where the learner is, or is on the way to."""
        return replace(self.session, cursor=self.destination or self.session.cursor)

    def compose(self) -> ComposeResult:
        """The board is all there is."""
        yield self._board

    def on_mount(self) -> None:
        """Go on as the learner did last; set out for a far place, if that is where to begin."""
        self._practice = practice_for(self.session, self._learner)
        if self.destination:
            self._go_far(self.destination)

    def _picture(self, width: int, height: int) -> Canvas:
        practice = self._practice
        status = Status(self._player.is_playing, self._note, self._prompt, self._learner.mode)
        if practice:
            status = replace(status, written=practice.written, wrong=practice.wrong)
        if practice and practice.asks(self.session):
            status = replace(status, typed=practice.prompt.text, message=practice.message)
        return layout.picture(self.session, width, height, self._ascii_only, status)

    def on_key(self, event: events.Key) -> None:
        """Answer a question that stands; else do what the key table says."""
        if self._prompt and event.key != "escape":
            self._answer(self._prompt, event)
            event.stop()
        elif (self._practice and self._practise(self._practice, event)) or self.press(event.key):
            event.stop()

    def _practise(self, practice: Practice, event: events.Key) -> bool:
        """Take a key as part of an answer; returns whether it is one. Movements stay movements."""
        session = practice.press(event.key, event.character, self.session)
        if session is None:
            return False
        self.session, self._note = session, ""
        self._learner.keep(self.session)
        self._board.repaint()
        return True

    def _set_mode(self, mode: Mode) -> None:
        """Watch, practise or go by hand from here on; what is written by hand is handed in."""
        self._note = self._practice.leave() if self._practice else ""
        if self.session.derivation:
            self.session = replace(self.session, derivation=False)
        self._learner.mode = mode
        self._practice = practice_for(self.session, self._learner)
        self._learner.keep(self.bound_for())

    def _next_mode(self) -> None:
        self._set_mode(MODES[(MODES.index(self._learner.mode) + 1) % len(MODES)])

    def press(self, key: str) -> bool:
        """Do what a key stands for while no question does; returns whether it stands for anything."""
        if key == "escape":
            self.stop()
        elif key in GRADIENT_KEYS:
            self._player.stop()
            self._do(GRADIENT_KEYS[key])
        elif key in BY_KEY:
            self.command(BY_KEY[key])
        else:
            return False
        return True

    def on_paste(self, event: events.Paste) -> None:
        """Paste into the answer."""
        prompt = self._prompt or (self._practice and self._practice.prompt)
        if prompt:
            prompt.write("".join(filter(str.isprintable, event.text)))
            self._board.repaint()

    def command(self, command: Command) -> None:
        """Do what a command of the key table stands for."""
        if command.id not in ("faster", "slower", "play"):
            self._player.stop()
        self._note = ""
        if command.action:
            self._do(command.action)
            return
        {"go": self._ask_for_place, "calculate": self._calculate,
         "practise": lambda: self._set_mode("practise"), "mode": self._next_mode, "play": self._play,
         "faster": lambda: self._change_speed(1), "slower": lambda: self._change_speed(-1),
         "help": self._show_help, "skills": self._show_skills, "numbers": self._draw_numbers,
         "quit": self.app.exit}[command.id]()
        self._board.repaint()

    def _ask_for_place(self) -> None:
        self._prompt = Prompt("go to", "EPOCH or EPOCH:STEP", enter=self._enter_place)

    def _enter_place(self, text: str) -> str:
        """Go to the place that was typed; returns what is wrong with it."""
        try:
            place = parse_cursor(text, self.session.trace)
        except ActionError as error:
            return str(error)
        self._prompt = None
        self._go(place)
        return ""

    def _calculate(self) -> None:
        self._prompt = Prompt("calculate", "such as sig(Z5)·(1−sig(Z5))", enter=self._enter_calculation,
                              history=self._calculations)

    def _enter_calculation(self, text: str) -> str:
        """Returns what was typed with its result, by the numbers known here; it is kept in the history."""
        cursor = self.session.cursor
        step = min(cursor.step, self.session.trace.script.length - 1)
        self._calculations.append(text)
        return Tutor(self.session.trace).calculated(cursor.epoch, step, text)

    def _play(self) -> None:
        self._set_mode("watch")
        self._player.toggle(self)

    def _change_speed(self, by: int) -> None:
        self._note = self._player.change_speed(self, by)

    def _show_help(self) -> None:
        self.app.push_screen(PageScreen(partial(pages.keys_and_signs, ascii_only=self._ascii_only)))

    def _show_skills(self) -> None:
        progress = self._learner.progress(self.session)
        self.app.push_screen(PageScreen(partial(pages.skills, ascii_only=self._ascii_only, progress=progress)))

    def _draw_numbers(self) -> None:
        """The same lesson and place with other starting values: those of the next seed."""
        seed = 1 if self._learner.numbers is None else self._learner.numbers + 1
        self._turn_back()
        self._learner.numbers = seed
        trace = Trace(renumbered(self.session.trace.lesson, seed))
        self.session = Session(trace, Cursor(1, self.session.cursor.step))
        self._set_mode(self._learner.mode)
        self._note = f"new numbers, drawn by seed {seed}; --numbers {seed} gives them again"
        self._learner.keep(self.session)

    def stop(self) -> None:
        """Stop playing, training to a far epoch, asking for a place; else close the derivation."""
        idle = not (self._prompt or self._player.is_playing or self._note)
        if self._practice and not self._prompt:
            self._set_mode("watch")
            self._board.repaint()
            return
        self._player.stop()
        self._turn_back()
        self._prompt, self._note = None, ""
        if idle and self.session.derivation and (action := BY_ID["derivation"].action):
            self._do(action)
        self._board.repaint()

    def _answer(self, prompt: Prompt, event: events.Key) -> None:
        """Write the answer; Enter takes it."""
        if event.key == "enter":
            prompt.reply = prompt.enter(prompt.text)
        else:
            prompt.take(event.key, event.character)
        self._board.repaint()

    def _go(self, place: Cursor) -> None:
        if self.session.trace.is_near(place.epoch):
            self._do(GoTo(place))
        else:
            self._go_far(place)

    @work(exclusive=True)
    async def _go_far(self, place: Cursor) -> None:
        """Go to a place: the screen stays alive while the epochs before it are computed."""
        self.destination, painted = place, 0.0
        for reached in self.session.trace.train_towards(place.epoch):
            if time.monotonic() - painted > SECONDS_BETWEEN_REPORTS:
                self._note = f"training: epoch {reached} of {place.epoch}; Esc stops"
                self._board.repaint()
                painted = time.monotonic()
            await asyncio.sleep(0)
        self.destination = None
        self._act(GoTo(place))

    def _do(self, action: Action) -> None:
        """Act, whatever is under way."""
        self._turn_back()
        self._act(action)

    def _turn_back(self) -> None:
        self.workers.cancel_node(self)
        self.destination = None

    def _act(self, action: Action) -> None:
        try:
            self.session, self._note = act(self.session, action), ""
        except ActionError as error:
            self._note = str(error)
        if self._practice:
            self._practice.moved(self.session)
        self._learner.keep(self.session)
        self._board.repaint()

    def _play_step(self) -> None:
        before = self.session.cursor
        if self._player.holds(before.step == 0):
            return
        if action := BY_ID["step"].action:
            self._do(action)
        if self.session.cursor == before:
            self._player.stop()
