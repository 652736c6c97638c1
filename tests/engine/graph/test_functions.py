"""Activations and losses: derivatives against finite differences, and what happens far out."""

import numpy as np
import pytest

from engine.graph.functions import ACTIVATIONS, BCE, LOSSES, SIGMOID, Activation, Array, Loss, apply, prepare, run

POINTS = np.array([[-6.0, -1.3, -0.2, 0.1, 0.7, 2.5, 6.0]])
STEP = 1e-6


def value(f: Activation, Z: Array) -> Array:
    return apply(f, Z)[0]


def slope(f: Activation, Z: Array) -> Array:
    return apply(f, Z)[1]


@pytest.mark.parametrize("f", ACTIVATIONS.values(), ids=lambda f: f.name)
def test_slopes_are_finite_differences(f: Activation) -> None:
    difference = (value(f, POINTS + STEP) - value(f, POINTS - STEP)) / (2 * STEP)
    assert slope(f, POINTS) == pytest.approx(difference, abs=1e-8)


@pytest.mark.parametrize("loss", LOSSES.values(), ids=lambda loss: loss.name)
@pytest.mark.parametrize("y", [0.0, 0.3, 1.0])
def test_loss_slopes_are_finite_differences(loss: Loss, y: float) -> None:
    """∂Loss/∂A · ∂A/∂Z against the difference in Z, so that bce may be taken from Z."""
    Y, out = np.full_like(POINTS, y), np.empty_like(POINTS)

    def mean(Z: Array) -> Array:
        return loss.value(Y, value(SIGMOID, Z), Z) / Y.size
    run(prepare(loss.slope(Y, value(SIGMOID, POINTS), POINTS, Y.size, out)))
    difference = (mean(POINTS + STEP) - mean(POINTS - STEP)) / (2 * STEP)
    assert out * slope(SIGMOID, POINTS) == pytest.approx(difference, abs=1e-8)


def test_relu_has_slope_0_at_0() -> None:
    assert slope(ACTIVATIONS["relu"], np.zeros((1, 1))) == 0
    assert "corner" in ACTIVATIONS["relu"].why(0.0)


@pytest.mark.parametrize("z", [-800.0, -40.0, 40.0, 800.0])
@pytest.mark.parametrize("y", [0.0, 1.0])
def test_bce_is_safe_when_saturated(z: float, y: float) -> None:
    """Loss and δ = A − y stay finite and right where A is 0 or 1 to the last digit."""
    Z, Y, out = np.array([[z]]), np.array([[y]]), np.empty((1, 1))
    run(prepare(BCE.slope(Y, value(SIGMOID, Z), Z, 1, out)))
    assert out * slope(SIGMOID, Z) == pytest.approx((1.0 if z > 0 else 0.0) - y, abs=1e-12)
    assert BCE.value(Y, value(SIGMOID, Z), Z) == pytest.approx(abs(z) if (z > 0) != (y == 1) else 0.0, abs=1e-12)


@pytest.mark.parametrize("z", [-1e308, -3000.0, -400.0, 400.0, 3000.0])
def test_the_sigmoids_derivation_is_finite_far_out(z: float) -> None:
    assert SIGMOID.derivation is not None
    assert np.isfinite([link.value(z) for link in (*SIGMOID.derivation.parts, *SIGMOID.derivation.factors)]).all()
    assert SIGMOID.derivation.value(z) == pytest.approx(0, abs=1e-100)


def test_the_sigmoids_derivation_gives_its_slope() -> None:
    assert SIGMOID.derivation is not None
    derived = [[SIGMOID.derivation.value(z) for z in POINTS[0]]]
    assert slope(SIGMOID, POINTS) == pytest.approx(np.array(derived), rel=1e-12)


@pytest.mark.parametrize(("count", "formula"), [
    (1, "−2·({y}−{A})"), (2, "−({y}−{A})"), (3, "−2·({y}−{A})/3"), (4, "−({y}−{A})/2"), (6, "−({y}−{A})/3")])
def test_the_loss_slopes_formula_is_reduced(count: int, formula: str) -> None:
    assert LOSSES["mse"].slope_formula(count) == formula
