"""Where one verdict ends and the next begins: each line here is the edge of a rule. See test_tutor.py for the rules."""

import pytest

from engine.lesson.lesson import load
from engine.trace.trace import Trace
from engine.tutor.answer import Mistaken
from engine.tutor.mistakes import catalogue
from engine.tutor.tutor import Tutor
from engine.walk.opening import load_trace
from lessons import and_trace

TUTOR = Tutor(and_trace())


@pytest.mark.parametrize(("step", "answer", "reason", "mistakes"), [
    # right: three digits, each of them
    (31, "0.206", "exact", ()), (31, "0.21", "coarse", ()), (35, "0.012", "exact", ()), (31, "0.207", "unknown", ()),
    (31, "20.6e-2", "exact", ()), (31, "∂A5 / ∂Z5 = 0.206", "exact", ()), (31, "Z3 = 0.206", "unreadable", ()),
    # rounded on the way
    (6, "0.7086", "unknown", ()), (35, "0.0121", "rounded", ()), (35, "0.01205", "rounded", ()),
    (35, "0.01206", "unknown", ()), (30, "-(1-0.709)/2", "exact", ()),
    # a mistake that gives the number to the digits typed comes before rounding
    (232, "-0.607", "mistake", ("other-gradient",)), (234, "0.4829", "mistake", ("other-gradient",)),
    # of one digit, a mistake's number is that number
    (4, "1", "mistake", ("relu-as-step", "derivative-for-activation")),
    (37, "0.2", "mistake", ("net-input-for-derivative",)), (6, "0.3", "unknown", ()),
    # a formula with shown numbers in it
    (31, "1-0.70889", "mistake", ("one-minus-only",)), (31, "1-0.707", "unknown", ()),
    # what is not known yet
    (29, "Loss", "unreadable", ()), (54, "Loss", "unknown", ()), (5, "Z5", "unreadable", ()),
    (6, "Z5", "mistake", ("activation-missing",)),
    (47, "0", "exact", ()), (47, "0.00001", "unknown", ()),
])
def test_the_edges_of_the_rules(step: int, answer: str, reason: str, mistakes: tuple[str, ...]) -> None:
    verdict = TUTOR.judge(1, step - 1, answer)
    assert (verdict.reason, verdict.mistakes[:max(1, len(mistakes))]) == (reason, mistakes)


@pytest.mark.parametrize(("step", "answer", "said"), [
    # right to fewer digits than are typed; near; near by the step of an update; far
    (6, "0.7090", "0.7090 is right to 3 digits, but not to 4: give 3, or work with more."),
    (6, "0.70888", "is right to 4 digits, but not to 5"), (6, "0.707", "0.707 is near, but not what A5 comes to:"),
    (7, "0.0841", "is near"), (6, "sig(0.88)", "is near"), (231, "0.80766", "is right to 3 digits"),
    (231, "0.8058", "is not what new w13 comes to. A step"), (6, "0.70", "is not what A5"),
    # the same digits in another order, or in another place
    (6, "0.78089", "0.78089 is A5 with two neighbouring digits exchanged."), (6, "0.80789", "is not what A5 comes to."),
    (6, "0.0070889", "has the digits of A5, with the decimal point 2 places off."),
    (6, "2", "1. 2 is not what A5 comes to."),
    # what no such number can be
    (6, "1.3", "A sigmoid lies between 0 and 1. 1.3 is not what A5"),
    (31, "0.3", "The slope of a sigmoid lies between"),
    (7, "-0.0847", "A square is never negative. −0.0847 is the right number with its sign turned"),
    (6, "70.9", "A sigmoid lies between 0 and 1. 70.9 has the digits of A5, with the decimal point 2 places off."),
])
def test_what_no_mistake_explains_is_called_what_it_is(step: int, answer: str, said: str) -> None:
    verdict = TUTOR.judge(1, step - 1, answer)
    assert (verdict.correct, verdict.done) == (False, False)
    assert said in verdict.message


def small_numbers() -> list[tuple[Tutor, int, float]]:
    tutor = Tutor(Trace(load("sigmoid-derivative")))
    values = {index: tutor.trace.entry(1, index).value for index in range(tutor.trace.script.length)}
    return [(tutor, index, value) for index, value in values.items() if 0 < abs(value) < 1e-4]


def test_of_a_small_number_too_only_its_digits_are_rounding() -> None:
    """Three times as much is not right, though it is less than 0.0001 off."""
    assert len(small_numbers()) > 2
    for tutor, index, value in small_numbers():
        for times in (0.5, 0.94, 1.06, 1.7, 3.3):
            assert not tutor.judge(1, index, f"{times * value:.4e}").correct


def test_zero_is_not_a_small_number_rounded() -> None:
    for tutor, index, value in small_numbers():
        for zero in ("0", "0.0", "0.000", "0e-9", "0/5"):
            assert not tutor.judge(1, index, zero).correct
        assert not tutor.judge(1, index, f"{-value:.4e}").correct


def test_a_number_that_is_not_given_stands_for_nothing() -> None:
    """By hand, names are the learner's own numbers."""
    assert TUTOR.judge(1, 5, "sig(Z5)", own={"Z5": None}).reason == "unreadable"
    assert TUTOR.judge(1, 5, "sig(Z5)", own={"Z5": 2.0}).reason == "unknown"
    assert TUTOR.judge(1, 5, "sig(Z5)", own={"Z4": 2.0}).reason == "exact"
    assert TUTOR.known.calculate(1, 5, "2·Z5", own={"Z5": 2.0}) == "2·Z5 = 4"


