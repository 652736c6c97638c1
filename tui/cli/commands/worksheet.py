"""handgrad worksheet: a lesson on paper, with blanks for its numbers; the key to it; its numbers as a question bank."""

import argparse
import sys
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from shlex import quote
from typing import NamedTuple

from engine.export.bank.gift import write_gift
from engine.export.selection import Selection, SelectionError, select_parts
from engine.export.sheet import SHEET_WRITERS
from engine.export.sheet.composition import compose_key, compose_sheet
from engine.export.sheet.key_of_copies import compose_key_of_copies
from engine.export.sheet.sheet import Sheet
from engine.export.sheet.text import write_text
from engine.graph.step import MOST_EPOCHS, Phase
from engine.text.printable import printable
from engine.trace.trace import Trace
from engine.walk.branching import LARGEST_SEED
from tui.cli.arguments import whole_number
from tui.cli.opening import OpeningError, add_form_and_numbers, add_lesson, bookmark_from, open_at
from tui.cli.streams import asks_for_ascii, speak_to_programs
from tui.terminal.console import WRONG_USAGE, complain
from tui.view.glyphs import ascii_form

EXAMPLES = """  handgrad worksheet and-gate > sheet.txt
  handgrad worksheet and-gate --key > key.txt
  handgrad worksheet and-gate --numbers 7 --part forward,w13
  handgrad worksheet gradient-check --part b3,b4 --check
  handgrad worksheet and-gate --copies 30 --format html > sheets.html
  handgrad worksheet and-gate --copies 30 --format html --key > key.html
  handgrad worksheet and-gate --numbers 7 --format gift > bank.txt"""

MOST_COPIES = 200
GIFT = "gift"  # Moodle's: no sheet, but questions


class Copies(NamedTuple):
    """A lesson with the numbers of several seeds, or its own, and what is asked of it."""

    traces: Sequence[Trace]
    seeds: Sequence[int | None]
    selection: Selection


def declare(parser: argparse.ArgumentParser) -> None:
    """The arguments."""
    add_lesson(parser)
    parser.add_argument("--epochs", metavar="N", type=whole_number(1, MOST_EPOCHS), default=1,
                        help="how many (default: 1)")
    parser.add_argument("--part", metavar="NAMES", action="append",
                        help="these alone: forward, backward, update; or w13 (its chain, gradient, update), Z3, A3, "
                             "Loss, nodes; several: forward,w13")
    parser.add_argument("--check", action="store_true",
                        help=f"with {', '.join(SHEET_WRITERS)}: each gradient by small differences, too")
    parser.add_argument("--key", action="store_true", help="the same with the numbers")
    parser.add_argument("--copies", metavar="K", type=whole_number(1, MOST_COPIES),
                        help="so many sheets, each with its own numbers: those of --numbers (or 1) and the next ones")
    parser.add_argument("--format", choices=[*SHEET_WRITERS, GIFT], default="text",
                        help="default: text; gift: a question bank for Moodle")
    add_form_and_numbers(parser)


def run(options: argparse.Namespace) -> int:
    """Write."""
    if options.format == GIFT and (options.key or options.check):
        return complain(f"handgrad worksheet: {_problem_with_gift(options)}", WRONG_USAGE)
    try:
        copies = _open(options)
    except OpeningError as error:
        return complain(str(error), error.status)
    except SelectionError as error:
        return complain(f"handgrad worksheet: {error}", WRONG_USAGE)
    speak_to_programs(options.ascii, is_html=options.format == "html")
    for piece in _bank(options, copies) if options.format == GIFT else _paper(options, copies):
        sys.stdout.write(piece)
    return 0


def _problem_with_gift(options: argparse.Namespace) -> str:
    """What is wrong with an option that means nothing to a question bank."""
    if options.key:
        return f"--key with --format {GIFT}; expected one of them: a question bank has all answers"
    return f"--check with --format {GIFT}; expected --format {', '.join(SHEET_WRITERS)}"


def _open(options: argparse.Namespace) -> Copies:
    """The lesson, or the lesson with the numbers of each seed. Raises OpeningError or SelectionError."""
    bookmark, seeds = bookmark_from(options), _seeds(options)
    traces = [open_at(bookmark._replace(seed=seed)).trace for seed in seeds]
    if (last := traces[0].history.last_epoch) < options.epochs:
        raise SelectionError(f"--epochs {options.epochs}; expected {last}: nothing is trained")
    selection = select_parts(traces[0], options.part and ",".join(options.part))
    if options.check and not (Phase.BACKWARD in selection.phases and selection.parameters):
        raise SelectionError(f"--check with --part {printable(','.join(options.part))}; expected one with a gradient")
    return Copies(traces, seeds, selection)


def _paper(options: argparse.Namespace, copies: Copies) -> Iterator[str]:
    """One sheet, or one for each seed, but of these one key."""
    write = SHEET_WRITERS[options.format]
    if options.format == "text" and _wants_ascii(options):
        write = partial(write_text, measure=lambda text: len(ascii_form(text)))
    return write(_sheets(options, *copies))


def _sheets(options: argparse.Namespace, traces: Sequence[Trace], seeds: Sequence[int | None],
            selection: Selection) -> Iterable[Sheet]:
    if options.copies and options.key:
        return [compose_key_of_copies(traces, [seed or 0 for seed in seeds], options.epochs, selection,
                                      options.check)]
    compose = compose_key if options.key else compose_sheet
    return [compose(trace, _play(options, seed), seed, options.epochs, selection, options.check)
            for trace, seed in zip(traces, seeds, strict=True)]


def _bank(options: argparse.Namespace, copies: Copies) -> Iterator[str]:
    """The questions of each seed; in ASCII they are spelled before any sign of the format stands in them."""
    spell = ascii_form if _wants_ascii(options) else str
    for trace, seed in zip(copies.traces, copies.seeds, strict=True):
        yield from write_gift(trace, options.epochs, copies.selection, seed, spell,
                              is_copy=options.copies is not None)


def _wants_ascii(options: argparse.Namespace) -> bool:
    return options.ascii or asks_for_ascii()


def _seeds(options: argparse.Namespace) -> list[int | None]:
    """Those of the copies, ascending; without copies the one that is asked for, or none. Raises SelectionError."""
    if options.copies is None:
        return [options.seed]
    first = 1 if options.seed is None else options.seed
    if first + options.copies - 1 > LARGEST_SEED:
        raise SelectionError(f"--numbers {first} with --copies {options.copies}; expected numbers up to {LARGEST_SEED} "
                             "in the last one")
    return list(range(first, first + options.copies))


def _play(options: argparse.Namespace, seed: int | None) -> str:
    """The command that has the same numbers on the screen."""
    words = ["handgrad", "play", quote(printable(options.lesson))]
    if options.lessons is not None:
        words += ["--lessons", quote(printable(options.lessons))]
    words += ["--at", "1:0"] if seed is None else ["--numbers", str(seed)]
    return " ".join([*words, *["--form", options.form] * (options.form != "paths")])
