"""What is doubtful in a lesson that can be read: it would be played, but not as it was meant."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from engine.course.goal_trial import try_goal
from engine.course.lost_notes import lost_notes
from engine.course.neighbours import find_neighbours, link_problems
from engine.course.solution import solve
from engine.course.unused_names import unused_names
from engine.lesson.lesson import Lesson
from engine.lesson.schema import Problem
from engine.tutor.hidden_mistakes import find_hidden_mistakes

MOST_TOLD = 5  # of the mistakes that the starting numbers hide; the others are only named


class Findings(NamedTuple):
    """What is doubtful, and what was not looked at to its end, in words; nothing mostly. And a question that can't be
    answered, which is an error.
    """

    warnings: list[Problem]
    left_out: Sequence[str] = ()
    error: Problem | None = None


def examine(lesson: Lesson, path: str, others: Sequence[str] = ()) -> Findings:
    """What is doubtful in the lesson of a file; `others` are checked together with it."""
    trial, solution = try_goal(lesson), solve(lesson)
    found = [*link_problems(lesson, path, find_neighbours(path, others)), *filter(None, (trial.problem,)),
             *lost_notes(lesson), *unused_names(lesson), *_hidden_problems(lesson)]
    left_out = [] if trial.is_whole else [f"its goal is tried up to epoch {trial.epochs} only"]
    if not solution.problem and solution.asked < solution.questions:
        left_out.append(f"{solution.asked} of its {solution.questions} questions are tried")
    return Findings(found, tuple(left_out), solution.problem)


def _hidden_problems(lesson: Lesson) -> Iterator[Problem]:
    """The mistakes that the starting numbers hide: of some of them where, and what hides them."""
    hidden = find_hidden_mistakes(lesson)
    for each in hidden[:MOST_TOLD]:
        what = "can't be seen" if len(each.mistakes) == 1 else "can't be told apart"
        yield Problem("parameters", f"{' and '.join(each.mistakes)} {what}: {each.words}",
                      f"another {each.parameter}" if each.parameter else "other numbers")
    if more := hidden[MOST_TOLD:]:
        yield Problem("parameters", f"{len(more)} more that can't be seen or told apart: "
                      + ", ".join(" and ".join(each.mistakes) for each in more))
