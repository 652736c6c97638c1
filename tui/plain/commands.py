"""The commands of the plain mode: words, and the keys of the key table, for the same actions as on the screen."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from engine.text.pasted import retype
from engine.text.printable import printable, suggestion
from engine.trace.cursor import Cursor
from engine.trace.what_if import form_of
from engine.tutor.answer import FollowUp
from engine.tutor.known_numbers import CONSTANTS
from engine.walk.actions import Accuse, Action, Answer, Calculate, Do, GoTo, Move, Reply, SetMode, Type, WhatIf
from engine.walk.movement import parse_cursor
from engine.walk.walk import ASKING, ActionError, Search, Walk
from tui.config.key_names import key_name
from tui.config.keys import ASKED, GRADIENT_KEYS, GRADIENTS_HELP, KEYS, Command, KeyTable

OWN = {  # words of this mode, besides those of the key table
    "where": "where you are",
    "table": "the table of rows, with what is reached",
    "rows": "every row's Z, A, loss and δ, a line for each row, as far as they are reached",
    "network": "every parameter's value and gradient, the row in hand with Z and A, or a graph's nodes, as far as they "
               "are reached; also graph",
    "chain": "the chain in hand, and its numbers row by row, as far as they are reached",
    "training": "how the Loss goes over the epochs, and what the output is over the inputs; training 4 in epoch 4, "
                "training adam, or training lr = 0.1, with that beside",
    "gradient check": "the gradient in hand the other way: by the Loss a little to both sides; also check",
    "introduction": "what the lesson is about",
    "derivation": "where sig′, or a softmax's A − y, comes from, at the Z in hand",
    "skills": "what you know, by skill",
    "mix-ups": "what you mix up, told from your own answers",
    "lessons": "the lessons, by number",
    "lesson": "lesson 3 plays the third",
    "watch": "ends practising, by hand and finding the mistake",
    "practise": "be asked for each number that you don't know yet, with a verdict at once",
    "practise all": "the same, for what you know, too",
    "by hand": "an exam: be asked for every number, with the verdicts at the end of a row's chain",
    "find the mistake": "one number of a chain is wrong: which?",
    "hint": "while you are asked: a hint, each deeper than the last; also ?",
    "skip": "while you are asked: fill the number in, by hand leave it open; also Enter alone",
    "why": "why the last number is as it is; while you are asked also !",
    "calculate": "calculate sig(Z5), or sig(Z5)=, says what that comes to",
    "what if": "what if w13 = 0.5 changes a value and goes on; undo change, redo change, own numbers",
    "go": "go EPOCH or go EPOCH:STEP, to any place",
    "epoch": "epoch 4, to the start of epoch 4",
    "update": "to the update of this epoch",
    "delta": "chains written by δ",
    "paths": "chains written by paths",
    "help": "all commands; help table says what table does",
    "quit": "leave; also exit",
}
SAME = {"exit": "quit", "find": "find the mistake", "all keys": "help", "go to": "go", "paths or δ": "form",
        "δ": "delta", "graph": "network"}
LOOKS = ("where", "table", "rows", "network", "gradient check", "chain", "introduction", "derivation", "skills",
         "mix-ups", "lessons", "training", "help")  # they change nothing
VALUES = {  # what must stand behind a command
    "what if": "NAME = VALUE, such as {form}", "calculate": "a formula, such as calculate 0.2·(1−0.2)",
    "go": "EPOCH or EPOCH:STEP, such as 4 or 1:38", "epoch": "its number, such as epoch 4",
    "lesson": "its number or id, such as lesson 3; lessons lists them"}
WITH_VALUES = (*VALUES, "help", "training")
ACTIONS: Mapping[str, Action] = {"watch": SetMode("watch"), "by hand": SetMode("by hand"), "hint": Do.HINT,
                                 "skip": Do.FILL_IN, "why": Do.WHY}
OF_THE_SCREEN = ("faster", "slower", "play")  # playing by itself is no matter for ears
ELSEWHERE = {**dict.fromkeys(OF_THE_SCREEN, "on the screen alone; block and phase tell several numbers at once"),
             "signs": "not for programs, whose lines are in UTF-8, or with --ascii in ASCII"}
NOT_NAMES = ("epoch", "go to")  # ids and words of the key table that stand for something else here
MOST_DIGITS = 4  # of a line's number


class Request(NamedTuple):
    """A line as it was read: a command's name and what stands behind it; no name, where it is an answer or nothing."""

    name: str
    value: str


