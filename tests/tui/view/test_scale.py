"""The scale of an axis."""

import pytest

from tui.view.scale import ticks


@pytest.mark.parametrize(("low", "high", "most", "expected"), [
    (-0.5, 1.5, 5, [-0.5, 0, 0.5, 1, 1.5]), (-0.5, 1.5, 4, [0, 1]), (3e-9, 5e-9, 1, [4e-9]),
    (7.2, 7.4, 3, [7.2, 7.3, 7.4]),
])
def test_figures_of_an_axis_are_round(low: float, high: float, most: int, expected: list[float]) -> None:
    assert ticks(low, high, most) == pytest.approx(expected)
