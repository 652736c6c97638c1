"""Names in any script: what is one and when two are the same."""

import unicodedata

from engine.text.pasted import retype
from engine.text.width import columns

PRIMES = "'′"
_DIGITS = "0123456789_"


def one_spelling(name: str) -> str:
    """A name as it is compared: composed, and as wide as usual; `Ａ3` is `A3`."""
    return name if name.isascii() else unicodedata.normalize("NFKC", name)


def name_at(text: str, place: int) -> str:
    """The longest name that begins at a place: a letter, then letters with the marks on them, digits and `_`."""
    end = place
    while end < len(text) and (_goes_on(text[end]) if end > place else _begins(text[end])):
        end += 1
    return text[place:end]


def count_primes(text: str, place: int) -> int:
    """How many primes stand at a place, as they are typed or printed."""
    end = place
    while end < len(text) and text[end] in PRIMES:
        end += 1
    return end - place


def is_name(text: str, widest: int) -> bool:
    """Whether a text is a name which is read as it is written, and no wider than so many letters."""
    name = one_spelling(text)
    return 0 < columns(name) <= widest and retype(name) == name == name_at(name, 0) and name_at(text, 0) == text


def _begins(character: str) -> bool:
    return _is_letter(character) and unicodedata.category(character) != "Lm"  # which modifies the letter before it


def _goes_on(character: str) -> bool:
    return character in _DIGITS or _is_letter(character) or unicodedata.category(character).startswith("M")


def _is_letter(character: str) -> bool:
    """Whether it is a letter, and none that is raised or lowered: `2ⁿ` is a power."""
    return unicodedata.category(character).startswith("L") and \
        not unicodedata.decomposition(character).startswith(("<super>", "<sub>"))
