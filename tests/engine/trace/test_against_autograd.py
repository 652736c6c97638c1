"""The engine against the independent scalar autograd: every Z, A, loss, factor, gradient and update."""

import math
import random
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.graph.quantity import Quantity, Source
from engine.graph.step import Kind
from engine.learner.progress import FORMS
from engine.lesson.lesson import Lesson, load
from engine.trace.chain import Form
from engine.trace.trace import Trace
from lessons import any_lesson, random_lessons, seeded
from scalar_autograd import EpochRecord, train

CLOSE = {"rel": 1e-12, "abs": 1e-12}


def expected(lesson: Lesson, epochs: int) -> list[EpochRecord]:
    rows = [[*map(float, x), *map(float, y)] for x, y in zip(lesson.X, lesson.Y, strict=True)]
    return train(list(lesson.network.sizes), [f.name for f in lesson.network.activations], lesson.loss.name, rows,
                 lesson.start, lesson.learning_rate, epochs)


def check(lesson: Lesson, epochs: int, form: Form = "paths") -> None:
    trace = Trace(lesson, form)
    records = expected(lesson, epochs + 1)
    for epoch, (record, following) in enumerate(pairwise(records), 1):
        numbers = trace.epoch(epoch)
        assert numbers.loss == pytest.approx(record.loss, **CLOSE)
        for row in range(lesson.rows):
            for layer in lesson.network.layers:
                for unit in layer:
                    A = numbers.of_all_rows(Source.A, unit.layer)[row, unit.index]
                    assert pytest.approx(record.A[row][unit.number], **CLOSE) == A
                    if unit.layer:
                        Z = numbers.of_all_rows(Source.Z, unit.layer)[row, unit.index]
                        assert pytest.approx(record.Z[row][unit.number], **CLOSE) == Z
            assert numbers.of_all_rows(Source.ROW_LOSS, 0)[row, 0] == pytest.approx(record.row_losses[row], **CLOSE)
        for place, parameter in enumerate(lesson.order):
            values = [trace.read(epoch, trace.symbols.parameter(parameter, source), None)
                      for source in (Source.PARAMETER, Source.GRADIENT, Source.UPDATED)]
            assert values == pytest.approx([record.parameters[parameter.name], record.gradients[parameter.name],
                                            following.parameters[parameter.name]], **CLOSE)
            check_chain(trace, epoch, place, record.gradients[parameter.name])


def check_chain(trace: Trace, epoch: int, place: int, gradient: float) -> None:
    """A chain's factors multiply to its products, and the products sum to the gradient."""
    total = 0.0
    for row in range(trace.lesson.rows):
        row_total = 0.0
        for path, factors in enumerate(trace.chains.paths(place)):
            product = math.prod(trace.read(epoch, factor.quantity, row) for factor in factors)
            shown = trace.read(epoch, Quantity("", Source.PRODUCT, i=place, j=path), row)
            assert shown == pytest.approx(product, **CLOSE)
            row_total += product
        assert trace.read(epoch, Quantity("", Source.PRODUCT, i=place, j=-1), row) == pytest.approx(row_total, **CLOSE)
        total += row_total
    assert total == pytest.approx(gradient, **CLOSE)


def test_and_lesson_for_20_epochs() -> None:
    check(load("and-gate"), 20)


@settings(max_examples=120, deadline=None)
@given(random_lessons(), st.sampled_from(FORMS))
def test_random_networks(lesson: Lesson, form: Form) -> None:
    check(lesson, 3, form)


@pytest.mark.parametrize("seed", range(60))
def test_random_large_networks(seed: int) -> None:
    """By paths only where these are few enough to be multiplied out here one by one."""
    lesson = any_lesson(random.Random(seed))
    check(lesson, 1, "paths" if lesson.network.factors_per_row() * lesson.rows < 4_000 else "delta")


@settings(max_examples=60, deadline=None)
@given(random_lessons())
def test_every_delta_is_what_the_paths_have_in_common(lesson: Lesson) -> None:
    """δ is the factor of a bias's gradient: its product in a row, by whichever form."""
    by_paths, by_delta = Trace(lesson), Trace(lesson, "delta")
    for place, parameter in enumerate(lesson.order):
        for row in range(lesson.rows):
            product = Quantity("", Source.PRODUCT, i=place, j=-1)
            assert by_delta.read(1, product, row) == pytest.approx(by_paths.read(1, product, row), **CLOSE)
            if parameter.source is None:
                index = by_delta.script.delta_index(row, by_delta.symbols.target_unit(parameter))
                entry = by_delta.entry(1, index)
                assert entry.step.kind is Kind.DELTA
                assert entry.value == pytest.approx(by_paths.read(1, product, row), **CLOSE)


@settings(max_examples=6, deadline=None)
@given(random_lessons(most_units=3, has_sums=False))
def test_random_networks_for_20_epochs(lesson: Lesson) -> None:
    """With means: sums of squares soon diverge at this learning rate, and every rounding with them."""
    check(lesson, 20)


def test_the_delta_form_of_a_network_with_too_many_paths() -> None:
    lesson = seeded([3, 9, 9, 9, 2], ["tanh", "sigmoid", "tanh", "sigmoid"], rows=4)
    assert not Trace(lesson).chains.by_paths
    check(lesson, 2)
