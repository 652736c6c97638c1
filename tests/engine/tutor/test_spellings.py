"""In which spellings an answer is read: names in any case, derivatives, δ, what a screen shows."""

import pytest

from engine.graph.step import Kind
from engine.trace.trace import Trace
from engine.tutor.tutor import Tutor
from lessons import OTHER_KINDS, and_trace, graph, load, seeded

TUTOR, BY_DELTA = Tutor(and_trace()), Tutor(Trace(load("and-gate"), "delta"))
ALONE = Tutor(Trace(load("one-at-a-time")))
LESSONS = {**OTHER_KINDS, "deep": seeded([2, 2, 2, 1], ["relu", "tanh", "sigmoid"]),
           "bce": seeded([2, 2, 1], ["softplus", "sigmoid"], loss="bce"),
           "leaky": seeded([2, 2, 2], ["leaky_relu", "step"], loss="half_sse")}


@pytest.mark.parametrize(("index", "answer"), [
    (0, "W13*X1 + w23*x2 + B3"), (1, "max(0, z3)"), (1, "MAX(0,Z3)"), (5, "σ(z5)"), (5, "1/(1+E^(-Z5))"),
    (6, "½·2·(Y-a5)^2"), (12, "54.983%"), (32, "ReLU'(Z3)"),
    (34, "∂Loss/∂A5*dA5/dZ5*∂Z5/∂A3*dA3/dZ3*∂Z3/∂w13"), (34, "dloss/da5*da5/dz5*w35*x1"),
    (59, "dLoss/dA5·∂A5/∂Z5·w35·x2"), (230, "w13 - η*dLoss/dw13")])
def test_names_in_any_spelling(index: int, answer: str) -> None:
    assert TUTOR.judge(1, index, answer).reason == "exact"


@pytest.mark.parametrize(("index", "answer"), [(29, "∂Loss/∂A5"), (30, "∂Z5/∂A3"), (229, "∂Loss/∂b5"), (28, "Σ(Z5)")])
def test_what_is_not_found_yet_has_no_name(index: int, answer: str) -> None:
    assert TUTOR.judge(1, index, answer).reason == "unreadable"


@pytest.mark.parametrize(("index", "answer"), [
    (28, "1/4·Σ (y−A5)²"), (58, "row 1 + row 2 + row 3 + row 4"), (58, "Σ of the rows' products")])
def test_who_types_a_formula_in_words_is_told_what_to_type(index: int, answer: str) -> None:
    verdict = TUTOR.judge(1, index, answer)
    assert verdict.reason == "unreadable"
    assert "is in words: put the numbers in, as in 0.3+0.1 for row 1 + row 2" in verdict.message


@pytest.mark.parametrize("answer", ["δ3*x1", "d3*X1", "Delta3*x1", "dLoss/dZ3*dZ3/dw13", "dLoss/dZ3*x1"])
def test_a_delta_by_its_names(answer: str) -> None:
    index = BY_DELTA.trace.script.batches[0].deltas_end
    assert BY_DELTA.judge(1, index, answer).reason == "exact"


@pytest.mark.parametrize(("index", "answer"), [
    (3, "(y-A3)^2"), (8, "∂Loss/∂A3·∂A3/∂Z3·∂Z3/∂w13"), (8, "-2*(y-A3)*A3*(1-A3)*x1"),
    (19, "w13 - lr*dLoss/dA3*dA3/dZ3*x1")])
def test_of_a_row_alone_in_its_batch_the_names_are_known_to_the_end(index: int, answer: str) -> None:
    assert ALONE.judge(1, index, answer).reason == "exact"


def test_of_two_names_that_differ_in_their_letters_size_each_is_itself() -> None:
    tutor = Tutor(Trace(graph(["q = a*A", "Q = q + a", "L = Q*q"], {"a": 2.0, "A": 3.0})))
    assert tutor.judge(1, 0, "A*a").reason == tutor.judge(1, 1, "q+a").reason == "exact"
    assert tutor.judge(1, 1, "Q").reason == "unreadable"
    assert tutor.judge(1, 2, "q*Q").reason == "exact"


@pytest.mark.parametrize("form", ["paths", "delta"])
@pytest.mark.parametrize("name", LESSONS)
def test_what_a_screen_shows_is_right(name: str, form: str) -> None:
    """The formula with its names, where it is one, and with its numbers, to as many digits as there may be."""
    tutor = Tutor(Trace(LESSONS[name], "delta" if form == "delta" else "paths"))
    trace = tutor.trace
    for index in range(0, trace.script.length, 1 + trace.script.length // 60):
        entry = trace.entry(1, index)
        texts = [trace.entry(1, index, digits).substitution for digits in (5, 8)]
        can_be_named = entry.step.kind not in (Kind.LOSS, Kind.GRADIENT) and "(direct)" not in entry.line.formula
        if can_be_named:
            texts += [entry.line.formula, str(entry.line.numbers)]
        for text in texts:
            assert "…" in text or tutor.judge(1, index, text).reason == "exact", (entry.line.name, text)
