"""The command in a real pseudo-terminal."""

import re
import statistics

import pytest

from engine.walk.movement import parse_cursor
from engine.walk.walk import Walk
from lessons import and_trace
from terminal import KEYS, Terminal
from tui.view.glyphs import Spelling, ascii_form
from tui.view.layout import picture

TRACE = and_trace()


def pictured(at: str, size: tuple[int, int] = (80, 24), spelled: Spelling = str) -> str:
    return picture(Walk(TRACE, parse_cursor(at)), *size, spelled).text()


@pytest.mark.parametrize("at", ["1:0", "1:38", "4:29", "2:0", "1:234"])
@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
def test_a_place_is_shown_cell_by_cell(at: str, size: tuple[int, int]) -> None:
    with Terminal("play", "and-gate", "--at", at, size=size) as terminal:
        terminal.until("q quit")
        assert terminal.text() == pictured(at, size)


def test_the_first_start_is_the_and_lesson_and_the_next_goes_on_where_one_was() -> None:
    with Terminal() as terminal:
        assert terminal.until("q quit") == pictured("1:0")
        terminal.press("n", "right", "q")
        assert terminal.end() == 0
    with Terminal() as terminal:
        assert terminal.until("q quit") == pictured("1:31")


def test_steps_write_little() -> None:
    """At most 1.2 KB a step in the median, over a chain and a piece of the forward pass; and nothing when idle."""
    with Terminal("play", "and-gate", "--at", "1:20") as terminal:
        terminal.until("q quit")
        sizes = [len(terminal.press("right")) for _ in range(24)]
        assert 0 < statistics.median(sizes) <= 1200
        assert terminal.read(1) == b""
        assert terminal.text() == pictured("1:44")


def test_too_small_and_back() -> None:
    with Terminal("play", "and-gate", "--at", "1:38") as terminal:
        before = terminal.until("q quit")
        for size in ((59, 24), (40, 10), (60, 15)):
            terminal.resize(*size)
            assert "∂Z5/∂A3 = w35 = −0.4" in terminal.until(f"handgrad needs 60×20; this is {size[0]}×{size[1]}.")
        terminal.resize(80, 24)
        assert terminal.until("q quit") == before


def test_what_is_typed_ahead_is_not_lost() -> None:
    with Terminal("play", "and-gate") as terminal:
        terminal.until("q quit")
        terminal.child.send("g4:29\r")
        terminal.until("29/239")
        assert terminal.text() == pictured("4:29")


def test_a_far_place_is_set_out_for_and_kept_when_left_on_the_way() -> None:
    with Terminal("play", "and-gate", "--at", "900000:7") as terminal:
        terminal.until("training: epoch", settled=False)
        terminal.child.send("q")
        assert terminal.end() == 0
    with Terminal() as terminal:
        terminal.until("of 900000; Esc stops", settled=False)


def test_ctrl_c_ends_with_130() -> None:
    with Terminal("play", "and-gate") as terminal:
        terminal.until("q quit")
        terminal.child.send("\x03")
        assert terminal.end() == 130


@pytest.mark.parametrize("environment", [{"HANDGRAD_ASCII": "1"}, {"PYTHONIOENCODING": "latin-1"}])
def test_ascii_where_it_is_asked_for_or_needed(environment: dict[str, str]) -> None:
    with Terminal("play", "and-gate", "--at", "1:38", **environment) as terminal:
        assert terminal.until("q quit") == pictured("1:38", spelled=ascii_form)


def test_a_dumb_terminal_gets_the_plain_mode() -> None:
    with Terminal("play", "and-gate", TERM="dumb") as terminal:
        terminal.until("epoch 1, step 0 of 239: before its first number")
        terminal.press("\r")
        assert "Z3 = w13·x1 + w23·x2 + b3 = 0.8·1 + (−0.6)·1 + 0.1 = 0.3" in terminal.until("Z3 = ")
        terminal.child.send("\x04")
        assert terminal.end() == 0


def test_keys_typed_ahead_of_a_page_are_the_pages() -> None:
    """All written at once: the second key must choose in the menu, not walk the lesson behind it."""
    with Terminal("play", "and-gate", "--at", "1:38") as terminal:
        terminal.until("q quit")
        terminal.child.send("m" + KEYS["down"] + "\r")
        assert "OR gate" in terminal.until("OR gate")
        terminal.child.send("?jj" + KEYS["down"])
        terminal.until("lines 4 to 26 of ")
        terminal.child.send("qmm?q" + KEYS["right"])
        assert "1/239" in terminal.until("1/239")
        terminal.press("q")
        assert terminal.end() == 0


def test_the_palette_in_ascii() -> None:
    with Terminal("play", "and-gate", "--at", "1:38", "--ascii") as terminal:
        terminal.until("q quit")
        terminal.press("\x10")
        assert terminal.until("one number back").isascii()
        terminal.child.send("gradient (2")
        assert terminal.until("gradient (2) dLoss/dw23").isascii()


def test_without_colour_a_step_stands_out_all_the_same() -> None:
    """Bold and reverse are no colours: a changed cell has them as one that Textual draws has."""
    with Terminal("play", "and-gate", "--at", "1:38", NO_COLOR="1") as terminal:
        terminal.until("q quit")
        written = terminal.press("right")
    assert b"\x1b[1;7m" in written
    assert not re.search(rb"\x1b\[(\d+;)*[349]\d[;m]", written)


def test_where_nothing_can_be_kept_it_is_said_at_once_and_on_leaving() -> None:
    trouble = "nothing can be kept (not a directory): /dev/null/x/handgrad"
    with Terminal("play", "and-gate", XDG_STATE_HOME="/dev/null/x") as terminal:
        terminal.until(trouble)
        terminal.press("right")
        assert trouble not in terminal.text()
        terminal.child.send("q")
        left = terminal.rest()
        assert terminal.end() == 0
    assert left.partition("\x1b[?1049l")[2].count(trouble) == 1
    with Terminal("play", "and-gate", "--plain", XDG_STATE_HOME="/dev/null/x") as terminal:
        terminal.until(trouble)
        terminal.child.send("quit\r")
        assert terminal.rest().count(trouble) == 1
        assert terminal.end() == 0


def test_the_training_is_looked_at_in_few_bytes() -> None:
    """And a key there writes only what has changed, though something trains aside."""
    with Terminal("play", "and-gate", "--at", "1:38") as terminal:
        before = terminal.until("q quit")
        terminal.press("b")
        assert "fastest in epoch 2" in terminal.until("A5 over x1 and x2")
        sizes = [len(terminal.press("right")) for _ in range(6)]
        assert "epoch 7: 0.17" in terminal.text()
        assert statistics.median(sizes) <= 2000
        terminal.press("escape")
        assert terminal.until("q quit") == before
