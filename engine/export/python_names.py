"""Names of a lesson as names of Python: in ASCII, whatever script they are in, and none that stands for something else.
"""

import builtins
import keyword
import unicodedata
from collections.abc import Iterable, Mapping

from engine.graph.functions import PRIME

LETTER = "letter"  # before one that has no ASCII in its name


def identifiers(names: Iterable[str], taken: Iterable[str]) -> Mapping[str, str]:
    """For each name one of Python's that no other has, and that is none of those taken: `h_prime` for `h′`, `alpha` for
    `α`, `lambda_` for `lambda`.
    """
    unfit = {*taken, *keyword.kwlist, *keyword.softkwlist, *dir(builtins)}
    found: dict[str, str] = {}
    for name in names:
        plain = identifier = _plain_form(name)
        while identifier in unfit:
            identifier += "_"
        unfit.add(identifier)
        found[name] = identifier
        assert identifier.isidentifier() and plain.isascii(), name  # noqa: S101, PT018
    return found


def _plain_form(name: str) -> str:
    """A name, which begins with a letter, in ASCII."""
    text = "".join(map(_plain_character, unicodedata.normalize("NFKD", name)))
    return text if text.isidentifier() else f"{LETTER}_{text}"


def _plain_character(character: str) -> str:
    if character.isascii():
        return character if character.isalnum() else "_"
    if character == PRIME:
        return "_prime"
    if unicodedata.combining(character):
        return ""
    word = unicodedata.name(character, "").rpartition(" ")[2].lower()
    return word if word.isascii() and word.isalpha() else f"u{ord(character):x}"
