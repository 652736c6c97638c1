"""Movements: exact reverses, and a place that depends on nothing but itself."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.export.in_words import row_in_words
from engine.graph.step import MOST_EPOCHS
from engine.lesson.lesson import load
from engine.trace import cost
from engine.trace.cursor import Cursor
from engine.trace.trace import Trace
from engine.walk.actions import Action, Do, GoTo, Move, ToEdge, ToGradient, WhatIf
from engine.walk.movement import destination, parse_cursor
from engine.walk.transition import act
from engine.walk.walk import ActionError, Walk
from lessons import and_trace, seeded

TRACE = and_trace()


def test_epochs_before_a_change_keep_their_values() -> None:
    changed = act(act(Walk(TRACE, Cursor(3, 0)), WhatIf("y row 2 = 1")), WhatIf("lr = 2"))
    assert row_in_words(changed.trace, 1, 1).endswith("y = 0")
    assert row_in_words(changed.trace, 3, 1).endswith("y = 1")
    calculate = act(act(changed, GoTo(Cursor(2, 1))), WhatIf("lr = lr*3"))
    assert calculate.changes[-1].value == 1.5
UNITS = ("step", "block", "section", "gradient", "epoch")
cursors = st.builds(Cursor, st.integers(1, 5), st.integers(0, 239))
moves = st.one_of(
    st.builds(Move, st.sampled_from(UNITS), st.sampled_from([1, -1])),
    st.builds(ToEdge, st.sampled_from(["start", "end"])), st.builds(ToGradient, st.integers(1, 9)),
    st.builds(GoTo, cursors), st.just(Do.TOGGLE_DERIVATION), st.just(Do.RETURN))


def after(session: Walk, *actions: Action) -> Walk:
    for action in actions:
        try:
            session = act(session, action)
        except ActionError:
            continue
    return session


@settings(max_examples=300, deadline=None)
@given(st.lists(moves, max_size=40), cursors)
def test_any_moves_then_a_go_to(actions: list[Action], place: Cursor) -> None:
    wandered = after(Walk(TRACE), *actions)
    wandered = after(wandered, *[Do.TOGGLE_DERIVATION] * wandered.derivation, GoTo(place))
    assert (wandered.cursor, wandered.derivation) == (place, False)


@given(cursors, moves)
def test_every_movement_can_be_taken_back(place: Cursor, action: Action) -> None:
    session = Walk(TRACE, place)
    moved = after(session, action)
    if moved.cursor != place:
        assert after(moved, Do.RETURN).cursor == place


@pytest.mark.parametrize("unit", UNITS)
def test_each_movement_and_its_reverse_meet_the_same_places(unit: str) -> None:
    """From border to border forwards, then backwards through the very same places."""
    session = Walk(TRACE) if unit != "gradient" else Walk(TRACE, Cursor(1, 30))
    bookmarks = [session.cursor]
    while session.cursor.epoch <= 3:
        session = act(session, Move(unit, 1))
        bookmarks.append(session.cursor)
    for place in reversed(bookmarks[:-1]):
        session = act(session, Move(unit, -1))
        assert session.cursor == place
    assert len(set(bookmarks)) == len(bookmarks)


@given(cursors, st.sampled_from(["step", "epoch"]))
def test_steps_and_epochs_reverse_from_anywhere(place: Cursor, unit: str) -> None:
    assert after(Walk(TRACE, place), Move(unit, 1), Move(unit, -1)).cursor == place


def test_the_ends_of_the_trace_hold() -> None:
    first, last = Walk(TRACE), Walk(TRACE, Cursor(MOST_EPOCHS, 239))
    for unit in UNITS:
        assert destination(first, Move(unit, -1)) == first.cursor
        assert destination(last, Move(unit, 1)) == last.cursor


@pytest.mark.parametrize(("start", "action", "end"), [
    ("1:38", Move("step", 1), "1:39"), ("1:239", Move("step", 1), "2:0"), ("2:0", Move("step", -1), "1:239"),
    ("1:38", Move("block", 1), "1:41"), ("1:38", Move("block", -1), "1:35"), ("1:0", Move("block", 1), "1:2"),
    ("1:38", Move("section", 1), "1:54"), ("1:38", Move("section", -1), "1:29"), ("1:3", Move("section", 1), "1:29"),
    ("1:230", Move("section", 1), "1:239"), ("1:38", Move("gradient", 1), "1:55"),
    ("1:38", Move("gradient", -1), "1:30"), ("1:55", Move("gradient", -1), "1:30"),
    ("1:3", Move("gradient", 1), "1:30"), ("2:3", Move("gradient", -1), "1:231"),
    ("1:235", Move("gradient", -1), "1:231"), ("1:231", Move("gradient", -1), "1:214"),
    ("1:214", Move("gradient", 1), "1:231"), ("2:30", Move("gradient", -1), "1:231"),
    ("1:235", Move("gradient", 1), "2:30"), ("1:38", Move("epoch", 1), "2:38"), ("3:5", ToEdge("start"), "3:0"),
    ("3:5", ToEdge("end"), "3:239"), ("3:5", ToGradient(9), "3:214"), ("3:5", GoTo(Cursor(9, 9)), "9:9"),
])
def test_movements(start: str, action: Action, end: str) -> None:
    assert str(act(Walk(TRACE, parse_cursor(start)), action).cursor) == end


@pytest.mark.parametrize("text", ["", "0", "1:240", "1:-1", "x", "1:2:3", "1000001", "9" * 40, "¹", "1:"])
def test_places_that_are_none(text: str) -> None:
    with pytest.raises(ActionError):
        act(Walk(TRACE), GoTo(parse_cursor(text)))


@pytest.mark.parametrize("action", [ToGradient(0), ToGradient(10), GoTo(Cursor(0, 0)), Do.RETURN, Do.TOGGLE_DERIVATION])
def test_what_can_not_be_done_is_said(action: Action) -> None:
    with pytest.raises(ActionError):
        act(Walk(TRACE), action)


def test_a_derivation_opens_once_its_factor_is_reached_and_closes_by_moving_on() -> None:
    with pytest.raises(ActionError):
        act(Walk(TRACE, Cursor(1, 36)), Do.TOGGLE_DERIVATION)
    session = act(Walk(TRACE, Cursor(1, 37)), Do.TOGGLE_DERIVATION)
    assert session.derivation
    assert not act(session, Move("step", 1)).derivation
    assert not act(session, Do.TOGGLE_DERIVATION).derivation


@pytest.mark.parametrize(("at", "by_delta"), [
    ("1:0", "1:0"), ("1:20", "1:20"), ("1:29", "1:29"), ("1:38", "1:42"), ("1:35", "1:42"), ("1:53", "1:45"),
    ("1:54", "1:46"), ("2:234", "2:90"), ("4:239", "4:95")])
def test_the_other_form_of_the_same_place(at: str, by_delta: str) -> None:
    trace = and_trace()
    session = act(Walk(trace, parse_cursor(at)), Do.SWITCH_FORM)
    assert (str(session.cursor), session.trace.chains.form) == (by_delta, "delta")
    back = act(session, Do.SWITCH_FORM)
    assert back.trace.chains.form == "paths"
    assert back.cursor.step <= parse_cursor(at).step
    assert act(back, Do.SWITCH_FORM).cursor == session.cursor


def test_so_many_paths_have_the_delta_form_alone() -> None:
    session = Walk(Trace(seeded([3, 9, 9, 9, 2], ["tanh", "sigmoid", "tanh", "sigmoid"])))
    assert session.trace.chains.form == "delta"
    with pytest.raises(ActionError, match="the δ form alone"):
        act(session, Do.SWITCH_FORM)


def test_what_each_form_costs() -> None:
    """For AND by hand: weights with 5 factors or 3, of a bias's factors the last is 1; δ: 1 + 2·2 + 6."""
    network = and_trace().lesson.network
    assert (cost.by_paths(network), cost.by_delta(network)) == (4 * 4 + 2 * 3 + 2 * 2 + 1, 1 + 2 * 2 + 6)


@pytest.mark.parametrize(("lesson", "by_paths"), [("cross-entropy", 3 * 3 * (2 + 1)), ("softmax", 6 * 3 * 2)])
def test_what_the_paths_of_a_softmax_cost(lesson: str, by_paths: int) -> None:
    """To each Z over every output: two multiplications for a weight, one for a bias if there is one."""
    assert cost.by_paths(load(lesson).network) == by_paths
