"""handgrad new: a lesson to start from. What is not given is asked, a line each; Enter takes what is in brackets."""

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from shlex import quote

from engine.course.new_lesson import GATES, MOST_HIDDEN_UNITS, Wish, compose_lesson, lesson_id
from engine.graph.activations import ACTIVATIONS
from engine.text.pasted import retype
from engine.text.printable import printable
from engine.walk.branching import LARGEST_SEED
from tui.cli.files import write_new_file
from tui.cli.streams import listen
from tui.terminal.console import INTERRUPTED, WRONG_INPUT, WRONG_USAGE, complain

EXAMPLES = "  handgrad new my-lesson.toml\n  handgrad new xor.toml --gate xor --hidden 3 --seed 7"

Read = Callable[[str], str]


def declare(parser: argparse.ArgumentParser) -> None:
    """The arguments."""
    parser.add_argument("file", metavar="FILE", help="the file to write; one that exists is left as it is")
    parser.add_argument("--gate", choices=GATES, help="the truth table (default: and)")
    parser.add_argument("--hidden", metavar="N", type=int, help="how many hidden units, 0 to 8 (default: 2)")
    parser.add_argument("--activation", choices=tuple(ACTIVATIONS), help="of the hidden units (default: relu)")
    parser.add_argument("--seed", metavar="SEED", type=int, help="of the starting values (default: 1)")


def run(options: argparse.Namespace) -> int:
    """Ask for what is not given, if somebody is there to answer, and write."""
    if options.hidden is not None and not 0 <= options.hidden <= MOST_HIDDEN_UNITS:
        return complain(f"handgrad new: --hidden {options.hidden}; expected 0 to {MOST_HIDDEN_UNITS}", WRONG_USAGE)
    if options.seed is not None and not 0 <= options.seed <= LARGEST_SEED:
        return complain(f"handgrad new: --seed {options.seed}; expected 0 to {LARGEST_SEED}", WRONG_USAGE)
    given = {name: getattr(options, name) for name in ("gate", "hidden", "activation", "seed")}
    wish = Wish(**{name: value for name, value in given.items() if value is not None})
    if sys.stdin and sys.stdin.isatty() and not os.path.lexists(options.file):
        listen()
        try:
            wish = ask(wish, [name for name, value in given.items() if value is None])
        except EOFError:
            return INTERRUPTED
    name = printable(options.file, 200)
    text = compose_lesson(wish, name, lesson_id(options.file))  # before there is a file
    if problem := write_new_file(options.file, text):
        return complain(f"{name}: {problem}; expected a file that can be made", WRONG_INPUT)
    print(f"wrote {name}; now: handgrad play {quote(name)}")
    return 0


def ask(wish: Wish, missing: Sequence[str], read: Read = input) -> Wish:
    """A wish with what was missing as it was answered; what can't be taken is asked again."""
    if "gate" in missing:
        wish = replace(wish, gate=_choose("Which gate", list(GATES), wish.gate, read))
    if "hidden" in missing:
        numbers = [str(units) for units in range(MOST_HIDDEN_UNITS + 1)]
        wish = replace(wish, hidden=int(_choose("How many hidden units", numbers, str(wish.hidden), read)))
    if "activation" in missing and wish.hidden:
        wish = replace(wish, activation=_choose("Their activation", list(ACTIVATIONS), wish.activation, read))
    return wish


def _choose(question: str, choices: Sequence[str], default: str, read: Read) -> str:
    while True:
        answer = retype(read(f"{question} ({', '.join(choices)}) [{default}]? ")).strip().lower() or default
        if answer in choices:
            return answer
