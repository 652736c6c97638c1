"""The plain mode on graphs of formulas, on batches and on what an optimizer works out."""

import pytest
from graph_lessons import GRAPH, MORE_OF_A_NETWORK, WITHOUT_DATA
from plain_walks import walk

from engine.lesson.lesson import parse
from engine.trace.cursor import Cursor
from engine.trace.trace import Trace

MOMENTUM = GRAPH + 'batch = 1\noptimizer = { name = "momentum", beta = 0.9 }\n'
PRODUCT, ROWS, BATCHES, CLASSES = (Trace(parse(text, "lesson.toml"))
                                   for text in (WITHOUT_DATA, GRAPH, MOMENTUM, MORE_OF_A_NETWORK))


@pytest.mark.parametrize(("trace", "command", "at", "said"), [
    (PRODUCT, "introduction", 0, ["Formulas: u1 = a·b, u2 = u1 + c, L = u2·f", "Result L. Nothing is trained"]),
    (BATCHES, "introduction", 0, [
        "Formulas: q = a·x, e = tanh(q+b), L = (e−1)²", "Loss: mean of the rows' results L. "
        "Learning rate lr: 0.1, momentum (β = 0.9), an update after every row"]),
    (PRODUCT, "graph", 7, [
        "a = 2", "b = −3", "c = 10", "f = −2", "u1 = a·b = −6", "u2 = u1 + c = 4", "L = u2·f = −8"]),
    (PRODUCT.in_form("delta"), "network", 4, [
        "a = 2", "b = −3", "c = 10", "f = −2", "u1 = a·b = −6", "u2 = u1 + c = 4, ∂L/∂u2 = −2", "L = u2·f = −8"]),
    (ROWS, "network", 1, ["a = 2", "b = −1", "row 1: x = 0.5", "q = a·x = 1", "e = tanh(q+b)", "L = (e−1)²"]),
    (PRODUCT, "table", 0, ["no data"]), (PRODUCT, "table", 3, ["no data, L −8"]),
    (ROWS, "table", 3, ["row 1: x 0.5, L 1", "row 2: x 1.5"]),
    (PRODUCT, "chain", 5, ["(1) ∂L/∂a = ∂L/∂u2·∂u2/∂u1·∂u1/∂a", "∂L/∂u2 = −2, ∂u2/∂u1 = 1"]),
    (BATCHES, "where", 16, ["epoch 1, batch 1, step 16 of 34: v of b = β·v_old + ∂Loss/∂b = 0.9·0 + (−2) = −2"]),
    (BATCHES, "", 17, ["Batch 2: row 2", "Forward pass", "row 2: x = 1.5", "q = a·x = 2.1·1.5 = 3.15"]),
    (BATCHES, "", 33, ["new b = b − lr·v = −0.8 − 0.1·(−1.80129) = −0.61987"]),
    (PRODUCT, "", 20, ["no further that way"]), (PRODUCT, "update", 3, ["update: nothing is trained in this lesson"]),
    (PRODUCT, "what if", 0, ["what if: expected NAME = VALUE, such as a = 0.5"]),
    (ROWS, "what if a", 0, ["expected a name and a value, such as a = 0.5, lr = 0.1, x row 2 = 1"]),
    (PRODUCT, "epoch 2", 3, ["epoch 2; expected 1: nothing is trained"])])
def test_what_is_told(trace: Trace, command: str, at: int, said: list[str]) -> None:
    assert walk(command, at=Cursor(1, at), trace=trace)[0] == said


def test_what_is_asked_of_a_formula_has_it_and_why() -> None:
    said, _ = walk("practise all", "-6", "!", "?", "4", "-8", "-2", trace=PRODUCT)
    assert said[1:] == [
        "u1 = a·b = ?", "Right. u1 = −6.", "u2 = u1 + c = ?", "u1: u1 is a·b; it goes into u2.",
        "u2 = u1 + c = ?", said[6], "u2 = u1 + c = ?", "Right. u2 = 4.", "L = u2·f = ?", "Right. L = −8.",
        "∂L/∂u2, gradient of a = ?", "Right. ∂L/∂u2 = −2.", "∂u2/∂u1 = ?"]


def test_by_hand_an_optimizers_numbers_are_handed_in_with_the_new_value() -> None:
    said, after = walk("by hand", "-1", "2.1", "watch", at=Cursor(1, 13), trace=BATCHES)
    assert said[1:6] == ["v of a, batch 1 = ?", "written down", "new a = ?", "All 2 right.", "v of b = ?"]
    assert after.cursor == Cursor(1, 15)


def test_what_several_updates_did() -> None:
    said, _ = walk("", at=Cursor(1, 34), trace=BATCHES)
    first, second = BATCHES.epoch(1), BATCHES.epoch(2)
    assert said[1] == f"The 2 updates of epoch 1: Loss in epoch 1 {first.loss:.5f}, in epoch 2 {second.loss:.5f}"
    assert said[2].startswith("row 1: L in epoch 1 1, in epoch 2 0.")


def test_what_is_not_trained_is_heard_of() -> None:
    assert "b1 = 0.1, fixed" in walk("network", trace=CLASSES)[0]


def test_what_if_of_a_column() -> None:
    said, after = walk("what if x row 2 = 3", "table", trace=ROWS)
    assert said[0] == "what if x row 2 = 3"
    assert said[2:] == ["row 1: x 0.5", "row 2: x 3"]
    assert after.trace.lesson_at(1).table[1] == (3.0,)
