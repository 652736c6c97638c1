"""The screen of a lesson: keys in, actions to the walk, its picture to the board."""

from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from textual import events
from textual.geometry import Size

from engine.late import LateModule
from engine.lesson.lesson import LessonError
from engine.text.pasted import retype
from engine.walk.actions import Action, Answer, Calculate, Do, Move, SetMode
from engine.walk.keeper import Keeper
from engine.walk.opening import read_again, turn_to
from engine.walk.walk import ASKING, ActionError, Walk
from tui.app.asked import action_for_key, paste
from tui.app.board_screen import BoardScreen
from tui.app.file_watch import FileWatch
from tui.app.lesson_glance import LessonGlance
from tui.app.player import Player
from tui.app.questions import Questions
from tui.app.showing import Showing
from tui.app.training import Training
from tui.config.configuration import Configuration
from tui.config.keys import ALWAYS, GRADIENT_KEYS, Command
from tui.view import layout
from tui.view.canvas import Canvas
from tui.view.glyphs import Signs, Spelling
from tui.view.layout import Status

if TYPE_CHECKING:
    from engine.course import course
    from tui.app import menu_screen, page_screen
    from tui.view import pages
    from tui.view.page import Page
else:
    course, pages = LateModule("engine.course.course"), LateModule("tui.view.pages")
    menu_screen, page_screen = LateModule("tui.app.menu_screen"), LateModule("tui.app.page_screen")


