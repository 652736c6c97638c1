"""The update of an optimizer with numbers of its own, and of a network with fixed parameters."""

import re

import pytest

from engine.lesson.lesson import Lesson
from engine.trace.cursor import Cursor
from engine.trace.trace import Trace
from engine.walk.actions import SetMode
from engine.walk.transition import act
from engine.walk.walk import Walk
from lessons import family
from tui.view.layout import picture

ADAM = family("adam, batches of 3, fixed")


def walk(lesson: Lesson, nth: int, batch: int = 0) -> Walk:
    """Behind so many numbers of a batch's update."""
    trace = Trace(lesson)
    return Walk(trace, Cursor(1, trace.script.batches[batch].update_index(0, 0) + nth))


def panel(shown: Walk, size: tuple[int, int] = (80, 24)) -> list[str]:
    lines = picture(shown, *size).text().split("\n")
    start = next(y for y, line in enumerate(lines) if line.startswith(("─ Update", "─ Adam")))
    end = next(y for y, line in enumerate(lines) if line.startswith(("─ This number", "─ Your turn")))
    return lines[start:end]


def test_each_moment_is_seen_as_it_appears_with_numbers_in_its_formula() -> None:
    assert panel(walk(ADAM, 4))[:8] == [
        "─ Update, Adam: lr 0.5, β1 0.9, β2 0.999, ε 1e−8, λ 0.01; t = 1 ────────────────",
        "▸ (1) w13   ·         │ ∂Loss/∂w13 −0.02027  m_old 0  s_old 0  w13 0.8",
        "  (2) w23   ·         │       g = −0.02027 + 0.01·0.8 = −0.01227",
        "  (3) w14   ·         │       m = 0.9·0 + (1−0.9)·(−0.01227) = −0.00123",
        "  (4) w24   ·         │       s = 0.999·0 + (1−0.999)·(−0.01227)² = 1.51e−7",
        "  (5) b4    ·         │   m_hat = m/(1−β1^t) = −0.00123/(1−0.9^1) ≈[−0.01227]",
        "  (6) w45   ·         │   s_hat = s/(1−β2^t) = ·",
        "  (7) b5    ·         │ new w13 = w13 − lr·m_hat/(√(s_hat)+ε) = ·"]
    done = panel(walk(ADAM, 7))
    assert done[1].startswith("  (1) w13   1.30000   │")
    assert done[2].startswith("▸ (2) w23   ·         │")
    assert done[-1].strip() == "= fixed, not trained: b3, w35"


def test_what_goes_into_a_moment_is_in_sight_when_it_is_asked_for() -> None:
    asked = panel(act(walk(ADAM, 2, batch=1), SetMode("practise")))
    assert re.search(r"│ ∂Loss/∂w13 0  m_old −0\.00123  s_old 1\.51e−7  w13 1\.3", asked[1])
    assert sum("[?]" in line for line in asked) == 1
    assert "t = 2" in asked[0]


@pytest.mark.parametrize("size", [(60, 20), (80, 23), (120, 40)])
def test_at_every_size_the_numbers_of_the_parameter_in_hand_are_seen(size: tuple[int, int]) -> None:
    text = "\n".join(panel(walk(ADAM, 4), size))
    assert all(re.search(rf"{name} +[=≈]", text) for name in ("g", "m", "s", "m_hat"))
    assert "[−0.0122" in text
    assert "; t = 1 ─" in text


def test_momentum_says_what_the_update_is() -> None:
    momentum = family("one bias a layer, momentum")
    assert panel(walk(momentum, 1))[0].startswith(
        "─ Update: v = β·v_old + ∂Loss/∂w, then new w = w − lr·v; lr is 0.5, β 0.9 ─")
