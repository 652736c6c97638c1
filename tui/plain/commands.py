"""The commands of the plain mode: words for the same actions that the keys of the screen stand for."""

from collections.abc import Iterator

from engine.text.printable import printable, suggestion
from engine.walk.actions import Accuse, Action, Answer, Calculate, Do, GoTo, Move, Reply, SetMode, WhatIf
from engine.walk.movement import parse_cursor
from engine.walk.walk import ASKING, ActionError, Search, Walk
from tui.config.keys import COMMANDS, GRADIENT_KEYS, GRADIENTS_HELP, Command

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
MODES: dict[str, Action] = {"watch": SetMode("watch"), "by hand": SetMode("by hand"), "practise": SetMode("practise"),
                            "find": SetMode("find"), "why": Do.WHY}
NOT_HERE = ("derivation", "why")  # which say something here, rather than show it
MOST_NUMBER = 4  # digits


def words_of(command: Command) -> tuple[str, str]:
    """What a command may be called here: as on the screen, or by its id with spaces."""
    return command.word, command.id.replace("_", " ")


ACTIONS: dict[str, Action] = MODES | {
    name: entry.action for entry in COMMANDS if entry.action is not None and entry.id not in NOT_HERE
    for name in (*entry.keys, *words_of(entry))}
WORDS = {"help", "quit", "go", "watch", "by", "what", "lesson", "find", *OWN} | {
    name for entry in COMMANDS if entry.action is not None and len(entry.word) > 1
    for name in (entry.word.partition(" ")[0], entry.id.partition("_")[0])}


def is_word(line: str) -> bool:
    """Whether a line is a command even while answers are asked for: words of two letters and more."""
    return line.partition(" ")[0] in WORDS


def action_of(walk: Walk, line: str) -> Action:
    """The action of a line: an answer where one is asked for; else a command. Raises ActionError."""
    if walk.search and not is_word(line):
        return _in_search(walk.search, line)
    if walk.mode in ASKING and not is_word(line):
        return _in_answer(walk, line)
    return _in_command(line)


def _in_answer(walk: Walk, line: str) -> Action:
    follow_up = walk.attempt.follow_up
    if follow_up and line in follow_up.replies:
        return Reply(line)
    if line in ("?", "!"):
        return Do.HINT if line == "?" else Do.WHY
    if line.endswith("="):
        return Calculate(line[:-1])
    return Answer(line) if line else Do.FILL_IN


def _in_search(search: Search, line: str) -> Action:
    """The number of a line, then the letter of a mistake; Enter for another one."""
    if not line and search.is_done:
        return Do.CONFIRM
    indices = search.puzzle.indices
    if line.isdecimal() and 1 <= int(line[:MOST_NUMBER]) <= len(indices):
        return Accuse(indices[int(line[:MOST_NUMBER]) - 1])
    return Reply(line)


def _in_command(line: str) -> Action:
    """Enter, a key of the key table, a command's name, a gradient's number, `go PLACE`, `what if NAME = VALUE`."""
    if not line:
        return Move("step", 1)
    if line in GRADIENT_KEYS:
        return GRADIENT_KEYS[line]
    word, _, rest = line.partition(" ")
    if line.startswith(("what if ", "w ")):
        return WhatIf(line.removeprefix("what if ").removeprefix("w "))
    if word in ("g", "go"):
        return GoTo(parse_cursor(rest))
    if word in ("c", "calculate") and rest:
        return Calculate(rest)
    if line.endswith("=") and len(line) > 1:
        return Calculate(line[:-1])
    if (action := ACTIONS.get(line)) is None:
        names = ["help", "quit", "go", *OWN, *ACTIONS]
        raise ActionError(f"{printable(line)}: no such command{suggestion(line, names)} (help lists them)")
    return action


def help_lines() -> Iterator[str]:
    """Every command, and what it does."""
    yield "Enter: one number forward"
    for command in COMMANDS:
        if command.action is not None and command.id not in ("step", "derivation") and command.word not in OWN:
            letters = [key for key in command.keys if len(key) == 1]
            yield f"{' or '.join([command.word, *letters])}: {command.help}"
    yield f"1 to 9: {GRADIENTS_HELP}"
    yield "go EPOCH, or go EPOCH:STEP: to any place"
    yield "derivation or d: where sig′ comes from, at the Z in hand"
    for word, meaning in OWN.items():
        yield f"{word}: {meaning}"
    yield "quit or q: leave"
