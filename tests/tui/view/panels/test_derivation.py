"""Why ∂Loss/∂Z of a softmax with cross-entropy is A − y: a walk like that of sig′, wherever the path passes it."""

import math

import pytest

from engine.graph.step import Kind
from engine.trace.chain import Form
from engine.trace.cursor import Cursor
from engine.trace.trace import Trace
from engine.walk.actions import Do
from engine.walk.movement import derivable
from engine.walk.transition import act
from engine.walk.walk import Walk
from lessons import family
from tui.plain.descriptions import derivation
from tui.view.layout import picture

PATHS, DELTA = (Trace(family("three classes"), form) for form in ("paths", "delta"))


def opened(trace: Trace, step: int) -> Walk:
    return act(Walk(trace, Cursor(1, step)), Do.TOGGLE_DERIVATION)


def test_every_path_to_z_is_there_and_their_sum_is_what_a_minus_y_is() -> None:
    step = PATHS.script.chain_index(0, 1, 1, 0) + 1  # ∂Loss/∂A4 of w13 in row 2
    text = picture(opened(PATHS, step), 80, 24).text()
    assert """\
─ Where ∂Loss/∂Z3 = (A3−y1)/3 comes from: Z3 is in every A, a path for each ────
  x1 x2  by A3               by A4              by A5              sum
         −y1/A3/3·A3·(1−A3)  −y2/A4/3·(−A4·A3)  −y3/A5/3·(−A5·A3)  ∂Loss/∂Z3
   1  0  −0.24624             0                  0                 −0.24624
▸  0  1   0                   0.10785            0                  0.10785
   1  1   ·                   ·                  ·                  ·
  each A cancels: −y1·(1−A3) + (y2+y3)·A3 = A3·Σy − y1 = A3 − y1, for Σy is 1
""" in text
    assert " d close  p practise ─" in text
    assert " d A−y ── p practise ─" in picture(Walk(PATHS, Cursor(1, step)), 80, 24).text()


def test_with_little_room_each_path_has_a_line() -> None:
    text = picture(opened(PATHS, PATHS.script.chain_index(0, 1, -1, None) + 1), 60, 20).text()
    for line in ("    by A3 = −y1/A3/3·A3·(1−A3) =   0", "  + by A4 = −y2/A4/3·(−A4·A3)  =   0.10785",
                 "▸   sum   = ∂Loss/∂Z3          =   0.10785"):
        assert line in text


@pytest.mark.parametrize("form", ["paths", "delta"])
def test_it_is_reached_at_each_number_that_it_is_about(form: Form) -> None:
    """∂Loss/∂A, ∂A/∂Z, its δ; in the δ form also where a chain begins with that."""
    trace = {"paths": PATHS, "delta": DELTA}[form]
    batch = trace.script.batches[0]
    for index in range(batch.end):
        step = trace.script.step(index)
        walk = Walk(trace, Cursor(1, index + 1))
        is_about = step.kind is Kind.DELTA or step.kind in (Kind.FACTOR, Kind.PRODUCT, Kind.GRADIENT)
        assert (derivable(walk) is not None) == is_about, index
        if is_about and index % 5 == 0:
            assert "each A cancels" in picture(act(walk, Do.TOGGLE_DERIVATION), 120, 40).text()


def test_its_numbers_agree_with_delta_in_every_row_and_unit() -> None:
    for row in range(3):
        for unit in PATHS.lesson.network.layers[-1]:
            deduction = PATHS.graph.deduction(PATHS.symbols.Z(unit))
            assert deduction
            *terms, result = (stage.value(lambda quantity, at=row: PATHS.read(1, quantity, at))
                              for stage in deduction.stages)
            assert math.isclose(sum(terms), result, abs_tol=1e-15)
            expected = (PATHS.read(1, PATHS.symbols.A(unit), row) - PATHS.lesson.targets_of(row)[unit.index]) / 3
            assert math.isclose(result, expected, abs_tol=1e-15)


def test_the_plain_mode_says_it_line_by_line() -> None:
    assert list(derivation(Walk(DELTA, Cursor(1, DELTA.script.batches[0].forward_end + 2)))) == [
        "Z4 is in every A, row 1", "by A3 = −y1/A3/3·(−A3·A4) = 0.21421", "by A4 = −y2/A4/3·A4·(1−A4) = 0",
        "by A5 = −y3/A5/3·(−A5·A4) = 0", "sum: A4·Σy − y2 = A4 − y2, for Σy is 1; here (A4−y2)/3 = 0.21421"]
