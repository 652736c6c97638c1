"""Which numbers are right: to the digits typed, rounded on the way, by the step of an update; and which are not."""

import pytest

from engine.graph.step import Kind
from engine.trace.trace import Trace
from engine.tutor.tutor import Tutor
from engine.tutor.written_numbers import spread
from lessons import and_trace, graph

TUTOR = Tutor(and_trace())


@pytest.mark.parametrize(("epoch", "index", "answer", "reason"), [
    # three digits or more, and every one that is typed; zeros at the end of decimals may be left out
    (1, 34, "0.012", "exact"), (1, 34, "0.0120", "exact"), (1, 34, "0.01201", "exact"), (1, 34, "0.01200", "rounded"),
    (1, 12, "0.55", "exact"), (1, 12, "0.5500", "wrong"), (1, 31, "-0.401", "wrong"), (1, 31, "-0.40000", "exact"),
    # cut off, of five digits or more: 0.53991488
    (1, 26, "0.539914", "rounded"), (1, 26, "0.539913", "wrong"), (1, 26, "0.539916", "wrong"),
    (1, 19, "0.5938", "wrong"),
    # two digits, and one
    (1, 5, "0.71", "coarse"), (1, 12, "0.5", "coarse"), (1, 34, "0.01", "coarse"), (1, 12, "0.6", "wrong"),
    # the step of an update
    (1, 230, "0.8076", "exact"), (1, 230, "0.808", "exact"), (1, 230, "0.80763", "rounded"), (1, 230, "0.81", "coarse"),
    (1, 230, "0.8038", "wrong"), (1, 230, "0.805", "wrong"), (1, 230, "0.8", "wrong"), (1, 230, "w13", "wrong"),
    (2, 237, "0.89271", "exact"), (2, 237, "0.893", "coarse"), (2, 237, "0.89275", "wrong"),
    (2, 237, "0.89275-0.5*7.13e-5", "exact"), (2, 237, "0.89275 − 0.5·7.13e−5", "exact"),
    # formulas with rounded numbers in
    (1, 1, "max(0,0.3)", "exact"), (1, 30, "0.709*0.291", "exact"), (1, 30, "0.709*(1-0.709)", "exact"),
    (1, 30, "0.71*0.29", "coarse"), (1, 30, "0.71*0.30", "wrong"), (1, 34, "-0.15*0.21*-0.4", "coarse"),
    (1, 34, "0.15*0.21*-0.4", "wrong"), (1, 29, "-(1-0.71)/2", "rounded"), (1, 230, "0.8+0.5*0.015", "coarse"),
    (1, 30, "1-0.71", "wrong"), (1, 5, "tanh(Z5)", "wrong"), (1, 34, "-0.146*0.206*(-0.4)", "exact"),
    (1, 34, "0.146*0.206*(-0.4)", "wrong"),
])
def test_what_is_right(epoch: int, index: int, answer: str, reason: str) -> None:
    verdict = TUTOR.judge(epoch, index, answer)
    is_wrong = verdict.slip is not None and verdict.reason != "coarse"
    assert ("wrong" if is_wrong else verdict.reason) == reason, verdict.message
    is_right_so_far = verdict.message.startswith(("Right so far", "The way is right"))
    assert verdict.correct == (reason in ("exact", "rounded") or is_right_so_far)


def test_one_digit_alone_is_neither_right_nor_wrong() -> None:
    one, two = TUTOR.judge(1, 12, "0.5"), TUTOR.judge(1, 12, "0.54")
    assert (one.correct, one.done, one.is_evidence) == (False, False, False)
    assert "3 significant digits" in one.message
    assert "so far" not in one.message
    assert not two.correct
    assert "so far" in TUTOR.judge(1, 5, "0.71").message


