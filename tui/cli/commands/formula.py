"""handgrad formula: walk a formula at once, or write it down as a lesson."""

import argparse
import re
import tempfile
from contextlib import ExitStack, suppress
from pathlib import Path

from engine.course.formula_lesson import compose_formula_lesson
from engine.course.new_lesson import lesson_id
from engine.learner.progress_folder import progress_folder
from engine.lesson.graph_reading import FormulaError
from engine.lesson.identity import key_of
from engine.lesson.lesson import LessonError, parse
from engine.lesson.schema import Problem
from engine.text.printable import printable
from engine.text.whole_file import create_file, make_folder
from tui.cli.arguments import add_display
from tui.cli.files import TEMPORARY, is_file_name, write_lesson
from tui.cli.opening import OpeningError, open_again
from tui.cli.stored_progress import load_progress
from tui.cli.walking import go, heard_on
from tui.terminal.console import WRONG_INPUT, WRONG_USAGE, complain

EXAMPLES = """\
  handgrad formula 'L = (a*b + c)*f' a=2 b=-3 c=10 f=-2
  handgrad formula 'q = a*x; L = (q - 1)^2' a=0.5 x=3     several, each with those before it
  handgrad formula 'L = tanh(w*x)' w=0.5 x=3 --save tanh.toml"""

ID = "formula"


def declare(parser: argparse.ArgumentParser) -> None:
    """The arguments."""
    parser.add_argument("piece", metavar="FORMULA", nargs="+",
                        help="NAME = FORMULA, or several with ; between them; and NAME=NUMBER for each name in them")
    parser.add_argument("--save", metavar="FILE",
                        help="write the lesson there instead; a file that exists is left as it is")
    add_display(parser, argparse.SUPPRESS)


def run(options: argparse.Namespace) -> int:
    """Walk it, or write it."""
    name = f"{ID}.toml" if options.save is None else options.save
    if not is_file_name(name):
        return complain(f"handgrad formula: --save {printable(name, 200)}; expected the name of a file, as "
                        "my-lesson.toml", WRONG_USAGE)
    try:
        text = compose_formula_lesson(options.piece, printable(name, 200), lesson_id(name))
        key = key_of(parse(text, name))
    except FormulaError as error:
        return complain(f"handgrad formula: {error}", WRONG_INPUT)
    except LessonError as error:
        return complain("\n".join(f"handgrad formula: {_in_words(problem)}" for problem in error.problems), WRONG_INPUT)
    return _walk(text, key, options) if options.save is None else write_lesson(options.save, text)


def _in_words(problem: Problem) -> Problem:
    """A problem with what was typed: there is no file of it, and no line."""
    return problem._replace(key=re.sub(r"^(?:graph\.nodes, |parameters\.)", "", problem.key), line=0)


def _walk(text: str, key: str, options: argparse.Namespace) -> int:
    """Walk it as a lesson whose file stands beside the learner's places, as long as these do; where nothing can be
    kept, for this once.
    """
    options.watch = False
    with ExitStack() as stack:
        path = _keep(text, key)
        if path is None:
            path = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="handgrad-"))) / f"{key}.toml"
            path.write_text(text, "utf-8")
        try:
            walk = open_again(str(path), load_progress(heard_on(options)))
        except OpeningError as error:
            return complain(str(error), error.status)
        return go(walk, options)


def _keep(text: str, key: str) -> Path | None:
    """The file that a formula's lesson has, written the first time; None where it can't be."""
    try:
        path = progress_folder().parent / "formulas" / f"{key}.toml"
        make_folder(path.parent)
        with suppress(FileExistsError):
            create_file(str(path), text, TEMPORARY)
    except (OSError, RuntimeError):
        return None
    return path
