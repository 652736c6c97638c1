"""A slow or stalled line: keys make one picture, and nothing runs on once the line is free again."""

import os
import pty
from collections.abc import Iterator
from pathlib import Path

import pytest
from slow_link import LATENCY, SlowLink

from engine.learner.progress_folder import read_progress
from engine.walk.movement import parse_cursor
from engine.walk.walk import Walk
from lessons import and_trace
from terminal import COMMAND, KEYS, Terminal
from tui.app.flow_control import FlowControl
from tui.view.layout import picture

TRACE = and_trace()


@pytest.mark.parametrize("answers", [True, False])
def test_many_keys_make_few_pictures(answers: bool) -> None:
    with Terminal("play", "and-gate", "--at", "1:29", answers=answers) as terminal:
        terminal.until("q quit")
        terminal.child.send("\x1b[C" * 200)
        written = terminal.written_until("229/239") + terminal.read(0.3)
        assert len(written) < 40 * 400  # of 200 single steps it would be 80 000 bytes
        assert terminal.text() == picture(Walk(TRACE, parse_cursor("1:229")), 80, 24).text()


def test_nothing_runs_on_after_a_line_was_stalled() -> None:
    """Hundreds of keys while nobody reads: then no more comes than the line itself held, and the last picture."""
    with Terminal("play", "and-gate") as terminal:
        terminal.until("q quit")
        for _ in range(30):
            terminal.child.send("e" * 20)
            terminal.child.send("E" * 19)
        written = terminal.written_until("epoch 31") + terminal.read(0.5)
        assert len(written) < 30_000


def test_a_held_key_does_not_run_on_over_a_slow_link() -> None:
    """Three seconds of a held arrow key, thirty a second; a picture for each would take 17 seconds to come."""
    with Terminal("play", "and-gate", "--at", "1:29") as terminal:
        terminal.until("q quit")
        link = SlowLink(terminal)
        for _ in range(30):
            link.type(KEYS["right"] * 3)
            link.tick()
        left = sum(link.tick() for _ in range(40))
        assert terminal.text() == picture(Walk(TRACE, parse_cursor("1:119")), 80, 24).text()
        assert left < 4000


def test_a_key_is_answered_over_a_slow_link() -> None:
    """Latency there and back, and the time that a step's few hundred bytes take."""
    with Terminal("play", "and-gate", "--at", "1:29") as terminal:
        terminal.until("q quit")
        link = SlowLink(terminal)
        for step in range(30, 33):
            link.type(KEYS["right"])
            for _ in range(2 * LATENCY + 8):
                link.tick()
            assert f"{step}/239" in terminal.text()


def test_the_terminals_answer_is_not_typed_into_the_shell() -> None:
    """One leaves while a picture is on its way: its answer is read before the end."""
    script = f"{COMMAND} play and-gate; read -r -t 2 -n 1 typed; printf 'typed: <%q>' \"$typed\""
    with Terminal("-c", script, command="bash") as terminal:
        terminal.until("q quit")
        link = SlowLink(terminal)
        for key in (KEYS["right"], "q"):
            link.type(key)
            link.tick()
        for _ in range(60):
            if "typed:" in terminal.text():
                break
            link.tick()
        assert "typed: <''>" in terminal.text()


def test_keys_after_the_last_one_change_nothing() -> None:
    """The terminal's answer is a while in coming: what is typed meanwhile is nobody's."""
    with Terminal("play", "and-gate", "--at", "1:5") as terminal:
        terminal.until("q quit")
        link = SlowLink(terminal)
        for key in (KEYS["right"], "", "", "", "q", KEYS["right"] * 3):
            link.type(key)
            link.tick()
        for _ in range(60):
            if not terminal.child.isalive():
                break
            link.tick()
    place = read_progress()[0].bookmark
    assert place
    assert str(place.cursor) == "1:6"


@pytest.fixture
def flow_control() -> Iterator[FlowControl]:
    leader, follower = pty.openpty()
    yield FlowControl(follower)
    os.close(leader)
    os.close(follower)


def test_a_line_is_free_once_the_terminal_has_answered(flow_control: FlowControl) -> None:
    assert flow_control.is_free()
    assert flow_control.question() == "\x1b[6n"
    assert flow_control.is_free()  # it may be one that never answers
    flow_control.take_answer()
    flow_control.question()
    assert not flow_control.is_free()
    flow_control.question()
    flow_control.take_answer()
    assert not flow_control.is_free()
    flow_control.take_answer()
    assert flow_control.is_free()


def test_one_that_answers_no_more_is_not_waited_for(flow_control: FlowControl, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(FlowControl, "PATIENCE", -1.0)
    monkeypatch.setattr(FlowControl, "PATIENCE_FACTOR", -1)
    flow_control.question()
    flow_control.take_answer()
    flow_control.question()
    assert flow_control.is_free()
    assert flow_control.is_quiet()


def test_a_key_that_looks_like_an_answer_is_none(flow_control: FlowControl) -> None:
    flow_control.take_answer()
    flow_control.question()
    assert flow_control.is_free()
    assert not flow_control.is_quiet()


def test_who_comes_back_to_the_terminal_waits_for_nothing(flow_control: FlowControl) -> None:
    for _ in range(2):
        flow_control.question()
    flow_control.take_answer()
    assert not flow_control.is_free()
    flow_control.forget()
    assert flow_control.is_free()


def test_what_is_no_terminal_is_asked_nothing(tmp_path: Path) -> None:
    with open(tmp_path / "file", "w", encoding="utf-8") as file:
        assert FlowControl(file.fileno()).question() == ""
        assert FlowControl(file.fileno()).is_free()
