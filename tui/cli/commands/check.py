"""handgrad check: what is wrong with lesson files, and what is doubtful in those that can be played."""

import argparse
import os
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from engine.course.arrangement import course_files, lost_lessons, read_arrangement
from engine.course.finding import find_lesson, lesson_files
from engine.course.warnings import Findings, examine
from engine.course.watching import changes, tell_absence
from engine.lesson.course_file import COURSE_FILE
from engine.lesson.lesson import LessonError, parse, read_lesson, shipped_lessons
from engine.lesson.location import locate
from engine.text.notation import with_count
from engine.text.printable import printable
from tui.cli.arguments import add_course, add_watch
from tui.cli.opening import OpeningError, find_course
from tui.terminal.console import WRONG_INPUT, complain

EXAMPLES = """  handgrad check my-lesson.toml
  handgrad check --strict my-course/          every lesson of a folder, where warnings count too
  handgrad check majority --lessons my-course by its id, a lesson of a folder"""


def declare(parser: argparse.ArgumentParser) -> None:
    """The arguments."""
    parser.add_argument("lesson", metavar="LESSON", nargs="+", help="a lesson's file or id, or a folder of them")
    add_course(parser, argparse.SUPPRESS)
    parser.add_argument("--strict", action="store_true", help="a warning makes the exit code 1, as an error does")
    add_watch(parser)


def run(options: argparse.Namespace) -> int:
    """Say what is wrong; with --watch, again whenever a file is saved, or deleted."""
    try:
        folder = find_course(options)
    except OpeningError as error:
        return complain(str(error), error.status)
    names, unknown = _collect(options.lesson, lambda name: [_file_of(name, folder)])
    paths, without = _collect(names, _files_in)
    status = max([complain(problem, WRONG_INPUT) for problem in [*unknown, *without]], default=0)
    for path in paths:
        status = max(status, _check(path, paths, options.strict))
    if not options.watch or not (paths or any(map(os.path.isdir, names))):
        return status
    for path, news in changes(lambda: _collect(names, _files_in)[0]):
        if news == "gone":
            complain(tell_absence(path), WRONG_INPUT)
        else:
            _check(path, _collect(names, _files_in)[0], options.strict)
    return 0


def _collect(names: Sequence[str], find: Callable[[str], Iterable[str]]) -> tuple[list[str], list[str]]:
    """What is found by each name; and what is wrong with the others."""
    found, problems = list[str](), list[str]()
    for name in names:
        try:
            found += find(name)
        except LessonError as error:
            problems.append(str(error))
    return found, problems


def _file_of(name: str, folder: Path | None) -> str:
    """The file of that name; where there is none, the file of the lesson with that id. Raises LessonError."""
    if os.path.lexists(name):
        return name
    found = find_lesson(name, folder)
    return str(shipped_lessons().get(found, found))


def _files_in(name: str) -> Iterable[str]:
    """The files that are there now: a folder's course file and its lessons in their order, or the file itself. Raises
    LessonError.
    """
    return map(str, [*course_files(Path(name)), *lesson_files(Path(name))]) if os.path.isdir(name) else [name]


def _check(path: str, paths: Sequence[str], is_strict: bool) -> int:
    """One file, among those that are checked with it. What is wrong with it goes to stderr; what was found out about a
    lesson that can be played, or a course, is the result.
    """
    try:
        text = read_lesson(path)
        if os.path.basename(path) == COURSE_FILE:
            findings = Findings(list(lost_lessons(read_arrangement(Path(path)), Path(path))))
        else:
            findings = examine(parse(text, path), path, paths)
    except LessonError as error:
        return complain(str(error), WRONG_INPUT)
    name, warnings = printable(path, 200), list(locate(findings.warnings, text))
    for warning in warnings:
        print(f"{name}: warning: {warning}")
    if findings.error:
        return complain(f"{name}: {findings.error}", WRONG_INPUT)
    remarks = [with_count(len(warnings), "warning")] * bool(warnings)
    print(", ".join([f"{name}: ok", *remarks, *findings.left_out]), flush=True)
    return WRONG_INPUT if warnings and is_strict else 0
