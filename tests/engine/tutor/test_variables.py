"""What the names in the catalogue stand for, by hand: the simulated learners read them from the same place."""

import math

import pytest

from engine.graph.step import Kind
from engine.lesson.lesson import load
from engine.trace.trace import Trace
from engine.tutor.tutor import Tutor
from engine.tutor.variables import VariableReader
from lessons import and_trace, seeded

AND = and_trace()


def roles(trace: Trace, index: int) -> dict[str, list[tuple[float, str]]]:
    found = VariableReader(trace, 1).variables(trace.entry(1, index))
    return {name: [(pytest.approx(each.value), each.which) for each in alternatives]
            for name, alternatives in found.items()}


def index_of(trace: Trace, kind: Kind, name: str, path: int | None = None) -> int:
    """The first step of a kind and a name, and of a path if several have it."""
    return next(index for index in range(trace.script.length) if trace.script.step(index).kind is kind
                and trace.entry(1, index).line.name == name and path in (None, trace.script.step(index).path))


@pytest.mark.parametrize(("loss", "n", "d", "half"), [
    ("mse", 4, 4, 1), ("half_mse", 4, 4, 0.5), ("sse", 4, 1, 1), ("half_sse", 4, 1, 0.5), ("bce", 4, 4, 1)])
def test_what_a_loss_divides_by(loss: str, n: float, d: float, half: float) -> None:
    found = roles(Trace(seeded([2, 2, 1], ["relu", "sigmoid"], loss=loss)), 0)
    assert (found["n"], found["d"], found["half"]) == ([(n, "")], [(d, "")], [(half, "")])


def test_a_net_input() -> None:
    found = roles(AND, index_of(AND, Kind.NET_INPUT, "Z3"))
    assert found["b"] == [(0.1, "")]
    assert found["w_sum"] == [(0.8 - 0.6, "")]
    assert found["Z_other"] == [(0.9, "Z4")]
    assert "Z_of_Z" not in found  # its inputs have no Z
    assert roles(AND, 18)["Z_of_Z"] == [(0.2 + (-0.4) * (-0.5) + 0.9 * 0.2, "")]  # Z5 of row 3, where Z3 is −0.5


def test_an_activation_and_its_slope() -> None:
    trace = Trace(load("two-outputs"))
    index = index_of(trace, Kind.FACTOR, "∂A5/∂Z5")
    found, names = roles(trace, index), Tutor(trace).known.names(1, index)
    assert found["A"] == [(names["A5"], "")]
    assert found["slope"] == [(names["A5"] * (1 - names["A5"]), "")]
    assert found["slope_other"] == [(names["A6"] * (1 - names["A6"]), "∂A6/∂Z6")]
    at_A = 1 / (1 + math.exp(-names["A5"]))
    assert found["slope_at_A"] == [(at_A * (1 - at_A), "")]


def test_a_rows_loss_is_made_of_all_outputs() -> None:
    trace = Trace(load("two-outputs"))
    index = next(index for index in range(trace.script.length) if trace.script.step(index).kind is Kind.ROW_LOSS)
    found, names = roles(trace, index), Tutor(trace).known.names(1, index)
    errors = [trace.lesson.Y[0][output] - names[f"A{5 + output}"] for output in (0, 1)]
    assert found["error_sum"] == [(sum(errors), "")]
    assert found["square_sum"] == [(errors[0]**2 + errors[1]**2, "")]
    assert found["A_square_sum"] == [(names["A5"]**2 + names["A6"]**2, "")]
    assert found["squared_error"] == [(errors[0]**2, "unit 5"), (errors[1]**2, "unit 6")]
    assert [which for _, which in found["count"]] == ["4 rows", "2 outputs", "4 rows and the 2 outputs"]
    assert "squared_error" not in roles(AND, 6)


def test_the_errors_are_those_of_the_output_in_hand() -> None:
    trace = Trace(load("two-outputs"))
    for output, name in enumerate(("∂Loss/∂A5", "∂Loss/∂A6")):
        errors = trace.lesson.Y[:, output] - trace.epoch(1).outputs[:, output]
        assert roles(trace, index_of(trace, Kind.FACTOR, name))["errors"] == [(errors.sum(), "")]
    losses = index_of(AND, Kind.LOSS, "Loss")
    assert roles(AND, losses)["losses"] == [(4 * 0.25781392529561953, "")]


