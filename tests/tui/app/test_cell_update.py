"""What is written so that one picture becomes another: as little as there is to say."""

import pytest

from tui.app.cell_update import CellUpdate
from tui.view.canvas import Canvas, CellStyle


def change(before: str, after: str, codes: str = "") -> str:
    pictures = []
    for text in (before, after):
        pictures.append(Canvas(20, 1))
        pictures[-1].put(0, 0, text)
    return CellUpdate(pictures[0], pictures[1], lambda style: "1" if style is CellStyle.PATH else codes).text


@pytest.mark.parametrize(("before", "after", "written"), [
    ("a long text", "a", "\x1b[1;3H\x1b[K"), ("a long text", "b long", "\x1b[1;1Hb\x1b[6C\x1b[K"),
    ("a long text", "a long t", "\x1b[1;9H   "), ("", "a", "\x1b[1;1Ha"), ("abcdefgh", "", "\x1b[1;1H\x1b[K")])
def test_what_is_blank_up_to_the_end_of_a_row_is_erased_at_once(before: str, after: str, written: str) -> None:
    assert change(before, after) == written


def test_where_blanks_have_colours_they_are_written() -> None:
    assert change("a long text", "a", "37;44") == "\x1b[1;3H\x1b[37;44m         \x1b[m"
