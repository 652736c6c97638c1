"""The glyphs of the screen, each with its ASCII form, for terminals whose encoding or font lacks them."""

import unicodedata
from collections.abc import Callable

from rich.cells import cell_len

BRAILLE = dict.fromkeys(map(chr, range(0x2800, 0x2900)), "*")  # dots, in no font of a console
ASCII_FORMS = {
    "∂": "d", "Σ": "Sum", "δ": "delta", "ŷ": "y^", "′": "'", "²": "^2", "³": "^3", "√": "sqrt", "½": "1/2",
    "−": "-", "·": "*", "×": "x", "≥": ">=", "≤": "<=", "≠": "!=", "≈": "~", "±": "+-", "…": "...",
    "→": "->", "←": "<-", "↑": "up", "↓": "down", "▸": ">", "•": "@", "█": "#", "░": ".", "¹": "1", "\u00a0": " ",
    "α": "alpha", "β": "beta", "ε": "epsilon", "λ": "lambda",
    "─": "-", "│": "|", "┌": "+", "┐": "]", "└": "+", "┘": "]", "├": "+", "┤": "]", "┬": "+", "┴": "+", "┼": "+",
    "═": "=", "║": "#", "╔": "#", "╗": "#", "╚": "#", "╝": "#",
    "▀": '"', "▄": "_", "▒": "+", "▓": "%", **BRAILLE,
}
NOT_YET, NOT_YET_ASCII = "·", "_"  # a number not yet reached; in ASCII a dot alone would be overlooked
NOT_ON_CONSOLES = "".join(["∂Σδŷ′▸¹³√αβελ", *BRAILLE])  # whose fonts lack these, or many of them
_TABLE = str.maketrans(ASCII_FORMS)
_CONSOLE_TABLE = str.maketrans({glyph: ASCII_FORMS[glyph] for glyph in NOT_ON_CONSOLES})

Spelling = Callable[[str], str]  # how a text is shown; `str` is a text as it is


def console_form(text: str) -> str:
    """Text without the glyphs that a Linux console can't show."""
    return text if text.isascii() else text.translate(_CONSOLE_TABLE)


def ascii_form(text: str) -> str:
    """Text in ASCII alone; a letter goes without its marks, and `?` stands for what has no form here."""
    if text.isascii():
        return text
    text = NOT_YET_ASCII if text == NOT_YET else text.replace(" · ", " - ")
    text = text.translate(_TABLE)
    return text if text.isascii() else "".join(map(_plain_form, text))


def widest(text: str) -> int:
    """How many cells a text takes at most, however it is spelled."""
    return max(cell_len(text), len(ascii_form(text)))


def _plain_form(character: str) -> str:
    """The ASCII in a character: `o` for `ö`."""
    if character.isascii():
        return character
    return unicodedata.normalize("NFKD", character).encode("ascii", "ignore").decode("ascii") or "?"


class Signs:
    """How texts are shown, where that can change meanwhile: the terminal becomes another, or the learner wants so."""

    def __init__(self, now: Spelling = str, is_ascii_alone: bool = False,
                 anew: Callable[[], Spelling | None] | None = None) -> None:
        """`is_ascii_alone` where nothing else can be written. `anew` finds out what the terminal has now (None: nobody
        knows); without it the terminal stays the one that it is.
        """
        self.now, self._found, self._is_ascii_alone, self.anew = now, now, is_ascii_alone, anew

    def switch(self) -> str:
        """ASCII in place of the signs, or these again; returns what is to be said."""
        if self._is_ascii_alone:
            return "ASCII alone: nothing else can be written here"
        signs = str if self._found is ascii_form else self._found
        self.now = signs if self.now is ascii_form else ascii_form
        return "ASCII alone" if self.now is ascii_form else "every sign"

    def find(self, found: Spelling) -> bool:
        """What the terminal has; returns whether that is news: else what the learner wants stays."""
        is_news = found is not self._found
        if is_news:
            self.now = self._found = found
        return is_news
