"""handgrad lessons: the lessons there are, with how far the learner is in each."""

import argparse
import os
import sys
from pathlib import Path

from engine.course.course import course
from engine.text.printable import printable
from tui.cli.arguments import add_course
from tui.cli.spelling import choose_signs
from tui.cli.stored_progress import load_progress
from tui.terminal.console import WRONG_INPUT, complain

EXAMPLES = "  handgrad lessons\n  handgrad lessons --lessons my-course"


def declare(parser: argparse.ArgumentParser) -> None:
    """The arguments."""
    add_course(parser, argparse.SUPPRESS)


def run(options: argparse.Namespace) -> int:
    """List them."""
    progress = load_progress()
    if options.lessons and not os.path.isdir(options.lessons):
        return complain(f"{printable(options.lessons, 200)}: no directory; expected one with lessons", WRONG_INPUT)
    spelled = choose_signs(sys.stdout, options.ascii).now
    for item in course(Path(options.lessons) if options.lessons else None):
        how_far = item.how_far(progress.bookmarks.get(item.name))
        name = Path(item.name).name if options.lessons else item.name
        print(spelled(f"{printable(name, 40):<20} {item.title:<50} {how_far}".rstrip()))
    return 0
