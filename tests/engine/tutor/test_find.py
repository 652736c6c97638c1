"""Find the mistake: one number is wrong, it can be seen, and so is what is made from it."""

import math

import pytest

from engine.graph.step import Kind
from engine.lesson.lesson import load, shipped_lessons
from engine.text.notation import number
from engine.trace.chain import Form
from engine.trace.trace import Trace
from engine.tutor.explanations import outcomes_at
from engine.tutor.find import Puzzle, puzzle, which
from lessons import OTHER_KINDS

SEEDS = range(60)
LESSONS = ("and-gate", "two-outputs", "deeper", "sigmoid-derivative")


def puzzles(trace: Trace) -> list[Puzzle]:
    return [found for seed in SEEDS if (found := puzzle(trace, 1, seed))]


@pytest.mark.parametrize("name", LESSONS)
def test_the_wrong_number_is_a_mistakes_and_looks_wrong(name: str) -> None:
    trace = Trace(load(name))
    for found in puzzles(trace):
        entry = trace.entry(1, found.wrong)
        assert entry.step.kind is Kind.FACTOR
        assert found.wrong in found.indices
        assert found.shown[found.wrong] == found.outcome.value
        assert number(found.outcome.value) != number(entry.value)
        assert found.outcome in outcomes_at(trace, entry)


@pytest.mark.parametrize("name", LESSONS)
def test_what_is_made_from_it_is_calculated_with_it(name: str) -> None:
    trace = Trace(load(name))
    for found in puzzles(trace):
        step = trace.entry(1, found.wrong).step
        assert step.parameter_index is not None
        shown = {index: found.shown.get(index, trace.entry(1, index).value) for index in found.indices}
        steps = {index: trace.script.step(index) for index in found.indices}
        products = []
        paths = {each.path for each in steps.values() if each.kind is Kind.FACTOR}
        for path in paths:
            factors = [shown[index] for index, each in steps.items() if each.kind is Kind.FACTOR and each.path == path]
            index, = (index for index, each in steps.items() if each.kind is Kind.PRODUCT and each.path == path)
            assert shown[index] == pytest.approx(math.prod(factors), rel=1e-12)
            products.append(shown[index])
        if len(paths) > 1:
            index, = (index for index, each in steps.items() if each.kind is Kind.PRODUCT and each.path < 0)
            assert shown[index] == pytest.approx(sum(products), rel=1e-12)


@pytest.mark.parametrize("name", LESSONS)
def test_a_product_that_is_0_anyway_tells_nothing(name: str) -> None:
    trace = Trace(load(name))
    for found in puzzles(trace):
        assert any(found.shown[index] for index in found.shown if index != found.wrong)


@pytest.mark.parametrize("name", ["and-gate", "two-outputs", "deeper", "one-neuron"])
def test_of_the_deltas_only_those_that_no_other_is_made_from(name: str) -> None:
    trace = Trace(load(name), "delta")
    first = min(1, trace.lesson.network.last)
    for found in puzzles(trace):
        step = trace.script.step(found.wrong)
        assert step.kind is Kind.DELTA
        assert step.unit is not None
        assert step.unit.layer == first
        assert list(found.shown) == [found.wrong]


def test_another_seed_is_another_puzzle_and_the_same_one_the_same() -> None:
    trace = Trace(load("and-gate"))
    assert puzzle(trace, 1, 3) == puzzle(trace, 1, 3)
    found = puzzles(trace)
    assert len({each.wrong for each in found}) > 20
    assert len({each.outcome.mistake.id for each in found}) > 10


@pytest.mark.parametrize(("name", "form"), [("and-gate", "paths"), ("two-outputs", "paths"), ("two-outputs", "delta")])
def test_which_mistake_it_is_has_one_right_reply(name: str, form: Form) -> None:
    trace, letters = Trace(load(name), form), set[str]()
    for seed, found in enumerate(puzzles(trace)):
        question = which(trace, found, seed)
        assert question is not None
        right = [letter for letter, reply in question.replies.items() if reply.startswith("Yes: ")]
        assert len(right) == 1
        letters |= {*right}
        assert all(reply.endswith(found.outcome.mistake.idea) for reply in question.replies.values())
        entry = trace.entry(1, found.wrong)
        known = list(outcomes_at(trace, entry, vague_too=False))
        same = {each.mistake.id for each in known if math.isclose(each.value, found.outcome.value, rel_tol=1e-9)}
        assert len(question.replies) == min(4, 1 + len({each.mistake.id for each in known} - same))
    assert len(letters) > 1  # not always the first


@pytest.mark.parametrize("form", ["paths", "delta"])
@pytest.mark.parametrize("name", shipped_lessons())
def test_nobody_is_asked_to_choose_from_one(name: str, form: Form) -> None:
    """Where such a step knows no other mistake, the one it is is told."""
    trace = Trace(load(name), form)
    for seed, found in enumerate(puzzles(trace)):
        question = which(trace, found, seed)
        assert question is None or len(question.replies) > 1


@pytest.mark.parametrize("form", ["paths", "delta"])
@pytest.mark.parametrize("name", OTHER_KINDS)
def test_in_every_batch_of_every_kind_of_lesson(name: str, form: Form) -> None:
    """A factor, or by δ what nothing else of the row is made from; with a mistake that such a number knows."""
    trace = Trace(OTHER_KINDS[name], form)
    found = puzzles(trace)[:20]
    assert {trace.script.step(each.wrong).batch for each in found} == set(range(len(trace.script.batches)))
    for each in found:
        entry = trace.entry(1, each.wrong)
        assert entry.step.kind is (Kind.FACTOR if form == "paths" else Kind.DELTA)
        assert each.outcome.mistake in [outcome.mistake for outcome in outcomes_at(trace, entry)]
        assert each.indices[0] <= each.wrong <= each.indices[-1]
        if name == "a graph" and form == "delta":
            assert entry.line.name in ("∂Loss/∂q", "∂Loss/∂s")
