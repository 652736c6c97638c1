"""handgrad drill: questions and verdicts as JSON lines."""

import argparse

from tui.cli.arguments import whole_number
from tui.cli.opening import OpeningError, add_form_and_numbers, add_lesson, bookmark_from, open_at
from tui.cli.streams import listen, speak_to_programs
from tui.plain import drill
from tui.plain.drill_lines import describe
from tui.terminal.console import complain, write_out
from tui.terminal.faults import only_faults

EXAMPLES = "  handgrad drill and-gate --count 5\n  handgrad drill and-gate --numbers 3 --from 1:29"
ANSWERS = """\
answers, a line each: a number or a formula; ? gives up; where a verdict offers choices, the id of one, as a or (a).
{"command": "go 2:30"} does what the plain mode does with that line. A question stands until its verdict is done."""


def declare(parser: argparse.ArgumentParser) -> None:
    """The arguments."""
    add_lesson(parser)
    parser.add_argument("--from", dest="at", metavar="EPOCH[:STEP]", default="1",
                        help="ask from the number after this")
    parser.add_argument("--count", metavar="N", type=whole_number(1),
                        help="how many questions (default: until the answers end)")
    add_form_and_numbers(parser)
    lines = "\n".join(f"  {line}" for line in describe())
    parser.epilog = f"{ANSWERS}\n\nthe lines that are written, JSON objects:\n{lines}\n\n{parser.epilog or ''}"


def run(options: argparse.Namespace) -> int:
    """Ask and judge."""
    try:
        walk = open_at(bookmark_from(options, options.at), at=options.at)
    except OpeningError as error:
        return complain(str(error), error.status)
    speak_to_programs(options.ascii, is_json=True)
    with only_faults():
        drill.run(walk, options.count, listen("utf-8"), write=write_out)
    return 0
