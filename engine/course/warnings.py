"""What is doubtful in a lesson that can be read: it would be played, but not as it was meant."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from engine.course.goal_trial import try_goal
from engine.course.lost_notes import lost_notes
from engine.course.neighbours import find_neighbours, link_problems
from engine.course.unused_names import unused_names
from engine.lesson.lesson import Lesson
from engine.lesson.schema import Problem
from engine.tutor.hidden_mistakes import Hidden, find_hidden_mistakes

MOST_NAMED = 3  # of the mistakes besides the first


class Findings(NamedTuple):
    """What is doubtful, and what was not looked at to its end, in words; nothing mostly."""

    warnings: list[Problem]
    left_out: str


def examine(lesson: Lesson, path: str, others: Sequence[str] = ()) -> Findings:
    """What is doubtful in the lesson of a file; `others` are checked together with it."""
    trial = try_goal(lesson)
    found = [*link_problems(lesson, path, find_neighbours(path, others)), *filter(None, (trial.problem,)),
             *lost_notes(lesson), *unused_names(lesson), *_hidden_problems(lesson)]
    return Findings(found, "" if trial.is_whole else f"its goal is tried up to epoch {trial.epochs} only")


def _hidden_problems(lesson: Lesson) -> Iterator[Problem]:
    """One warning for all mistakes that the starting numbers hide: what hides the first, and which others there are."""
    if not (hidden := find_hidden_mistakes(lesson)):
        return
    first, *others = hidden
    what = "can't be seen" if len(first.mistakes) == 1 else "can't be told apart"
    more = f"; also hidden: {', '.join(map(_name, others[:MOST_NAMED]))}" if others else ""
    more += f" and {len(others) - MOST_NAMED} more" * (len(others) > MOST_NAMED)
    yield Problem("parameters", f"{_name(first)} {what}: {first.words}{more}",
                  f"another {first.parameter}" if first.parameter else "other numbers")


def _name(hidden: Hidden) -> str:
    return " with ".join(hidden.mistakes)
