"""From a bookmark to a walk there; other numbers on the way."""

from pathlib import Path

import pytest

from engine.learner.knowledge import Knowledge
from engine.learner.progress import Bookmark, Progress
from engine.learner.progress_folder import progress_path, save_progress
from engine.lesson.identity import id_in
from engine.lesson.lesson import shipped_lessons
from engine.trace.cursor import START, Cursor
from engine.trace.what_if import MOST_CHANGES, Change
from engine.walk.actions import Action, Answer, Do, GoTo, Move, SetMode, WhatIf
from engine.walk.opening import arrive, open_walk, read_again, reopen_walk, turn_to
from engine.walk.transition import act
from engine.walk.walk import ActionError, Walk
from lessons import and_trace

HERE = Bookmark("and-gate", Cursor(2, 38), changes=(Change(1, "w13", 0.5),))


def test_a_bookmark_opens_where_it_was_made() -> None:
    walk = open_walk(HERE._replace(form="delta"))
    assert (walk.cursor, walk.changes, walk.trace.chains.form) == (HERE.cursor, HERE.changes, "delta")
    assert walk.own is not None
    assert walk.bookmark == HERE._replace(form="delta", furthest=2)
    assert open_walk(HERE._replace(seed=3, changes=())).trace.lesson.drawn_from is not None


def test_what_the_lesson_does_not_have_is_said_and_reopened_at_its_start() -> None:
    many = HERE._replace(changes=HERE.changes * (MOST_CHANGES + 1))
    for bookmark, said in ((many, f"more than {MOST_CHANGES} changes"),
                           (HERE._replace(cursor=Cursor(1, 999)), "step 999"),
                           (HERE._replace(changes=(Change(1, "w99", 1.0),)), "w99 = 1: the lesson has no such value"),
                           (HERE._replace(changes=(Change(0, "w13", 1.0),)), "w13 = 1: the lesson has no such value")):
        with pytest.raises(ActionError, match=said):
            open_walk(bookmark)
        walk = reopen_walk(bookmark._replace(mode="by hand", answers={0: "1"}))
        assert (walk.cursor, walk.changes, walk.bookmark.answers, walk.mode) == (START, (), {}, "by hand")
    assert len(open_walk(HERE._replace(changes=HERE.changes * MOST_CHANGES)).changes) == MOST_CHANGES


def test_another_lesson_where_one_was_and_back() -> None:
    before = Bookmark("or-gate", Cursor(3, 7), mode="practise", furthest=4)
    walk = open_walk(HERE, Progress(HERE, bookmarks={"or-gate": before}))
    other = turn_to(walk, "or-gate")
    assert (other.cursor, other.mode, other.bookmark.furthest) == (Cursor(3, 7), "practise", 4)
    assert turn_to(other, "and-gate").bookmark == walk.bookmark
    assert turn_to(other, "nand-gate").cursor == START


def test_a_lesson_is_opened_where_another_session_has_left_it_last() -> None:
    """Who was in it later, here or there, however often one goes to and fro; how far either came, and what it knows."""
    walk = open_walk(Bookmark("and-gate", Cursor(2, 3)), Progress())
    there = Bookmark("or-gate", Cursor(3, 15), mode="by hand", answers={14: "0.5"}, furthest=5)
    save_progress(Progress(there, Knowledge().observe("weight", True)))
    walk = turn_to(walk, "or-gate")
    assert (walk.cursor, walk.bookmark.answers) == (Cursor(3, 15), {14: "0.5"})
    assert walk.knowledge.skill("weight").attempts == 1
    save_progress(walk.progress)
    walk = act(act(walk, SetMode("watch")), Move("epoch", -1))
    assert turn_to(turn_to(walk, "and-gate"), "or-gate").bookmark == walk.bookmark  # not written yet
    walk = turn_to(walk, "and-gate")
    save_progress(Progress(there._replace(answers={14: "0.7"}, furthest=2)))
    walk = turn_to(walk, "or-gate")
    assert (walk.cursor, walk.bookmark.answers, walk.bookmark.furthest) == (Cursor(3, 15), {14: "0.7"}, 5)


def test_a_file_that_was_not_readable_is_known_once_its_lesson_is_opened_there() -> None:
    save_progress(Progress(there := Bookmark("or-gate", Cursor(3, 15), furthest=5)))
    walk = open_walk(Bookmark("and-gate", Cursor(2, 3)), Progress(known=frozenset()))
    walk = turn_to(walk, "or-gate")
    assert walk.bookmark == there
    assert save_progress(walk.progress) == ""
    assert progress_path("or-gate").write_text("{")
    walk = turn_to(turn_to(walk, "and-gate"), "or-gate")
    assert (walk.bookmark, "or-gate" in (walk.known or ())) == (there, False)


