"""The plain mode: a walk in lines of text."""

import io
import re
import unicodedata
from dataclasses import replace

import pytest
from plain_walks import walk

from engine.lesson.lesson import load
from engine.lesson.notes import Goal
from engine.trace.cursor import Cursor
from engine.trace.trace import Trace
from engine.walk.walk import Walk
from lessons import and_trace
from tui.config.keys import COMMANDS, rebind
from tui.plain import plain_mode
from tui.plain.commands import Commands
from tui.plain.descriptions import update_in_words
from tui.plain.plain_mode import PlainWalk


def test_enter_is_the_next_number() -> None:
    said, session = walk("", "")
    assert said == ["Forward pass", "row 1: x1 = 1, x2 = 1, y = 1",
                    "Z3 = w13·x1 + w23·x2 + b3 = 0.8·1 + (−0.6)·1 + 0.1 = 0.3", "A3 = ReLU(Z3) = max(0, 0.3) = 0.3"]
    assert session.cursor == Cursor(1, 2)


def test_the_same_places_as_the_keys() -> None:
    for command, place in (("down", "1:41"), ("j", "1:41"), ("block", "1:41"), ("n", "1:55"), ("N", "1:30"),
                           ("e", "2:38"), ("3", "1:80"), ("go 4:29", "4:29"), ("g 7", "7:0"), ("end", "1:239"),
                           ("phase", "1:54"), ("block back", "1:35"), ("back", "1:37"),
                           ("next gradient", "1:55"), ("step", "1:39")):
        assert str(walk(command, at=Cursor(1, 38))[1].cursor) == place


def test_a_row_at_once() -> None:
    said, _ = walk("down", at=Cursor(1, 38))
    assert [line.split(" = ")[0] for line in said] == ["∂A3/∂Z3", "∂Z3/∂w13", "product"]


def test_between_epochs_it_says_what_the_update_did() -> None:
    said, _ = walk("", at=Cursor(3, 239))
    assert said == ["epoch 4, step 0 of 239: before its first number",
                    "The update of epoch 3: Loss before it 0.21640, after it 0.20235",
                    "row 1: A5 before 0.63263, after 0.60254, right", "row 2: A5 before 0.46165, after 0.42696, right",
                    "row 3: A5 before 0.52483, after 0.49694, right", "row 4: A5 before 0.49200, after 0.47138, right",
                    "rows right: 4 of 4", "Goal reached. Next lesson: or-gate; lesson or-gate plays it."]


def test_after_a_miss_it_says_what_may_be_done() -> None:
    missed = Walk(Trace(replace(load("and-gate"), goal=Goal(3, rows_right=4))), Cursor(3, 0))
    assert list(update_in_words(missed))[-1] == \
        "Goal not reached: 4 rows right by epoch 3. Try: what if, new numbers, lessons."


def test_the_derivation_at_the_z_in_hand() -> None:
    said, _ = walk("d", at=Cursor(1, 38))
    assert said == ["sig(x) = 1/(1+e^(−x)), at x = Z5 = 0.2, row 2", "y = −x = −0.2", "u = 1+e^y = 1.81873",
                    "∂sig/∂u = −1/u² = −0.30232", "∂u/∂y = e^y = 0.81873", "∂y/∂x = −1",
                    "product: e^(−x)/(1+e^(−x))² = sig(x)[1−sig(x)] = 0.24752"]


def test_the_table_shows_what_is_reached() -> None:
    said, _ = walk("table", at=Cursor(4, 8))
    assert said == ["row 1: x1 1, x2 1, y 1, A5 0.60254, right", "row 2: x1 1, x2 0, y 0", "row 3: x1 0, x2 1, y 0",
                    "row 4: x1 0, x2 0, y 0"]


def test_the_networks_parameters_are_the_new_ones_once_updated() -> None:
    assert walk("network", at=Cursor(1, 231))[0][:2] == [
        "w13 = 0.80760, ∂Loss/∂w13 = −0.01520", "w23 = −0.6, ∂Loss/∂w23 = 0.01201"]


@pytest.mark.parametrize("command", ["foo", "go", "go 0", "go 1:999", "\x1b[2J", "42", "d", "enter", "x" * 200 + "n",
                                     "x" * 5000])
def test_what_it_can_not_do_it_says_and_goes_on(command: str) -> None:
    said, session = walk(command, "", at=Cursor(1, 0))
    assert said[0].isprintable()
    assert (session.cursor, len(said)) == (Cursor(1, 1), 4)


def test_a_long_way_is_told_by_its_end_only() -> None:
    said, _ = walk("end")
    assert said == ["epoch 1, step 239 of 239: new b5 = b5 − lr·∂Loss/∂b5 = 0.2 − 0.5·0.17669 = 0.11166"]


def test_reused_factors_and_reasons_are_told() -> None:
    said, _ = walk("n", "", "why", at=Cursor(1, 30))
    assert said[-2:] == ["∂A5/∂Z5 = sig(Z5)[1−sig(Z5)] = 0.70889·(1−0.70889) = 0.20636 (reused)",
                         "sig′ is sig·(1−sig), and sig(Z5) is A5, known from the forward pass."]


def test_quit_and_help() -> None:
    assert walk("q", "")[1].cursor == Cursor(1, 0)
    assert any("go EPOCH" in line for line in walk("help")[0])


def test_no_line_draws_boxes() -> None:
    said, _ = walk("help", "table", "network", "end", "", "go 1:38", "d", "where")
    assert not any(character in line for line in said for character in "─│┌┐└┘├┤┬┴┼═║▸")


