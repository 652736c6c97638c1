"""What people paste, in the characters of a keyboard: minus signs, digits and spaces of every kind and script; and what
of it could be read as another number than is meant.
"""

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from engine.text.printable import printable

SEPARATOR = "\u00a0"  # every space that holds a number together, where one stands between two digits
_HYPHENS_AND_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u02d7\u2796\ufe58\ufe63"  # and minus signs
_BESIDE_NUMBERS = "\u200b\u200c\u200d\u2060\ufeff\u200e\u200f\u061c\u202a\u202c\u2066\u2068\u2069"  # and never seen
_HOLD_TOGETHER = "\u2006\u2007\u2008\u2009\u200a\u202f\u205f"  # thin and no-break
_LONG_VOWELS = "\u30fc\uff70"  # what a Japanese input method makes of `-`
_IDEOGRAPHIC_STOPS = "\u3002\uff61"  # and of `.`
_FULLWIDTH = range(0xFF01, 0xFF5F)  # what ASCII has, as wide as an ideograph
_TO_ASCII = _FULLWIDTH.start - 0x21

_GROUP = f"(?:{SEPARATOR}[0-9]{{3}})"
DIGITS = (f"(?:(?:[1-9][0-9]{{0,2}}{_GROUP}+|[0-9]+)"  # of a number, in groups of three or not
          f"(?:[.,](?:[0-9]{{3}}{_GROUP}*{SEPARATOR}[0-9]{{1,3}}|[0-9]*))?|[.,][0-9]+)")
