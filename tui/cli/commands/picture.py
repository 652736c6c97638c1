"""handgrad picture: the screen of a lesson at a place, as an SVG picture for slides and hand-outs."""

import argparse
import asyncio
import os
import re
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from engine.late import LateModule
from engine.text.printable import printable, suggestion
from engine.walk.opening import arrive
from tui.cli.files import is_file_name, write_new_file
from tui.cli.opening import OpeningError, add_form_and_numbers, add_lesson, bookmark_from, course_folder, open_at
from tui.cli.streams import asks_for_ascii, speak_to_programs
from tui.config.configuration import Configuration, read_configuration, replace_unknown_theme
from tui.config.key_names import key_name
from tui.terminal.console import WRONG_INPUT, WRONG_USAGE, complain, tell
from tui.terminal.faults import FaultError
from tui.view.compact import LEAST
from tui.view.glyphs import Signs, ascii_form

if TYPE_CHECKING:
    from tui.app import app, picture, themes
else:  # a shell that completes `handgrad picture` needs no Textual
    app, picture, themes = (LateModule(f"tui.app.{name}") for name in ("app", "picture", "themes"))

EXAMPLES = """\
  handgrad picture and-gate --at 1:38 -o chain.svg
  handgrad picture and-gate --at 4:38 --size 120x40 --theme textual-light > wide.svg
  handgrad picture xor-gate --at 40 --keys b -o map.svg   after a key: training at a glance"""
MOST = (300, 100)
USUAL = "80x24"
MOST_KEYS = 200


def declare(parser: argparse.ArgumentParser) -> None:
    """The arguments."""
    add_lesson(parser)
    parser.add_argument("--at", metavar="EPOCH[:STEP]", default="1", help="where; 1:38 shows 38 numbers (default: 1)")
    parser.add_argument("--size", metavar="WIDTHxHEIGHT", type=_size, default=USUAL,
                        help=f"of the terminal, {_in_words(LEAST)} to {_in_words(MOST)} (default: {USUAL})")
    parser.add_argument("--keys", metavar="KEYS", type=_keys, default=[],
                        help="pressed there, with blanks between: 'd', 'e e down', 'question_mark'")
    parser.add_argument("--theme", metavar="NAME", help="colours, as in the configuration (default: yours)")
    parser.add_argument("-o", "--output", metavar="FILE",
                        help="the file to write; one that exists is left as it is (default: standard output)")
    add_form_and_numbers(parser)


def _in_words(size: tuple[int, int]) -> str:
    return "x".join(map(str, size))


def _size(text: str) -> tuple[int, int]:
    """The type of an option that is the size of a terminal."""
    if found := re.fullmatch(r"([0-9]{1,4})[x×]([0-9]{1,4})", text):
        size = int(found[1]), int(found[2])
        if all(least <= given <= most for least, given, most in zip(LEAST, size, MOST, strict=True)):
            return size
    raise argparse.ArgumentTypeError(f"{printable(text, 60)}; expected WIDTHxHEIGHT from {_in_words(LEAST)} to "
                                     f"{_in_words(MOST)}")


def _keys(text: str) -> list[str]:
    """The type of an option that is some keys, as Textual calls them."""
    written = text.split()
    if unknown := next((key for key in written if not key_name(key)), ""):
        raise argparse.ArgumentTypeError(f"{printable(unknown, 60)}; expected characters and names of keys, such as "
                                         "pagedown or ctrl+t, with blanks between")
    if len(written) > MOST_KEYS:
        raise argparse.ArgumentTypeError(f"{len(written)} keys; expected {MOST_KEYS} at most")
    return [key_name(key) for key in written]


def run(options: argparse.Namespace) -> int:
    """Draw it."""
    file, known = options.output, themes.theme_names()
    if file is not None and not is_file_name(file):
        return complain(f"handgrad picture: {printable(file, 200)}; expected the name of a file, as chain.svg",
                        WRONG_USAGE)
    if options.theme is not None and options.theme not in known:
        return complain(f"handgrad picture: --theme {printable(options.theme)}; expected one of {', '.join(known)}"
                        f"{suggestion(options.theme, known)}", WRONG_USAGE)
    configuration = _read_configuration(known)
    try:
        walk = arrive(open_at(bookmark_from(options, options.at), at=options.at))
    except OpeningError as error:
        return complain(str(error), error.status)
    signs = Signs(ascii_form, is_ascii_alone=True) if options.ascii or asks_for_ascii() else Signs()
    shown = app.HandgradApp(walk, signs, configuration=configuration, folder=course_folder(options))
    shown.theme = options.theme or configuration.theme
    svg = asyncio.run(picture.take_picture(shown, options.size, options.keys))
    if shown.fault:
        raise FaultError from shown.fault
    if not svg:
        return complain("handgrad picture: --keys: they leave handgrad; expected some that don't", WRONG_USAGE)
    return _write(svg, options)


def _read_configuration(themes_known: Sequence[str]) -> Configuration:
    """Yours; what is wrong with it is said."""
    configuration, problems = read_configuration()
    configuration, problem = replace_unknown_theme(configuration, themes_known)
    for each in [*problems, *filter(None, [problem])]:
        tell(each, sys.stderr)
    return configuration


def _write(svg: str, options: argparse.Namespace) -> int:
    """Into the file that is asked for, or to the standard output; returns the exit code."""
    if options.output is None:
        speak_to_programs(options.ascii)
        print(svg)
        return 0
    name = printable(options.output, 200)
    if os.path.lexists(options.output):
        return complain(f"{name}: exists already, and is left as it is; expected another name", WRONG_INPUT)
    if problem := write_new_file(options.output, svg):
        return complain(f"{name}: {problem}; expected a file that can be made", WRONG_INPUT)
    print(f"wrote {name}")
    return 0
