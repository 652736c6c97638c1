"""A lesson is solved to its end: every question of its first epoch takes what can be copied from the screen."""

import random

import pytest
from families import any_family
from random_graphs import random_graph

from engine.course import solution
from engine.course.solution import solve
from engine.lesson.lesson import Lesson, load, parse, shipped_lessons
from engine.tutor.answer import Verdict
from engine.tutor.tutor import Tutor
from lessons import any_lesson, toml

RANDOM = [any_lesson(random.Random(14)), any_family(random.Random(50)), random_graph(random.Random(1)).lesson]
OVERFLOWING = toml([1, 1], ["linear"], "mse", [[1e200, 0.0]], {"w12": 1e200, "b2": 0.5})


@pytest.mark.parametrize("name", list(shipped_lessons())[::3])
def test_shipped_lessons_can_be_solved(name: str) -> None:
    found = solve(load(name))
    assert found.problem is None
    assert found.asked == found.questions > 40


@pytest.mark.parametrize("lesson", RANDOM, ids=["network", "family", "graph"])
def test_so_can_others_as_far_as_they_are_tried(lesson: Lesson, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(solution, "MOST_WORK", 1_000)
    found = solve(lesson)
    assert found.problem is None
    assert 0 < found.asked <= found.questions


def test_a_question_without_an_answer_is_told() -> None:
    found = solve(parse(OVERFLOWING, "large.toml"))
    assert str(found.problem) == \
        "parameters: no answer to the question at 1:0, Z2 in row 1: it comes to inf; expected other starting values"


def test_a_right_answer_that_is_refused_is_told_with_its_place(monkeypatch: pytest.MonkeyPatch) -> None:
    judge = Tutor.judge

    def refuse(self: Tutor, epoch: int, index: int, text: str) -> Verdict:
        return Verdict(False, "unknown", "no.") if index == 5 else judge(self, epoch, index, text)
    monkeypatch.setattr(Tutor, "judge", refuse)
    found = solve(load("and-gate"))
    assert str(found.problem) == "0.70889 is refused at 1:5, A5 in row 1: no."
    assert found.asked == 6
