"""Find the mistake: which number, then which mistake; and back to where one was."""

import pytest

from engine.trace.cursor import Cursor
from engine.tutor.find import puzzle
from engine.walk.actions import Accuse, Do, Move, PointBeside, Reply, SetMode
from engine.walk.search import WHERE
from engine.walk.transition import act
from engine.walk.walk import ActionError, Search, Walk
from lessons import and_trace

TRACE = and_trace()
HOME = Cursor(2, 60)


def searching(walk: Walk) -> Search:
    assert walk.search is not None
    return walk.search


def begun() -> Walk:
    return act(Walk(TRACE, HOME), SetMode("find"))


def test_it_begins_at_the_chains_end_and_the_place_is_kept() -> None:
    walk = begun()
    search = searching(walk)
    assert search.puzzle == puzzle(TRACE, 2, 1)
    assert walk.cursor == Cursor(2, search.puzzle.indices[-1] + 1)
    assert (walk.mode, walk.message, walk.pointed) == ("find", WHERE, search.puzzle.indices[0])
    assert walk.written == search.puzzle.shown
    assert (walk.bookmark.cursor, walk.bookmark.mode) == (HOME, "watch")
    for way_out in (Do.STOP, SetMode("watch")):
        left = act(walk, way_out)
        assert (left.cursor, left.mode, left.search, left.message) == (HOME, "watch", None, "")
    assert act(walk, Move("step", 1)).cursor == Cursor(2, 61)


def test_one_points_round_and_round() -> None:
    walk = begun()
    indices = searching(walk).puzzle.indices
    assert act(walk, PointBeside(1)).pointed == indices[1]
    assert act(walk, PointBeside(-1)).pointed == indices[-1]
    for _ in indices:
        walk = act(walk, PointBeside(1))
    assert walk.pointed == indices[0]


def test_what_is_right_and_what_only_follows() -> None:
    walk = begun()
    found = searching(walk).puzzle
    right = next(index for index in found.indices if index not in found.shown)
    entry = TRACE.entry(2, right)
    said = act(walk, Accuse(right))
    assert said.pointed == right
    assert said.message.startswith(f"{entry.line.name} is right: ")
    assert entry.substitution in said.message
    assert said.message.endswith(". Which is it?")
    follows = next(index for index in found.shown if index != found.wrong)
    assert act(walk, Accuse(follows)).message.endswith("is only what follows from another. Where does it begin?")


def test_found_named_and_another_one() -> None:
    walk = begun()
    found = searching(walk).puzzle
    at = act(walk, Accuse(found.wrong))
    follow_up = searching(at).which
    assert follow_up is not None
    assert at.message.startswith("Yes: ")
    assert at.message.endswith(follow_up.question)
    assert at.written == {}
    assert act(at, PointBeside(1)).pointed == found.wrong
    assert act(at, Do.CONFIRM).message == at.message
    done = act(at, Reply("a"))
    assert (done.message, searching(done).is_done) == (follow_up.replies["a"], True)
    assert act(walk, Do.CONFIRM).search == act(walk, Accuse(found.indices[0])).search
    another = act(done, Do.CONFIRM)
    assert searching(another).puzzle == puzzle(TRACE, 2, 2)
    assert (searching(another).home, another.message) == (HOME, WHERE)


def test_what_can_not_be_taken_is_said() -> None:
    walk = begun()
    wrong = act(walk, Accuse(searching(walk).puzzle.wrong))
    for state, action in ((walk, Accuse(0)), (walk, Reply("a")), (wrong, Reply("x")),
                          (act(wrong, Reply("a")), Reply("a")),
                          (wrong, Accuse(searching(walk).puzzle.indices[0]))):
        with pytest.raises(ActionError, match="expected the number of a line"):
            act(state, action)


def test_where_it_can_be_one_mistake_only_that_one_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("engine.tutor.find._others", lambda *_: [])
    walk = act(Walk(TRACE.in_form("delta"), HOME), SetMode("find"))
    done = act(walk, Accuse(searching(walk).puzzle.wrong))
    assert done.message.startswith("Yes: ")
    assert done.message.endswith(searching(done).puzzle.outcome.mistake.idea)
    assert (searching(done).which, searching(done).is_done, done.written) == (None, True, {})
    assert act(done, PointBeside(1)).pointed == done.pointed
    assert searching(act(done, Do.CONFIRM)).seed > searching(done).seed
