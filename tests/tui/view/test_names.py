"""Columns may be named in any script: wide, with marks, in ASCII alone; nothing is cut for it that has room."""

import pytest
from rich.cells import cell_len

from engine.graph.expression import parse as read
from engine.lesson.lesson import parse, shipped_lessons
from engine.trace.cursor import Cursor
from engine.trace.trace import Trace
from engine.trace.what_if import parse_change
from engine.walk.walk import Walk
from tui.view.glyphs import ascii_form
from tui.view.layout import picture

TEXT = shipped_lessons()["and-gate"].read_text("utf-8")
TRACE = Trace(parse(TEXT.replace('"x1", "x2"', '"Größe", "长度"').replace('["y"]', '["目標"]'), "u.toml"))


@pytest.mark.parametrize("step", [0, 3, 20, 38, 200, 239])
@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
def test_every_line_is_as_wide_as_the_screen(step: int, size: tuple[int, int]) -> None:
    shown = picture(Walk(TRACE, Cursor(1, step)), *size).text()
    assert all(cell_len(line) <= size[0] for line in shown.split("\n"))
    assert "Größe 长度" in " ".join(shown.split())
    assert picture(Walk(TRACE, Cursor(1, step)), *size, ascii_form).text().isascii()


def test_the_table_has_room_for_wide_letters_and_ascii_for_letters_without_marks() -> None:
    walk = Walk(TRACE, Cursor(1, 38))
    assert picture(walk, 80, 24).text().split("\n")[2].startswith(" Größe 长度 目標  ŷ=A5")
    assert picture(walk, 80, 24, ascii_form).text().split("\n")[2].startswith(" Gro?e   ??")


def test_they_are_calculated_with() -> None:
    assert read("长度·w14 + Größe²").names() == ["长度", "w14", "Größe"]
    assert read("GRO\u0308SSE e\u0301").names() == ["GRÖSSE", "é"]
    assert read("σ(z)").names() == ["z"]
    assert str(parse_change("目標 row 2 = 1", TRACE, 1)) == "目標 row 2 = 1"
