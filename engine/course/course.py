"""Which lessons there are: those that come with handgrad, the learner's own, those of a directory."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from engine.learner.progress import Bookmark
from engine.lesson.lesson import Lesson, LessonError, load, load_file, shipped_lessons
from engine.text.home import user_folder
from engine.text.printable import printable
from engine.text.system_error import reason_of

MOST_FILES = 500


class Item(NamedTuple):
    """A lesson of a course, by the name that opens it: a shipped one's id, or a file's path. `problem` is why it can't
    be opened, if it can't.
    """

    name: str
    lesson: Lesson | None
    problem: str = ""

    @property
    def title(self) -> str:
        """The lesson's title; of a file that is none, its name."""
        return self.lesson.title if self.lesson else printable(Path(self.name).name, 60)

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


def own_folder() -> Path | None:
    """Where a learner's own lessons are looked for: in XDG_DATA_HOME, by default ~/.local/share."""
    try:
        return user_folder("XDG_DATA_HOME", ".local", "share") / "handgrad" / "lessons"
    except RuntimeError:
        return None


def course(folder: Path | None = None) -> list[Item]:
    """The lessons of a directory; without one, the shipped ones in their order and then the learner's own."""
    if folder is not None:
        return list(_files(folder))
    items = [Item(name, load(name)) for name in shipped_lessons()]
    own = own_folder()
    return items + list(_files(own) if own else ())


def lesson_files(folder: Path) -> list[Path]:
    """The files of a directory that may be lessons, in the order of the course. Raises OSError."""
    return sorted(path for path in folder.iterdir() if path.suffix == ".toml")[:MOST_FILES]


def _files(folder: Path) -> Iterator[Item]:
    """The lessons of a directory by their files' names. One that is no lesson is listed with its first problem; so is
    a directory that can't be read.
    """
    try:
        paths = lesson_files(folder)
    except (FileNotFoundError, NotADirectoryError):
        return
    except OSError as error:
        yield Item(str(folder.absolute()), None, reason_of(error).lower())
        return
    for path in paths:
        try:
            yield Item(str(path.absolute()), load_file(str(path)))
        except LessonError as error:
            yield Item(str(path.absolute()), None, str(error.problems[0]))
