"""However it ends: the place is saved, the terminal is as it was, and nothing is left behind."""

import os
import re
import signal
import subprocess
import sys
import termios
import time
from contextlib import suppress
from pathlib import Path

import pexpect
import pytest
from processes import is_stopped, signal_another_thread
from raising import program, walk_until_it_ends

from engine.learner.progress_folder import read_progress
from terminal import COMMAND, Terminal

LEAVES_THE_ALTERNATE_SCREEN, SHOWS_THE_CURSOR = "\x1b[?1049l", "\x1b[?25h"


each_signal = pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGTERM, signal.SIGQUIT, signal.SIGINT],
                                      ids=lambda number: number.name)


def kept() -> str:
    place = read_progress()[0].bookmark
    return "" if place is None else str(place.cursor)


def is_cooked(terminal: Terminal) -> bool:
    """Whether the terminal shows what is typed, and ctrl+c interrupts, as in a shell."""
    needed = termios.ICANON | termios.ECHO | termios.ISIG
    return termios.tcgetattr(terminal.child.fileno())[3] & needed == needed


def walked(terminal: Terminal) -> None:
    terminal.until("q quit")
    terminal.press("n", "right", "right")
    terminal.until("32/239")


@each_signal
def test_a_signal_saves_the_place_and_restores_the_terminal(number: signal.Signals) -> None:
    with Terminal("play", "and-gate") as terminal:
        walked(terminal)
        terminal.child.kill(number)
        rest = terminal.rest()
        assert terminal.end() == 128 + number
    assert kept() == "1:32"
    assert LEAVES_THE_ALTERNATE_SCREEN in rest
    assert SHOWS_THE_CURSOR in rest


def test_the_settings_are_as_before_even_where_textual_forgets_them() -> None:
    forget = program("textual.drivers.linux_driver:LinuxDriver.disable_input", "given[0].attrs_before = None")
    ended = walk_until_it_ends(forget, "q")
    assert (ended.code, ended.is_set_back, ended.written.count(LEAVES_THE_ALTERNATE_SCREEN)) == (0, True, 1)


@each_signal
def test_it_ends_too_while_the_terminal_owes_an_answer(number: signal.Signals) -> None:
    with Terminal("play", "and-gate") as terminal:
        walked(terminal)
        terminal.answers = False
        terminal.press("left")
        terminal.child.kill(number)
        rest = terminal.rest()
        assert is_cooked(terminal)
        assert terminal.end() == 128 + number
    assert LEAVES_THE_ALTERNATE_SCREEN in rest


