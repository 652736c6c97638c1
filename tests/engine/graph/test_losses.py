"""Losses: derivatives against finite differences, what happens far out, and what they can be used with."""

import numpy as np
import pytest

from engine.graph.activations import SIGMOID
from engine.graph.losses import BCE, LOSSES, Loss
from engine.graph.numeric import Array
from engine.graph.operations import prepare, run

POINTS = np.array([[-6.0, -1.3, -0.2, 0.1, 0.7, 2.5, 6.0]])
STEP = 1e-6


@pytest.mark.parametrize("loss", LOSSES.values(), ids=lambda loss: loss.name)
@pytest.mark.parametrize("y", [0.0, 0.3, 1.0])
def test_slopes_are_finite_differences(loss: Loss, y: float) -> None:
    """∂Loss/∂A · ∂A/∂Z against the difference in Z, so that bce may be taken from Z."""
    Y, out = np.full_like(POINTS, y), np.empty_like(POINTS)

    def mean(Z: Array) -> Array:
        return loss.value(Y, SIGMOID.apply(Z)[0], Z) / Y.size
    A, slope = SIGMOID.apply(POINTS)
    run(prepare(loss.slope(Y, A, POINTS, Y.size, out)))
    difference = (mean(POINTS + STEP) - mean(POINTS - STEP)) / (2 * STEP)
    assert out * slope == pytest.approx(difference, abs=1e-8)


@pytest.mark.parametrize("z", [-800.0, -40.0, 40.0, 800.0])
@pytest.mark.parametrize("y", [0.0, 1.0])
def test_bce_is_safe_when_saturated(z: float, y: float) -> None:
    """Loss and δ = A − y stay finite and right where A is 0 or 1 to the last digit."""
    Z, Y, out = np.array([[z]]), np.array([[y]]), np.empty((1, 1))
    A, slope = SIGMOID.apply(Z)
    run(prepare(BCE.slope(Y, A, Z, 1, out)))
    assert out * slope == pytest.approx((1.0 if z > 0 else 0.0) - y, abs=1e-12)
    assert BCE.value(Y, A, Z) == pytest.approx(abs(z) if (z > 0) != (y == 1) else 0.0, abs=1e-12)


@pytest.mark.parametrize(("count", "formula"), [
    (1, "−2·({y}−{A})"), (2, "−({y}−{A})"), (3, "−2·({y}−{A})/3"), (4, "−({y}−{A})/2"), (6, "−({y}−{A})/3")])
def test_the_slopes_formula_is_reduced(count: int, formula: str) -> None:
    assert LOSSES["mse"].slope_formula(count) == formula


@pytest.mark.parametrize("loss", LOSSES.values(), ids=lambda loss: loss.name)
def test_which_targets_it_takes(loss: Loss) -> None:
    is_any = loss is not BCE
    assert [loss.fits_target(y) for y in (-1e9, -0.1, 0, 0.5, 1, 1.1)] == [is_any, is_any, True, True, True, is_any]
