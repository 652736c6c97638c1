"""The glyphs of the screen, each with its ASCII form, for terminals whose encoding or font lacks them."""

import unicodedata
from functools import lru_cache

ASCII_FORMS = {
    "∂": "d", "Σ": "Sum", "δ": "delta", "ŷ": "y^", "′": "'", "²": "^2", "½": "1/2",
    "−": "-", "·": "*", "×": "x", "≥": ">=", "≤": "<=", "≠": "!=", "≈": "~", "±": "+-", "…": "...",
    "→": "->", "←": "<-", "↑": "up", "↓": "down", "▸": ">", "•": "@", "█": "#", "░": ".", "¹": "1",
    "─": "-", "│": "|", "┌": "+", "┐": "]", "└": "+", "┘": "]", "├": "+", "┤": "]", "┬": "+", "┴": "+", "┼": "+",
    "═": "=", "║": "#", "╔": "#", "╗": "#", "╚": "#", "╝": "#",
}
NOT_YET, NOT_YET_ASCII = "·", "."  # a number not yet reached; between factors the same dot multiplies
_TABLE = str.maketrans(ASCII_FORMS)


def ascii_form(text: str) -> str:
    """Text in ASCII alone; `?` stands for what has no form here."""
    if text.isascii():
        return text
    text = NOT_YET_ASCII if text == NOT_YET else text.replace(" · ", " - ")
    return text.translate(_TABLE).encode("ascii", "replace").decode("ascii")


@lru_cache(maxsize=4096)
def cells(character: str) -> int:
    """How many cells of a terminal a character takes: 0, 1 or 2."""
    if unicodedata.category(character) in ("Mn", "Me"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in ("W", "F") else 1
