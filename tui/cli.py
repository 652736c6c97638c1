"""The command line: what it takes, and what each command does. What is slow to import is imported late."""

import argparse
import io
import os
import sys
from collections.abc import Sequence
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from engine.text import printable

if TYPE_CHECKING:
    from engine.knowledge import Knowledge
    from engine.learner import Learner
    from engine.progress import Place, Progress
    from engine.session import Cursor, Session
    from engine.trace import Trace

WRONG_INPUT, WRONG_USAGE, INTERRUPTED = 1, 2, 130
FORMATS = ("text", "md", "csv", "json")

EXAMPLES = """examples:
  handgrad                                    go on where you were; the first time, the AND lesson
  handgrad play and-gate --at 1:38            epoch 1 with its first 38 numbers on the screen
  handgrad play my-lesson.toml --plain        as lines of text, for screen readers and pipes
  handgrad trace and-gate --epochs 3          a worksheet of three epochs
  handgrad trace and-gate --format json       every number, for programs
  handgrad drill and-gate --numbers 3         questions and verdicts as JSON lines, for programs
  handgrad check my-lesson.toml               what is wrong with a lesson
"""


class _Parser(argparse.ArgumentParser):
    """A parser whose messages repeat arguments safely."""

    def error(self, message: str) -> NoReturn:
        super().error(printable(message, 300))


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run a command and exit: 0 done, 1 the input is wrong, 2 the command line is wrong, 130 interrupted."""
    options = _parser().parse_args(arguments)
    if sys.stdout is None or sys.stderr is None:
        sys.exit(WRONG_USAGE)
    try:
        status = options.run(options)
        sys.stdout.flush()
    except KeyboardInterrupt:
        status = INTERRUPTED
    except OSError as error:
        status = 0 if isinstance(error, BrokenPipeError) else _complain(f"handgrad: {error.strerror}", WRONG_INPUT)
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # nobody takes what is still to be written
    sys.exit(status)


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
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

    drill = command("drill", "Answer questions about a lesson's numbers, as JSON lines for programs.",
                    "  handgrad drill and-gate --count 5\n  handgrad drill and-gate --numbers 3 --from 1:29")
    drill.add_argument("lesson", metavar="LESSON", help="a shipped lesson's id, or a file")
    drill.add_argument("--from", dest="at", metavar="EPOCH[:STEP]", default="1", help="ask from the number after this")
    drill.add_argument("--count", metavar="N", type=int, help="how many questions (default: until the answers end)")
    drill.set_defaults(run=_drill)

    trace = command("trace", "Write a lesson's numbers, every factor of them.",
                    "  handgrad trace and-gate > worksheet.txt\n  handgrad trace and-gate --epochs 20 --format json")
    trace.add_argument("lesson", metavar="LESSON", help="a shipped lesson's id, or a file")
    trace.add_argument("--epochs", metavar="N", type=int, default=1, help="how many (default: 1)")
    trace.add_argument("--format", choices=FORMATS, default="text", help="default: text")
    trace.set_defaults(run=_trace)

    for walk in (play, drill, trace):
        walk.add_argument("--numbers", metavar="SEED", type=int, help="other starting values, by a seed")

    check = command("check", "Say what is wrong with lesson files, or that nothing is.",
                    "  handgrad check my-lesson.toml")
    check.add_argument("files", metavar="FILE", nargs="+")
    check.set_defaults(run=_check)

    progress = command("progress", "Show what you know, skill by skill, and where you are.",
                       "  handgrad progress\n  handgrad progress --format json")
    progress.add_argument("--format", choices=("text", "json"), default="text", help="default: text")
    progress.add_argument("--reset", action="store_true", help="forget what you know; the place stays")
    progress.set_defaults(run=_progress)

    command("lessons", "List the lessons that come with handgrad.", "  handgrad lessons").set_defaults(run=_lessons)
    return parser


class _NoStart(Exception):  # noqa: N818  (it is how a command ends, not a fault of the program)
    """A walk that can't begin: the message, and the exit code."""

    def __init__(self, message: str, status: int) -> None:
        self.status = status
        super().__init__(message)


def _resume(options: argparse.Namespace) -> int:
    """Go on where the learner was; where that can't be, and the first time, begin the AND lesson."""
    options.plain, options.ascii, options.numbers = False, False, None
    kept = _kept()
    if place := kept.place:
        try:
            options.numbers = place.numbers
            return _walk(place.lesson, str(place.cursor), options, kept.knowledge, place)
        except _NoStart as error:
            print(f"{error}\nso here is the AND lesson", file=sys.stderr)
            options.numbers = None
    return _walk("and-gate", "1", options, kept.knowledge)


def _play(options: argparse.Namespace) -> int:
    try:
        return _walk(options.lesson, options.at, options, _kept().knowledge)
    except _NoStart as error:
        return _complain(str(error), error.status)


def _kept() -> "Progress":
    """The learner's progress; what there is to say of its file goes to stderr."""
    from engine import progress
    kept, message = progress.load()
    if message:
        print(message, file=sys.stderr)
    return kept


