"""The plain mode: the same walk as lines of text, a command a line. For screen readers and pipes."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import TextIO

from engine.course.course import course
from engine.course.watching import stamp
from engine.export.worksheet import row_in_words
from engine.learner.learner import Learner
from engine.learner.progress import Mode
from engine.lesson.lesson import LessonError
from engine.text.printable import printable, suggestion
from engine.walk.opening import read_again, turned
from engine.walk.session import (
    Action,
    ActionError,
    GoTo,
    Move,
    Rethink,
    Session,
    WhatIf,
    act,
    parse_cursor,
)
from tui.app.by_hand import followed, practice_for
from tui.app.find_mistake import FindMistake
from tui.app.practice import INVITATION, Practice
from tui.config.keys import BY_ID, COMMANDS, GRADIENT_KEYS, GRADIENTS_HELP, Command
from tui.plain import descriptions as spoken
from tui.terminal.console import read_line
from tui.view.report import as_sentences

LONGEST_COMMAND = 200

Say = Callable[[str], object]
MODE_WORDS: dict[str, Mode] = {"watch": "watch", "practise": "practise", "p": "practise", "by hand": "by hand"}
TELLING = ("where", "why", "table", "network", "derivation")  # which would tell what is being asked
OWN = {
    "where": "say where you are",
    "practise": "be asked for each number; ? hints, ! says why, 1-2= calculates, Enter alone fills in, watch ends it",
    "by hand": "be asked for every number, with the verdicts at the end of a row's chain; watch ends it",
    "skills": "what you know, by skill",
    "lessons": "the lessons, by number; lesson 3 plays the third",
    "what if": "what if w13 = 0.5: change a value and go on; undo change, redo change, own numbers",
    "find the mistake": "one number of a chain is wrong: which?",
    "why": "say why the last number is as it is",
    "introduction": "what the lesson is about",
    "table": "the truth table, with what is reached",
    "network": "every parameter's value",
}


@dataclass(slots=True)
class PlainWalk:
    """A walk in lines of text: `session` is where it stands, whatever ends it."""

    session: Session
    say: Say
    complain: Say
    learner: Learner = field(default_factory=Learner)
    practice: Practice | None = None
    find: FindMistake | None = None

    def run(self, lines: TextIO, prompt: Callable[[], object]) -> None:
        """Read commands until the lines end or one says quit."""
        seen = stamp(self.learner.lesson) if self.learner.is_watching else None
        self.say(f"{self.session.trace.lesson.title}. {self.session.trace.script.length} steps an epoch. "
                 "Enter: the next number. help: all commands. quit: leave.")
        for line in spoken.introduction(self.session):
            self.say(line)
        self.say(spoken.where(self.session))
        self.practice = practice_for(self.session, self.learner)
        self._ask()
        prompt()
        while command := read_line(lines, LONGEST_COMMAND):
            if self.learner.is_watching and (now := stamp(self.learner.lesson)) not in (seen, None):
                seen = now
                self._read_again()
            if len(command) == LONGEST_COMMAND and not command.endswith("\n"):
                command = "\0"  # which is no command
            if command.strip() in ("q", "quit"):
                break
            try:
                self._take(command.strip())
            except ActionError as error:
                self.complain(str(error))
            prompt()

    def _read_again(self) -> None:
        """The lesson's file was saved: go on with what it says now, at the same place if it has it."""
        try:
            self.session = read_again(self.learner, self.session)
            self.practice = practice_for(self.session, self.learner)
            self.say("the lesson was read again")
        except LessonError as error:
            self.complain(f"not read again: {error.problems[0]}")

    def _take(self, command: str) -> None:
        """A command, or, while practising, an answer: then only words of two letters and more are commands."""
        if command in MODE_WORDS and not (self.practice and command == "p"):
            self._set_mode(MODE_WORDS[command])
        elif self.find:
            self._point(self.find, command)
        elif self.practice and not _is_word(command):
            self._answer(self.practice, command)
        elif self.practice and self.practice.written and command in TELLING:
            raise ActionError(f"{command}: not before the chain is done")
        elif command in ("skills", "s"):
            self._say_all(as_sentences(self.learner.progress(self.session)))
        elif command in ("lessons", "m"):
            self._say_all(spoken.lessons(self.learner))
        elif command.partition(" ")[0] == "lesson":
            self._turn(command.partition(" ")[2])
        elif command in ("find the mistake", "find", "f"):
            self._find()
        else:
            self._obey(command)
        self.learner.keep(self.session)
        self._ask()

    def _obey(self, command: str) -> None:
        """A movement, or what there is to be told; what was written by hand may be handed in by it."""
        before, was_written = self.session, bool(self.practice and self.practice.written)
        self.session, texts = _obeyed(before, command)
        self.practice = followed(self.practice, before, self.session, self.learner)
        if was_written and self.practice and not self.practice.written and self.practice.message != INVITATION:
            self._say_all(self.practice.report)
        if not (self.practice and self.practice.written):  # else it would tell what is being asked
            self._say_all(texts)

    def _say_all(self, texts: Iterable[str]) -> None:
        for text in texts:
            self.say(text)

    def _turn(self, number: str) -> None:
        """To a lesson by its number in the list."""
        items = course(self.learner.folder)
        if not number.isdecimal() or not 1 <= int(number[:4]) <= len(items) or not items[int(number[:4]) - 1].lesson:
            raise ActionError(f"expected lesson 1 to {len(items)}; the command lessons lists them")
        self._set_mode("watch")
        try:
            self.session = turned(self.learner, items[int(number[:4]) - 1].name)
        except LessonError as error:
            raise ActionError(str(error.problems[0])) from None
        self.practice = practice_for(self.session, self.learner)
        self._say_all([self.session.trace.lesson.title, *spoken.introduction(self.session), spoken.where(self.session)])

    def _find(self) -> None:
        self._set_mode("watch")
        self.find = FindMistake.begun(self.session)
        self._say_all(spoken.puzzle(self.find) if self.find else ["no mistake of the catalogue would show here"])

    def _point(self, find: FindMistake, command: str) -> None:
        """The number of a line, then the letter of a mistake; Enter for another one; watch leaves."""
        if command.isdecimal() and not find.which and 1 <= int(command[:4]) <= len(find.puzzle.indices):
            find.pointed = find.puzzle.indices[int(command[:4]) - 1]
            find.press("enter")
            self.say(find.message)
        elif not command and find.is_done:
            find.press("enter")
            self._say_all(spoken.puzzle(find))
        elif find.press(command):
            self._say_all([find.message, "Enter for another one; watch leaves"])
        else:
            raise ActionError("expected the number of a line, a letter where one is asked for, or watch")

    def _set_mode(self, mode: Mode) -> None:
        if self.practice and self.practice.leave():
            self._say_all(self.practice.report)
        self.learner.mode, self.find = mode, None
        self.practice = practice_for(self.session, self.learner)
        if mode == "watch":
            self.say(spoken.where(self.session))

    def _ask(self) -> None:
        if self.practice:
            self.say(question(self.practice, self.session))

    def _answer(self, practice: Practice, text: str) -> None:
        before = self.session.cursor
        if practice.reply(text):
            pass
        elif text == "?":
            practice.hint(self.session)
        elif text == "!":
            practice.why(self.session)
        elif text.endswith("="):
            practice.prompt.text = text[:-1]
            practice.calculate(self.session)
        elif text:
            practice.prompt.text = text
            self.session = practice.answer(self.session)
        else:
            self.session = practice.fill_in(self.session)
        practice.prompt.text = ""
        for line in [spoken.where(self.session)] if practice.message == INVITATION else practice.report:
            self.say(line)
        if self.session.cursor.step == 0 != before.step:
            for line in spoken.update_in_words(self.session):
                self.say(line)


