"""Training at a glance for the ear, and for programs."""

import json

import pytest
from plain_walks import walk

from command import run
from engine.trace.cursor import Cursor


@pytest.mark.parametrize(("command", "begin", "said"), [
    ("training", "epoch 1: Loss 0.25781; rows right: 1 of 4.",
     "Loss falls from 0.25781 to 0.11743 in 20 epochs, fastest in epoch 2."),
    ("b 4", "epoch 4: Loss 0.20235, 0.01404 less than before; rows right: 4 of 4. Goal reached.",
     "Over x1 and x2, A5 is ½ on one line:"),
    ("training Adam lr = 0.1", "epoch 1: Loss 0.25781", "adam lr 0.1: Loss falls from 0.25781 to 0.01703"),
])
def test_it_is_told_of_an_epoch_and_of_what_stands_beside(command: str, begin: str, said: str) -> None:
    lines, session = walk(command, at=Cursor(1, 38))
    assert lines[0].startswith(begin)
    assert [line for line in lines if line.startswith(said)]
    assert session.cursor == Cursor(1, 38)


@pytest.mark.parametrize(("command", "said"), [
    ("training adma", "training: adma: expected lr = 0.1, adam, or adam lr = 0.01; did you mean \"adam\"?"),
    ("training 0", "epoch 0; expected 1 to 1000000")])
def test_what_it_does_not_know_it_says_in_a_line(command: str, said: str) -> None:
    assert walk(command)[0] == [said]


def test_who_is_asked_is_not_told_what_they_are_to_find() -> None:
    lines, _ = walk("practise all", "training", "training adam", "training 3", at=Cursor(1, 3))
    told = [line for line in lines if "Loss" in line]
    waiting = ["epoch 1: Loss not reached yet.", "There is a map once Loss is worked out."]
    assert told == [*waiting * 2, "epoch 3: Loss 0.21640, 0.01815 less than before; rows right: 3 of 4."]


def test_programs_are_told_too() -> None:
    result = run("drill", "and-gate", stdin='{"command": "training 4"}\n', encoding="ascii")
    said = json.loads(result.stdout.splitlines()[1])["said"]
    assert said[0].startswith("epoch 4: Loss 0.20235")
