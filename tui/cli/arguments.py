"""The arguments that several commands take."""

import argparse
import math
from collections.abc import Callable

from engine.text.printable import printable


def add_display(parser: argparse.ArgumentParser, default: object = False) -> None:
    """How a walk is shown. A command's default is SUPPRESS, so that what stands before its name counts too."""
    parser.add_argument("--plain", action="store_true", default=default,
                        help="lines of text and commands (also: ACCESSIBLE=1)")
    parser.add_argument("--mouse", action="store_true", default=default,
                        help="the wheel steps; the terminal's own selecting rests")


def add_ascii(parser: argparse.ArgumentParser, default: object = False) -> None:
    """How whatever is printed is spelled; `default` as above."""
    parser.add_argument("--ascii", action="store_true", default=default, help="ASCII alone (also: HANDGRAD_ASCII=1)")


def add_course(parser: argparse.ArgumentParser, default: object = None) -> None:
    """Whose lessons are the course; `default` as above."""
    parser.add_argument("--lessons", metavar="DIR", default=default,
                        help="the lessons of a folder as the course, known by their ids")


def add_watch(parser: argparse.ArgumentParser) -> None:
    """Whether a file is read again."""
    parser.add_argument("--watch", action="store_true", help="read the file again whenever it is saved")


def whole_number(least: int, most: int | None = None) -> Callable[[str], int]:
    """The type of an option that is a whole number from `least` to `most`, or without an end."""
    bounds = f"from {least} to {most}" if most is not None else f"from {least} on"

    def read(text: str) -> int:
        try:
            if least <= (number := int(text)) and (most is None or number <= most):
                return number
        except ValueError:
            pass
        raise argparse.ArgumentTypeError(f"{printable(text, 60)}; expected a whole number {bounds}")
    return read


def number_from_0(text: str) -> float:
    """The type of an option that is a finite number from 0 on."""
    try:
        if 0 <= (number := float(text)) < math.inf:
            return number
    except ValueError:
        pass
    raise argparse.ArgumentTypeError(f"{printable(text, 60)}; expected a number from 0 on")
