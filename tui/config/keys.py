"""The keys, as data: what each does, in words. Footer, help, palette, menu and plain mode ask these tables."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from engine.lesson.schema import Problem
from engine.walk.actions import Action, Do, Move, PointBeside, SetMode, ToEdge, ToGradient
from tui.config.key_names import key_sign, writes


class Command(NamedTuple):
    """Something a learner can do. `action` is a walk's; a command of the app itself has none.

    `keys` are Textual's names; `word` names it in the footer and the plain mode.
    """

    id: str
    keys: tuple[str, ...]
    word: str
    help: str
    action: Action | None = None

    @property
    def shown(self) -> str:
        """How its keys are written."""
        return " ".join(map(key_sign, self.keys))


@dataclass(frozen=True)
class KeyTable:
    """The commands with the keys that a learner has for them."""

    commands: tuple[Command, ...]

    @cached_property
    def by_id(self) -> Mapping[str, Command]:
        """A command by its id."""
        return {command.id: command for command in self.commands}

    @cached_property
    def by_key(self) -> Mapping[str, Command]:
        """The command that a key stands for."""
        always = {key: self.by_id[name] for key, name in ALWAYS.items() if name in self.by_id}
        return {key: command for command in self.commands for key in command.keys} | always

    def keys_of(self, *names: str) -> list[str]:
        """All keys of some commands, by their ids."""
        return [key for name in names for key in self.by_id[name].keys]

    def sign(self, name: str) -> str:
        """How the footer writes the key of a command, by its id: the first, if it has several."""
        return key_sign(self.by_id[name].keys[0])

    def hint(self, name: str, word: str = "") -> tuple[str, str]:
        """The sign of a command, and a word for what it does here; without, its own."""
        return self.sign(name), word or self.by_id[name].word

    def silent_hints(self, name: str, word: str = "") -> list[tuple[str, str]]:
        """The same while something is typed: by the first key that writes nothing; none if there is none."""
        keys = [key for key in self.by_id[name].keys if not writes(key)]
        return [(key_sign(keys[0]), word or self.by_id[name].word)] if keys else []


COMMANDS = (
    Command("step", ("right", "space", "l"), "step", "one number forward", Move("step", 1)),
    Command("back", ("left", "h"), "back", "one number back", Move("step", -1)),
    Command("block", ("down", "j"), "block", "to the end of the block", Move("block", 1)),
    Command("block_back", ("up", "k"), "block back", "to the start of the block", Move("block", -1)),
    Command("section", ("pagedown",), "phase", "to the end of the phase", Move("section", 1)),
    Command("section_back", ("pageup",), "phase back", "to the start of the phase", Move("section", -1)),
    Command("gradient", ("n",), "next gradient", "to the next gradient", Move("gradient", 1)),
    Command("gradient_back", ("N",), "previous gradient", "to the previous gradient", Move("gradient", -1)),
    Command("epoch", ("e",), "next epoch", "same place, next epoch", Move("epoch", 1)),
    Command("epoch_back", ("E",), "previous epoch", "same place, epoch before", Move("epoch", -1)),
    Command("start", ("home",), "start", "to the start of the epoch", ToEdge("start")),
    Command("end", ("end",), "end", "to the end of the epoch", ToEdge("end")),
    Command("go", ("g",), "go to", "to EPOCH or EPOCH:STEP"),
    Command("return", ("u", "backspace"), "undo", "undo the last movement", Do.RETURN),
    Command("derivation", ("d", "enter"), "derivation", "where sig′ or A−y come from", Do.TOGGLE_DERIVATION),
    Command("form", ("v",), "paths or δ", "chains by paths, or by δ", Do.SWITCH_FORM),
    Command("practise", ("p",), "practise", "be asked till you know it", SetMode("practise")),
    Command("practise_all", ("P",), "practise all", "be asked for every number", SetMode("practise all")),
    Command("mode", ("tab",), "mode", "watch, practise, by hand", Do.NEXT_MODE),
    Command("find", ("f",), "find the mistake", "one number is wrong: which?", SetMode("find")),
    Command("calculate", ("c",), "calculate", "a side calculation"),
    Command("what_if", ("w",), "what if", "change a value and go on"),
    Command("undo_change", ("z",), "undo change", "undo the last change", Do.UNDO_CHANGE),
    Command("redo_change", ("Z",), "redo change", "make it again", Do.REDO_CHANGE),
    Command("own", ("o",), "own numbers", "back to the lesson's own", Do.OWN_NUMBERS),
    Command("numbers", ("x",), "new numbers", "other starting values", Do.NEW_NUMBERS),
    Command("skills", ("s",), "skills", "what you know, by skill"),
    Command("mixups", ("M",), "mix-ups", "what you mix up"),
    Command("menu", ("m",), "lessons", "choose a lesson"),
    Command("words", ("i",), "introduction", "what the lesson says"),
    Command("faster", ("plus",), "faster", "play faster"),
    Command("slower", ("minus",), "slower", "play slower"),
    Command("play", ("a",), "play", "play by itself, or stop"),
    Command("others", ("r", "ctrl+r"), "other factors", "what a table has no room for"),
    Command("table", ("t", "ctrl+t"), "table", "the table, on small screens"),
    Command("network", ("T", "ctrl+n"), "network", "the network, on small ones"),
    Command("rows", ("R", "f3"), "rows", "every row's numbers"),
    Command("check", ("G", "f4"), "gradient check", "a gradient the other way"),
    Command("signs", ("A", "ctrl+l"), "signs", "every sign, or ASCII alone"),
    Command("digits", ("full_stop",), "digits", "more digits: 5, 7, 10, all"),
    Command("glance", ("b", "f2"), "training", "the loss curve, and a map"),
    Command("help", ("question_mark",), "all keys", "all keys; F1 while asked"),
    Command("quit", ("q",), "quit", "leave"),
)
ALWAYS = {"f1": "help"}  # also while something is typed, and whatever else a learner chooses
GRADIENT_KEYS = {str(number): ToGradient(number) for number in range(1, 10)}
GRADIENTS_SHOWN, GRADIENTS_HELP = "1 to 9", "to a numbered gradient"
FIXED = {"f1": "opens the help", "escape": "stops what is under way", "ctrl+c": "leaves at once",
         "ctrl+p": "finds commands", "ctrl+z": "suspends", "ctrl+q": "quits",
         "ctrl+h": "is Backspace to a terminal", "ctrl+j": "is Enter to a terminal",
         "ctrl+i": "is Tab to a terminal", "ctrl+m": "is Enter to a terminal",
         **dict.fromkeys(GRADIENT_KEYS, "goes to a numbered gradient")}  # what no command can have, and why

NEEDED_WHILE_ASKED = ("mode", "back")  # one of their keys at least writes nothing

KEYS = KeyTable(COMMANDS)

ASKED = KeyTable((  # while a number is asked for; what writes nothing is a command as ever
    Command("answer", ("enter",), "check", "take what is typed: a number, or a formula"),
    Command("hint", ("question_mark",), "hint", "a hint, each deeper than the last", Do.HINT),
    Command("fill_in", ("right",), "fill in", "fill the number in; by hand leave it open", Do.FILL_IN),
    Command("why", ("exclamation_mark",), "why", "why the last number is as it is", Do.WHY),
    Command("result", ("equals_sign",), "result", "what the typed formula comes to"),
    Command("stop", ("escape",), "watch", "watch again", Do.STOP),
))
EDITING = (("← →", "edit"), ("↑", "recall"), ("Ctrl+U", "erase"))  # what is typed: see tui/view/prompt.py
REPLACING = (("← →", "edit"), ("0-9", "anew"), ("Ctrl+U →", "fill in"))  # an answer that was judged
EDITING_HELP = (("← →", "in what is typed, the caret; so do Home, End"), ("↑ ↓", "what was entered before, and back"),
                ("Ctrl+U", "erase what stands before the caret; Ctrl+W a word, Backsp and Del a character"))
PALETTE_HELP = "Ctrl+P", "any other command, by its name: its letter would be typed"
READING = KeyTable((  # while verdicts stand open; any other key goes on and does what it does
    Command("one_before", ("up", "left"), "read", "the verdict before", PointBeside(-1)),
    Command("one_behind", ("down", "right"), "read", "the next verdict; after the last, on", PointBeside(1)),
    Command("on", ("enter", "escape"), "go on", "go on", Do.CONFIRM),
))
SEARCH = KeyTable((  # while the mistake is looked for; letters say which it is
    Command("number_before", ("left",), "choose", "the number before", PointBeside(-1)),
    Command("number_behind", ("right",), "choose", "the next number", PointBeside(1)),
    Command("confirm", ("enter",), "take it", "it is this one", Do.CONFIRM),
    Command("leave", ("escape", "q"), "leave", "watch again", Do.STOP),
))
PAGE = KeyTable((
    Command("line_up", ("up", "k"), "line up", "a line up"),
    Command("line_down", ("down", "j"), "line down", "a line down"),
    Command("screen_down", ("space", "pagedown"), "screen down", "a screen down"),
    Command("screen_up", ("pageup",), "screen up", "a screen up"),
    Command("first", ("home",), "first", "to the first line"),
    Command("last", ("end",), "last", "to the last line"),
    Command("columns", ("right",), "columns", "the next columns"),
    Command("columns_back", ("left",), "columns before", "the columns before"),
    Command("leave", ("escape", "q", "enter"), "back", "back"),
))
MENU = KeyTable((
    Command("line_up", ("up", "k"), "choose", "the lesson above"),
    Command("line_down", ("down", "j"), "choose", "the lesson below"),
    Command("screen_down", ("pagedown",), "ten down", "ten lessons down"),
    Command("screen_up", ("pageup",), "ten up", "ten lessons up"),
    Command("first", ("home",), "first", "to the first lesson"),
    Command("last", ("end",), "last", "to the last lesson"),
    Command("play", ("enter",), "play", "play this one"),
    Command("filter", ("slash",), "filter", "by a part of the name"),
    Command("leave", ("escape", "q"), "back", "back to the lesson"),
))

GLANCE = KeyTable((  # while the training is looked at; digits begin an epoch's number
    Command("epoch_back", ("left",), "epoch", "the epoch before"),
    Command("epoch", ("right",), "epoch", "the next epoch"),
    Command("ten_back", ("pageup",), "ten back", "ten epochs back"),
    Command("ten_on", ("pagedown",), "ten on", "ten epochs on"),
    Command("first", ("home",), "first", "to the first epoch"),
    Command("last", ("end",), "last", "to the last of the curve"),
    Command("more", ("plus",), "longer", "more epochs in the curve"),
    Command("fewer", ("minus",), "shorter", "fewer of them"),
    Command("plane_back", ("up",), "map", "the map before"),
    Command("plane", ("down",), "map", "another map: output, A3 and A4"),
    Command("rates", ("r",), "rates", "other learning rates beside"),
    Command("optimizers", ("o",), "optimizers", "other optimizers beside"),
    Command("beside", ("w",), "other", "another beside: adam, lr = 0.1"),
    Command("away", ("z",), "away", "the last curve beside away"),
    Command("scale", ("l",), "log", "logarithms, or the numbers"),
    Command("on", ("enter",), "go on there", "go on from the epoch in sight"),
    Command("leave", ("escape", "q"), "back", "back to where you were"),
))


def rebind(commands: Sequence[Command], keys: Mapping[str, tuple[str, ...]]) -> tuple[KeyTable, list[Problem]]:
    """The table with other keys for some commands, by their ids. Where two would have the same key, both keep what they
    have, and that is a problem.
    """
    chosen = dict(keys)
    problems: list[Problem] = []
    while True:
        rebound = tuple(command._replace(keys=chosen.get(command.id, command.keys)) for command in commands)
        clash = next((found for found in _clashes(rebound) if chosen.keys() & found[1:]), None)
        if clash is None:
            return KeyTable(rebound), problems
        key, *both = clash
        problems.append(Problem("keys", f"{key_sign(key)} stands for {both[0]} and for {both[1]}; both keep their own"))
        for name in both:
            chosen.pop(name, None)


def _clashes(commands: Sequence[Command]) -> Iterator[tuple[str, str, str]]:
    """Each key that stands for two commands, and their ids."""
    owner: dict[str, str] = {}
    for command in commands:
        for key in command.keys:
            if owner.setdefault(key, command.id) != command.id:
                yield key, owner[key], command.id
