"""What an optimizer keeps from one update to the next, on every way to an epoch; and lessons without updates."""

import random
from dataclasses import replace

import pytest
from families import any_family, records_of
from random_graphs import random_graph

from engine.graph.optimizers import OPTIMIZERS
from engine.graph.quantity import Quantity, Source
from engine.lesson.lesson import Lesson, load, parse
from engine.trace import training
from engine.trace.history import History
from engine.trace.many_starts import epochs_until_right, is_plain
from engine.trace.trace import Trace
from engine.tutor.starting_values import draw_starting_values

GRAPH = """format = 1
id = "formula"
title = "A formula"
[graph]
nodes = ["q = a*b", "d = q + c", "L = d*f"]
[parameters]
a = 2
b = -3
c = 10
f = -2
"""
DOMAIN = """format = 1
id = "domain"
title = "Out of its domain"
[data]
inputs = ["x"]
targets = []
rows = [[2], [1], [0.5]]
[graph]
nodes = ["u = x - a", "q = ln(u)", "L = q^2"]
[parameters]
a = 0.4
[training]
learning_rate = 1
batch = 2
"""


def lesson_with(optimizer: str, seed: int = 3) -> Lesson:
    return any_family(random.Random(seed), optimizer=optimizer, loss="mse", output="tanh")


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_an_epoch_is_the_same_however_it_is_reached(optimizer: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Back, far ahead, from a checkpoint, and past other trainings: to the last digit, its moments too."""
    monkeypatch.setattr(training, "MOST_CHECKPOINTS", training.LEAST_CHECKPOINTS)
    for lesson in (lesson_with(optimizer), random_graph(random.Random(5)).lesson):
        lesson = replace(lesson, optimizer=OPTIMIZERS[optimizer], settings=OPTIMIZERS[optimizer].settings)
        wanderer, direct = History(lesson), History(lesson)
        branch = History(replace(lesson, learning_rate=0.01), 4, wanderer)
        for number in (9, 3, 20, 11, 21, 20):
            wanderer.epoch(number)
            branch.epoch(number + 4)
        for number in (20, 21):
            for mine, its in zip(wanderer.epoch(number).batches, direct.epoch(number).batches, strict=True):
                assert mine.scalars == its.scalars
                for source in (Source.UPDATED, Source.GRADIENT, Source.MOMENT, Source.OLD_MOMENT):
                    assert all((a == b).all() for a, b in zip(mine.arrays[source], its.arrays[source], strict=True))


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_a_branch_goes_on_with_the_moments_and_the_count_of_updates(optimizer: str) -> None:
    """Twice the learning rate from epoch 3 on, or another value: the independent calculation says the same."""
    lesson = lesson_with(optimizer)
    name, count = lesson.order[0].name, len(lesson.batches)
    own, faster = History(lesson), replace(lesson, learning_rate=2 * lesson.learning_rate)
    own.epoch(5)
    records = records_of(lesson, 5, changes={2 * count: {"learning_rate": faster.learning_rate}})
    found = History(faster, 3, own).epoch(5).batches[-1]
    assert found.scalars[Source.LOSS] == pytest.approx(records[-1].loss, rel=1e-11)
    records = records_of(lesson, 5, changes={2 * count: {name: 0.7}})
    found = History(lesson, 3, own, {name: 0.7}).epoch(5).batches[-1]
    assert found.scalars[Source.UPDATES] == 5 * count
    for each, parameter in lesson.network.parameters.items():
        after = found.arrays[Source.UPDATED][parameter.layer][lesson.network.position(parameter)]
        assert after == pytest.approx(records[-1].updated[each], rel=1e-11, abs=1e-11)


def test_a_lesson_without_updates_has_one_epoch() -> None:
    """(a·b + c)·f at 2, −3, 10, −2: L is −8, the gradients are 6, −4, −2, 4."""
    history = History(parse(GRAPH, "formula.toml"))
    epoch = history.epoch(1)
    assert epoch.loss == -8
    assert epoch.batches[0].arrays[Source.GRADIENT][0].ravel().tolist() == [6, -4, -2, 4]
    assert epoch.batches[0].arrays[Source.UPDATED][0].ravel().tolist() == [2, -3, 10, -2]
    with pytest.raises(IndexError):
        history.epoch(2)


def test_what_leaves_its_domain_is_named_with_its_row() -> None:
    """The node is the first that is not finite; the row counts through the table."""
    lesson = parse(DOMAIN, "domain.toml")
    first = History(lesson).epoch(1).batches[0]
    assert (first.is_finite, first.fault) == (True, None)
    out = History(replace(lesson, start={"a": 0.7}, learning_rate=1e-6)).epoch(1)
    assert [(batch.is_finite, batch.fault) for batch in out.batches] == [(True, None), (False, (1, 2))]
    assert not out.is_finite


@pytest.mark.parametrize(("text", "start", "said"), [
    (DOMAIN, {"a": 0.7}, "Training has diverged: q in row 3 is no number. Go to an earlier epoch and try a smaller "
                         "learning rate there: what if lr = 0.1."),
    (GRAPH.replace('"q = a*b"', '"q = ln(a)*b"'), {"a": -2.0},
     "No derivative comes of these numbers: q is no number. Try others: what if a = 1."),
    (GRAPH.replace('"q = a*b"', '"q = sqrt(a)*b"'), {"a": 0.0},
     "No derivative comes of these numbers: q has no slope there. Try others: what if a = 1.")])
def test_the_node_that_is_no_number_is_told(text: str, start: dict[str, float], said: str) -> None:
    lesson = replace(parse(text, "fault.toml"), batch=0)
    assert Trace(lesson).trouble(1) == ""
    assert Trace(replace(lesson, start=lesson.start | start)).trouble(1) == said


def test_no_row_of_a_graph_is_right_but_a_goal_can_be_met() -> None:
    """Whatever its columns are: two inputs, and no targets."""
    data = '[data]\ninputs = ["x", "z"]\ntargets = []\nrows = [[1, 2], [0, 1]]\n'
    goal = "goal = { loss_below = 0.5, epoch = 1 }\n"
    text = GRAPH.replace("[graph]", goal + data + "[graph]").replace("a*b", "a*b*x*z")
    trace = Trace(parse(text + "[training]\nlearning_rate = 0.1", "goal.toml"))
    assert (trace.lesson.classifies, trace.rows_right(1).tolist()) == (False, [False] * 2)
    assert trace.is_goal_met(1)


def test_what_does_not_lead_to_the_result_spoils_no_gradient() -> None:
    lesson = parse(GRAPH.replace('"q = a*b"', '"s = sqrt(a)", "q = a*b"'), "aside.toml")
    batch = History(replace(lesson, start=lesson.start | {"a": -2.0})).epoch(1).batches[0]
    assert (batch.is_finite, batch.fault) == (True, None)
    assert batch.arrays[Source.GRADIENT][0].ravel().tolist() == [6, 4, -2, 16]


def test_what_is_fixed_stays_whatever_becomes_of_the_rest() -> None:
    """Also where training diverges: what is not a number moves nothing that is fixed, nor a bias that there isn't."""
    lesson = any_family(random.Random(1), bias="false", optimizer="adam", output="linear", loss="mse")
    lesson = replace(lesson, learning_rate=1e200, order=lesson.order[1:])
    fixed, history = lesson.network.parameters[next(iter(lesson.start))], History(lesson)
    last = history.epoch(4)
    assert not last.is_finite
    updated = last.batches[-1].arrays[Source.UPDATED]
    assert updated[1][lesson.network.position(fixed)] == lesson.start[fixed.name]
    assert all((array[-1] == 0).all() for array in updated[1:])


def test_a_number_of_no_row_is_read_in_the_batch_of_the_row() -> None:
    epoch = History(load("and-gate")).epoch(1)
    assert epoch.batch_of(3) is epoch.batches[0]
    one = History(replace(load("and-gate"), batch=3)).epoch(1)
    weight = Quantity("w13", Source.UPDATED, 1)
    assert [one.read(weight, row) for row in (0, 3)] == [batch.arrays[Source.UPDATED][1][0, 0] for batch in one.batches]
    assert one.read(Quantity("x1", Source.A, 0, 0), 3) == one.read(Quantity("x1", Source.A, 0, 0, row=3), 0) == 0
    assert one.of_all_rows(Source.A, 0).tolist() == [[1, 1], [1, 0], [0, 1], [0, 0]]
    assert one.loss == pytest.approx(sum(one.of_all_rows(Source.ROW_LOSS, 0).ravel()) / 4)


def test_starts_of_a_lesson_that_is_not_plain_are_tried_one_by_one() -> None:
    plain = load("and-gate")
    lesson = replace(plain, batch=1)
    assert (is_plain(plain), is_plain(lesson)) == (True, False)
    history = History(lesson)
    epochs = epochs_until_right(lesson, [lesson.start], 100)[0]
    assert epochs is not None
    right = [bool(lesson.is_right(history.epoch(number).outputs).all()) for number in (epochs - 1, epochs)]
    assert right == [False, True]
    fixed = replace(lesson, order=lesson.order[1:])
    assert draw_starting_values(fixed, 1).start["w13"] == 0.8
