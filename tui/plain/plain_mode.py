"""The plain mode: the same walk as lines of text, a command a line. For screen readers and pipes."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from engine.course.course import course
from engine.course.finding import find_lesson, known_ids
from engine.course.watching import News, WatchedLesson, tell_absence, tell_error
from engine.late import LateModule
from engine.lesson.lesson import LessonError
from engine.text.printable import suggestion
from engine.walk.actions import Action, SetMode
from engine.walk.keeper import Keeper
from engine.walk.opening import arrive, read_again, turn_to
from engine.walk.practice import INVITATION
from engine.walk.walk import ActionError, Walk
from tui.plain import descriptions
from tui.plain.asking import Context, ask, context_of, mode_in_words
from tui.plain.commands import LOOKS, Commands, Request
from tui.plain.telling import ANSWERS, ASIDE, read_out, tell
from tui.terminal.console import read_line
from tui.view.glyphs import Signs

if TYPE_CHECKING:
    from tui.plain import training
else:
    training = LateModule("tui.plain.training")

LONGEST_COMMAND = 200

Say = Callable[[str], object]


@dataclass(slots=True)
class PlainWalk:
    """A walk in lines of text: `walk` is where it stands, whatever ends it. `folder`: whose lessons are the course."""

    walk: Walk
    say: Say
    keeper: Keeper = field(default_factory=Keeper)
    folder: Path | None = None
    is_watching: bool = False
    commands: Commands = field(default_factory=Commands)
    signs: Signs = field(default_factory=Signs)
    heard: Context | None = None  # what the last question was said to be about

    def run(self, lines: TextIO, prompt: Callable[[], object]) -> None:
        """Read commands until the lines end or one says quit."""
        watched = WatchedLesson()
        watched.look(self.walk.lesson)
        self.walk = arrive(self.walk)
        self.say(f"{self.walk.trace.lesson.title}. {self.walk.trace.script.length} steps an epoch. "
                 "Enter: the next number. help: all commands. quit: leave.")
        self._begin()
        self.keeper.report_trouble(self.say)
        self.keeper.keep(self.walk, is_waited_for=True)
        self._ask()
        prompt()
        while command := read_line(lines, LONGEST_COMMAND):
            if self.is_watching and (news := watched.look(self.walk.lesson)):
                self._hear(news)
            if len(command) == LONGEST_COMMAND and not command.endswith("\n"):
                command = "\0"  # which is no command
            request = self.commands.read(self.walk, command)
            if request.name == "quit":
                break
            self._obey(request)
            prompt()

    def _begin(self) -> None:
        """What the lesson is about, where one is in it and in which mode."""
        self._say_all([*descriptions.introduction(self.walk), *descriptions.where(self.walk)])
        if self.walk.mode != "watch":
            self.say(mode_in_words(self.walk))
            self._say_all(text for text in self.walk.said if text != INVITATION)
        self.heard = None

    def _obey(self, request: Request) -> None:
        """Do what is asked for, and ask on. After a fault it is as before: what begins there would have it again."""
        before = self.walk
        try:
            self._take_or_say(request)
            self._ask()
        except Exception:
            self.walk = before
            raise

    def _take_or_say(self, request: Request) -> None:
        """What can't be done is said."""
        try:
            self._take(request)
        except ActionError as error:
            self.say(str(error))
        else:
            self.keeper.keep(self.walk)

    def _take(self, request: Request) -> None:
        """Something to tell, another lesson, or what the walk takes."""
        if request.name in LOOKS:
            if request.name == "skills" and self.keeper.trouble:
                self.say(self.keeper.trouble)
            self._say_all(look(self.walk, request, self.commands, self.folder))
            if request.name == "where":
                self.heard = None  # so that the question says all of it once more
        elif request.name == "signs":
            self.say(self.signs.switch())
        elif request.name == "lesson":
            self._turn_to(request.value)
        else:
            self._act(self.commands.action_of(self.walk, request))

    def _act(self, action: Action) -> None:
        before = self.walk
        self.walk = arrive(self.keeper.act(before, action))
        self._say_all(tell(before, action, self.walk))
        self.walk = read_out(self.walk)
        if not isinstance(action, ANSWERS) and action not in ASIDE:
            self.heard = None  # something else was heard meanwhile

    def _say_all(self, texts: Iterable[str]) -> None:
        for text in texts:
            self.say(text)

    def _turn_to(self, wanted: str) -> None:
        """To a lesson by its number in the list, or its id."""
        name, before = find(wanted, self.folder), self.walk
        self.walk = self.keeper.act(before, SetMode("watch"))
        self._say_all(self.walk.details)
        self.walk = read_out(self.walk)
        try:
            self.walk = arrive(turn_to(self.walk, name))
        except LessonError as error:
            raise ActionError(str(error.problems[0])) from None
        self.say(self.walk.trace.lesson.title)
        self._begin()
        if self.walk.mode == "watch" != before.mode:
            self.say(mode_in_words(self.walk))

    def _hear(self, news: News) -> None:
        """The lesson's file was saved: go on with what it says now, at the same place if it has it. Or it is gone."""
        if news == "gone":
            self.say(tell_absence(self.walk.lesson))
            return
        try:
            self.walk = arrive(read_again(self.walk))
            self.say("the lesson was read again")
        except LessonError as error:
            self.say(f"not read again: {tell_error(error)}")

    def _ask(self) -> None:
        self._say_all(ask(self.walk, self.heard))
        self.heard = context_of(self.walk) or self.heard


def find(wanted: str, folder: Path | None) -> str:
    """The name that opens a lesson of the list, or one that is known by its id. Raises ActionError."""
    items = course(folder)
    names = {str(number): item.name for number, item in enumerate(items, 1) if item.lesson}
    if wanted in names:
        return names[wanted]
    if wanted not in (known := known_ids(folder)):
        near = suggestion(wanted, known)
        raise ActionError(f"lesson: expected 1 to {len(items)}, or an id; lessons lists them{near}")
    try:
        return find_lesson(wanted, folder)
    except LessonError as error:
        raise ActionError(f"{error}, or by its number") from None


def look(walk: Walk, request: Request, commands: Commands, folder: Path | None = None) -> Iterable[str]:
    """What may be looked at at any time, by the command for it. Raises ActionError where there is nothing to see."""
    if request.name == "help":
        return commands.help(request.value)
    if request.name == "training":
        return training.training(walk, request.value)
    if request.name == "lessons":
        return descriptions.lessons(walk.progress, folder)
    return descriptions.OF_A_WALK[request.name](walk)
