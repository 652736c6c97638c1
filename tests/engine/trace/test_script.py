"""The steps of an epoch by index, and back."""

import pytest
from hypothesis import given, settings

from engine.graph.step import Kind, Phase, Span
from engine.lesson.lesson import Lesson
from engine.trace.trace import Trace
from lessons import and_trace, random_lessons


def test_the_and_lessons_epoch() -> None:
    script = and_trace().script
    assert (script.length, script.batches[0].forward_end, script.batches[0].backward_end) == (239, 29, 230)
    kinds = [script.step(index).kind for index in range(script.length)]
    assert {kind.value: kinds.count(kind) for kind in kinds} == {
        "net_input": 12, "activation": 12, "row_loss": 4, "loss": 1,
        "factor": 156, "product": 36, "gradient": 9, "update": 9}


def test_the_38th_step_is_row_2s_third_factor_of_w13() -> None:
    trace = and_trace()
    step = trace.script.step(37)
    assert (step.kind, step.parameter_index, step.row, step.factor) == (Kind.FACTOR, 0, 1, 2)
    entry = trace.entry(1, 37)
    assert (entry.line.name, entry.line.formula, entry.value) == ("∂Z5/∂A3", "w35", -0.4)


@pytest.mark.parametrize("index", [-1, 239])
def test_outside_the_epoch_there_is_no_step(index: int) -> None:
    with pytest.raises(IndexError):
        and_trace().script.step(index)


@settings(max_examples=40, deadline=None)
@given(random_lessons(most_units=3, most_rows=3))
def test_positions_and_indices_are_each_others_inverse(lesson: Lesson) -> None:
    """Walking all indices meets every number once, in the script's order, and finds it again by arithmetic."""
    script = Trace(lesson).script
    steps = [script.step(index) for index in range(script.length)]
    assert len(set(steps)) == script.length
    order = [Phase.FORWARD, Phase.BACKWARD, Phase.UPDATE]
    keys = [(order.index(s.phase), s.parameter_index or 0 if s.phase is not Phase.FORWARD else 0) for s in steps]
    assert keys == sorted(keys)
    for index, step in enumerate(steps):
        if step.unit and step.row is not None:
            place = lesson.network.computed_units.index(step.unit)
            assert script.net_input_index(step.row, place) + (step.kind is Kind.ACTIVATION) == index
        elif step.kind is Kind.ROW_LOSS and step.row is not None:
            assert script.row_loss_index(step.row) == index
        elif step.kind in (Kind.FACTOR, Kind.PRODUCT) and step.parameter_index is not None and step.row is not None:
            lengths = Trace(lesson).chains.lengths(step.parameter_index)
            path = 0 if step.path < 0 and len(lengths) == 1 else step.path
            assert script.chain_index(step.parameter_index, step.row, path, step.factor) == index
        elif step.kind is Kind.GRADIENT and step.parameter_index is not None:
            assert script.batches[0].end_of(step.parameter_index) - 1 == index


@settings(max_examples=40, deadline=None)
@given(random_lessons(most_units=3, most_rows=3))
def test_blocks_and_sections_tile_the_epoch(lesson: Lesson) -> None:
    script = Trace(lesson).script
    for span in Span:
        index = 0
        while index < script.length:
            start, end = script.stretch(span, index)
            assert start == index < end
            assert all(script.stretch(span, inside) == (start, end) for inside in range(start, end))
            index = end


def test_reused_factors_of_the_and_lesson() -> None:
    marks = and_trace().chains.reuse_marks
    assert [4 * sum(mark for path in place for mark in path) for place in marks] == [0, 16, 16, 8, 16, 16, 8, 8, 8]
