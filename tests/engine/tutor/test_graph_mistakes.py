"""Every mistake about a graph's numbers is named where it is made, as one would type it; what is right is none."""

import pytest

from engine.graph.step import Kind
from engine.trace.chain import Form
from engine.trace.trace import Trace
from engine.tutor.mistakes import catalogue
from engine.tutor.tutor import Tutor
from lessons import graph

VALUES = {"w": 0.6, "b": -0.7, "c": 1.3, "p": 0.6}


def tutor_of(*nodes: str, form: Form = "paths") -> Tutor:
    return Tutor(Trace(graph(nodes, VALUES), form))


def index_of(tutor: Tutor, name: str, *kinds: Kind) -> int:
    """The first step of a name, among those of some kinds."""
    script = tutor.trace.script
    return next(index for index in range(script.length) if tutor.question(1, index).name == name
                and (not kinds or script.step(index).kind in kinds))


SLOPES = [  # a formula of w, what is typed for its slope, the mistake
    ("w*b + c", "w*b", "value-for-slope"), ("w + c", "w", "summand-for-slope"),
    ("w*w + w*b", "2*w", "taken-as-constant"), ("w + c", "1 + c", "constant-kept"),
    ("c - 2*w", "c - 2", "constant-kept"), ("b - w", "1", "minus-lost"), ("-w*b", "b", "minus-lost"),
    ("exp(-w)", "exp(-w)", "minus-lost"), ("w*b", "0", "taken-as-constant"),
    ("w^2*exp(w)", "2*w*exp(w)", "one-slope-of-product"), ("w*tanh(w)", "1*(1 - tanh(w)^2)", "product-of-slopes"),
    ("w*b", "w", "factor-kept"), ("c*w^2", "2*w", "factor-dropped"), ("w^2/c", "2*w", "factor-dropped"),
    ("(w + 1)/(w^2 + c)", "((w+1)*2*w - (w^2+c))/(w^2+c)^2", "quotient-sign"),
    ("(w + 1)/(w^2 + c)", "((w+1)*2*w + (w^2+c))/(w^2+c)^2", "quotient-plus"),
    ("(w + 1)/(w^2 + c)", "1/(2*w)", "quotient-of-slopes"),
    ("(w + 1)/(w^2 + c)", "(w^2+c - (w+1)*2*w)/(w^2+c)", "divisor-not-squared"),
    ("(w + 1)/(w^2 + c)", "1/(w^2+c)", "divisor-ignored"), ("1/w", "1/w^2", "reciprocal-sign"),
    ("c/(w^2+1)", "c*2*w/(w^2+1)^2", "reciprocal-sign"), ("1/w", "1/w", "reciprocal-for-slope"),
    ("c/w", "-1/w^2", "dividend-forgotten"),
    ("w*exp(w)", "exp(w)", "one-slope-of-product"), ("1/(w^2+1)", "1/(2*w)", "reciprocal-of-slope"),
    ("1/w", "ln(w)", "logarithm-of-reciprocal"),
    ("1/(w^2+1)", "-1/(w^2+1)^2", "inner-forgotten"), ("w^3", "3*w^3", "exponent-not-lowered"),
    ("w^3", "w^2", "exponent-not-multiplied"), ("(w*b + c)^3", "b^3", "power-of-slope"),
    ("(w*b + c)^2", "2*(w*b + c)", "inner-forgotten"), ("2^w", "w*2^(w-1)", "power-rule-for-exponential"),
    ("c^(2*w)", "2*c^(2*w)", "logarithm-of-base-forgotten"), ("c^(2*w)", "c^(2*w)*ln(c)", "inner-forgotten"),
    ("tanh(w*b)", "1 - tanh(w*b)^2", "inner-forgotten"), ("tanh(w*b)", "b", "outer-forgotten"),
    ("tanh(w*b)", "tanh(w*b)*b", "function-for-its-slope"), ("tanh(w*b)", "(1 - tanh(w*b))*b", "one-minus-function"),
    ("tanh(w)", "tanh(w)*(1 - tanh(w))", "sigmoids-slope-for-tanh"),
    ("tanh(w*b)", "(1 + tanh(w*b)^2)*b", "derivative-plus"), ("sig(w)", "sig(w)*(1 + sig(w))", "derivative-plus"),
    ("tanh(w*b)", "tanh(w*b)^2*b", "one-forgotten"), ("sig(w)", "-sig(w)^2", "one-forgotten"),
    ("tanh(w*b)", "(1 - tanh(w*b)^2)*b*tanh(w*b)", "times-activation"),
    ("softplus(w*b)", "sig(w*b)*b*w*b", "times-net-input"),
    ("sig(w)", "1 - sig(w)^2", "tanhs-slope-for-sigmoid"), ("sig(w*c)", "w*c*(1 - w*c)*c", "slope-of-the-argument"),
    ("relu(w*c)", "0", "corner-turned"), ("exp(w*b)", "exp(w*b)", "inner-forgotten"),
    ("exp(w)", "w*exp(w-1)", "exponential-as-power"), ("e^(w*b)", "w*b*e^(w*b-1)*b", "exponential-as-power"),
    ("exp(w*b)", "b/(w*b)", "exponential-as-logarithm"), ("ln(w*c)", "exp(w*c)*c", "logarithm-as-exponential"),
    ("ln(w*c)", "ln(w*c)*c", "logarithm-as-exponential"), ("ln(w*c)", "1/c", "logarithm-of-slope"),
    ("sqrt(w)", "1/sqrt(w)", "half-of-root-forgotten"), ("sqrt(w*c)", "sqrt(w*c)*c/2", "root-not-below"),
    ("softplus(w*b)", "sig(w*b)", "inner-forgotten"), ("step(w)", "1", "outer-forgotten"),
    ("leaky(w*c)", "leaky(w*c)*c", "function-for-its-slope")]
