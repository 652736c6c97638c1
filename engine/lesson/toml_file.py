"""A TOML file that a person wrote: read, or refused in one clear line. Nothing in it can make this slow, or wait."""

import os
import stat
import tomllib
from typing import Any

from engine.lesson.schema import Problem
from engine.text.printable import printable
from engine.text.system_error import reason_of

MOST_BYTES = 64 * 1024
MOST_LINE = 2_000  # characters; tomllib takes time quadratic in the length of a dotted key


class TomlError(Exception):
    """A file that can't be read, or is not TOML: the problem."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        super().__init__(str(problem))


def read_text(path: str | os.PathLike[str], what: str) -> str:
    """The text of a file that should be `what`: a lesson, say. Raises TomlError."""
    try:
        mode = os.stat(path).st_mode
        if not stat.S_ISREG(mode):  # opening a FIFO would wait for ever
            raise TomlError(Problem("", "a directory" if stat.S_ISDIR(mode) else "not a regular file", f"{what} file"))
        with open(path, "rb") as file:
            content = file.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        raise TomlError(Problem("", reason_of(error).lower(), f"{what} file")) from error
    if len(content) > MOST_BYTES:
        raise TomlError(Problem("", "more than 64 KB", f"{what} of at most 64 KB"))
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise TomlError(Problem("", f"byte {error.start} is not UTF-8", "a text file")) from None


def parse_toml(text: str, what: str) -> dict[str, Any]:
    """What the text of `what` says. Raises TomlError."""
    for number, content in enumerate(text.split("\n"), 1):
        if len(content) > MOST_LINE:
            raise TomlError(Problem(f"line {number}", f"{len(content)} characters", f"at most {MOST_LINE}"))
    try:
        return tomllib.loads(text)
    except RecursionError:
        raise TomlError(Problem("", "nested too deeply", f"{what} in TOML")) from None
    except ValueError as error:  # a syntax error, or a number that Python refuses to read
        raise TomlError(Problem("", f"not TOML: {printable(str(error), 200)}")) from None
