"""The plain mode where something is asked: one thing at a time, and last."""

import io

import pytest
from plain_walks import START, walk

from engine.learner.progress import Bookmark
from engine.trace.cursor import Cursor
from engine.walk.opening import open_walk
from tui.plain import descriptions as spoken
from tui.plain.plain_mode import PlainWalk

PUZZLE = ["epoch 1, row 3, gradient of b3", "row 3: x1 = 0, x2 = 1, y = 0", "Z3 = −0.5, A3 = 0",
          "Z5 = 0.38, A5 = 0.59387", "1: ∂Loss/∂A5 = 0.29694", "2: ∂A5/∂Z5 = 0.24119", "3: ∂Z5/∂A3 = −0.4",
          "4: ∂A3/∂Z3 = 1", "5: ∂Z3/∂b3 = 1", "6: product = −0.02865"]
WHICH = "which of these numbers is wrong? 1 to 6"


def test_find_the_mistake_from_its_start_to_the_next() -> None:
    said, session = walk("find", "3", "(4)", "4", "9", "(C)", "9", "", "watch", at=Cursor(1, 30))
    assert said[0].startswith("find the mistake: ")
    assert said[0].endswith("; watch ends it")
    assert said[1:12] == [*PUZZLE, WHICH]
    assert said[12:] == [
        "∂Z5/∂A3 is right: w35 = −0.4. Which is it?", WHICH,
        "expected the number of a line, 1 to 6, or watch", WHICH,
        "Yes: 1 stood there, it is 0.", *(which := [
            "Which mistake is it?", "1 or a: it is A", "2 or b: it is the slope at A",
            "3 or c: it is no factor at all", "4 or d: it has the sign turned", "1 to 4?"]),
        "expected 1 to 4", *which,
        "Yes: 1 is no factor at all: the activation has a slope of its own. Every link of the chain has its "
        "factor.", "Enter for another one; watch ends it", "expected Enter, or watch",
        "Enter for another one; watch ends it", "epoch 1, row 3, gradient of w23", *PUZZLE[1:8], "5: ∂Z3/∂w23 = 1",
        PUZZLE[9], WHICH, said[-2], "epoch 1, step 30 of 239: row 1, gradient of w13, ∂Loss/∂A5 = −(y−A5)/2 = "
        "−(1−0.70889)/2 = −0.14555"]
    assert session.cursor == Cursor(1, 30)


@pytest.mark.parametrize(("command", "first"), [
    ("where", PUZZLE[0]), ("table", "row 1: x1 1, x2 1, y 1, A5 0.70889, right"), ("network", "w13 = 0.8"),
    ("check", "gradient check: not while"), ("rows", "row 1: x1 = 1, x2 = 1, y = 1; Z3 = 0.3, "),
    ("introduction", "AND, with two hidden ReLU units in between."), ("help", "Enter: one number forward"),
     ("help table", "table or t: the table of rows"), ("skills", "not asked yet"), ("lessons", "First steps:"),
    ("mixups", "No mistake"), ("why", "why: not while"),
    ("derivation", "derivation: not before"), ("step", "step: not while"),
    ("n", "next gradient: not while"), ("go 2", "go: not while"), ("hint", "hint: not while")])
def test_looking_leaves_the_search_as_it_is_and_gives_nothing_away(command: str, first: str) -> None:
    said, session = walk("find", command, at=Cursor(1, 30))
    assert said[12].startswith(first)
    assert said[-1] == WHICH
    assert session.mode == "find"
    assert not any("= 0 " in line or line.endswith("∂A3/∂Z3 = 0") for line in said)


MODES = {"watch": "watch: Enter gives the next number, help the commands; practise, by hand and find the mistake ask "
                  "you",
         "practise": "practise: type each number, or a formula; the verdict comes at once, what you know is filled in; "
                     "hint helps, Enter alone fills in; watch ends it",
         "by hand": "by hand: type every number, or a formula; the verdicts come at the end of a row's chain; Enter "
                    "alone leaves one open, back changes the last; watch ends it, with the verdicts so far"}
Z3 = "Z3, row 1 (x1 1, x2 1, y 1) = ?"


