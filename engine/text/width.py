"""How many columns a text takes, in a terminal and on a page."""

import unicodedata
from functools import lru_cache


def columns(text: str) -> int:
    """An ideograph is as wide as two letters; a mark stands on the letter before it."""
    return len(text) if text.isascii() else sum(map(_columns, text))


@lru_cache(maxsize=1024)
def _columns(character: str) -> int:
    if unicodedata.combining(character) or unicodedata.category(character) in ("Mn", "Me"):
        return 0
    return 1 + (unicodedata.east_asian_width(character) in "WF")
