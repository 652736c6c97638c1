"""What programs and people get of graphs, of batches, and of what an optimizer works out."""

import json
from typing import Any

import pytest
from graph_lessons import GRAPH, MORE_OF_A_NETWORK, WITHOUT_DATA

from engine.export import WRITERS
from engine.export.selection import SelectionError, select
from engine.lesson.lesson import Lesson, parse
from engine.trace.chain import Form
from engine.trace.trace import Trace

TRAINED = WITHOUT_DATA + "[training]\nlearning_rate = 0.01\n"
ADAM = 'optimizer = { name = "adam" }\nbatch = 1\n'


def read(text: str) -> Lesson:
    return parse(text, "lesson.toml")


def document(lesson: Lesson, epochs: int = 1, part: str | None = None, rows: str | None = None) -> dict[str, Any]:
    trace = Trace(lesson)
    return dict(json.loads("".join(WRITERS["json"](trace, epochs, select(trace, part, rows)))))


def test_a_formula_is_json_as_the_contract_has_it() -> None:
    def row(*factors: tuple[str, str, int]) -> dict[str, Any]:
        """What a path of these factors comes to."""
        product = 1
        for _, _, value in factors:
            product *= value
        path = {"product": product, "factors": [{"name": name, "formula": formula, "value": value}
                                                for name, formula, value in factors]}
        return {"gradient": product, "rows": [{"product": product, "paths": [path]}]}
    L_u2, u2_u1 = ("∂L/∂u2", "f", -2), ("∂u2/∂u1", "1", 1)
    assert document(read(TRAINED)) == {
        "format": "handgrad-trace/1", "lesson": "product", "learning_rate": 0.01, "loss": "mean", "form": "paths",
        "result": "L", "epochs": [{
            "epoch": 1, "parameters": {"a": 2, "b": -3, "c": 10, "f": -2}, "loss": -8,
            "rows": [{"inputs": [], "targets": [], "values": {"u1": -6, "u2": 4, "L": -8}, "loss": -8}],
            "gradients": {"a": row(L_u2, u2_u1, ("∂u1/∂a", "b", -3)), "b": row(L_u2, u2_u1, ("∂u1/∂b", "a", 2)),
                          "c": row(L_u2, ("∂u2/∂c", "1", 1)), "f": row(("∂L/∂f", "u2", 4))},
            "update": {"a": {"before": 2, "gradient": 6, "after": 1.94},
                       "b": {"before": -3, "gradient": -4, "after": -2.96},
                       "c": {"before": 10, "gradient": -2, "after": 10.02},
                       "f": {"before": -2, "gradient": 4, "after": -2.04}}}]}


def test_without_training_there_is_no_update() -> None:
    trace = document(read(WITHOUT_DATA))
    assert trace["learning_rate"] is None
    assert trace["epochs"][0].keys() == {"epoch", "parameters", "loss", "rows", "gradients"}


def test_batches_and_what_adam_works_out_are_json() -> None:
    """The first two updates, worked out from the gradients alone."""
    trace = document(read(GRAPH + ADAM), 2)
    assert (trace["batch"], trace["optimizer"]) == (1, {"name": "adam", "beta1": 0.9, "beta2": 0.999, "epsilon": 1e-8})
    (first, second), _ = (epoch["batches"] for epoch in trace["epochs"])
    assert [(batch["batch"], batch["row_numbers"], len(batch["rows"])) for batch in (first, second)] == [
        (1, [1], 1), (2, [2], 1)]
    assert first["loss"] == first["rows"][0]["loss"] == first["rows"][0]["values"]["L"]
    assert second["parameters"]["a"] == first["update"]["a"]["after"]
    m = s = 0.0
    for t, batch in enumerate((first, second), 1):
        update = batch["update"]["a"]
        g = update["gradient"]
        m, s = 0.9 * m + 0.1 * g, 0.999 * s + 0.001 * g ** 2
        m_hat, s_hat = m / (1 - 0.9 ** t), s / (1 - 0.999 ** t)
        assert update["state"] == pytest.approx({"m": m, "s": s, "m_hat": m_hat, "s_hat": s_hat}, rel=1e-12)
        assert update["after"] == pytest.approx(update["before"] - 0.1 * m_hat / (s_hat ** 0.5 + 1e-8), rel=1e-12)


