"""By hand: answers stand unjudged until their chain ends; then there is a verdict on each."""

import pytest

from engine.learner.progress import Bookmark
from engine.trace.cursor import Cursor
from engine.walk.actions import Action, Answer, Calculate, Do, GoTo, Move, SetMode, Type, WhatIf
from engine.walk.opening import open_walk
from engine.walk.transition import act
from engine.walk.walk import Walk
from lessons import and_trace

TRACE = and_trace()
RIGHT = ("-0.14555", "0.20636", "-0.4", "1", "1", "0.01201")  # the first row's chain of w13


def by_hand(*actions: Action, step: int = 29) -> Walk:
    walk = act(Walk(TRACE, Cursor(1, step)), SetMode("by hand"))
    for action in actions:
        walk = act(walk, action)
    return walk


def test_nothing_is_judged_before_the_chain_ends() -> None:
    walk = by_hand(Answer("0.14555"), Do.FILL_IN)
    assert walk.message == "1 written down, 1 left open; the verdicts come together, at the row's end."
    assert walk.written == {29: 0.14555, 30: None}
    assert walk.bookmark.answers == {29: "0.14555", 30: ""}
    assert (walk.verdict, walk.knowledge.skill("loss_slope").attempts) == (None, 0)
    assert act(walk, Do.HINT).message == act(walk, Do.WHY).message == \
        "By hand there are no hints; a number may be left open."


def test_all_right() -> None:
    walk = by_hand(*map(Answer, RIGHT))
    assert (walk.message, walk.details, walk.results.wrong, walk.exam) == ("All 6 right.", (), frozenset(), None)
    assert walk.cursor == Cursor(1, 35)


def test_every_verdict_can_be_read_and_then_why() -> None:
    walk = by_hand(*map(Answer, ("0.14555", "0.2", *RIGHT[2:])))
    assert walk.results.wrong == {29, 30}
    assert walk.message.startswith("4 of 6 right. ∂Loss/∂A5: 0.14555 has the sign turned")
    assert walk.message.endswith("It is −0.14555. (press ! for the next)")
    assert [line.partition(" ")[0] for line in walk.details] == ["4", "∂Loss/∂A5:", "∂A5/∂Z5"]
    second = act(walk, Do.WHY)
    assert second.message == "∂A5/∂Z5 = 0.20636: yours had too few digits."
    assert act(second, Do.WHY).message.startswith("product: What row 1 adds")
    assert act(walk, Do.WHY).details == ()


@pytest.mark.parametrize(("answers", "said"), [(("0.14555",), "Not right. "), (("-0.14555",), "Right."),
                                               (("-0.14555", "0.3"), "1 of 2 right. "),
                                               (("-0.14555", "0.20636"), "All 2 right.")])
def test_who_moves_on_hands_in(answers: tuple[str, ...], said: str) -> None:
    walk = by_hand(*map(Answer, answers), GoTo(Cursor(1, 80)))
    assert walk.message.startswith(said)
    assert (walk.cursor, walk.exam, walk.mode) == (Cursor(1, 80), None, "by hand")
    left = by_hand(*map(Answer, answers), SetMode("watch"))
    assert left.note.startswith(said)
    assert "press" not in left.note
    assert (left.message, left.mode, left.results.wrong) == ("", "watch", frozenset())


def test_one_turns_back_to_a_number_of_ones_own() -> None:
    walk = by_hand(Answer("0.5"), Answer("0.6"), Answer("0.7"), GoTo(Cursor(1, 30)))
    assert (walk.attempt.typed, walk.written) == ("0.6", {29: 0.5})
    assert walk.message.startswith("1 written down;")


def test_ones_own_numbers_count_in_formulas() -> None:
    walk = by_hand(Answer("0.9"), Answer("Z3"), step=0)
    assert walk.written == {0: 0.9, 1: 0.9}
    assert act(walk, Calculate("2·Z3")).message == "2·Z3 = 1.8"
    assert "no number that is known" in act(by_hand(Do.FILL_IN, step=0), Calculate("2·Z3")).message


def test_what_can_not_be_read_is_not_written_down() -> None:
    walk = by_hand(Answer("1/"))
    assert (walk.message, walk.attempt.typed, walk.attempt.is_taken, walk.written) == (
        "something is missing at the end, at character 3", "1/", True, {})
    assert by_hand(Type("1/")).attempt.typed == "1/"


def test_other_numbers_end_the_chain() -> None:
    walk = by_hand(Answer("0.14555"), Answer("0.3"), WhatIf("w13 = 0.5"))
    assert walk.message.startswith("0 of 2 right. ∂Loss/∂A5: 0.14555 has the sign turned")
    assert walk.details[0] == "0 of 2 right."
    assert walk.knowledge.skill("loss_slope").attempts == 1
    assert (walk.mode, walk.exam and walk.exam.answers) == ("by hand", {})


def test_answers_are_taken_up_where_the_chain_goes_on() -> None:
    def opened(step: int, answers: dict[int, str]) -> Walk:
        return open_walk(Bookmark("and-gate", Cursor(1, step), mode="by hand", answers=answers))
    assert opened(31, {28: "9", 29: "-0.14555", 30: "nonsense(", 31: "1"}).written == {29: -0.14555, 30: None}
    assert opened(TRACE.script.length, {238: "1"}).written == {}
    assert opened(0, {}).message.startswith("Type the number")


def test_in_a_far_epoch_the_answers_wait_until_it_is_there() -> None:
    walk = open_walk(Bookmark("and-gate", Cursor(30_000, 2), mode="by hand", answers={0: "0.3", 1: "0.4"}))
    assert (walk.bound_for, walk.asks, walk.written) == (Cursor(30_000, 2), False, {})
    assert walk.bookmark.answers == {0: "0.3", 1: "0.4"}
    for _ in walk.trace.train_towards(30_000):
        pass
    there = act(walk, Do.ARRIVE)
    assert (there.cursor, there.written) == (Cursor(30_000, 2), {0: 0.3, 1: 0.4})
    assert act(act(walk, Do.STOP), Move("step", 1)).cursor == Cursor(1, 1)


def test_on_the_way_to_a_far_epoch_one_goes_on_by_hand_and_the_place_of_the_answers_is_kept() -> None:
    walk = by_hand(Answer("0.14555"), GoTo(Cursor(40_000, 3)))
    assert (walk.asks, walk.written, walk.bound_for) == (True, {29: 0.14555}, Cursor(40_000, 3))
    assert (walk.bookmark.cursor, walk.bookmark.answers) == (Cursor(1, 30), {29: "0.14555"})
    on = act(walk, Answer("0.3"))
    assert (on.cursor, on.bound_for) == (Cursor(1, 31), Cursor(40_000, 3))
    assert act(on, SetMode("practise")).bound_for == Cursor(40_000, 3)
    assert act(on, Move("step", 1)).bound_for is None


def test_the_first_number_of_a_later_epoch_is_turned_back_to() -> None:
    walk = act(act(Walk(TRACE, Cursor(2, 0)), SetMode("by hand")), Answer(""))
    back = act(act(walk, Answer("0.2")), Move("step", -1))
    assert (back.cursor, back.asks, back.attempt.typed) == (Cursor(2, 0), True, "0.2")


def test_who_looks_for_the_mistake_hears_the_verdicts_first() -> None:
    walk = by_hand(Answer("0.14555"), SetMode("find"))
    assert walk.message.startswith("Not right. ∂Loss/∂A5: 0.14555 has the sign turned")
    assert walk.message.endswith("One of these numbers is wrong. Which?")
