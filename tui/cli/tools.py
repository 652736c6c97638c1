"""The commands that answer and end: check, new, schema, progress, lessons, completion, man."""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from engine.text.printable import printable
from tui.terminal.console import INTERRUPTED, WRONG_INPUT, WRONG_USAGE, complain, kept, speak_utf8, spelling


def check(options: argparse.Namespace) -> int:
    """Say what is wrong with lesson files; with --watch, again whenever one is saved."""
    status = _check_all(options.files)
    if not options.watch:
        return status
    from engine.course.watching import changes
    for changed in changes(options.files):
        _check_all([changed])
    return 0


def _check_all(paths: Sequence[str]) -> int:
    from engine.lesson.lesson import LessonError, load_file
    status = 0
    for path in paths:
        try:
            load_file(path)
        except LessonError as error:
            status = complain(str(error), WRONG_INPUT)
        else:
            print(f"{printable(path, 200)}: ok", flush=True)
    return status


def new(options: argparse.Namespace) -> int:
    """Write a lesson to start from; ask for what is not given, if somebody is there to answer."""
    from engine.course.new_lesson import MOST_HIDDEN_UNITS, Wish, compose_lesson, lesson_id
    from tui.cli.questions import ask
    if options.hidden is not None and not 0 <= options.hidden <= MOST_HIDDEN_UNITS:
        return complain(f"handgrad new: --hidden {options.hidden}; expected 0 to {MOST_HIDDEN_UNITS}", WRONG_USAGE)
    if options.seed is not None and not 0 <= options.seed < 2**32:
        return complain(f"handgrad new: --seed {options.seed}; expected 0 to {2**32 - 1}", WRONG_USAGE)
    given = {name: getattr(options, name) for name in ("gate", "hidden", "activation", "seed")}
    wish = Wish(**{name: value for name, value in given.items() if value is not None})
    if sys.stdin and sys.stdin.isatty() and os.path.lexists(options.file) is False:
        try:
            wish = ask(wish, [name for name, value in given.items() if value is None])
        except EOFError:
            return INTERRUPTED
    text = compose_lesson(wish, printable(options.file, 200), lesson_id(options.file))  # before there is a file
    try:
        with open(options.file, "x", encoding="utf-8") as file:
            file.write(text)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        return complain(f"{printable(options.file, 200)}: {reason.lower()}; expected a file that can be made",
                        WRONG_INPUT)
    print(f"wrote {printable(options.file, 200)}; now: handgrad play {printable(options.file, 200)}")
    return 0


def schema(_options: argparse.Namespace) -> int:
    """Write the JSON Schema of lesson files."""
    from engine.lesson.format import as_json_schema
    speak_utf8()
    print(as_json_schema())
    return 0


def progress(options: argparse.Namespace) -> int:
    """Show, or forget, what the learner knows."""
    from engine.learner.progress_folder import reset_knowledge
    from tui.view.report import as_json, as_text
    if options.reset:
        reset_knowledge()
    found = kept()
    print(as_json(found) if options.format == "json" else spelling(sys.stdout, options.ascii)(as_text(found)))
    return 0


def lessons(options: argparse.Namespace) -> int:
    """List the lessons there are, with how far the learner is in each."""
    from engine.course.course import course
    found = kept()
    if options.lessons and not os.path.isdir(options.lessons):
        return complain(f"{printable(options.lessons, 200)}: no directory; expected one with lessons", WRONG_INPUT)
    spelled = spelling(sys.stdout, options.ascii)
    for item in course(Path(options.lessons) if options.lessons else None):
        how_far = item.how_far(found.bookmarks.get(item.name))
        name = Path(item.name).name if options.lessons else item.name
        print(spelled(f"{printable(name, 40):<20} {item.title:<50} {how_far}".rstrip()))
    return 0


def completion(options: argparse.Namespace) -> int:
    """Write what a shell reads to complete commands."""
    from engine.lesson.lesson import shipped_lessons
    from tui.cli.completion import completion
    print(completion(options.shell, options.parser, list(shipped_lessons())), end="")
    return 0


def man(options: argparse.Namespace) -> int:
    """Write the man page."""
    from importlib import metadata

    from tui.cli.completion import man_page
    speak_utf8()
    print(man_page(options.parser, metadata.version("handgrad")), end="")
    return 0
