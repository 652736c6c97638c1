"""From a lesson's name and a place in it to a session there."""

from engine.chain import Form
from engine.lesson import Lesson, load
from engine.new_numbers import renumbered
from engine.progress import Place
from engine.session import Session, checked
from engine.trace import Trace

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
    return Session(trace, checked(trace, place.cursor))
