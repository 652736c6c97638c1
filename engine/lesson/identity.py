"""What a lesson is known by, wherever its file is: its id, and a sum of what its walk is made of.

Words are no part of it: title, introduction, notes, goal and the columns' names may be mended. A file with all that a
shipped lesson is made of is that lesson.
"""

import hashlib
import re
from functools import cache
from pathlib import Path

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
    network = lesson.network
    made_of = (len(lesson.inputs), lesson.table, network.sizes, [f.name for f in network.activations],
               [lesson.start[name] for name in network.parameters], lesson.loss.name, lesson.learning_rate,
               [parameter.name for parameter in lesson.order])
    return hashlib.sha256(repr(made_of).encode()).hexdigest()[:DIGITS]


@cache
def _shipped_sum(name: str) -> str:
    """Of a shipped lesson; nothing where there is none of that id."""
    return _sum_of(load(name)) if name in shipped_lessons() else ""
