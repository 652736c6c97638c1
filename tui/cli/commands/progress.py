"""handgrad progress: what the learner knows and how far they are, shown or forgotten; or that of others, shown."""

import argparse
import shlex
import sys
from collections.abc import Callable
from pathlib import Path

from engine.course.standing import own_standings, standing_of
from engine.learner.hand_ins import read_hand_in
from engine.learner.progress import Bookmark, Progress
from engine.learner.progress_folder import NotKeptError, read_lessons, reset_knowledge
from engine.text.printable import printable
from tui.cli.arguments import add_course
from tui.cli.opening import OpeningError, find_course
from tui.cli.spelling import choose_signs
from tui.cli.stored_progress import load_progress
from tui.config.keys import KEYS
from tui.terminal.console import WRONG_INPUT, WRONG_USAGE, complain
from tui.view.lesson_report import HEAD, as_data, attempts_in_words, table
from tui.view.mix_up_report import as_data as mix_ups_as_data
from tui.view.mix_up_report import as_text as mix_ups_as_text
from tui.view.report import as_json, as_text

EXAMPLES = """\
  handgrad progress
  handgrad progress --mistakes
  handgrad progress --format json
  handgrad progress hand-ins/* --lessons my-course   somebody else's, with a course's titles and goals"""
LONGEST_NAME = 200


def declare(parser: argparse.ArgumentParser) -> None:
    """The arguments."""
    parser.add_argument("files", metavar="FILE", nargs="*",
                        help="somebody else's progress, or a folder of such files; nothing is changed (default: yours)")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="default: text")
    parser.add_argument("--reset", action="store_true", help="forget what you know; the place stays")
    parser.add_argument("--mistakes", action="store_true", help="what you mix up, told from your own answers")
    add_course(parser, argparse.SUPPRESS)


def run(options: argparse.Namespace) -> int:
    """Show, or forget and show."""
    own_alone = "--reset" if options.reset else "--mistakes" if options.mistakes else ""
    if own_alone and options.files:
        return complain(f"handgrad progress: {own_alone} is for your own progress; expected no FILE", WRONG_USAGE)
    try:
        folder = find_course(options)
    except OpeningError as error:
        return complain(str(error), error.status)
    spelled = choose_signs(sys.stdout, options.ascii).now
    if options.files:
        return _show_others(options, folder, spelled)
    return _show_own(options, folder, spelled)


def _show_own(options: argparse.Namespace, folder: Path | None, spelled: Callable[[str], str]) -> int:
    if options.reset:
        try:
            reset_knowledge()
        except NotKeptError as error:
            return complain(str(error), WRONG_INPUT)
    found, standings = load_progress(), own_standings(read_lessons(), folder)
    if options.format == "json":
        print(as_json(found, lessons=[as_data(each) for each in standings], mix_ups=mix_ups_as_data(found)))
        return 0
    if options.mistakes:
        print(spelled(mix_ups_as_text(found, _how_to_practise)))
        return 0
    print(spelled(as_text(found)))
    if standings:
        print(spelled("\n".join(["", HEAD, "", *table(standings)])))
    return 0


def _how_to_practise(command: str, elsewhere: Bookmark | None) -> str:
    lesson = f" play {shlex.quote(printable(elsewhere.lesson, LONGEST_NAME))}" if elsewhere else ""
    return f"handgrad{lesson}, then {KEYS.sign(command)}"


def _show_others(options: argparse.Namespace, folder: Path | None, spelled: Callable[[str], str]) -> int:
    """Each file under its name; what can't be read is said, and the others are shown. A JSON object for each."""
    status, is_json, has_head = 0, options.format == "json", False
    for path, kept in (found for file in options.files for found in read_hand_in(Path(file))):
        name = printable(str(path), LONGEST_NAME)
        if isinstance(kept, str):
            status = complain(f"{name}: {printable(kept, LONGEST_NAME)}", WRONG_INPUT)
            continue
        standing = standing_of(kept, folder)
        if is_json:
            theirs = Progress(kept.bookmark, kept.knowledge, {kept.bookmark.key: kept.bookmark})
            print(as_json(theirs, file=str(path), lessons=[as_data(standing)], mix_ups=mix_ups_as_data(theirs)))
            continue
        lines = [*([] if has_head else [HEAD]), "", name, *table([standing]), attempts_in_words(kept)]
        print(spelled("\n".join(lines).rstrip()))
        has_head = True
    return status
