"""The keys, as data: what each does, in words, and when the footer shows it."""

from dataclasses import dataclass

from engine.walk.actions import Action, Do, Move, SetMode, ToEdge, ToGradient


@dataclass(frozen=True, slots=True)
class Command:
    """Something a learner can do. `action` is a session's; a command of the app itself has none.

    `keys` are Textual's names, `shown` how the keys are written; `word` names it in the footer and the plain mode.
    """

    id: str
    keys: tuple[str, ...]
    shown: str
    word: str
    help: str
    action: Action | None = None


COMMANDS = (
    Command("step", ("right", "space", "l"), "→ Space l", "step", "one number forward", Move("step", 1)),
    Command("back", ("left", "h"), "← h", "back", "one number back", Move("step", -1)),
    Command("block", ("down", "j"), "↓ j", "block", "to the end of the block", Move("block", 1)),
    Command("block_back", ("up", "k"), "↑ k", "block back", "to the start of the block", Move("block", -1)),
    Command("section", ("pagedown",), "PgDn", "phase", "to the end of the phase", Move("section", 1)),
    Command("section_back", ("pageup",), "PgUp", "phase back", "to the start of the phase", Move("section", -1)),
    Command("gradient", ("n",), "n", "next gradient", "to the next gradient", Move("gradient", 1)),
    Command("gradient_back", ("N",), "N", "previous gradient", "to the previous gradient", Move("gradient", -1)),
    Command("epoch", ("e",), "e", "next epoch", "same place, next epoch", Move("epoch", 1)),
    Command("epoch_back", ("E",), "E", "previous epoch", "same place, epoch before", Move("epoch", -1)),
    Command("start", ("home",), "Home", "start", "to the start of the epoch", ToEdge("start")),
    Command("end", ("end",), "End", "end", "to the end of the epoch", ToEdge("end")),
    Command("go", ("g",), "g", "go to", "to EPOCH or EPOCH:STEP"),
    Command("return", ("backspace", "u"), "u Backsp", "undo", "undo the last movement", Do.RETURN),
    Command("derivation", ("d", "enter"), "d Enter", "derivation", "where sig′ comes from",
            Do.TOGGLE_DERIVATION),
    Command("form", ("v",), "v", "paths or δ", "chains by paths, or by δ", Do.SWITCH_FORM),
    Command("practise", ("p",), "p", "practise", "be asked for each number", SetMode("practise")),
    Command("mode", ("tab",), "Tab", "mode", "watch, practise, by hand", Do.NEXT_MODE),
    Command("calculate", ("c",), "c", "calculate", "a side calculation"),
    Command("find", ("f",), "f", "find the mistake", "one number is wrong: which?",
            SetMode("find")),
    Command("what_if", ("w",), "w", "what if", "change a value and go on"),
    Command("own", ("o",), "o", "own numbers", "back to the lesson's own", Do.OWN_NUMBERS),
    Command("undo_change", ("z",), "z", "undo change", "undo the last change", Do.UNDO_CHANGE),
    Command("redo_change", ("Z",), "Z", "redo change", "make it again", Do.REDO_CHANGE),
    Command("skills", ("s",), "s", "skills", "what you know, by skill"),
    Command("numbers", ("x",), "x", "new numbers", "other starting values", Do.NEW_NUMBERS),
    Command("menu", ("m",), "m", "lessons", "choose a lesson"),
    Command("words", ("i",), "i", "introduction", "what the lesson says"),
    Command("faster", ("plus",), "+", "faster", "play faster"),
    Command("slower", ("minus",), "−", "slower", "play slower"),
    Command("play", ("a",), "a", "play", "play by itself, or stop"),
    Command("help", ("question_mark", "f1"), "?", "all keys", "all keys; F1 while asked"),
    Command("quit", ("q",), "q", "quit", "leave"),
)
BY_ID = {command.id: command for command in COMMANDS}
BY_KEY = {key: command for command in COMMANDS for key in command.keys}
GRADIENT_KEYS = {str(number): ToGradient(number) for number in range(1, 10)}
GRADIENTS_SHOWN, GRADIENTS_HELP = "1 to 9", "to a numbered gradient"
