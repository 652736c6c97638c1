"""What is said between two epochs where it surprises, and why."""

import re
from dataclasses import replace

import pytest

from engine.lesson.lesson import load, shipped_lessons
from engine.lesson.notes import Goal
from engine.trace.cursor import Cursor
from engine.trace.trace import Trace
from engine.walk.actions import WhatIf
from engine.walk.transition import act
from engine.walk.walk import Walk
from lessons import seeded
from tui.view.layout import picture

PULLED = "The other rows pull the weights they share the other way; the sum decides."
BATCH_BY_BATCH = "Each row has the parameters of its own batch, so not all have the same."
TOO_FAR = "Each weight went down its slope but too far: the learning rate is too large."


def summary(trace: Trace, epoch: int) -> str:
    return picture(Walk(trace, Cursor(epoch, 0)), 80, 24).text()


def test_a_row_that_gets_worse_while_the_loss_falls_is_named_with_the_reason() -> None:
    text = summary(Trace(load("and-gate")), 2)
    assert "Loss  0.25781 → 0.23455  it fell, though row 1 got worse.\n  " + PULLED in text
    assert "Rows right: 1 of 4." in text
    assert "it fell, though rows 2 and 3 got worse." in summary(Trace(load("xor-gate")), 2)


def test_a_row_that_goes_past_its_target_is_not_said_to_be_pulled_away() -> None:
    """Row 2 of the straight line goes from 0.4 to 1.88; its target is 1."""
    text = summary(Trace(load("learning-rate")), 2)
    assert "Loss  11.235 → 2.247  it fell.\n" in text
    assert PULLED not in text


@pytest.mark.parametrize("lesson", sorted(shipped_lessons()))
def test_what_is_said_is_true_in_every_lesson(lesson: str) -> None:
    trace = Trace(load(lesson))
    quantity = trace.graph.line(-1).quantity
    for epoch in range(2, min(16, trace.history.last_epoch)):
        text, losses = summary(trace, epoch), [trace.epoch(number).loss for number in (epoch - 1, epoch)]
        if len(trace.lesson.batches) > 1:
            assert BATCH_BY_BATCH in text
            assert PULLED not in text
            assert TOO_FAR not in text
            continue
        text = text.replace("pull the parameters", "pull the weights").replace("Each parameter", "Each weight")
        assert (TOO_FAR in text) == ("it did not fall." in text)
        assert TOO_FAR not in text or losses[1] > losses[0]
        if len(trace.lesson.batches) == 1:
            assert (PULLED in text.replace("the parameters they", "the weights they")) == ("got worse" in text)
        if found := re.search(r"though rows? ([\d, and]+) got worse", text):
            assert losses[1] < losses[0]
            for row in re.findall(r"\d+", found[1]):
                before, after = (trace.read(number, quantity, int(row) - 1) for number in (epoch - 1, epoch))
                assert after > before


def test_where_a_change_had_a_hand_in_it_no_reason_is_given() -> None:
    walk = act(Walk(Trace(load("and-gate")), Cursor(2, 0)), WhatIf("w13 = -3"))
    assert PULLED not in picture(walk, 80, 24).text()


def test_one_row_is_not_spoken_of_as_many() -> None:
    trace = Trace(seeded([2, 1], ["sigmoid"], rows=1))
    for cursor in (Cursor(1, trace.script.length), Cursor(2, 0)):
        for size in ((80, 24), (120, 40)):
            assert not re.search(r"\b1 [a-z]+s\b", picture(Walk(trace, cursor), *size).text())


def test_a_missed_goal_is_said_and_so_is_what_may_be_done_then() -> None:
    lesson = load("and-gate")
    trace = Trace(replace(lesson, goal=Goal(2, rows_right=4)))
    missed = summary(trace, 2)
    assert "  Rows right: 1 of 4.  Goal not reached: 4 rows right by epoch 2.\n" in missed
    assert "  w what if, x new numbers, m lessons\n" in missed
    later = "  Rows right: 3 of 4.  Goal not reached.  w what if, x new numbers, m lessons\n"
    assert later in summary(trace, 3)
    assert "  Rows right: 3 of 4.  Goal not reached.\n" in picture(Walk(trace, Cursor(3, 0)), 60, 20).text()
    assert "  All 4 rows are right.\n  Goal reached, in epoch 4 instead of 2. Next: or-gate (m).\n" in summary(trace, 4)


def test_the_rows_stand_right_under_their_heads() -> None:
    lines = summary(Trace(load("and-gate")), 2).split("\n")
    assert lines[10].split()[:3] == ["x1", "x2", "y"]
    assert lines[11].split()[:3] == ["1", "1", "1"]


def test_a_lesson_that_fails_names_the_next_one_whole() -> None:
    trace = Trace(load("xor-stuck"))
    said = "  Rows right: 3 of 4.\n  Not reached, as the lesson says. Next: gradient-check (m).\n"
    assert said in summary(trace, 2000)


def test_three_outputs_of_a_row_stand_in_one_line_behind_its_number() -> None:
    text = picture(Walk(Trace(load("softmax")), Cursor(2, 0)), 80, 24).text()
    assert "  row  A3 was    A3 now    A4 was    A4 now    A5 was    A5 now\n" in text
    assert "    3   0.63798   0.52645   0.14965   0.12136   0.21237   0.35218  wrong\n" in text
