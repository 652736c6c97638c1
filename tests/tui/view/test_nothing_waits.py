"""No key and no picture waits for training: what is far is trained aside, and everything else is near."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.graph.passes import Passes
from engine.learner.progress import Bookmark
from engine.trace import history, training
from engine.trace.cursor import START, Cursor
from engine.trace.what_if import Change
from engine.walk.actions import Action, Answer, Do, GoTo, Move, SetMode, ToEdge, WhatIf
from engine.walk.opening import arrive, open_walk, read_again
from engine.walk.transition import act
from engine.walk.walk import ActionError, Walk
from tui.view.layout import picture

PART = 3  # epochs: then 13 are far
NEAR = history.PARTS_NEAR * PART
MOST_TRAINED = 5 * NEAR + 15  # the epoch, the one before it, its Loss without the change, 12 losses
FAR = 10 * MOST_TRAINED

places = st.builds(Cursor, st.sampled_from((1, 2, 5, FAR, FAR + 1, 2 * FAR)), st.sampled_from((0, 1, 40, 239)))
actions: st.SearchStrategy[Action | str] = st.one_of(
    st.builds(GoTo, places), st.sampled_from(("arrive", "open", "read again")), st.just("arrive"),
    st.sampled_from((*(action for action in Do if action is not Do.ARRIVE), ToEdge("end"), Answer("0.5"))),
    st.builds(Move, st.sampled_from(("step", "block", "section", "gradient", "epoch")), st.sampled_from((1, -1))),
    st.builds(WhatIf, st.sampled_from(("w13 = 0.5", "w13 = w35/2", "lr = 0.25", "y row 2 = 1"))),
    st.builds(SetMode, st.sampled_from(("watch", "practise", "by hand", "find"))))


class Counter:
    """Of the epochs that are trained."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.trained, train = 0, Passes.train

        def count(passes: Passes, epochs: int) -> None:
            self.trained += epochs
            train(passes, epochs)
        monkeypatch.setattr(Passes, "train", count)
        monkeypatch.setattr(history, "LARGEST_PART", PART)
        monkeypatch.setattr(training, "MOST_CHECKPOINTS", training.LEAST_CHECKPOINTS)


def after(walk: Walk, action: Action | str) -> Walk:
    match action:
        case "open":
            return open_walk(walk.bookmark)
        case "read again":
            return read_again(walk)
        case str():
            return walk
    try:
        return act(walk, action)
    except ActionError:
        return walk


@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(actions, max_size=20))
def test_neither_a_key_nor_a_picture_trains_far(monkeypatch: pytest.MonkeyPatch, todo: list[Action | str]) -> None:
    with monkeypatch.context() as patch:
        counter = Counter(patch)
        walk = open_walk(Bookmark("and-gate", START))
        for action in todo:
            if action == "arrive":
                walk = arrive(walk)
            counter.trained = 0
            walk = after(walk, action)
            picture(walk, 120, 50)
            picture(walk, 80, 24)
            assert counter.trained <= MOST_TRAINED, action


def test_a_change_is_undone_and_made_again_far_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """What was trained is near; a branch that was left is trained for again, and where one was stays where one goes."""
    counter, far = Counter(monkeypatch), Cursor(FAR, 40)
    walk = act(act(open_walk(Bookmark("and-gate", Cursor(5, 40))), WhatIf("w13 = 0.5")), GoTo(far))
    walk, counter.trained = arrive(walk), 0
    undone = act(walk, Do.UNDO_CHANGE)
    assert (undone.cursor, undone.bound_for, undone.changes) == (far, None, ())
    more = act(walk, WhatIf("lr = 0.1"))  # which needs nothing that is not there
    assert (more.cursor, more.bound_for) == (far, None)
    assert act(more, Do.UNDO_CHANGE).bound_for is None
    del walk, more
    redone = act(undone, Do.REDO_CHANGE)
    assert (redone.cursor, redone.bound_for, redone.changes) == (START, far, (Change(5, "w13", 0.5),))
    again = act(redone, Do.UNDO_CHANGE)
    assert (again.cursor, again.bound_for) == (far, None)
    assert counter.trained <= MOST_TRAINED
    there = arrive(redone)
    assert (there.cursor, there.bound_for) == (far, None)
    assert there.own_loss == undone.trace.epoch(FAR).loss


def test_a_kept_place_is_opened_without_training(monkeypatch: pytest.MonkeyPatch) -> None:
    counter = Counter(monkeypatch)
    changes = (Change(2 * FAR, "w13", 0.5), Change(5, "lr", 0.1))
    walk = open_walk(Bookmark("and-gate", Cursor(3 * FAR, 0), changes=changes, mode="practise"))
    assert (walk.cursor, walk.bound_for, counter.trained) == (START, Cursor(3 * FAR, 0), 0)
    there = arrive(walk)
    assert (there.cursor, there.mode) == (Cursor(3 * FAR, 0), "practise")
    assert there.trace.epoch(3 * FAR).loss != there.own_loss
