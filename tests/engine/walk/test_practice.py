"""Being asked: what an answer, a hint and giving up make of a walk."""

import pytest

from engine.learner.knowledge import WORDS, Knowledge, Skill
from engine.learner.progress import Mode, Occurrence
from engine.trace.cursor import Cursor
from engine.tutor.answer import Mistaken
from engine.tutor.cases import Case, cases_of
from engine.walk.actions import Answer, Calculate, Do, GoTo, Move, Reply, SetMode, Type, WhatIf
from engine.walk.opening import load_trace
from engine.walk.practice import INVITATION, TRY_FIRST
from engine.walk.transition import act
from engine.walk.walk import ActionError, Walk
from lessons import and_trace

TRACE = and_trace()


KNOWN = Knowledge({name: Skill(0.99, 9, 9) for name in WORDS})


def asked(step: int, mode: Mode = "practise", **fields: object) -> Walk:
    return act(Walk(TRACE, Cursor(1, step), **fields), SetMode(mode))  # type: ignore[arg-type]


def right_answer(walk: Walk) -> Answer:
    return Answer(repr(walk.trace.entry(walk.cursor.epoch, walk.cursor.step).value))


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
    assert walk.attempt.mistake == Mistaken("residual-sign", "∂Loss/∂A5", "loss_slope",
                                            "The inner derivative of (y−A)² by A is −1.")
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
    typing = act(walk, Type("0"))
    assert (typing.attempt.follow_up, typing.message) == (walk.attempt.follow_up, walk.message)
    assert act(walk, Type("0.3")).attempt == walk.attempt  # the caret at the end goes no further: nothing has changed
    assert act(act(asked(29), Type("")), Type("")).attempt.follow_up is None


def test_who_gives_up_or_asks_for_a_hint_did_not_know() -> None:
    given_up = act(asked(29), Do.FILL_IN)
    assert given_up.cursor == Cursor(1, 30)
    assert given_up.message.startswith("∂Loss/∂A5 = −0.14555. The derivative of")
    assert given_up.verdict is not None
    assert given_up.verdict.value == TRACE.entry(1, 29).value
    for walk in (given_up, act(asked(29), Do.HINT), act(act(asked(29), Do.HINT), Answer("-0.14555"))):
        assert (walk.knowledge.skill("loss_slope").attempts, walk.knowledge.skill("loss_slope").right) == (1, 0)


def test_hints_go_deeper_after_a_try_and_end_at_the_number() -> None:
    walk = asked(30)
    for hint in ("How steep is the activation at this Z?", "∂A5/∂Z5 = sig(Z5)[1−sig(Z5)]",
                 "∂A5/∂Z5 = 0.70889·(1−0.70889)"):
        walk = act(walk, Do.HINT)
        assert walk.message == hint
        unread = act(walk, Answer("0.3/"))  # which can't be read, and is no try
        assert act(walk, Do.HINT).message == act(unread, Do.HINT).message == f"{hint}\n{TRY_FIRST}"
        walk = act(walk, Answer(f"{walk.attempt.hints_given}"))
    assert act(walk, Do.HINT).message == act(act(walk, Do.HINT), Do.HINT).message == "∂A5/∂Z5 = 0.20636"


def test_a_hint_says_more_than_the_verdict() -> None:
    walk = act(asked(30), Answer("7"))
    assert walk.message == "7 is not what ∂A5/∂Z5 comes to. How steep is the activation at this Z?"
    assert act(walk, Do.HINT).message == "∂A5/∂Z5 = sig(Z5)[1−sig(Z5)]"


def test_the_same_answer_once_more_is_no_try() -> None:
    walk = act(act(act(asked(30), Answer("7")), Do.HINT), Answer("7"))
    assert act(walk, Do.HINT).message.endswith(TRY_FIRST)
    assert act(act(walk, Answer("8")), Do.HINT).message == "∂A5/∂Z5 = 0.70889·(1−0.70889)"


def test_what_is_known_is_filled_in_but_not_for_who_wants_everything_asked() -> None:
    walk = act(asked(0, knowledge=KNOWN, cases=cases_of(TRACE, 1)), Answer("0.3"))
    assert walk.cursor.step > 2
    assert walk.message == f"Right. Z3 = 0.3.\n{walk.cursor.step - 1} numbers filled in: you know them."
    everything = asked(0, "practise all", knowledge=KNOWN, cases=cases_of(TRACE, 1))
    assert act(everything, Answer("0.3")).cursor == Cursor(1, 1)


