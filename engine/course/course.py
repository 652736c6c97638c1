"""Which lessons there are: those that come with handgrad, the learner's own, those of a folder."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, groupby
from pathlib import Path
from typing import NamedTuple

from engine.course.arrangement import course_files, read_arrangement
from engine.course.finding import lesson_files, own_files
from engine.course.standing import is_done
from engine.learner.progress import Bookmark, bookmark_of
from engine.lesson.identity import key_of
from engine.lesson.lesson import Lesson, LessonError, load, load_file, shipped_groups
from engine.text.printable import printable

OWN, OTHERS = "Your own", "More"  # lessons, as groups: those of the learner, those of a folder that stand in no group


class Item(NamedTuple):
    """A lesson of a course, by the name that opens it: a shipped one's id, or a file's path. `problem` is why it can't
    be opened, if it can't; `key` what progress knows it by; `group` the name of those it belongs to, if they have one.
    """

    name: str
    lesson: Lesson | None
    problem: str = ""
    key: str = ""
    group: str = ""

    @property
    def title(self) -> str:
        """The lesson's title; of a file that is none, its name."""
        return self.lesson.title if self.lesson else printable(Path(self.name).name, 60)

    def bookmark_in(self, bookmarks: Mapping[str, Bookmark]) -> Bookmark | None:
        """Where a learner is in it, if they have begun."""
        return bookmark_of(bookmarks, self.key or self.name, self.name)

    def is_done(self, bookmark: Bookmark | None) -> bool:
        """Whether a learner is done with it."""
        return is_done(self.lesson, bookmark)

    def how_far(self, bookmark: Bookmark | None) -> str:
        """How far a learner is, in words: nothing where they have not begun."""
        if self.lesson is None:
            return "can't be read"
        return "done" if self.is_done(bookmark) else f"at {bookmark.cursor}" if bookmark else ""


def requirements(item: Item, items: Sequence[Item]) -> list[tuple[str, Item | None]]:
    """What is best done before a lesson of a course: each lesson's number in it; an id where it is not in it."""
    numbered = {other.lesson.id: (str(number), other) for number, other in enumerate(items, 1) if other.lesson}
    return [numbered.get(name, (name, None)) for name in (item.lesson.requires if item.lesson else ())]


def course(folder: Path | None = None) -> list[Item]:
    """The lessons of a folder, by their files' names or as its course file has them; without one, the shipped ones in
    their order and then the learner's own. A file that is no lesson is listed with its first problem; so is a course
    file that is none, and a folder that can't be read.
    """
    shipped = [Item(name, load(name), key=name, group=group.name)
               for group in shipped_groups() if folder is None for name in group.lessons]
    try:
        if folder is None:
            return shipped + [_item(path)._replace(group=OWN) for path in own_files()]
        return _arrange(list(map(_item, lesson_files(folder))), folder)
    except LessonError as error:
        return [*shipped, Item(str(Path(error.name).absolute()), None, error.problems[0].found)]


def by_group(items: Iterable[Item]) -> Iterator[tuple[str, Iterator[Item]]]:
    """The name of each group, and its lessons."""
    return groupby(items, key=lambda item: item.group)


def _arrange(items: Sequence[Item], folder: Path) -> list[Item]:
    """The lessons of a folder as its course file has them, those that it does not name behind."""
    try:
        groups = chain.from_iterable(map(read_arrangement, course_files(folder)))
        group_of = {name: group.name for group in groups for name in group.lessons}
    except LessonError as error:
        return [Item(str(Path(error.name).absolute()), None, str(error.problems[0])), *items]
    places, rest = {name: place for place, name in enumerate(group_of)}, OTHERS if any(group_of.values()) else ""

    def id_of(item: Item) -> str:
        return item.lesson.id if item.lesson else ""
    return [item._replace(group=group_of.get(id_of(item), rest))
            for item in sorted(items, key=lambda item: places.get(id_of(item), len(places)))]


def _item(path: Path) -> Item:
    try:
        lesson = load_file(str(path))
    except LessonError as error:
        return Item(str(path.absolute()), None, str(error.problems[0]))
    return Item(str(path.absolute()), lesson, key=key_of(lesson))
