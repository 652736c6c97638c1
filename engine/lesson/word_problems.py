"""What the words around a lesson may not contradict: its notes, and its goal."""

from collections.abc import Collection, Iterator
from typing import Any

from engine.lesson.data_problems import row_count
from engine.lesson.graph_reading import read_name
from engine.lesson.parameter_problems import near_name
from engine.lesson.schema import Problem, spell


def note_problems(document: dict[str, Any], names: Collection[str], units: int) -> Iterator[Problem]:
    """Of the notes, in a lesson with parameters of these names and so many units."""
    whose = "network" if units else "graph"
    limits = {"row": row_count(document), **({"unit": units} if units else {})}
    for index, note in enumerate(document.get("notes", [])):
        if (name := note.get("parameter")) is not None and read_name(name) not in names:
            yield Problem(f"notes[{index}].parameter", spell(name),
                          f"a parameter of the {whose}{near_name(name, names, ())}")
        for key, most in limits.items():
            if note.get(key, 1) > most:
                yield Problem(f"notes[{index}].{key}", str(note[key]), f"a {key} from 1 to {most}")
        if "unit" in note and not units:
            yield Problem(f"notes[{index}].unit", str(note["unit"]), "no unit: a graph has none")


def goal_problems(document: dict[str, Any]) -> Iterator[Problem]:
    """Of the goal, where it, the data and the training are sound."""
    goal, rows = document["goal"], row_count(document)
    if "rows_right" not in goal and "loss_below" not in goal:
        yield Problem("goal", "nothing to reach", "rows_right or loss_below")
    if "graph" in document:
        if "rows_right" in goal:
            yield Problem("goal.rows_right", str(goal["rows_right"]), "loss_below: no row of a graph is right or wrong")
        if "learning_rate" not in document.get("training", {}) and goal["epoch"] > 1:
            yield Problem("goal.epoch", str(goal["epoch"]), "1, or a learning_rate: without there is one epoch")
        return
    if goal.get("rows_right", 0) > rows:
        yield Problem("goal.rows_right", str(goal["rows_right"]), f"at most {rows}, the rows there are")
    begin = len(document["data"]["inputs"])
    targets = [target for row in document["data"]["rows"] for target in row[begin:]]
    if "rows_right" in goal and any(target not in (0, 1) for target in targets):
        yield Problem("goal.rows_right", "targets that are not 0 or 1", "loss_below, where no row is right or wrong")
