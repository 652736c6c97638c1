"""What the words of lessons say of other epochs, of other settings, and of figures published elsewhere."""

import math
from itertools import pairwise

import pytest

from engine.graph.quantity import Source
from engine.lesson.lesson import load, parse, shipped_lessons
from engine.trace.trace import Trace


def changed(name: str, *changes: tuple[str, str]) -> Trace:
    """A shipped lesson with other words in it."""
    text = shipped_lessons()[name].read_text("utf-8")
    for old, new in changes:
        assert text.count(old) == 1
        text = text.replace(old, new)
    return Trace(parse(text, f"{name}.toml"))


def parameters(trace: Trace, epoch: int) -> dict[str, float]:
    return {name: float(trace.parameter_now(epoch, 0, parameter))
            for name, parameter in trace.lesson.model.parameters.items()}


def gradients(trace: Trace, epoch: int = 1) -> list[float]:
    return [trace.read(epoch, trace.symbols.parameter(parameter, Source.GRADIENT), None)
            for parameter in trace.lesson.order]


def values(trace: Trace, epoch: int, name: str) -> list[float]:
    """All numbers that are called so, in the order in which they appear."""
    entries = (trace.entry(epoch, index) for index in range(trace.script.length))
    return [entry.value for entry in entries if entry.line.name == name]


def right_from(trace: Trace, epochs: int = 60) -> int:
    """The first epoch whose rows are all right."""
    return next(epoch for epoch in range(1, epochs) if trace.rows_right(epoch).all())


def below_from(trace: Trace, loss: float, epochs: int = 160) -> tuple[int, int]:
    """The first epoch with a smaller Loss, and that from which it stays so."""
    met = [trace.epoch(epoch).loss < loss for epoch in range(1, epochs)]
    return met.index(True) + 1, len(met) - met[::-1].index(False) + 1


def test_the_formula_of_micrograd_has_its_published_numbers() -> None:
    """Andrej Karpathy, "The spelled-out intro to neural networks and backpropagation: building micrograd" (2022): L is
    −8, the gradients of a, b, c, f are 6, −4, −2, 4, and a step of 0.01 uphill gives −7.286496.
    """
    trace = Trace(load("chain-rule"))
    assert trace.epoch(1).loss == -8
    assert gradients(trace) == [6, -4, -2, 4]
    a, b, c, f = (trace.lesson.start[name] + 0.01 * slope for name, slope in zip("abcf", gradients(trace), strict=True))
    assert (a * b + c) * f == pytest.approx(-7.286496)
    assert parameters(trace, 2) == pytest.approx({"a": 1.94, "b": -2.96, "c": 10.02, "f": -2.04})
    assert changed("chain-rule", ("a = 2.0\n", "a = 2.01\n")).epoch(1).loss == pytest.approx(-7.94)


def test_a_number_that_is_used_twice_has_both_ways_in_its_gradient() -> None:
    trace = Trace(load("fan-out"))
    assert values(trace, 1, "product of path 1") + values(trace, 1, "product of path 2") == [17.5, -7]
    assert gradients(trace) == [10.5, 14, -7]


def test_softmax_and_cross_entropy_leave_the_error_alone() -> None:
    trace = Trace(load("cross-entropy"), "delta")
    deltas = [values(trace, 1, f"δ{unit}")[0] for unit in (2, 3, 4)]
    scores = [math.exp(Z) for Z in (-0.3, 1.3, 0.95)]
    assert deltas == pytest.approx([e / sum(scores) - y for e, y in zip(scores, (0.7, 0.2, 0.1), strict=True)])
    assert trace.epoch(1000).loss == pytest.approx(-sum(y * math.log(y) for y in (0.7, 0.2, 0.1)))
    assert trace.epoch(5).outputs.round(3).tolist() == [[0.671, 0.198, 0.132]]


def test_three_classes_are_right_only_where_the_true_one_has_more_than_half() -> None:
    trace = Trace(load("softmax"))
    assert [trace.rows_right(epoch).tolist() for epoch in (1, 2, 4)] == [
        [False, True, False], [True, True, False], [True, True, True]]
    assert max(map(abs, gradients(trace))) == gradients(trace)[-1]


def test_one_row_at_a_time_against_all_at_once() -> None:
    one_by_one, at_once = Trace(load("one-at-a-time")), Trace(load("one-neuron"))
    assert (right_from(one_by_one), right_from(at_once)) == (10, 5)
    first_row = [epoch for epoch in range(1, 12) if not one_by_one.rows_right(epoch)[0]]
    assert first_row == [*range(3, 10)]
    assert [round(trace.epoch(10).loss, 5) for trace in (one_by_one, at_once)] == [0.12468, 0.14689]
    for trace, w, b in ((one_by_one, 0.28771, -0.76814), (at_once, 0.44867, -0.28463)):
        after = parameters(trace, 2)
        assert [after["w13"], after["b3"]] == pytest.approx([w, b], abs=5e-6)


def test_the_loss_of_each_batch_is_that_of_its_own_row() -> None:
    trace = Trace(load("one-at-a-time"))
    entries = [trace.entry(1, batch.loss_index) for batch in trace.script.batches]
    assert [entry.right_side() for entry in entries] == [
        f"(y−A3)² = {row}" for row in ("0.05358", "0.40646", "0.40804", "0.12442")]


