"""What mistakes would give: each is known by its number, and never taken for the right one or for another."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations

import pytest

from engine.lesson.lesson import load, shipped_lessons
from engine.trace.trace import Trace
from engine.tutor.precision import Precision
from engine.tutor.sample_answers import write
from engine.tutor.tutor import Tutor
from engine.tutor.wrong_numbers import wrong_numbers

MOST = 6
Z3, GRADIENT, NEW_W13 = 0, 53, 230  # of the AND lesson


def one_of_each_kind(trace: Trace) -> Iterator[int]:
    """The first step of each kind, of factors by what they are about."""
    steps = (trace.script.step(index) for index in range(trace.script.length))
    yield from {(step.kind, trace.line(step).about): index for index, step in reversed(list(enumerate(steps)))}.values()


@pytest.mark.parametrize("name", shipped_lessons())
def test_each_is_judged_as_its_mistake_and_never_taken_for_another(name: str) -> None:
    tutor = Tutor(Trace(load(name)))
    for index in one_of_each_kind(tutor.trace):
        entry = tutor.trace.entry(1, index)
        found, digits = wrong_numbers(tutor, 1, index, MOST), Precision(tutor.trace, entry).digits
        for each in found:
            shown = each.sentence.partition(" ")[0].replace("−", "-")
            verdict = tutor.judge(1, index, shown)
            assert not verdict.correct
            assert each.mistake in verdict.mistakes, (entry.line.name, each)
            assert float(shown) == pytest.approx(each.value, rel=5 * 10.0 ** -digits)
        for one, other in combinations([entry.value, *(each.value for each in found)], 2):
            assert write(one, digits) != write(other, digits), entry.line.name


def test_what_is_made_here_comes_first_then_a_few_made_further_up() -> None:
    tutor = Tutor(Trace(load("and-gate")))
    here = wrong_numbers(tutor, 1, Z3, 2)
    assert [each.mistake for each in here] == ["bias-forgotten", "other-units-weights"]
    assert here[0].sentence == "0.2 is the weighted sum without the bias: 0.1 is added at the end."
    assert here[1].sentence == "0.9 can come about in 2 ways: (a) it is Z4, (b) it leaves w23·x2 out."
    further_up = [" is what comes out if " in each.sentence for each in wrong_numbers(tutor, 1, GRADIENT, 12)]
    assert further_up == [False] * 7 + [True] * 4 + [False]


def test_of_a_new_value_the_digits_show_the_step() -> None:
    """0.8 becomes 0.800000152: what a mistake gives is told from both."""
    trace = Trace(replace(load("and-gate"), learning_rate=1e-5))
    entry = trace.entry(1, NEW_W13)
    precision, step = Precision(trace, entry), entry.value - 0.8
    assert precision.digits == 8
    found = wrong_numbers(Tutor(trace), 1, NEW_W13, MOST)
    assert len(found) == MOST
    assert all(abs(each.value - entry.value) > step / 10 for each in found)
    assert found[0].sentence.startswith("0.7999998480 ")