@pytest.mark.parametrize("lesson", ["and-gate", "two-outputs", "tanh"])
def test_an_epoch_answered_right_asks_for_every_case_at_least_once(lesson: str) -> None:
    walk = act(Walk(load_trace(lesson), knowledge=KNOWN), SetMode("practise"))
    questions, met = 0, set[Case]()
    while walk.asks:
        met |= walk.tutor.cases(1, walk.cursor.step)
        walk, questions = act(walk, right_answer(walk)), questions + 1
    assert (walk.cursor, met) == (Cursor(1, walk.trace.script.length), cases_of(walk.trace, 1))
    assert questions < walk.trace.script.length / 3


def test_the_cases_of_the_first_lesson() -> None:
    kinds = cases_of(TRACE, 1)
    assert {("activation", "relu", "0"), ("activation", "relu", "not 0"), ("activation", "sigmoid", "not 0"),
            ("slope", "relu", "0"), ("slope", "relu", "not 0"), ("slope", "sigmoid", "not 0"), ("factor", "new"),
            ("factor", "reused"), *(("product", "of", parameter.name) for parameter in TRACE.lesson.order)} <= kinds
    assert ("activation", "sigmoid", "0") not in kinds


def test_what_was_seen_before_is_no_evidence() -> None:
    walk = act(act(asked(29), Move("block", 1)), Move("block", -1))
    assert walk.cursor == Cursor(1, 29)
    copied = act(walk, right_answer(walk))
    assert copied.message.startswith("Right.")
    assert copied.knowledge == walk.knowledge
    while copied.cursor.step < 35:
        copied = act(copied, right_answer(copied))
    assert act(copied, right_answer(copied)).knowledge != walk.knowledge
    watched = act(act(Walk(TRACE, Cursor(1, 29)), Move("step", 1)), Move("step", -1))
    assert act(act(watched, SetMode("practise")), Answer("-0.14555")).knowledge == Knowledge()


def test_now_and_then_one_says_where_a_factor_comes_from() -> None:
    walk, everything = (asked(29, mode)._replace(factors_right=4) for mode in ("practise", "practise all"))
    walk, everything = act(walk, right_answer(walk)), act(everything, right_answer(everything))
    assert walk.attempt.follow_up is not None
    assert walk.message == f"Right. ∂Loss/∂A5 = −0.14555.\n{walk.attempt.follow_up.question}"
    assert act(walk, Reply("a")).verdict.mistakes == ()  # type: ignore[union-attr]
    assert act(act(walk, Type("0.2")), Answer("0.20636")).attempt.follow_up is None
    assert everything.attempt.follow_up is None


def test_the_verdict_and_the_numbers_that_are_filled_in_stand_beside_each_other_at_the_end_of_an_epoch_too() -> None:
    last = TRACE.script.length - 3
    walk = asked(last, knowledge=KNOWN, cases=cases_of(TRACE, 1))
    done = act(walk, right_answer(walk))
    assert (done.cursor, done.asks) == (Cursor(1, TRACE.script.length), False)
    assert done.message == "Right. new w35 = −0.42947.\n2 numbers filled in: you know them."


def test_between_two_epochs_one_goes_on() -> None:
    walk = asked(TRACE.script.length)
    assert not walk.asks
    summary = act(walk, Answer(""))
    assert (summary.cursor, summary.asks) == (Cursor(2, 0), False)
    question = act(summary, Do.FILL_IN)
    assert (question.cursor, question.asks, question.message) == (Cursor(2, 0), True, INVITATION)
    typed = act(summary, Type("0.3"))
    assert (typed.cursor, typed.asks, typed.attempt.typed) == (Cursor(2, 0), True, "0.3")
    with pytest.raises(ActionError, match=r"^nothing is asked for here$"):
        act(asked(TRACE.script.length), Type("0.3"))


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
    assert act(moved, GoTo(Cursor(1, 29))).attempt.typed == "0.14555"
    again = act(act(wrong, SetMode("watch")), SetMode("practise"))
    assert (again.attempted, again.message) == (frozenset(), INVITATION)
    assert act(wrong, Do.STOP).message == ""
    assert act(wrong, Do.STOP).mode == "watch"