class LessonScreen(BoardScreen[None]):
    """Holds the walk; everything on the screen follows from it and from what is under way.

    Keys are looked up in the key table right here, not by Textual's bindings: those are checked one message later, and
    what is typed ahead of a question would be lost.
    """

    def __init__(self, walk: Walk, signs: Signs, keeper: Keeper, configuration: Configuration,
                 folder: Path | None, is_watching: bool) -> None:
        """`folder`: whose lessons are the course; None: those that come with handgrad. `is_watching` the lesson's file,
        which somebody is writing.
        """
        super().__init__(self._draw)
        self.walk = self._before = self._drawn = walk
        self._signs, self._keeper, self._folder = signs, keeper, folder
        self._keys = configuration.keys
        self._note = ""
        self._questions = Questions()
        self._showing = Showing(signs, configuration.digits)
        self._player = Player(self._play_step)
        self._watch = FileWatch(self, self._read_again, self._tell_of_file) if is_watching else None
        self._glance = LessonGlance(self, lambda: self.walk, signs, self._keys)
        self._training = Training(self, self.report, lambda: self.take(Do.ARRIVE))

    def on_mount(self) -> None:
        """Go on as the learner did last."""
        self._keeper.report_trouble(lambda trouble: self.call_later(self.report, trouble))
        self.begin(self.walk)

    def begin(self, walk: Walk) -> None:
        """Go on with another walk: what was calculated before is not about another lesson."""
        for part in (self._questions, self._showing):
            part.begin(is_other_lesson=walk.lesson != self.walk.lesson)
        self._before = self.walk
        self._note, self.walk = walk.note, walk
        if self._watch:
            self._watch.follow(walk.lesson)
        self._training.follow(None, walk)
        self._glance.follow()
        self._keeper.keep(walk)
        self._board.repaint()

    def take(self, action: Action) -> None:
        """Act; what can't be done is said."""
        self._before = before = self.walk
        try:
            self.walk = self._keeper.act(before, action)
            self._note = self.walk.note
        except ActionError as error:
            self._note = str(error)
        self._showing.follow(before, self.walk, action)
        self._training.follow(before, self.walk)
        self._glance.follow()
        self._board.repaint()

    def _draw(self, width: int, height: int) -> Canvas:
        return self._glance.draw(width, height, self._draw_lesson)

    def _draw_lesson(self, width: int, height: int) -> Canvas:
        note = "" if self.walk.search else self._note  # there what is said stands with the question
        status = Status(self._player.is_playing, note, self._questions.open, self._keys,
                        trouble=self._watch.trouble if self._watch else "",
                        has_glance=self._glance.is_open)
        canvas = layout.picture(self.walk, width, height, self._signs.now, self._showing.add_to(status))
        self._drawn = self.walk
        return canvas

    def take_back(self) -> None:
        """Back to before the last action, if what it brought could not be drawn."""
        if self.walk is not self._drawn:
            self.walk = self._before

    def take_key(self, event: events.Key) -> None:
        """Answer a question that stands; else do what the key table says."""
        asked = self._questions.open
        if asked and event.key != "escape":
            self._questions.take(asked, event, self._act_on_entry)
            self._board.repaint()
        elif event.key == "escape" and not asked and self._showing.covers(self.walk, self._glance.room(self.size)):
            self.command(self._keys.by_id[self._showing.opened])
        elif (action := action_for_key(self.walk, event.key, event.character, self._questions.calculated)) is not None:
            if isinstance(action, Answer | Calculate):
                self._questions.calculated.add(action.text)
            self.take(action)
        elif self.walk.search and event.key not in (*ALWAYS, *self._keys.keys_of("table", "network", "rows", "glance")):
            pass  # no other key means anything there
        elif not self.press(event.key):
            return
        event.stop()

    def press(self, key: str) -> bool:
        """Do what a key stands for while nothing is asked; returns whether it stands for anything."""
        if key == "escape":
            self.stop()
        elif key in GRADIENT_KEYS:
            self._player.stop()
            self.take(GRADIENT_KEYS[key])
        elif key in self._keys.by_key:
            self.command(self._keys.by_key[key])
        else:
            return False
        return True

    def on_paste(self, event: events.Paste) -> None:
        """Paste into what is being typed: the first line that says something."""
        text = next((line for line in event.text.splitlines() if retype(line).strip()), "")
        if self._questions.open:
            self._questions.open.paste(text)
            self._board.repaint()
        elif self.walk.mode in ASKING:
            self.take(paste(self.walk, text))

    def command(self, command: Command) -> None:
        """Do what a command of the key table stands for."""
        if command.id not in ("faster", "slower", "play"):
            self._player.stop()
        if command.action:
            self.take(command.action)
            return
        self._note = ""
        match command.id:
            case "go" | "calculate" | "what_if":
                self._questions.ask(command, self.walk.trace.lesson)
            case "help" | "skills" | "mixups" | "words" | "rows" | "check":
                self._show_page(command.id)
            case "faster" | "slower":
                self._note = self._player.change_speed(self, 1 if command.id == "faster" else -1)
            case "play":
                self._play()
            case "others" | "digits" | "signs" | "table" | "network":
                self._note = self._showing.show_more(command.id, self.walk, self._glance.room(self.size))
            case "glance":
                self._glance.toggle(self._draw_lesson, self.take, lambda: self._show_page("glance"))
            case "menu" | "quit":
                (self._show_menu if command.id == "menu" else self.app.exit)()
        self._board.repaint()

    def _show_page(self, name: str) -> None:
        """A page in front, about the walk as it is now; where there is none, that is said."""
        page = lru_cache(maxsize=1)(partial(self._page, name, self.walk))
        try:
            page(self._signs.now, self.app.size)
        except ActionError as error:
            self._note = str(error)
            return
        self.app.push_screen(page_screen.PageScreen(lambda: page(self._signs.now, self.app.size), self._keys, name))

    def _page(self, name: str, walk: Walk, spelled: Spelling, size: Size) -> "Page":
        digits = self._showing.digits_now(walk, size).shown
        return pages.page(name, walk, spelled, self._keys, self._keeper.trouble, digits)

    def on_screen_resume(self) -> None:
        """In front again."""
        self._glance.come_back()

    def stop(self) -> None:
        """Stop the nearest of what is under way: a question, playing by itself, what the walk knows of."""
        is_busy = bool(self._questions.open or self._player.is_playing or self._note)
        is_asked = self.walk.mode in ASKING and not self._questions.open
        self._player.stop()
        self._questions.open, self._note = None, ""
        if is_asked or self.walk.bound_for or not is_busy:
            self.take(Do.STOP)
        self._board.repaint()

    def _act_on_entry(self, action: Action) -> str:
        """Do what a question was answered with; what is said of it, or of a calculation, stands with the question."""
        self.take(action)
        said, self._note = self._note, ""
        return said or self.walk.message * isinstance(action, Calculate)

    def _show_menu(self) -> None:
        items, walk = course.course(self._folder), self.walk
        self.app.push_screen(menu_screen.MenuScreen(items, walk.progress.bookmarks, walk.bookmark.key, self._signs,
                                                    self._keys), self._turn_to)

    def _turn_to(self, item: "course.Item | None") -> None:
        """To another lesson, where the learner was in it."""
        if item is None or item.name == self.walk.lesson:
            return
        self.take(SetMode("watch"))
        results, title = self.walk.results, self.walk.trace.lesson.title
        results = results._replace(about=f"{title}, {results.about}", epoch=0)  # of no epoch of the other lesson
        try:
            self.begin(turn_to(self.walk, item.name)._replace(results=results))
        except LessonError as error:
            self.report(str(error.problems[0]))

    def _read_again(self) -> None:
        """Go on with what the lesson's file says now, at the same place if it has it. Raises LessonError."""
        self.begin(read_again(self.walk))

    def _tell_of_file(self) -> None:
        """The file was saved, or is gone: what was said before is not about how it is now."""
        self.report("the lesson was read again" * (not (self._watch and self._watch.trouble)))

    def report(self, text: str) -> None:
        """Say something in the last line."""
        self._note = text
        self._board.repaint()

    def turn_wheel(self, direction: Literal[1, -1]) -> None:
        """With --mouse the wheel steps through what is watched, and nothing else: it never answers or reveals."""
        walk = self.walk
        if walk.mode == "watch" and not self._questions.open and not walk.results.is_open:
            self.take(Move("step", direction))

    def _play(self) -> None:
        """Play, or stop; where there are verdicts to read, these first."""
        self.take(SetMode("watch"))
        if not self.walk.results.is_open:
            self._player.toggle(self)

    def _play_step(self) -> None:
        before = self.walk.cursor
        if self._player.holds(before.step == 0):
            return
        self.take(Move("step", 1))
        if self.walk.cursor == before:
            self._player.stop()
