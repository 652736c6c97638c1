"""What is wrong with text that is not TOML, as its writer needs it: the line, the slip, what to write instead.

A slip is named only where the text can be read further once it is repaired: that is tried. Else TOML's own words are
told, in plain English.
"""

import re
import tomllib
from collections.abc import Collection
from typing import NamedTuple

from engine.lesson.key_lines import Written, line_finder, scan
from engine.lesson.schema import Problem
from engine.lesson.slips import Candidate, find_candidates
from engine.text.printable import character_name, printable

MOST_READ = 600_000  # characters, to try repairs
LONGEST_QUOTED, LONGEST_PIECE = 60, 30
NOWHERE = -1
PLAIN_WORDS = {  # for what tomllib says, by how that begins
    "Invalid statement": "neither a [table], nor key = value, nor a # comment",
    "Expected '=' after a key": "= is missing behind the key",
    "Expected newline": "something behind the value",
    "Expected ']": "a bracket is missing",
    "Invalid value": "no value that TOML knows",
    "Invalid initial character": "no key that TOML knows; other letters than a to z need quotes",
    "Unclosed array": "a list without its ], or without a comma",
    "Unclosed inline table": "a table without its }, or without a comma",
    "Unterminated string": "text without its closing quote",
    "Expected": "text without its closing quote",
    "Illegal character": "a character that must not stand here, or a closing quote is missing",
    "Found invalid character": "a character that must not stand here",
    "Unescaped": "a backslash; write two in its place",
    "Cannot": "a key or table that stands before as something else",
}


class Failure(NamedTuple):
    """What stops the reading, in tomllib's words, and where in the text."""

    message: str
    offset: int


def failure_in(text: str) -> Failure | None:
    """What stops tomllib, if anything does; what it can't place is nowhere."""
    try:
        tomllib.loads(text)
    except RecursionError:
        return Failure("", NOWHERE)
    except ValueError as error:
        message, _, place = str(error).rpartition(" (at ")
        if found := re.fullmatch(r"line (\d+), column (\d+)\)", place):
            begin = 0
            for _ in range(int(found[1]) - 1):
                begin = text.index("\n", begin) + 1
            return Failure(message, begin + int(found[2]) - 1)
        return Failure(message or str(error), len(text) if message else NOWHERE)
    return None


def explain(text: str, failure: Failure, lists: Collection[str]) -> Problem:
    """What is wrong with a text, its lines ended by `\\n`, that tomllib fails in; `lists` as for `find_candidates`."""
    if failure.offset == NOWHERE:
        return Problem("", f"not TOML: {printable(failure.message, 200)}")
    written, starts = scan(text)
    start = next((start for start in reversed(starts) if start <= failure.offset), 0)
    if failure.message.startswith(("Cannot", "Duplicate")):
        if problem := _repetition(text, [each for each in written if each.offset < failure.offset], start, lists):
            return problem
    elif slip := _likeliest(text, start, failure, lists):
        return _name(text, slip)
    if failure.offset == len(text) and "\n" in text[start:].rstrip():  # what began there never ends
        failure = failure._replace(offset=start)
    message = next((words for begin, words in PLAIN_WORDS.items() if failure.message.startswith(begin)),
                   failure.message)
    return _at(text, failure.offset, f"not TOML: {printable(message, 200)}", with_column=True)


def _repetition(text: str, written: list[Written], start: int, lists: Collection[str]) -> Problem | None:
    """The key of the statement from `start` on that was there before, and where."""
    line_at, first = line_finder(text), dict[str, Written]()
    for each in written:
        name = re.sub(r"\[\d+\]$", "", each.path) if each.brackets else each.path
        before = first.setdefault(name, each)
        if before is each or each.offset < start or (each.brackets == before.brackets == "[["):
            continue
        shown, line = f"[{name}]" if each.brackets else name.rpartition(".")[2], line_at(before.offset)
        if each.brackets and name in lists:
            return _at(text, each.offset, f"{shown} a second time, as on line {line}; write [[{name}]] each time")
        where = "both in this line" if line == line_at(each.offset) else f"it stands on line {line} already"
        return _at(text, each.offset, f"{shown} a second time; {where}")
    return None


def _likeliest(text: str, start: int, failure: Failure, lists: Collection[str]) -> Candidate | None:
    """Of the slips that may be there the one whose repair lets most be read; none if none lets more be read."""
    best, furthest, left = None, failure.offset, MOST_READ
    line_end = text.find("\n", failure.offset)
    for candidate in find_candidates(text, start, failure.offset, lists):
        repaired = candidate.repair(text)
        found = failure_in(repaired[start:])
        if found is None:
            return candidate
        reached = start + found.offset - (len(repaired) - len(text))
        end = candidate.end if candidate.slip.where != "at" else line_end
        if max(end, furthest) < reached < len(text) and found.offset != NOWHERE:
            best, furthest = candidate, reached
        left -= max(found.offset, LONGEST_QUOTED)
        if left < 0:
            break
    return best


def _name(text: str, found: Candidate) -> Problem:
    piece, slip = text[found.start:found.end], found.slip
    name = slip.name.format(character=character_name(piece[0])) if piece else slip.name
    if slip.told:
        return _at(text, found.start, f"{name}; {slip.told}", with_column=True)
    place = found.start + len(piece) - len(piece.lstrip())
    new, old = (printable(part.strip(), LONGEST_PIECE) for part in (found.new, piece))
    return _at(text, place, f"{name}; write {new} for {old}")


def _at(text: str, offset: int, said: str, with_column: bool = False) -> Problem:
    """What is said of a place, which is quoted."""
    begin = text.rfind("\n", 0, offset) + 1
    column = f", column {offset - begin + 1}" if with_column else ""
    quoted = quote(text[begin:].partition("\n")[0], offset - begin)
    return Problem(f"line {line_finder(text)(offset)}{column}", f"{said}: {quoted}" if quoted else said)


def quote(line: str, place: int) -> str:
    """A line of a file as it may be shown, cut around a place in it."""
    kept = line.rstrip()
    start = max(0, min(place - LONGEST_QUOTED // 2, len(kept) - LONGEST_QUOTED))
    cut = kept[start:start + LONGEST_QUOTED]
    cut = cut.lstrip() if not start else f"…{cut}"
    return printable(cut + "…" * (start + LONGEST_QUOTED < len(kept)), 2 * LONGEST_QUOTED)
