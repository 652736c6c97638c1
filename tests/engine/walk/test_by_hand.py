"""By hand: answers stand unjudged until their chain ends; then there is a verdict on each."""

import pytest

from engine.learner.progress import Bookmark
from engine.lesson.lesson import load, parse
from engine.trace.cursor import Cursor
from engine.trace.trace import Trace
from engine.walk.actions import Action, Answer, Calculate, Do, GoTo, Move, PointBeside, SetMode, Type, WhatIf
from engine.walk.movement import chain_around
from engine.walk.opening import open_walk
from engine.walk.transition import act
from engine.walk.walk import Walk
from lessons import and_trace, toml

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


def test_a_judged_chain_stays_until_the_learner_goes_on() -> None:
    walk = by_hand(*map(Answer, RIGHT))
    assert (walk.message, walk.details, walk.results.wrong, walk.exam) == (
        "Row 1: all 6 right.", ("All 6 right.",), frozenset(), None)
    assert (walk.cursor, walk.asks, walk.results.is_open) == (Cursor(1, 35), False, True)
    on = act(walk, Do.CONFIRM)
    assert (on.cursor, on.asks, on.results.is_open) == (Cursor(1, 35), True, False)
    typed = act(walk, Type("0.2"))
    assert (typed.asks, typed.attempt.typed) == (True, "0.2")


def test_a_single_right_number_does_not_stop_the_learner() -> None:
    walk = by_hand(Answer("0.25781"), step=28)
    assert (walk.cursor, walk.asks, walk.message.split("\n")[0]) == (Cursor(1, 29), True, "Loss is right.")
    assert by_hand(Answer("0.5"), step=28).results.is_open


def test_mine_stands_beside_the_true_number_and_every_verdict_can_be_read() -> None:
    walk = by_hand(*map(Answer, ("0.14555", "0.2", *RIGHT[2:])))
    assert walk.results.wrong == {29, 30}
    assert [(each.name, each.written, each.is_right) for each in walk.results.judged[:3]] == [
        ("∂Loss/∂A5", 0.14555, False), ("∂A5/∂Z5", 0.2, False), ("∂Z5/∂A3", -0.4, True)]
    assert walk.message == "Row 1: 4 of 6 right."
    assert walk.details[1].endswith("It is −0.14555.")
    assert walk.details[2] == "∂A5/∂Z5: It has too few digits: 3 significant ones are asked for. It is 0.20636."
    assert walk.results.pointed == 0
    read = act(act(walk, PointBeside(1)), PointBeside(1))
    assert (read.results.pointed, act(read, PointBeside(-1)).results.pointed) == (2, 1)
    assert act(walk, PointBeside(-1)).results.pointed == 0
    for _ in range(4):
        read = act(read, PointBeside(1))
    assert not read.results.is_open


def test_back_from_the_next_question_the_verdicts_are_read_again_and_nothing_is_asked_again() -> None:
    on = act(by_hand(*map(Answer, RIGHT)), Do.CONFIRM)
    again = act(on, Move("step", -1))
    assert (again.cursor, again.results.is_open, again.asks) == (on.cursor, True, False)
    further = act(act(again, Do.CONFIRM), Move("step", -1))
    assert (further.cursor, further.results.is_open, further.asks) == (Cursor(1, 34), False, False)
    assert act(act(on, Do.RETURN), Do.RETURN).cursor == Cursor(1, 33)
    before = act(on, Move("block", -1))
    assert (before.cursor, before.asks, before.written) == (Cursor(1, 29), False, {})
    assert act(before, Do.FILL_IN).cursor == Cursor(1, 30)
    assert act(before, Do.FILL_IN).knowledge == on.knowledge


@pytest.mark.parametrize(("answers", "said"), [(("0.14555",), "Not right."), (("-0.14555",), "Right."),
                                               (("-0.14555", "0.3"), "1 of 2 right."),
                                               (("-0.14555", "0.20636"), "All 2 right.")])
def test_who_moves_on_hands_in_and_sees_the_verdicts(answers: tuple[str, ...], said: str) -> None:
    walk = by_hand(*map(Answer, answers), GoTo(Cursor(1, 80)))
    assert (walk.details[0], walk.results.is_open) == (said, True)
    assert (walk.cursor, walk.exam, walk.mode) == (Cursor(1, 80), None, "by hand")
    left = by_hand(*map(Answer, answers), SetMode("watch"))
    assert left.details[0] == said
    assert (left.message, left.mode, left.results.is_open) == ("", "watch", True)
    assert not act(left, Move("step", 1)).results.is_open


