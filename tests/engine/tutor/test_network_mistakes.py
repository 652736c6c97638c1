"""Mistakes about a network's numbers are named where they are made, as one would type them, with all that is wrong."""

from collections.abc import Callable

import pytest

from engine.lesson.lesson import Lesson, load, parse
from engine.trace.chain import Form
from engine.trace.trace import Trace
from engine.tutor.tutor import Tutor
from engine.tutor.variables import VariableReader
from lessons import seeded, toml

SQUARE = {"w13": 0.15, "w23": 0.2, "b3": 0.35, "w14": 0.25, "w24": -0.3, "b4": 0.4,
          "w35": 0.4, "w45": -0.45, "b5": 0.6, "w36": 0.5, "w46": 0.55, "b6": 0.7}
ROWS = [[0.5, 0.2, 1, 0], [0.3, -0.7, 0, 1], [-0.6, 0.9, 1, 1]]


def network(f: str, output: str, loss: str) -> Lesson:
    """Two inputs, two hidden units, two outputs; three rows."""
    return parse(toml([2, 2, 2], [f, output], loss, ROWS, SQUARE), f"{f}-{loss}.toml")


TANH, SIGMOID = network("tanh", "sigmoid", "mse"), network("sigmoid", "sigmoid", "bce")
HALVES = network("tanh", "linear", "half_sse")
SAID = [  # a lesson, what is asked for in its first row, what is typed, the mistake
    (TANH, "Z3", "w13*x1 + w14*x2 + b3", "weights-transposed"), (TANH, "Z3", "w13*x1 - w23*x2 + b3", "term-sign"),
    (TANH, "Z4", "w14*x1 + w24*x2 - b4", "bias-sign"), (TANH, "Z3", "w13*x1 + w23*x2 + b4", "other-units-bias"),
    (TANH, "Z3", "w13*x1 + b3", "term-left-out"), (TANH, "Z3", "w13*x2 + w23*x1 + b3", "weights-exchanged"),
    (TANH, "A5", "exp(-Z5)", "exponential-alone"), (TANH, "A3", "sig(Z3)", "other-function"),
    (TANH, "A5", "tanh(Z5)", "other-function"),
    (TANH, "A5", "1 + exp(-Z5)", "bracket-missing"),
    (TANH, "row's loss", "((y1-A5)^2 + (y2-A6)^2)/3", "row-loss-averaged"),
    (TANH, "row's loss", "y1-A5 + y2-A6", "square-forgotten"), (TANH, "row's loss", "A5^2 + A6^2", "prediction-only"),
    (TANH, "row's loss", "(y2-A6)^2", "output-forgotten"), (TANH, "∂Loss/∂A5", "-2*A5/6", "target-missing"),
    (HALVES, "row's loss", "(y1-A5)^2 + (y2-A6)^2", "half-forgotten"),
    (SIGMOID, "row's loss", "ln(A5) + ln(1-A6)", "entropy-minus-lost"),
    (SIGMOID, "row's loss", "-ln(A5)", "entropy-term-forgotten"),
    (SIGMOID, "row's loss", "-ln(1-A5) - ln(A6)", "entropy-terms-exchanged"),
    (SIGMOID, "row's loss", "-(ln(A5) + ln(1-A6))/ln(10)", "common-logarithm"),
    (SIGMOID, "∂Loss/∂A5", "(A5-y1)/6", "delta-for-loss-slope"), (SIGMOID, "∂Loss/∂A5", "-1/A5", "n-forgotten"),
    (SIGMOID, "∂Loss/∂A5", "-1/A5/3", "outputs-not-counted"),
    (TANH, "∂A3/∂Z3", "1 - Z3^2", "net-input-in-derivative"), (TANH, "∂A3/∂Z3", "1 + A3^2", "derivative-plus"),
    (TANH, "∂A3/∂Z3", "A3^2", "one-forgotten"), (TANH, "∂A3/∂Z3", "A3*(1-A3)", "sigmoids-slope-for-tanh"),
    (TANH, "∂A5/∂Z5", "A5*(1+A5)", "derivative-plus"), (TANH, "∂A5/∂Z5", "-A5^2", "one-forgotten"),
    (TANH, "∂A5/∂Z5", "1 - A5^2", "tanhs-slope-for-sigmoid"),
    (TANH, "∂A3/∂Z3", "(1-A3^2)*A3", "times-activation"), (TANH, "∂A5/∂Z5", "Z5*A5*(1-A5)", "times-net-input"),
    (TANH, "∂Z5/∂A3", "1", "weight-skipped"), (TANH, "∂Z5/∂A4", "0.45", "weight-sign-dropped"),
    (TANH, "new w13", "w13", "not-updated")]


