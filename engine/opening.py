"""From a lesson's name and a place in it to a session there."""

from dataclasses import replace

from engine.chain import Form
from engine.learner import Learner
from engine.lesson import Lesson, load
from engine.new_numbers import renumbered
from engine.progress import Place
from engine.session import ActionError, Cursor, Session, checked, with_changes
from engine.step import MOST_EPOCHS
from engine.text import printable
from engine.trace import Trace
from engine.what_if import MOST_CHANGES, problem_with

LARGEST_SEED = 2**32 - 1


def lesson_of(name: str, numbers: int | None) -> Lesson:
    """A lesson, with its own starting values or with those of a seed. Raises LessonError."""
    lesson = load(name)
    return lesson if numbers is None else renumbered(lesson, numbers)


def traced(name: str, numbers: int | None = None, form: Form = "paths") -> Trace:
    """A lesson's trace. Raises LessonError."""
    return Trace(lesson_of(name, numbers), form)


def opened(place: Place) -> Session:
    """A session at a place. Raises LessonError, or ActionError where the lesson has no such place (any more)."""
    trace = traced(place.lesson, place.numbers, place.form)
    session = Session(trace, checked(trace, place.cursor))
    if len(place.changes) > MOST_CHANGES:
        raise ActionError(f"more than {MOST_CHANGES} changes")
    for change in place.changes:
        if not 1 <= change.epoch <= MOST_EPOCHS or problem_with(change, trace.lesson):
            raise ActionError(f"{printable(str(change))}: the lesson has no such value")
    return with_changes(session, place.changes) if place.changes else session


def reopened(place: Place) -> tuple[Place, Session]:
    """A session at a place where the learner was; where the lesson has no such place any more, at its start."""
    try:
        return place, opened(place)
    except ActionError:
        place = replace(place, cursor=Cursor(1, 0), changes=(), answers={})
        return place, opened(place)


def turned(learner: Learner, lesson: str) -> Session:
    """To a lesson, where the learner was in it. Raises LessonError."""
    place = learner.places.get(lesson) or Place(lesson, Cursor(1, 0))
    place, session = reopened(place)
    learner.turn_to(place)
    return session


def read_again(learner: Learner, session: Session) -> Session:
    """The lesson as its file says it now, at the same place if it has it. Raises LessonError."""
    place, session = reopened(learner.progress(session).place or Place(learner.lesson, Cursor(1, 0)))
    learner.turn_to(place)
    return session


def with_own_numbers(learner: Learner, session: Session) -> Session:
    """The same step of the first epoch with the lesson's own starting values."""
    learner.numbers = None
    lesson = (session.own or session.trace).lesson
    trace = Trace(lesson.drawn_from or lesson, session.trace.chains.form)
    return Session(trace, Cursor(1, session.cursor.step))


def with_new_numbers(learner: Learner, session: Session) -> Session:
    """The same step of the first epoch with other starting values: those of the next seed, and nothing changed."""
    learner.numbers = 1 if learner.numbers is None else learner.numbers + 1
    trace = Trace(renumbered((session.own or session.trace).lesson, learner.numbers), session.trace.chains.form)
    return Session(trace, Cursor(1, session.cursor.step))
