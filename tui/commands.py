"""What each command does. What is slow to import is imported late."""

import argparse
import io
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from engine.text import printable

if TYPE_CHECKING:
    from engine.learner import Learner
    from engine.progress import Place, Progress
    from engine.session import Session

WRONG_INPUT, WRONG_USAGE, INTERRUPTED = 1, 2, 130


class _NoStart(Exception):  # noqa: N818  (it is how a command ends, not a fault of the program)
    """A walk that can't begin: the message, and the exit code."""

    def __init__(self, message: str, status: int) -> None:
        self.status = status
        super().__init__(message)


def _resume(options: argparse.Namespace) -> int:
    """Go on where the learner was; where that can't be, and the first time, begin the AND lesson."""
    options.watch = False
    kept = _kept()
    if options.lessons:
        return _begin_course(Path(options.lessons), options, kept)
    if kept.place:
        try:
            return _walk(_opened(kept.place), kept.place, options, kept)
        except _NoStart as error:
            print(f"{error}\nso here is the AND lesson", file=sys.stderr)
    from engine.opening import reopened
    first, session = reopened(kept.places.get("and-gate") or _placed("and-gate", "1"))
    return _walk(session, first, options, kept)


def _begin_course(folder: Path, options: argparse.Namespace, kept: "Progress") -> int:
    """Go on in the first lesson of a directory that is not done."""
    from engine.course import course
    from engine.opening import reopened
    from engine.progress import Place
    from engine.session import Cursor
    items = [item for item in course(folder) if item.lesson]
    if not items:
        return _complain(f"{printable(str(folder), 200)}: no lessons; expected a directory with lesson files",
                         WRONG_INPUT)
    item = next((item for item in items if not item.is_done(kept.places.get(item.name))), items[0])
    place = kept.places.get(item.name) or Place(item.name, Cursor(1, 0))
    place, session = reopened(place)
    return _walk(session, place, options, kept)


def _play(options: argparse.Namespace) -> int:
    try:
        place = _placed(options.lesson, options.at, options.numbers, options.form)
        session = _opened(place)
    except _NoStart as error:
        return _complain(str(error), error.status)
    return _walk(session, place, options, _kept())


def _kept() -> "Progress":
    """The learner's progress; what there is to say of its files goes to stderr."""
    from engine import progress
    kept, message = progress.load()
    if message:
        print(message, file=sys.stderr)
    return kept


def _walk(session: "Session", place: "Place", options: argparse.Namespace, kept: "Progress") -> int:
    """Walk a lesson from a place on, on the screen or in plain text; keep the place all the way."""
    from engine.learner import Learner, Notebook
    from engine.lesson import shipped
    if place.lesson not in shipped():
        place = replace(place, lesson=str(Path(place.lesson).absolute()))  # so that it is found from any folder
    notebook = Notebook()
    learner = Learner.at(place, kept, notebook)
    learner.folder = Path(options.lessons) if options.lessons else None
    learner.is_watching = options.watch
    in_terminal = all(stream and stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr))
    is_plain = options.plain or not in_terminal or os.environ.get("TERM", "") in ("", "dumb") or \
        os.environ.get("ACCESSIBLE", "") not in ("", "0")
    try:
        return (_walk_plain if is_plain else _walk_on_screen)(session, options, learner)
    finally:
        notebook.close()


def _placed(lesson: str, at: str, numbers: int | None = None, form: str = "paths") -> "Place":
    """A place from the command line."""
    from engine.opening import LARGEST_SEED
    from engine.progress import FORMS, Place
    from engine.session import ActionError, parse_place
    if numbers is not None and not 0 <= numbers <= LARGEST_SEED:
        raise _NoStart(f"handgrad: --numbers {numbers}; expected 0 to {LARGEST_SEED}", WRONG_USAGE)
    try:
        cursor = parse_place(at)
    except ActionError as error:
        raise _NoStart(f"handgrad: {printable(at)}: {error}", WRONG_USAGE) from None
    return Place(lesson, cursor, numbers, form=FORMS[FORMS.index(form)])


def _opened(place: "Place") -> "Session":
    from engine.lesson import LessonError
    from engine.opening import opened
    from engine.session import ActionError
    try:
        return opened(place)
    except LessonError as error:
        raise _NoStart(str(error), WRONG_INPUT) from None
    except ActionError as error:
        raise _NoStart(f"handgrad: {place.cursor}: {error}", WRONG_USAGE) from None


def _walk_on_screen(session: "Session", options: argparse.Namespace, learner: "Learner") -> int:
    if os.environ.get("NO_COLOR") == "":
        del os.environ["NO_COLOR"]  # which counts only where it is not empty
    from tui.app import HandgradApp
    app = HandgradApp(session, options.ascii or _wants_ascii(sys.__stderr__), learner)
    app.run(mouse=options.mouse)
    learner.keep(app.session)
    return app.return_code or 0