def test_each_mode_says_how_it_works_and_ends() -> None:
    assert walk("mode", "mode", "mode")[0] == [
        MODES["practise"], Z3, MODES["by hand"], Z3, MODES["watch"], "epoch 1, step 0 of 239: before its first number"]
    assert walk("practise", "practise")[0] == [MODES["practise"], Z3] * 2


def test_a_mode_that_is_taken_up_again_says_it_too() -> None:
    said: list[str] = []
    kept = open_walk(Bookmark("and-gate", Cursor(1, 2), mode="by hand", answers={0: "0.3", 1: ""}))
    PlainWalk(kept, said.append).run(io.StringIO("table\nnetwork\nwhere\n"), prompt=lambda: None)
    asked = "Z4, row 1 (x1 1, x2 1, y 1) = ?"
    assert said[4:8] == ["epoch 1, step 2 of 239: row 1, A3 left open", MODES["by hand"],
                         "1 written down, 1 left open; the verdicts come together, at the row's end.", asked]
    assert "row 1: x1 1, x2 1, y 1" in said
    assert "Z3 = 0.3 (yours, not judged yet), A3 left open" in said
    assert said[-2:] == [said[4], asked]


def test_one_thing_is_asked_at_a_time() -> None:
    """An answer to which factor it is, `1`, would be a right answer to the next number too."""
    asked = ["Which factor is ∂Z3/∂w13?", "1 or a: how fast Loss changes with the output",
             "2 or b: how steep the activation is at Z", "3 or c: the weight that this A is multiplied by",
             "4 or d: what flows in over the weight", "1 to 4? Enter alone passes"]
    right = ("practise", "-.14555", ".20636", "-.4", "1", "1")
    said, session = walk(*right, "1", at=Cursor(1, 29))
    assert said[-9:] == ["∂Z3/∂w13 = ?", "Right. ∂Z3/∂w13 = 1.", *asked[:5], asked[5],
                         "No: ∂Z3/∂w13 = x1: (d) what flows in over the weight.", "product = ?"][-9:]
    assert session.cursor == Cursor(1, 34)
    for choice in ("4", "d", "D", "(d)"):
        assert walk(*right, choice, at=Cursor(1, 29))[0][-2].startswith("Yes, ")
    assert walk(*right, "", at=Cursor(1, 29))[0][-2:] == [asked[5], "product = ?"]
    for other in ("0.01201", "5", "hint", "why"):
        assert walk(*right, other, at=Cursor(1, 29))[0][-7:] == ["expected 1 to 4; Enter alone passes", *asked]
    assert walk(*right, "table", at=Cursor(1, 29))[0][-7:] == ["row 4: x1 0, x2 0, y 0, A5 0.53991, wrong", *asked]


@pytest.mark.parametrize("place", [Cursor(2, 0), Cursor(1, 239)], ids=str)
def test_what_is_typed_where_nothing_is_asked_is_said_not_to_be_judged(place: Cursor) -> None:
    """Between two epochs, where Enter goes on."""
    said, session = walk("practise", "0.3", at=place)
    assert said[-2:] == ["nothing is asked here: 0.3 is not judged", "Enter: go on"]
    assert session.cursor == place


def test_which_of_several_mistakes_is_asked_alone_too() -> None:
    said, _ = walk("practise", "0.3", "(B)", at=Cursor(1, 32))
    assert said[2:] == ["0.3 can come about in 2 ways. Which was it?", "1 or a: it is A", "2 or b: it is Z itself",
                        "1 to 2? Enter alone passes",
                        "0.3 is Z itself: the slope of the activation at that Z belongs there. ∂A/∂Z is f′(Z).",
                        "∂A3/∂Z3 = ?"]


def test_row_and_gradient_are_said_where_they_change_and_by_where() -> None:
    said, _ = walk("practise", "", "where", "", "foo", at=Cursor(1, 38))
    assert said[1] == "∂A3/∂Z3, row 2, gradient of w13 = ?"
    assert [line for line in said if line.endswith("= ?")][1:] == [
        "∂Z3/∂w13 = ?", "∂Z3/∂w13, row 2, gradient of w13 = ?", "product = ?", "product = ?"]
    said, _ = walk("practise", "", at=Cursor(1, 40))
    assert said[-1] == "∂Loss/∂A5, row 3 = ?"


