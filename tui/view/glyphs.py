"""The glyphs of the screen, each with its ASCII form, for terminals whose encoding or font lacks them."""

from collections.abc import Callable

ASCII_FORMS = {
    "∂": "d", "Σ": "Sum", "δ": "delta", "ŷ": "y^", "′": "'", "²": "^2", "½": "1/2",
    "−": "-", "·": "*", "×": "x", "≥": ">=", "≤": "<=", "≠": "!=", "≈": "~", "±": "+-", "…": "...",
    "→": "->", "←": "<-", "↑": "up", "↓": "down", "▸": ">", "•": "@", "█": "#", "░": ".", "¹": "1", "\u00a0": " ",
    "─": "-", "│": "|", "┌": "+", "┐": "]", "└": "+", "┘": "]", "├": "+", "┤": "]", "┬": "+", "┴": "+", "┼": "+",
    "═": "=", "║": "#", "╔": "#", "╗": "#", "╚": "#", "╝": "#",
}
NOT_YET, NOT_YET_ASCII = "·", "_"  # a number not yet reached; in ASCII a dot alone is what is left of a `...`
NOT_ON_CONSOLES = "∂Σδŷ′▸¹"  # glyphs that the fonts of the Linux console lack, or many of them
_TABLE = str.maketrans(ASCII_FORMS)
_CONSOLE_TABLE = str.maketrans({glyph: ASCII_FORMS[glyph] for glyph in NOT_ON_CONSOLES})

Spelling = Callable[[str], str]  # how a text is shown; `str` is a text as it is


def console_form(text: str) -> str:
    """Text without the glyphs that a Linux console can't show."""
    return text if text.isascii() else text.translate(_CONSOLE_TABLE)


def ascii_form(text: str) -> str:
    """Text in ASCII alone; `?` stands for what has no form here."""
    if text.isascii():
        return text
    text = NOT_YET_ASCII if text == NOT_YET else text.replace(" · ", " - ")
    return text.translate(_TABLE).encode("ascii", "replace").decode("ascii")
