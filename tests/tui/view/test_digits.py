"""Which digits the numbers of a screen have."""

import re

import pytest

from engine.lesson.lesson import shipped_lessons
from engine.text.notation import ALL_DIGITS
from engine.trace.cursor import Cursor
from engine.walk.movement import parse_cursor
from engine.walk.opening import load_trace
from engine.walk.walk import Walk
from lessons import and_trace
from tui.view.glyphs import ascii_form
from tui.view.layout import Status, picture

TRACE = and_trace()


def screen(at: str, size: tuple[int, int], digits: int | None = None) -> str:
    return picture(Walk(TRACE, parse_cursor(at)), *size, status=Status(digits=digits)).text()


@pytest.mark.parametrize(("digits", "line"), [
    (7, "sig(Z5)[1−sig(Z5)] = 0.7088902·(1−0.7088902) = 0.2063649"),
    (10, " = sig(Z5)[1−sig(Z5)] = 0.7088901726·(1−0.7088901726) = 0.2063648958"),
    (ALL_DIGITS, "∂A5/∂Z5 = 0.7088901725661199·(1−0.7088901725661199) ≈ 0.2063648958052966")])
def test_the_number_in_hand_has_the_digits_that_are_chosen(digits: int, line: str) -> None:
    """Nothing is left out of the tables for them: these have them where there is room."""
    text = screen("1:31", (80, 24), digits)
    assert line in text
    assert "[0.20636]" in text
    assert "…" not in text[80:]


@pytest.mark.parametrize(("digits", "number"), [
    (None, "0.2063649"), (10, "0.2063648958"), (ALL_DIGITS, "0.2063648958")])
def test_with_more_room_all_tables_have_them(digits: int | None, number: str) -> None:
    assert f"[{number}" in screen("1:31", (120, 40), digits)


def test_where_the_shown_numbers_give_another_number_it_says_so() -> None:
    """In each panel that calculates; the first such place says what the sign means."""
    first = screen("1:7", (80, 24))
    assert "(1−0.70889)² ≈[0.08474]" in first
    assert "≈: the numbers shown are rounded; nothing\n is rounded on the way." in first
    assert "Σ = ∂Loss/∂w24 ≈ [0.03742]" in screen("1:129", (80, 24))
    assert "Σ = ∂Loss/∂w23 = [0.01201]" in screen("1:79", (80, 24))
    assert "Loss = 1/4·Σ (y−A5)² ≈[0.02661]" in screen("75:29", (80, 24))
    assert "0.5·(−0.01286)   ≈  [0.67434]" in screen("7:235", (80, 24))
    assert "(1-0.70889)^2 ~[0.08474]" in picture(Walk(TRACE, parse_cursor("1:7")), 80, 24, ascii_form).text()
    for at in ("1:6", "1:14", "2:7"):
        assert "the numbers shown" not in screen(at, (80, 24))


FINE = re.compile(r"(?<![\w.])−?\d+\.\d{3,}(?!\d*e)")


@pytest.mark.parametrize("lesson", sorted(shipped_lessons()))
@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
def test_a_number_has_the_same_digits_wherever_it_stands_on_a_screen(lesson: str, size: tuple[int, int]) -> None:
    trace = load_trace(lesson)
    for step in range(0, trace.script.length + 1, 9):
        lines = picture(Walk(trace, Cursor(2, step)), *size).text().split("\n")
        shown = set(FINE.findall("\n".join(line for line in lines[:-5])))
        values = {float(number.replace("−", "-")): len(number.partition(".")[2]) for number in shown}
        twice = [(a, b) for a, decimals in values.items() for b, more in values.items()
                 if decimals < more and round(b, decimals) == a]
        assert twice == [], (step, twice)
