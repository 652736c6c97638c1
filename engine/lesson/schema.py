"""A small schema for TOML: what a value must be, and every problem with one that is not.

A check takes a value and the key it stands at, and yields the problems; it knows itself as a JSON Schema too. Checks
are built from checks.
"""

import math
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from engine.text.printable import character_name, is_plain, printable, suggestion

MISSING, UNKNOWN_KEY = "missing", "unknown key"  # what may be found at a key


class Problem(NamedTuple):
    """What is wrong with an input: where, what was found, what is expected; the line of the file, from 1, if known."""

    key: str
    found: str
    expected: str = ""
    line: int = 0

    def __str__(self) -> str:
        return (f"{self.key}: " * bool(self.key) + self.found + f"; expected {self.expected}" * bool(self.expected)
                + f" (line {self.line})" * bool(self.line))


class Check(NamedTuple):
    """What a value must be: `problems` yields every one with a value at a key; `json` is the same as a JSON Schema."""

    problems: Callable[[object, str], Iterator[Problem]]
    json: Mapping[str, Any]

    def __call__(self, value: object, key: str) -> Iterator[Problem]:
        """Every problem with a value at a key."""
        return self.problems(value, key)


def spell(value: object) -> str:
    """A value as its file might have written it, safe to print."""
    match value:
        case bool():
            return "true" if value else "false"
        case str():
            return f'"{printable(value)}"'
        case dict():
            return "a table"
        case list():
            return f"a list of {len(value)}"
        case int():
            return str(value) if abs(value) < 10**20 else f"a whole number of {math.log10(abs(value)):.0f} digits"
        case _:
            return printable(str(value))


def is_real(value: object) -> bool:
    """Whether a value is a finite number that double precision holds."""
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 1.7e308


def satisfying(test: Callable[[object], bool], expected: str, json: Mapping[str, Any]) -> Check:
    """A value for which `test` is true."""
    def check(value: object, key: str) -> Iterator[Problem]:
        if not test(value):
            yield Problem(key, spell(value) + _odd_character(value), expected)
    return Check(check, {**json, "description": expected})


def _odd_character(value: object) -> str:
    """Of a text with a character that no terminal prints: which one, and where; a line break is the least odd."""
    odd = [place for place, character in enumerate(value) if not is_plain(character)] if isinstance(value, str) else []
    if not odd or not isinstance(value, str):
        return ""
    place = next((place for place in odd if value[place] != "\n"), odd[0])
    return f", with a {character_name(value[place])} as character {place + 1}"


def whole(least: int, most: int) -> Check:
    """A whole number in a range."""
    return satisfying(lambda value: isinstance(value, int) and not isinstance(value, bool) and least <= value <= most,
                      f"{least}" if least == most else f"a whole number from {least} to {most}",
                      {"type": "integer", "minimum": least, "maximum": most})


REAL = satisfying(is_real, "a finite number", {"type": "number"})
POSITIVE = satisfying(lambda value: is_real(value) and value > 0,  # type: ignore[operator]
                      "a finite number above 0", {"type": "number", "exclusiveMinimum": 0})
FLAG = satisfying(lambda value: isinstance(value, bool), "true or false", {"type": "boolean"})


def matching(pattern: str, expected: str) -> Check:
    """Text that a pattern matches as a whole."""
    return satisfying(lambda value: isinstance(value, str) and re.fullmatch(pattern, value) is not None, expected,
                      {"type": "string", "pattern": f"^({pattern})$"})


def line(most: int) -> Check:
    """One line of text that a terminal can print."""
    return satisfying(lambda value: isinstance(value, str) and 0 < len(value) <= most and is_plain(value),
                      f"a line of text of 1 to {most} characters",
                      {"type": "string", "minLength": 1, "maxLength": most})


def paragraph(most: int) -> Check:
    """Text of several lines, each of which a terminal can print."""
    return satisfying(
        lambda value: isinstance(value, str) and 0 < len(value) <= most and all(map(is_plain, value.split("\n"))),
        f"text of 1 to {most} characters", {"type": "string", "minLength": 1, "maxLength": most})


