"""What can be changed, and what is said of the rest."""

import pytest

from engine.lesson.lesson import load
from engine.trace.what_if import Change, problem_with


@pytest.mark.parametrize(("lesson", "value", "said"), [
    ("saturation-bce", 1.5, "y = 1.5; expected 0 to 1 with bce"), ("saturation-bce", 0.5, ""), ("saturation", 1.5, "")])
def test_a_target_is_one_that_the_loss_takes(lesson: str, value: float, said: str) -> None:
    assert problem_with(Change(1, "y", value, 1), load(lesson)) == said
