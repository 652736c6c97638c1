"""Formulas as operations on arrays calculate what the calculator does, number by number."""

import math

import numpy as np
import pytest

from engine.graph.compile import operations
from engine.graph.expression import ExpressionError, parse
from engine.graph.functions import functions
from engine.graph.operations import prepare, run

NAMES = {"u": [-1.7, -0.4, 0.0, 0.3, 2.5], "v": [0.2, -3.0, 1.0, 0.5, 4.0], "p": [1.3]}
FORMULAS = ["u", "2.5", "p", "u + v·p", "−u/v − 3", "u^2", "v^(-2)", "(u² + 1)^v", "2^u − u·(v − 1)/p", "p·p",
            "0.1 + 0.2 − 0.3 + 0·u", "u − u", *(f"{name}({of})" for name in functions() for of in ("u", "p"))]


@pytest.mark.parametrize("text", FORMULAS)
def test_an_array_has_the_calculators_numbers(text: str) -> None:
    """Where it has none, because of a division by 0 or a root of −1, the array has no finite one."""
    root, out = parse(text), np.empty(5)
    arrays = {name: np.array(values) for name, values in NAMES.items()}
    run(prepare(operations(root.root, arrays, out, is_by_hand=True)))
    for at, found in enumerate(out):
        try:
            expected = root.compute({name: values[at % len(values)] for name, values in NAMES.items()})
        except ExpressionError:
            assert not math.isfinite(found)
        else:
            assert found == pytest.approx(expected, rel=1e-14, abs=0), at


def test_a_result_may_go_where_a_number_of_the_formula_stands() -> None:
    w, g = np.array([1.0, 2.0]), np.array([10.0, 20.0])
    run(prepare(operations(parse("w − 0.1·g + w·w/w").root, {"w": w, "g": g}, w)))
    assert w == pytest.approx([1.0, 2.0])
