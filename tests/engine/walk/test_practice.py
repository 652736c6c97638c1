"""Being asked: what an answer, a hint and giving up make of a walk."""

import pytest

from engine.learner.knowledge import WORDS, Knowledge, Skill
from engine.trace.cursor import Cursor
from engine.walk.actions import Answer, Calculate, Do, GoTo, Move, Reply, SetMode, Type
from engine.walk.practice import INVITATION
from engine.walk.transition import act
from engine.walk.walk import ActionError, Walk
from lessons import and_trace

TRACE = and_trace()


def asked(step: int, **fields: object) -> Walk:
    return act(Walk(TRACE, Cursor(1, step), **fields), SetMode("practise"))  # type: ignore[arg-type]


def test_a_right_answer_goes_on() -> None:
    walk = act(asked(29), Answer("-0.14555"))
    assert walk.cursor == Cursor(1, 30)
    assert walk.message == "Right. ∂Loss/∂A5 = −0.14555."
    assert walk.verdict is not None
    assert (walk.verdict.reason, walk.verdict.done, walk.attempt.typed) == ("exact", True, "")
    assert walk.knowledge.skill("loss_slope").right == 1
    assert act(walk, Move("step", 1)).verdict is None


def test_a_wrong_answer_stands_with_its_mistake() -> None:
    walk = act(asked(29), Answer("0.14555"))
    assert (walk.cursor, walk.attempt.typed, walk.attempt.is_taken) == (Cursor(1, 29), "0.14555", True)
    assert walk.attempt.mistake == "residual-sign"
    assert walk.message.startswith("0.14555 has the sign turned")
    assert act(walk, Do.HINT).message == "The inner derivative of (y−A)² by A is −1."
    assert not act(walk, Type("0.1")).attempt.is_taken


def test_which_of_several_mistakes_it_was() -> None:
    walk = act(asked(32), Answer("0.3"))
    assert walk.attempt.follow_up is not None
    assert walk.message == walk.attempt.follow_up.question
    said = act(walk, Reply("b"))
    assert said.verdict is not None
    assert said.verdict.mistakes == ("net-input-for-derivative",)
    assert said.message == said.verdict.message == walk.attempt.follow_up.replies["b"]
    assert (said.attempt.follow_up, said.attempt.is_taken, said.cursor) == (None, True, walk.cursor)
    for letter in ("a", "z"):
        with pytest.raises(ActionError, match="no question stands"):
            act(said, Reply(letter))
    assert act(walk, Type("0")).attempt.follow_up is None


def test_who_gives_up_or_asks_for_a_hint_did_not_know() -> None:
    given_up = act(asked(29), Do.FILL_IN)
    assert given_up.cursor == Cursor(1, 30)
    assert given_up.message.startswith("∂Loss/∂A5 = −0.14555. The derivative of")
    assert given_up.verdict is not None
    assert given_up.verdict.value == TRACE.entry(1, 29).value
    for walk in (given_up, act(asked(29), Do.HINT), act(act(asked(29), Do.HINT), Answer("-0.14555"))):
        assert (walk.knowledge.skill("loss_slope").attempts, walk.knowledge.skill("loss_slope").right) == (1, 0)


def test_hints_go_deeper_and_end_at_the_number() -> None:
    walk, said = asked(30), []
    for _ in range(6):
        walk = act(walk, Do.HINT)
        said.append(walk.message)
    assert said[1:] == ["∂A5/∂Z5 = sig(Z5)[1−sig(Z5)]", "∂A5/∂Z5 = 0.70889·(1−0.70889)", *["∂A5/∂Z5 = 0.20636"] * 3]


def test_what_is_known_is_filled_in_but_not_for_who_wants_everything_asked() -> None:
    known = Knowledge({name: Skill(0.99, 9, 9) for name in WORDS})
    walk = act(asked(0, knowledge=known), Answer("0.3"))
    assert walk.cursor.step > 1
    assert walk.message == f"Right. Z3 = 0.3. Filled in what you know: {walk.cursor.step - 1} more."
    assert act(asked(0, knowledge=known, asks_everything=True), Answer("0.3")).cursor == Cursor(1, 1)


def test_now_and_then_one_says_where_a_factor_comes_from() -> None:
    walk, everything = asked(29, factors_right=4), asked(29, asks_everything=True)
    for _ in range(5):
        right = repr(TRACE.entry(1, walk.cursor.step).value)
        walk, everything = act(walk, Answer(right)), act(everything, Answer(right))
        if walk.attempt.follow_up:
            assert walk.message == f"Right. {walk.attempt.follow_up.question}"
            assert act(walk, Reply("a")).verdict.mistakes == ()  # type: ignore[union-attr]
            break
    else:
        pytest.fail("nobody asked")
    assert everything.attempt.follow_up is None


def test_between_two_epochs_one_goes_on() -> None:
    walk = asked(TRACE.script.length)
    assert not walk.asks
    summary = act(walk, Answer(""))
    assert (summary.cursor, summary.asks) == (Cursor(2, 0), False)
    question = act(summary, Do.FILL_IN)
    assert (question.cursor, question.asks, question.message) == (Cursor(2, 0), True, INVITATION)
    with pytest.raises(ActionError, match=r"^nothing is asked for here$"):
        act(summary, Type("0.3"))


def test_a_calculation_leaves_the_question() -> None:
    walk = act(act(asked(29), Type("1-2")), Calculate("1-2"))
    assert (walk.message, walk.attempt.typed, walk.note) == ("1-2 = −1", "1-2", "")
    watched = act(Walk(TRACE, Cursor(1, 29)), Calculate("1-2"))
    assert (watched.note, watched.said) == ("1-2 = −1", ("1-2 = −1",))
    assert act(Walk(TRACE, Cursor(1, TRACE.script.length)), Calculate("2·w13")).note == "2·w13 = 1.6"


def test_why() -> None:
    assert act(asked(31), Do.WHY).message.startswith("∂A5/∂Z5: sig′ is sig·(1−sig)")
    assert act(Walk(TRACE, Cursor(1, 31)), Do.WHY).note.startswith("sig′ is sig·(1−sig)")
    assert act(Walk(TRACE), Do.WHY).note == "nothing is computed yet"
    assert act(asked(0), Do.WHY).message == "nothing is computed yet"


def test_another_place_is_another_question_and_another_mode_begins_anew() -> None:
    wrong = act(asked(29), Answer("0.14555"))
    moved = act(wrong, GoTo(Cursor(1, 40)))
    assert (moved.attempt.typed, moved.attempt.mistake, moved.message) == ("", None, INVITATION)
    again = act(act(wrong, SetMode("watch")), SetMode("practise"))
    assert (again.attempted, again.slips, again.message) == (frozenset(), {}, INVITATION)
    assert act(wrong, Do.STOP).message == ""
    assert act(wrong, Do.STOP).mode == "watch"
