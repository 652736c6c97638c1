"""Lines that fit a page: longer ones are folded where a person would, and go on further in."""

import re
from collections.abc import Callable, Iterator
from itertools import accumulate

from engine.text.width import columns

PAGE = 80
MOST_SEEN = 4 * PAGE  # characters of a text at once; some take no column
LEAST_FILLED = 3  # a line is folded behind its first third, or it would be ragged

Measure = Callable[[str], int]  # how many columns a text takes; a text's are those of its characters
Folds = tuple[re.Pattern[str], ...]  # where a line may be folded, the best places first

IN_WORDS: Folds = (re.compile(r"(?<=\S)(?= )"),)
IN_LISTS: Folds = (re.compile(r"(?<=[,;:])(?= )"), *IN_WORDS)
IN_EQUATIONS: Folds = (re.compile(r"(?<=\S)(?= [=≈] )"), re.compile(r"(?<=[^\s=≈+−])(?= )"), re.compile(r"(?<=·)"))


def fold(text: str, folds: Folds, indent: int = 0, hang: int = 0, measure: Measure = columns) -> Iterator[str]:
    """The lines of a text, the first moved in by `indent`, the others by `hang` more. Nothing is left out but spaces
    where it is folded.
    """
    margin = " " * indent
    while len(text) > MOST_SEEN or measure(text) > PAGE - len(margin):
        end = _last_fold(text[:MOST_SEEN], folds, PAGE - len(margin), measure)
        yield margin + text[:end]
        text, margin = text[end:].lstrip(), " " * (indent + hang)
    yield margin + text


def _last_fold(text: str, folds: Folds, room: int, measure: Measure) -> int:
    """Where a text that is longer than the room is folded: at the best kind of place, as late as it goes; if there is
    none, where the room ends.
    """
    widths = [0, *accumulate(map(measure, text))]
    for places in folds:
        fitting = [place.start() for place in places.finditer(text) if widths[place.start()] <= room]
        if fitting and widths[fitting[-1]] * LEAST_FILLED >= room:
            return fitting[-1]
    return max(1, sum(width <= room for width in widths) - 1)
