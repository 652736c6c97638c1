"""The plain mode: the same walk as lines of text, a command a line. For screen readers and pipes."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TextIO

from engine.course.course import course
from engine.course.watching import stamp
from engine.lesson.lesson import LessonError
from engine.walk.actions import Action, SetMode
from engine.walk.keeper import Keeper
from engine.walk.opening import arrive, read_again, turn_to
from engine.walk.walk import ASKING, ActionError, Walk
from tui.plain import descriptions
from tui.plain.commands import Commands
from tui.terminal.console import read_line

LONGEST_COMMAND = 200
GIVING_AWAY = ("where", "why", "table", "network", "derivation")  # what is being asked

Say = Callable[[str], object]


@dataclass(slots=True)
class PlainWalk:
    """A walk in lines of text: `walk` is where it stands, whatever ends it. `folder`: whose lessons are the course."""

    walk: Walk
    say: Say
    complain: Say
    keeper: Keeper = field(default_factory=Keeper)
    folder: Path | None = None
    is_watching: bool = False
    commands: Commands = field(default_factory=Commands)

    def run(self, lines: TextIO, prompt: Callable[[], object]) -> None:
        """Read commands until the lines end or one says quit."""
        seen = stamp(self.walk.lesson) if self.is_watching else None
        self.walk = arrive(self.walk)
        self.say(f"{self.walk.trace.lesson.title}. {self.walk.trace.script.length} steps an epoch. "
                 "Enter: the next number. help: all commands. quit: leave.")
        self._say_all([*descriptions.introduction(self.walk), descriptions.where(self.walk)])
        self._ask()
        prompt()
        while command := read_line(lines, LONGEST_COMMAND):
            if self.is_watching and (now := stamp(self.walk.lesson)) not in (seen, None):
                seen = now
                self._read_again()
            if len(command) == LONGEST_COMMAND and not command.endswith("\n"):
                command = "\0"  # which is no command
            if self.commands.word_of(command.strip()) == "quit":
                break
            try:
                self._take(command.strip())
            except ActionError as error:
                self.complain(str(error))
            else:
                self.keeper.keep(self.walk)
                self._ask()
            prompt()

    def _take(self, line: str) -> None:
        """A line: something to tell, another lesson, or what the walk takes."""
        if self.walk.search or (self.walk.mode in ASKING and not self.commands.is_word(line)):
            self._act(self.commands.action_of(self.walk, line))
            return
        word = self.commands.word_of(line)
        if self.walk.written and word in GIVING_AWAY:
            raise ActionError(f"{word}: not before the chain is done")
        if word in descriptions.OF_A_WALK:
            self._say_all(descriptions.OF_A_WALK[word](self.walk))
        elif word == "help":
            self._say_all(self.commands.help())
        elif word == "lessons":
            self._say_all(descriptions.lessons(self.walk.progress, self.folder))
        elif word.partition(" ")[0] == "lesson":
            self._turn_to(word.partition(" ")[2])
        else:
            self._act(self.commands.action_of(self.walk, line))

    def _act(self, action: Action) -> None:
        before = self.walk
        self.walk = arrive(self.keeper.act(before, action))
        self._say_all(descriptions.tell(before, action, self.walk))

    def _say_all(self, texts: Iterable[str]) -> None:
        for text in texts:
            self.say(text)

    def _turn_to(self, number: str) -> None:
        """To a lesson by its number in the list."""
        items = course(self.folder)
        if not number.isdecimal() or not 1 <= int(number[:4]) <= len(items) or not items[int(number[:4]) - 1].lesson:
            raise ActionError(f"expected lesson 1 to {len(items)}; the command lessons lists them")
        self._act(SetMode("watch"))
        try:
            self.walk = arrive(turn_to(self.walk, items[int(number[:4]) - 1].name))
        except LessonError as error:
            raise ActionError(str(error.problems[0])) from None
        self._say_all([self.walk.trace.lesson.title, *descriptions.introduction(self.walk),
                       descriptions.where(self.walk)])

    def _read_again(self) -> None:
        """The lesson's file was saved: go on with what it says now, at the same place if it has it."""
        try:
            self.walk = arrive(read_again(self.walk))
            self.say("the lesson was read again")
        except LessonError as error:
            self.complain(f"not read again: {error.problems[0]}")

    def _ask(self) -> None:
        if self.walk.mode in ASKING:
            self.say(descriptions.question(self.walk))
