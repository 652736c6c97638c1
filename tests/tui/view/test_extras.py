"""Large screens: what they show besides, that it stands still, and that nothing covers anything at any size."""

import re
from functools import cache
from itertools import pairwise
from statistics import median

import pytest
from walks import watched

from engine.graph.step import Phase
from engine.learner.progress import Bookmark
from engine.lesson.lesson import load
from engine.text.notation import number
from engine.trace.chain import Form
from engine.trace.cursor import Cursor
from engine.trace.trace import Trace
from engine.walk.actions import Answer
from engine.walk.opening import open_walk
from engine.walk.transition import act
from engine.walk.walk import Walk
from lessons import SHAPES, seeded
from tui.view.canvas import Canvas
from tui.view.layout import picture

LARGE = (200, 60)
WIDE_NETWORK = seeded([3, 8, 8, 3], ["relu", "tanh", "sigmoid"], rows=5)


@cache
def trace(lesson: str, form: Form = "paths") -> Trace:
    return Trace(load(lesson), form)


def drawn(at: Cursor, lesson: str = "and-gate", form: Form = "paths", size: tuple[int, int] = LARGE) -> Canvas:
    return picture(Walk(trace(lesson, form), at), *size)


@pytest.mark.parametrize("lesson", SHAPES)
@pytest.mark.parametrize("form", ["paths", "delta"])
def test_nothing_covers_anything_in_any_lesson_at_any_size(lesson: str, form: Form) -> None:
    """In every phase; and at every size each phase's headings keep their lines."""
    script = trace(lesson, form).script
    steps = [*range(0, script.length + 1, script.length // 6 + 1), script.length - 1]
    for size in ((80, 24), (120, 40), (160, 50), LARGE):
        headings = dict[object, set[tuple[int, ...]]]()
        for cursor in [Cursor(epoch, step) for epoch in (1, 3) for step in steps]:
            with watched() as faults:
                lines = drawn(cursor, lesson, form, size).text().split("\n")
            assert not faults, (size, cursor, faults)
            step = script.step(cursor.step - 1) if cursor.step else None
            kind = (step.phase, step.parameter_index is None) if step else cursor.epoch
            headings.setdefault(kind, set()).add(tuple(y for y, line in enumerate(lines) if line.startswith("─ ")))
        if size == LARGE:
            assert all(len(places) == 1 for places in headings.values()), headings


def test_a_large_network_is_shown_in_parts_and_covers_nothing() -> None:
    known = Trace(WIDE_NETWORK)
    with watched() as faults:
        texts = [picture(Walk(known, Cursor(2, step)), *LARGE).text()
                 for step in (40, 60, *range(500, known.script.length, known.script.length // 6))]
    assert not faults
    assert any("Forward pass, every row, from A11 to A18 ─" in text for text in texts)
    larger = picture(Walk(known, Cursor(2, 500)), 240, 80).text()
    assert re.search("Gradients ∂Loss/∂w, epoch by epoch, from w1,4 to w[0-9,]+ ─", larger)


def test_the_number_in_hand_stands_near_the_network_and_the_history_is_last() -> None:
    """The chain under the network, what explains it under the chain, on the same line in every phase; no Loss is longer
    than it need be, and every parameter has its column.
    """
    known = trace("deeper")
    headings = dict[Phase, list[str]]()
    for phase, step in ((Phase.FORWARD, 30), (Phase.BACKWARD, 300), (Phase.UPDATE, known.script.length - 4)):
        lines = drawn(Cursor(3, step), "deeper").text().split("\n")
        titled = [(y, line[2:].split(" ─")[0]) for y, line in enumerate(lines) if line.startswith("─ ")]
        headings[phase] = [title for _, title in titled]
        assert [y for y, title in titled if title.startswith("This number")] == [25 if phase is Phase.UPDATE else 22]
        assert max(line.count("█") for line in lines) == 40
    assert [title.split(":")[0].split(" •")[0] for title in headings[Phase.BACKWARD][1:]] == [
        "Chain rule (4)", "This number", "Forward pass, every row", "Just before", "Parameters, epoch by epoch",
        "Gradients ∂Loss/∂w, epoch by epoch"]
    assert headings[Phase.FORWARD][1].startswith("Forward pass, row 3 of 4")
    assert "Just before" not in headings[Phase.FORWARD]  # it stands above


@pytest.mark.parametrize(("size", "is_chain_there"), [((80, 24), False), ((120, 40), True), (LARGE, True)])
def test_verdicts_leave_the_chain_where_there_is_room(size: tuple[int, int], is_chain_there: bool) -> None:
    """And what else there is, so that what they speak of can be seen."""
    answers = dict(zip(range(29, 35), ("0.14555", "0.3", "0.5", "2", "3", "4"), strict=True))
    walk = act(open_walk(Bookmark("and-gate", Cursor(1, 34), mode="by hand", answers=answers)), Answer("7"))
    assert walk.results.is_open
    with watched() as faults:
        text = picture(walk, *size).text()
    assert not faults
    assert "By hand, " in text
    assert ("Chain rule (1)" in text) == is_chain_there
    assert ("Forward pass, every row" in text) == (size == LARGE)


def test_every_row_and_what_was_before_are_seen() -> None:
    """At gradient (1) of epoch 3: all that was calculated, and the epochs before."""
    at, known = Cursor(3, 38), trace("and-gate")
    text = drawn(at).text()
    for row in range(4):
        (line,) = [line for line in text.split("\n")[26:33]
                   if line[2:].startswith("{:2g} {:2g}".format(*known.lesson.inputs_of(row)))]
        for place in range(7):
            value = known.entry(3, known.script.net_input_index(row, 0) + place).value
            assert f" {number(value, 7)} " in f"{line} ", (row, place)
    for epoch in (1, 2):
        for k in range(9):
            assert number(known.entry(epoch, known.script.batches[0].end_of(k) - 1).value, 7) in text
    start = drawn(Cursor(9, 3)).text()
    for epoch in range(4, 10):
        assert all(number(value, 7) in start for array in known.history.state(epoch).parameters[1:]
                   for value in array.flat)
    assert sum("█" in line for line in start.split("\n")) == 6


def test_a_step_changes_little_and_a_screen_depends_on_its_place_alone() -> None:
    pictures = [drawn(Cursor(3, step)) for step in range(240)]
    changes = [sum(a != b for y in now.changed_rows(before) for a, b in zip(now.row(y), before.row(y), strict=True))
               for before, now in pairwise(pictures)]
    assert median(changes) < 400
    for epoch in (40, 2, 17):
        drawn(Cursor(epoch, 100))
    anew = picture(Walk(Trace(load("and-gate")), Cursor(17, 38)), *LARGE)
    assert anew.text() == drawn(Cursor(17, 38)).text()