@pytest.mark.parametrize(("beta", "first", "stays"), [(0.0, 140, 140), (0.5, 69, 69), (0.8, 30, 30), (0.9, 43, 68)])
def test_what_momentum_does(beta: float, first: int, stays: int) -> None:
    assert below_from(changed("momentum", ("beta = 0.8", f"beta = {beta}")), 0.01) == (first, stays)


def test_momentum_overshoots() -> None:
    trace = Trace(load("momentum"))
    assert [values(trace, epoch, "v")[0] < 0 for epoch in (20, 21)] == [True, False]
    assert parameters(trace, 21)["w12"] == pytest.approx(2.14597, abs=5e-6)
    assert changed("momentum", ("beta = 0.8", "beta = 0")).epoch(3).loss == pytest.approx(9.73222, abs=5e-6)


def test_adams_first_step_is_the_rate_whatever_the_gradient() -> None:
    """And it does not mind the sizes: gradient descent diverges with the same rate, and from 0.04 on."""
    trace = Trace(load("adam"))
    assert gradients(trace) == pytest.approx([-32.5, 0.5])
    assert parameters(trace, 2) == pytest.approx({"w13": 0.4, "w23": 0.1})
    assert parameters(trace, 19)["w23"] == pytest.approx(1.239, abs=5e-4)

    def descent(rate: float) -> Trace:
        return changed("adam", ('optimizer = "adam"', ""), ("learning_rate = 0.1", f"learning_rate = {rate}"))
    assert [descent(0.1).epoch(epoch).loss for epoch in (2, 3)] == pytest.approx([169.9, 2729], rel=1e-3)
    assert [descent(rate).epoch(100).loss < 0.01 for rate in (0.03, 0.039, 0.04)] == [True, True, False]
    assert parameters(descent(0.03), 19) == pytest.approx({"w13": 0.971, "w23": 0.642}, abs=5e-4)


def test_weights_come_to_rest_with_decay_alone() -> None:
    decays, grows = Trace(load("weight-decay")), changed("weight-decay", ("weight_decay = 0.02\n", ""))
    assert parameters(decays, 500)["w13"] == pytest.approx(parameters(decays, 5000)["w13"], abs=5e-6)
    assert [parameters(grows, epoch)["w13"] for epoch in (2, 500)] == pytest.approx([1.31893, 7.27562], abs=5e-6)
    assert parameters(grows, 5000)["w13"] > 10
    assert grows.epoch(500).loss == pytest.approx(0.01849, abs=5e-6)


def test_a_step_learns_nothing_but_a_jump_or_another_function_does() -> None:
    trace = Trace(load("step-unit"))
    assert {name: parameters(trace, 300)[name] for name in ("w13", "w23", "b3")} == {"w13": 0.8, "w23": 0.3, "b3": -0.5}
    assert max(int(trace.rows_right(epoch).sum()) for epoch in range(1, 300)) == 3
    assert right_from(changed("step-unit", ("b3 = -0.5", "b3 = -0.9"))) == 4
    assert right_from(changed("step-unit", ('"step"', '"tanh"'))) == 4


def test_a_recurrent_weight_has_a_part_from_each_step() -> None:
    trace = Trace(load("recurrent"))
    second = sum(values(trace, 1, "product of path 1")[:2])  # of w in both rows
    assert trace.lesson.start["w"] - 0.1 * second == pytest.approx(0.23582, abs=5e-6)
    assert parameters(trace, 4) == pytest.approx({"w": -0.20474, "u": -1.05428}, abs=5e-6)


def test_a_kernel_becomes_a_detector_of_rises() -> None:
    trace = Trace(load("convolution"))
    assert parameters(trace, 4) == pytest.approx({"k1": -0.70667, "k2": 0.89693}, abs=5e-6)
    assert parameters(trace, 500) == pytest.approx({"k1": -0.998, "k2": 0.999}, abs=5e-4)
    for inputs, rise in ((trace.lesson.inputs_of(row), trace.lesson.targets_of(row)[0]) for row in (0, 1)):
        assert sum(max(b - a, 0) for a, b in pairwise(inputs)) == pytest.approx(rise)


def test_attention_moves_to_the_value_that_is_wanted() -> None:
    trace = Trace(load("attention"))
    q, k1, k2 = gradients(trace)
    assert k1 == pytest.approx(-k2)
    assert sum(value > 0 for path in range(1, 7) for value in values(trace, 1, f"product of path {path}")[:1]) == 3
    assert [values(trace, epoch, name)[0] for epoch, name in ((1, "a1"), (6, "a1"), (6, "o"))] == pytest.approx(
        [0.327, 0.642, 0.783], abs=5e-4)
    assert parameters(trace, 6)["v1"] == trace.lesson.start["v1"]
    assert q == pytest.approx(0.44669, abs=5e-6)


def test_the_input_moves_and_no_weight_does() -> None:
    trace = Trace(load("gradient-of-the-input"))
    assert [parameter.name for parameter in trace.lesson.order] == ["x1", "x2"]
    assert gradients(trace)[1] / gradients(trace)[0] == pytest.approx(-3.6, abs=0.05)
    after = parameters(trace, 8)
    assert (after["x1"], after["x2"]) == pytest.approx((-0.794, 1.737), abs=5e-4)
    assert {**after, "x1": -1.1, "x2": -0.1} == trace.lesson.start