@each_signal
def test_the_plain_mode_saves_it_too(number: signal.Signals) -> None:
    with subprocess.Popen([COMMAND, "play", "and-gate", "--plain"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                          text=True) as process:
        assert process.stdin
        assert process.stdout
        process.stdin.write("go 2:30\n")
        process.stdin.flush()
        while "epoch 2, step 30" not in (line := process.stdout.readline()):
            assert line
        process.send_signal(number)
        assert process.wait(10) == 128 + number
    assert kept() == "2:30"


def test_interrupted_twice_it_ends_as_if_once() -> None:
    with Terminal("play", "and-gate") as terminal:
        walked(terminal)
        terminal.child.kill(signal.SIGINT)
        terminal.child.kill(signal.SIGINT)
        rest = terminal.rest()
        assert terminal.end() == 130
    assert kept() == "1:32"
    assert LEAVES_THE_ALTERNATE_SCREEN in rest
    assert "Traceback" not in rest


@pytest.mark.parametrize("arguments", [("play", "and-gate", "--plain"), ("drill", "and-gate"),
                                       ("trace", "and-gate", "--epochs", "100000")], ids=" ".join)
@pytest.mark.parametrize("times", [1, 2])
def test_every_command_ends_with_130_and_without_a_traceback(arguments: tuple[str, ...], times: int) -> None:
    with subprocess.Popen([COMMAND, *arguments], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          text=True) as process:
        assert process.stdout
        assert process.stdout.readline()
        for _ in range(times):
            process.send_signal(signal.SIGINT)
        errors = process.communicate(timeout=20)[1]
    assert (process.returncode, errors) == (130, "")


def test_a_signal_that_another_thread_takes_is_heard_too() -> None:
    """As after ctrl+z and fg, where no thread is awake: Python's own handler runs only when the main thread wakes."""
    with Terminal("play", "and-gate") as terminal:
        walked(terminal)
        signal_another_thread(terminal.child.pid, signal.SIGTERM)
        assert terminal.end() == 128 + signal.SIGTERM


def gone(child: pexpect.spawn, seconds: float) -> bool:
    """Whether a process has ended, in good time: it is asked again and again."""
    end = time.monotonic() + seconds
    while time.monotonic() < end and child.isalive():
        os.sched_yield()
    return not child.isalive()


def test_a_closed_terminal_is_noticed_even_where_sighup_is_ignored() -> None:
    """The signal's handler is its own, whatever the parent had set; and without the signal the terminal is watched."""
    ignoring = ("import os, signal, sys; signal.signal(signal.SIGHUP, signal.SIG_IGN); "
                "os.execv(sys.argv[1], sys.argv[1:])")
    child = pexpect.spawn(sys.executable, ["-c", ignoring, str(COMMAND), "play", "and-gate"], dimensions=(24, 80),
                          timeout=30, env={**os.environ, "TERM": "xterm-256color"})
    child.expect("quit")
    child.send("n")
    while kept() != "1:30":
        with suppress(pexpect.TIMEOUT):
            child.read_nonblocking(1 << 16, timeout=0.1)
    os.close(child.fileno())
    assert gone(child, 10)
    child.closed = True
    assert kept() == "1:30"


def test_a_stalled_line_is_ended_by_the_alarm() -> None:
    """Nobody reads what is written; then SIGTERM. The place is saved at once, and the end comes within seconds."""
    with Terminal("play", "and-gate") as terminal:
        walked(terminal)
        terminal.child.send("e" * 2000)  # and nobody reads the answer
        time_to_fill = time.monotonic() + 2
        while time.monotonic() < time_to_fill and terminal.child.isalive():
            os.sched_yield()
        terminal.child.kill(signal.SIGTERM)
        assert gone(terminal.child, 10)
        assert terminal.child.exitstatus == 128 + signal.SIGTERM
        assert is_cooked(terminal)
    assert re.fullmatch(r"\d+:32", kept())


@pytest.mark.parametrize(("environment", "forbidden"), [
    ({"NO_COLOR": "1"}, r"\x1b\[(?:\d+;)*(?:3[0-8]|4[0-8]|9[0-7]|10[0-7])(?:;\d+)*m"),
    ({"TERM": "linux"}, r"\x1b\[(?:\d+;)*[34]8;"), ({"TERM": "vt100"}, r"\x1b\[(?:\d+;)*[34]8;"),
    ({"TERM": "xterm"}, r"\x1b\[(?:\d+;)*[34]8;"), ({"TERM": "screen"}, r"\x1b\[(?:\d+;)*[34]8;"),
    ({"NO_COLOR": ""}, "never")])
def test_only_colours_that_the_terminal_has(environment: dict[str, str], forbidden: str) -> None:
    with Terminal("play", "and-gate", **environment) as terminal:
        written = terminal.read(20).decode()
        for key in ("n", "right", "right", "p", "1", "enter", "?"):
            written += terminal.press(key).decode()
        assert "quit" in written
        assert not re.search(forbidden, written)
        if "NO_COLOR" not in environment or not environment["NO_COLOR"]:
            assert re.search(r"\x1b\[(?:\d+;)*3[0-7]", written)
        terminal.child.kill(signal.SIGTERM)
        terminal.end()


def test_without_a_terminal_it_is_plain_text(tmp_path: Path) -> None:
    with open(os.devnull, encoding="utf-8") as nothing, open(tmp_path / "errors", "w", encoding="utf-8") as errors:
        result = subprocess.run([COMMAND, "play", "and-gate"], stdin=nothing, stdout=subprocess.PIPE, stderr=errors,
                                text=True, check=False, timeout=30)
    assert result.returncode == 0
    assert "before its first number" in result.stdout
    assert "\x1b" not in result.stdout


def test_accessible_chooses_the_plain_mode() -> None:
    with Terminal("play", "and-gate", ACCESSIBLE="1") as terminal:
        terminal.until("before its first number")
        assert "\x1b" not in terminal.press("\r").decode().replace("\x1b[?2004", "")
        terminal.child.send("q\r")
        assert terminal.end() == 0


def until_stopped(terminal: Terminal) -> None:
    """Read until it waits for SIGCONT, and all that it has written."""
    for _ in range(300):
        terminal.piece(0.1)
        if is_stopped(terminal.child.pid):
            terminal.read(0.1)
            return
    raise AssertionError("it did not stop")


def test_ctrl_z_and_back() -> None:
    with Terminal("play", "and-gate") as terminal:
        walked(terminal)
        terminal.child.send("\x1a")
        until_stopped(terminal)
        assert "32/239" not in terminal.text()
        terminal.child.kill(signal.SIGCONT)
        assert "32/239" in terminal.until("32/239")
        terminal.press("q")
        assert terminal.end() == 0


@pytest.mark.parametrize("arguments", [(), ("--mouse",)])
def test_the_mouse_is_reported_only_where_it_is_asked_for(arguments: tuple[str, ...]) -> None:
    with Terminal("play", "and-gate", *arguments) as terminal:
        written = terminal.read(20).decode()
        assert ("\x1b[?1000h" in written) == bool(arguments)
        terminal.press("q")
        assert terminal.end() == 0


def test_the_real_cursor_stands_on_the_number_in_hand() -> None:
    with Terminal("play", "and-gate", "--at", "1:37") as terminal:
        terminal.until("q quit")
        terminal.press("right")
        line = terminal.text().split("\n")[terminal.screen.cursor.y]
        assert line[terminal.screen.cursor.x:].startswith("−0.4]")
