"""A TOML file that a person wrote: read, or refused in one clear line. Nothing in it can make this slow, or wait."""

import codecs
import os
import stat
import tomllib
from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from engine.late import LateModule
from engine.lesson.schema import Problem
from engine.text.system_error import reason_of

if TYPE_CHECKING:
    from engine.lesson import toml_errors
else:
    toml_errors = LateModule("engine.lesson.toml_errors")

MOST_BYTES = 64 * 1024
LONGEST_BINARY = 8  # bytes that are no text of another encoding
MOST_LINE = 2_000  # characters; tomllib takes time quadratic in the length of a dotted key


class TomlError(Exception):
    """A file that can't be read, or is not TOML: every problem that was found. As text, one line per problem."""

    def __init__(self, *problems: Problem) -> None:
        self.problems = problems
        super().__init__("\n".join(map(str, problems)))


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
        return _decode(content)
    except UnicodeDecodeError as error:
        raise TomlError(_wrong_encoding(content, error.start)) from None


def _decode(content: bytes) -> str:
    """The text of a file in UTF-8. Raises TomlError where it is UTF-16 or UTF-32."""
    zeros = content.count(0) / len(content) if len(content) > LONGEST_BINARY else 0  # one or three beside most letters
    if zeros > 1 / 3 or content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise TomlError(Problem("", f"saved as UTF-{32 if zeros > 2 / 3 else 16}", "a file saved as UTF-8"))
    return content.decode("utf-8-sig")


def _wrong_encoding(content: bytes, place: int) -> Problem:
    """Where a file stops being UTF-8."""
    before = content[:place].decode("utf-8-sig", "replace")
    text = with_one_line_end(f"{before}{content[place:].decode('utf-8', 'replace')}")
    line = with_one_line_end(before).count("\n")
    quoted = toml_errors.quote(text.split("\n")[line], len(before) - before.rfind("\n") - 1)
    return Problem(f"line {line + 1}", "not UTF-8", f"a file saved as UTF-8: {quoted}")


def parse_toml(text: str, what: str, lists: Collection[str] = ()) -> dict[str, Any]:
    """What the text of `what` says; `lists` are the tables that have two brackets each. Raises TomlError."""
    text = with_one_line_end(text)
    for number, content in enumerate(text.split("\n"), 1):
        if len(content) > MOST_LINE:
            raise TomlError(Problem(f"line {number}", f"{len(content)} characters",
                                    f"at most {MOST_LINE}; a list may take several lines"))
    try:
        return tomllib.loads(text)
    except RecursionError:
        raise TomlError(Problem("", "nested too deeply", f"{what} in TOML")) from None
    except ValueError:  # a syntax error, or a number that Python refuses to read
        pass
    failure = toml_errors.failure_in(text) or toml_errors.Failure("", 0)
    raise TomlError(*toml_errors.explain(text, failure, lists))


def with_one_line_end(text: str) -> str:
    """A text in which every line ends with `\\n`, whatever system's editor wrote it."""
    return text.replace("\r\n", "\n") if "\n" in text else text.replace("\r", "\n")
