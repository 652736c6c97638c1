"""From a lesson's name and a place in it to a walk there."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from engine.graph.step import MOST_EPOCHS
from engine.late import LateModule
from engine.learner.progress import Bookmark, Progress, bookmark_of
from engine.learner.progress_folder import read_anew
from engine.lesson.identity import id_in, key_of, whole_name
from engine.lesson.lesson import Lesson, load, shipped_lessons
from engine.text.printable import printable
from engine.trace.chain import Form
from engine.trace.cursor import START
from engine.trace.trace import Trace
from engine.trace.what_if import MOST_CHANGES, problem_with
from engine.walk.actions import Do
from engine.walk.branching import note_changes, with_changes
from engine.walk.movement import check_cursor, within_reach
from engine.walk.transition import act, enter_mode
from engine.walk.walk import ActionError, Walk

if TYPE_CHECKING:
    from engine.tutor import starting_values
else:
    starting_values = LateModule("engine.tutor.starting_values")

NOTHING_KEPT = Progress()
EPOCHS_BESIDE, MOST_EPOCHS_BESIDE = 11, 47
LITTLE_WORK = 1000  # rows times parameters, of lessons of which an epoch takes next to no time


def epochs_beside(lesson: Lesson) -> int:
    """Of how many epochs before the one in hand a screen may show the losses."""
    work = lesson.rows * len(lesson.model.parameters)
    return MOST_EPOCHS_BESIDE if work <= LITTLE_WORK else EPOCHS_BESIDE


def load_trace(name: str, seed: int | None = None, form: Form = "paths") -> Trace:
    """A lesson's trace, from its own starting values or from those of a seed. Raises LessonError."""
    lesson = load(name)
    return Trace(lesson if seed is None else starting_values.draw_starting_values(lesson, seed), form)


def open_walk(bookmark: Bookmark, kept: Progress = NOTHING_KEPT) -> Walk:
    """A walk at a place; where that is far, bound for it. Raises LessonError, or ActionError where the lesson has no
    such place (any more).
    """
    trace = load_trace(bookmark.lesson, bookmark.seed, bookmark.form)
    cursor = check_cursor(trace, bookmark.cursor)
    if len(bookmark.changes) > MOST_CHANGES:
        raise ActionError(f"more than {MOST_CHANGES} changes")
    for change in bookmark.changes:
        if not 1 <= change.epoch <= MOST_EPOCHS or problem_with(change, trace.lesson):
            raise ActionError(f"{printable(str(change))}: the lesson has no such value")
    name, is_file = bookmark.lesson, bookmark.lesson not in shipped_lessons()
    identity = key_of(trace.lesson) if is_file else ""
    before = bookmark.merge(kept.bookmarks.get(identity or name, bookmark))
    walk = Walk(trace, cursor, whole_name(name), bookmark.seed, identity, knowledge=kept.knowledge,
                bookmarks=kept.bookmarks, ahead=kept.ahead, left=kept.left, known=kept.known,
                seen={cursor.epoch: cursor.step}, furthest=before.furthest, mistakes=before.mistakes,
                last_made=before.last_made)
    if bookmark.changes:
        walk = with_changes(walk, bookmark.changes)
    walk = within_reach(walk, START)
    if walk.bound_for:
        return walk._replace(there=bookmark)
    return note_changes(enter_mode(walk, bookmark.mode, bookmark.answers))


def reopen_walk(bookmark: Bookmark, kept: Progress = NOTHING_KEPT) -> Walk:
    """A walk where the learner was; where the lesson has no such place any more, at its start. Raises LessonError."""
    try:
        return open_walk(bookmark, kept)
    except ActionError:
        return open_walk(bookmark._replace(cursor=START, changes=(), answers={}), kept)


def go_on_in(name: str, kept: Progress) -> Walk:
    """A lesson where the learner was in it, wherever its file was then; the first time at its start. Raises
    LessonError.
    """
    place = bookmark_of(kept.bookmarks, find_key(name), whole_name(name)) or Bookmark(name, START)
    return reopen_walk(place._replace(lesson=name), kept)


def find_key(name: str) -> str:
    """What a lesson is known by, by its name. Raises LessonError."""
    return name if name in shipped_lessons() else key_of(load(name))


def turn_to(walk: Walk, lesson: str) -> Walk:
    """Another lesson, where the learner was in it, here or in another session. Raises LessonError."""
    return go_on_in(lesson, read_anew(find_key(lesson), walk.progress))


def read_again(walk: Walk) -> Walk:
    """The lesson as its file says it now, at the same place if it has it. Who tries other numbers out is in the same
    lesson all the time, unless that was a copy of a shipped one, or has another id now. Raises LessonError.
    """
    again = reopen_walk(walk.bookmark, walk.progress)
    stays = walk.identity not in shipped_lessons() and id_in(again.identity) == id_in(walk.identity)
    return again._replace(identity=walk.identity) if stays else again


def arrive(walk: Walk) -> Walk:
    """At the far place that the walk is bound for, trained now."""
    if walk.bound_for is None:
        return walk
    for _ in train(walk, walk.bound_for.epoch):
        pass
    return act(walk, Do.ARRIVE)


def train(walk: Walk, epoch: int) -> Iterator[int]:
    """Train until an epoch is there, with what is shown beside it: the epochs before it, and its Loss without the
    changes. Yields the one reached.
    """
    for number in range(max(1, epoch - epochs_beside(walk.trace.lesson)), epoch + 1):
        yield from walk.trace.train_towards(number)
        walk.trace.epoch(number)
        yield number
    if walk.own:
        yield from walk.own.train_towards(epoch)
        walk.own.loss(epoch)
