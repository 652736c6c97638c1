"""The judge, tried: every kind of question by its own answers; misconceptions that were worked out by hand; wrong
numbers by chance, right ones in every spelling. At length: `python tests/benchmarks/tutor.py`.
"""

import random

import pytest
from families import any_family
from misconception_trials import try_factors_of_a_graph, try_misconceptions
from number_trials import try_false_names, try_right_answers, try_samples, try_wrong_numbers
from random_graphs import random_graph
from trials import Trial, questions_of

from engine.lesson.lesson import Lesson, load, shipped_lessons
from engine.trace.chain import Form
from engine.tutor.starting_values import draw_starting_values
from engine.tutor.tutor import Tutor
from lessons import OTHER_KINDS, SHAPES, seeded

RANDOM = [any_family(random.Random(seed)) for seed in range(3)] + [
    random_graph(random.Random(seed)).lesson for seed in range(3)]


def course_questions(draw: random.Random, count: int) -> list[tuple[Tutor, int]]:
    """Some of every lesson."""
    return [question for name in shipped_lessons() for question in draw.sample(questions_of(load(name)), count)]


def told(trial: Trial) -> str:
    return "\n".join(f"{count} {what}: {trial.examples[what]}" for what, count in trial.missed.most_common())


@pytest.mark.parametrize("lesson", [*map(load, shipped_lessons()), *OTHER_KINDS.values(), *RANDOM],
                         ids=lambda lesson: lesson.id)
def test_every_question_tests_itself(lesson: Lesson) -> None:
    trial = try_samples(lesson, most_steps=4, wholly=1)
    assert trial.count > 200
    assert trial.held == trial.count, told(trial)


@pytest.mark.parametrize(("lesson", "form"), [
    (draw_starting_values(load("and-gate"), 3), "paths"),
    (seeded([2, 2, 2, 1], ["tanh", "leaky_relu", "sigmoid"]), "paths"),
    (seeded([3, 3, 2], ["tanh", "sigmoid"], loss="half_sse"), "delta"), (load("softmax"), "paths")])
def test_a_misconception_in_every_row_is_named_with_its_place(lesson: Lesson, form: Form) -> None:
    trial = try_misconceptions(lesson, random.Random(1), 8, form)
    assert trial.count > 10
    assert trial.passed == 0, told(trial)
    assert trial.share >= 0.8, told(trial)  # of a few; some steps are too small to be seen in five digits


def test_a_wrong_slope_of_a_formula_is_named_with_its_place() -> None:
    trial = try_factors_of_a_graph(load("recurrent"), random.Random(1), 6)
    assert trial.count > 10
    assert (trial.passed, trial.held) == (0, trial.count), told(trial)


def test_what_passes_is_no_further_off_than_it_may_be() -> None:
    draw = random.Random(2)
    trial = try_wrong_numbers(course_questions(draw, 3), draw, 250)
    assert trial.passed == 0, told(trial)


def test_right_answers_are_right_in_every_spelling() -> None:
    draw = random.Random(3)
    trial = try_right_answers(course_questions(draw, 6), draw, 3_000)
    assert trial.held == trial.count, told(trial)


def test_a_number_of_no_mistake_is_hardly_ever_called_one() -> None:
    draw = random.Random(4)
    trial = try_false_names([question for name in SHAPES[:8] for question in questions_of(load(name))], draw, 100)
    assert trial.share >= 0.98, told(trial)
