"""handgrad check: what is wrong with lesson files, and what is doubtful in those that can be played."""

import argparse
import os
from collections.abc import Sequence
from pathlib import Path

from engine.course.finding import lesson_files
from engine.course.warnings import examine
from engine.course.watching import changes, tell_absence
from engine.lesson.lesson import LessonError, parse, read_lesson
from engine.lesson.location import locate
from engine.text.notation import with_count
from engine.text.printable import printable
from tui.cli.arguments import add_watch
from tui.terminal.console import WRONG_INPUT, complain

EXAMPLES = """  handgrad check my-lesson.toml
  handgrad check --strict my-course/          every lesson of a folder, where warnings count too"""


def declare(parser: argparse.ArgumentParser) -> None:
    """The arguments."""
    parser.add_argument("files", metavar="FILE", nargs="+", help="a lesson, or a folder of them")
    parser.add_argument("--strict", action="store_true", help="a warning makes the exit code 1, as an error does")
    add_watch(parser)


def run(options: argparse.Namespace) -> int:
    """Say what is wrong; with --watch, again whenever a file is saved, or deleted."""
    paths, status = _find_files(options.files)
    for path in paths:
        status = max(status, _check(path, paths, options.strict))
    if not options.watch or not paths:
        return status
    for path, news in changes(paths):
        if news == "gone":
            complain(tell_absence(path), WRONG_INPUT)
        else:
            _check(path, paths, options.strict)
    return 0


def _find_files(names: Sequence[str]) -> tuple[list[str], int]:
    """The files that are meant, a folder's lessons in their order; and the exit code of those that say nothing."""
    paths, status = list[str](), 0
    for name in names:
        try:
            paths += map(str, lesson_files(Path(name))) if os.path.isdir(name) else [name]
        except LessonError as error:
            status = complain(str(error), WRONG_INPUT)
    return paths, status


def _check(path: str, paths: Sequence[str], is_strict: bool) -> int:
    """One file, among those that are checked with it. What is wrong with it goes to stderr; what was found out about a
    lesson that can be played is the result.
    """
    try:
        text = read_lesson(path)
        findings = examine(parse(text, path), path, paths)
    except LessonError as error:
        return complain(str(error), WRONG_INPUT)
    name, warnings = printable(path, 200), list(locate(findings.warnings, text))
    for warning in warnings:
        print(f"{name}: warning: {warning}")
    remarks = [with_count(len(warnings), "warning")] * bool(warnings) + [findings.left_out] * bool(findings.left_out)
    print(", ".join([f"{name}: ok", *remarks]), flush=True)
    return WRONG_INPUT if warnings and is_strict else 0
