"""What is due in practice: what was mixed up, what is known, a worked chain, a chain with a mistake in it."""

import pytest

from engine.learner.knowledge import WORDS, Knowledge, Skill
from engine.learner.progress import Mode
from engine.trace.cursor import Cursor
from engine.trace.trace import Trace
from engine.tutor.cases import cases_of
from engine.walk.actions import Action, Answer, Calculate, Do, GoTo, Move, Reply, SetMode, Type, WhatIf
from engine.walk.opening import load_trace
from engine.walk.practice import OTHER_HELP
from engine.walk.transition import act
from engine.walk.walk import Example, Walk
from lessons import and_trace

TRACE = and_trace()
KNOWN = Knowledge({name: Skill(0.99, 9, 9) for name in WORDS})
WRONG, NEXT = Answer("77"), Move("step", 1)  # no mistake gives that


def asked(step: int, mode: Mode = "practise", trace: Trace = TRACE, **fields: object) -> Walk:
    return act(Walk(trace, Cursor(1, step), **fields), SetMode(mode))  # type: ignore[arg-type]


def right(walk: Walk) -> Answer:
    return Answer(repr(walk.trace.entry(walk.cursor.epoch, walk.cursor.step).value))


def after(walk: Walk, *actions: Action | str) -> Walk:
    """After some actions, or answers; `right` is the right one."""
    for action in actions:
        taken = right(walk) if action == "right" else Answer(action) if isinstance(action, str) else action
        walk = act(walk, taken)
    return walk


def stuck(trace: Trace = TRACE) -> Walk:
    """Of who tries, and tries in vain, from the first chain on."""
    walk = asked(trace.script.batches[0].forward_end, trace=trace)
    while not (walk := act(walk, WRONG) if walk.asks else walk).example:
        walk = act(walk, Do.FILL_IN)
    return walk


@pytest.mark.parametrize(("step", "actions", "to", "said"), [
    (30, ("0.29111", "right"), 36, "Once more, on row 2: 5 numbers filled in on the way."),
    (30, ("0.29111", Do.FILL_IN), 36, "Once more, on row 2: 5 numbers filled in on the way."),
    (32, ("0.3", Reply("b"), "right"), 38, "Once more, on row 2: 5 numbers filled in on the way."),
    (30, ("77", "right"), 31, ""),  # no mistake was named
    (0, ("0.2", "right"), 7, "Once more, on row 2: 6 numbers filled in on the way."),
    (48, ("0.46009", "right"), 49, ""),  # in the next chain the same four numbers stand on the screen already
    (53, ("-0.0608", "right"), 54, ""),  # made further up, at ∂Loss/∂A5: likewise
    (40, ("-0.1089", "right"), 41, "Once more, on row 3."),
    (53, ("-0.00380", "right"), 54, ""),  # the next gradient is a whole parameter further on
])
def test_after_a_mistake_the_same_skill_is_asked_again_at_once_on_another_row(
        step: int, actions: tuple[Action | str, ...], to: int, said: str) -> None:
    walk = after(asked(step), *actions)
    assert (walk.cursor, walk.asks) == (Cursor(1, to), True)
    assert ("Once more" in walk.message, said in walk.message) == (bool(said), True)


@pytest.mark.parametrize(("lesson", "step", "wrong", "to"), [
    ("recurrent", 23, "-1.26379", 36),  # of a sum of paths, past the products of its paths
    ("recurrent", 22, "-0.84439", 35),  # of a product of path 2
    ("two-outputs", 62, "0.0042", 63),  # in the other rows x1 = 0 makes it 0
])
def test_the_same_is_asked_again_and_nothing_that_is_0_or_1_by_itself(lesson: str, step: int, wrong: str,
                                                                      to: int) -> None:
    walk = after(asked(step, trace=load_trace(lesson)), wrong, "right")
    assert (walk.cursor.step, "Once more" in walk.message) == (to, to > step + 1)


def test_once_it_was_asked_again_it_goes_on_in_order_and_a_mistake_there_asks_for_one_more() -> None:
    again = after(asked(30), "0.29111", "right")
    assert after(again, "right").cursor == after(again, Do.FILL_IN).cursor == Cursor(1, 37)
    assert after(again, "0.45017", "right").cursor == Cursor(1, 42)


@pytest.mark.parametrize("mode", ["practise all", "by hand"])
def test_who_is_asked_for_everything_is_asked_in_order(mode: Mode) -> None:
    assert after(asked(30, mode), "0.29111", Do.FILL_IN).cursor.step < 33


def test_where_it_is_known_and_further_on_it_is_asked_when_its_turn_comes() -> None:
    """Of a batch with a single row the next row's is behind its update."""
    trace = load_trace("one-at-a-time")
    sure = Knowledge({**KNOWN.skills, "loss_slope": Skill(0.9999, 9, 9)})  # one mistake is not enough to doubt it
    walk = asked(4, trace=trace, knowledge=sure, cases=cases_of(trace, 1))
    walk = after(walk, repr(-trace.entry(1, 4).value), "right")
    assert "21 numbers filled in: you know them." in walk.message
    asked_now = trace.script.step(walk.cursor.step)
    assert (walk.tutor.skill(*walk.cursor), asked_now.row) == ("loss_slope", 1)


