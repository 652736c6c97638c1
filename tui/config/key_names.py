"""What keys are called: by Textual, on the screen, and by a learner who writes them down."""

import unicodedata
from contextlib import suppress
from functools import cache

from engine.text.printable import is_plain

NAMED = {"right": "→", "left": "←", "up": "↑", "down": "↓", "space": "Space", "pagedown": "PgDn", "pageup": "PgUp",
         "home": "Home", "end": "End", "tab": "Tab", "enter": "Enter", "backspace": "Backsp", "insert": "Ins",
         "delete": "Del", "escape": "Esc", "minus": "−", **{f"f{number}": f"F{number}" for number in range(1, 25)}}
_BY_SIGN = {sign.lower(): name for name, sign in NAMED.items()}
_SHORTER = {"solidus": "slash", "reverse_solidus": "backslash", "commercial_at": "at", "hyphen_minus": "minus",
            "plus_sign": "plus", "low_line": "underscore"}  # where Textual's name is not Unicode's
MODIFIERS = ("alt", "ctrl", "shift")  # in Textual's order


def key_name(written: str) -> str:
    """Textual's name of a key that is written as a character, as on the screen or by that name; empty if none is."""
    if len(written) == 1:
        return _BY_SIGN.get(written) or _character_name(written)
    *modifiers, last = written.lower().split("+")
    last = _BY_SIGN.get(last, last)
    is_letter = len(last) == 1 and last.isalnum() and modifiers and "shift" not in modifiers
    if not set(modifiers) <= set(MODIFIERS) or not (last in NAMED or last in _PUNCTUATION or is_letter):
        return ""
    return "+".join([*sorted(set(modifiers)), last])


@cache
def key_sign(name: str) -> str:
    """How a key is written on the screen."""
    *modifiers, last = name.split("+")
    sign = NAMED.get(last) or _PUNCTUATION.get(last) or _character(last)
    return "+".join([*map(str.capitalize, modifiers), sign.upper() if modifiers and len(sign) == 1 else sign])


def writes(name: str) -> bool:
    """Whether a key writes a character where something is typed."""
    return "+" not in name and (name == "space" or name not in NAMED or name == "minus")


def _character_name(character: str) -> str:
    """Textual's name of the key that writes a character; empty for one that a terminal does not print."""
    if character.isalnum():
        return character
    name = unicodedata.name(character, "") if is_plain(character) else ""
    name = name.lower().replace("-", "_").replace(" ", "_")
    return _SHORTER.get(name, name)


def _character(name: str) -> str:
    with suppress(KeyError):
        return unicodedata.lookup(name.replace("_", " ")) if len(name) > 1 else name
    return name


_PUNCTUATION = {_character_name(character): character for character in "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~ "}