def _walk(lesson: str, at: str, options: argparse.Namespace, knowledge: "Knowledge",
          kept: "Place | None" = None) -> int:
    """Walk a lesson from a place on, on the screen or in plain text; keep the place all the way."""
    from engine.learner import Learner, Notebook
    from engine.lesson import shipped
    session = _opened(lesson, at, options.numbers)
    name = lesson if lesson in shipped() else str(Path(lesson).absolute())
    notebook = Notebook()
    learner = Learner(name, options.numbers, knowledge, notebook=notebook)
    if kept:
        learner.mode, learner.answers = kept.mode, dict(kept.answers)
    in_terminal = all(stream and stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr))
    is_plain = options.plain or not in_terminal or os.environ.get("TERM", "") in ("", "dumb")
    status, cursor = (_walk_plain if is_plain else _walk_on_screen)(session, options.ascii, learner)
    learner.keep(cursor)
    notebook.close()
    return status


def _traced(lesson: str, numbers: int | None) -> "Trace":
    """A lesson's trace, with its own starting values or with those of a seed."""
    from engine.lesson import LessonError, load
    from engine.trace import Trace
    try:
        loaded = load(lesson)
    except LessonError as error:
        raise _NoStart(str(error), WRONG_INPUT) from None
    if numbers is None:
        return Trace(loaded)
    if not 0 <= numbers < 2**32:
        raise _NoStart(f"handgrad: --numbers {numbers}; expected 0 to {2**32 - 1}", WRONG_USAGE)
    from engine.new_numbers import renumbered
    return Trace(renumbered(loaded, numbers))


def _opened(lesson: str, at: str, numbers: int | None) -> "Session":
    from engine.session import ActionError, Session, parse_cursor
    trace = _traced(lesson, numbers)
    try:
        return Session(trace, parse_cursor(at, trace))
    except ActionError as error:
        raise _NoStart(f"handgrad: {printable(at)}: {error}", WRONG_USAGE) from None


def _walk_on_screen(session: "Session", ascii_only: bool, learner: "Learner") -> "tuple[int, Cursor]":
    from tui.app import HandgradApp
    app = HandgradApp(session, ascii_only or _wants_ascii(sys.__stderr__), learner)
    app.run(mouse=False)
    return app.return_code or 0, app.place


def _walk_plain(session: "Session", ascii_only: bool, learner: "Learner") -> "tuple[int, Cursor]":
    from tui.glyphs import ascii_form
    from tui.plain import PlainWalk
    spelled = ascii_form if ascii_only or _wants_ascii(sys.stdout) else str
    lines = sys.stdin or io.StringIO()
    if isinstance(lines, io.TextIOWrapper):
        lines.reconfigure(errors="replace")
    walk = PlainWalk(session, say=lambda text: print(spelled(text), flush=True),
                     complain=lambda text: print(spelled(text), file=sys.stderr, flush=True), learner=learner)
    status = 0
    try:
        walk.run(lines, prompt=lambda: print("> ", end="", flush=True) if lines.isatty() else None)
    except KeyboardInterrupt:
        status = INTERRUPTED
    return status, walk.session.cursor


def _drill(options: argparse.Namespace) -> int:
    from engine.tutor import Tutor
    from tui import drill
    if options.count is not None and options.count < 1:
        return _complain(f"handgrad drill: --count {options.count}; expected 1 or more", WRONG_USAGE)
    try:
        session = _opened(options.lesson, options.at, options.numbers)
    except _NoStart as error:
        return _complain(str(error), error.status)
    _speak_utf8()
    drill.run(Tutor(session.trace), session.cursor, options.count, sys.stdin or io.StringIO(),
              write=lambda line: print(line, flush=True))
    return 0


def _trace(options: argparse.Namespace) -> int:
    from engine.export import WRITERS
    from engine.trace import MOST_EPOCHS
    from tui.glyphs import ascii_form
    if not 1 <= options.epochs <= MOST_EPOCHS:
        return _complain(f"handgrad trace: --epochs {options.epochs}; expected 1 to {MOST_EPOCHS}", WRONG_USAGE)
    try:
        trace = _traced(options.lesson, options.numbers)
    except _NoStart as error:
        return _complain(str(error), error.status)
    _speak_utf8()
    in_ascii = options.format in ("text", "md") and _asks_for_ascii()
    for piece in WRITERS[options.format](trace, options.epochs):
        sys.stdout.write(ascii_form(piece) if in_ascii else piece)
    return 0


def _speak_utf8() -> None:
    """What programs read is UTF-8, whatever the terminal; what they write is read as far as it is."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8")
    if isinstance(sys.stdin, io.TextIOWrapper):
        sys.stdin.reconfigure(encoding="utf-8", errors="replace")


def _check(options: argparse.Namespace) -> int:
    from engine.lesson import LessonError, load_file
    status = 0
    for path in options.files:
        try:
            load_file(path)
        except LessonError as error:
            status = _complain(str(error), WRONG_INPUT)
        else:
            print(f"{printable(path, 200)}: ok")
    return status


def _progress(options: argparse.Namespace) -> int:
    from engine import progress
    from tui.report import as_json, as_text
    if options.reset:
        progress.reset()
    kept = _kept()
    print(as_json(kept) if options.format == "json" else as_text(kept))
    return 0


def _lessons(_options: argparse.Namespace) -> int:
    from engine.lesson import parse, shipped
    for name, text in shipped().items():
        print(f"{name:<20} {parse(text, name).title}")
    return 0


def _asks_for_ascii() -> bool:
    return os.environ.get("HANDGRAD_ASCII", "") not in ("", "0")


def _wants_ascii(stream: object) -> bool:
    """Whether a stream, or the learner, asks for ASCII."""
    encoding = str(getattr(stream, "encoding", "") or "").lower().replace("-", "")
    return _asks_for_ascii() or encoding != "utf8"


def _complain(text: str, status: int) -> int:
    print(text, file=sys.stderr)
    return status
