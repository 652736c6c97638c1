"""Where training has diverged nothing is asked; what to do is said, in every mode and on every front end."""

import io
import json

import pytest

from engine.learner.progress import Bookmark, Mode
from engine.trace.cursor import START, Cursor
from engine.trace.what_if import Change
from engine.walk.actions import Answer, Do, Move, SetMode
from engine.walk.opening import open_walk
from engine.walk.transition import act
from engine.walk.walk import ActionError, Walk
from tui.plain import drill
from tui.plain.plain_mode import PlainWalk
from tui.view.layout import picture

FAST = Bookmark("regression", START, changes=(Change(1, "lr", 1e9),))
TROUBLE = ("Training has diverged: these numbers are too large for a computer. "
           "Go to an earlier epoch and try a smaller learning rate there: what if lr = 0.1, the lesson's own.")


def diverged() -> Walk:
    """In the first epoch whose numbers are none any more."""
    walk = open_walk(FAST)
    while walk.trace.epoch(walk.cursor.epoch).is_finite:
        walk = act(walk, Move("epoch", 1))
    return walk


@pytest.mark.parametrize("mode", ["practise", "by hand"])
@pytest.mark.parametrize("step", [0, 7])
def test_nothing_is_asked_there(mode: Mode, step: int) -> None:
    walk = act(diverged()._replace(cursor=Cursor(diverged().cursor.epoch, step)), SetMode(mode))
    assert not walk.asks
    assert "Training has diverged" in picture(walk, 80, 24).text()
    for action in (Answer("1"), Do.FILL_IN):
        after = act(walk, action)
        assert (after.cursor, after.message, after.knowledge) == (walk.cursor, TROUBLE, walk.knowledge)
    back = act(walk, Move("epoch", -1))
    assert act(back, Do.FILL_IN).asks
    assert "Training has diverged" not in picture(back, 80, 24).text()


def test_the_table_and_the_line_of_the_loss_say_so() -> None:
    epoch = diverged().cursor.epoch
    end = diverged().trace.script.batches[0].forward_end
    text = picture(diverged()._replace(cursor=Cursor(epoch + 1, end)), 80, 24).text()
    assert "training has diverged" in text
    assert "Too large for a computer: try a smaller learning rate." in text


def test_beside_the_border_a_blank_is_left() -> None:
    """Whatever the Loss without the change is."""
    walk = open_walk(Bookmark("learning-rate", Cursor(60, 13), changes=(Change(1, "lr", 1.0),)))
    line = next(line for line in picture(walk, 80, 24).text().split("\n") if "unchanged" in line)
    assert line.startswith(" Loss[2.26e50] unchanged 2.5e−32 │")


def test_no_mistake_is_to_be_found_there() -> None:
    with pytest.raises(ActionError, match=r"^Training has diverged: .* what if lr = 0\.1, the lesson's own\.$"):
        act(diverged(), SetMode("find"))


def test_who_comes_there_in_lines_of_text_is_told_too() -> None:
    said: list[str] = []
    PlainWalk(act(diverged(), SetMode("practise")), said.append).run(io.StringIO("1\n"), lambda: None)
    assert said[-1] == TROUBLE
    lines: list[str] = []
    drill.run(diverged(), None, io.StringIO("1\n1\n"), lines.append)
    assert [json.loads(line) for line in lines] == [{"said": [TROUBLE]}]
