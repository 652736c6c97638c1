"""handgrad new: a lesson to start from. What is not given is asked, a line each; Enter takes what is in brackets."""

import argparse
import os
import re
import sys
from collections.abc import Callable, Sequence
from dataclasses import fields, replace
from typing import NoReturn, TextIO

from engine.course.formula_lesson import split_formulas
from engine.course.new_lesson import BIASES, GATES, MOST_HIDDEN_UNITS, Wish, compose_lesson, lesson_id
from engine.graph.activations import ACTIVATIONS
from engine.graph.losses import LOSSES
from engine.graph.optimizers import OPTIMIZERS
from engine.lesson.lesson import LessonError
from engine.lesson.schema import spell
from engine.text.pasted import retype
from engine.text.printable import printable, suggestion
from engine.walk.branching import LARGEST_SEED
from tui.cli.arguments import number_from_0, whole_number
from tui.cli.files import complain_of_lesson, is_file_name, write_lesson
from tui.cli.streams import listen
from tui.terminal.console import INTERRUPTED, WRONG_INPUT, WRONG_USAGE, complain, read_line, tell

EXAMPLES = """\
  handgrad new my-lesson.toml
  handgrad new xor.toml --gate xor --hidden 3 --seed 7
  handgrad new sure.toml --loss cross_entropy --optimizer adam --batch 1
  handgrad new unit.toml --gate or --formula 'z = w1*x1 + w2*x2 + b; L = (sig(z) - y)^2'"""

LONGEST_ANSWER, ROWS = 200, 4
OF_A_NETWORK = ("hidden", "activation", "bias", "loss")
ASKED = ("gate", "hidden", "activation", "loss", "optimizer")

Read = Callable[[str], str]
Refuse = Callable[[str], object]


class AnswerError(Exception):
    """An answer that can't be taken, where nobody can be asked again: why."""


def declare(parser: argparse.ArgumentParser) -> None:
    """The arguments."""
    parser.add_argument("file", metavar="FILE", help="the file to write; one that exists is left as it is")
    parser.add_argument("--gate", choices=GATES, help="the truth table (default: and)")
    parser.add_argument("--hidden", metavar="N", type=whole_number(0, MOST_HIDDEN_UNITS),
                        help="how many hidden units, 0 to 8 (default: 2)")
    parser.add_argument("--activation", choices=_of_hidden_units(), help="of the hidden units (default: relu)")
    parser.add_argument("--bias", choices=tuple(BIASES), help="one each unit, one a layer or none (default: unit)")
    parser.add_argument("--loss", choices=tuple(LOSSES), help="with an output that goes with it (default: mse)")
    parser.add_argument("--optimizer", choices=tuple(OPTIMIZERS), help="the rule of the update (default: sgd)")
    parser.add_argument("--batch", metavar="N", type=whole_number(1, ROWS),
                        help="rows an update uses, 1 to 4 (default: all)")
    parser.add_argument("--weight-decay", metavar="X", type=number_from_0,
                        help="what pulls weights towards 0 (default: 0)")
    parser.add_argument("--formula", metavar="FORMULAS", type=_formulas,
                        help="in place of a network, ; between several, over x1, x2, y; other names are parameters")
    parser.add_argument("--seed", metavar="SEED", type=whole_number(0, LARGEST_SEED),
                        help="of the starting values (default: 1)")


def _of_hidden_units() -> list[str]:
    """The activations that hidden units may have."""
    return [name for name, f in ACTIVATIONS.items() if not f.takes_layer]


def _formulas(text: str) -> str:
    """The type of an option that is one formula or several."""
    if split_formulas(text):
        return text
    raise argparse.ArgumentTypeError(f'{printable(text)}; expected a formula, as "L = (w*x1 - y)^2"')


def run(options: argparse.Namespace) -> int:
    """Ask for what is not given, if somebody is there to answer, and write."""
    name = printable(options.file, 200)
    if not is_file_name(options.file):
        return complain(f"handgrad new: {name}; expected the name of a file, as my-lesson.toml", WRONG_USAGE)
    if os.path.lexists(options.file):
        return complain_of_lesson(name)
    given = {field.name: getattr(options, field.name) for field in fields(Wish)}
    if options.formula is not None and (unfit := [name for name in OF_A_NETWORK if given[name] is not None]):
        return complain(f"handgrad new: --{unfit[0]} with --formula; expected one of the two", WRONG_USAGE)
    wish = Wish(**{name: value for name, value in given.items() if value is not None})
    missing = [name for name in ASKED if given[name] is None and not (wish.formula and name in OF_A_NETWORK)]
    missing *= bool({"gate", "hidden", "activation"} & {*missing})  # who gives these is asked for no more
    try:
        wish = ask(wish, missing) if sys.stdin.isatty() else ask_pipe(wish, missing, listen())
    except EOFError:
        return INTERRUPTED
    except AnswerError as error:
        return complain(f"handgrad new: no file is written: {error}", WRONG_INPUT)
    try:
        text = compose_lesson(wish, name, lesson_id(options.file))  # before there is a file
    except LessonError as error:  # it can't be, with these formulas
        return complain("\n".join(f"handgrad new: {problem._replace(line=0)}" for problem in error.problems),
                        WRONG_INPUT)
    return write_lesson(options.file, text)


def ask(wish: Wish, missing: Sequence[str], read: Read | None = None, refuse: Refuse = print) -> Wish:
    """A wish with what was missing as it was answered; what can't be taken is said to be so, and asked again."""
    if read is None:
        listen()
        read = input
    if "gate" in missing:
        wish = replace(wish, gate=_choose("Which gate", list(GATES), wish.gate, read, refuse))
    if "hidden" in missing:
        numbers = [str(units) for units in range(MOST_HIDDEN_UNITS + 1)]
        wish = replace(wish, hidden=int(_choose("How many hidden units", numbers, str(wish.hidden), read, refuse)))
    if "activation" in missing and wish.hidden:
        wish = replace(wish, activation=_choose("Their activation", _of_hidden_units(), wish.activation, read, refuse))
    if "loss" in missing:
        wish = replace(wish, loss=_choose("Which loss", list(LOSSES), wish.loss, read, refuse))
    if "optimizer" in missing:
        wish = replace(wish, optimizer=_choose("Which optimizer", list(OPTIMIZERS), wish.optimizer, read, refuse))
    return wish


def ask_pipe(wish: Wish, missing: Sequence[str], lines: TextIO) -> Wish:
    """The same of lines that are there already: where they end before the questions do, the rest is as by default, and
    said to be. Raises AnswerError for one that can't be taken.
    """
    answers, taken = 0, list[str]()

    def read(question: str) -> str:
        nonlocal answers
        line = read_line(lines, LONGEST_ANSWER)
        answers += bool(line)
        if not line:
            taken.append(re.sub(r" \(.*\[(.*)\]\? ", r": \1", question))
        return line

    def refuse(why: str) -> NoReturn:
        raise AnswerError(why)
    wish = ask(wish, missing, read, refuse)
    if taken:
        tell(f"no {'more ' * bool(answers)}answers; by default: {', '.join(taken)}", sys.stderr)
    return wish


def _choose(question: str, choices: Sequence[str], default: str, read: Read, refuse: Refuse) -> str:
    while True:
        written = read(f"{question} ({', '.join(choices)}) [{default}]? ").strip()
        answer = retype(written).strip().lower() or default
        if answer in choices:
            return answer
        refuse(f"{question}: {spell(written)}; expected one of {', '.join(choices)}{suggestion(answer, choices)}")