def index_of(tutor: Tutor, name: str) -> int:
    return next(index for index in range(tutor.trace.script.length) if tutor.question(1, index).name == name)


def given(tutor: Tutor, name: str, variable: str) -> dict[str, float]:
    """What a variable of the catalogue is for a number in the first row, by which it is."""
    entry = tutor.trace.entry(1, index_of(tutor, name))
    return {each.which: each.value for each in VariableReader(tutor.trace, 1).variables(entry)[variable]}


@pytest.mark.parametrize(("lesson", "name", "typed", "mistake"), SAID)
def test_a_wrong_number_is_known_by_its_mistake(lesson: Lesson, name: str, typed: str, mistake: str) -> None:
    tutor = Tutor(Trace(lesson))
    assert tutor.judge(1, index_of(tutor, name), typed).mistakes[0] == mistake


@pytest.mark.parametrize(("lesson", "name", "typed", "mistake"), [
    (TANH, "δ5", "(y1-A5)*A5*(1-A5)", "delta-sign"), (TANH, "δ5", "(y1-A5)*A5*(1-A5)/3", "delta-sign"),
    (HALVES, "δ5", "y1-A5", "delta-sign"), (TANH, "δ3", "-(δ5*w35 + δ6*w36)*(1-A3^2)", "delta-sign"),
    (TANH, "δ3", "(δ5*w35/(w35+w45) + δ6*w36/(w36+w46))*(1-A3^2)", "error-shared"), (TANH, "δ3", "δ4", "other-unit")])
def test_a_wrong_delta_is_known_by_its_mistake(lesson: Lesson, name: str, typed: str, mistake: str) -> None:
    tutor = Tutor(Trace(lesson, "delta"))
    if typed == "δ4":  # which is found after it
        typed = repr(tutor.trace.entry(1, index_of(tutor, "δ4")).value)
    assert tutor.judge(1, index_of(tutor, name), typed).mistakes[0] == mistake


@pytest.mark.parametrize("form", ["paths", "delta"])
def test_a_gradient_is_a_sum_of_rows_and_paths(form: Form) -> None:
    tutor = Tutor(Trace(TANH, form))
    index = index_of(tutor, "∂Loss/∂w13")
    rows, value = given(tutor, "∂Loss/∂w13", "row_product"), tutor.trace.entry(1, index).value

    def judge(typed: float) -> str:
        return tutor.judge(1, index, repr(typed)).mistakes[0]
    assert judge(value - rows["row 2"]) == "row-forgotten"
    assert judge(0.15 - value) == judge(0.15 - tutor.trace.lesson.learning_rate * value) == "update-for-gradient"
    moved = tutor.judge(1, index_of(tutor, "new w13"), repr(0.15 - tutor.trace.lesson.learning_rate * rows["row 3"]))
    assert moved.mistakes[0] == "change-of-another-row"
    assert " moves by row 3 alone" in moved.message


@pytest.mark.parametrize("lesson", ["and-gate", "recurrent"])
@pytest.mark.parametrize(("typed", "mistake", "said"), [
    (lambda rows: sum(rows[:-1]) / len(rows), "row-forgotten", " leaves row {n} out:"),
    (lambda rows: sum(rows[:-1]) / (len(rows) - 1), "row-forgotten", " leaves row {n} out and does not count it:"),
    (lambda rows: sum(rows) / (len(rows) + 1), "miscounted", " divides by {more}:")])
def test_a_loss_is_made_of_all_rows(lesson: str, typed: Callable[[list[float]], float], mistake: str,
                                    said: str) -> None:
    tutor = Tutor(Trace(load(lesson)))
    index = index_of(tutor, "Loss")
    rows = [each.value for each in VariableReader(tutor.trace, 1).variables(tutor.trace.entry(1, index))["left_out"]]
    verdict = tutor.judge(1, index, repr(typed(rows)))
    assert verdict.mistakes[0] == mistake
    assert said.format(n=len(rows), more=len(rows) + 1) in verdict.message


