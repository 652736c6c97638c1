import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.text.notation import ALL_DIGITS, align_point, fit_number, number


@pytest.mark.parametrize(("value", "text"), [
    (0.8, "0.8"), (-0.4, "−0.4"), (1.0, "1"), (0.0, "0"), (-0.0, "0"), (0.1 + 0.2, "0.3"), (0.49999999, "0.50000"),
    (0.70889017, "0.70889"), (-0.0152036, "−0.01520"), (12.345678, "12.3457"), (-1234.5, "−1234.5"),
    (1.23e-9, "1.23e−9"), (-4.5678e12, "−4.57e12"), (math.inf, "inf"), (-math.inf, "−inf"), (math.nan, "nan"),
    (0.0001, "0.0001"), (0.00009, "0.00009"), (0.000219, "2.19e−4"), (0.0012345, "0.00123"), (100000.0, "100000"),
])
def test_number(value: float, text: str) -> None:
    assert number(value) == text


@pytest.mark.parametrize(("value", "text"), [
    (0.1 + 0.2, "0.30000000000000004"), (-0.14555491371694007, "−0.14555491371694007"), (1.0, "1"), (-0.0, "0"),
    (-1.2345678901234567e-38, "−1.2345678901234567e−38"), (1e22, "1e22"), (math.nan, "nan"),
])
def test_all_digits_of_a_number(value: float, text: str) -> None:
    assert number(value, ALL_DIGITS) == text


@given(st.floats(-1e300, 1e300))
def test_a_written_number_is_near_the_true_one(value: float) -> None:
    read = float(number(value).replace("−", "-"))
    assert math.isclose(read, value, rel_tol=0.06, abs_tol=0.0) or abs(read - value) <= 0.5e-5


@given(st.floats(allow_nan=False, allow_infinity=False), st.integers(6, 12))
def test_fitted_numbers_fit(value: float, width: int) -> None:
    text = fit_number(value, width)
    assert len(text) <= width
    assert "#" not in text or width < 9


def test_pointed_puts_points_below_each_other() -> None:
    assert [align_point(text, 3).index(".") for text in ("0.5", "−0.5", "12.25")] == [3, 3, 3]
    assert align_point("1", 3) == "  1"
    assert align_point("1.23e−9", 2) == " 1.23e−9"
