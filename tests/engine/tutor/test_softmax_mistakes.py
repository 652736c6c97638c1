"""Every mistake about a softmax and its cross-entropy is named where it is made."""

import pytest

from engine.lesson.lesson import load, parse
from engine.trace.chain import Form
from engine.trace.trace import Trace
from engine.tutor.mistakes import catalogue
from engine.tutor.tutor import Tutor
from lessons import toml

ROWS = [[0.7, 0.5, 0.3, 0.2], [-1.2, 0.0, 1.0, 0.0], [0.4, 0.0, 0.0, 1.0]]
PARAMETERS = {"w12": 0.8, "b2": -0.3, "w13": -0.5, "b3": 0.4, "w14": 0.3, "b4": 0.1}
LESSON = parse(toml([1, 3], ["softmax"], "cross_entropy", ROWS, PARAMETERS), "softmax.toml")
SAID = [  # what is asked for in the first row, what is typed, the mistake
    ("A4", "exp(Z4)", "softmax-not-normalised"), ("A4", "Z4/(Z2 + Z3 + Z4)", "softmax-without-exponential"),
    ("A4", "exp(Z4)/(exp(Z2) + exp(Z3))", "softmax-without-itself"), ("A4", "sig(Z4)", "sigmoid-for-softmax"),
    ("A4", "Z4", "activation-missing"), ("∂A2/∂Z2", "1 - A2", "one-minus-share"),
    ("∂A2/∂Z2", "Z2*(1 - Z2)", "net-input-in-derivative"), ("∂A2/∂Z2", "A2*A2", "one-forgotten"),
    ("∂A2/∂Z2", "-A2*A2", "other-share-for-own"), ("∂A2/∂Z3", "A2*(1 - A2)", "own-share-for-other"),
    ("∂A2/∂Z3", "A2*A3", "cross-sign"), ("∂A2/∂Z3", "0", "cross-ignored"), ("∂A2/∂Z3", "A2*(1 - A3)", "cross-mixed"),
    ("row's loss", "-0.5*A2 - 0.3*A3 - 0.2*A4", "logarithm-forgotten"),
    ("row's loss", "0.5*ln(A2) + 0.3*ln(A3) + 0.2*ln(A4)", "entropy-minus-lost"),
    ("row's loss", "-ln(A2) - ln(A3) - ln(A4)", "all-classes-counted"),
    ("row's loss", "-(0.5*ln(A2) + 0.3*ln(A3) + 0.2*ln(A4))/ln(10)", "common-logarithm"),
    ("∂Loss/∂A2", "y1/A2/n", "entropy-slope-sign"), ("∂Loss/∂A2", "-y1/A2", "entropy-count-forgotten"),
    ("∂Loss/∂A2", "-A2/y1/n", "target-and-output-exchanged"), ("∂Loss/∂A2", "-y1*ln(A2)/n", "logarithm-kept"),
    ("∂Loss/∂A2", "-1/A2/n", "target-forgotten"), ("∂Loss/∂A2", "(A2 - y1)/n", "delta-for-loss-slope")]
DELTAS = [
    ("(y1 - A2)/n", "delta-sign"), ("A2 - y1", "delta-count-forgotten"), ("(A2 - y1)/n/3", "delta-outputs-counted"),
    ("-y1*(1 - A2)/n", "delta-of-own-path"), ("(A2 - y1)/n*A2*(1 - A2)", "delta-slope-twice"),
    ("A2/n", "delta-target-forgotten"), ("-y1/n", "delta-target-alone"), ("-y1/A2/n", "delta-slope-left-out")]
NEW = {"softmax", "cross_entropy"}


def index_of(tutor: Tutor, name: str) -> int:
    return next(index for index in range(tutor.trace.script.length) if tutor.question(1, index).name == name)


@pytest.mark.parametrize(("name", "typed", "mistake"), SAID)
def test_a_wrong_number_is_known_by_its_mistake(name: str, typed: str, mistake: str) -> None:
    tutor = Tutor(Trace(LESSON))
    assert mistake in tutor.judge(1, index_of(tutor, name), typed).mistakes


@pytest.mark.parametrize(("typed", "mistake"), DELTAS)
def test_a_wrong_delta_is_known_by_its_mistake(typed: str, mistake: str) -> None:
    tutor = Tutor(Trace(LESSON, "delta"))
    index = index_of(tutor, "δ2")
    assert mistake in tutor.judge(1, index, typed).mistakes
    assert tutor.judge(1, index, "(A2 - y1)/n").reason == "exact"


@pytest.mark.parametrize(("form", "name", "typed", "mistakes"), [
    ("delta", "δ2", "y1 - A2", ("delta-sign",)), ("delta", "δ2", "A2", ("delta-target-forgotten",)),
    ("delta", "δ2", "-y1/A2", ("delta-slope-left-out",)), ("paths", "∂Loss/∂A2", "y1/A2", ("entropy-slope-sign",))])
def test_with_one_row_nothing_is_divided(form: Form, name: str, typed: str, mistakes: tuple[str, ...]) -> None:
    tutor = Tutor(Trace(load("cross-entropy"), form))
    index = index_of(tutor, name)
    assert tutor.judge(1, index, typed).mistakes == mistakes
    assert form == "paths" or tutor.hints(1, index)[0].startswith("This Z is in every output's A")


def test_the_class_that_it_is_not() -> None:
    tutor = Tutor(Trace(LESSON))
    second_row = tutor.trace.script.row_loss_index(1)
    verdict = tutor.judge(1, second_row, "-ln(A2)")
    assert verdict.mistakes == ("wrong-class",)
    assert " is −ln(A2): there the target is 0." in verdict.message


@pytest.mark.parametrize("form", ["paths", "delta"])
def test_of_a_unit_without_a_bias_none_is_forgotten(form: Form) -> None:
    tutor = Tutor(Trace(parse(toml([2, 2, 1], ["tanh", "sigmoid"], "mse", [[1, 0.5, 1], [0.3, 2, 0]], 3, bias="false"),
                              "none.toml"), form))
    assert tutor.judge(1, 0, "w13*x1 + w23*x2").reason == "exact"
    assert tutor.judge(1, 0, "w13 + w23").mistakes == ("inputs-ignored",)


def test_every_mistake_about_a_softmax_is_tried() -> None:
    tried = {mistake for *_, mistake in (*SAID, *DELTAS)} | {"wrong-class"}
    assert {mistake.id for mistake in catalogue()
            if mistake.at == "cross_slope" or (mistake.only and set(mistake.only) <= NEW)} <= tried
