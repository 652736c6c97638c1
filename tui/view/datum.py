"""Inputs and targets as the panels write them, and how much room their columns take."""

from collections.abc import Sequence
from functools import lru_cache

from rich.cells import cell_len as cells

from engine.lesson.lesson import Lesson
from engine.text.notation import fit_number

SIGN_AND_POINT = 3  # and the figure before it: what a number below 10 takes beside its decimals
WIDEST_NAME = 7  # of a column of data


def datum(value: float, digits: int) -> str:
    """An input or a target, in no more room than any number below 10 takes."""
    return fit_number(value, digits + SIGN_AND_POINT, digits)


@lru_cache(maxsize=4)
def datum_widths(lesson: Lesson, digits: int) -> tuple[list[int], list[int]]:
    """Of the inputs' and of the targets' columns: name or widest number. Kept, since a lesson may have many rows."""
    def width(name: str, values: Sequence[float]) -> int:
        return max(min(cells(name), WIDEST_NAME), *(len(datum(value, digits)) for value in values))
    widths = [width(name, values) for name, values in
              zip([*lesson.inputs, *lesson.targets], zip(*lesson.table, strict=True), strict=True)]
    return widths[:len(lesson.inputs)], widths[len(lesson.inputs):]