VALUE = [  # a formula, what is typed for its value, the mistake
    ("w*b + c", "-w*b + c", "sign-lost"), ("w + c", "w*c", "multiplied-for-added"), ("w*b + c", "c - w*b", "term-sign"),
    ("2*(w*c)", "2*(w + c)", "added-for-multiplied"), ("w - b", "w + b", "added-for-subtracted"),
    ("w - c", "c - w", "subtracted-backwards"), ("-(w + c)", "w + c", "minus-ignored"),
    ("w/c", "c/w", "divided-backwards"), ("w/c", "w*c", "multiplied-for-divided"),
    ("(w - c)^2", "2*(w - c)", "power-as-product"), ("(w - c)^3", "w - c", "power-ignored"),
    ("b^2 + c", "c - b^2", "negative-power"), ("(w + b)*c", "w + b*c", "brackets-ignored"),
    ("(w*c)^2", "w*c^2", "brackets-ignored"), ("w - (b + c)", "w - b + c", "brackets-ignored"),
    ("w + b*c", "(w + b)*c", "left-to-right"), ("c*w^2", "(c*w)^2", "left-to-right"),
    ("tanh(w + c)", "w + c", "function-skipped"), ("tanh(w)*c", "(1 - tanh(w)^2)*c", "slope-for-function"),
    ("exp(w)", "ln(w)", "logarithm-for-exponential"), ("ln(c)", "exp(c)", "exponential-for-logarithm"),
    ("ln(c)", "ln(c)/ln(10)", "logarithm-of-another-base"), ("sig(w)", "sig(-w)", "sign-inside-sigmoid"),
    ("w*b + c", "w*b", "term-left-out"), ("c - w*b", "-w*b", "term-left-out"),
    ("sig(c)", "exp(-c)", "exponential-alone"), ("relu(b)", "-b", "size-for-relu"),
    ("tanh(w)*c", "sig(w)*c", "other-function")]