def test_too_few_digits_tell_nothing_of_what_is_known() -> None:
    coarse = act(asked(29), Answer("-0.15"))
    assert (coarse.message, coarse.knowledge) == ("Right so far: give 3 significant digits.", Knowledge())


def test_the_lessons_note_stands_behind_the_verdict() -> None:
    walk = act(asked(28), Answer("0.25781"))
    assert walk.message.split("\n")[1].startswith("Only row 1 is right")


def test_other_numbers_forget_what_was_typed_and_seen() -> None:
    walk = act(act(asked(29), Type("0.2+")), GoTo(Cursor(1, 60)))
    assert (walk.drafts, walk.seen) == ({("practise", Cursor(1, 29)): "0.2+"}, {1: 60})
    other = act(walk, WhatIf("w13 = 0.5"))
    assert (other.drafts, other.seen) == ({}, {1: 60})
    assert act(act(other, GoTo(Cursor(1, 29))), Do.NEW_NUMBERS).seen == {1: 60}


def test_movements_are_taken_back_one_after_the_other() -> None:
    walk = act(act(act(asked(5), Move("step", 1)), Move("block", 1)), Do.RETURN)
    assert (walk.cursor, act(walk, Do.RETURN).cursor) == (Cursor(1, 6), Cursor(1, 5))


def test_a_mistake_that_is_named_is_counted_once_for_an_answer() -> None:
    """Of several that give the same number the one that the learner says."""
    walk = asked(29)
    for text in ("0.14555", "0.14555", "7", "-0.14555"):
        walk = act(walk, Answer(text))
    assert walk.bookmark.mistakes == {"residual-sign": 1}
    assert walk.bookmark.last_made == {"residual-sign": Occurrence(
        "∂Loss/∂A5", 1, 1, "0.14555 has the sign turned: the inner derivative, that of y − A by A, is −1.",
        "loss_slope", 1, 0)}
    walk = act(asked(32), Answer("0.3"))
    assert walk.bookmark.mistakes == {}
    walk = act(walk, Reply("b"))
    assert walk.bookmark.mistakes == {"net-input-for-derivative": 1}
    assert walk.bookmark.last_made["net-input-for-derivative"].name == "∂A3/∂Z3"
    walk = act(act(asked(34), Answer("-0.01201")), Reply("a"))
    assert walk.bookmark.last_made["product-sign"].name == "product (w13)"


def test_a_mistake_made_further_up_is_of_that_numbers_skill() -> None:
    """Also where a letter says so, and once one is named its idea is the first hint, with the number to look at."""
    walk = act(asked(34), Answer("0.04806"))
    assert (walk.bookmark.last_made["n-forgotten"].name, walk.bookmark.last_made["n-forgotten"].skill) == (
        "product (w13)", "loss_slope")
    assert [skill for skill, exercise in walk.exercises.items() if exercise.mixed_up] == ["loss_slope"]
    assert act(walk, Do.HINT).message.startswith("Look at ∂Loss/∂A5: What is divided in Loss")
    several = act(asked(34), Answer("-0.01201"))
    assert [skill for skill, exercise in several.exercises.items() if exercise.mixed_up] == []
    said = act(several, Reply("c"))
    assert said.verdict
    assert (said.verdict.mistakes, said.verdict.where) == (("derivative-sign",), ("∂A5/∂Z5",))
    assert [skill for skill, exercise in said.exercises.items() if exercise.mixed_up] == ["slope sigmoid"]
    assert act(said, Do.HINT).message.startswith("Look at ∂A5/∂Z5: ")


def test_by_hand_mistakes_count_when_they_are_judged() -> None:
    walk = act(asked(29, "by hand"), Answer("0.14555"))
    assert walk.bookmark.mistakes == {}
    for _ in range(5):
        walk = act(walk, Do.FILL_IN)
    assert walk.bookmark.mistakes == {"residual-sign": 1}
    assert walk.bookmark.last_made["residual-sign"].name == "∂Loss/∂A5"
