"""handgrad trace: a lesson's numbers, written out."""

import argparse
import sys
from functools import partial

from engine.export import WRITERS, Writer
from engine.export.selection import SelectionError, select
from engine.export.text_trace import write_markdown, write_text
from engine.graph.step import MOST_EPOCHS
from tui.cli.arguments import whole_number
from tui.cli.opening import OpeningError, add_form_and_numbers, add_lesson, bookmark_from, open_at
from tui.cli.streams import asks_for_ascii, mark_as_utf_8, speak_to_programs
from tui.terminal.console import WRONG_USAGE, complain
from tui.view.glyphs import ascii_form

CHECKED: dict[str, Writer] = {  # the formats that have room for gradient checks, with these
    "text": partial(write_text, with_checks=True), "md": partial(write_markdown, with_checks=True)}
EXAMPLES = """  handgrad trace and-gate > and.txt
  handgrad trace and-gate --epochs 20 --format json
  handgrad trace and-gate --part w13,b3 --rows 1,3 --format md
  handgrad trace and-gate --phase forward
  handgrad trace and-gate --part w13 --check
  handgrad trace and-gate --epochs 3 --format csv --bom > and.csv
  handgrad trace and-gate --epochs 3 --format pytorch > and_gate.py"""
OF_STEPS = ("part", "rows", "phase", "form")  # options that mean nothing to a script: it has no steps


def declare(parser: argparse.ArgumentParser) -> None:
    """The arguments."""
    add_lesson(parser)
    parser.add_argument("--epochs", metavar="N", type=whole_number(1, MOST_EPOCHS), default=1,
                        help="how many (default: 1)")
    parser.add_argument("--part", metavar="NAMES", action="append",
                        help="these alone: w13 (its chain, gradient, update), Z3, A3, Loss, nodes; several: w13,b3")
    parser.add_argument("--rows", metavar="ROWS", action="append", help="these rows alone: 1,3 or 1-3")
    parser.add_argument("--phase", metavar="PHASES", action="append",
                        help="these alone: forward, backward, update; several with commas")
    parser.add_argument("--format", choices=WRITERS, default="text", help="default: text")
    parser.add_argument("--check", action="store_true",
                        help="with text and md: each gradient by small differences, too")
    parser.add_argument("--bom", action="store_true",
                        help="with csv: a byte-order mark first, by which Excel knows UTF-8")
    add_form_and_numbers(parser)
    parser.set_defaults(form=None)


def run(options: argparse.Namespace) -> int:
    """Write."""
    if problem := _problem_with(options):
        return complain(f"handgrad trace: {problem}", WRONG_USAGE)
    try:
        trace = open_at(bookmark_from(options)).trace
        if (last := trace.history.last_epoch) < options.epochs:
            return complain(f"handgrad trace: --epochs {options.epochs}; expected {last}: nothing is trained",
                            WRONG_USAGE)
        selection = select(trace, *(given and ",".join(given) for given in (options.part, options.rows, options.phase)))
    except OpeningError as error:
        return complain(str(error), error.status)
    except SelectionError as error:
        return complain(f"handgrad trace: {error}", WRONG_USAGE)
    speak_to_programs(options.ascii, is_json=options.format == "json")
    if options.bom:
        mark_as_utf_8()
    write = (CHECKED if options.check else WRITERS)[options.format]
    if options.format == "text" and (options.ascii or asks_for_ascii()):
        write = partial(write_text, measure=lambda text: len(ascii_form(text)), with_checks=options.check)
    for piece in write(trace, options.epochs, selection):
        sys.stdout.write(piece)
    return 0


def _problem_with(options: argparse.Namespace) -> str:
    """What is wrong with an option that means nothing to the format; nothing if all of them do."""
    if options.bom and options.format != "csv":
        return f"--bom with --format {options.format}; expected --format csv"
    if options.check and options.format not in CHECKED:
        return f"--check with --format {options.format}; expected --format {' or '.join(CHECKED)}"
    given = [name for name in OF_STEPS if getattr(options, name) is not None]
    if options.format == "pytorch" and given:
        return f"--{given[0]} with --format pytorch; expected another format: the script has no steps to choose from"
    return ""