def _walk_plain(session: "Session", options: argparse.Namespace, learner: "Learner") -> int:
    from tui.endings import on_signals
    from tui.glyphs import ascii_form
    from tui.plain import PlainWalk
    spelled = ascii_form if options.ascii or _wants_ascii(sys.stdout) else str
    lines = sys.stdin or io.StringIO()
    if isinstance(lines, io.TextIOWrapper):
        lines.reconfigure(errors="replace")
    walk = PlainWalk(session, say=lambda text: print(spelled(text), flush=True),
                     complain=lambda text: print(spelled(text), file=sys.stderr, flush=True), learner=learner)
    on_signals(lambda: learner.save_now(walk.session), sys.exit)
    try:
        walk.run(lines, prompt=lambda: print("> ", end="", flush=True) if lines.isatty() else None)
    finally:
        learner.keep(walk.session)
    return 0


def _drill(options: argparse.Namespace) -> int:
    from engine.tutor import Tutor
    from tui import drill
    if options.count is not None and options.count < 1:
        return _complain(f"handgrad drill: --count {options.count}; expected 1 or more", WRONG_USAGE)
    try:
        session = _opened(_placed(options.lesson, options.at, options.numbers, options.form))
    except _NoStart as error:
        return _complain(str(error), error.status)
    _speak_utf8()
    drill.run(Tutor(session.trace), session.cursor, options.count, sys.stdin or io.StringIO(),
              write=lambda line: print(line, flush=True))
    return 0


def _trace(options: argparse.Namespace) -> int:
    from engine.export import WRITERS
    from engine.step import MOST_EPOCHS
    from tui.glyphs import ascii_form
    if not 1 <= options.epochs <= MOST_EPOCHS:
        return _complain(f"handgrad trace: --epochs {options.epochs}; expected 1 to {MOST_EPOCHS}", WRONG_USAGE)
    try:
        trace = _opened(_placed(options.lesson, "1", options.numbers, options.form)).trace
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
    status = _check_all(options.files)
    if not options.watch:
        return status
    from engine.watching import changes
    for changed in changes(options.files):
        _check_all([changed])
    return 0


def _check_all(paths: Sequence[str]) -> int:
    from engine.lesson import LessonError, load_file
    status = 0
    for path in paths:
        try:
            load_file(path)
        except LessonError as error:
            status = _complain(str(error), WRONG_INPUT)
        else:
            print(f"{printable(path, 200)}: ok", flush=True)
    return status


def _new(options: argparse.Namespace) -> int:
    """Write a lesson to start from; ask for what is not given, if somebody is there to answer."""
    from engine.new_lesson import MOST_HIDDEN_UNITS, Wish, lesson_id, written
    from tui.questions import ask
    if options.hidden is not None and not 0 <= options.hidden <= MOST_HIDDEN_UNITS:
        return _complain(f"handgrad new: --hidden {options.hidden}; expected 0 to {MOST_HIDDEN_UNITS}", WRONG_USAGE)
    if options.seed is not None and not 0 <= options.seed < 2**32:
        return _complain(f"handgrad new: --seed {options.seed}; expected 0 to {2**32 - 1}", WRONG_USAGE)
    given = {name: getattr(options, name) for name in ("gate", "hidden", "activation", "seed")}
    wish = Wish(**{name: value for name, value in given.items() if value is not None})
    if sys.stdin and sys.stdin.isatty() and os.path.lexists(options.file) is False:
        try:
            wish = ask(wish, [name for name, value in given.items() if value is None])
        except EOFError:
            return INTERRUPTED
    try:
        with open(options.file, "x", encoding="utf-8") as file:
            file.write(written(wish, printable(options.file, 200), lesson_id(options.file)))
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        return _complain(f"{printable(options.file, 200)}: {reason.lower()}; expected a file that can be made",
                         WRONG_INPUT)
    print(f"wrote {printable(options.file, 200)}; now: handgrad play {printable(options.file, 200)}")
    return 0


def _schema(_options: argparse.Namespace) -> int:
    from engine.lesson_schema import as_json_schema
    _speak_utf8()
    print(as_json_schema())
    return 0


def _progress(options: argparse.Namespace) -> int:
    from engine import progress
    from tui.report import as_json, as_text
    if options.reset and (message := progress.reset()):
        print(message, file=sys.stderr)
    kept = _kept()
    print(as_json(kept) if options.format == "json" else as_text(kept))
    return 0


def _lessons(options: argparse.Namespace) -> int:
    from engine.course import course
    kept = _kept()
    if options.lessons and not os.path.isdir(options.lessons):
        return _complain(f"{printable(options.lessons, 200)}: no directory; expected one with lessons", WRONG_INPUT)
    for item in course(Path(options.lessons) if options.lessons else None):
        how_far = item.how_far(kept.places.get(item.name))
        name = Path(item.name).name if options.lessons else item.name
        print(f"{printable(name, 40):<20} {item.title:<50} {how_far}".rstrip())
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


def _completion(options: argparse.Namespace) -> int:
    from engine.lesson import shipped
    from tui.shell import completion
    print(completion(options.shell, options.parser, list(shipped())), end="")
    return 0


def _man(options: argparse.Namespace) -> int:
    from importlib import metadata

    from tui.shell import man_page
    _speak_utf8()
    print(man_page(options.parser, metadata.version("handgrad")), end="")
    return 0


RUN: dict[str, Callable[[argparse.Namespace], int]] = {
    "resume": _resume, "play": _play, "drill": _drill, "trace": _trace, "check": _check, "progress": _progress,
    "lessons": _lessons, "new": _new, "schema": _schema, "completion": _completion, "man": _man}