def test_words_and_letters_are_understood_while_a_number_is_asked_for() -> None:
    for line, place in (("n", "1:30"), ("3", "1:29"), ("update", "1:230"), ("epoch 4", "4:0"), ("Skip", "1:30"),
                        ("exit", "1:29"), ("delta", "1:29"), ("e", "2:29")):
        assert str(walk("practise", line, at=Cursor(1, 29))[1].cursor) == place, line
    assert walk("practise", "Hint", at=Cursor(1, 29))[0][2] == walk("practise", "?", at=Cursor(1, 29))[0][2]
    assert walk("practise", "new w13 = 0.8076", at=Cursor(1, 230))[0][2] == "Right. new w13 = 0.80760."


@pytest.mark.parametrize("wanted", ["lesson 5", "Lesson or-gate"])
def test_to_a_lesson_by_its_number_or_its_id(wanted: str) -> None:
    said, session = walk("by hand", "0.77", wanted)
    assert said[4:] == [
        "Not right.", said[5], "OR gate, by hand", *spoken.introduction(session),
        "epoch 1, step 0 of 239: before its first number", MODES["watch"]]
    assert said[5].startswith("Z3: 0.77 is not what Z3 comes to.")


def test_the_chain_in_hand_is_heard_row_by_row_as_far_as_it_is_reached() -> None:
    chain = "(1) ∂Loss/∂w13 = Σ over the rows of ∂Loss/∂A5·∂A5/∂Z5·∂Z5/∂A3·∂A3/∂Z3·∂Z3/∂w13"
    first = ("row 1: ∂Loss/∂A5 = −0.14555, ∂A5/∂Z5 = 0.20636, ∂Z5/∂A3 = −0.4, ∂A3/∂Z3 = 1, ∂Z3/∂w13 = 1, "
             "product = 0.01201")
    said, _ = walk("by hand", "0.3", "", "chain", at=Cursor(1, 35))
    assert said[-4:] == [
        chain, first, "row 2: ∂Loss/∂A5 = 0.3 (yours, not judged yet), ∂A5/∂Z5 left open", "∂Z5/∂A3 = ?"]
    assert walk("find", "chain", at=Cursor(1, 35))[0][-10:] == [*PUZZLE[1:], WHICH]
    assert walk("chain", at=Cursor(1, 3))[0] == ["chain: there is one in the backward pass"]


def test_the_network_has_gradients_and_delta_as_far_as_they_are_reached() -> None:
    said, _ = walk("network", at=Cursor(1, 54))
    assert said[:2] == ["w13 = 0.8, ∂Loss/∂w13 = −0.01520", "w23 = −0.6"]
    said, _ = walk("delta", "go 1:31", "practise", "network", at=Cursor(1, 0))
    assert said[-5:] == ["row 1: x1 = 1, x2 = 1, y = 1", "Z3 = 0.3, A3 = 0.3, δ3 = 0.01201", "Z4 = 0.9, A4 = 0.9",
                         "Z5 = 0.89, A5 = 0.70889, δ5 = −0.03004", "δ4 = ?"]


def test_delta_says_what_it_passes_over_and_what_it_calls_things() -> None:
    said, _ = walk("v", "delta", "paths", at=Cursor(1, 34))
    assert said == [
        "chains written by δ: ∂Loss/∂Z3 is called δ3 there; paths goes back",
        "12 δ passed over, each row's; go 1:29 is before the first",
        "epoch 1, step 41 of 95: row 4, δ4 = δ5·w45·ReLU′(Z4) = 0.06706·0.9·ReLU′(−0.3) = 0",
        "the chains are written by δ already", "chains written by paths; delta writes them by δ",
        "epoch 1, step 34 of 239: row 1, gradient of w13, ∂Z3/∂w13 = x1 = 1"]
    assert "passed over" not in "".join(walk("v", at=Cursor(1, 29))[0])


def test_a_text_is_not_broken_for_a_screen_that_is_not_there() -> None:
    said: list[str] = []
    PlainWalk(open_walk(Bookmark("learning-rate", START)), said.append).run(io.StringIO(), prompt=lambda: None)
    assert said[2:4] == ["- lr = 0.01, too small: Loss below 0.01 only in epoch 140",
                         "- lr = 0.6, too large: Loss grows, to 184 in epoch 10"]
    assert said[1].startswith("One linear unit looks for the line y = 2·x1 + 1. The rate here, 0.4, is right: each")