def test_it_is_for_ears() -> None:
    """Whatever is said: each line one thing, nothing drawn, nothing in columns, nothing that moves the cursor."""
    said, _ = walk("section", "section", "n", "table", "network", "skills", "lessons", "d", "why", "find",
                               "3", "watch", "practise", "?", "?", "0.5", "", "skills", "by hand", "0.3", "watch",
                               "what if", "w13 = 2", "v", "end", "e", "introduction", "help", "nonsense")
    assert len(said) > 100
    for line in said:
        assert "\n" not in line
        assert "   " not in line
        assert all(unicodedata.category(character) not in ("Cc", "Cf") for character in line)
        assert not re.search("[\u2500-\u259f\u2800-\u28ff]", line), line  # boxes, blocks, braille


def test_back_to_ones_own_numbers() -> None:
    said, _ = walk("what if w13 = 0.5", "own numbers", "own numbers")
    assert said[-2].startswith("epoch 1, step 0")
    assert said[-1] == "no value was changed"


@pytest.mark.parametrize("left_by", [(), ("go 1:35", "go 1:34")])
def test_a_wrong_number_is_forgotten_once_the_right_one_is_there(left_by: tuple[str, ...]) -> None:
    """0.9 for ∂Loss/∂A5."""
    chain = () if left_by else ("-.14555", ".20636", "-.4", "1", "1", "")
    said, _ = walk("practise", "0.9", *left_by, *chain, "-0.07429", at=Cursor(1, 29))
    assert not any("That follows" in line for line in said)
    assert any("−0.07429 is not what product comes to" in line for line in said)


def test_a_character_is_the_key_that_writes_it() -> None:
    assert walk("?")[0] == walk("help")[0]
    said: list[str] = []
    keys, _ = rebind(COMMANDS, {"calculate": ("at",), "numbers": ("asterisk",)})
    PlainWalk(Walk(and_trace()), said.append, commands=Commands(keys)).run(
        io.StringIO("@ 1+2\n*\n"), prompt=lambda: None)
    assert "1+2 = 3" in said
    assert "new numbers, drawn by seed 1" in said


def test_a_calculation_while_watching_and_what_it_needs() -> None:
    assert walk("calculate 1+2", "c 2·w13", "3-1=")[0] == ["1+2 = 3", "2·w13 = 1.6", "3-1 = 2"]


@pytest.mark.parametrize(("command", "missing"), [
    ("what if", "what if: expected NAME = VALUE, such as w13 = 0.5, lr = 0.1, y row 2 = 1"),
    ("w", "what if: expected NAME = VALUE, such as w13 = 0.5, lr = 0.1, y row 2 = 1"),
    ("go", "go: expected EPOCH or EPOCH:STEP, such as 4 or 1:38"),
    ("epoch", "epoch: expected its number, such as epoch 4"),
    ("calculate", "calculate: expected a formula, such as calculate 0.2·(1−0.2)"),
    ("lesson", "lesson: expected 1 to 31, or an id; lessons lists them"),
    ("lesson 99", "lesson: expected 1 to 31, or an id; lessons lists them"),
    ("a", "play: on the screen alone; block and phase tell several numbers at once"),
    ("tabel", 'tabel: no such command; did you mean "table"? (help lists them)')])
def test_what_is_missing_is_said(command: str, missing: str) -> None:
    assert walk(command)[0] == [missing]


def test_new_numbers_and_verdicts_are_both_told_once() -> None:
    said, now = walk("by hand", "0.77", "new numbers")
    assert now.seed == 1
    assert sum(line.startswith("new numbers, drawn by seed 1") for line in said) == 1
    assert said[said.index("Not right.") + 1].startswith("Z3: 0.77 is not what Z3 comes to.")
    assert walk("new numbers", "practise", "own numbers")[1].seed is None


@pytest.mark.parametrize("command", ["signs", "A"])
def test_signs_as_ascii_and_back(command: str) -> None:
    session = PlainWalk(Walk(and_trace(), Cursor(1, 38)), say=lambda text: said.append(session.signs.now(text)))
    said = list[str]()
    session.run(io.StringIO(f"{command}\nwhere\n{command}\nwhere\n"), prompt=lambda: None)
    first, second = said.index("ASCII alone"), said.index("every sign")
    assert all(text.isascii() for text in said[first:second])
    assert not all(text.isascii() for text in said[second:])


def test_after_a_fault_it_is_where_it_was_before(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of what went well before, nothing is lost."""
    session = PlainWalk(Walk(and_trace(), Cursor(1, 38)), say=lambda _: None)
    monkeypatch.setattr(plain_mode, "tell", lambda *given: [] if given[2].cursor.step < 40 else 1 / 0)
    with pytest.raises(ZeroDivisionError):
        session.run(io.StringIO("\n\n\n"), prompt=lambda: None)
    assert session.walk.cursor == Cursor(1, 39)


def test_a_gradient_is_checked_in_words() -> None:
    said, _ = walk("check", "go 1:104", "check", "back", "check", "phase", "check", at=Cursor(1, 5))
    assert said[0] == "gradient check: first go to a gradient, or its update: phase goes on to it"
    assert "∂Loss/∂b3 is checked once it is worked out: phase goes on to it" in said
    assert sum(line.startswith("Gradient check of ∂Loss/∂b3. ") for line in said) == 2
    assert said[2].startswith("Gradient check of ∂Loss/∂b3. Without any chain rule: Loss is worked out anew with b3 =")
    assert said[3] == ("h = 1e−1: Loss 0.25367881932055 at b3+h, 0.26208211256103 at b3−h; quotient −0.0420164662, "
                       "error 2.6e−4, digits left 14, corner between")
    assert said[12] == "Best is h = 1e−5: quotient and gradient agree to 10 digits, so it is right."
