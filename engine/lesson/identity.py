"""What a lesson is known by, wherever its file is: its id, and a sum of what its walk is made of.

Words are no part of it: title, introduction, notes, goal and the columns' names may be mended. A file with all that a
shipped lesson is made of is that lesson.
"""

import hashlib
import re
from functools import cache
from pathlib import Path

from engine.graph.expression import Part
from engine.graph.optimizers import SGD
from engine.graph.parts import name_part, replace_names
from engine.lesson.lesson import Lesson, load, shipped_lessons

DIGITS = 12  # of the sum, in hexadecimal: by accident no two are the same


def key_of(lesson: Lesson) -> str:
    """A shipped lesson's id, or `ID-SUM`; drawn starting values make no other lesson."""
    lesson = lesson.drawn_from or lesson
    found = _sum_of(lesson)
    return lesson.id if found == _shipped_sum(lesson.id) else f"{lesson.id}-{found}"


def id_in(key: str) -> str:
    """The id of the lesson that is known by a key."""
    return re.sub(rf"-[0-9a-f]{{{DIGITS}}}$", "", key)


def whole_name(name: str) -> str:
    """A lesson's name as it is the same from any folder: a shipped one's id, or a file's absolute path."""
    return name if name in shipped_lessons() else str(Path(name).absolute())


def _sum_of(lesson: Lesson) -> str:
    made_of = (len(lesson.inputs), lesson.table, *_model_of(lesson),
               [lesson.start[name] for name in lesson.model.parameters], lesson.loss.name, lesson.learning_rate,
               [parameter.name for parameter in lesson.order], *_more_of(lesson))
    return hashlib.sha256(repr(made_of).encode()).hexdigest()[:DIGITS]


def _model_of(lesson: Lesson) -> tuple[object, ...]:
    """Of a graph the formulas as they are calculated, whatever the columns in them are called."""
    if formulas := lesson.formulas:
        columns = {name: name_part(f"column {index}") for index, name in enumerate(formulas.columns)}
        return ([(node.name, _shape(replace_names(node.root, columns))) for node in formulas.nodes], formulas.result,
                formulas.names)
    return lesson.network.sizes, [f.name for f in lesson.network.activations]


def _shape(part: Part) -> tuple[object, ...]:
    """A part of a formula without its place in the text."""
    return part.operation, part.value, part.name, *map(_shape, part.parts)


def _more_of(lesson: Lesson) -> list[object]:
    """What lessons may leave out, where it is not what it is then: their sums were without it."""
    bias = "unit" if lesson.formulas else lesson.network.bias
    optimizer = (lesson.optimizer.name, sorted(lesson.settings.items()))
    more = (("bias", bias, bias != "unit"), ("batch", lesson.batch, lesson.batch > 0),
            ("optimizer", optimizer, lesson.optimizer is not SGD),
            ("weight decay", lesson.weight_decay, lesson.weight_decay > 0))
    return [(name, value) for name, value, is_other in more if is_other]


@cache
def _shipped_sum(name: str) -> str:
    """Of a shipped lesson; nothing where there is none of that id."""
    return _sum_of(load(name)) if name in shipped_lessons() else ""
