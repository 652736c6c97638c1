"""A slow or stalled line: keys make one picture, and nothing runs on once the line is free again."""

import pyte
import pytest

from engine.session import Session, parse_cursor
from lessons import and_trace
from terminal import Terminal
from tui.layout import picture
from tui.view import Canvas, Role
from tui.wire import CellsUpdate

TRACE = and_trace()


def codes(role: Role) -> str:
    return {Role.FRESH: "1;7", Role.MUTED: "2"}.get(role, "")


def cells(*lines: str) -> Canvas:
    canvas = Canvas(20, 3)
    for y, line in enumerate(lines):
        canvas.put(0, y, line, Role.FRESH if line.isupper() else Role.TEXT)
    return canvas


@pytest.mark.parametrize(("before", "after", "written"), [
    (("abc",), ("abc",), ""), (("abc",), ("abd",), "\x1b[1;3Hd"),
    (("a        b",), ("c        d",), "\x1b[1;1Hc\x1b[8Cd"),
    (("a  b",), ("c  d",), "\x1b[1;1Hc  d"), ((), ("ABC",), "\x1b[1;1H\x1b[1;7mABC\x1b[m"),
    (("漢",), ("字",), "\x1b[1;1H字" + " " * 18)])
def test_only_the_cells_that_differ_are_written(before: tuple[str, ...], after: tuple[str, ...], written: str) -> None:
    update = CellsUpdate(cells(*before), cells(*after), codes)
    assert "".join(update._pieces) == written


@pytest.mark.parametrize("places", [("1:38", "1:39"), ("1:29", "1:30"), ("1:239", "2:0"), ("2:0", "2:1")])
def test_a_terminal_shows_the_new_picture(places: tuple[str, str]) -> None:
    """pyte obeys what is written, and then shows what a picture drawn anew would show."""
    pictures = [picture(Session(TRACE, parse_cursor(place, TRACE)), 80, 24) for place in places]
    screen = pyte.Screen(80, 24)
    stream = pyte.Stream(screen)
    stream.feed("\r\n".join(pictures[0].text().split("\n")))
    stream.feed("".join(CellsUpdate(*pictures, codes)._pieces))
    assert "\n".join(line.rstrip() for line in screen.display) == pictures[1].text()


def test_many_keys_make_few_pictures() -> None:
    with Terminal("play", "and-gate", "--at", "1:29") as terminal:
        terminal.until("q quit")
        terminal.child.send("\x1b[C" * 200)
        written = b""
        while "229/239" not in terminal.text():
            written += terminal.piece(5)
        written += terminal.read(0.3)
        assert len(written) < 40 * 400  # of 200 single steps it would be 80 000 bytes
        assert terminal.text() == picture(Session(TRACE, parse_cursor("1:229", TRACE)), 80, 24).text()


def test_nothing_runs_on_after_a_line_was_stalled() -> None:
    """Hundreds of keys while nobody reads: then no more comes than the line itself held, and the last picture."""
    with Terminal("play", "and-gate") as terminal:
        terminal.until("q quit")
        for _ in range(30):
            terminal.child.send("e" * 20)
            terminal.child.send("E" * 19)
        written = b""
        while "epoch 31" not in terminal.text():
            written += terminal.piece(5)
        written += terminal.read(0.5)
        assert len(written) < 30_000
