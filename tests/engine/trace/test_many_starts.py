"""Many starts at once do what each does alone."""

import random
from dataclasses import replace

import numpy as np
import pytest

from engine.course.new_lesson import GATES, Wish, compose_lesson
from engine.graph.activations import ACTIVATIONS
from engine.graph.quantity import Source
from engine.lesson.lesson import load, parse
from engine.lesson.models import draw_parameters
from engine.trace.many_starts import ManyStarts, epochs_until_right
from engine.trace.trace import Trace
from lessons import UNIT_BY_UNIT, seeded

SHAPES = [([2, 1], ["sigmoid"]), ([2, 2, 1], ["relu", "sigmoid"]), ([3, 4, 2, 2], ["tanh", "leaky_relu", "linear"]),
          ([2, 2, 1], ["softplus", "linear"])]


@pytest.mark.parametrize(("sizes", "activations"), SHAPES)
@pytest.mark.parametrize("loss", ["mse", "half_sse", "bce"])
def test_each_start_goes_its_own_way(sizes: list[int], activations: list[str], loss: str) -> None:
    if loss == "bce":
        activations = [*activations[:-1], "sigmoid"]
    lesson = seeded(sizes, activations, loss=loss)
    starts = [draw_parameters(lesson.network, seed) for seed in range(5)]
    many = ManyStarts(lesson, starts)
    many.train(30)
    for at, start in enumerate(starts):
        alone = Trace(replace(lesson, start=start)).epoch(30).batches[0].arrays[Source.UPDATED]
        for together, expected in zip(many.parameters[1:], alone[1:], strict=True):
            assert together[..., at] == pytest.approx(expected, abs=1e-12)


def test_when_each_is_right() -> None:
    lesson = load("and-gate")
    draw = random.Random(1)
    starts = [lesson.start, *(draw_parameters(lesson.network, draw.randrange(99)) for _ in range(4))]
    for start, epochs in zip(starts, epochs_until_right(lesson, starts, 60), strict=True):
        trace = Trace(replace(lesson, start=start))
        right = [epoch for epoch in range(1, 61) if trace.rows_right(epoch).all()]
        assert epochs == (right[0] if right else None)


def test_nothing_is_right_that_is_no_number() -> None:
    lesson = seeded([2, 2, 1], ["relu", "linear"])
    object.__setattr__(lesson, "learning_rate", 1e200)
    many = ManyStarts(lesson, [lesson.start])
    many.train(9)
    assert not many.are_right().any()


@pytest.mark.parametrize("gate", GATES)
@pytest.mark.parametrize("hidden", [0, 2, 3])
def test_a_new_lesson_reaches_the_goal_it_states(gate: str, hidden: int) -> None:
    trace = Trace(parse(compose_lesson(Wish(gate, hidden), "new.toml", "new"), "new.toml"))
    goal = trace.lesson.goal
    assert goal is not None
    assert goal.fails == (hidden == 0 and gate in ("xor", "xnor"))
    assert trace.is_goal_met(goal.epoch) != goal.fails
    assert goal.epoch == 1 or not trace.is_goal_met(goal.epoch - 1)


def test_every_activation_is_made_of_operations_for_any_shape() -> None:
    for f in (ACTIVATIONS[name] for name in UNIT_BY_UNIT):
        Z = np.linspace(-3, 3, 24)
        flat, deep = f.apply(Z), f.apply(Z.reshape(2, 3, 4))
        assert all((a.reshape(2, 3, 4) == b).all() for a, b in zip(flat, deep, strict=True))