def test_a_weights_neighbours_begin_or_end_where_it_does() -> None:
    trace = Trace(load("two-outputs"))
    start = trace.lesson.start
    found = roles(trace, index_of(trace, Kind.FACTOR, "∂Z5/∂A3"))
    assert sorted(which for _, which in found["w_other"]) == ["w36", "w45"]
    assert {which: value for value, which in found["w_other"]} == {name: start[name] for name in ("w36", "w45")}
    assert found["w_sum"] == [(start["w35"] + start["w45"], "")]


def test_an_input_and_what_it_was_before() -> None:
    inputs = roles(AND, 33)  # ∂Z3/∂w13 of row 1
    assert (inputs["w"], inputs["x_other"], "Z_before" in inputs) == ([(0.8, "")], [(1, "x2")], False)
    hidden = roles(AND, index_of(AND, Kind.FACTOR, "∂Z5/∂w35"))
    assert (hidden["Z_before"], hidden["x_other"]) == ([(0.3, "")], [(0.9, "A4")])


def test_a_product_of_one_path_has_its_factors_and_a_sum_of_paths_has_those() -> None:
    values = [-0.14555491371694007, 0.2063648958052966, -0.4, 1, 1]
    found = roles(AND, 34)
    assert found["factor_sum"] == [(sum(values), "")]
    assert [which for _, which in found["without"]] == ["∂Loss/∂A5", "∂A5/∂Z5", "∂Z5/∂A3", "∂A3/∂Z3", "∂Z3/∂w13"]
    assert found["without"][1][0] == values[0] * -0.4
    trace = Trace(load("two-outputs"))
    index = next(index for index in range(trace.script.length)
                 if trace.script.step(index).kind is Kind.PRODUCT and trace.script.step(index).path == -1)
    found = roles(trace, index)
    assert found.keys() == {"n", "d", "half", "several", "many", "path_sum", "path", "path_left_out"}
    assert [which for _, which in found["path"]] == ["path 1", "path 2"]


def test_a_gradient_and_its_columns() -> None:
    """Rows 3 and 4 give 0, which explains nothing."""
    index = index_of(AND, Kind.GRADIENT, "∂Loss/∂w13")
    rows = [[AND.entry(1, first + 6 * row).value for row in range(4)] for first in range(29, 34)]
    sums = [sum(column) for column in rows]
    found = roles(AND, index)
    assert found["sums_multiplied"] == [(math.prod(sums), "")]
    assert found["means_multiplied"] == [(math.prod(sums) / 4**5, "")]
    assert found["row_product"] == [(math.prod(column[row] for column in rows), f"row {row + 1}") for row in range(2)]


def test_an_update_and_the_other_gradients() -> None:
    found = roles(AND, index_of(AND, Kind.UPDATE, "new w23"))
    assert (found["w"], found["lr"]) == ([(-0.6, "")], [(0.5, "")])
    assert "∂Loss/∂w23" not in [which for _, which in found["g_other"]]
    assert len(found["g_other"]) == 8


@pytest.mark.parametrize(("hidden", "outputs", "expected"), [
    (2, 1, set()), (1, 1, set()), (2, 2, {"without_one", "transposed"}), (2, 3, {"without_one"})])
def test_a_delta_of_several_terms_can_lack_one_and_of_a_square_be_turned(
        hidden: int, outputs: int, expected: set[str]) -> None:
    trace = Trace(seeded([2, hidden, outputs], ["tanh", "sigmoid"]), "delta")
    index = trace.script.delta_index(0, trace.lesson.network.layers[1][0])
    assert roles(trace, index).keys() & {"without_one", "transposed"} == expected


def test_what_a_name_of_several_values_stood_for_is_said() -> None:
    tutor = Tutor(AND)
    assert "(a) it is Z4, " in tutor.judge(1, 0, "0.9").message
    assert "row 2" in tutor.judge(1, 53, "-0.02722").message


def test_a_mistake_of_one_activation_is_none_of_another() -> None:
    """`only`: of a unit by its own activation, not by the last one's."""
    trace = Trace(seeded([2, 2, 1], ["tanh", "sigmoid"]))
    reader = VariableReader(trace, 1)
    for name, family in (("A3", "tanh"), ("A5", "sigmoid")):
        assert reader.family(trace.entry(1, index_of(trace, Kind.ACTIVATION, name))) == family
    assert reader.family(trace.entry(1, index_of(trace, Kind.FACTOR, "∂A3/∂Z3"))) == "tanh"
    assert reader.family(trace.entry(1, index_of(trace, Kind.LOSS, "Loss"))) == "mse"
    assert reader.family(trace.entry(1, index_of(trace, Kind.NET_INPUT, "Z3"))) == "bias"
