"""The same start by another learning rate or optimizer."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest

from engine.graph.optimizers import OPTIMIZERS
from engine.lesson.lesson import Lesson
from engine.trace.variants import Variant, VariantError, name_of, optimizers_beside, parse_variant, rates_beside
from lessons import load, shipped_lessons


@pytest.mark.parametrize(("lesson", "text", "name"), [
    ("and-gate", "lr = 0.1", "lr 0.1"),
    ("and-gate", " Adam ", "adam lr 0.5"),
    ("and-gate", "adam lr = lr/5, beta1 = 0.8", "adam lr 0.1 β1 0.8"),
    ("momentum", "lr=1/100", "momentum lr 0.01 β 0.8"),  # its settings stay
    ("momentum", "momentum beta = .9", "momentum lr 0.01"),
    ("adam", "sgd", "sgd lr 0.1"),
    ("attention", "rmsprop", "rmsprop lr 0.2"),
])
def test_a_variant_as_it_is_typed(lesson: str, text: str, name: str) -> None:
    variant = parse_variant(text, load(lesson))
    assert variant.name == name
    assert variant.history.epoch(1).loss == pytest.approx(parse_variant("lr = 7", load(lesson)).history.epoch(1).loss)


@pytest.mark.parametrize(("text", "said"), [
    ("", "expected lr = 0.1, adam, or adam lr = 0.01"),
    ("adm", 'adm: expected lr = 0.1, adam, or adam lr = 0.01; did you mean "adam"?'),
    ("adam 0.1", 'adam 0.1: expected lr = 0.1, adam, or adam lr = 0.01; did you mean "adam"?'),
    ("momentum beta1 = 0.5", 'beta1: expected lr or beta; did you mean "beta"?'),
    ("momentum beta = 1.5", "beta: 1.5; expected a number from 0 on, below 1"),
    ("rmsprop epsilon = 0", "epsilon: 0.0; expected a finite number above 0"),
    ("lr = 0", "lr: 0.0; expected a finite number above 0"),
    ("lr = ", "lr: something is missing at the end"),
    ("\x1b[31m", f"\\x1b[31m: expected lr = 0.1, adam, or adam lr = 0.01; there are {', '.join(OPTIMIZERS)}"),
])
def test_what_is_no_variant(text: str, said: str) -> None:
    with pytest.raises(VariantError) as error:
        parse_variant(text, load("and-gate"))
    assert str(error.value) == said


def test_those_beside_a_lesson() -> None:
    lesson = load("and-gate")
    assert [variant.name for variant in rates_beside(lesson)] == ["lr 0.17", "lr 1.5", "lr 5"]
    assert [variant.name for variant in optimizers_beside(lesson)] == ["momentum lr 0.5", "adam lr 0.5",
                                                                       "rmsprop lr 0.5"]


@pytest.mark.parametrize("beside", [rates_beside, optimizers_beside])
def test_those_of_one_key_are_told_apart_by_their_names(beside: Callable[[Lesson], Sequence[Variant]]) -> None:
    for name in shipped_lessons():
        lesson = load(name)
        names = [name_of(lesson, lesson), *(variant.name for variant in beside(lesson))]
        assert len(set(names)) == 4


def test_where_nothing_is_trained_there_is_none() -> None:
    lesson = replace(load("chain-rule"), learning_rate=0.0)
    assert rates_beside(lesson) == optimizers_beside(lesson) == []
    with pytest.raises(VariantError, match="nothing is trained"):
        parse_variant("adam", lesson)
