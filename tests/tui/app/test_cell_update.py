"""What is written so that one picture becomes another."""

import pyte
import pytest

from engine.walk.movement import parse_cursor
from engine.walk.walk import Walk
from lessons import and_trace
from tui.app.cell_update import CellUpdate
from tui.view.canvas import Canvas, CellStyle
from tui.view.layout import picture

TRACE = and_trace()


def codes(style: CellStyle) -> str:
    return {CellStyle.FRESH: "1;7", CellStyle.MUTED: "2"}.get(style, "")


def cells(*lines: str) -> Canvas:
    canvas = Canvas(20, 3)
    for y, line in enumerate(lines):
        canvas.put(0, y, line, CellStyle.FRESH if line.isupper() else CellStyle.TEXT)
    return canvas


@pytest.mark.parametrize(("before", "after", "written"), [
    (("abc",), ("abc",), ""), (("abc",), ("abd",), "\x1b[1;3Hd"),
    (("a        b",), ("c        d",), "\x1b[1;1Hc\x1b[8Cd"),
    (("a  b",), ("c  d",), "\x1b[1;1Hc  d"), ((), ("ABC",), "\x1b[1;1H\x1b[1;7mABC\x1b[m"),
    (("漢",), ("字",), "\x1b[1;1H字" + " " * 18)])
def test_only_the_cells_that_differ_are_written(before: tuple[str, ...], after: tuple[str, ...], written: str) -> None:
    update = CellUpdate(cells(*before), cells(*after), codes)
    assert update.text == written


@pytest.mark.parametrize("places", [("1:38", "1:39"), ("1:29", "1:30"), ("1:239", "2:0"), ("2:0", "2:1")])
def test_a_terminal_shows_the_new_picture(places: tuple[str, str]) -> None:
    """pyte obeys what is written, and then shows what a picture drawn anew would show."""
    pictures = [picture(Walk(TRACE, parse_cursor(place)), 80, 24) for place in places]
    screen = pyte.Screen(80, 24)
    stream = pyte.Stream(screen)
    stream.feed("\r\n".join(pictures[0].text().split("\n")))
    stream.feed(CellUpdate(*pictures, codes).text)
    assert "\n".join(line.rstrip() for line in screen.display) == pictures[1].text()
