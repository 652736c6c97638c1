"""Activations: derivatives against finite differences, one number against many, and what happens far out."""

import subprocess
import sys

import numpy as np
import pytest

from engine.graph.activations import ACTIVATIONS, SIGMOID, SOFTPLUS, Activation
from engine.graph.expression import parse
from engine.graph.numeric import ZERO
from scalar_autograd import one_number, slope_of_one_number

POINTS = np.array([[-6.0, -1.3, -0.2, 0.1, 0.7, 2.5, 6.0]])
FAR = [-1e308, -800.0, -40.0, 40.0, 800.0, 1e308]
STEP = 1e-6
ALL = pytest.mark.parametrize("f", [f for f in ACTIVATIONS.values() if not f.takes_layer], ids=lambda f: f.name)


@ALL
def test_slopes_are_finite_differences(f: Activation) -> None:
    difference = (f.apply(POINTS + STEP)[0] - f.apply(POINTS - STEP)[0]) / (2 * STEP)
    assert f.apply(POINTS)[1] == pytest.approx(difference, abs=1e-8)


@ALL
def test_a_corner_is_said_to_be_one(f: Activation) -> None:
    """Where a value, or a slope, jumps at 0."""
    before, after = (np.array(f.apply(np.array([z]))) for z in (-1e-9, 1e-9))
    assert f.has_corner == (np.abs(after - before).max() > 1e-3)


@ALL
def test_values_and_slopes_are_those_of_the_independent_calculation(f: Activation) -> None:
    for z in [*np.linspace(-30, 30, 241), 0.0, ZERO, -ZERO, 2 * ZERO, -2 * ZERO]:
        assert f.value(z) == pytest.approx(one_number(f.name, z), rel=1e-12)
        assert f.between[0] <= f.value(z) <= f.between[1]
        assert f.slope(z) == pytest.approx(slope_of_one_number(f.name, z), rel=1e-12, abs=1e-15)


@pytest.mark.parametrize("f", [f for f in ACTIVATIONS.values() if f.spellings], ids=lambda f: f.name)
def test_the_calculator_computes_what_the_passes_do(f: Activation) -> None:
    """By every spelling, with the symbol of its formulas among them."""
    for name in (*f.spellings, f.symbol):
        for z in (*POINTS[0], 0.0, ZERO, 2 * ZERO):
            assert parse(f"{name}(z)").compute({"z": z}) == f.apply(np.array([[z]]))[0]
            assert parse(f"{name}′(z)").compute({"z": z}) == f.apply(np.array([[z]]))[1]


@pytest.mark.parametrize("z", FAR)
@ALL
def test_far_out_all_is_finite(f: Activation, z: float) -> None:
    A, slope = f.apply(np.array([z]))
    assert np.isfinite([A, slope]).all()


def test_relu_has_slope_0_at_0() -> None:
    relu = ACTIVATIONS["relu"]
    assert (relu.slope(0.0), relu.slope(0.1 + 0.2 - 0.3), relu.slope(1e-11)) == (0, 0, 1)
    assert "corner" in relu.why(0.0)


@pytest.mark.parametrize(("z", "A", "slope"), [
    (-800.0, 0.0, 0.0), (-40.0, 4.248354255291589e-18, 4.248354255291589e-18), (0.0, 0.6931471805599453, 0.5),
    (40.0, 40.0, 1.0), (800.0, 800.0, 1.0)])
def test_softplus_keeps_its_digits_far_out(z: float, A: float, slope: float) -> None:
    assert SOFTPLUS.value(z) == pytest.approx(A, rel=1e-14, abs=1e-300)
    assert SOFTPLUS.slope(z) == pytest.approx(slope, rel=1e-14, abs=1e-300)


@pytest.mark.parametrize("z", [-1e308, -3000.0, -400.0, 400.0, 3000.0])
def test_the_sigmoids_derivation_is_finite_far_out(z: float) -> None:
    assert SIGMOID.derivation is not None
    assert np.isfinite([link.value(z) for link in (*SIGMOID.derivation.parts, *SIGMOID.derivation.factors)]).all()
    assert SIGMOID.derivation.value(z) == pytest.approx(0, abs=1e-100)


def test_the_sigmoids_derivation_gives_its_slope() -> None:
    assert SIGMOID.derivation is not None
    derived = [[SIGMOID.derivation.value(z) for z in POINTS[0]]]
    assert SIGMOID.apply(POINTS)[1] == pytest.approx(np.array(derived), rel=1e-12)


@pytest.mark.parametrize("module", ["engine.graph.activations", "engine.graph.expression", "tui.cli.main"])
def test_numpy_waits_until_something_is_computed(module: str) -> None:
    code = f"import sys, {module}; sys.exit('numpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
