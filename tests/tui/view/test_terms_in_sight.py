"""What a number that is asked for comes from is in sight, where the table of all rows has no room for it."""

import pytest

from engine.lesson.lesson import load
from engine.trace.cursor import Cursor
from engine.trace.trace import Trace
from engine.walk.actions import Answer, SetMode
from engine.walk.transition import act
from engine.walk.walk import Walk
from tui.view.layout import picture


@pytest.mark.parametrize(("lesson", "at", "terms"), [
    ("two-outputs", 49, "product path 1 −0.02207 product path 2 −0.02638"),
    ("delta", 85, "product path 1 −0.00900 product path 2 0.00273 product path 3 −0.01104 product path 4 0.00149"),
    ("deeper", 69, "∂Loss/∂A7 −0.27739 × ∂A7/∂Z7 0.24700 × ∂Z7/∂A5 1 × ∂A5/∂Z5 1 × ∂Z5/∂A3 −0.5 × ∂A3/∂Z3 0"),
    ("and-gate", 34, ""),
])
def test_what_is_asked_has_in_sight_all_that_it_comes_from(lesson: str, at: int, terms: str) -> None:
    """Below the question, where the table of all rows leaves some of it out; and only there."""
    walk = act(Walk(Trace(load(lesson)), Cursor(1, at)), SetMode("practise all"))
    for height in (23, 24):
        below = " ".join(picture(walk, 80, height).text().partition("Your turn")[2].split())
        assert terms in below
        assert bool(terms) == ("product path 1" in below or "∂Loss/∂A7" in below or "∂A5/∂Z5" in below)


def test_by_hand_that_is_what_the_learner_wrote() -> None:
    walk = act(Walk(Trace(load("two-outputs")), Cursor(1, 42)), SetMode("by hand"))
    for answer in ("1", "2", "3", "4", "5", "6", "0.5"):
        walk = act(walk, Answer(answer))
    assert "product path 1 1   product path 2 0.5" in picture(walk, 80, 24).text()