def test_looking_back_keeps_what_is_written() -> None:
    walk = by_hand(Answer("0.5"), Answer("0.6"), Answer("0.7"), Move("step", -1), Move("step", -1))
    assert (walk.cursor, walk.written) == (Cursor(1, 30), {29: 0.5, 30: 0.6, 31: 0.7})
    assert walk.message.startswith("3 written down;")
    on = act(act(walk, Do.FILL_IN), Answer(""))
    assert (on.cursor, on.written) == (Cursor(1, 32), walk.written)
    far = act(walk, GoTo(Cursor(1, 3)))
    assert (far.asks, far.exam and far.exam.answers, far.bookmark.cursor) == (
        False, {29: "0.5", 30: "0.6", 31: "0.7"}, Cursor(1, 32))
    assert act(far, GoTo(Cursor(1, 32))).asks


def test_another_number_for_one_that_is_written_counts_in_those_that_name_it() -> None:
    walk = by_hand(Answer("0.9"), Answer("2·Z3"), GoTo(Cursor(1, 0)), Answer("0.3"), step=0)
    assert (walk.cursor, walk.written) == (Cursor(1, 1), {0: 0.3, 1: 0.6})


def test_before_the_first_number_that_is_written_one_goes_on_and_nothing_is_left_open() -> None:
    walk = by_hand(Answer("0.2"), GoTo(Cursor(1, 30)), Do.FILL_IN, step=30)
    assert (walk.cursor, walk.written) == (Cursor(1, 31), {30: 0.2})


def test_ones_own_numbers_count_in_formulas() -> None:
    walk = by_hand(Answer("0.9"), Answer("Z3"), step=0)
    assert walk.written == {0: 0.9, 1: 0.9}
    assert act(walk, Calculate("2·Z3")).message == "2·Z3 = 1.8"
    assert "no number that is known" in act(by_hand(Do.FILL_IN, step=0), Calculate("2·Z3")).message


def test_what_can_not_be_read_is_not_written_down() -> None:
    walk = by_hand(Answer("1/"))
    assert (walk.attempt.typed, walk.attempt.is_taken, walk.written) == ("1/", False, {})
    assert walk.message.startswith('I can\'t read "1/": something is missing at the end, at character 3.')
    assert act(walk, Type("1/2")).message == "Type the number, or a formula, and press Enter."
    assert by_hand(Type("1/")).attempt.typed == "1/"


def test_other_numbers_end_the_chain() -> None:
    walk = by_hand(Answer("0.14555"), Answer("0.3"), WhatIf("w13 = 0.5"))
    assert walk.details[0] == "0 of 2 right."
    assert walk.details[1].startswith("∂Loss/∂A5: 0.14555 has the sign turned")
    assert walk.results.is_open
    assert walk.knowledge.skill("loss_slope").attempts == 1
    assert (walk.mode, walk.exam) == ("by hand", None)


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


def test_the_first_number_of_a_later_epoch_is_looked_back_at() -> None:
    walk = act(act(Walk(TRACE, Cursor(2, 0)), SetMode("by hand")), Answer(""))
    back = act(act(walk, Answer("0.2")), Move("step", -1))
    assert (back.cursor, back.written) == (Cursor(2, 0), {0: 0.2})
    assert act(act(back, Do.FILL_IN), Do.FILL_IN).written == {0: 0.2}


def test_who_looks_for_the_mistake_hears_the_verdicts_first() -> None:
    walk = by_hand(Answer("0.14555"), SetMode("find"))
    assert walk.details[1].startswith("∂Loss/∂A5: 0.14555 has the sign turned")
    assert (walk.results.is_open, walk.message) == (True, "One of these numbers is wrong. Which?")


def test_numbers_written_by_hand_tell_what_is_known_and_those_seen_before_tell_nothing() -> None:
    walk = by_hand(*map(Answer, RIGHT))
    assert walk.knowledge.skill("loss_slope").right == 1
    again = act(act(walk, SetMode("watch")), GoTo(Cursor(1, 29)))
    again = act(again, SetMode("by hand"))
    for answer in RIGHT:
        again = act(again, Answer(answer))
    assert again.knowledge == walk.knowledge


def test_what_is_0_but_for_rounding_is_0_in_ones_own_numbers_too() -> None:
    """So that what stands there, its reason and what is made of it agree."""
    parameters = {"w13": -1, "w23": -1, "b3": 30.3}
    trace = Trace(parse(toml([2, 1], ["relu"], "mse", [[10.1, 20.2, 1.0]], parameters), "zero.toml"))
    walk = act(act(Walk(trace), SetMode("by hand")), Answer("w13*x1 + w23*x2 + b3"))
    assert walk.written == {0: 0.0}
    assert act(walk, Calculate("Z3")).message == "Z3 = 0"
    assert act(act(walk, Answer("relu(Z3)")), Answer("(y1-A3)^2")).details[0] == "All 3 right."
    slope = trace.script.batches[0].start_of(0) + 1
    assert trace.entry(1, slope).why.startswith("Z3 is 0, the corner of ReLU")
    asked = act(Walk(trace, Cursor(1, slope)), SetMode("practise"))
    for answer in ("relu'(Z3)", "relu'(w13*x1 + w23*x2 + b3)", "0"):
        assert act(asked, Answer(answer)).message.startswith("Right.")


