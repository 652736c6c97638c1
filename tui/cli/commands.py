"""The commands that walk a lesson, or write one out. What is slow to import is imported late."""

import argparse
import io
import os
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from engine.text.printable import printable
from tui.cli import tools
from tui.terminal.console import (
    WRONG_INPUT,
    WRONG_USAGE,
    asks_for_ascii,
    complain,
    kept,
    speak_utf8,
    spelling,
)

if TYPE_CHECKING:
    from engine.learner.learner import Learner
    from engine.learner.progress import Bookmark, Progress
    from engine.walk.session import Session


class _NoStart(Exception):  # noqa: N818  (it is how a command ends, not a fault of the program)
    """A walk that can't begin: the message, and the exit code."""

    def __init__(self, message: str, status: int) -> None:
        self.status = status
        super().__init__(message)


def _resume(options: argparse.Namespace) -> int:
    """Go on where the learner was; where that can't be, and the first time, begin the AND lesson."""
    options.watch = False
    known = kept()
    if options.lessons:
        return _begin_course(Path(options.lessons), options, known)
    if known.bookmark:
        try:
            return _walk(_opened(known.bookmark), known.bookmark, options, known)
        except _NoStart as error:
            print(f"{error}\nso here is the AND lesson", file=sys.stderr)
    from engine.walk.opening import reopened
    first, session = reopened(known.bookmarks.get("and-gate") or _bookmark_of("and-gate", "1"))
    return _walk(session, first, options, known)


def _begin_course(folder: Path, options: argparse.Namespace, kept: "Progress") -> int:
    """Go on in the first lesson of a directory that is not done."""
    from engine.course.course import course
    from engine.learner.progress import Bookmark
    from engine.trace.cursor import Cursor
    from engine.walk.opening import reopened
    items = [item for item in course(folder) if item.lesson]
    if not items:
        return complain(f"{printable(str(folder), 200)}: no lessons; expected a directory with lesson files",
                        WRONG_INPUT)
    item = next((item for item in items if not item.is_done(kept.bookmarks.get(item.name))), items[0])
    bookmark = kept.bookmarks.get(item.name) or Bookmark(item.name, Cursor(1, 0))
    bookmark, session = reopened(bookmark)
    return _walk(session, bookmark, options, kept)


def _play(options: argparse.Namespace) -> int:
    try:
        bookmark = _bookmark_of(options.lesson, options.at, options.seed, options.form)
        session = _opened(bookmark)
    except _NoStart as error:
        return complain(str(error), error.status)
    return _walk(session, bookmark, options, kept())


def _walk(session: "Session", bookmark: "Bookmark", options: argparse.Namespace, kept: "Progress") -> int:
    """Walk a lesson from a place on, on the screen or in plain text; keep the place all the way."""
    from engine.learner.learner import Learner
    from engine.learner.writer import ProgressWriter
    from engine.lesson.lesson import shipped_lessons
    if bookmark.lesson not in shipped_lessons():
        # so that it is found from any folder
        bookmark = replace(bookmark, lesson=str(Path(bookmark.lesson).absolute()))
    notebook = ProgressWriter()
    learner = Learner.at(bookmark, kept, notebook)
    learner.folder = Path(options.lessons) if options.lessons else None
    learner.is_watching = options.watch
    in_terminal = all(stream and stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr))
    is_plain = options.plain or not in_terminal or os.environ.get("TERM", "") in ("", "dumb") or \
        os.environ.get("ACCESSIBLE", "") not in ("", "0")
    try:
        return (_walk_plain if is_plain else _walk_on_screen)(session, options, learner)
    finally:
        notebook.close()


def _bookmark_of(lesson: str, at: str, seed: int | None = None, form: str = "paths") -> "Bookmark":
    """A place from the command line."""
    from engine.learner.progress import FORMS, Bookmark
    from engine.walk.opening import LARGEST_SEED
    from engine.walk.session import ActionError, parse_place
    if seed is not None and not 0 <= seed <= LARGEST_SEED:
        raise _NoStart(f"handgrad: --numbers {seed}; expected 0 to {LARGEST_SEED}", WRONG_USAGE)
    try:
        cursor = parse_place(at)
    except ActionError as error:
        raise _NoStart(f"handgrad: {printable(at)}: {error}", WRONG_USAGE) from None
    return Bookmark(lesson, cursor, seed, form=FORMS[FORMS.index(form)])


def _opened(bookmark: "Bookmark") -> "Session":
    from engine.lesson.lesson import LessonError
    from engine.walk.opening import opened
    from engine.walk.session import ActionError
    try:
        return opened(bookmark)
    except LessonError as error:
        raise _NoStart(str(error), WRONG_INPUT) from None
    except ActionError as error:
        raise _NoStart(f"handgrad: {bookmark.cursor}: {error}", WRONG_USAGE) from None


def _walk_on_screen(session: "Session", options: argparse.Namespace, learner: "Learner") -> int:
    if os.environ.get("NO_COLOR") == "":
        del os.environ["NO_COLOR"]  # which counts only where it is not empty
    from tui.app.app import HandgradApp
    app = HandgradApp(session, spelling(sys.__stderr__, options.ascii), learner)
    app.run(mouse=options.mouse)
    learner.keep(app.session)
    return app.return_code or 0


def _walk_plain(session: "Session", options: argparse.Namespace, learner: "Learner") -> int:
    from tui.plain.plain_mode import PlainWalk
    from tui.terminal.signals import on_signals
    spelled = spelling(sys.stdout, options.ascii)
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
    from engine.tutor.tutor import Tutor
    from tui.plain import drill
    if options.count is not None and options.count < 1:
        return complain(f"handgrad drill: --count {options.count}; expected 1 or more", WRONG_USAGE)
    try:
        session = _opened(_bookmark_of(options.lesson, options.at, options.seed, options.form))
    except _NoStart as error:
        return complain(str(error), error.status)
    speak_utf8()
    drill.run(Tutor(session.trace), session.cursor, options.count, sys.stdin or io.StringIO(),
              write=lambda line: print(line, flush=True))
    return 0


def _trace(options: argparse.Namespace) -> int:
    from engine.export import WRITERS
    from engine.graph.step import MOST_EPOCHS
    from tui.view.glyphs import ascii_form
    if not 1 <= options.epochs <= MOST_EPOCHS:
        return complain(f"handgrad trace: --epochs {options.epochs}; expected 1 to {MOST_EPOCHS}", WRONG_USAGE)
    try:
        trace = _opened(_bookmark_of(options.lesson, "1", options.seed, options.form)).trace
    except _NoStart as error:
        return complain(str(error), error.status)
    speak_utf8()
    in_ascii = options.format in ("text", "md") and asks_for_ascii()
    for piece in WRITERS[options.format](trace, options.epochs):
        sys.stdout.write(ascii_form(piece) if in_ascii else piece)
    return 0


RUN: dict[str, Callable[[argparse.Namespace], int]] = {
    "resume": _resume, "play": _play, "drill": _drill, "trace": _trace, "check": tools.check,
    "progress": tools.progress, "lessons": tools.lessons, "new": tools.new, "schema": tools.schema,
    "completion": tools.completion, "man": tools.man}
