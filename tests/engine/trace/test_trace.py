"""Lines with their numbers: formula, substitution and value say the same; any epoch by any way."""

import math
import tracemalloc
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.graph.activations import ACTIVATIONS
from engine.lesson.lesson import Lesson, parse
from engine.text.notation import decimals, number
from engine.trace.trace import Trace
from engine.trace.training import MOST_CHECKPOINTS
from lessons import and_trace, random_lessons, seeded, toml
from scalar_autograd import one_number, slope_of_one_number

NAMES = {"ln": math.log, "E": math.e, "max": max,
         **{f.symbol: partial(one_number, name) for name, f in ACTIVATIONS.items()},
         **{f"{f.symbol}_": partial(slope_of_one_number, name) for name, f in ACTIVATIONS.items()}}


def read(written: str) -> float:
    return float(written.replace("−", "-"))


def calculate(substitution: str) -> float:
    """The value of a substitution, by Python's own arithmetic."""
    text = substitution.replace("−", "-").replace("·", "*").replace("²", "**2").replace("′", "_")
    text = text.replace("e^", "E**").replace("[", "(").replace("]", ")")
    return float(eval(text, {"__builtins__": {}}, NAMES))


@settings(max_examples=60, deadline=None)
@given(random_lessons(most_units=2, most_rows=2))
def test_every_substitution_gives_its_value(lesson: Lesson) -> None:
    """To 16 digits, so that rounding hides nothing."""
    trace = Trace(lesson)
    for index in range(trace.script.length):
        entry = trace.entry(1, index, digits=16)
        if "…" not in entry.substitution:
            assert calculate(entry.substitution) == pytest.approx(entry.value, rel=1e-9, abs=1e-12), entry


@settings(max_examples=60, deadline=None)
@given(random_lessons(most_units=2, most_rows=3), st.integers(5, 7))
def test_the_last_sign_says_whether_the_shown_numbers_give_the_shown_value(lesson: Lesson, digits: int) -> None:
    trace = Trace(lesson)
    for index in range(trace.script.length):
        entry = trace.entry(1, index, digits)
        shown = number(entry.value, digits)
        if "…" in entry.substitution:
            assert entry.sign(digits) == "="
            continue
        try:
            half = 10.0 ** -decimals(shown, digits) / 2
            is_equal = abs(calculate(entry.substitution) - float(read(shown))) <= half * (1 + 1e-6)
        except (ValueError, ZeroDivisionError):  # ln(1−1), where 1 is rounded
            is_equal = False
        assert entry.sign(digits) == ("=" if is_equal else "≈"), (entry.substitution, shown)
        assert entry.right_side(digits).endswith(shown)


def test_a_sum_of_many_rows_is_not_checked_and_one_that_a_pair_of_numbers_gives_is() -> None:
    trace = Trace(seeded([1, 1], ["leaky_relu"], rows=9))
    assert "…" in trace.entry(1, trace.script.batches[0].forward_end - 1).substitution
    assert trace.entry(1, trace.script.batches[0].forward_end - 1).sign() == "="
    signs = [and_trace().entry(1, index).sign() for index in range(239)]
    assert [index for index, sign in enumerate(signs) if sign == "≈"] == [6, 13, 20, 27, 53, 128, 178]
    assert [index for index in range(239) if and_trace().is_first_rounded(index, 5)] == [6]


@pytest.mark.parametrize("index", [231, 232, 234, 238])
def test_half_a_last_digit_up_or_down_is_equal(index: int) -> None:
    """0.7 − 0.5·0.03421 is 0.682895, and 0.68290 as right as 0.68289: no binary fraction decides."""
    entry = and_trace().entry(1, index)
    assert abs(calculate(entry.substitution) - float(read(number(entry.value)))) == pytest.approx(5e-6, rel=1e-6)
    assert entry.sign() == "="


def test_the_and_lessons_first_chain_as_the_notes_write_it() -> None:
    trace = and_trace()
    entries = [trace.entry(1, index) for index in range(29, 35)]
    assert [(e.line.name, e.line.formula, e.substitution) for e in entries] == [
        ("∂Loss/∂A5", "−(y−A5)/2", "−(1−0.70889)/2"),
        ("∂A5/∂Z5", "sig(Z5)[1−sig(Z5)]", "0.70889·(1−0.70889)"),
        ("∂Z5/∂A3", "w35", "−0.4"),
        ("∂A3/∂Z3", "ReLU′(Z3)", "ReLU′(0.3)"),
        ("∂Z3/∂w13", "x1", "1"),
        ("product", "∂Loss/∂A5·∂A5/∂Z5·∂Z5/∂A3·∂A3/∂Z3·∂Z3/∂w13", "−0.14555·0.20636·(−0.4)·1·1"),
    ]