def test_a_number_of_ones_own_counts_in_its_epoch_alone_and_what_is_judged_has_a_reason() -> None:
    walk = act(Walk(TRACE, Cursor(2, 0)), SetMode("by hand"))
    walk = act(act(act(walk, Answer("")), Answer("0.77")), GoTo(Cursor(1, 5)))
    assert act(walk, Calculate("Z3")).note == "Z3 = 0.3"
    assert act(walk, Do.WHY).message.startswith("Z5: ")


def test_what_was_written_by_hand_has_been_asked() -> None:
    walk = by_hand(*map(Answer, RIGHT))
    assert {("slope", "relu", "not 0"), ("factor", "new"), ("product", "of", "w13")} <= walk.cases


def test_a_number_may_name_those_before_it_alone() -> None:
    walk = by_hand(Answer("0.9"), Answer("0.8"), GoTo(Cursor(1, 0)), Answer("A3+1"), step=0)
    assert walk.message.startswith('I can\'t read "A3+1": A3 is no number that is known here')


def reasons(walk: Walk) -> list[str]:
    return [each.reason for each in walk.results.judged]


def test_a_wrong_number_is_carried_through_the_forward_pass_and_none_of_it_counts_as_known() -> None:
    """Z4 is 0.9; A5 names the learner's own Z5."""
    walk = by_hand(*map(Answer, ("0.3", "0.3", "1.52", "1.52", "1.448", "sig(Z5)", "0.0362")), step=0)
    assert reasons(walk) == ["exact", "exact", "unknown", *["follows"] * 4]
    assert walk.details[0] == "2 of 7 right, 4 follow from what is not."
    assert walk.details[-1] == \
        "(y−A5)²: That follows, step by step, from your 1.52 for Z4; with the right number (y−A5)² = 0.08474."
    assert [walk.knowledge.skill(name).attempts for name in ("net_input", "activation sigmoid")] == [2, 0]
    assert walk.right == {Cursor(1, 0), Cursor(1, 1)}


def test_in_a_chain_too_and_it_ends_where_the_right_numbers_stand_beside() -> None:
    walk = by_hand(*map(Answer, ("-0.14555", "0.3021", "-0.4", "1", "1", "0.01759")))
    assert (reasons(walk)[1], reasons(walk)[5]) == ("unknown", "follows")
    walk = act(walk, GoTo(Cursor(1, 53)))
    assert reasons(act(walk, Answer("-0.0096"))) == ["unknown"]  # the gradient with 0.01759 in it


def test_while_one_is_asked_again_until_it_is_right_nothing_is_carried_on() -> None:
    walk = act(Walk(TRACE, Cursor(1, 30)), SetMode("practise all"))
    walk = act(act(walk, Answer("0.3021")), Do.FILL_IN)
    for answer in ("-0.4", "1", "1"):
        walk = act(walk, Answer(answer))
    walk = act(walk, Answer("0.01759"))
    assert walk.verdict
    assert (walk.verdict.reason, walk.verdict.done) == ("unknown", False)


@pytest.mark.parametrize(("trace", "first", "answers"), [
    (TRACE.in_form("delta"), 29, ("-0.0503", "-0.0503*w35", "δ5*w45")),
    (Trace(load("fan-out")), 0, ("3.7", "p", "q - 1.5", "4.84")),  # q = a·b, p = a + c, s = q − p, L = s²
    (Trace(load("adam")), 25, ("0.47", "s", "4.7", "s_hat", "0.28554")),
])
def test_it_is_carried_in_every_kind_of_chain(trace: Trace, first: int, answers: tuple[str, ...]) -> None:
    chain = chain_around(trace.script, first)
    right = {index: repr(trace.entry(1, index).value) for index in chain}
    walk = act(Walk(trace, Cursor(1, first)), SetMode("by hand"))
    for index, answer in zip(chain, answers, strict=True):
        walk = act(walk, Answer(right[index] if answer == trace.entry(1, index).line.name else answer))
    assert (reasons(walk)[0], {*reasons(walk)[1:]} - {"exact"}) == ("unknown", {"follows"})
