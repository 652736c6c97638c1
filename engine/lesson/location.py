"""Where problems with a lesson stand in its file: the line, and of a list which of its items, from 1, in words."""

import re
from collections.abc import Iterable

from engine.lesson.key_lines import key_places, line_finder, table_of_key
from engine.lesson.schema import MISSING, Problem
from engine.lesson.toml_file import with_one_line_end

_ITEMS = {"data.rows": "row", "data.inputs": "name", "data.targets": "name", "training.order": "name",
          "training.fixed": "name", "graph.nodes": "formula", "requires": "id", "notes": "note",
          "groups": "group"}
_ITEM = re.compile(r"([\w.]+)\[(\d+)\](?:\[(\d+)\])?(?:\.(.*))?")
_ROW = re.compile(r"\[[^\[\]]*\]")
_DECIMAL = re.compile(r"(?<![\w.,])([-+]?\d+),(\d+)(?![\w.]|,\S)")


def locate(problems: Iterable[Problem], text: str) -> list[Problem]:
    """Problems with the lines that they stand on, and in that order. What is missing comes behind the wrong spelling
    that may explain it, with the line of its table, of tables in a list the first's.
    """
    text = with_one_line_end(text)
    places, line_at = key_places(text), line_finder(text)

    def place(problem: Problem) -> Problem:
        key = table_of_key(problem.key) if _is_missing(problem) else problem.key
        offset = places.get(key, places.get(f"{key}[0]"))
        if offset is None:
            return problem._replace(key=in_words(problem.key))
        return problem._replace(key=in_words(problem.key), line=line_at(offset),
                                expected=problem.expected + _decimal_comma(problem, text, offset))
    return sorted(map(place, problems), key=lambda problem: (_is_missing(problem), not problem.line, problem.line))


def _is_missing(problem: Problem) -> bool:
    return problem.found.startswith(MISSING)


def in_words(key: str) -> str:
    """`data.rows, row 4, number 2` for `data.rows[3][1]`, `notes, note 1, text` for `notes[0].text`; other keys as they
    are.
    """
    found = _ITEM.fullmatch(key)
    if not found or found[1] not in _ITEMS:
        return key
    number = f", number {int(found[3]) + 1}" if found[3] else ""
    rest = f", {found[4]}" if found[4] else ""
    return f"{found[1]}, {_ITEMS[found[1]]} {int(found[2]) + 1}{number}{rest}"


def _decimal_comma(problem: Problem, text: str, offset: int) -> str:
    """Of a row with too many numbers: that commas in it may be decimal ones, if the rest divide as many as it takes."""
    wanted, row = re.match(r"(\d+): ", problem.expected), _ROW.match(text, offset)  # as it is said of rows alone
    if not wanted or not row or not re.search(r",\s", row[0]):
        return ""
    decimals = list(_DECIMAL.finditer(row[0]))
    if not decimals or row[0].count(",") + 1 - len(decimals) != int(wanted[1]):
        return ""
    first = decimals[0][0]
    return f"; a decimal comma? write {first.replace(',', '.')} for {first}"
