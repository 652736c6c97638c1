"""The pieces of a text that the calculator reads: numbers, names, signs."""

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from engine.graph.functions import PRIME, aliases, functions
from engine.text.names import count_primes, name_at, one_spelling
from engine.text.pasted import NUMBER, RAISED, SEPARATOR, lower
from engine.text.printable import printable

LONGEST_QUOTED = 20
SUM = "Σ"  # which is no large σ


class ExpressionError(Exception):
    """A text that can't be read or computed: `position` is where in it, from 0."""

    def __init__(self, message: str, position: int) -> None:
        self.position = position
        super().__init__(message)


FRACTIONS = {"½": "0.5", "¼": "0.25", "¾": "0.75"}
SAME = {"×": "*", "·": "*", "⋅": "*", "÷": "/", "**": "^", "]": ")", "[": "(", "'": "′"}
PIECE = rf"""
    (?P<space>\s+)
  | (?P<number>{NUMBER}(?:\s*%)?|[½¼¾])
  | (?P<name>w[0-9]+,[0-9]+|√)
  | (?P<raised>{RAISED})
  | (?P<sign>\*\*|[-+*/^()\[\];×·⋅÷])
"""


class Token(NamedTuple):
    """A piece of the text: `kind` is number, name, raised, sign or end."""

    kind: str
    text: str
    position: int

    @property
    def digits(self) -> str:
        """A number, or an exponent in raised digits, as Python reads it."""
        if self.text in FRACTIONS:
            return FRACTIONS[self.text]
        text = lower(self.text).replace(",", ".").replace(SEPARATOR, "").lower()
        if not text.endswith("%"):
            return text
        mantissa, _, exponent = text.rstrip("%").rstrip().partition("e")
        return f"{mantissa}e{int(exponent or 0) - 2}"

    @property
    def quoted(self) -> str:
        """What was typed, as it is told of."""
        return printable(self.text, LONGEST_QUOTED)


def tokens_of(text: str) -> Iterator[Token]:
    """The pieces of a text, as a keyboard writes it. Raises ExpressionError."""
    position, known, others = 0, functions(), aliases()
    token = re.compile(PIECE, re.VERBOSE)  # kept by `re`, when the first text is read
    while position < len(text):
        match = token.match(text, position)
        kind, piece = (str(match.lastgroup), match.group()) if match else ("name", name_at(text, position))
        end = position + len(piece)
        if not piece:
            raise ExpressionError(f"{_call_character(text[position])} means nothing here", position)
        if kind in ("number", "raised"):
            yield Token(kind, piece, position)
        elif kind == "name":
            base, primes = one_spelling(piece), count_primes(text, end)
            small = base if base == SUM else base.lower()
            base = others.get(small, small if small in known else base)
            yield Token(kind, base + PRIME * primes, position)
            end += primes
        elif kind == "sign":
            yield Token(kind, SAME.get(piece, piece), position)
        position = end


def _call_character(character: str) -> str:
    """A character in quotes, or by its name: it may not be seen, or not as it is."""
    if character.isascii():
        return repr(character)
    return unicodedata.name(character, "").lower() or f"U+{ord(character):04X}"
