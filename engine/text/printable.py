"""Text from files and learners is data: what of it may reach a terminal."""

import difflib
import unicodedata
from collections.abc import Iterable

SUGGESTED = "; did you mean "
_NAMES = {"\t": "tab", "\n": "line break"}
_UNSAFE = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}  # controls, bidirectional and other invisible marks, surrogates


def is_plain(text: str) -> bool:
    """Whether every character is one that a terminal prints, and does nothing else with."""
    return not any(unicodedata.category(character) in _UNSAFE for character in text)


def printable(text: str, most: int = 60) -> str:
    """Text with what a terminal would act on spelled out (`\\x1b`), cut with a `…` past `most` characters."""
    text = text if len(text) <= most else text[:most - 1] + "…"
    return "".join(c if is_plain(c) else c.encode("unicode_escape", "replace").decode("ascii") for c in text)


def character_name(character: str) -> str:
    """What a character is called: it may not be seen, or not as it is."""
    name = _NAMES.get(character) or unicodedata.name(character, "").lower()
    return name or f"control character U+{ord(character):04X}"


def suggestion(name: str, known: Iterable[str]) -> str:
    """`; did you mean "and-gate"?`, or nothing where no known name is near."""
    near = difflib.get_close_matches(name, list(known), n=1)
    return f'{SUGGESTED}"{near[0]}"?' if near else ""
