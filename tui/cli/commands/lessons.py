"""handgrad lessons: the lessons there are, with how far the learner is in each."""

import argparse
import sys
from collections import Counter
from pathlib import Path

from engine.course.course import by_group, course
from engine.course.finding import known_ids
from engine.text.printable import printable
from tui.cli.arguments import add_course
from tui.cli.opening import OpeningError, course_folder, find_course
from tui.cli.spelling import choose_signs
from tui.cli.stored_progress import load_progress
from tui.terminal.console import complain

EXAMPLES = "  handgrad lessons\n  handgrad lessons --lessons my-course"

LONGEST_NAME = 200
INDENT = "  "  # of the lessons of a group


def declare(parser: argparse.ArgumentParser) -> None:
    """The arguments."""
    add_course(parser, argparse.SUPPRESS)
    parser.add_argument("--ids", action="store_true", help="the ids alone, a line each: all that are known")


def run(options: argparse.Namespace) -> int:
    """List them, each by what opens it: its id, if it is the only one of that; else its file's path."""
    if options.ids:
        print("\n".join(known_ids(course_folder(options))))
        return 0
    try:
        items = course(find_course(options))
    except OpeningError as error:
        return complain(str(error), error.status)
    progress, spelled = load_progress(), choose_signs(sys.stdout, options.ascii).now
    count = Counter(item.lesson.id for item in items if item.lesson)
    for group, grouped in by_group(items):
        if group:
            print(spelled(group))
        for item in grouped:
            name = item.lesson.id if item.lesson and count[item.lesson.id] == 1 else \
                str(Path(options.lessons, Path(item.name).name)) if options.lessons else item.name
            how_far = item.how_far(item.bookmark_in(progress.bookmarks))
            line = f"{printable(name, LONGEST_NAME):<22} {item.title:<48} {how_far}".rstrip()
            print(spelled(f"{INDENT * bool(group)}{line}"))
    return 0
