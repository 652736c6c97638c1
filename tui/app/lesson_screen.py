"""The screen of a lesson: keys in, actions to the session, its picture to the board."""

from dataclasses import replace

from textual import events

from engine.course.course import Item, course
from engine.learner.learner import Learner
from engine.learner.progress import MODES, Mode
from engine.lesson.lesson import LessonError
from engine.trace.cursor import Cursor
from engine.walk.opening import read_again, turned, with_new_numbers, with_own_numbers
from engine.walk.session import Action, ActionError, GoTo, Rethink, Session, WhatIf, act
from tui.app import prompts
from tui.app.board_screen import BoardScreen
from tui.app.by_hand import followed, practice_for
from tui.app.file_watch import FileWatch
from tui.app.find_mistake import FindMistake
from tui.app.menu_screen import MenuScreen
from tui.app.page_screen import PageScreen
from tui.app.player import Player
from tui.app.practice import Practice
from tui.app.training import Journey
from tui.config.keys import BY_ID, BY_KEY, GRADIENT_KEYS, Command
from tui.view import layout, pages
from tui.view.canvas import Canvas
from tui.view.glyphs import Spelling
from tui.view.layout import Status
from tui.view.prompt import Prompt


class LessonScreen(BoardScreen[None]):
    """Holds the session; everything on the screen follows from it and from what is under way.

    Keys are looked up in the key table right here, not by Textual's bindings: those are checked one message later, and
    what is typed ahead of a question would be lost.
    """

    def __init__(self, session: Session, spelled: Spelling, learner: Learner) -> None:
        super().__init__(self._picture)
        self.session, self._start = Session(session.trace), session
        self._journey = Journey(self, self._report, self._arrived)
        self._spelled = spelled
        self._note = ""
        self._prompt: Prompt | None = None
        self._learner = learner
        self._practice: Practice | None = None
        self._find: FindMistake | None = None
        self._entered: list[str] = []  # what was calculated and changed
        self._player = Player(self._play_step)

    def bound_for(self) -> Session:
        """Where the learner is, or is on the way to."""
        return replace(self.session, cursor=self._journey.destination or self.session.cursor)

    def on_mount(self) -> None:
        """Go on as the learner did last."""
        self.begin(self._start)
        if self._learner.is_watching:
            FileWatch(self, self._learner.lesson, self._read_again)

    def _read_again(self) -> None:
        """The lesson's file was saved: go on with what it says now, at the same place if it has it."""
        try:
            self.begin(read_again(self._learner, self.bound_for()))
        except LessonError as error:
            self._note = f"not read again: {error.problems[0]}"
        self._board.repaint()

    def _picture(self, width: int, height: int) -> Canvas:
        practice = self._practice
        if find := self._find:
            status = Status(written=find.written, pointed=find.pointed, message=find.message,
                            keys=find.keys)
            return layout.picture(find.session, width, height, self._spelled, status)
        status = Status(self._player.is_playing, self._note, self._prompt, self._learner.mode)
        if practice:
            status = replace(status, written=practice.written, wrong=practice.wrong)
        if practice and practice.asks(self.session):
            status = replace(status, typed=practice.prompt.text, message=practice.message)
        return layout.picture(self.session, width, height, self._spelled, status)

    def take_key(self, event: events.Key) -> None:
        """Answer a question that stands; else do what the key table says."""
        if self._find:
            self._point(self._find, event)
        elif self._prompt and event.key != "escape":
            self._answer(self._prompt, event)
            event.stop()
        elif (self._practice and self._practise(self._practice, event)) or self.press(event.key):
            event.stop()

    def _point(self, find: FindMistake, event: events.Key) -> None:
        """While the mistake is looked for, other keys mean nothing but to leave."""
        event.stop()
        if event.key in ("escape", "q"):
            self._find = None
        elif not find.press(event.key):
            return
        self._board.repaint()

    def _begin_to_find(self) -> None:
        self._set_mode("watch")
        self._find = FindMistake.begun(self.session)
        if not self._find:
            self._note = "no mistake of the catalogue would show in this lesson"

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
        """Do what a key stands for while no question does; returns whether it stands for anything. Whoever looks for a
        mistake has left that: only the palette and the wheel come here then.
        """
        self._find = None
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
            prompt.write("".join(filter(str.isprintable, event.text)), is_new=True)
            self._board.repaint()

    def command(self, command: Command) -> None:
        """Do what a command of the key table stands for."""
        if command.id not in ("faster", "slower", "play"):
            self._player.stop()
        self._note = ""
        if command.action:
            self._do(command.action)
            return
        name = command.id
        match name:
            case "go" | "calculate" | "what_if":
                self._ask(name)
            case "help" | "skills" | "words":
                self.app.push_screen(PageScreen(pages.page(name, self.session, self._learner, self._spelled)))
            case "faster" | "slower":
                self._note = self._player.change_speed(self, 1 if name == "faster" else -1)
            case "quit":
                self.app.exit()
            case _:
                {"practise": lambda: self._set_mode("practise"), "mode": self._next_mode, "play": self._play,
                 "find": self._begin_to_find, "menu": self._show_menu, "numbers": self._draw_numbers,
                 "own": self._to_own_numbers}[name]()
        self._board.repaint()

    def _ask(self, what: str) -> None:
        """A question in the last line."""
        self._prompt = {"go": lambda: prompts.for_place(self.session, self._go),
                        "calculate": lambda: prompts.for_calculation(self.session, self._entered),
                        "what_if": lambda: prompts.for_change(self._change, self._entered)}[what]()

    def _change(self, change: WhatIf) -> str:
        self._do(change)
        if not self._note:
            self._prompt = None
        return self._note

    def _play(self) -> None:
        self._set_mode("watch")
        self._player.toggle(self)

    def _show_menu(self) -> None:
        items, learner = course(self._learner.folder), self._learner
        self.app.push_screen(MenuScreen(items, learner.bookmarks, learner.lesson, self._spelled), self._turn)

    def _turn(self, item: Item | None) -> None:
        """To another lesson, where the learner was in it."""
        if item is None or item.name == self._learner.lesson:
            return
        self._journey.turn_back()
        self._set_mode("watch")
        try:
            self.begin(turned(self._learner, item.name))
        except LessonError as error:
            self._note = str(error.problems[0])

    def begin(self, session: Session) -> None:
        """Walk on from a session, near or far."""
        self._note = ""
        if session.trace.is_near(session.cursor.epoch):
            self.session, self._practice = session, practice_for(session, self._learner)
        else:
            self.session, self._practice = replace(session, cursor=Cursor(1, 0)), None
            self._journey.set_out(self.session, session.cursor)
        self._learner.keep(self.bound_for())
        self._board.repaint()

    def _to_own_numbers(self) -> None:
        """Undo every change; where there is none, back from drawn numbers to the lesson's."""
        if self.session.changes or self._learner.seed is None:
            self._do(Rethink("own"))
        else:
            self._journey.turn_back()
            self.session = with_own_numbers(self._learner, self.session)
            self._set_mode(self._learner.mode)
            self._note = "the lesson's own numbers again"

    def _draw_numbers(self) -> None:
        self._journey.turn_back()
        self.session = with_new_numbers(self._learner, self.session)
        self._set_mode(self._learner.mode)
        seed = self._learner.seed
        self._note = f"new numbers, drawn by seed {seed}; --numbers {seed} gives them again"

    def stop(self) -> None:
        """Stop playing, training to a far epoch, asking for a place; else close the derivation."""
        idle = not (self._prompt or self._player.is_playing or self._note)
        if self._practice and not self._prompt and not self._journey.destination:
            self._set_mode("watch")
            self._board.repaint()
            return
        self._player.stop()
        self._journey.turn_back()
        self._prompt, self._note = None, ""
        if idle and self.session.derivation and (action := BY_ID["derivation"].action):
            self._do(action)
        self._board.repaint()

    def _answer(self, prompt: Prompt, event: events.Key) -> None:
        """Write the answer; Enter takes it."""
        if event.key == "enter":
            prompt.reply = prompt.enter(prompt.text)  # which may end it
        else:
            prompt.take(event.key, event.character)
        self._board.repaint()

    def _go(self, place: Cursor) -> None:
        self._prompt = None
        if self.session.trace.is_near(place.epoch):
            self._do(GoTo(place))
        else:
            self._journey.set_out(self.session, place)

    def _arrived(self, place: Cursor) -> None:
        self._act(GoTo(place))
        self._practice = self._practice or practice_for(self.session, self._learner)

    def _report(self, text: str) -> None:
        self._note = text
        self._board.repaint()

    def _do(self, action: Action) -> None:
        """Act, whatever is under way."""
        self._journey.turn_back()
        self._act(action)

    def _act(self, action: Action) -> None:
        before = self.session
        try:
            self.session, self._note = act(before, action), ""
        except ActionError as error:
            self._note = str(error)
        self._practice = followed(self._practice, before, self.session, self._learner)
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
