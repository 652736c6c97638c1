"""The command line: what it takes. What each command does is in `commands`; what is slow to import comes late."""

import argparse
import os
import re
import sys
from collections.abc import Sequence
from typing import NoReturn

from engine.graph.activations import ACTIVATIONS
from engine.text.printable import printable, suggestion
from tui.terminal.console import INTERRUPTED, WRONG_INPUT, WRONG_USAGE

GATES = ("and", "or", "nand", "nor", "xor", "xnor")
SHELLS = ("bash", "zsh", "fish")
FORMATS = ("text", "md", "csv", "json")

EXAMPLES = """examples:
  handgrad                                    go on where you were; the first time, the AND lesson
  handgrad play and-gate --at 1:38            epoch 1 with its first 38 numbers on the screen
  handgrad play my-lesson.toml --plain        as lines of text, for screen readers and pipes
  handgrad trace and-gate --epochs 3          a worksheet of three epochs
  handgrad trace and-gate --format json       every number, for programs
  handgrad drill and-gate --numbers 3         questions and verdicts as JSON lines, for programs
  handgrad new my-lesson.toml                 a lesson of your own to start from
  handgrad check my-lesson.toml               what is wrong with a lesson
"""


class _Parser(argparse.ArgumentParser):
    """A parser whose messages repeat arguments safely, and know a near word for one that is unknown."""

    def error(self, message: str) -> NoReturn:
        near = ""
        if found := re.search(r"invalid choice: '(.*?)' \(choose from (.*)\)", message):
            near = suggestion(found[1], re.findall(r"[\w-]+", found[2]))
        super().error(printable(message, 300) + near)


