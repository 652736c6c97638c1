"""Which skills a lesson takes, and which its steps ask for, are the same."""

import pytest

from engine.graph.step import Kind
from engine.learner.knowledge import WORDS
from engine.lesson.lesson import Lesson, load
from engine.trace.trace import Trace
from engine.tutor.skills import skills_of
from engine.tutor.tutor import Tutor
from lessons import OTHER_KINDS, graph

ROWS = '[data]\ninputs = ["x"]\ntargets = []\nrows = [[0.5], [1.5]]'
LESSONS = [load("and-gate"), load("one-neuron"), load("two-outputs"), *OTHER_KINDS.values(),
           graph(["q = a*x", "L = q + a"], {"a": 1.0}, ROWS, rows="sum"), graph(["L = (a + 1)/(a^2 + 1)"], {"a": 1.0})]


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.id)
def test_what_a_lesson_takes_is_what_its_steps_ask_for(lesson: Lesson) -> None:
    asked = set()
    for tutor in (Tutor(Trace(lesson)), Tutor(Trace(lesson, "delta"))):
        asked |= {tutor.skill(1, index) for index in range(tutor.trace.script.length)}
    assert set(skills_of(lesson)) == asked | {"delta"}  # a graph of one node has none of its own
    assert asked <= WORDS.keys()


@pytest.mark.parametrize(("formula", "name", "family"), [
    ("a*b + c", "a", "product"), ("a*b + c", "c", "sum"), ("c - a", "a", "sum"), ("b*tanh(a*b)/2", "a", "function"),
    ("(a*b + c)^2", "a", "power"), ("c/a", "a", "quotient"), ("a/c", "a", "product"), ("2^a", "a", "power"),
    ("a", "a", "sum"), ("a + a*b", "a", "sum")])
def test_a_slope_is_one_of_what_is_about_it(formula: str, name: str, family: str) -> None:
    tutor = Tutor(Trace(graph([f"L = {formula}"], {"a": 0.6, "b": 0.7, "c": 1.1})))
    index = next(index for index in range(tutor.trace.script.length) if tutor.question(1, index).name == f"∂L/∂{name}"
                 and tutor.trace.script.step(index).kind is Kind.FACTOR)
    assert tutor.skill(1, index) == f"partial {family}"


@pytest.mark.parametrize(("name", "right"), [
    ("∂Loss/∂L", "the share that a row has in the mean"), ("∂L/∂q", "it is raised to a power: the exponent comes down"),
    ("∂q/∂a", "it is multiplied: what it is multiplied by"), ("∂q/∂b", "it divides: the divisor is squared")])
def test_where_a_slope_comes_from_is_asked(name: str, right: str) -> None:
    tutor = Tutor(Trace(graph(["q = a*x/b", "L = q^2"], {"a": 0.6, "b": 0.7}, ROWS)))
    index = next(index for index in range(tutor.trace.script.length) if tutor.question(1, index).name == name)
    asked = tutor.recall(1, index)
    assert asked is not None
    assert len(set(asked.choices.values())) == len(asked.choices) == 4
    letter, = (letter for letter, text in asked.choices.items() if text == right)
    assert [each for each, reply in asked.replies.items() if reply.startswith("Yes, ")] == [letter]


def test_how_another_share_shrinks_is_one_to_choose() -> None:
    tutor = Tutor(Trace(OTHER_KINDS["softmax"]))
    index = next(index for index in range(tutor.trace.script.length) if tutor.question(1, index).name == "∂A3/∂Z4")
    asked = tutor.recall(1, index)
    assert asked is not None
    assert asked.choices["d"] == "how another unit's share shrinks"
    assert asked.replies["d"].startswith("Yes, ")