def test_the_right_forms_where_the_notes_slip() -> None:
    """(6) begins with ∂Loss/∂A5, not ∂Loss/∂A3; (9) is about b5, A5 and Z5."""
    chains = and_trace().chains
    names = {place + 1: [factor.name for factor in chains.paths(place)[0]] for place in (5, 8)}
    assert names[6] == ["∂Loss/∂A5", "∂A5/∂Z5", "∂Z5/∂A4", "∂A4/∂Z4", "∂Z4/∂b4"]
    assert names[9] == ["∂Loss/∂A5", "∂A5/∂Z5", "∂Z5/∂b5"]


def test_the_designs_figures() -> None:
    trace = and_trace()
    assert trace.epoch(1).loss == pytest.approx(0.257814, abs=5e-7)
    assert trace.entry(1, 53).value == pytest.approx(-0.01520, abs=5e-6)
    products = [trace.entry(1, 29 + 6 * row + 5).value for row in range(4)]
    assert products == pytest.approx([0.01201, -0.02722, 0, 0], abs=5e-6)
    assert [bool(trace.lesson.is_right(trace.epoch(epoch).outputs).all()) for epoch in (1, 2, 3, 4)] == [
        False, False, False, True]


def test_the_and_lesson_is_well_chosen() -> None:
    """All values and all gradients differ, and each ReLU is off in exactly one row."""
    trace = and_trace()
    entries = [trace.entry(1, index) for index in range(trace.script.length)]
    assert len(set(trace.lesson.start.values())) == 9
    assert len({entry.value for entry in entries if entry.step.kind.value == "gradient"}) == 9
    for unit in ("A3", "A4"):
        assert [entry.value for entry in entries if entry.line.name == unit].count(0.0) == 1


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(1, 3000), min_size=1, max_size=12))
def test_an_epoch_is_the_same_however_it_is_reached(epochs: list[int]) -> None:
    wanderer = Trace(seeded([2, 2, 1], ["tanh", "sigmoid"]))
    for epoch in epochs:
        wanderer.epoch(epoch)
    direct = Trace(wanderer.lesson)
    assert wanderer.epoch(epochs[0]).loss == direct.epoch(epochs[0]).loss
    found, expected = (trace.epoch(epochs[0]).batches[0].arrays for trace in (wanderer, direct))
    for source, arrays in found.items():
        for layer, (mine, its) in enumerate(zip(arrays, expected[source], strict=True)):
            assert layer == 0 or (mine == its).all()


def test_far_epochs_keep_memory_flat() -> None:
    trace = and_trace()
    trace.epoch(2000)
    tracemalloc.start()
    trace.epoch(30_000)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 1_000_000
    assert len(trace.history._training._checkpoints) <= MOST_CHECKPOINTS
    assert trace.epoch(29_999).number == 29_999


def test_a_network_that_diverges_ends_in_numbers_that_are_not_finite_without_a_warning() -> None:
    lesson = seeded([2, 3, 1], ["relu", "linear"])
    object.__setattr__(lesson, "learning_rate", 1e200)
    trace = Trace(lesson)
    assert not math.isfinite(trace.epoch(9).loss)
    assert trace.entry(9, 0).substitution


def test_the_largest_network_opens() -> None:
    """8 hidden layers of 64 units, 64 inputs and outputs: too many paths to write out, so δ stands for them."""
    trace = Trace(seeded([64] * 10, ["tanh"] * 8 + ["sigmoid"], rows=2))
    last = trace.script.batches[0].backward_end - 1
    assert trace.entry(1, last).line.name.startswith("∂Loss/∂")
    assert not trace.chains.by_paths
    assert [factor.name for factor in trace.chains.paths(0)[0]] == ["∂Loss/∂Z65", "∂Z65/∂w1,65"]


@pytest.mark.parametrize(("loss", "name", "why"), [
    ("mse", "(y1−A3)²", "The mean of 4 squared errors."),
    ("half_mse", "(y1−A3)²/2", "The mean of 4 halves of squared errors."),
    ("half_sse", "(y1−A3)²/2", "The sum of 4 halves of squared errors: no mean is taken."),
    ("bce", "row's loss", "The mean of 4 terms.")])
def test_a_loss_says_what_its_terms_are(loss: str, name: str, why: str) -> None:
    trace = Trace(seeded([2, 1], ["sigmoid"], loss=loss))
    end = trace.script.batches[0].forward_end - 1
    assert (trace.entry(1, end - 1).line.name, trace.entry(1, end).why) == (name, why)


def test_what_is_0_but_for_rounding_is_0_in_every_number() -> None:
    """By hand 0.1·123.4 − 12.34 is 0; in double precision it is not, and by more than 0.1 + 0.2 − 0.3 is."""
    assert 0.1 * 123.4 - 12.34 > 1e-15
    trace = Trace(parse(toml([1, 1], ["relu"], "mse", [[123.4, 1.0]], {"w12": 0.1, "b2": -12.34}), "zero.toml"))
    Z, A, slope = (trace.entry(1, index) for index in (0, 1, trace.script.batches[0].start_of(0) + 1))
    assert (Z.value, A.value, slope.value) == (0, 0, 0)
    assert slope.why.startswith("Z2 is 0, the corner of ReLU")
