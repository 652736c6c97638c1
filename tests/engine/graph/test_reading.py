"""A lesson's formulas: what is read, and what is said of the rest, with its place."""

import math
import re

import pytest

from engine.graph.expression import ExpressionError, Part, parse
from engine.graph.formulas import NamedFormula
from engine.graph.parts import names_in
from engine.graph.reading import read_node, settle_names

KNOWN = ("a", "b", "x", "x′", "h_1", "bias")


def read(text: str, *more: str) -> NamedFormula:
    return settle_names(read_node(text), text, (*KNOWN, *more))


def spell(part: Part) -> str:
    """Every operation in brackets."""
    if not part.parts:
        return part.name or f"{part.value:g}"
    inner = [spell(each) for each in part.parts]
    return f"{part.name or part.operation}({', '.join(inner)})"


@pytest.mark.parametrize(("text", "name", "formula"), [
    ("q = a*x", "q", "*(a, x)"), ("q=a x", "q", "*(a, x)"), ("  h_1' = a*x'  ", "h_1′", "*(a, x′)"),
    ("x'' = a", "x′′", "a"), ("Größe ＝ −a", "Größe", "negative(a)"), ("q = √(a)", "q", "sqrt(a)"),
    ("q = sqrt(a)", "q", "sqrt(a)"), ("q = σ(a) + sigmoid(x) + Sig(b)", "q", "+(+(sig(a), sig(x)), sig(b))"),
    ("q = log(a)*ln'(x)", "q", "*(ln(a), ln′(x))"), ("q = relu'(a)", "q", "relu′(a)"),
    ("q = a(x + 1)", "q", "*(a, +(x, 1))"), ("q = e^-x", "q", "^(e, negative(x))"), ("e = a", "e", "a"),
])
def test_formulas_are_read(text: str, name: str, formula: str) -> None:
    node = read(text)
    assert (node.name, spell(node.root)) == (name, formula)


@pytest.mark.parametrize(("text", "position", "said"), [
    ("q a", 3, "expected a name, = and a formula, as in q = a*x"), ("q == a", 3, "one = alone"), ("", 0, "a name, ="),
    ("q = a = b", 6, "one = alone"), ("q =  ", 5, "a formula behind ="), (" = a", 1, "a name before ="),
    ("2q = a", 0, "2q is no name"), (" q q = a", 1, "q q is no name"), ("q[0] = a", 0, "is no name"),
    ("\u202eq = a", 0, "is no name"), ("exp = a", 0, "exp is a function"), ("√ = a", 0, "is a function"),
    ("η = a", 0, "is no name"), ("q = foo(x)", 4, "foo is no function; expected one of exp, ln, sqrt"),
    ("q = a*boas", 6, 'boas is no number that is known here; did you mean "bias"?'), ("q = a*(b", 8, "closing bracket"),
    ("q = sqrt a", 4, "sqrt needs a bracket"), ("q = a*#", 6, "means nothing here"), ("q = 1e999", 4, "too large"),
    ("q = " + "(" * 30, 25, "nested too deeply"), ("q = a" + "+a" * 90, 132, "too many parts"),
    ("q = " + "a" * 200, 200, "longer than 200"), ("q = x″", 5, "means nothing here"),
])
def test_every_slip_is_told_with_its_place(text: str, position: int, said: str) -> None:
    with pytest.raises(ExpressionError, match=re.escape(said)) as caught:
        read(text)
    assert caught.value.position == position


def test_parts_know_where_they_are_in_the_text() -> None:
    sum_of_two = read("q = a + x").root
    assert [part.position for part in (sum_of_two, *sum_of_two.parts)] == [6, 4, 8]


def test_e_is_a_number_unless_something_is_called_so() -> None:
    assert names_in(read("q = e^x").root) == ("x",)
    assert names_in(read("q = e^x", "e").root) == ("e", "x")
    assert parse("e^2").compute({"e": math.e}) == pytest.approx(math.exp(2))


@pytest.mark.parametrize(("text", "result"), [
    ("sqrt(9)", 3), ("√(2.25)", 1.5), ("√(9)²", 9), ("sqrt′(4)", 0.25), ("ln'(4)", 0.25), ("exp'(0)", 1),
    ("x'+h_1", 5)])
def test_answers_know_roots_and_primes(text: str, result: float) -> None:
    assert parse(text).compute({"x′": 2, "h_1": 3}) == result