def one_of(names: Iterable[str]) -> Check:
    """One of some names."""
    known = tuple(names)
    return satisfying(lambda value: isinstance(value, str) and value in known,
                      "one of " + ", ".join(f'"{name}"' for name in known), {"enum": list(known)})


def tables_in_lists(json: Mapping[str, Any], key: str = "") -> Iterator[str]:
    """The keys of the tables that a JSON Schema has lists of."""
    for name, entry in json.get("properties", {}).items():
        if "properties" in entry.get("items", {}):
            yield join_keys(key, name)
        yield from tables_in_lists(entry, join_keys(key, name))


def homes_of(name: str, json: Mapping[str, Any], key: str = "") -> Iterator[str]:
    """Where a JSON Schema knows a key of this name: each table as its header is written, nothing for the top."""
    if any(name == other for other, _ in _entries(json)):
        yield key and f"[{key}]"
    for other, entry in _entries(json):
        inner = join_keys(key.strip("[]"), other)
        if "properties" in entry.get("items", {}):
            yield from homes_of(name, entry["items"], f"[{inner}]")
        else:
            yield from homes_of(name, entry, inner)


def _entries(json: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """The keys that a table of a JSON Schema may have, each with its own schema."""
    for form in (json, *json.get("anyOf", ())):
        yield from form.get("properties", {}).items()


def list_of(item: Check, least: int, most: int, what: str) -> Check:
    """A list with a number of items in a range, each passing a check; `what` names them."""
    def check(value: object, key: str) -> Iterator[Problem]:
        if not isinstance(value, list) or not least <= len(value) <= most:
            brackets = f", each begun by [[{key}]]" * (isinstance(value, dict) and "properties" in item.json)
            yield Problem(key, spell(value), f"a list of {least} to {most} {what}{brackets}")
        else:
            for index, entry in enumerate(value):
                yield from item(entry, f"{key}[{index}]")
    return Check(check, {"type": "array", "items": item.json, "minItems": least, "maxItems": most})


def table(required: Mapping[str, Check], optional: Mapping[str, Check] | None = None) -> Check:
    """A table with these keys and no others."""
    known = {**required, **(optional or {})}

    def check(value: object, key: str) -> Iterator[Problem]:
        if not isinstance(value, dict):
            is_list = isinstance(value, list) and any(isinstance(entry, dict) for entry in value)
            yield Problem(key, spell(value), f"a table with {', '.join(known)}" + f", begun by [{key}]" * is_list)
            return
        for name, entry in known.items():
            if name in value:
                yield from entry(value[name], join_keys(key, name))
            elif name in required:
                yield Problem(join_keys(key, name), MISSING, _expectation(entry))
        for name in value:
            if name not in known:
                near = suggestion(name, [other for other in known if other not in value])
                yield Problem(join_keys(key, name), UNKNOWN_KEY, f"one of {', '.join(known)}{near}")
    return Check(check, {"type": "object", "properties": {name: entry.json for name, entry in known.items()},
                         "required": list(required), "additionalProperties": False})


def table_of(item: Check, expected: str) -> Check:
    """A table with any keys, each value passing a check."""
    def check(value: object, key: str) -> Iterator[Problem]:
        if not isinstance(value, dict):
            yield Problem(key, spell(value), expected)
            return
        for name, entry in value.items():
            yield from item(entry, join_keys(key, name))
    return Check(check, {"type": "object", "additionalProperties": item.json})


def join_keys(key: str, name: str) -> str:
    """A key inside a table, quoted where TOML would."""
    name = name if re.fullmatch(r"[A-Za-z0-9_-]+", name) else f'"{printable(name)}"'
    return f"{key}.{name[:60]}" if key else name[:60]


def _expectation(check: Check) -> str:
    """What a check expects: asked of it with a value that no check accepts."""
    return next(check(None, "")).expected
