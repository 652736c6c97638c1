"""Every row's numbers at once: as far as they are reached, whatever the lesson, however many there are."""

from collections.abc import Callable
from dataclasses import replace
from unittest.mock import patch

import pytest

from engine.graph.quantity import Quantity, Source
from engine.lesson.lesson import load
from engine.trace.cursor import Cursor
from engine.trace.trace import Trace
from engine.walk.actions import Answer, Move, SetMode
from engine.walk.transition import act
from engine.walk.walk import Walk
from lessons import and_trace, seeded
from tui.view.glyphs import ascii_form
from tui.view.lesson_view import LessonView
from tui.view.pages import page

AND_AT_72 = """\
─ Every row, epoch 1 ───────────────────────────────────────────────────────────
  row  x1  x2  y  Z3       A3       Z4       A4       Z5       A5       (y−A5)²
    1   1   1  1   0.3      0.3      0.9      0.9      0.89     0.70889  0.08474
    2   1   0  0   0.9      0.9      0.4      0.4      0.2      0.54983  0.30232
▸   3   0   1  0  −0.5      0        0.2      0.2      0.38     0.59387  0.35269
    4   0   0  0   0.1      0.1     −0.3      0        0.16     0.53991  0.29151

  row  δ5       δ3       δ4
    1  −0.03004  0.01201  ·
    2   0.06805 −0.02722  ·
▸   3   0.07162  0        ·
    4   0.06706 −0.02682  ·

 Loss = 0.25781"""
BATCHES_AT_30 = """\
- Every row, epoch 1 -----------------------------------------------------------
  row  x1  x2  y  Z3       A3       (y-A3)^2  delta3
    1   1   1  1   1.2      0.76852  0.05358  -0.08236
>   2   1   0  0   0.56471  0.63754  0.40646   0.29465
    3   0   1  0   _        _        _         _
    4   0   0  0   _        _        _         _

 batch 1: Loss = 0.05358
 batch 2: Loss = 0.40646
 batch 3: Loss = _
 batch 4: Loss = _"""


def text_of(walk: Walk, width: int = 80, height: int = 24, spelled: Callable[[str], str] = str) -> str:
    shown = page("rows", walk, spelled)
    return shown.picture(width, height, shown.opening(width, height)).text()


def test_every_row_as_far_as_it_is_reached() -> None:
    """δ by paths once its whole chain was there."""
    assert text_of(Walk(and_trace(), Cursor(1, 72))).startswith(AND_AT_72 + "\n")
    assert text_of(Walk(Trace(load("one-at-a-time")), Cursor(1, 30)), spelled=ascii_form).startswith(BATCHES_AT_30)


def test_a_lesson_without_rows_does_not_speak_of_them() -> None:
    assert text_of(Walk(Trace(load("chain-rule")))).startswith("─ Every number, epoch 1 ")


def test_by_delta_the_number_in_hand_stands_in_brackets() -> None:
    trace = Trace(load("and-gate"), "delta")
    shown = text_of(Walk(trace, Cursor(1, trace.script.adjoint_index(1, 1) + 1)))
    assert "\n▸   2   0.06805[−0.02722] ·\n    3   ·        ·        ·\n" in shown


@pytest.mark.parametrize("lesson", ["and-gate", "two-outputs", "softmax", "recurrent"])
def test_a_delta_is_there_when_all_that_leads_to_it_was(lesson: str) -> None:
    """By paths: with the row's first product that has a path through its node, not a step before."""
    trace = Trace(load(lesson))
    through = {k: [place for place, _ in enumerate(trace.lesson.order)
                   if any(trace.graph.adjoint_of(k) in trail for trail in trace.chains.trails(place))]
               for k in range(len(trace.graph.adjoints))}
    for k, parameters in through.items():
        for row in range(trace.lesson.rows):
            ends = [index for index in range(trace.script.length) if trace.script.is_row_product(index)
                    and trace.script.step(index).row == row and trace.script.step(index).parameter_index in parameters]
            assert trace.script.adjoint_end(row, k) == min(ends)
            assert trace.script.adjoint_end(row, k, is_asked=True) == max(ends)


def test_nothing_that_is_asked_for_or_not_yet_judged_is_told() -> None:
    walk = act(Walk(and_trace()), SetMode("by hand"))
    walk = act(walk, Answer("0.31"))
    assert "▸   1   1   1  1   0.31     ?        ·        ·        ·        ·        ·" in \
        text_of(walk).replace("[", " ").replace("]", " ")


def test_as_long_as_the_mistake_is_looked_for_no_delta_is_told() -> None:
    found = act(Walk(and_trace(), Cursor(1, 60)), SetMode("find"))
    assert "δ3" in text_of(found)
    assert "0.01201" in text_of(Walk(and_trace(), Cursor(1, 60)))
    assert "0.01201" not in text_of(found)


def test_of_very_many_numbers_those_are_made_that_are_shown() -> None:
    """Heads stay on the screen; the columns beside begin with the same row."""
    trace = Trace(replace(seeded([2, *[64] * 8, 1], [*["relu"] * 8, "sigmoid"]), table=((0.0, 1.0, 1.0),) * 1024))
    walk = Walk(trace, Cursor(1, 0))
    shown = page("rows", walk, str)
    asked: list[tuple[int, Quantity]] = []
    with patch.object(LessonView, "text_at", lambda _view, index, quantity, *_: asked.append((index, quantity)) or "·"):
        lines = shown.picture(80, 24, 2000 + shown.parts(80).height * 3).text().split("\n")  # type: ignore[union-attr]
    assert len(shown.lines(80)) > 1024 * 150
    assert 0 < len(asked) < 24 * 9
    assert lines[0].startswith("   row  Z18")
    assert {quantity.source for _, quantity in asked} == {Source.Z, Source.A}
    beside = shown.beside(500, 1, 80, 24)
    assert shown.lines(80)[beside][0][1] == shown.lines(80)[500][0][1]  # the same row


def test_it_begins_at_the_row_in_hand() -> None:
    lesson = replace(seeded([2, 2, 1], ["relu", "sigmoid"]), table=((0.0, 1.0, 1.0),) * 600)
    walk = act(Walk(Trace(lesson), Cursor(1, 7 * 400)), Move("step", 1))
    assert "\n▸ 401 " in text_of(walk)
