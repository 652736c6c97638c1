"""Formulas written with quantities, and nodes taken apart."""

import pytest

from engine.graph.expression import parse
from engine.graph.formulas import NamedFormula
from engine.graph.quantity import Quantity, Source
from engine.graph.splitting import split
from engine.graph.written import write
from engine.text.notation import number

VALUES = {"a": -2.0, "b": 3.0, "c": -0.5}
QUANTITIES = {name: Quantity(name.upper(), Source.VALUE, i=i) for i, name in enumerate(VALUES)}


@pytest.mark.parametrize(("text", "shown", "numbers"), [
    ("a*(b*c)", "A·B·C", "−2·3·(−0.5)"), ("(a+b)*c", "(A+B)·C", "(−2+3)·(−0.5)"),
    ("a-(b-c)", "A−(B−C)", "−2−(3−(−0.5))"),
    ("a+(b-c)", "A+B−C", "−2+3−(−0.5)"), ("a/(b*c)", "A/(B·C)", "−2/(3·(−0.5))"), ("a/b/c", "A/B/C", "−2/3/(−0.5)"),
    ("a^2", "A²", "(−2)²"), ("2*c^3", "2·C³", "2·(−0.5)³"), ("a^4", "A^4", "(−2)^4"), ("-a^2", "−A²", "−(−2)²"),
    ("(-a)^2", "(−A)²", "(−(−2))²"), ("b^(a-1)", "B^(A−1)", "3^(−2−1)"), ("(b^2)^3", "(B²)³", "(3²)³"),
    ("b^-1", "B^(−1)", "3^(−1)"), ("b^a", "B^A", "3^(−2)"), ("a - -b", "A−(−B)", "−2−(−3)"),
    ("2(a+1)", "2·(A+1)", "2·(−2+1)"),
    ("tanh(a)^2", "tanh²(A)", "tanh²(−2)"), ("tanh(a)^3", "tanh(A)³", "tanh(−2)³"), ("√(b)^2", "√(B)²", "√(3)²"),
    ("relu'(a)^2", "ReLU′(A)²", "ReLU′(−2)²"), ("exp(-a)", "exp(−A)", "exp(−(−2))"), ("ln(b)/2", "ln(B)/2", "ln(3)/2"),
    ("1e-9*b", "1e−9·B", "1e−9·3"),
])
def test_brackets_stand_where_they_are_needed(text: str, shown: str, numbers: str) -> None:
    root = parse(text).root
    formula = write(root, QUANTITIES)
    assert str(formula) == shown
    substituted = formula.substitute(lambda quantity: number(VALUES[quantity.name.lower()]))
    assert substituted == numbers
    assert parse(substituted).compute({}) == pytest.approx(parse(text).compute(VALUES), rel=1e-12)


def test_settings_are_written_in_greek() -> None:
    assert str(write(parse("w - lr*m_hat/(sqrt(s) + epsilon) - lambda*beta1").root, {})) == \
        "w−lr·m_hat/(√(s)+ε)−λ·β1"


@pytest.mark.parametrize(("formulas", "taken", "expected"), [
    (["L = (a*b + c)*f"], "abcf", ["u1 = a·b", "u2 = u1+c", "L = u2·f"]),
    (["L = -y*ln(p)/2"], "yp", ["u1 = −y", "u2 = ln(p)", "u3 = u1·u2", "L = u3/2"]),
    (["u1 = a*x + b", "L = (tanh(u1) - u3)^2"], ["a", "x", "b", "u3"],
     ["u2 = a·x", "u1 = u2+b", "u4 = tanh(u1)", "u5 = u4−u3", "L = u5²"]),
    (["L = (2/3)*x + sqrt(2)"], "x", ["u1 = 2/3·x", "L = u1+√(2)"]), (["q = a"], "a", ["q = a"]),
])
def test_nodes_are_taken_apart(formulas: list[str], taken: list[str], expected: list[str]) -> None:
    pairs = [text.split(" = ") for text in formulas]
    nodes = split([NamedFormula(name, parse(formula).root) for name, formula in pairs], taken)
    assert [f"{node.name} = {write(node.root, {})}" for node in nodes] == expected
