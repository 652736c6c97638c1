"""The map above the list of units: the expected pictures, to be looked at."""

from itertools import pairwise

import pytest

from engine.graph.quantity import Source
from engine.graph.step import Kind, Phase
from engine.lesson.lesson import load
from engine.trace.chain import Form
from engine.trace.cursor import Cursor
from engine.trace.trace import Trace
from engine.walk.walk import Walk
from lessons import family, seeded
from tui.view.canvas import Box, Canvas
from tui.view.glyphs import Spelling, ascii_form
from tui.view.lesson_view import LessonView
from tui.view.panels import unit_list


def drawn(trace: Trace, step: int, height: int = 8, spelled: Spelling = str) -> list[str]:
    canvas = Canvas(44, height, spelled)
    unit_list.draw(canvas, Box(0, 0, 44, height), LessonView(Walk(trace, Cursor(1, step))))
    return [line.rstrip() for line in canvas.text().split("\n")]


def test_the_path_in_hand_is_marked_in_the_map() -> None:
    trace = Trace(load("delta"))
    step = trace.script.chain_index(1, 0, 1, 3) + 1  # w23 by its second path
    assert drawn(trace, step)[:4] == [
        "─ Network, row 1: unit 3 of 2-2-2-2 ────────",
        "  1 ─╔═(3)═╗─ 5 ─╔═(7)",
        " (2)═╝─ 4 ─╚═(6)═╝─ 8",
        "  unit   Z         A      into (3) tanh"]
    assert drawn(trace, step, spelled=ascii_form)[1:3] == ["  1 -#=(3)=#- 5 -#=(7)", " (2)=#- 4 -#=(6)=#- 8"]


def test_a_softmaxs_units_are_joined_in_the_map() -> None:
    """The path from the Z of one to the A of another is marked; each parameter that is fixed, too."""
    trace = Trace(family("three classes"))
    step = trace.script.chain_index(0, 1, 1, 1) + 1  # w13 in row 2, over A4
    assert drawn(trace, step)[1:5] == [
        " (1)═══(3)═╗", "  2 ─┼─(4)═╝", "     └─ 5 ─┘", "  unit   Z         A      into (3) softmax"]
    assert drawn(trace, step, spelled=ascii_form)[1:4] == [" (1)===(3)=#", "  2 -+-(4)=#", "     +- 5 -]"]


def test_forward_the_unit_in_hand_is_marked() -> None:
    trace = Trace(load("deeper"))
    assert drawn(trace, trace.script.net_input_index(0, 2) + 1)[1:3] == [
        "  1 ─┬─ 3 ─┬─(5)─┬─ 7", "  2 ─┴─ 4 ─┴─ 6 ─┘"]


@pytest.mark.parametrize("lesson", ["two-outputs", "deeper", "delta", "worked-example"])
def test_every_path_of_the_course_is_seen_whole(lesson: str) -> None:
    """At every step of the backward pass, each of the path's units stands in brackets; a doubled line joins them."""
    trace = Trace(load(lesson))
    for index in range(trace.script.batches[0].forward_end, trace.script.batches[0].backward_end):
        step = trace.script.step(index)
        assert step.phase is Phase.BACKWARD
        lines = drawn(trace, index + 1)[1:3]
        units = trace.chains.path_of(step.parameter_index or 0, step.path)
        columns = sorted(next(line.index(f"({unit.number})") for line in lines if f"({unit.number})" in line)
                         for unit in units)
        for before, after in pairwise(columns):
            assert any("═" in line[before + 3:after] for line in lines), (index, lines)


@pytest.mark.parametrize("form", ["paths", "delta"])
@pytest.mark.parametrize("lesson", ["two-outputs", "deeper", "delta", "worked-example"])
def test_the_weights_that_a_factor_or_a_delta_needs_are_listed(lesson: str, form: Form) -> None:
    trace, seen = Trace(load(lesson), form), set[str]()
    for index in range(trace.script.batches[0].forward_end, trace.script.batches[0].backward_end):
        step = trace.script.step(index)
        if step.kind in (Kind.FACTOR, Kind.DELTA):
            numbers = trace.line(step).numbers.quantities
            needed = {each.name for each in numbers if each.source is Source.PARAMETER}
            assert needed <= set(" ".join(drawn(trace, index + 1)).split()), (index, step)
            seen |= needed
    assert seen


def test_layers_too_large_for_a_map_have_the_list_alone() -> None:
    trace = Trace(seeded([2, 64, 64, 1], ["tanh", "tanh", "sigmoid"]))
    assert drawn(trace, 1)[1].lstrip().startswith("unit")
    assert drawn(trace, trace.script.batches[0].backward_end)[1].lstrip().startswith("unit")
