"""What people paste, in the characters of a keyboard: minus signs, digits and spaces of every kind and script; and what
of it could be read as another number than is meant.
"""

import re
import unicodedata
from typing import NamedTuple

SEPARATOR = "\u00a0"  # every space that holds a number together, where one stands between two digits
_HYPHENS_AND_DASHES = "‐‑‒–—―−˗➖﹘﹣"
_BESIDE_NUMBERS = "\u200b\u200c\u200d\u2060\ufeff\u200e\u200f\u061c\u202a\u202c\u2066\u2068\u2069"  # and never seen
_HOLD_TOGETHER = "\u2006\u2007\u2008\u2009\u200a\u202f\u205f"  # thin and no-break
_FULLWIDTH = range(0xFF01, 0xFF5F)  # what ASCII has, as wide as an ideograph
_TO_ASCII = _FULLWIDTH.start - 0x21

_GROUP = f"(?:{SEPARATOR}[0-9]{{3}})"
DIGITS = (f"(?:(?:[0-9]{{1,3}}{_GROUP}+|[0-9]+)"  # of a number, in groups of three or not
          f"(?:[.,](?:[0-9]{{3}}{_GROUP}*{SEPARATOR}[0-9]{{1,3}}|[0-9]*))?|[.,][0-9]+)")
RAISED = "[⁺⁻]?[⁰¹²³⁴-⁹]+"  # an exponent
_LOWERED = str.maketrans("⁺⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "+-0123456789")
NUMBER = rf"{DIGITS}(?:[eE][-+]?[0-9]+)?+"
_TIMES_TEN = rf"(\s*[-+]?\s*{DIGITS})\s*[*×·⋅]\s*10\s*"
_START = rf"(?<![\w.,{SEPARATOR}])"  # of a number: `w1,234` is a name
_DOUBTS = {  # what can be read in two ways, and what is said of it
    rf"{_START}{NUMBER}\s*[eE]\s*(?:[-+⁺⁻]|\Z)":
        "it may be an exponent, as in 2e-3, or e, as in 2·e",
    rf"{_START}[1-9][0-9]{{0,2}},[0-9]{{3}}(?![0-9.,eE])":
        "its comma may be decimal, or of thousands (write a point, or none)",
    rf"{_START}[0-9]*[.,][0-9]*\([0-9]+\)": "its bracket may be a factor, as in 2·(3), or how exact it is",
    rf"\A{_TIMES_TEN}[-+]\s*[0-9]+[.,]?\s*\Z":
        "it may be 2·10^-3, or (2·10)-3"}


class Doubt(NamedTuple):
    """What can be read in two ways, and where in the text it is, from 0."""

    message: str
    position: int


class _Signs(dict[int, str]):
    """One character for each, so that a place in the text stays that place; whatever is not known here is kept."""

    def __missing__(self, code: int) -> str:
        if code in _FULLWIDTH:
            return chr(code - _TO_ASCII)
        digit = unicodedata.decimal(chr(code), None)
        return chr(code) if digit is None else str(digit)


_SIGNS = _Signs(str.maketrans(
    {"٫": ".", "﹢": "+", "⁄": "/", "∕": "/", "\u3000": " "} | dict.fromkeys(_HYPHENS_AND_DASHES, "-")
    | dict.fromkeys(_BESIDE_NUMBERS, " ") | dict.fromkeys(_HOLD_TOGETHER, SEPARATOR)))


def retype(text: str) -> str:
    """A text as a keyboard writes it, as long as it was: `−０٫3` is `-0.3`. What would show another text than is read,
    as a soft hyphen does and what turns the order around, stays, and means nothing.
    """
    if text.isascii():
        return text
    return re.sub(f"(?<![0-9]){SEPARATOR}|{SEPARATOR}(?![0-9])", " ", text.translate(_SIGNS))


def find_doubt(text: str) -> Doubt | None:
    """What of a text, as a keyboard writes it, could be read as another number than is meant."""
    for pattern, message in _DOUBTS.items():
        if found := re.search(pattern, text):
            return Doubt(message, found.start())
    return None


def power_of_ten_as_exponent(text: str) -> str:
    """`1.5e-3` for `1.5·10⁻³`, where that is the whole text."""
    if not (found := re.fullmatch(rf"{_TIMES_TEN}(?:(?:\^|\*\*)\s*([-+]?[0-9]+)|({RAISED}))\s*", text)):
        return text
    number, power, raised = found.groups()
    return f"{number}e{power or lower(raised)}"


def lower(raised: str) -> str:
    """An exponent in digits on the line: `-3` for `⁻³`."""
    return raised.translate(_LOWERED)
