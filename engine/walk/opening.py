"""From a lesson's name and a place in it to a session there."""

from dataclasses import replace

from engine.graph.step import MOST_EPOCHS
from engine.learner.learner import Learner
from engine.learner.progress import Bookmark
from engine.lesson.lesson import Lesson, load
from engine.text.printable import printable
from engine.trace.chain import Form
from engine.trace.cursor import Cursor
from engine.trace.trace import Trace
from engine.trace.what_if import MOST_CHANGES, problem_with
from engine.tutor.starting_values import draw_starting_values
from engine.walk.session import ActionError, Session, checked, with_changes

LARGEST_SEED = 2**32 - 1


def lesson_of(name: str, seed: int | None) -> Lesson:
    """A lesson, with its own starting values or with those of a seed. Raises LessonError."""
    lesson = load(name)
    return lesson if seed is None else draw_starting_values(lesson, seed)


def traced(name: str, seed: int | None = None, form: Form = "paths") -> Trace:
    """A lesson's trace. Raises LessonError."""
    return Trace(lesson_of(name, seed), form)


def opened(bookmark: Bookmark) -> Session:
    """A session at a place. Raises LessonError, or ActionError where the lesson has no such place (any more)."""
    trace = traced(bookmark.lesson, bookmark.seed, bookmark.form)
    session = Session(trace, checked(trace, bookmark.cursor))
    if len(bookmark.changes) > MOST_CHANGES:
        raise ActionError(f"more than {MOST_CHANGES} changes")
    for change in bookmark.changes:
        if not 1 <= change.epoch <= MOST_EPOCHS or problem_with(change, trace.lesson):
            raise ActionError(f"{printable(str(change))}: the lesson has no such value")
    return with_changes(session, bookmark.changes) if bookmark.changes else session


def reopened(bookmark: Bookmark) -> tuple[Bookmark, Session]:
    """A session at a place where the learner was; where the lesson has no such place any more, at its start."""
    try:
        return bookmark, opened(bookmark)
    except ActionError:
        bookmark = replace(bookmark, cursor=Cursor(1, 0), changes=(), answers={})
        return bookmark, opened(bookmark)


def turned(learner: Learner, lesson: str) -> Session:
    """To a lesson, where the learner was in it. Raises LessonError."""
    bookmark = learner.bookmarks.get(lesson) or Bookmark(lesson, Cursor(1, 0))
    bookmark, session = reopened(bookmark)
    learner.turn_to(bookmark)
    return session


def read_again(learner: Learner, session: Session) -> Session:
    """The lesson as its file says it now, at the same place if it has it. Raises LessonError."""
    bookmark, session = reopened(learner.progress(session).bookmark or Bookmark(learner.lesson, Cursor(1, 0)))
    learner.turn_to(bookmark)
    return session


def with_own_numbers(learner: Learner, session: Session) -> Session:
    """The same step of the first epoch with the lesson's own starting values."""
    learner.seed = None
    lesson = (session.own or session.trace).lesson
    trace = Trace(lesson.drawn_from or lesson, session.trace.chains.form)
    return Session(trace, Cursor(1, session.cursor.step))


def with_new_numbers(learner: Learner, session: Session) -> Session:
    """The same step of the first epoch with other starting values: those of the next seed, and nothing changed."""
    learner.seed = 1 if learner.seed is None else learner.seed + 1
    trace = Trace(draw_starting_values((session.own or session.trace).lesson, learner.seed), session.trace.chains.form)
    return Session(trace, Cursor(1, session.cursor.step))
