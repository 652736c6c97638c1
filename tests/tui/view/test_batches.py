"""Batches on the screen: which rows are in hand, what is over them alone, and what is said of all rows together."""

import pytest

from engine.trace.cursor import Cursor
from engine.trace.script import Batch
from engine.trace.trace import Trace
from engine.walk.actions import Move, ToGradient
from engine.walk.transition import act
from engine.walk.walk import Walk
from lessons import family
from tui.view.canvas import CellStyle
from tui.view.layout import picture

TRACE = Trace(family("adam, batches of 3, fixed"))
FIRST, SECOND = TRACE.script.batches
SIZES = [(80, 24), (120, 40)]


def screen(step: int, size: tuple[int, int] = (80, 24), epoch: int = 1) -> list[str]:
    return picture(Walk(TRACE, Cursor(epoch, step)), *size).text().split("\n")


def panel(lines: list[str], start: str) -> list[str]:
    """The lines below a title, to the next."""
    first = next(y for y, line in enumerate(lines) if line.startswith(start)) + 1
    return lines[first:next(y for y in range(first, len(lines)) if lines[y].startswith("─ "))]


def test_the_first_line_says_which_batch_is_in_hand() -> None:
    assert "epoch 1 · batch 1/2 · forward · row 1/4 · 1/" in screen(1)[0]
    assert "epoch 1 · batch 2/2 · update · (1) w13 · " in screen(SECOND.update_index(0) + 1)[0]
    assert "batch" not in screen(0)[0]
    compact = screen(SECOND.start_of(0) + 1, (60, 20))[0]
    assert "batch 2/2" in compact
    assert f"{SECOND.start_of(0) + 1}/{TRACE.script.length}" in compact


def test_the_rows_of_the_batch_are_marked_in_the_table_and_the_others_stand_back() -> None:
    step = FIRST.gradient_index(0) + 1
    assert [line[0] for line in screen(step)[3:7]] == ["│", "│", "│", " "]
    assert [line[0] for line in screen(FIRST.start_of(0) + 1)[3:7]] == ["▸", "│", "│", " "]
    canvas = picture(Walk(TRACE, Cursor(1, SECOND.gradient_index(0) + 1)), 80, 24)
    styles = [{style for character, style in list(canvas.row(y))[1:24] if character != " "} for y in range(3, 7)]
    assert styles[:3] == [{CellStyle.MUTED}] * 3
    assert CellStyle.MUTED not in styles[3]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(("batch", "rows"), [(FIRST, ["1 1", "1 0", "0 1"]), (SECOND, ["0 0"])])
def test_a_chain_is_over_the_rows_of_its_batch(size: tuple[int, int], batch: Batch, rows: list[str]) -> None:
    lines = screen(batch.gradient_index(0) + 1, size)
    _, _, *chain = panel(lines, "─ Chain rule (1)")
    assert [" ".join(line.split()[:2]) for line in chain[:len(rows)]] == rows
    assert "Σ = ∂Loss/∂w13" in chain[len(rows)]
    if size[1] == 40:
        every = panel(lines, f"─ Forward pass, every row of batch {batch.number + 1} ─")
        assert len([line for line in every[2:] if line.strip()]) == len(rows)


def test_the_loss_is_the_batchs_and_rows_are_counted_as_far_as_they_are_calculated() -> None:
    first, second = screen(FIRST.forward_end), screen(SECOND.forward_end)
    assert first[7].startswith(f" Loss = 1/3·Σ (y−A5)² =[{TRACE.entry(1, FIRST.loss_index).value:.5f}]")
    assert first[8].startswith(" rows right so far: 1 of 3 ")
    assert second[7].startswith(f" Loss = (y−A5)² =[{TRACE.entry(1, SECOND.loss_index).value:.5f}]")
    assert second[8].startswith(" rows right: 2 of 4, as they came")


def test_parameters_are_those_of_the_batch_in_hand() -> None:
    updated = TRACE.entry(1, FIRST.update_index(0)).value
    for step in (FIRST.update_index(0) + 1, FIRST.end, SECOND.start + 1, SECOND.backward_end):
        assert f"w13  {updated:.5f}" in "\n".join(screen(step)), step
    assert "w13  0.8 " in "\n".join(screen(FIRST.backward_end))


def test_between_epochs_it_is_said_that_rows_had_different_parameters() -> None:
    text = "\n".join(screen(0, epoch=2))
    assert "─ What the 2 updates of epoch 1 did ─" in text
    assert "Each row has the parameters of its own batch, so not all have the same." in text
    assert "Its rows\n come in 2 batches, each with an update of its own." in text
    assert "next → batch 2, row 4, Z3 = " in "\n".join(screen(FIRST.end))


def test_keys_lead_through_the_batches_in_their_order() -> None:
    def after(step: int, *actions: Move | ToGradient) -> Cursor:
        walk = Walk(TRACE, Cursor(1, step))
        for action in actions:
            walk = act(walk, action)
        return walk.cursor
    assert after(FIRST.update_index(2), Move("section", 1)) == Cursor(1, FIRST.end)
    assert after(FIRST.end, Move("section", 1)) == Cursor(1, SECOND.forward_end)
    assert after(FIRST.backward_end + 1, Move("gradient", 1)) == Cursor(1, SECOND.start_of(0) + 1)
    assert after(SECOND.start_of(0) + 1, Move("gradient", -1)) == Cursor(1, FIRST.backward_end + 1)
    assert after(SECOND.forward_end, ToGradient(3)) == Cursor(1, SECOND.start_of(2) + 1)
    assert after(SECOND.forward_end, Move("epoch", 1)) == Cursor(2, SECOND.forward_end)
