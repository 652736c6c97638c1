"""Lessons of every shape on the screen: nothing stands on anything else, nothing is drawn outside.

`python tests/benchmarks/endurance.py` walks further.
"""

import hostile_lessons
import pytest
from families import any_family
from walks import walk

from engine.walk.walk import Walk
from tui.view.layout import picture


@pytest.mark.parametrize("seed", range(8))
def test_a_random_walk_through_a_random_lesson(seed: int) -> None:
    assert walk(seed, 40) == []


@pytest.mark.parametrize("seed", [131, 238, *range(4)])  # the first two have a name of an output with little room
def test_a_random_walk_through_a_lesson_of_any_family(seed: int) -> None:
    assert walk(seed, 30, any_family) == []


def test_numbers_with_the_longest_exponents_stay_inside() -> None:
    """A network too large to draw, whose weights have come to some e272."""
    assert walk(7003, 300) == []


def draw(walk: Walk) -> str:
    return picture(walk, 80, 24).text()


@pytest.mark.parametrize("name", hostile_lessons.BY_HAND)
def test_a_hostile_lesson_is_drawn_harmlessly(name: str) -> None:
    assert hostile_lessons.tried(hostile_lessons.BY_HAND[name], draw) in ("refused", "plays")


def test_hostile_lessons_are_drawn_harmlessly() -> None:
    assert {hostile_lessons.tried(text, draw) for text in hostile_lessons.mutations(3, 500)} == {"refused", "plays"}
