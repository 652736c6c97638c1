"""By which rule a slope is found, in a teacher's words."""

import pytest
from graph_lessons import attention, neuron

from engine.lesson.lesson import Lesson
from engine.trace.trace import Trace
from lessons import graph


def why(lesson: Lesson, of: str, by: str) -> str:
    drawn = Trace(lesson).graph
    (node,) = (node.quantity for node in drawn.nodes if node.quantity.name == of)
    (operand,) = (operand for operand in drawn.operands(node) if operand.name == by)
    return drawn.partial(node, operand).why(lambda _: 0.0)


@pytest.mark.parametrize(("formula", "said"), [
    ("a + b", "a is added as it is, so the slope is 1"),
    ("b - a", "a is subtracted, so the slope is −1"),
    ("a", "it is a itself, so the slope is 1"),
    ("2*a*b", "a is multiplied by 2 and b, so that is the slope"),
    ("a/b", "a is divided by b, so the slope is 1 divided by it"),
    ("b/a", "quotient rule: a stands below, so there is a minus, and a is squared"),
    ("a/(a + b)", "quotient rule: (u′·v − u·v′)/v², with u above and v below"),
    ("a*b*a", "product rule: one factor differentiated, the others as they are, then the next; all added"),
    ("a^2", "power rule: the exponent comes to the front, and one less stays"),
    ("3*(a - b)^2/2", "power rule: the exponent comes to the front, and one less stays; the inner derivative, of "
     "a−b, is 1"),
    ("sig(a*b)^2", "power rule: the exponent comes to the front, and one less stays; times the inner derivative, of "
     "sig(a·b) by a"),
    ("b*a^2", "b only multiplies and stays; power rule: the exponent comes to the front, and one less stays"),
    ("2^a", "exponential rule: the power itself, times ln(2)"),
    ("a*b + a^2", "a stands in 2 terms: each is differentiated, and their slopes are added"),
    ("b - a^2", "of the sum only a² has a in it; the minus before it stays; power rule: the exponent comes to the "
     "front, and one less stays"),
    ("exp(a)", "the derivative of exp(u) is exp(u); exp(a) is L, known from the forward pass"),
    ("ln(a*b)", "the derivative of ln(u) is 1/u; times the inner derivative, of a·b by a"),
    ("relu(a)", "ReLU has slope 1 above 0, 0 below"),
    ("b*leaky(a)", "b only multiplies and stays; leaky has slope 1 above 0, 0.01 below"),
])
def test_the_rule_is_named(formula: str, said: str) -> None:
    text = why(graph([f"L = {formula}"], {"a": 2.0, "b": 3.0}), "L", "a")
    assert text.startswith("L is ")
    assert text.endswith(f": {said}.")


def test_an_adjoint_says_from_where_it_comes_back() -> None:
    chains = Trace(attention(), "delta").chains
    said = [chains.graph.adjoint(index).why(lambda _: 0.0) for index in range(len(chains.graph.adjoints))]
    assert said[0] == "o goes into L itself: nothing else is on the way."
    assert "m goes into p1 and p2: what comes back from each, times its slope; added." in said
    assert "s1 goes into e1 alone: ∂L/∂e1 times ∂e1/∂s1." in said


def test_a_mean_says_by_what_it_is_divided() -> None:
    first = Trace(neuron()).chains.paths(0)[0][0]
    assert first.why(lambda _: 0.0) == \
        "Loss is the mean of 2 results L: their sum divided by 2, so each slope is 1/2."
