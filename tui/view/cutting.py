"""Where a text may be cut: neither within a number nor within a term."""

import re

PIECE = r"[−-]?[\w.]*\d[\w.]*(?:(?<=\de)[−-]\d+)?(?:,\d+)?|."  # a number, or a name with one; else a character
OPERATOR = re.compile(r"[-−+=×] ")  # with a term before it and one behind


def whole_terms(text: str, left: str, right: str) -> tuple[str, str]:
    """Both ends of a text without the half terms at the cut; the operator stays there that a term begins or ends with.
    """
    left, right = re.sub(r"[^ ·*]+$", "", left), re.sub(r"^[^ ·*]+", "", right)
    if OPERATOR.match(text, len(left)):  # which would be cut away behind its term
        left = re.sub(r"[^ ·*]+ $", "", left)
    if OPERATOR.match(text, len(text) - len(right) - 1):
        right = re.sub(r"^ [^ ·*]+", "", right)
    return left, right


def places_to_cut(text: str) -> list[int]:
    """Where a text may be cut so that no number is: what is left of one would be another."""
    return [0, *(piece.end() for piece in re.finditer(PIECE, text, re.DOTALL))]