def test_who_tries_other_numbers_out_is_in_one_lesson_all_the_time(tmp_path: Path) -> None:
    """But not in the shipped one that it was a copy of, nor in one that has another id now."""
    file, text = tmp_path / "mine.toml", shipped_lessons()["and-gate"].read_text("utf-8")
    file.write_text(text)
    copy = open_walk(Bookmark(str(file), Cursor(2, 38)))
    file.write_text(text.replace("w13 = 0.8", "w13 = 0.9"))
    first = read_again(copy)
    file.write_text(text.replace("w13 = 0.8", "w13 = 0.7"))
    second = read_again(first)
    file.write_text(text.replace('id = "and-gate"', 'id = "other"'))
    third = read_again(second)
    assert {walk.cursor for walk in (first, second, third)} == {Cursor(2, 38)}
    assert [id_in(walk.identity) for walk in (copy, first, second, third)] == ["and-gate"] * 3 + ["other"]
    assert copy.identity == "and-gate" != first.identity == second.identity


def test_a_lesson_goes_on_from_another_folder_as_from_its_own(tmp_path: Path) -> None:
    text = shipped_lessons()["and-gate"].read_text("utf-8").replace("w13 = 0.8", "w13 = 0.9")
    for name in ("here", "there"):
        (tmp_path / f"{name}.toml").write_text(text)
    here, there = (str(tmp_path / f"{name}.toml") for name in ("here", "there"))
    walk = turn_to(Walk(and_trace(), lesson="and-gate"), here)
    walk = act(act(walk, GoTo(Cursor(2, 28))), SetMode("practise"))
    save_progress(walk.progress)
    again = turn_to(walk, there)
    assert (again.cursor, again.mode, again.lesson) == (Cursor(2, 28), "practise", there)
    assert again.bookmark.key == walk.bookmark.key
    assert again.progress.bookmarks[walk.bookmark.key].lesson == there


def test_a_far_place_is_trained_for_with_both_losses() -> None:
    walk = act(act(Walk(and_trace()), WhatIf("w13 = 0.5")), GoTo(Cursor(20_000, 3)))
    assert (walk.cursor, walk.bound_for, walk.bookmark.cursor) == (START, Cursor(20_000, 3), Cursor(20_000, 3))
    there = arrive(walk)
    assert (there.cursor, there.bound_for) == (Cursor(20_000, 3), None)
    assert walk.own is not None
    assert walk.own.is_near(20_000)
    assert arrive(there) is there
    assert act(walk, Do.STOP).bound_for is None


@pytest.mark.parametrize(("action", "said"), [
    (Do.UNDO_CHANGE, "no value was changed"), (Do.OWN_NUMBERS, "no value was changed"),
    (Do.REDO_CHANGE, "no change to make again"), (Do.RETURN, "no movement to take back")])
def test_what_can_not_be_taken_back_is_said(action: Do, said: str) -> None:
    with pytest.raises(ActionError, match=rf"^{said}$"):
        act(Walk(and_trace()), action)


def test_so_many_changes_and_no_more() -> None:
    walk = Walk(and_trace())
    for k in range(MOST_CHANGES):
        walk = act(walk, WhatIf(f"w13 = {k}"))
    with pytest.raises(ActionError, match=f"^{MOST_CHANGES} values are changed already: undo some$"):
        act(walk, WhatIf("w13 = 1"))
    assert act(act(walk, Do.UNDO_CHANGE), Do.REDO_CHANGE).changes == walk.changes


def test_drawn_numbers_and_back_to_the_lessons_own() -> None:
    walk = Walk(and_trace(), Cursor(3, 30))
    drawn = act(walk, Do.NEW_NUMBERS)
    assert (drawn.seed, drawn.cursor, drawn.trail, drawn.note) == (
        1, Cursor(1, 30), (), "new numbers, drawn by seed 1")
    assert act(drawn, Do.NEW_NUMBERS).seed == 2
    changed = act(drawn, WhatIf("w13 = 0.5"))
    assert act(changed, Do.OWN_NUMBERS).seed == 1
    warned = act(changed, Do.NEW_NUMBERS)
    assert (warned.seed, warned.changes) == (1, changed.changes)
    assert warned.note == "what if w13 = 0.5 would be gone; once more, and other numbers are drawn"
    assert act(warned, Do.NEW_NUMBERS).seed == 2
    assert act(act(warned, Move("step", 1)), Do.NEW_NUMBERS).seed == 1
    own = act(drawn, Do.OWN_NUMBERS)
    assert (own.seed, own.note) == (None, "the lesson's own numbers again")
    assert own.trace.lesson.start == walk.trace.lesson.start


@pytest.mark.parametrize(("step", "epoch"), [(230, 1), (231, 2)])
def test_a_change_counts_from_the_epoch_whose_values_are_not_used_yet(step: int, epoch: int) -> None:
    assert act(Walk(and_trace(), Cursor(1, step)), WhatIf("w13 = 0.5")).changes[0].epoch == epoch


def test_behind_the_last_seed_stands_the_first() -> None:
    walk = act(Walk(and_trace(), seed=2**32 - 1, is_warned=True), Do.NEW_NUMBERS)
    assert walk.seed == 1


@pytest.mark.parametrize("action", [Do.NEW_NUMBERS, Do.SWITCH_FORM, WhatIf("w13 = 0.5")])
def test_what_was_asked_before_other_numbers_came_is_forgotten(action: Action) -> None:
    walk = act(act(Walk(and_trace(), Cursor(1, 29)), SetMode("practise")), Answer("0.14555"))
    other = act(walk, action)
    assert (other.attempt.typed, other.attempted, other.mode) == ("", frozenset(), "practise")
    assert other.knowledge == walk.knowledge
