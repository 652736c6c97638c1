"""The commands of the plain mode: words, and the keys of the key table, for the same actions as on the screen."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from engine.text.printable import printable, suggestion
from engine.walk.actions import Accuse, Action, Answer, Calculate, Do, GoTo, Move, Reply, SetMode, WhatIf
from engine.walk.movement import parse_cursor
from engine.walk.walk import ASKING, ActionError, Search, Walk
from tui.config.key_names import key_name
from tui.config.keys import ASKED, GRADIENT_KEYS, GRADIENTS_HELP, KEYS, Command, KeyTable

OWN = {
    "where": "say where you are",
    "practise": "be asked for each number; ? hints, ! says why, 1-2= calculates, Enter alone fills in, watch ends it",
    "by hand": "be asked for every number, with the verdicts at the end of a row's chain; watch ends it",
    "skills": "what you know, by skill",
    "lessons": "the lessons, by number; lesson 3 plays the third",
    "what if": "what if w13 = 0.5: change a value and go on; undo change, redo change, own numbers",
    "calculate": "calculate sig(Z5), or sig(Z5)=: what that comes to",
    "find the mistake": "one number of a chain is wrong: which?",
    "why": "say why the last number is as it is",
    "introduction": "what the lesson is about",
    "table": "the truth table, with what is reached",
    "network": "every parameter's value",
}
WORDS: Mapping[str, Action] = {"watch": SetMode("watch"), "by hand": SetMode("by hand"), "find": SetMode("find"),
                               "why": Do.WHY}
ALONE = ("help", "quit", "go", "lesson")  # what no action stands for
WAYS_OUT: Mapping[str, Action] = {"watch": SetMode("watch"), "by hand": SetMode("by hand"),
                                  "practise": SetMode("practise")}  # while the mistake is looked for
DESCRIBED = "derivation"  # the command that is put into words here
MOST_DIGITS = 4  # of a line's number


@dataclass(frozen=True)
class Commands:
    """What a line stands for, with the keys that a learner has."""

    keys: KeyTable = KEYS

    @cached_property
    def actions(self) -> Mapping[str, Action]:
        """By word, by id and by Textual's name of a key."""
        return {**WORDS, **{name: command.action for command in self.keys.commands
                            if command.action is not None and command.id != DESCRIBED
                            for name in (*command.keys, *_names(command))}}

    @cached_property
    def _first_words(self) -> frozenset[str]:
        names = [name for command in self.keys.commands if command.action is not None for name in _names(command)]
        return frozenset(name.partition(" ")[0] for name in (*ALONE, *OWN, *WORDS, *names) if len(name) > 1)

    def word_of(self, line: str) -> str:
        """The word for a line that is a key; the line itself, if it is none."""
        command = self.keys.by_key.get(_key(line))
        return line if command is None else "help" if command.id == "help" else command.word

    def is_word(self, line: str) -> bool:
        """Whether a line is a command even while answers are asked for: words of two letters and more."""
        return line.partition(" ")[0] in self._first_words

    def action_of(self, walk: Walk, line: str) -> Action:
        """The action of a line: an answer where one is asked for; else a command. Raises ActionError."""
        if walk.search:
            return WAYS_OUT.get(line) or _in_search(walk.search, line)
        if walk.mode in ASKING and not self.is_word(line):
            return _in_answer(walk, line)
        return self._in_command(line)

    def _in_command(self, line: str) -> Action:
        """Enter, a key of the key table, a command's name, a gradient's number, `go PLACE`, `what if NAME = VALUE`."""
        if not line:
            return Move("step", 1)
        if line in GRADIENT_KEYS:
            return GRADIENT_KEYS[line]
        if (place := self._behind("go", line)) is not None:
            return GoTo(parse_cursor(place))
        if (change := self._behind("what_if", line)) is not None:
            return WhatIf(change)
        if (calculation := self._behind("calculate", line)) is not None or line.endswith("="):
            return Calculate(line.removesuffix("=") if calculation is None else calculation)
        if (action := self.actions.get(_key(line))) is None:
            names = {*ALONE, *OWN, *self.actions} - {line}
            raise ActionError(f"{printable(line)}: no such command{suggestion(line, names)} (help lists them)")
        return action

    def _behind(self, name: str, line: str) -> str | None:
        """What stands behind a command's key, its id or its word; None where the line is another."""
        command, (head, _, rest) = self.keys.by_id[name], line.partition(" ")
        if _key(head) in command.keys:
            return rest.strip()
        start = next((start for start in _names(command) if line == start or line.startswith(f"{start} ")), None)
        return None if start is None else line.removeprefix(start).strip()

    def help(self) -> Iterator[str]:
        """Every command, and what it does."""
        yield "Enter: one number forward"
        for command in self.keys.commands:
            if command.action is not None and command.id not in ("step", DESCRIBED) and command.word not in OWN:
                letters = [key for key in command.keys if len(key) == 1]
                yield f"{' or '.join([command.word, *letters])}: {command.help}"
        yield f"1 to 9: {GRADIENTS_HELP}"
        yield "go EPOCH, or go EPOCH:STEP: to any place"
        yield f"derivation or {self.keys.sign(DESCRIBED)}: where sig′ comes from, at the Z in hand"
        for word, meaning in OWN.items():
            yield f"{word}: {meaning}"
        yield f"quit or {self.keys.sign('quit')}: leave"


def _key(text: str) -> str:
    """Textual's name of a key that is typed as a character; any other text as it is."""
    return key_name(text) if len(text) == 1 else text


def _names(command: Command) -> tuple[str, str]:
    """What a command may be called here: as on the screen, or by its id with spaces."""
    return command.word, command.id.replace("_", " ")


def _in_answer(walk: Walk, line: str) -> Action:
    """An answer, or what the screen has a key for while a number is asked for."""
    follow_up = walk.attempt.follow_up
    if follow_up and line in follow_up.replies:
        return Reply(line)
    for name in ("hint", "why"):
        if line == ASKED.sign(name):
            return ASKED.by_id[name].action or Do.HINT
    if line.endswith(ASKED.sign("result")):
        return Calculate(line[:-1])
    return Answer(line) if line else Do.FILL_IN


def _in_search(search: Search, line: str) -> Action:
    """The number of a line, then the letter of a mistake; Enter for another one."""
    if not line and search.is_done:
        return Do.CONFIRM
    indices = search.puzzle.indices
    if line.isdecimal() and 1 <= int(line[:MOST_DIGITS]) <= len(indices):
        return Accuse(indices[int(line[:MOST_DIGITS]) - 1])
    return Reply(line)