def test_of_two_paths_through_two_units_one_is_left_out() -> None:
    tutor = Tutor(Trace(TANH))
    for name in ("sum of paths", "∂Loss/∂w13"):
        index, paths = index_of(tutor, name), given(tutor, name, "path")
        verdict = tutor.judge(1, index, repr(tutor.trace.entry(1, index).value - paths["path 2"]))
        assert verdict.mistakes[0] == "path-left-out"
        assert "leaves path 2 out" in verdict.message


AND = Tutor(Trace(load("and-gate")))


@pytest.mark.parametrize(("step", "typed", "said"), [
    (30, "0.29111", "lacks the 2 of the square and the division by 4 and has its sign turned"),
    (30, "-0.29111", "lacks the 2 of the square and the division by 4"),
    (30, "0.58222", "is not divided by 4 and has its sign turned"),
    (31, "0.41273", "is twice the right number"), (31, "-0.10318", "is half the right number with its sign turned"),
    (1, "0.6", "is twice the right number"), (28, "-0.14575", "is half the right number with its sign turned"),
    (30, "0.29694", "belongs to row 3")])
def test_all_that_is_wrong_is_said(step: int, typed: str, said: str) -> None:
    assert AND.judge(1, step - 1, typed).message.split(":")[0].endswith(said)


@pytest.mark.parametrize(("name", "typed", "said"), [
    ("∂Loss/∂A5", "(A5-y1)/6", "is (A−y)/6"), ("∂Loss/∂A5", "A5-y1", "is A−y"),
    ("∂Loss/∂A5", "1/A5/6", "where A is below its target, more A makes the loss smaller")])
def test_the_words_are_true_of_cross_entropy(name: str, typed: str, said: str) -> None:
    tutor = Tutor(Trace(SIGMOID))
    assert said in tutor.judge(1, index_of(tutor, name), typed).message


def test_the_words_fit_the_lesson() -> None:
    """A sum has no negative factors to count; without a bias none is spoken of; of two terms 2/n is 1."""
    for lesson, step, typed, said in (
            ("two-outputs", 63, "0.0315", "its own sign"), ("softmax", 3, "0.6", "adds up the weights alone"),
            ("adam", 27, "1056.25", "the square that comes in")):
        assert said in Tutor(Trace(load(lesson))).judge(1, step - 1, typed).message
    adam = Tutor(Trace(load("adam")))
    assert "two-and-n-forgotten" not in adam.judge(1, 7, "4").mistakes
    slip = adam.judge(1, 26, "1056.25").follow_up
    assert slip
    assert "g²" in adam.hints(1, 26, slip.mistakes["a"])[0]


def test_a_plain_factor_is_named_last() -> None:
    """−0.5·(−0.14555) lacks the 2, with the sign turned: no need to say that it is half."""
    for typed, mistake in (("0.07278", "two-forgotten"), ("0.14555", "residual-sign"), ("-0.036389", "scaled")):
        assert AND.judge(1, 29, typed).mistakes == (mistake,)


@pytest.mark.parametrize("typed", ["0", "1"])
def test_a_zero_or_one_is_no_other_rows(typed: str) -> None:
    """Row 3's product for w13 is 0."""
    assert "other-row" not in AND.judge(1, 34, typed).mistakes


def test_only_the_nearest_are_looked_at() -> None:
    """A slip is made with a near one, and a large network must not be slow."""
    trace = Trace(seeded([20, 20, 20], ["tanh", "sigmoid"]), "delta")
    for name in ("Z25", "new w1,21"):
        found = VariableReader(trace, 1).variables(trace.entry(1, index_of(Tutor(trace), name)))
        assert max(map(len, found.values())) == 8
    numbers = VariableReader(trace, 1).variables(trace.entry(1, index_of(Tutor(trace), "Z25")))["Z_other"]
    assert [each.which for each in numbers[:4]] == ["Z24", "Z26", "Z23", "Z27"]
