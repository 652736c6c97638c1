"""What is wrong with text that is not TOML, as its writer needs it: the line, the slip, what to write instead.

A slip is named only where the text can be read further once it is repaired: that is tried, and what is wrong behind it
is told too. Else TOML's own words are told, in plain English.
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
MOST_SLIPS = 20  # told in one go
LONGEST_QUOTED, LONGEST_PIECE = 60, 30
NOWHERE = -1
PLAIN_WORDS = {  # for what tomllib says, by how that begins
    "Invalid statement": "neither a [table], nor key = value, nor a # comment",
    "Expected '=' after a key": "= is missing behind the key",
    "Expected newline": "something behind the value",
    "Expected ']": "a bracket is missing",
    "Invalid value": "no value that TOML knows",
    "Invalid initial character": "no key that TOML knows",
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

    @property
    def is_repetition(self) -> bool:
        """Whether what stands there would be read, had it not stood before."""
        return self.message.startswith(("Cannot", "Duplicate"))


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


class _Page:
    """A text as it is with the slips repaired that were found in it; places are told as they were before."""

    def __init__(self, text: str) -> None:
        self.text, self._written = text, text
        self._repaired = list[Candidate]()
        self._left = MOST_READ

    @property
    def is_tried_enough(self) -> bool:
        """Whether so much was read that no further repair is tried."""
        return self._left < 0

    def repair(self, slip: Candidate) -> None:
        """Go on with the text as it should be there."""
        self.text = slip.repair(self.text)
        self._repaired.append(slip)
        self._left -= len(self.text)

    def find_slip(self, start: int, failure: Failure, lists: Collection[str]) -> Candidate | None:
        """Of the slips that may be there the one whose repair lets most be read; none if none lets more be read."""
        best, furthest, text = None, failure.offset, self.text
        line_end = text.find("\n", failure.offset)
        for candidate in find_candidates(text, start, failure.offset, lists):
            repaired = candidate.repair(text)
            found = failure_in(repaired[start:])
            if found is None:
                return candidate
            reached = start + found.offset - (len(repaired) - len(text))
            end = candidate.end if candidate.slip.where != "at" else line_end
            if reached >= end and furthest < reached < len(text) and found.offset != NOWHERE:
                best, furthest = candidate, reached
            self._left -= max(found.offset, LONGEST_QUOTED)
            if self.is_tried_enough:
                break
        return best

    def tell_slip(self, found: Candidate) -> Problem:
        """A slip, and what to do."""
        piece, slip = self.text[found.start:found.end], found.slip
        name = slip.name.replace("{character}", character_name(piece[:1] or " "))
        if slip.told:
            return self.tell_at(found.start, f"{name}; {slip.told}", with_column=True)
        place = found.start + len(piece) - len(piece.lstrip())
        new, old = (printable(part.strip(), LONGEST_PIECE) for part in (found.new, piece))
        return self.tell_at(place, f"{name}; write {new} for {old}")

    def tell_at(self, offset: int, said: str, with_column: bool = False) -> Problem:
        """What is said of a place, whose line is quoted as it was written."""
        text, offset = self._written, self._first_place(offset)
        begin = text.rfind("\n", 0, offset) + 1
        column = f", column {offset - begin + 1}" if with_column else ""
        quoted = quote(text[begin:].partition("\n")[0], offset - begin)
        return Problem(f"line {line_finder(text)(offset)}{column}", f"{said}: {quoted}" if quoted else said)

    def line_of(self, offset: int) -> int:
        """The line of a place, from 1."""
        return line_finder(self._written)(self._first_place(offset))

    def _first_place(self, offset: int) -> int:
        """Where a place was before anything was repaired."""
        for slip in reversed(self._repaired):
            if offset > slip.start:
                offset = max(slip.start, offset - len(slip.new) + slip.end - slip.start)
        return offset


def explain(text: str, failure: Failure | None, lists: Collection[str]) -> list[Problem]:
    """What is wrong with a text, its lines ended by `\n`, that tomllib fails in: the slips that can be repaired, up to
    the first thing that can't; `lists` as for `find_candidates`.
    """
    page, told, repaired_to = _Page(text), list[Problem](), NOWHERE
    if failure and (lost := _find_lost_quotes(text)):  # what follows would be read as text, and text as TOML
        return [page.tell_at(*lost)]
    while failure:
        if len(told) == MOST_SLIPS or (told and page.is_tried_enough):
            return [*told, Problem("", f"and more; these are the first {len(told)}")]
        written, starts = scan(page.text)
        start = next((start for start in reversed(starts) if start <= failure.offset), 0)
        before = [each for each in written if each.offset < failure.offset]
        slip = None if failure.is_repetition or failure.offset == NOWHERE else page.find_slip(start, failure, lists)
        if not slip:  # in a statement with a repair it may be what the repair made of it
            return told if start <= repaired_to else [*told, _tell(page, failure, before, start, lists)]
        told.append(page.tell_slip(slip))
        page.repair(slip)
        repaired_to, failure = slip.start, failure_in(page.text)
    return told


def _find_lost_quotes(text: str) -> tuple[int, str] | None:
    """Where a text of several lines does not begin or end with its three quotes, and what to do, if one doesn't."""
    begun = NOWHERE
    for place in [*(found.start() for found in re.finditer('"""', text)), len(text)]:
        before = text[text.rfind("\n", 0, place) + 1:place].strip()
        if begun == NOWHERE and (before.startswith("#") or place == len(text)):
            continue
        begins = place == len(text) or before.endswith(("=", "[", ","))  # or should have ended at last
        if begins == (begun == NOWHERE):
            begun = place if begins else NOWHERE
            continue
        start = max(begun + 3, 0)
        lost = re.compile(r'(?<!")""[^\S\n]*$' if begins else r'(?<==)[^\S\n]*""(?!")', re.MULTILINE)
        if found := list(lost.finditer(text[start:place])):
            return start + found[0 if begins else -1].start(), 'a quote is missing; write """ for ""'
        return (begun, 'text without its closing """') if begins else (place, 'text without its opening """')
    return None


