"""Gradients by small differences: against the Loss of the same lesson from another start, and an autograd."""

from dataclasses import replace

import pytest
from graph_lessons import TRAINED

from engine.export.check_in_words import findings_of, reasons_in
from engine.graph.quantity import Source
from engine.lesson.lesson import Lesson, load
from engine.trace.gradient_check import SIZES, GradientCheck, check_gradient
from engine.trace.loss_beside import Corner
from engine.trace.trace import Trace
from engine.trace.what_if import Change, branch
from lessons import FAMILIES, OTHER_KINDS, SHAPES, family, graph
from scalar_autograd import train

KINKED = graph(["q = relu(w*x + b)*2", "s = step(w - 0.25)", "L = (q + leaky(w) + s - 1)^2"], {"w": 0.2, "b": -0.1},
               '[data]\ninputs = ["x"]\ntargets = []\nrows = [[0.5], [1.5], [-1.0]]', TRAINED)
LESSONS = [*map(load, ("and-gate", "two-outputs", "recurrent")), *map(family, FAMILIES), *OTHER_KINDS.values(), KINKED]


def check(lesson: Lesson, name: str, epoch: int = 1, batch: int = 0) -> GradientCheck:
    trace = Trace(lesson)
    return check_gradient(trace, epoch, trace.script.batches[batch], lesson.model.parameters[name])


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.id)
def test_the_loss_on_both_sides_is_that_of_other_starts(lesson: Lesson) -> None:
    """Of weights that are shared, of one bias a layer, of a first batch, as well."""
    for parameter in lesson.order[:3]:
        found = check(lesson, parameter.name)
        for each in found.differences[::3]:
            for h, loss in ((each.h, each.above), (-each.h, each.below)):
                start = {**lesson.start, parameter.name: lesson.start[parameter.name] + h}
                other = Trace(replace(lesson, start=start)).epoch(1).batches[0].scalars[Source.LOSS]
                assert loss == pytest.approx(other, rel=1e-14)
            assert each.quotient == (each.above - each.below) / (2 * each.h)


def test_the_quotient_is_the_gradient_of_an_independent_autograd() -> None:
    lesson = load("and-gate")
    rows = [list(map(float, row)) for row in lesson.table]
    record = train([2, 2, 1], ["relu", "sigmoid"], "mse", rows, lesson.start, lesson.learning_rate, 1)[0]
    for name, gradient in record.gradients.items():
        best = check(lesson, name).best
        assert best is not None
        assert best.quotient == pytest.approx(gradient, rel=1e-8)


@pytest.mark.parametrize("name", SHAPES)
def test_every_kind_of_lesson_passes(name: str) -> None:
    """Also in a later epoch, and in its last batch."""
    lesson = load(name)
    epoch = 2 if lesson.trains else 1
    for parameter in (lesson.order[0], lesson.order[-1]):
        best = check(lesson, parameter.name, epoch, len(lesson.batches) - 1).best
        assert best is not None
        assert best.error < 1e-6


def test_the_error_falls_as_h_squared_and_rises_as_digits_cancel() -> None:
    found = check(load("and-gate"), "w13").differences
    assert [each.h for each in found] == list(SIZES)
    assert [found[k].error / found[k + 1].error for k in range(3)] == pytest.approx([100] * 3, rel=0.01)
    assert [each.digits for each in found] == [13, 12, 11, 10, 9, 8, 7, 6, 5]
    assert found[8].error > 1000 * found[4].error


def test_corners_are_named_where_they_lie_in_between() -> None:
    """Z3 is 0.1 in row 4, also where that is a later batch; w·0.5 − 0.1 is 0 in row 1, on the corner itself; step's is
    at 0.25.
    """
    of_row_4 = [[Corner("Z3", "ReLU", 3)], []]
    for lesson, batch in ((load("and-gate"), 0), (family("adam, batches of 3, fixed"), 1)):
        assert [each.corners for each in check(lesson, "b3", 1, batch).differences[:2]] == of_row_4
    found = [[*each.corners] for each in check(KINKED, "w").differences]
    relu = Corner("ReLU's argument in q", "ReLU", 0)
    assert found[0] == [relu, Corner("step's argument in s", "step", 0), Corner("step's argument in s", "step", 1),
                        Corner("step's argument in s", "step", 2)]
    assert found[1:] == [[relu]] * 8


def test_what_decays_is_checked_without_its_decay_and_no_number_is_no_best() -> None:
    assert check(load("weight-decay"), "w13").decay == 0.02
    assert check(load("weight-decay"), "b3").decay == 0
    found = check(graph(["L = ln(w)"], {"w": 5e-10}, more=TRAINED), "w")
    assert found.best is None
    assert [*findings_of(found), *reasons_in(found)] == ["L is no number beside w. There is nothing to compare."]


def test_where_no_digit_is_left_nothing_is_claimed() -> None:
    """A parabola, but so far out that h changes nothing; not everywhere; something, but no digit of so large a Loss."""
    for formula, w, said in (
            ("L = w^2", 1e30, "w+h is w itself with every h, since a computer's numbers end after some 16 digits: h is "
             "lost beside 1.00e30. There is nothing to compare."),
            ("L = w^2", 1e12, "Not smaller: at h = 1e−9 w+h is w itself: error 1.0."),
            ("L = w + 1e30", 2, "L stays as it is with every h: what h changes is lost beside 1.00e30. "
             "There is nothing to compare.")):
        found = check(graph([formula], {"w": w}, more=TRAINED), "w")
        assert [*findings_of(found), *reasons_in(found)][-1] == said
        assert (found.best is None) is said.endswith("compare.")


def test_of_the_lessons_sheet_two_are_wrong_by_classical_mistakes() -> None:
    """A row that is forgotten, a factor ½ that is lost."""
    trace = Trace(load("gradient-check"))
    said = {name: list(findings_of(check(trace.lesson, name)))[1] for name in trace.lesson.claimed}
    assert said == {
        "w13": "The sheet has 0.0261, as the quotient has: the sheet is right.",
        "w23": "The sheet has 0.0169, as the quotient has: the sheet is right.",
        "b3": "The sheet has 0.0261, 0.33 times the quotient: the sheet is wrong.",
        "w34": "The sheet has 0.00434, as the quotient has: the sheet is right.",
        "b4": "The sheet has 0.2873, 2 times the quotient: the sheet is wrong."}
    b3, b4 = trace.chains.index_of["b3"], trace.chains.index_of["b4"]
    rows = [trace.read(1, trace.chains.product_quantity(b3, -1, row), row) for row in range(4)]
    assert trace.lesson.claimed["b3"] == pytest.approx(sum(rows) - rows[2], abs=5e-5)
    gradient = trace.read(1, trace.symbols.parameter(trace.lesson.order[b4], Source.GRADIENT), 0)
    assert trace.lesson.claimed["b4"] == pytest.approx(2 * gradient, abs=5e-5)


def test_a_sheet_is_about_the_first_epoch_of_the_lessons_own_numbers() -> None:
    lesson = load("gradient-check")
    assert check(lesson, "b3").claimed == 0.0261
    assert check(lesson, "b3", epoch=2).claimed is None
    assert check(replace(lesson, drawn_from=lesson), "b3").claimed is None
    changed = branch(Trace(lesson), [Change(1, "w13", 0.5)])
    assert check_gradient(changed, 1, changed.script.batches[0], lesson.model.parameters["b3"]).claimed is None
