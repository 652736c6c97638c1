"""How a folder's lessons are arranged, where it has a course file: read, and what is wrong or doubtful in it."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from engine.course.finding import lesson_files, said_id
from engine.lesson.course_file import COURSE_FILE, WHAT, Group, read_groups
from engine.lesson.lesson import LessonError
from engine.lesson.schema import Problem, spell
from engine.lesson.toml_file import TomlError, read_text
from engine.text.printable import suggestion


def course_files(folder: Path) -> list[Path]:
    """The course file of a folder, if it has one."""
    path = folder / COURSE_FILE
    return [path] if path.exists() else []


def read_arrangement(path: Path) -> Sequence[Group]:
    """The groups of a course file. Raises LessonError."""
    try:
        return read_groups(read_text(path, WHAT))
    except TomlError as error:
        raise LessonError(str(path), *error.problems) from None


def lost_lessons(groups: Sequence[Group], path: Path) -> Iterator[Problem]:
    """A warning for each id in a course file that no lesson beside it has."""
    known = list[str]()
    with suppress(LessonError):
        known += map(said_id, lesson_files(path.parent))
    for number, group in enumerate(groups):
        for name in group.lessons:
            if name not in known:
                key = f"groups[{number}].lessons" if group.name else "lessons"
                yield Problem(key, f"{spell(name)} is no lesson of this folder",
                              f"the id of one{suggestion(name, known)}")
