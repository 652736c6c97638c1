"""A worked chain where there is no screen: by ear, and for programs."""

import io
import json

from engine.trace.cursor import Cursor
from engine.walk.exercise import Exercise
from engine.walk.walk import Walk
from lessons import and_trace
from tui.plain import drill
from tui.plain.plain_mode import PlainWalk

STUCK = Walk(and_trace(), Cursor(1, 29), exercises={"loss_slope": Exercise(tries=9)})
WHY = """\
10 tries at ∂Loss/∂A, and not yet 3 right in a row. That happens, and then looking helps more than trying on. Here is \
this chain, worked out, each number with its reason; after it you begin again, with new numbers."""
CHAIN = [
    "∂Loss/∂A5 = −(y−A5)/2 = −(1−0.70889)/2 = −0.14555. The derivative of (y−A5)² by A5 is −2·(y−A5); Loss is the "
    "mean of 4.",
    "∂A5/∂Z5 = sig(Z5)[1−sig(Z5)] = 0.70889·(1−0.70889) = 0.20636. sig′ is sig·(1−sig), and sig(Z5) is A5, known from "
    "the forward pass."]
AGAIN = "Now you, with new numbers, drawn by seed 1."


def test_it_is_told_number_by_number_with_its_reasons_and_left_by_a_word() -> None:
    for line, told in (("", [AGAIN, "∂Loss/∂A5, row 1, gradient of w13 = ?"]),
                       ("skip", ["On, then, from where you were.", "∂A5/∂Z5 = ?"])):
        said: list[str] = []
        PlainWalk(STUCK, said.append).run(io.StringIO(f"practise\n-.14555\n{line}\n"), prompt=lambda: None)
        start = said.index(WHY)
        assert said[start - 1] == "Right. ∂Loss/∂A5 = −0.14555."
        assert said[start + 1:start + 3] == CHAIN
        assert said[start + 6].startswith("product = ")
        assert said[start + 7:] == ["Enter: you again, with new numbers; skip: go on where you were", *told]


def test_a_program_that_practises_is_told_too() -> None:
    lines: list[str] = []
    text = '{"command": "practise"}\n-.14555\n\n'
    drill.run(STUCK, None, io.StringIO(text), lines.append)
    told = [json.loads(line) for line in lines]
    assert [list(line) for line in told] == [
        ["question"], ["said"], ["question"], ["verdict"], ["said"], ["said"], ["question"]]
    assert told[4]["said"][1:4] == [WHY, *CHAIN]
    assert told[5]["said"] == [AGAIN]