@pytest.mark.parametrize(("formula", "typed", "mistake"), SLOPES)
def test_a_wrong_slope_is_known_by_its_mistake(formula: str, typed: str, mistake: str) -> None:
    """As a factor; and in ∂Loss/∂node, where it is multiplied with what comes back."""
    factor = tutor_of(f"L = {formula}")
    assert mistake in factor.judge(1, index_of(factor, "∂L/∂w", Kind.FACTOR), typed).mistakes
    adjoint = tutor_of("w = p", f"q = {formula}", "L = 3*q", form="delta")
    assert mistake in adjoint.judge(1, index_of(adjoint, "∂L/∂w", Kind.DELTA), f"3*({typed})").mistakes


@pytest.mark.parametrize(("formula", "typed", "mistake"), VALUE)
def test_a_wrong_value_is_known_by_its_mistake(formula: str, typed: str, mistake: str) -> None:
    tutor = tutor_of(f"L = {formula}")
    assert mistake in tutor.judge(1, 0, typed).mistakes
    assert tutor.judge(1, 0, formula).reason == "exact"


def test_it_is_said_in_which_operation_a_rule_is_wrong() -> None:
    tutor = tutor_of("L = c*tanh(w*b) + w")
    index = index_of(tutor, "∂L/∂w", Kind.FACTOR)
    assert tutor.judge(1, index, "c*tanh(w*b)*b + 1").message.endswith(
        " takes tanh(w·b) itself where its slope belongs.")
    assert tutor.judge(1, index, "c*(1 - tanh(w*b)^2) + 1").message.endswith(
        " forgets the inner derivative of tanh(w·b): what stands inside changes at its own rate.")


@pytest.mark.parametrize(("formula", "typed", "mistake"), [
    ("tanh(w)", "tanh(w)", "value-for-slope"), ("exp(2*w + b)", "exp(2*w + b)", "inner-forgotten"),
    ("w*b", "0", "taken-as-constant"), ("ln(c*w)", "ln(c*w)*c", "logarithm-as-exponential"),
    ("ln(w)", "1", "outer-forgotten"), ("2^w", "2^w", "logarithm-of-base-forgotten"),
    ("1/w", "1/w", "reciprocal-for-slope")])
def test_of_two_that_are_one_by_formula_one_is_named(formula: str, typed: str, mistake: str) -> None:
    tutor = tutor_of(f"L = {formula}")
    assert tutor.judge(1, index_of(tutor, "∂L/∂w", Kind.FACTOR), typed).mistakes == (mistake,)


ROWS = '[data]\ninputs = ["x"]\ntargets = []\nrows = [[0.5], [2.0]]'


@pytest.mark.parametrize(("name", "typed", "mistake"), [
    ("∂Loss/∂L", "1", "mean-skipped"), ("∂Loss/∂L", "n", "mean-as-count"), ("∂Loss/∂L", "L/n", "mean-of-result"),
    ("Loss", "-1.75", "sum-not-mean"), ("Loss", "-0.4375", "divided-twice"),
    ("sum of paths", "0.6*0.5/2", "one-path-only"),
    ("sum of paths", "(0.6 + 2*0.5)*x/n", "path-counted-twice"),
    ("sum of paths", "(0.5 - 0.6)*x/n", "path-sign-turned"), ("∂Loss/∂w", "0.6*2.5/2", "one-path-in-every-row")])
def test_rows_and_paths_have_mistakes_of_their_own(name: str, typed: str, mistake: str) -> None:
    """L = (w+b)·w·x: by the one path w·x, by the other (w+b)·x."""
    tutor = Tutor(Trace(graph(["q = (w + p)*x", "L = q*w - x"], {"w": 0.6, "p": -0.1}, ROWS)))
    assert mistake in tutor.judge(1, index_of(tutor, name), typed).mistakes