def question(practice: Practice, session: Session) -> str:
    """What is asked at a place, in words."""
    if not practice.asks(session):
        return "Enter: go on"
    asked = practice.tutor.question(session.cursor.epoch, session.cursor.step)
    about = [f"gradient of {asked.parameter}"] * (asked.kind in ("factor", "product")) + \
        ([] if asked.row is None else [row_in_words(session.trace, asked.epoch, asked.row - 1)])
    return f"{', '.join([*about, asked.name])} = ?"


def _is_word(command: str) -> bool:
    """Whether a line is a command even while answers are asked for."""
    return command.partition(" ")[0] in WORDS


WORDS = {"help", "quit", "go", "watch", "by", "what", "lesson", "find", *OWN} | {
    name for entry in COMMANDS if entry.action and len(entry.word) > 1
    for name in (entry.word.partition(" ")[0], entry.id.partition("_")[0])}


def _obeyed(session: Session, command: str) -> tuple[Session, Iterator[str]]:
    """The session after a command, and what there is to say."""
    tellers: dict[str, Callable[[Session], Iterator[str]]] = {
        "where": lambda s: iter([spoken.where(s)]), "why": spoken.why, "table": spoken.table,
        "network": spoken.network, "introduction": spoken.introduction, "derivation": spoken.derivation,
        "d": spoken.derivation, "help": _help, "?": _help}
    if command in tellers:
        return session, tellers[command](session)
    after = act(session, _action(session, command))
    return after, spoken.change(session, after)


def _action(session: Session, command: str) -> Action:
    """The action of a command: Enter, a key of the key table, a command's name, a gradient's number, `go PLACE`."""
    if not command:
        return Move("step", 1)
    if command in GRADIENT_KEYS:
        return GRADIENT_KEYS[command]
    word, _, rest = command.partition(" ")
    if command.startswith(("what if ", "w ")):
        return WhatIf(command.removeprefix("what if ").removeprefix("w "))
    if word in ("g", "go"):
        return GoTo(parse_cursor(rest, session.trace))
    known = {name: entry.action for entry in COMMANDS if entry.action and entry.id != "derivation"
             for name in (*entry.keys, *_names(entry))}
    known |= dict.fromkeys((*BY_ID["own"].keys, *_names(BY_ID["own"])), Rethink("own"))
    if (action := known.get(command)) is None:
        names = ["help", "quit", "go", *OWN, *known]
        raise ActionError(f"{printable(command)}: no such command{suggestion(command, names)} (help lists them)")
    return action


def _names(command: Command) -> tuple[str, str]:
    """What a command may be called here: as on the screen, or by its id with spaces."""
    return command.word, command.id.replace("_", " ")


def _help(_session: Session) -> Iterator[str]:
    yield "Enter: one number forward"
    for command in COMMANDS:
        if command.action and command.id not in ("step", "derivation"):
            letters = [key for key in command.keys if len(key) == 1]
            yield f"{' or '.join([command.word, *letters])}: {command.help}"
    yield f"1 to 9: {GRADIENTS_HELP}"
    yield "go EPOCH, or go EPOCH:STEP: to any place"
    yield "derivation or d: where sig′ comes from, at the Z in hand"
    for word, meaning in OWN.items():
        yield f"{word}: {meaning}"
    yield "quit or q: leave"
