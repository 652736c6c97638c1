"""A course's file: in which order its lessons stand, and in which groups."""

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from engine.late import LateModule
from engine.lesson.format import ID
from engine.lesson.schema import Check, Problem, line, list_of, spell, table
from engine.lesson.toml_file import TomlError, parse_toml

if TYPE_CHECKING:
    from engine.lesson import location
else:
    location = LateModule("engine.lesson.location")

COURSE_FILE = "course.toml"
WHAT = "a course"
MOST_LESSONS, MOST_GROUPS, LONGEST_NAME = 500, 50, 40

LESSONS: Check = list_of(ID, 1, MOST_LESSONS, "lessons' ids")
GROUPS: Check = list_of(table({"name": line(LONGEST_NAME), "lessons": LESSONS}), 1, MOST_GROUPS, "groups")
COURSE: Check = table({}, {"lessons": LESSONS, "groups": GROUPS})


class Group(NamedTuple):
    """Lessons that belong together, by their ids; without a name where a course has no groups."""

    name: str
    lessons: tuple[str, ...]


def read_groups(text: str) -> tuple[Group, ...]:
    """The groups of a course, in their order. Raises TomlError."""
    document = parse_toml(text, WHAT, ["groups"])
    if found := list(COURSE(document, "")) or list(_problems(document)):
        raise TomlError(*location.locate(found, text))
    groups = document.get("groups") or [{"name": "", **document}]
    return tuple(Group(group["name"], tuple(group["lessons"])) for group in groups)


def _problems(document: dict[str, Any]) -> Iterator[Problem]:
    if len(document) != 1:
        yield Problem("", "both lessons and groups" if document else "no lessons", "lessons = [...], or [[groups]]")
    groups = [("lessons", document.get("lessons", [])),
              *((f"groups[{k}].lessons", group["lessons"]) for k, group in enumerate(document.get("groups", [])))]
    count = Counter(name for _, names in groups for name in names)
    for key, names in groups:
        for name in sorted({name for name in names if count[name] > 1}):
            yield Problem(key, f"{spell(name)}, which stands in it {count[name]} times", "each lesson once")
