"""Which lessons there are: those that come with handgrad, the learner's own, those of a folder."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from engine.course.finding import lesson_files, own_files
from engine.learner.progress import Bookmark, bookmark_of
from engine.lesson.identity import key_of
from engine.lesson.lesson import Lesson, LessonError, load, load_file, shipped_lessons
from engine.text.printable import printable


class Item(NamedTuple):
    """A lesson of a course, by the name that opens it: a shipped one's id, or a file's path. `problem` is why it can't
    be opened, if it can't; `key` what progress knows it by.
    """

    name: str
    lesson: Lesson | None
    problem: str = ""
    key: str = ""

    @property
    def title(self) -> str:
        """The lesson's title; of a file that is none, its name."""
        return self.lesson.title if self.lesson else printable(Path(self.name).name, 60)

    def bookmark_in(self, bookmarks: Mapping[str, Bookmark]) -> Bookmark | None:
        """Where a learner is in it, if they have begun."""
        return bookmark_of(bookmarks, self.key or self.name, self.name)

    def is_done(self, bookmark: Bookmark | None) -> bool:
        """Whether the walk went past the epoch in which its goal is reached, or is not."""
        goal = self.lesson.goal if self.lesson else None
        return bool(goal and bookmark) and bookmark.furthest >= goal.epoch  # type: ignore[union-attr]

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
    """The lessons of a folder, by their files' names; without one, the shipped ones in their order and then the
    learner's own. A file that is no lesson is listed with its first problem; so is a folder that can't be read.
    """
    shipped = [Item(name, load(name), key=name) for name in shipped_lessons()] if folder is None else []
    try:
        return shipped + list(map(_item, own_files() if folder is None else lesson_files(folder)))
    except LessonError as error:
        return [*shipped, Item(str(Path(error.name).absolute()), None, error.problems[0].found)]


def _item(path: Path) -> Item:
    try:
        lesson = load_file(str(path))
    except LessonError as error:
        return Item(str(path.absolute()), None, str(error.problems[0]))
    return Item(str(path.absolute()), lesson, key=key_of(lesson))
