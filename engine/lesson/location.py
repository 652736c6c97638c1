"""Where problems with a lesson stand in its file: the line, and of the table's rows which one, from 1, in words."""

import re
from collections.abc import Iterable, Iterator

from engine.lesson.key_lines import key_lines, table_of_key
from engine.lesson.schema import MISSING, Problem
from engine.lesson.toml_file import with_one_line_end

_ROW = re.compile(r"data\.rows\[(\d+)\](?:\[(\d+)\])?(.*)")


def locate(problems: Iterable[Problem], text: str) -> Iterator[Problem]:
    """Problems with the lines that they stand on; of what is missing that of its table, of tables in a list
    the first's.
    """
    lines = key_lines(with_one_line_end(text))
    for problem in problems:
        key = table_of_key(problem.key) if problem.found == MISSING else problem.key
        yield problem._replace(key=in_words(problem.key), line=lines.get(key) or lines.get(f"{key}[0]", 0))


def in_words(key: str) -> str:
    """`data.rows, row 4, number 2` for `data.rows[3][1]`; other keys as they are."""
    if not (found := _ROW.fullmatch(key)):
        return key
    number = f", number {int(found[2]) + 1}" if found[2] else ""
    return f"data.rows, row {int(found[1]) + 1}{number}{found[3]}"
