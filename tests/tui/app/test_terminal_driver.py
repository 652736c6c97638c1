"""Whatever comes from the terminal, the session goes on. `python tests/benchmarks/endurance.py bytes` sends more."""

import signal
import sys
import termios
from collections.abc import Iterator
from contextlib import contextmanager

import fuzz
import pytest
from processes import is_stopped

from engine.trace.cursor import Cursor
from engine.walk.walk import Walk
from lessons import and_trace
from terminal import Terminal
from tui.app.textual_private import PARSER
from tui.view.layout import picture

ODD = (
    b"\xe9", b"\xff\xfe", b"\xc3", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\x1b[M \xe9\xff", b"\x1b[M", b"\x1b[1;1:3C",
    b"\x1b[97:65;2:3;65u", b"\x1b[1114112u", b"\x1b[55296u", b"\x1b[97;;1114112u", b"\x1b[99999999999999999999u",
    b"\x1b[;;u",
    b"\x1b[?62;4c", b"\x1b]11;rgb:0/0/0\x1b\\", b"\x1b]52;c;", b"\x1bP1+r", b"\x1b[48;9;9;0;0t\x1b[?2048;1$y",
    b"\x1b[<0;-1;-3M", b"\x1b[" + b"1;" * 999,
)
STOCK = "from textual.app import App; App().run()"
STOCK_SIZE = """
from textual.app import App
class Shown(App):
    def on_ready(self): self.exit(message=f"{self.size.width} columns")
Shown().run()
"""


@contextmanager
def practising() -> Iterator[Terminal]:
    """A session that asks for Z3."""
    with Terminal("play", "and-gate") as terminal:
        terminal.until("q quit")
        terminal.press("p")
        yield terminal


def test_what_means_nothing_is_ignored() -> None:
    with Terminal("play", "and-gate") as terminal:
        terminal.until("q quit")
        for step, odd in enumerate(ODD, start=1):
            terminal.child.send(odd + b"\x1b[C")
            terminal.until(f" · {step}/239", settled=False)
        terminal.child.send("q")
        assert terminal.end() == 0


def test_a_paste_that_does_not_end_ends_by_itself() -> None:
    with practising() as terminal:
        terminal.child.send("\x1b[200~0.2")
        terminal.until("Z3 = 0.2", settled=False)
        terminal.child.send("\x7f3\r")
        terminal.until("A3 =")
        terminal.child.send("\x1b[200~0.3")
        terminal.child.send("\x03")
        assert terminal.end() == 130


def test_of_several_lines_the_first_that_says_something_counts() -> None:
    with practising() as terminal:
        terminal.child.send("\x1b[200~\r\n0.3\r\n0.9\r\n\x1b[201~")
        assert "Z3 = 0.3\n" in terminal.until("Z3 = 0.3")


def test_what_is_no_text_leaves_no_other_number() -> None:
    with practising() as terminal:
        terminal.child.send(b"2\xd70.5\x1b[200~\x960.1\x1b[201~")
        terminal.until("Z3 = 2�0.5�0.1")


@pytest.mark.parametrize("keys", [
    b"\x1b[57402u\x1b[57410u\x1b[57399u\x1b[57409u\x1b[57404u\x1b[57412u\x1b[57400u",
    b"\x1bOs\x1bOo\x1bOp\x1bOn\x1bOu\x1bOm\x1bOq"])
def test_the_keypad_writes_without_being_told_its_text(keys: bytes) -> None:
    with practising() as terminal:
        terminal.child.send(keys)
        terminal.until("Z3 = 3/0.5-1")


@pytest.mark.parametrize("stops", [0, 1, 3])
def test_it_comes_back_from_a_stop_that_it_is_not_told_of(stops: int) -> None:
    with Terminal("play", "and-gate") as terminal:
        before = termios.tcgetattr(terminal.child.fileno())
        terminal.until("q quit")
        for step in range(max(1, stops)):
            if stops:
                terminal.child.kill(signal.SIGSTOP)
                while not is_stopped(terminal.child.pid):
                    pass
            terminal.child.kill(signal.SIGCONT)
            while b"\x1b[?1049h" not in terminal.piece(5):
                assert terminal.child.isalive()
            terminal.child.send("\x1b[C")
            shown = terminal.until(f" · {step + 1}/239")
            assert shown == picture(Walk(and_trace(), Cursor(1, step + 1)), 80, 24).text()
        terminal.child.send("q")
        terminal.rest()
        assert termios.tcgetattr(terminal.child.fileno()) == before
        assert terminal.end() == 0


def test_the_terminal_s_own_size_counts() -> None:
    with Terminal("play", "and-gate", COLUMNS="100", LINES="30") as terminal:
        before = terminal.until("q quit")
        terminal.resize(120, 40)
        terminal.until("q quit")
        assert max(map(len, terminal.text().splitlines())) > 110
        terminal.resize(80, 24)
        assert terminal.until("q quit") == before


@pytest.mark.parametrize("odd", [b"\xff", b"\x1b[1;1:3C", b"\x1b[1114112u"])
def test_textual_s_own_driver_still_needs_ours(odd: bytes) -> None:
    """When this fails, a release has mended it, and what is ours for it can go."""
    with Terminal("-c", STOCK, command=sys.executable) as terminal:
        terminal.read(5)
        terminal.child.send(odd)
        assert "Traceback" in terminal.rest()


def test_textual_s_own_parser_still_waits_for_a_paste_and_writes_what_answers() -> None:
    """The same."""
    assert PARSER
    assert list(PARSER().feed("\x1b[200~0.3\x03q\x1b[C")) == []
    assert list(PARSER().feed("\x1b[?62;4cq" + "1" * 30)) != []




def test_textual_s_own_driver_still_takes_the_size_that_a_shell_exports() -> None:
    """The same."""
    with Terminal("-c", STOCK_SIZE, command=sys.executable, COLUMNS="100") as terminal:
        assert "100 columns" in terminal.rest()


def test_after_bytes_of_any_kind_the_screen_is_that_of_a_fresh_start() -> None:
    """`python tests/benchmarks/endurance.py bytes` sends a million."""
    assert fuzz.bombard(0, 600) == ""
