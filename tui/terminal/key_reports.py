"""What terminals report, as Textual's parser takes it; nothing where it means nothing, or would end the parser.

Keys are reported in kitty's way (https://sw.kovidgoyal.net/kitty/keyboard-protocol), which is asked for, or in xterm's:
`CSI code[:shifted[:base]];modifiers[:event];text u`, where each but the code may be missing.
"""

import re
import sys
from typing import NamedTuple

SHIFT, ALT, LOCKS = 1, 2, 64 | 128  # modifiers
MOST_MODIFIERS, PRESSED, HELD, RELEASED = 256, 1, 2, 3
KEYPAD = {57399 + k: character for k, character in enumerate("0123456789./*-+")} | {57415: "=", 57416: ","}
APPLICATION_KEYPAD = {"\x1bOl": ",", "\x1bOX": "="}  # what Textual does not know of it
NAMED = (9, 13, 27, 127)  # tab, enter, escape, backspace
FUNCTIONAL, KNOWN_FUNCTIONAL = range(57344, 63744), range(57358, 57455)  # code points that stand for keys

_KEY = re.compile(r"\x1b\[([\d:]*)(?:;([\d:]*))?(?:;([\d:]*))?([u~ABCDEFHPQRS])", re.ASCII)
_REPORTS = re.compile(r"""\x1b\[(
    \d{1,4};\d{1,4}R                 # where the cursor is
    | <\d{1,3};\d{1,4};\d{1,4}[Mm]   # the mouse
    | \?2026;[0-4]\$y                # whether updates can be shown at once
    )""", re.ASCII | re.VERBOSE)
_OLDER_KEYS = re.compile(r"\x1b(\[\[?[\d;]{0,16}[A-Za-su-z~^$@]|O[\d;]{0,8}[A-Za-z])", re.ASCII)  # `t` tells a size


class _Key(NamedTuple):
    code: int
    shifted: str  # what it writes with shift, where that is told
    modifiers: int
    is_released: bool
    text: str
    end: str


def translate_report(unit: str) -> str:
    """What Textual's parser is to be given for a unit: a sequence that it knows, or characters, or nothing."""
    if len(unit) < 3 or _REPORTS.fullmatch(unit):
        return unit
    if (match := _KEY.fullmatch(unit)) and len(unit) > 3:
        try:
            return _report_of(_read(match))
        except ValueError:  # a number out of bounds
            return ""
    return APPLICATION_KEYPAD.get(unit, unit) if _OLDER_KEYS.fullmatch(unit) else ""


def _read(match: re.Match[str]) -> _Key:
    """The parts of a report. Raises ValueError."""
    codes, modifiers, text, end = match.groups("")
    code, shifted = [*codes.split(":"), ""][:2]
    modifiers, event = [*modifiers.split(":"), ""][:2]
    if end == "~" and code == "27" and text:  # xterm's modifyOtherKeys
        code, shifted, text, end = text, text, "", "u"
    if not 1 <= int(modifiers or 1) <= MOST_MODIFIERS or int(event or PRESSED) not in (PRESSED, HELD, RELEASED):
        raise ValueError
    return _Key(_code_point(code or "1"), shifted and _character_of(shifted), int(modifiers or 1) - 1,
                event == str(RELEASED), "".join(map(_character_of, text.split(":") if text else ())), end)


def _code_point(number: str) -> int:
    """Raises ValueError where Unicode has none such."""
    if (code := int(number)) > sys.maxunicode:
        raise ValueError
    return code


def _character_of(number: str) -> str:
    """The character of a code point; nothing for one that is not printed. Raises ValueError."""
    return character if (character := chr(_code_point(number))).isprintable() else ""


def _report_of(key: _Key) -> str:
    if key.is_released:
        return ""
    report = f"\x1b[{key.code};{key.modifiers + 1}{key.end}" if key.modifiers else f"\x1b[{key.code}{key.end}"
    if key.end != "u":
        return report
    if not key.modifiers & ~(SHIFT | ALT | LOCKS) and key.text:  # alt writes, too, where a keyboard has it so
        return key.text
    if not key.modifiers & ~(SHIFT | LOCKS) and (written := _text_of(key)):
        return written
    is_key = key.code in NAMED or key.code in KNOWN_FUNCTIONAL
    return report if is_key or _writes(key.code) else ""


def _text_of(key: _Key) -> str:
    """What a key writes whose text is not told, where that can be known."""
    if key.code in KEYPAD:
        return KEYPAD[key.code]
    if not _writes(key.code):
        return ""
    if key.modifiers & SHIFT:
        return key.shifted or (chr(key.code).upper() if chr(key.code).isalpha() else "")
    return chr(key.code)


def _writes(code: int) -> bool:
    return chr(code).isprintable() and code not in FUNCTIONAL
