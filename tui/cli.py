"""The command line: what it takes, and what each command does. What is slow to import is imported late."""

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from engine.session import Session

WRONG_INPUT, WRONG_USAGE, INTERRUPTED = 1, 2, 130
FORMATS = ("text", "md", "csv", "json")

EXAMPLES = """examples:
  handgrad                                    go on where you were; the first time, the AND lesson
  handgrad play and-gate --at 1:38            epoch 1 with its first 38 numbers on the screen
  handgrad play my-lesson.toml --plain        as lines of text, for screen readers and pipes
  handgrad trace and-gate --epochs 3          a worksheet of three epochs
  handgrad trace and-gate --format json       every number, for programs
  handgrad check my-lesson.toml               what is wrong with a lesson
"""


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run a command and exit: 0 done, 1 the input is wrong, 2 the command line is wrong, 130 interrupted."""
    options = _parser().parse_args(arguments)
    try:
        status = options.run(options)
    except KeyboardInterrupt:
        status = INTERRUPTED
    except BrokenPipeError:  # whoever read the output has enough of it
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        status = 0
    sys.exit(status)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="handgrad", description="Backpropagation by hand, with every number right.", epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--version", action="version", version=f"handgrad {metadata.version('handgrad')}")
    parser.set_defaults(run=_resume)
    commands = parser.add_subparsers(metavar="COMMAND", title="commands")

    def command(name: str, about: str, examples: str) -> argparse.ArgumentParser:
        return commands.add_parser(name, help=about, description=about, epilog=f"examples:\n{examples}",
                                   formatter_class=argparse.RawDescriptionHelpFormatter)

    play = command("play", "Walk a lesson, one number at a time.",
                   "  handgrad play and-gate\n  handgrad play and-gate --at 4:29\n  handgrad play my-lesson.toml")
    play.add_argument("lesson", metavar="LESSON", help="a shipped lesson's id, or a file")
    play.add_argument("--at", metavar="EPOCH[:STEP]", default="1", help="where to begin; 1:38 shows 38 numbers")
    play.add_argument("--plain", action="store_true", help="lines of text instead of a screen; commands on stdin")
    play.add_argument("--ascii", action="store_true", help="ASCII alone (also: HANDGRAD_ASCII=1)")
    play.set_defaults(run=_play)

    trace = command("trace", "Write a lesson's numbers, every factor of them.",
                    "  handgrad trace and-gate > worksheet.txt\n  handgrad trace and-gate --epochs 20 --format json")
    trace.add_argument("lesson", metavar="LESSON", help="a shipped lesson's id, or a file")
    trace.add_argument("--epochs", metavar="N", type=int, default=1, help="how many (default: 1)")
    trace.add_argument("--format", choices=FORMATS, default="text", help="default: text")
    trace.set_defaults(run=_trace)

    check = command("check", "Say what is wrong with lesson files, or that nothing is.",
                    "  handgrad check my-lesson.toml")
    check.add_argument("files", metavar="FILE", nargs="+")
    check.set_defaults(run=_check)

    command("lessons", "List the lessons that come with handgrad.", "  handgrad lessons").set_defaults(run=_lessons)
    return parser


def _resume(options: argparse.Namespace) -> int:
    from engine.progress import load_place
    options.plain = options.ascii = False
    options.lesson, options.at = "and-gate", "1"
    if place := load_place():
        resumed = argparse.Namespace(**{**vars(options), "lesson": place.lesson, "at": str(place.cursor)})
        status = _play(resumed)
        if status not in (WRONG_INPUT, WRONG_USAGE):
            return status
        print("the lesson you were in can't be opened there; here is the AND lesson", file=sys.stderr)
    return _play(options)


def _play(options: argparse.Namespace) -> int:
    from engine.lesson import LessonError, load, shipped
    from engine.progress import Place, save_place
    from engine.session import ActionError, Session, parse_cursor
    from engine.trace import Trace
    try:
        trace = Trace(load(options.lesson))
        session = Session(trace, parse_cursor(options.at, trace))
    except LessonError as error:
        return _complain(str(error), WRONG_INPUT)
    except ActionError as error:
        return _complain(f"handgrad play: --at {options.at}: {error}", WRONG_USAGE)
    in_terminal = all(stream and stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr))
    if options.plain or not in_terminal or os.environ.get("TERM", "") in ("", "dumb"):
        status, session = _play_plain(session, options.ascii)
    else:
        status, session = _play_on_screen(session, options.ascii)
    name = options.lesson if options.lesson in shipped() else str(Path(options.lesson).absolute())
    save_place(Place(name, session.cursor))
    return status


def _play_on_screen(session: "Session", ascii_only: bool) -> "tuple[int, Session]":
    from tui.app import HandgradApp
    app = HandgradApp(session, ascii_only or _wants_ascii(sys.__stderr__))
    app.run(mouse=False)
    return app.return_code or 0, app.session


def _play_plain(session: "Session", ascii_only: bool) -> "tuple[int, Session]":
    from tui import plain
    from tui.glyphs import ascii_form
    spelled = ascii_form if ascii_only or _wants_ascii(sys.stdout) else str
    is_conversation = sys.stdin.isatty()
    session = plain.run(session, sys.stdin, say=lambda text: print(spelled(text), flush=True),
                        complain=lambda text: print(spelled(text), file=sys.stderr, flush=True),
                        prompt=lambda: print("> ", end="", flush=True) if is_conversation else None)
    return 0, session


def _trace(options: argparse.Namespace) -> int:
    from engine.export import WRITERS
    from engine.lesson import LessonError, load
    from engine.trace import MOST_EPOCHS, Trace
    if not 1 <= options.epochs <= MOST_EPOCHS:
        return _complain(f"handgrad trace: --epochs {options.epochs}; expected 1 to {MOST_EPOCHS}", WRONG_USAGE)
    try:
        trace = Trace(load(options.lesson))
    except LessonError as error:
        return _complain(str(error), WRONG_INPUT)
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]  # a file for others, whatever the terminal
    for piece in WRITERS[options.format](trace, options.epochs):
        sys.stdout.write(piece)
    sys.stdout.flush()
    return 0


def _check(options: argparse.Namespace) -> int:
    from engine.lesson import LessonError, load_file
    status = 0
    for path in options.files:
        try:
            load_file(path)
        except LessonError as error:
            status = _complain(str(error), WRONG_INPUT)
        else:
            print(f"{path}: ok")
    return status


def _lessons(_options: argparse.Namespace) -> int:
    from engine.lesson import parse, shipped
    for name, text in shipped().items():
        print(f"{name:<20} {parse(text, name).title}")
    return 0


def _wants_ascii(stream: object) -> bool:
    """Whether a stream, or the learner, asks for ASCII."""
    encoding = str(getattr(stream, "encoding", "") or "").lower().replace("-", "")
    return os.environ.get("HANDGRAD_ASCII", "") not in ("", "0") or encoding != "utf8"


def _complain(text: str, status: int) -> int:
    print(text, file=sys.stderr)
    return status
