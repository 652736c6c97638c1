"""How far a learner is in each lesson, of which a progress file tells: one's own, or somebody else's."""

import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from engine.course.finding import find_again, find_lesson
from engine.learner.progress import Bookmark
from engine.learner.progress_file import Kept
from engine.lesson.identity import id_in
from engine.lesson.lesson import Lesson, LessonError, load


def is_done(lesson: Lesson | None, bookmark: Bookmark | None) -> bool:
    """Whether a walk went as far as the epoch in which the lesson's goal is reached, or is not."""
    return bool(lesson and lesson.goal and bookmark and bookmark.furthest >= lesson.goal.epoch)


class Standing(NamedTuple):
    """What is kept of a lesson, and the lesson, if it is known here."""

    kept: Kept
    lesson: Lesson | None

    @property
    def title(self) -> str:
        """Of a lesson that is not known here, its id, or its file's name."""
        key = self.kept.bookmark.key
        return self.lesson.title if self.lesson else id_in(key) if os.sep not in key else Path(key).name

    @property
    def goal_epoch(self) -> int | None:
        """The epoch of the lesson's goal."""
        return self.lesson.goal.epoch if self.lesson and self.lesson.goal else None

    @property
    def is_done(self) -> bool:
        """Whether its goal's epoch is behind the learner."""
        return is_done(self.lesson, self.kept.bookmark)

    @property
    def share(self) -> float | None:
        """How much of the way to the goal's epoch is done; 1: all of it, or more."""
        if self.goal_epoch is None:
            return None
        return 1.0 if self.is_done else max(self.kept.bookmark.furthest - 1, 0) / max(self.goal_epoch - 1, 1)

    @property
    def how_far(self) -> str:
        """The same in words: `done`, `epoch 3 of 4`, or `epoch 3` where there is no goal."""
        if self.is_done:
            return "done"
        return f"epoch {self.kept.bookmark.furthest}" + (f" of {self.goal_epoch}" if self.goal_epoch else "")


def own_standings(lessons: Iterable[Kept], folder: Path | None = None) -> list[Standing]:
    """Of one's own lessons, the last first; of a file whose numbers have become others, as it was last. One whose file
    is gone is looked for in a folder, too.
    """
    latest = {kept.bookmark.lesson: kept for kept in lessons}
    return [Standing(kept, _own_lesson(kept, folder)) for kept in sorted(latest.values(), key=lambda kept: -kept.saved)]


def standing_of(kept: Kept, folder: Path | None) -> Standing:
    """Of somebody else's. The path in it is not gone after: the lesson is one that is known by its id, here or in a
    folder.
    """
    name = id_in(kept.bookmark.key)
    if os.sep in name:
        return Standing(kept, None)
    with suppress(LessonError):
        return Standing(kept, load(find_lesson(name, folder)))
    return Standing(kept, None)


def _own_lesson(kept: Kept, folder: Path | None) -> Lesson | None:
    with suppress(LessonError):
        return load(find_again(kept.bookmark, folder))
    return None
