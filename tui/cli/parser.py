"""What the command line takes: the table of commands, each in a file of its own that is loaded when it is called.

A command's file has `EXAMPLES`, `declare(parser)` for its arguments, and `run(options)`, which returns the exit code.
"""

import argparse
import importlib
import re
import sys
from collections.abc import Iterator, Sequence
from types import ModuleType
from typing import Any, NoReturn

from engine.text.printable import printable, suggestion
from tui.cli.arguments import add_ascii, add_course, add_display
from tui.terminal.console import WRONG_USAGE

COMMANDS = {
    "play": "Walk a lesson, one number at a time.",
    "formula": "Walk a formula, as 'L = (a*b + c)*f' a=2 b=-3 c=10 f=-2.",
    "drill": "Answer questions about a lesson's numbers, as JSON lines for programs.",
    "trace": "Write a lesson's numbers, every factor of them.",
    "worksheet": "Write a sheet of paper to do a lesson on with a pen; the key to it; or a question bank.",
    "picture": "Draw the screen of a lesson at a place, in SVG.",
    "check": "Say what is wrong with lesson files, or that nothing is.",
    "progress": "Show what you know, skill by skill, and how far you are; or what others hand in.",
    "lessons": "List the lessons there are, in the order of the course.",
    "new": "Write a commented lesson to start from; what is not given is asked.",
    "config": "Write a configuration to start from: keys, digits, theme; or say what is wrong with yours.",
    "schema": "Write the JSON Schema of lesson files, for editors.",
    "completion": "Write what a shell reads to complete commands, options and lessons.",
    "man": "Write the man page.",
}
WITHOUT_A_NAME = "resume"
EXAMPLES = """examples:
  handgrad                                    go on where you were; the first time, the AND lesson
  handgrad play and-gate --at 1:38            epoch 1 with its first 38 numbers on the screen
  handgrad play my-lesson.toml --plain        as lines of text, for screen readers and pipes
  handgrad trace and-gate --epochs 3          three epochs written out, every factor
  handgrad worksheet and-gate --numbers 7     a sheet of paper to do it on; --key has its numbers
  handgrad trace and-gate --format json       every number, for programs
  handgrad drill and-gate --numbers 3         questions and verdicts as JSON lines, for programs
  handgrad new my-lesson.toml                 a lesson of your own to start from
  handgrad check my-lesson.toml               what is wrong with a lesson
"""


class Parser(argparse.ArgumentParser):
    """A parser whose messages repeat arguments safely, and know a near word for one that is unknown. One that says what
    is expected needs no usage before it.
    """

    def error(self, message: str) -> NoReturn:
        """Exit with a message."""
        if found := re.fullmatch(r"argument (--[\w-]+): (.*; expected .*)", message, re.DOTALL):
            self.exit(WRONG_USAGE, printable(f"{self.prog}: {found[1]} {found[2]}", 300) + "\n")
        near = ""
        if found := re.search(r"invalid choice: '(.*?)' \(choose from (.*)\)", message):
            near = suggestion(found[1], re.findall(r"[\w-]+", found[2]))
        super().error(printable(message, 300) + near)

    def print_help(self, file: Any = None) -> None:
        """Print it, or fail: argparse says nothing where it can't be written."""
        print(self.format_help(), end="", file=file or sys.stdout, flush=True)


class CommandParser(Parser):
    """The parser of one command, whose arguments are in the command's file: that is loaded when they are needed."""

    command = ""

    def declare(self) -> None:
        """Take the arguments of the command's file."""
        module = load_command(self.command)
        self.epilog = f"examples:\n{module.EXAMPLES}"
        module.declare(self)

    def parse_known_args(self, args: Sequence[str] | None = None,  # type: ignore[override]
                         namespace: argparse.Namespace | None = None) -> tuple[Any, list[str]]:
        """Read what stands behind the command's name."""
        self.declare()
        return super().parse_known_args(args, namespace)


class _Version(argparse.Action):
    """Says which handgrad this is."""

    def __call__(self, parser: argparse.ArgumentParser, options: argparse.Namespace, *_: object) -> None:
        parser.exit(load_command("version").run(options))


def load_command(name: str) -> ModuleType:
    """The file of a command."""
    return importlib.import_module(f"tui.cli.commands.{name}")


def build_parser() -> Parser:
    """The parser of the whole command line."""
    parser = Parser(prog="handgrad", description="Backpropagation by hand, with every number right.", epilog=EXAMPLES,
                    formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--version", action=_Version, nargs=0, help="show the version and exit")
    parser.set_defaults(command=WITHOUT_A_NAME)
    commands = parser.add_subparsers(metavar="COMMAND", title="commands", parser_class=CommandParser)
    for name, about in COMMANDS.items():
        command = commands.add_parser(name, help=about, description=about,
                                      formatter_class=argparse.RawDescriptionHelpFormatter)
        command.command = name
        command.set_defaults(command=name)
        add_ascii(command, argparse.SUPPRESS)
        command.add_argument("--version", action=_Version, nargs=0, help=argparse.SUPPRESS)
    add_display(parser)
    add_ascii(parser)
    add_course(parser)
    return parser


def declared_commands(parser: Parser) -> Iterator[tuple[str, CommandParser]]:
    """The commands of a parser by their names, in order, each with its arguments."""
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for name, command in action.choices.items():
                command.declare()
                yield name, command