RAISED = "[⁺⁻]?[⁰¹²³⁴-⁹]+"  # an exponent
_LOWERED = str.maketrans("⁺⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "+-0123456789")
NUMBER = rf"{DIGITS}(?:[eE][-+]?[0-9]+)?+"
_TEN = r"\s*[*×·⋅]\s*10\s*"
_POWER = rf"(?:(?:\^|\*\*)\s*[-+]?[0-9]+|{RAISED})"
_START = rf"(?<![\w.,{SEPARATOR}])"  # of a number: `w1,234` is a name
_WHOLE = r"[0-9]++(?![.,][0-9])"
_MANTISSA = rf"[1-9],[0-9]{{3}}{_TEN}{_POWER}"  # which has one digit before its point
_THOUSANDS = rf"{_START}(?!{_MANTISSA})([1-9][0-9]{{0,2}}),([0-9]{{3}})(?![0-9.,eE])"
LONGEST_QUOTED = 12


class _Ambiguity(NamedTuple):
    """What can be read in two ways, and what is asked then, with the groups of it."""

    pattern: str
    question: str


_AMBIGUITIES = (
    _Ambiguity(rf"({_START}{NUMBER})\s*[eE]\s*([-+])\s*({_WHOLE})", "{0}*e {1} {2} or {0}e{1}{2}?"),
    _Ambiguity(rf"({_START}{NUMBER})\s*[eE]\s*(?:[-+]\s*[-+][-+\s]*[0-9]|[⁺⁻]|\Z)", "{0}*e or {0}e-3?"),
    _Ambiguity(rf"[)\]][eE]([-+])({_WHOLE})", "*10^{0}{1} or *e {0} {1}?"),
    _Ambiguity(rf"(?:{_START}{NUMBER}{_TEN}|\A\s*[-+]?\s*10\s*)-({_WHOLE})", "10^-{0} or 10 - {0}?"),
    _Ambiguity(rf"{_START}([0-9]*[.,][0-9]*)\(([0-9]+)\)", "{0}*({1}), or no bracket?"),
    _Ambiguity(r"\A(?:[^.,]*[^\w.,])?0[·⋅]([0-9]+)(?!.*[.,][0-9])", "0.{0} or 0*{0}?"),
    _Ambiguity(_THOUSANDS, "{0}.{1} or {0}{1}?"),
    _Ambiguity(rf"{_START}[1-9][0-9]{{0,2}}(?:,[0-9]{{3}})+(?:,[0-9]{{3}}|\.[0-9])", "one number, without commas?"))


class Doubt(NamedTuple):
    """What can be read in two ways: what to ask, and where in the text it is, from 0."""

    question: str
    position: int


class _Signs(dict[int, str]):
    """One character for each, so that a place in the text stays that place; whatever is not known here is kept."""

    def __missing__(self, code: int) -> str:
        digit = unicodedata.decimal(chr(code), None)
        kept = chr(code) if digit is None else str(digit)
        return self.setdefault(code, chr(code - _TO_ASCII) if code in _FULLWIDTH else kept)


_SIGNS = _Signs(str.maketrans(
    {"٫": ".", "﹢": "+", "⁄": "/", "∕": "/", "\u3000": " "} | dict.fromkeys(_HYPHENS_AND_DASHES, "-")
    | dict.fromkeys(_BESIDE_NUMBERS, " ") | dict.fromkeys(_HOLD_TOGETHER, SEPARATOR)))


def retype(text: str) -> str:
    """A text as a keyboard writes it, as long as it was: `−０٫3` is `-0.3`. What would show another text than is read,
    as a soft hyphen does and what turns the order around, stays, and means nothing.
    """
    if text.isascii():
        return text
    text = re.sub(f"(?<![0-9]){SEPARATOR}|{SEPARATOR}(?![0-9])", " ", text.translate(_SIGNS))
    text = re.sub(rf"(?<=[0-9])[{_LONG_VOWELS}]|[{_LONG_VOWELS}](?=\s*[.,]?[0-9])", "-", text)
    return re.sub(f"(?<=[0-9])[{_IDEOGRAPHIC_STOPS}](?=[0-9])", ".", text)


def find_doubt(text: str) -> Doubt | None:
    """What of a text, as a keyboard writes it, could be read as another number than is meant."""
    for pattern, question in _AMBIGUITIES:
        if found := re.search(pattern, text):
            quoted = [printable(group, LONGEST_QUOTED) for group in found.groups(default="")]
            return Doubt(f"{question.format(*quoted)} write it so", found.start())
    return None


def with_decimal_point(text: str) -> str:
    """`1.234` for `1,234`, where no thousands can be meant."""
    return re.sub(_THOUSANDS, r"\1.\2", text)


def apart(text: str) -> str:
    """A text in which a `;` stands between the two numbers of `max(0, Z)`: no comma of a number, nor of a name, is one
    that has a space behind it, or is the only one. As long as it was.
    """
    for found in re.finditer(r"(?<!\w)max\s*\(", text, re.IGNORECASE):
        places = list(_commas(text, found.end()))
        between = [place for place, is_surely in places if is_surely]
        if len(places) == 1 or len(between) == 1:
            place, = between if len(between) == 1 else [places[0][0]]
            text = f"{text[:place]};{text[place + 1:]}"
    return text


def _commas(text: str, place: int) -> Iterator[tuple[int, bool]]:
    """The commas between a bracket's start and its end, none of an inner one; each with whether it stands between
    numbers for sure.
    """
    depth = 0
    for found in re.compile(r"[()\[\],;]").finditer(text, place):
        if (sign := found.group()) in "([":
            depth += 1
        elif sign in ")]":
            if not depth:
                return
            depth -= 1
        elif not depth:
            around = text[max(found.start() - 1, 0):found.end() + 1]
            yield found.start(), sign == ";" or not re.fullmatch(r"[0-9],[0-9]", around)


def power_of_ten_as_exponent(text: str) -> str:
    """`1.5e-3` for `1.5·10⁻³`, where that is the whole text."""
    if not (found := re.fullmatch(rf"(\s*[-+]?\s*{DIGITS}){_TEN}({_POWER})\s*", text)):
        return text
    number, power = found.groups()
    return f"{number}e{lower(power).lstrip('^*').lstrip()}"


def lower(raised: str) -> str:
    """An exponent in digits on the line: `-3` for `⁻³`."""
    return raised.translate(_LOWERED)
