"""An answer as it was read: its value, how exact it is meant, and the name it may repeat."""

import pytest

from engine.graph.expression import parse
from engine.tutor.answer import Answer, is_same, read, without_name


def read_text(text: str) -> Answer:
    return read(parse(text), text, {"x1": 2.0})


@pytest.mark.parametrize(("text", "value", "digits", "tolerance"), [
    ("0.5", 0.5, 1, 0.05), ("0.50", 0.5, 2, 0.005), ("5", 5, 1, 0.5), ("50", 50, 2, 0.5), ("-0.012", -0.012, 2, 5e-4),
    ("0,0120", 0.012, 3, 5e-5), ("+.25", 0.25, 2, 5e-3), ("5e-1", 0.5, 1, 0.05), ("20.6e-2", 0.206, 3, 5e-4),
    ("2.06E+1", 20.6, 3, 0.05), ("0", 0, 0, 0.5), ("0.000", 0, 0, 5e-4)])
def test_a_number_is_meant_as_exactly_as_it_is_typed(text: str, value: float, digits: int, tolerance: float) -> None:
    answer = read_text(text)
    assert (answer.value, answer.digits, answer.text) == (value, digits, text.replace("-", "−"))
    assert answer.tolerance == pytest.approx(tolerance, rel=1e-6)


def test_half_of_the_last_digit_is_within_it() -> None:
    """Although 0.55 − 0.5 is 0.050000000000000044."""
    for typed, exact in ((0.5, 0.55), (0.5, 0.45), (0.3, 0.35)):
        assert abs(exact - typed) <= read_text(str(typed)).tolerance


def test_zero_to_any_power_is_a_number() -> None:
    assert read_text("0e999").value == 0


@pytest.mark.parametrize("text", ["1/3", "2·x1", "(0.5)"])
def test_a_formula_has_no_digits_and_what_it_comes_to_is_said(text: str) -> None:
    answer = read_text(text)
    assert answer.digits is None
    assert answer.text.startswith(f"{text} = ")
    assert answer.tolerance == pytest.approx(1e-4 * answer.value)


def test_the_name_of_what_is_asked_may_be_repeated_and_no_other() -> None:
    assert without_name("Z3 = 0.3", "Z3").strip() == "0.3"
    assert without_name("∂A5/∂Z5=0.2", "∂A5 / ∂Z5") == "0.2"
    assert without_name("∂A5 / ∂Z5 = 0.2", "∂A5/∂Z5").strip() == "0.2"
    for other in ("Z4 = 0.3", "0.3", "0.3 = Z3"):
        assert without_name(other, "Z3") == other


@pytest.mark.parametrize(("text", "name"), [
    ("=0.3", "Z3"), ("= 0.3", "Z3"), ("dLoss/dA5 = 0.3", "∂Loss/∂A5"), ("w13=0.3", "new w13"),
    ("(y-A5)^2 = 0.3", "(y−A5)²"), ("≈ 0.3", "Z3"), ("dloss/da5 ≈ 0.3", "∂Loss/∂A5"), ("z3~0.3", "Z3"),
    ("Z3 ~= 0.3", "Z3"), ("delta3=0.3", "δ3"), ("D3 = 0.3", "δ3"), ("δ3=0.3", "δ3")])
def test_a_name_may_be_written_as_a_keyboard_has_it_or_left_out_before_the_sign(text: str, name: str) -> None:
    assert without_name(text, name).strip() == "0.3"


@pytest.mark.parametrize(("a", "b", "same"), [
    (0.1 + 0.2, 0.3, True), (1e-20, 0.0, True), (0.3, 0.3 + 1e-8, False), (1e-6, 0.0, False), (1e-6, 1.001e-6, False)])
def test_one_number_in_two_ways(a: float, b: float, same: bool) -> None:
    assert is_same(a, b) == is_same(b, a) == same
