"""A lesson solved to its end: for every question of the first epoch, in both forms, what a learner can copy from the
screen is taken for right.
"""

import math
from collections.abc import Iterator
from typing import NamedTuple

from engine.lesson.lesson import Lesson
from engine.lesson.schema import Problem
from engine.text.notation import number
from engine.trace.cursor import Cursor
from engine.trace.trace import Trace
from engine.tutor.sample_answers import shown_answers
from engine.tutor.tutor import Tutor

MOST_WORK = 6_000  # questions times rows: a few seconds


class Solution(NamedTuple):
    """The first question that can't be answered, if there is one; how many were asked, and how many there are."""

    problem: Problem | None
    asked: int
    questions: int


def solve(lesson: Lesson) -> Solution:
    """Every question, or as many as some seconds take, spread over the epoch."""
    by_paths = Tutor(Trace(lesson))
    tutors = [by_paths]
    if by_paths.trace.chains.by_paths:
        tutors.append(Tutor(by_paths.trace.in_form("delta")))
    questions = sum(tutor.trace.script.length for tutor in tutors)
    stride = -(-questions * lesson.rows // MOST_WORK)
    asked = 0
    for tutor in tutors:
        for index in range(0, tutor.trace.script.length, stride):
            asked += 1
            if problem := next(_refusals(tutor, index), None):
                return Solution(problem, asked, questions)
    return Solution(None, asked, questions)


def _refusals(tutor: Tutor, index: int) -> Iterator[Problem]:
    """The right answers to a question that are not taken for right."""
    question, entry = tutor.question(1, index), tutor.trace.entry(1, index)
    row = "" if question.row is None else f" in row {question.row}"
    where = f"{Cursor(1, index)}, {question.name}{row}"
    if not math.isfinite(entry.value):
        yield Problem("parameters", f"no answer to the question at {where}: it comes to {number(entry.value)}",
                      "other starting values")
        return
    rows = tutor.trace.script.batches[entry.step.batch].rows
    for sample in shown_answers(tutor, 1, index, by_name=entry.step.row in (None, rows.start)):
        verdict = tutor.judge(1, index, sample.text)
        if not verdict.done:
            yield Problem("", f"{sample.text} is refused at {where}: {verdict.message}")
