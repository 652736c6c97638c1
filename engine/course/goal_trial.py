"""Whether a lesson's goal is reached when the lesson says so, found by training it."""

from collections.abc import Sequence
from typing import NamedTuple

from engine.lesson.lesson import Lesson
from engine.lesson.schema import Problem
from engine.trace.trace import Trace
from engine.trace.training import passes_like

MOST_EPOCHS_TRIED = 20_000  # which takes about a second
MOST_WORK = 400_000_000  # rows times parameters times epochs: some seconds
EPOCHS_BEYOND = 2_000  # are looked through for one that reaches it after all


class GoalTrial(NamedTuple):
    """What is wrong with a lesson's goal, if anything; up to which epoch that was looked at, and whether that is all.
    """

    problem: Problem | None
    epochs: int
    is_whole: bool


def try_goal(lesson: Lesson) -> GoalTrial:
    """Train as far as the goal's epoch, or as far as a few seconds go: what was not seen is no problem."""
    goal, trace = lesson.goal, Trace(lesson)
    if goal is None:
        return GoalTrial(None, 0, True)
    work = lesson.rows * max(1, len(lesson.model.parameters))
    most = max(1, min(MOST_EPOCHS_TRIED // passes_like(lesson), MOST_WORK // work, trace.history.last_epoch))
    end = min(goal.epoch, most)
    met = [epoch for epoch in range(1, end + 1) if trace.is_goal_met(epoch)]
    if goal.fails:
        problem = Problem("goal", f"fails = true, but reached in epoch {met[0]}", "no fails") if met else None
    elif end in met:
        problem = _early_problem(met, goal.epoch)
    elif end < goal.epoch:
        problem = None
    else:
        problem = _late_problem(trace, met, end, min(end + EPOCHS_BEYOND, most))
    return GoalTrial(problem, end, end == goal.epoch or problem is not None)


def _early_problem(met: Sequence[int], wanted: int) -> Problem | None:
    """It stays reached from an epoch on that is long before the one it names: in less than half of the epochs."""
    known = set(met)
    first = next(epoch for epoch in range(met[-1], 0, -1) if epoch - 1 not in known)
    if 2 * first >= wanted:
        return None
    return Problem("goal", f"reached in epoch {first} already", f"epoch = {first}, not {wanted}")


def _late_problem(trace: Trace, met: Sequence[int], end: int, most: int) -> Problem:
    """It is not reached in the epoch it names; whether it is in another."""
    if met:
        return Problem("goal", f"reached in epoch {met[0]}, but not in epoch {end}", f"epoch = {met[0]}")
    later = next((epoch for epoch in range(end + 1, most + 1) if trace.is_goal_met(epoch)), None)
    return Problem("goal", f"not reached by epoch {end}",
                   f"epoch = {later}, where it is" if later else "another start, or fails = true")