def _tell(page: _Page, failure: Failure, written: list[Written], start: int, lists: Collection[str]) -> Problem:
    """What stops the reading in the statement from `start` on, which no repair is known for."""
    if failure.offset == NOWHERE:
        return Problem("", f"not TOML: {printable(failure.message, 200)}")
    if failure.is_repetition and (problem := _repetition(page, written, start, lists)):
        return problem
    if failure.offset == len(page.text) and "\n" in page.text[start:].rstrip():  # what began there never ends
        failure = failure._replace(offset=start)
    message = next((words for begin, words in PLAIN_WORDS.items() if failure.message.startswith(begin)),
                   failure.message)
    return page.tell_at(failure.offset, f"not TOML: {printable(message, 200)}", with_column=True)


def _repetition(page: _Page, written: list[Written], start: int, lists: Collection[str]) -> Problem | None:
    """The key of the statement from `start` on that was there before, and where."""
    first = dict[str, Written]()
    for each in written:
        name = re.sub(r"\[\d+\]$", "", each.path) if each.brackets else each.path
        before = first.setdefault(name, each)
        if before is each or each.offset < start or (each.brackets == before.brackets == "[["):
            continue
        shown, line = f"[{name}]" if each.brackets else name.rpartition(".")[2], page.line_of(before.offset)
        if each.brackets and name in lists:
            return page.tell_at(each.offset, f"{shown} a second time, as on line {line}; write [[{name}]] each time")
        where = "both in this line" if line == page.line_of(each.offset) else f"it stands on line {line} already"
        return page.tell_at(each.offset, f"{shown} a second time; {where}")
    return None


def quote(line: str, place: int) -> str:
    """A line of a file as it may be shown, cut around a place in it."""
    kept = line.rstrip()
    start = max(0, min(place - LONGEST_QUOTED // 2, len(kept) - LONGEST_QUOTED))
    cut = kept[start:start + LONGEST_QUOTED]
    cut = cut.lstrip() if not start else f"…{cut}"
    return printable(cut + "…" * (start + LONGEST_QUOTED < len(kept)), 2 * LONGEST_QUOTED)