@pytest.mark.parametrize(("value", "answer", "is_right"), [
    (1496, "1500", True), (1496, "1.5e3", True), (1494, "1500", False), (1496, "1500.", False),
    (0.12345, "0.1230", False), (0.12345, "0.123", True), (0.50003, "0.5", True), (0.50003, "0.50000", False),
    (1.115, "1.12", True), (1.115, "1.11", True), (0.99996, "1.0000", True), (0.99996, "1.00000", False),
    (10.4562075, "10.456207", True), (10.4562075, "10.456208", True),
    (1e-18, "0", False), (1e-18, "1e-18", True), (-3e-15, "0e-20", False)])
def test_a_number_is_rounded_to_three_digits_or_more(value: float, answer: str, is_right: bool) -> None:
    tutor = Tutor(Trace(graph(["L = a"], {"a": value})))
    assert (tutor.judge(1, 0, answer).reason == "exact") == is_right


def test_the_old_value_to_the_digits_typed_says_how_many_show_the_step() -> None:
    tutor = Tutor(Trace(graph(["L = a^2"], {"a": 0.5}, more="[training]\nlearning_rate = 0.0001")))
    index = tutor.trace.script.length - 1
    assert tutor.trace.script.step(index).kind is Kind.UPDATE
    for old in ("0.5", "0.500", "0.50"):
        verdict = tutor.judge(1, index, old)
        assert (verdict.reason, verdict.mistakes) == ("mistake", ("not-updated",))
        assert "4 significant digits show the step" in verdict.message
    assert tutor.judge(1, index, "0.4999").reason == "exact"
    assert "w45 as it was" in TUTOR.judge(2, 237, "0.89275").message


@pytest.mark.parametrize(("answer", "mistake"), [
    ("0.89275+0.5*7.13e-5", "ascended"), ("0.89275-7.13e-5", "rate-forgotten"), ("0.89275-0.5*0", "not-updated"),
    ("w45+lr*7.13e-5", "ascended"), ("w45-dLoss/dw45", "rate-forgotten")])
def test_an_old_value_in_a_formula_is_meant_as_it_is(answer: str, mistake: str) -> None:
    assert mistake in TUTOR.judge(2, 237, answer).mistakes


def test_numbers_of_the_screen_are_right_however_badly_they_cancel() -> None:
    tutor = Tutor(Trace(graph(["u = a*a", "L = u - b"], {"a": 0.7071, "b": 0.499987654})))
    entry = tutor.trace.entry(1, 1)
    assert (entry.substitution, entry.value) == ("0.49999 − 0.49999", pytest.approx(2.756e-6))
    assert tutor.judge(1, 1, entry.substitution).reason == "exact"
    assert not tutor.judge(1, 1, "0.49999 - 0.5").correct


def test_all_that_goes_into_a_number_is_pushed_the_same_way() -> None:
    low, high = spread(lambda at: at["a"] - at["b"], {"a": 1.0, "b": 2.0}, {"a": (0.9, 1.1), "b": (1.8, 2.2)})
    assert (low, high) == pytest.approx((-1.3, -0.7))


def test_a_long_sum_is_judged_with_what_its_line_leaves_out() -> None:
    rows = ",\n".join(f"[{0.123456 * row}]" for row in range(1, 1025))
    tutor = Tutor(Trace(graph(["L = a*x^2"], {"a": 0.7}, f'[data]\ninputs = ["x"]\ntargets = []\nrows = [{rows}]')))
    index = tutor.trace.script.batches[0].loss_index
    entry = tutor.trace.entry(1, index)
    assert "…" in entry.substitution
    assert len(entry.line.numbers.whole.quantities) == 1024
    assert tutor.judge(1, index, f"{entry.value * 1.0002:.8g}").reason == "rounded"
    assert tutor.judge(1, index, f"{entry.value * 1.01:.8g}").reason != "rounded"


def test_where_no_number_comes_of_a_rounded_one_it_is_rounded_less() -> None:
    tutor = Tutor(Trace(graph(["L = -ln(1 - a)*b"], {"a": 0.999872, "b": 0.123456})))
    value = tutor.trace.entry(1, 0).value
    assert tutor.judge(1, 0, f"{1.002 * value:.8g}").reason == "rounded"
    assert not tutor.judge(1, 0, f"{1.04 * value:.8g}").correct
