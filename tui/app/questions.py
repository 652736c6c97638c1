"""The questions of a lesson's last line, one at a time: a place to go to, a value to change, a side calculation."""

from collections import defaultdict
from collections.abc import Callable

from textual import events

from engine.lesson.lesson import Lesson
from engine.trace.what_if import form_of
from engine.walk.actions import Action, Calculate, GoTo, WhatIf
from engine.walk.movement import parse_cursor
from engine.walk.walk import ActionError
from tui.config.keys import Command
from tui.view.prompt import Prompt, Recall

Act = Callable[[Action], str]


class Questions:
    """`open` is the one that is asked, if any; what was entered before is kept by the command that asks."""

    def __init__(self) -> None:
        self.open: Prompt | None = None
        self._recalls: defaultdict[str, Recall] = defaultdict(Recall)

    @property
    def calculated(self) -> Recall:
        """What was calculated before."""
        return self._recalls["calculate"]

    def begin(self, is_other_lesson: bool) -> None:
        """What was entered, or said of it, before another walk is not about that one."""
        if is_other_lesson:
            self.open = None
            self._recalls.clear()
        elif self.open:
            self.open.reply = ""

    def ask(self, command: Command, lesson: Lesson) -> None:
        """Ask what a command needs."""
        recall = self._recalls[command.id]
        if command.id == "go":
            self.open = Prompt(command.word, "EPOCH or EPOCH:STEP", lambda text: GoTo(parse_cursor(text)), recall)
        elif command.id == "what_if":
            self.open = Prompt(command.word, form_of(lesson), WhatIf, recall)
        else:
            self.open = Prompt(command.word, "such as sig(Z5)·(1−sig(Z5))", Calculate, recall, is_asked_again=True)

    def take(self, prompt: Prompt, event: events.Key, act: Act) -> None:
        """Write into the line of the one that is open; Enter takes it. `act` returns what is said of an action that
        can't be done, or of one after which the question stays.
        """
        if event.key != "enter":
            prompt.take(event.key, event.character)
            return
        text = prompt.line.text
        prompt.recall.add(text)
        try:
            said = act(prompt.action_for(text))
        except ActionError as error:
            said = str(error)
        if said or prompt.is_asked_again:
            prompt.reply, prompt.is_taken = said, said.startswith(f"{text.strip()} = ")  # else it can be mended
        else:
            self.open = None
