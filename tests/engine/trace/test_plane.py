"""The output over a plane of two numbers, or over one: the numbers of the trace, everywhere."""

import random

import numpy as np
import pytest
from families import ALL_FAMILIES, any_family

from engine.graph.quantity import Source
from engine.lesson.lesson import load, parse
from engine.trace.plane import Surface, planes_of
from engine.trace.trace import Trace
from lessons import AND_ROWS, toml

EPOCHS = 1, 3


@pytest.mark.parametrize(("lesson", "titles"), [
    ("xor-gate", ["A5 over x1 and x2", "A5 over A3 and A4"]),
    ("step-unit", ["A4 over x1 and x2"]),
    ("regression", ["A4 over x1", "A4 over A2 and A3"]),
    ("softmax", ["greatest A over x1 and x2", *(f"A{unit} over x1 and x2" for unit in (3, 4, 5))]),
    ("recurrent", ["h2 over x1 and x2"]),
    ("convolution", []),  # four inputs
    ("chain-rule", []),  # none, and nothing that could be right
])
def test_a_lesson_has_a_plane_for_each_output_over_two_numbers_or_one(lesson: str, titles: list[str]) -> None:
    assert [plane.title for plane in planes_of(load(lesson))] == titles


def test_a_hidden_layer_of_two_has_one_however_many_inputs_there_are() -> None:
    rows = [[1, 0, 2, 1], [0, 3, 1, 0]]
    lesson = parse(toml([3, 2, 1], ["tanh", "sigmoid"], "mse", rows, 7), "three.toml")
    assert [plane.title for plane in planes_of(lesson)] == ["A6 over A4 and A5"]


@pytest.mark.parametrize("family", list(enumerate(ALL_FAMILIES)), ids=str)
def test_the_output_at_the_rows_is_the_trace_s(family: tuple[int, tuple[str, str, str, str]]) -> None:
    """Of every function, loss, optimizer and kind of bias, over every plane; of classes which is the greatest."""
    seed, wanted = family
    for lesson in (any_family(random.Random(seed + 100 * k), *wanted) for k in range(2)):
        trace, size = Trace(lesson), len(lesson.batches[0])
        for plane in planes_of(lesson):
            for epoch in EPOCHS:
                surface, outputs = Surface(trace, epoch, plane), trace.epoch(epoch).outputs[:size]
                expected = outputs.argmax(axis=1) if plane.output is None else outputs[:, plane.output]
                assert surface.outputs[:size] == pytest.approx(expected, rel=1e-12, abs=1e-12)
                activations = trace.epoch(epoch).of_all_rows(Source.A, plane.layer)[:size]
                assert surface.places.T[:size] == pytest.approx(activations, rel=1e-12, abs=1e-12)


def test_a_prediction_among_formulas_is_the_trace_s() -> None:
    trace = Trace(load("recurrent"))
    plane, = planes_of(trace.lesson)
    for epoch in EPOCHS:
        h2 = trace.epoch(epoch).of_all_rows(Source.VALUE, 0)[:, 3]
        assert Surface(trace, epoch, plane).outputs == pytest.approx(h2, rel=1e-12)


@pytest.mark.parametrize("lesson", ["and-gate", "regression", "delta", "worked-example", "recurrent", "softmax"])
def test_the_axes_show_every_row_and_the_inputs_stay_where_they_are(lesson: str) -> None:
    trace = Trace(load(lesson))
    for plane in planes_of(trace.lesson):
        first, later = (Surface(trace, epoch, plane) for epoch in (1, 4))
        assert later.ranges == first.ranges or plane.layer
        for values, range_ in zip(later.places, later.ranges, strict=True):
            assert range_.least < values.min() <= values.max() < range_.greatest


def test_the_axes_of_a_hidden_layer_move_seldom() -> None:
    trace = Trace(load("xor-gate"))
    plane = planes_of(trace.lesson)[1]
    assert len({Surface(trace, epoch, plane).ranges for epoch in range(1, 200)}) <= 3


def test_where_training_has_diverged_there_is_nothing_to_see() -> None:
    rows = [[1e9, 1.0, 0.0], [2e9, -1.0, 1.0]]
    trace = Trace(parse(toml([2, 1], ["linear"], "mse", rows, 7, 1e3), "diverges.toml"))
    plane, = planes_of(trace.lesson)
    assert Surface(trace, 1, plane).is_finite
    assert not Surface(trace, 40, plane).is_finite


def test_a_grid_has_the_greatest_of_the_upright_axis_first() -> None:
    start = {"w13": 0.0, "w23": 1.0, "b3": 0.0}
    trace = Trace(parse(toml([2, 1], ["linear"], "mse", AND_ROWS, start), "up.toml"))
    grid = Surface(trace, 1, planes_of(trace.lesson)[0]).grid(3, 4)
    assert grid == pytest.approx(np.repeat([[1.25], [0.75], [0.25], [-0.25]], 3, axis=1))