def test_a_delta_is_not_known_where_it_is_asked() -> None:
    tutor = Tutor(Trace(load("two-outputs"), "delta"))
    for unit in tutor.trace.lesson.network.computed_units:
        index = tutor.trace.script.delta_index(0, unit)
        assert tutor.judge(1, index, f"δ{unit.number}").reason == "unreadable"


def test_how_a_delta_is_made_is_said_to_whom_it_is_unknown() -> None:
    """And their number is written with the minus that all others have."""
    tutor = Tutor(Trace(load("delta"), "delta"))
    index = tutor.trace.script.delta_index(0, tutor.trace.lesson.network.layers[2][0])
    said = tutor.judge(1, index, "-0.7146").message
    assert said.startswith("−0.7146 is not what δ5 comes to. Each δ after it times the weight between, all added")
    assert tutor.hints(1, index)[0] in said


@pytest.mark.parametrize(("lesson", "index", "answer"), [
    ("dead-relu", 234, "w24+5*lr*∂Loss/∂w24"), ("dead-relu", 234, "w24"), ("dead-relu", 234, "w24 + 123*∂Loss/∂w24"),
    ("one-at-a-time", 8, "∂Loss/∂A3*∂A3/∂Z3"), ("one-at-a-time", 63, "w13+5*lr*∂Loss/∂w13"),
    ("one-at-a-time", 42, "w23-7*∂Loss/∂w23"), ("chain-rule", 0, "a*b*n")])
def test_a_formula_that_is_right_with_all_numbers_of_a_lesson_is_tried_with_others(
        lesson: str, index: int, answer: str) -> None:
    """Where a gradient is 0 in every epoch, or an input is 1 in the batch's only row."""
    verdict = Tutor(Trace(load(lesson))).judge(1, index, answer)
    assert verdict.reason == "exact"
    assert verdict.message.endswith("your formula gives something else with other numbers.")


def test_a_number_that_stands_in_the_formula_shown_is_put_in_for_no_name() -> None:
    """Of the 1 in 1−A5 nobody says that it is y, which is 1 here."""
    tutor = Tutor(Trace(load("and-gate"), "delta"))
    assert tutor.judge(1, 29, "-(y-A5)/2*0.70889*(1-A5)").message == "δ5 = −0.03004."


@pytest.mark.parametrize(("index", "answer", "where"), [
    (1, "Z3", "in row 3"), (31, "w13-1.2", "with other numbers, such as epoch 2's"),
    (29, "-lr*(y-A5)", "with other numbers"), (34, "∂Loss/∂A5*dA5/dZ5*w35", "in row 3"),
    (230, "w13-lr*∂Loss/∂w13", ""), (230, "0.8-0.5*∂Loss/∂w13", ""), (0, "w13*1+w23*1+b3", ""), (6, "(1-A5)^2", ""),
    (1, "0.3", ""), (31, "-0.4", ""), (30, "0.70889*(1-A5)", ""), (32, "n/4", "in row 3"), (32, "e^0", ""),
    (32, "x1·n/4", "in row 4"), (29, "-(1-0.709)/2*x1", "in row 2"), (0, "w13*1-0.6*1+0.1", "")])
def test_where_a_formula_that_is_right_here_is_not(index: int, answer: str, where: str) -> None:
    """One with numbers put in for names is right for this row, and one of numbers alone says nothing of others."""
    message = TUTOR.judge(1, index, answer).message
    assert message.endswith(f"your formula gives something else {where}.") if where else "something else" not in message


@pytest.mark.parametrize(("text", "is_stray"), [("a0.332", True), ("b -3", True), ("a5", False), ("e0.3", False)])
def test_a_letter_that_chooses_nothing_is_spoken_of(text: str, is_stray: bool) -> None:
    verdict = TUTOR.judge(1, 2, text)
    assert (verdict.reason, "chooses nothing here" in verdict.message) == ("unreadable", is_stray)


def test_one_mistake_or_none_needs_no_question() -> None:
    assert TUTOR.judge(1, 30, "0.29111").follow_up is None
    for index in (15, 32, 33):  # where two mistakes give the right number
        assert TUTOR.judge(1, index, repr(TUTOR.trace.entry(1, index).value)).follow_up is None


def test_the_first_hint_is_about_the_mistake_just_made() -> None:
    mistake = next(each for each in catalogue() if each.id == "one-minus-only")
    made = Mistaken(mistake.id, "∂A5/∂Z5", "slope sigmoid", mistake.idea)
    assert TUTOR.hints(1, 30, made)[0] == mistake.idea != TUTOR.hints(1, 30)[0]
    assert TUTOR.hints(1, 34, made)[0] == f"Look at ∂A5/∂Z5: {mistake.idea}"


def test_of_a_mistake_that_has_an_idea_for_each_function_that_of_the_one_in_hand_is_given() -> None:
    tutor = Tutor(load_trace("tanh"))
    made = tutor.judge(1, 32, "0.9600").named  # 1−Z3², where a softmax's has another idea
    assert made
    assert tutor.hints(1, 32, made)[0] == made.idea == "tanh′(Z) = 1−tanh²(Z), and tanh(Z) is A."


@pytest.mark.parametrize(("index", "letter"), [(29, "a"), (30, "b"), (31, "c"), (33, "d"), (83, "d")])
def test_which_factor_it_is(index: int, letter: str) -> None:
    question = TUTOR.recall(1, index)
    assert question
    assert [each for each, reply in question.replies.items() if reply.startswith("Yes")] == [letter]
    assert ("the bias is simply added" in question.question) == (index == 83)


def test_a_products_factors_are_asked_about_and_other_numbers_are_not() -> None:
    assert [index for index in range(28, 36) if TUTOR.recall(1, index)] == [29, 30, 31, 32, 33, 35]