@dataclass(frozen=True)
class Commands:
    """What a line stands for, with the keys that a learner has."""

    keys: KeyTable = KEYS

    @cached_property
    def _commands(self) -> Mapping[str, Command]:
        """Of the key table, by the names that they have here."""
        return {SAME.get(command.word, command.word): command for command in self.keys.commands}

    @cached_property
    def _names(self) -> Mapping[str, str]:
        """The name of a command by all that it may be called: as on the screen, by its id with spaces, by its keys."""
        names = {name: name for name in (*OWN, *self._commands)} | SAME
        for name, command in self._commands.items():
            for called in (command.id.replace("_", " "), *command.keys):
                if called not in NOT_NAMES:
                    names.setdefault(called, name)
        return names

    def read(self, walk: Walk, line: str) -> Request:
        """What a line asks for: a command, however it is called; a letter that names a number here is that number."""
        line = retype(line).strip()
        if walk.mode in ASKING and line in (ASKED.sign("hint"), ASKED.sign("why")):
            return Request("hint" if line == ASKED.sign("hint") else "why", "")
        head, _, rest = line.partition(" ")
        if (choice := open_choice(walk)) and letter_of(choice, line):
            return Request("", line)
        if len(head) == 1 and (head.isdecimal() or _names_a_number(walk, head)):
            return Request("", line)
        if name := self._names.get(_key(line) if len(line) == 1 else line.lower()):
            return Request(name, "")
        if (name := self._names.get(_key(head), "")) in WITH_VALUES and len(head) == 1:
            return Request(name, rest.strip())
        for name in (*WITH_VALUES, "go to"):
            if line.lower().startswith(f"{name} "):
                return Request(self._names[name], line[len(name):].strip())
        return Request("", line)

    def action_of(self, walk: Walk, request: Request) -> Action:
        """The action of a line: an answer where one is asked for; else a command. Raises ActionError."""
        name, line = request
        if walk.search:
            return self._in_search(walk.search, request)
        if (choice := open_choice(walk)) and (not name or name in ("hint", "skip", "why")):
            return _in_choice(walk, choice, "" if name == "skip" else name or line)
        if name:
            return self._in_command(walk, name, request.value)
        if line.endswith(ASKED.sign("result")):
            return Calculate(line[:-1])
        if walk.mode in ASKING and not self._is_meant(line):
            if line and not walk.asks:
                raise ActionError(f"nothing is asked here: {printable(line)} is not judged")
            return Answer(line) if line else Do.FILL_IN
        if not line:
            return Move("step", 1)
        if line in GRADIENT_KEYS:
            return GRADIENT_KEYS[line]
        raise self.no_command(line)

    def _in_command(self, walk: Walk, name: str, value: str) -> Action:
        """What a command does. Raises ActionError where what must stand behind it is missing."""
        if name in VALUES and not value:
            raise ActionError(f"{name}: expected {VALUES[name].format(form=form_of(walk.trace.lesson))}")
        if name in ELSEWHERE:
            raise ActionError(f"{name}: {ELSEWHERE[name]}")
        match name:
            case "go" | "epoch":
                return GoTo(parse_cursor(value))
            case "what if":
                return WhatIf(value)
            case "calculate":
                return Calculate(value)
            case "update":
                return _to_update(walk)
            case "delta" | "paths" if (name == "paths") == walk.trace.chains.by_paths:
                raise ActionError(f"the chains are written by {'paths' if name == 'paths' else 'δ'} already")
            case "delta" | "paths" | "form":
                return Do.SWITCH_FORM
        command = self._commands.get(name)
        action = ACTIONS.get(name) or (command.action if command else None)
        if action is None:
            raise self.no_command(name)
        return action

    def _in_search(self, search: Search, request: Request) -> Action:
        """The number of a line, then which mistake; Enter for another one; whatever else leaves, leaves by its word."""
        name, line = request
        action = ACTIONS.get(name) or (self._commands[name].action if name in self._commands else None)
        if isinstance(action, SetMode):
            return action
        if name:
            raise ActionError(f"{name}: not while the mistake is looked for; watch ends that")
        if search.is_done:
            if not line:
                return Do.CONFIRM
            raise ActionError("expected Enter, or watch")
        if search.which:
            if letter := letter_of(search.which, line):
                return Reply(letter)
            raise ActionError(f"expected 1 to {len(search.which.choices)}")
        indices = search.puzzle.indices
        if line.isdecimal() and 1 <= int(line[:MOST_DIGITS]) <= len(indices):
            return Accuse(indices[int(line[:MOST_DIGITS]) - 1])
        raise ActionError(f"expected the number of a line, 1 to {len(indices)}, or watch")

    def _is_meant(self, line: str) -> bool:
        """Whether a line that is no command begins like one, and not like an answer."""
        head = line.partition(" ")[0].lower()
        first_words = {name.partition(" ")[0] for name in self._names if len(name) > 1}
        return head in first_words and "=" not in line

    def no_command(self, line: str) -> ActionError:
        """That there is no such command, and which is near."""
        names = {name for name in self._names if len(name) > 1} - {line}
        return ActionError(f"{printable(line)}: no such command{suggestion(line, names)} (help lists them)")

    def help(self, word: str = "") -> Iterator[str]:
        """Every command, and what it does; or one of them. Raises ActionError where there is none."""
        if word:
            name = self._names.get(_key(word) if len(word) == 1 else word.lower())
            if name is None:
                raise self.no_command(word)
            yield self._help_on(name)
            return
        yield "Enter: one number forward; while you are asked, what skip does"
        yield from (self._help_on(name) for name, command in self._commands.items()
                    if name not in OWN and command.id != "step" and command.id not in OF_THE_SCREEN)
        yield f"1 to 9: {GRADIENTS_HELP}"
        yield from map(self._help_on, OWN)

    def _help_on(self, name: str) -> str:
        command = self._commands.get(name)
        letters = [key for key in command.keys if len(key) == 1] if command else []
        return f"{' or '.join([name, *letters])}: {OWN.get(name) or (command.help if command else '')}"