def test_what_most_lessons_leave_out_stands_in_the_head() -> None:
    trace = document(read(MORE_OF_A_NETWORK))
    assert {key: trace[key] for key in ("batch", "optimizer", "weight_decay", "fixed")} == {
        "batch": 1, "optimizer": {"name": "momentum", "beta": 0.8}, "weight_decay": 0.01, "fixed": ["b1"]}
    (first, *_) = trace["epochs"][0]["batches"]
    assert first["parameters"]["b1"] == 0.1
    assert "b1" not in first["gradients"]
    assert first["update"]["w13"]["state"].keys() == {"v"}


def test_of_a_batch_without_the_rows_asked_for_what_belongs_to_none_is_there() -> None:
    first, second = document(read(GRAPH + "batch = 1\n"), part="b,q", rows="2")["epochs"][0]["batches"]
    assert (first["row_numbers"], first["rows"], first["gradients"]["b"]["rows"]) == ([], [], [])
    assert (second["row_numbers"], second["rows"][0]["values"]) == ([2], {"q": pytest.approx(3, abs=0.2)})
    assert first["update"].keys() == {"b"}


@pytest.mark.parametrize(("part", "form", "steps"), [
    ("q", "paths", ["q"]), ("a", "delta", ["∂Loss/∂q", "product", "∂Loss/∂a", "new a"]),
    ("dLoss/de", "delta", ["∂Loss/∂e"]), ("∂Loss/∂e,L", "delta", ["L", "∂Loss/∂e"])])
def test_numbers_of_a_graph_are_asked_for_as_a_keyboard_writes_them(part: str, form: Form, steps: list[str]) -> None:
    trace = Trace(read(GRAPH), form)
    selected = select(trace, part, "2").steps(trace)
    assert [trace.line(trace.script.step(index)).name for index in selected] == steps


def test_a_prime_is_typed_as_keyboards_have_it() -> None:
    lesson = read(WITHOUT_DATA.replace("L = (a*b + c)*f", "h' = a*b\", \"L = (h' + c)*f"))
    trace = Trace(lesson, "delta")
    assert select(trace, "h',dL/dh'").others == {"h′", "∂L/∂h′"}


@pytest.mark.parametrize(("text", "part", "phase", "complaint"), [
    (WITHOUT_DATA, None, "update", "--phase update; expected forward, backward"),
    (WITHOUT_DATA, "q", None, "--part q; expected a parameter, as a, or u1 to L; with --form delta also ∂L/∂u1"),
    (MORE_OF_A_NETWORK, "b1", None, "--part b1; expected one that is trained: it is fixed")])
def test_what_is_not_there_is_said(text: str, part: str, phase: str, complaint: str) -> None:
    with pytest.raises(SelectionError) as error:
        select(Trace(read(text)), part, phase=phase)
    assert str(error.value) == complaint


def test_a_worksheet_of_a_formula() -> None:
    lines = "".join(WRITERS["text"](Trace(read(TRAINED)), 1)).splitlines()
    assert lines[2].startswith("  3 nodes, result L, learning rate lr = 0.01; ")
    for line in ("    u2 = u1 + c = −6 + 10 = 4", "(1) ∂L/∂a = ∂L/∂u2·∂u2/∂u1·∂u1/∂a", "    ∂u1/∂a = b = −3",
                 "  ∂L/∂a = product = 6", "  new a = a − lr·∂L/∂a = 2 − 0.01·6 = 1.94"):
        assert line in lines
    assert not [line for line in lines if "row 1" in line]


def test_a_worksheet_of_batches_names_them_and_whose_the_moments_are() -> None:
    text = "".join(WRITERS["text"](Trace(read(GRAPH + ADAM)), 1))
    lines = text.splitlines()
    assert "Adam (β1 = 0.9, β2 = 0.999, ε = 1e−8), an update after every row;" in " ".join(text.split())
    assert [line for line in lines if line.startswith("Batch")] == ["Batch 1: row 1", "Batch 2: row 2"]
    assert [line for line in lines if "pass" in line or line == "Update"] == [
        "Forward pass", "Backward pass", "Update"] * 2
    assert "  m_hat of a = m/(1−β1^t) = −0.1/(1−0.9^1) = −1" in lines
