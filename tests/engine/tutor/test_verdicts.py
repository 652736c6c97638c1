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


def test_a_right_formula_of_names_that_are_the_same_in_every_row_is_just_right() -> None:
    assert "something else" not in TUTOR.judge(1, 32, "n/4").message
    assert "something else in row 4" in TUTOR.judge(1, 32, "x1·n/4").message


@pytest.mark.parametrize(("index", "answer", "where"), [
    (1, "Z3", "in row 3"), (31, "w13-1.2", "with other numbers, such as epoch 2's"),
    (29, "-lr*(y-A5)", "with other numbers"), (34, "∂Loss/∂A5*dA5/dZ5*w35", "in row 3"),
    (230, "w13-lr*∂Loss/∂w13", ""), (230, "0.8-0.5*∂Loss/∂w13", ""), (0, "w13*1+w23*1+b3", ""), (6, "(1-A5)^2", ""),
    (1, "0.3", ""), (31, "-0.4", ""), (30, "0.70889*(1-A5)", "")])
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
    mistake, = (each for each in catalogue() if each.id == "one-minus-only")
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