def test_what_is_known_comes_back_between_others_and_each_time_later() -> None:
    walk, asked_at = asked(29, knowledge=KNOWN, cases=cases_of(TRACE, 1)), []
    slopes = [index for index in range(TRACE.script.length) if walk.tutor.skill(1, index) == "slope sigmoid"]
    while walk.asks:
        asked_at += [slopes.index(walk.cursor.step)] if walk.cursor.step in slopes else []
        walk = after(walk, Type(""), "right")
    assert asked_at == [3, 10, 23]  # 3 of them were filled in, then 6, then 12
    wrong = after(asked(48, knowledge=KNOWN, cases=cases_of(TRACE, 1)), WRONG, "right")
    assert wrong.exercises["slope sigmoid"].returns == 3


def test_after_ten_tries_in_vain_a_chain_is_worked_out_and_the_same_is_asked_with_new_numbers() -> None:
    walk = stuck()
    shown = walk.example
    assert shown is not None
    assert (walk.cursor, walk.mode, walk.bookmark.cursor, walk.bookmark.mode) == (
        shown.start, "watch", shown.home, "practise")
    assert walk.message.splitlines()[-1].startswith("10 tries at ∂Loss/∂A, and not yet 3 right in a row.")
    assert act(walk, NEXT).cursor == Cursor(1, shown.start.step + 1)
    assert act(walk, NEXT).message == ""
    assert act(walk, Move("step", -1)).cursor == shown.start
    for aside in (Do.WHY, Calculate("1+1")):
        assert act(walk, aside).example == shown
    read = after(walk, *[NEXT] * 6)
    assert (read.cursor, read.example) == (shown.end, shown)
    again = act(read, NEXT)
    assert (again.cursor, again.asks, again.example, again.seed) == (shown.question, True, None, 1)
    assert again.message == "Now you, with new numbers, drawn by seed 1."
    assert after(again, "right").knowledge.skill("loss_slope").right == 1


def test_wrong_answers_at_one_question_are_tries_too_each_once_and_from_the_third_on_other_help_is_named() -> None:
    walk = asked(29)
    for typed in ("71", "72", "72", "73", "73", "74", "75", "76", "77", "78", "79"):
        before, walk = walk.attempt.typed, act(walk, Answer(typed))
        assert (walk.message.endswith(f"\n{OTHER_HELP}"), walk.example) == (typed == "73" != before, None)
    stopped = act(walk, Answer("80"))
    assert stopped.message.startswith("80 is not what ∂Loss/∂A5 comes to.")
    assert stopped.message.splitlines()[-1].startswith("10 tries at ∂Loss/∂A, and not yet 3 right in a row.")
    assert stopped.example == Example(Cursor(1, 29), Cursor(1, 29), Cursor(1, 29), Cursor(1, 35))
    refused = act(stopped, Do.STOP)
    assert (refused.cursor, refused.asks, refused.attempt.typed) == (Cursor(1, 29), True, "")


def test_it_can_be_refused_and_comes_once_for_a_skill() -> None:
    walk = stuck()
    home = walk.bookmark.cursor
    for refusal in (Do.STOP, Do.FILL_IN, SetMode("practise"), WhatIf("w13 = 0.5")):
        refused = act(walk, refusal)
        assert (refused.cursor, refused.mode, refused.example, refused.seed) == (home, "practise", None, None)
    assert act(walk, GoTo(Cursor(1, 3))).cursor == Cursor(1, 3)
    refused = act(walk, Do.STOP)
    for _ in range(12):
        refused = after(act(refused, GoTo(Cursor(refused.cursor.epoch + 1, 29))), WRONG, Do.FILL_IN)
        assert refused.example is None


def test_who_is_shown_the_number_has_not_tried_and_three_right_in_a_row_begin_anew() -> None:
    walk = asked(0)
    while walk.cursor.epoch == 1:
        walk = act(walk, Do.FILL_IN)
        assert walk.example is None
    walk = after(asked(0), *[WRONG, "right"] * 5, *["right"] * 6)
    assert (walk.exercises["net_input"].tries, walk.exercises["row_loss"].tries) == (8, 1)
    assert after(walk, "right", "right").exercises["net_input"].tries == 0


def test_numbers_that_were_changed_are_not_drawn_anew_but_those_of_the_next_epoch_are_asked() -> None:
    walk = stuck(act(Walk(TRACE), WhatIf("w13 = 0.5")).trace)
    walk = walk._replace(changes=act(Walk(TRACE), WhatIf("w13 = 0.5")).changes)
    again = after(walk, Move("block", 1), NEXT)
    assert again.cursor == Cursor(2, walk.example.question.step)  # type: ignore[union-attr]
    assert (again.message, again.changes) == ("Now you, with the numbers of epoch 2.", walk.changes)


def test_who_did_a_chain_right_is_invited_once_to_find_the_mistake_in_one_but_not_at_once() -> None:
    done = after(asked(29), *["right"] * 5, Type(""), "right")
    assert act(done, Do.STOP).note == ""
    later = after(done, "right")
    invited = act(later, Do.STOP)
    assert invited.note == "You had row 1 of w13's chain right at once: now find the mistake in one"
    assert invited.invites
    assert act(invited, NEXT).invites is False
    assert after(invited, SetMode("practise"), "right", Do.STOP).note == ""
    assert after(later, SetMode("find"), Do.STOP, SetMode("practise"), "right", Do.STOP).note == ""
    assert after(asked(29), Do.HINT, *["right"] * 4, Type(""), *["right"] * 3, Do.STOP).note == ""
    at_the_end = later._replace(cursor=Cursor(1, TRACE.script.length - 1))
    assert after(at_the_end, "right").message.endswith("now find the mistake in one.")
    deltas = after(asked(29, trace=TRACE.in_form("delta")), *["right"] * 4, Do.STOP)
    assert deltas.note == "You had row 1 of the backward pass right at once: now find the mistake in one"
