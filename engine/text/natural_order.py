"""The order in which people number files: 2 before 10, whatever letters, large or small, stand around the number."""

import re
import unicodedata


def natural_order(name: str) -> tuple[list[str | int], str]:
    """What names are sorted by; of two that only zeros or accents tell apart, the name itself."""
    words = "".join(c for c in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(c))
    return [int(part) if part.isdecimal() else part for part in re.split(r"(\d+)", words)], name
