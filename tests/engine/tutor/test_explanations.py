"""Mistakes run further up: in which order, how far they go, and that what one spoils goes on."""

import math

import pytest

from engine.lesson.lesson import load
from engine.trace.trace import Trace
from engine.tutor.carrying import carry_on, spot_of
from engine.tutor.explanations import Explanation, Extent, Rank, explanations
from engine.tutor.tutor import Tutor

AND = Trace(load("and-gate"))
PRODUCT, GRADIENT, UPDATE = 34, 53, 230


def found(index: int, trace: Trace = AND) -> list[Explanation]:
    return list(explanations(trace, trace.entry(1, index)))


@pytest.mark.parametrize("index", [1, PRODUCT, GRADIENT, UPDATE])
def test_the_nearest_come_first(index: int) -> None:
    ranks = [each.rank for each in found(index)]
    assert ranks == sorted(ranks)


@pytest.mark.parametrize(("index", "rank", "mistake", "where"), [
    (PRODUCT, Rank.ONCE, "two-forgotten", "∂Loss/∂A5"), (GRADIENT, Rank.EVERYWHERE, "derivative-skipped", "∂A5/∂Z5"),
    (PRODUCT, Rank.OTHERS_HERE, "other-row", "product"), (PRODUCT, Rank.AHEAD, "activation-missing", "A5"),
    (PRODUCT, Rank.AHEAD_EVERYWHERE, "bias-forgotten", "Z3"), (PRODUCT, Rank.OTHERS, "other-row", "∂A5/∂Z5"),
    (GRADIENT, Rank.ONE_ROW, "two-forgotten", "∂Loss/∂A5"), (UPDATE, Rank.MULTIPLE, "scaled", "new w13"),
    (1, Rank.ONCE, "bias-forgotten", "Z3")])
def test_how_far_away_each_is(index: int, rank: Rank, mistake: str, where: str) -> None:
    assert any((each.rank, each.outcome.mistake.id, each.entry.line.name) == (rank, mistake, where)
               for each in found(index))


def test_what_one_wrong_number_spoils_goes_into_the_next() -> None:
    """Without any bias Z3 is 0.2, Z4 1.2 and Z5 0.9·1.2 − 0.4·0.2 = 1: in row 1 all of it by hand."""
    A5 = 1 / (1 + math.exp(-1))
    values = [each.value for each in found(PRODUCT)
              if each.extent is Extent.EVERYWHERE and each.outcome.mistake.id == "bias-forgotten"]
    assert values == [pytest.approx(-(1 - A5) / 2 * A5 * (1 - A5) * -0.4)]


def test_a_slip_of_the_pen_is_not_made_in_every_row() -> None:
    extents = {each.extent for each in found(GRADIENT) if each.outcome.mistake.id == "product-sign"}
    assert extents == {Extent.ONE_ROW}


def test_in_one_row_alone_the_others_stay_right() -> None:
    """The gradient is 0.01201 − 0.02722; with row 2's sign turned 0.03923."""
    rows = {each.entry.step.row: each.value for each in found(GRADIENT) if each.outcome.mistake.id == "product-sign"}
    assert rows[1] == pytest.approx(0.01201497 + 0.02721861)


def test_a_wrong_number_of_another_batch_is_not_carried() -> None:
    trace = Trace(load("one-at-a-time"))
    first, second = trace.script.batches[:2]
    slip = {spot_of(trace.entry(1, first.start)): 7.0}
    assert carry_on(trace, trace.entry(1, first.start + 1), slip)
    assert carry_on(trace, trace.entry(1, second.start + 1), slip) is None


@pytest.mark.parametrize(("index", "typed", "mistake"), [
    (GRADIENT, "-0.0304", "two-and-n-forgotten"), (GRADIENT, "-0.030", "scaled"), (5, "0.666", ""),
    (5, "0.6660", "bias-forgotten"), (GRADIENT, "-0.01759", "bias-forgotten"), (GRADIENT, "-0.0176", "")])
def test_the_farther_away_the_more_digits_a_mistake_is_known_by(index: int, typed: str, mistake: str) -> None:
    assert Tutor(AND).judge(1, index, typed).mistakes[:1] == (mistake,) * bool(mistake)
