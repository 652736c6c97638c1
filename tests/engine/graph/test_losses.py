"""Losses: derivatives against finite differences, what happens far out, and what they can be used with."""

from itertools import chain

import numpy as np
import pytest

from engine.graph.activations import SIGMOID, SOFTMAX
from engine.graph.losses import BCE, CROSS_ENTROPY, LOSSES, Loss
from engine.graph.numeric import Array
from engine.graph.operations import prepare, run

POINTS = np.array([[-6.0, -1.3, -0.2, 0.1, 0.7, 2.5, 6.0]])
STEP = 1e-6


@pytest.mark.parametrize("loss", [loss for loss in LOSSES.values() if not loss.is_per_row], ids=lambda loss: loss.name)
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


def test_softmax_and_cross_entropy_are_what_finite_differences_say() -> None:
    """Every ∂A/∂Z on a unit's own way, ∂Loss/∂A, and δ, which is all of the paths together."""
    Z, Y = np.array([[0.3, -6.0], [1.2, 2.5], [-0.7, 0.0]]), np.array([[0.0, 0.2], [1.0, 0.5], [0.0, 0.4]])  # by column
    (A, slopes), by_A, delta = SOFTMAX.apply(Z), np.empty_like(Z), np.empty_like(Z)
    run(prepare(chain(CROSS_ENTROPY.slope(Y, A, Z, 2, by_A), CROSS_ENTROPY.delta(Y, A, 2, delta))))
    assert A.sum(axis=0) == pytest.approx(1)
    for unit in range(3):
        move = STEP * (np.arange(3) == unit)[:, None]
        up, down = ((SOFTMAX.apply(Z + by)[0], CROSS_ENTROPY.value(Y.T, A.T, (Z + by).T).T) for by in (move, -move))
        jacobian = (up[0] - down[0]) / (2 * STEP)
        assert slopes[unit] == pytest.approx(jacobian[unit], abs=1e-8)
        assert delta[unit] == pytest.approx((by_A * jacobian).sum(axis=0), abs=1e-8)
        assert delta[unit] == pytest.approx((up[1] - down[1]).sum(axis=0) / (2 * STEP) / 2, abs=1e-8)


def test_cross_entropy_is_safe_when_saturated() -> None:
    Z, Y, out, delta = np.array([[-800.0], [800.0]]), np.array([[1.0], [0.0]]), np.empty((2, 1)), np.empty((2, 1))
    A, slope = SOFTMAX.apply(Z)
    run(prepare(chain(CROSS_ENTROPY.slope(Y, A, Z, 1, out), CROSS_ENTROPY.delta(Y, A, 1, delta))))
    assert CROSS_ENTROPY.value(Y.T, A.T, Z.T).tolist() == [[1600.0, 0.0]]
    assert delta.ravel().tolist() == [-1.0, 1.0]
    assert np.isfinite(out).all()
    assert (out * slope)[0] == pytest.approx(-1, rel=1e-12)


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
    is_any = loss not in (BCE, CROSS_ENTROPY)
    assert [loss.fits_target(y) for y in (-1e9, -0.1, 0, 0.5, 1, 1.1)] == [is_any, is_any, True, True, True, is_any]
