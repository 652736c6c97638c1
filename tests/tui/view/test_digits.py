"""Which digits the numbers of a screen have."""

import pytest

from engine.text.notation import ALL_DIGITS
from engine.walk.movement import parse_cursor
from engine.walk.walk import Walk
from lessons import and_trace
from tui.view.layout import Status, picture

TRACE = and_trace()


def screen(at: str, size: tuple[int, int], digits: int | None = None) -> str:
    return picture(Walk(TRACE, parse_cursor(at)), *size, status=Status(digits=digits)).text()


@pytest.mark.parametrize(("digits", "line"), [
    (7, "sig(Z5)[1−sig(Z5)] = 0.7088902·(1−0.7088902) = 0.2063649"),
    (10, " = sig(Z5)[1−sig(Z5)] = 0.7088901726·(1−0.7088901726) = 0.2063648958"),
    (ALL_DIGITS, "∂A5/∂Z5 = 0.7088901725661199·(1−0.7088901725661199) = 0.2063648958052966")])
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