def open_choice(walk: Walk) -> FollowUp | None:
    """The question that is to be answered by one of its choices, if one stands."""
    if walk.search:
        return None if walk.search.is_done else walk.search.which
    return walk.attempt.follow_up if walk.mode in ASKING else None


def letter_of(follow_up: FollowUp, line: str) -> str:
    """The letter of a choice, written as `a`, `A`, `(a)` or by its number; nothing, if it is none."""
    letters, text = list(follow_up.choices), line.strip("() ").rstrip(".) ").lower()  # .2 is none
    if text.isdecimal() and 1 <= int(text[:MOST_DIGITS]) <= len(letters):
        return letters[int(text) - 1]
    return text if text in letters else ""


def _in_choice(walk: Walk, follow_up: FollowUp, line: str) -> Action:
    """One of the choices that are offered; Enter alone for none."""
    if not line:
        return Type("") if walk.asks else Do.FILL_IN
    if letter := letter_of(follow_up, line):
        return Reply(letter)
    raise ActionError(f"expected 1 to {len(follow_up.choices)}; Enter alone passes")


def _to_update(walk: Walk) -> Action:
    """To the first new value of the batch in hand; who is asked is asked for it."""
    if not walk.trace.lesson.trains:
        raise ActionError("update: nothing is trained in this lesson")
    batch = walk.trace.script.batch_at(walk.cursor.step)
    return GoTo(Cursor(walk.cursor.epoch, batch.backward_end + (walk.mode not in ASKING)))


def _names_a_number(walk: Walk, text: str) -> bool:
    """Whether a number of the lesson has this name where one is asked for."""
    return walk.asks and text in walk.tutor.known.names(walk.cursor.epoch, walk.cursor.step).keys() - CONSTANTS


def _key(text: str) -> str:
    """Textual's name of a key that is typed as a character; any other text as it is."""
    return key_name(text) if len(text) == 1 else text
