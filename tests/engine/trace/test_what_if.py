"""What can be changed, and what is said of the rest."""

import tracemalloc
from dataclasses import replace

import pytest

from engine.lesson.lesson import load, parse
from engine.trace.trace import Trace
from engine.trace.what_if import Change, branch, problem_with
from lessons import seeded, toml


@pytest.mark.parametrize(("lesson", "value", "said"), [
    ("saturation-bce", 1.5, "y = 1.5; expected 0 to 1 with bce"), ("saturation-bce", 0.5, ""), ("saturation", 1.5, "")])
def test_a_target_is_one_that_the_loss_takes(lesson: str, value: float, said: str) -> None:
    assert problem_with(Change(1, "y", value, 1), load(lesson)) == said


def test_a_share_or_a_rate_that_there_is_not_can_not_be_changed() -> None:
    shares = parse(toml([1, 2], ["softmax"], "cross_entropy", [[1.0, 0.0, 1.0]], 7), "shares.toml")
    assert problem_with(Change(1, "y1", 1.0, 1), shares) == \
        "y1 is a share: a row's targets add up to 1, and one alone can't change"
    untrained = replace(load("and-gate"), learning_rate=0.0)
    assert problem_with(Change(1, "lr", 0.5), untrained) == "nothing is trained here: there is no lr"


def test_all_branches_share_one_budget_of_memory() -> None:
    """However many there are, they keep hardly more numbers than a few do."""
    def kept(changes: int) -> int:
        own = Trace(seeded([2, 32, 1], ["tanh", "sigmoid"], rows=100))
        own.epoch(1)
        tracemalloc.start()
        made = tuple(Change(epoch, "lr", epoch / 10) for epoch in range(2, 2 + changes))
        for count in range(1, changes + 1):
            trace = branch(own, made[:count])
            for epoch in range(1, count + 4):
                trace.epoch(epoch)
        size, _ = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return size
    few, many = kept(2), kept(12)
    assert many < 2 * few
    assert few > 1_000_000  # bytes: so that what is compared is the numbers
