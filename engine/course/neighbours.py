"""A lesson among others: whether its id is its own, and whether `requires` and `next` lead anywhere."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import NamedTuple

from engine.course.finding import lesson_files, said_id
from engine.lesson.lesson import Lesson, LessonError, load, load_file, shipped_lessons
from engine.lesson.schema import Problem, spell
from engine.text.notation import with_count
from engine.text.printable import printable, suggestion


class Neighbour(NamedTuple):
    """A lesson beside another: its file, its id, which lessons it requires and which is next."""

    path: Path
    id: str
    requires: tuple[str, ...]
    next: str = ""


def find_neighbours(path: str, others: Sequence[str]) -> list[Neighbour]:
    """The lessons in a file's folder, and of other files; not the file itself."""
    own = Path(path).resolve()
    files = {Path(other).resolve() for other in others}
    with suppress(LessonError):  # a folder may let a file be read, and not be listed itself
        files.update(lesson_files(own.parent))
    files.discard(own)
    return [_read_neighbour(file, file.stat().st_mtime_ns) for file in sorted(files) if file.is_file()]


@cache
def _read_neighbour(path: Path, _saved: int) -> Neighbour:
    """What others are compared with, read again when it is saved; of a lesson with problems the id alone."""
    try:
        lesson = load_file(str(path))
    except LessonError:
        return Neighbour(path, said_id(path), ())
    return Neighbour(path, lesson.id, lesson.requires, lesson.next)


def link_problems(lesson: Lesson, path: str, neighbours: Sequence[Neighbour]) -> Iterator[Problem]:
    """A warning for an id that another lesson has, and for each lesson that it leads to in vain."""
    yield from _id_problems(lesson, path, neighbours)
    known = {*shipped_lessons(), *(each.id for each in neighbours)}
    links = [(f"requires[{index}]", name) for index, name in enumerate(lesson.requires)]
    for key, name in [*links, ("next", lesson.next)] if lesson.next else links:
        if name == lesson.id:
            yield Problem(key, f"{spell(name)} is this lesson itself", "another lesson's id")
        elif name not in known:
            near = suggestion(name, sorted(known))
            yield Problem(key, f"{spell(name)} leads nowhere", f"a lesson of the same folder, or a shipped one{near}")
    known_by = {each.id: each for each in neighbours}
    if circle := _circle(lesson.id, lesson.requires, lambda name: _links_of(name, known_by).requires):
        yield Problem("requires", f"a circle: {' → '.join(circle)}", "lessons that can be done before")
    if circle := _circle(lesson.id, _next_of(lesson), lambda name: _next_of(_links_of(name, known_by))):
        yield Problem("next", f"a circle: {' → '.join(circle)}", "a lesson that does not lead back")


def _id_problems(lesson: Lesson, path: str, neighbours: Sequence[Neighbour]) -> Iterator[Problem]:
    same = [printable(each.path.name) for each in neighbours if each.id == lesson.id]
    if same:
        more = f" and {with_count(len(same) - 1, 'more file')}" * (len(same) > 1)
        yield Problem("id", f"{spell(lesson.id)} is that of {same[0]}{more} too", "an id of its own")
    shipped = shipped_lessons().get(lesson.id)
    if shipped and Path(path).read_bytes() != shipped.read_bytes():
        yield Problem("id", f"{spell(lesson.id)} is that of a shipped lesson too", "an id of its own")


def _links_of(name: str, neighbours: Mapping[str, Neighbour]) -> Neighbour | Lesson:
    """The lesson that a link leads to, a neighbour before a shipped one; one without links, where there is none."""
    if name in neighbours:
        return neighbours[name]
    return load(name) if name in shipped_lessons() else Neighbour(Path(), name, ())


def _next_of(lesson: Neighbour | Lesson) -> Sequence[str]:
    return [lesson.next] if lesson.next else []


def _circle(own: str, links: Sequence[str], beyond: Callable[[str], Sequence[str]]) -> list[str]:
    """The ids by which links lead from a lesson back to itself, from its own to its own; empty where they don't. One
    that names itself is told apart.
    """
    ways, seen = [[own, name] for name in links if name != own], set[str]()
    for way in ways:
        if (last := way[-1]) == own:
            return way
        if last not in seen:
            seen.add(last)
            ways += [[*way, name] for name in beyond(last)]
    return []