@pytest.mark.parametrize(("form", "name", "typed", "said"), [
    ("paths", "L", "-1.4", "belongs to row 2"), ("paths", "L", "0.25", "is the value of q"),
    ("paths", "q", "0.50", "is twice the right number"),
    ("delta", "∂Loss/∂q", "-0.15", "is half the right number with its sign turned")])
def test_whose_number_it_is_or_by_which_factor_it_is_off(form: Form, name: str, typed: str, said: str) -> None:
    tutor = Tutor(Trace(graph(["q = (w + p)*x", "L = q*w - x"], {"w": 0.6, "p": -0.1}, ROWS), form))
    assert said in tutor.judge(1, index_of(tutor, name), typed).message


@pytest.mark.parametrize(("typed", "mistake"), [
    ("2*q*f", "delta-one-path"), ("g", "delta-one-path"), ("2*q*f + 2*g", "delta-path-twice"),
    ("f + g", "delta-slope-forgotten"),
    ("-(2*q*f + g)", "delta-sign-turned"), ("2*q + 1", "delta-upstream-forgotten")])
def test_what_comes_back_to_a_node(typed: str, mistake: str) -> None:
    """L = d·f + e·g with d = q² and e = q."""
    tutor = Tutor(Trace(graph(["q = w*b", "d = q^2", "e = q + 1", "L = d*f + e*g"],
                              {"w": 0.6, "b": -0.7, "f": 1.3, "g": -0.4}), "delta"))
    assert mistake in tutor.judge(1, index_of(tutor, "∂L/∂q", Kind.DELTA), typed).mistakes


def test_every_mistake_about_a_graphs_operations_is_tried() -> None:
    tried = {mistake for _, _, mistake in (*SLOPES, *VALUE)}
    assert tried == {mistake.id for mistake in catalogue() if mistake.at in ("partial", "value")}


@pytest.mark.parametrize(("typed", "reason"), [
    ("∂L/∂d·b", "exact"), ("dL/dd*b", "exact"), ("d*b/5", "unknown"), ("∂L/∂q", "unreadable"), ("dL/dw", "unreadable")])
def test_what_came_back_can_be_named(typed: str, reason: str) -> None:
    """As it is shown, or as a keyboard writes it; not what is asked for, or what comes later."""
    tutor = tutor_of("q = w*c", "d = q*b", "L = d^2 + c", form="delta")
    assert tutor.judge(1, index_of(tutor, "∂L/∂q"), typed).reason == reason


def test_a_quotient_of_the_lessons_names_is_one() -> None:
    tutor = tutor_of("dL = w", "dd = c", "d = dL*b", "q = d*c + dd", "L = q^2", form="delta")
    assert "∂L/∂q" not in tutor.known.derivatives(1, index_of(tutor, "∂L/∂d"))
    index = index_of(tutor, "∂L/∂d")
    assert tutor.known.calculate(1, index, "dL/dd").endswith(f"= {0.6 / 1.3:.7g}")


def test_a_lessons_own_e_is_no_constant() -> None:
    tutor = tutor_of("e = tanh(w)", "L = exp(e) + c*e^2")
    index = index_of(tutor, "∂L/∂e")
    assert tutor.judge(1, index, "exp(e) + 2*c*e").reason == "exact"
    assert "something else" not in tutor.judge(1, index, "exp(e) + 2*c*e").message
    assert tutor_of("q = tanh(w)", "L = e^q").judge(1, 1, "e^q").reason == "exact"


def test_what_follows_from_a_wrong_node_is_followed() -> None:
    tutor = tutor_of("q = w*b + c", "e = exp(q)", "L = e^2")
    slip = tutor.judge(1, 0, "0.5").slip
    assert slip is not None
    verdict = tutor.judge(1, 1, "1.6487", dict([slip]))
    assert (verdict.reason, verdict.message) == ("follows", "That follows from your 0.5 for q; with the right number "
                                                 "e = 2.41090.")
