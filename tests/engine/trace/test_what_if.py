"""What can be changed, and what is said of the rest."""

import tracemalloc

import pytest
from graph_lessons import GRAPH, MORE_OF_A_NETWORK, WITHOUT_DATA

from engine.lesson.lesson import Lesson, load, parse
from engine.trace.trace import Trace
from engine.trace.what_if import Change, ChangeError, branch, parse_change, problem_with
from lessons import seeded


@pytest.mark.parametrize(("lesson", "value", "said"), [
    ("saturation-bce", 1.5, "y = 1.5; expected 0 to 1 with bce"), ("saturation-bce", 0.5, ""), ("saturation", 1.5, "")])
def test_a_target_is_one_that_the_loss_takes(lesson: str, value: float, said: str) -> None:
    assert problem_with(Change(1, "y", value, 1), load(lesson)) == said


def change(text: str, lesson: Lesson) -> Change:
    return parse_change(text, Trace(lesson), 1)


@pytest.mark.parametrize(("lesson", "text", "said"), [
    (GRAPH, "q = 3", "q: expected a parameter, lr or a column"), (GRAPH, "x = 3", "expected x row 1 to 2 = VALUE"),
    (WITHOUT_DATA, "lr = 0.1", "lr: nothing is trained in this lesson"),
    (WITHOUT_DATA, "u1 = 3", "u1: expected a parameter"),
    (MORE_OF_A_NETWORK, "x1 row 1 = 2", "x1: expected a parameter, lr or a target"),
    (MORE_OF_A_NETWORK, "green row 1 = 0.3", "green = 0.3; expected green row 1 = 1, which makes it the row's class: "
                                             "targets add up to 1")])
def test_what_can_not_be_changed_is_said(lesson: str, text: str, said: str) -> None:
    with pytest.raises(ChangeError) as error:
        change(text, parse(lesson, "lesson.toml"))
    assert str(error.value) == said


def test_a_column_of_a_graph_may_be_another_in_a_row() -> None:
    own = Trace(parse(GRAPH, "graph.toml"))
    changed = branch(own, [change("x row 2 = 2*a", own.lesson)])
    assert changed.lesson_at(1).table == ((0.5,), (4.0,))
    assert changed.read(1, changed.graph.nodes[0].quantity, 1) == 8


def test_another_class_is_a_rows_whole_target() -> None:
    own = Trace(parse(MORE_OF_A_NETWORK, "more.toml"))
    changed = branch(own, [change("blue row 2 = 1", own.lesson)])
    assert [changed.lesson_at(1).targets_of(row) for row in (0, 1)] == [(1, 0, 0), (0, 0, 1)]


def test_what_is_not_trained_may_be_changed() -> None:
    own = Trace(parse(MORE_OF_A_NETWORK, "more.toml"))
    changed = branch(own, [change("b1 = 0.7", own.lesson)])
    b1 = changed.symbols.parameter(changed.lesson.network.parameters["b1"])
    assert [changed.read(epoch, b1, 0) for epoch in (1, 2)] == [0.7, 0.7]
    assert changed.epoch(1).loss != own.epoch(1).loss


def test_all_branches_share_one_budget_of_memory() -> None:
    """However many there are, they keep hardly more numbers than a few do."""
    def kept(changes: int) -> int:
        own = Trace(seeded([2, 32, 1], ["tanh", "sigmoid"], rows=100))
        own.epoch(1)
        tracemalloc.start()
        made = tuple(Change(epoch, "lr", epoch / 10) for epoch in range(2, 2 + changes))
        for count in range(1, changes + 1):
            trace = branch(own, made[:count])
            for epoch in range(1, count + 4):
                trace.epoch(epoch)
        size, _ = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return size
    few, many = kept(2), kept(12)
    assert many < 2 * few
    assert few > 1_000_000  # bytes: so that what is compared is the numbers
