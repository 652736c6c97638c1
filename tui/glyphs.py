"""The glyphs of the screen, each with its ASCII form, for terminals whose encoding or font lacks them."""

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