class _Version(argparse.Action):
    """Says which handgrad this is; what knows it takes long to import."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        from importlib import metadata
        print(f"handgrad {metadata.version('handgrad')}")
        parser.exit()


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run a command and exit: 0 done, 1 the input is wrong, 2 the command line is wrong, 130 interrupted."""
    if sys.stdout is None or sys.stderr is None:
        sys.exit(WRONG_USAGE)
    try:
        options = _parser().parse_args(arguments)
        from tui.cli import commands
        status = commands.RUN[options.run](options)
        sys.stdout.flush()
    except KeyboardInterrupt:
        status = INTERRUPTED
    except OSError as error:
        status = 0
        if not isinstance(error, BrokenPipeError):
            print(f"handgrad: {error.strerror}", file=sys.stderr)
            status = WRONG_INPUT
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # nobody takes what is still to be written
    sys.exit(status)


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="handgrad", description="Backpropagation by hand, with every number right.", epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--version", action=_Version, nargs=0, help="show the version and exit")
    parser.set_defaults(run="resume")
    commands = parser.add_subparsers(metavar="COMMAND", title="commands")

    def command(name: str, about: str, examples: str) -> argparse.ArgumentParser:
        added = commands.add_parser(name, help=about, description=about, epilog=f"examples:\n{examples}",
                                    formatter_class=argparse.RawDescriptionHelpFormatter)
        added.add_argument("--version", action=_Version, nargs=0, help=argparse.SUPPRESS)
        return added

    play = command("play", "Walk a lesson, one number at a time.",
                   "  handgrad play and-gate\n  handgrad play and-gate --at 4:29\n  handgrad play my-lesson.toml")
    play.add_argument("lesson", metavar="LESSON", help="a shipped lesson's id, or a file")
    play.add_argument("--at", metavar="EPOCH[:STEP]", default="1", help="where to begin; 1:38 shows 38 numbers")
    play.set_defaults(run="play")

    drill = command("drill", "Answer questions about a lesson's numbers, as JSON lines for programs.",
                    "  handgrad drill and-gate --count 5\n  handgrad drill and-gate --numbers 3 --from 1:29")
    drill.add_argument("lesson", metavar="LESSON", help="a shipped lesson's id, or a file")
    drill.add_argument("--from", dest="at", metavar="EPOCH[:STEP]", default="1", help="ask from the number after this")
    drill.add_argument("--count", metavar="N", type=int, help="how many questions (default: until the answers end)")
    drill.set_defaults(run="drill")

    trace = command("trace", "Write a lesson's numbers, every factor of them.",
                    "  handgrad trace and-gate > worksheet.txt\n  handgrad trace and-gate --epochs 20 --format json")
    trace.add_argument("lesson", metavar="LESSON", help="a shipped lesson's id, or a file")
    trace.add_argument("--epochs", metavar="N", type=int, default=1, help="how many (default: 1)")
    trace.add_argument("--format", choices=FORMATS, default="text", help="default: text")
    trace.set_defaults(run="trace")

    for walk in (play, drill, trace):
        walk.add_argument("--form", choices=("paths", "delta"), default="paths",
                          help="the backward pass by paths (default) or by δ")
        walk.add_argument("--numbers", dest="seed", metavar="SEED", type=int, help="other starting values, by a seed")

    check = command("check", "Say what is wrong with lesson files, or that nothing is.",
                    "  handgrad check my-lesson.toml")
    check.add_argument("files", metavar="FILE", nargs="+")
    check.set_defaults(run="check")

    progress = command("progress", "Show what you know, skill by skill, and where you are.",
                       "  handgrad progress\n  handgrad progress --format json")
    progress.add_argument("--format", choices=("text", "json"), default="text", help="default: text")
    progress.add_argument("--reset", action="store_true", help="forget what you know; the place stays")
    progress.set_defaults(run="progress")

    lessons = command("lessons", "List the lessons there are, in the order of the course.",
                      "  handgrad lessons\n  handgrad lessons --lessons my-course")
    lessons.set_defaults(run="lessons")

    new = command("new", "Write a commented lesson to start from; what is not given is asked.",
                  "  handgrad new my-lesson.toml\n  handgrad new xor.toml --gate xor --hidden 3 --seed 7")
    new.add_argument("file", metavar="FILE", help="the file to write; one that exists is left as it is")
    new.add_argument("--gate", choices=GATES, help="the truth table (default: and)")
    new.add_argument("--hidden", metavar="N", type=int, help="how many hidden units, 0 to 8 (default: 2)")
    new.add_argument("--activation", choices=tuple(ACTIVATIONS), help="of the hidden units (default: relu)")
    new.add_argument("--seed", metavar="SEED", type=int, help="of the starting values (default: 1)")
    new.set_defaults(run="new")

    command("schema", "Write the JSON Schema of lesson files, for editors.",
            "  handgrad schema > lesson.schema.json").set_defaults(run="schema")

    completion = command("completion", "Write what a shell reads to complete commands, options and lessons.",
                         "  handgrad completion bash > ~/.local/share/bash-completion/completions/handgrad")
    completion.add_argument("shell", choices=SHELLS)
    completion.set_defaults(run="completion", parser=parser)
    command("man", "Write the man page.", "  handgrad man | man -l -").set_defaults(run="man", parser=parser)

    for walking in (parser, play):
        off = False if walking is parser else argparse.SUPPRESS  # what stands before the command counts too
        walking.add_argument("--plain", action="store_true", default=off,
                             help="lines of text and commands (also: ACCESSIBLE=1)")
        walking.add_argument("--ascii", action="store_true", default=off, help="ASCII alone (also: HANDGRAD_ASCII=1)")
        walking.add_argument("--mouse", action="store_true", default=off,
                             help="the wheel steps; the terminal's own selecting rests")
    for choosing in (parser, play, lessons):
        choosing.add_argument("--lessons", metavar="DIR", default=None if choosing is parser else argparse.SUPPRESS,
                              help="the lessons of a directory as the course")
    for watching in (play, check):
        watching.add_argument("--watch", action="store_true", help="read the file again whenever it is saved")
    return parser
