"""Derivatives as a person writes them, and held against complex steps through random formulas."""

import cmath
import re
from collections.abc import Callable, Mapping

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from engine.graph.derivatives import derive
from engine.graph.expression import Part, parse
from engine.graph.formulas import NamedFormula
from engine.graph.functions import Function, known_functions
from engine.graph.parts import names_in, with_constants
from engine.graph.simplify import simplify
from engine.graph.splitting import split
from engine.graph.written import write

VALUES = {"a": 0.7, "b": 1.6, "c": -0.45, "x": 2.3}
TINY, LARGEST = 1e-25, 1e4
ONE_NUMBER: Mapping[str, Callable[[complex], complex]] = {  # by the definitions, for complex numbers, too
    "exp": cmath.exp, "ln": cmath.log, "sqrt": cmath.sqrt, "tanh": cmath.tanh, "sig": lambda z: 1 / (1 + cmath.exp(-z)),
    "softplus": lambda z: cmath.log(1 + cmath.exp(z)), "relu": lambda z: z if z.real > 0 else 0.0,
    "leaky": lambda z: z if z.real > 0 else 0.01 * z, "step": lambda z: float(z.real > 0),
    "relu′": lambda z: float(z.real > 0), "leaky′": lambda z: 1.0 if z.real > 0 else 0.01}
NOISE = re.compile(r"(?<![\d.])0·|[·/^][01](?![\d.])|[−+]0(?![\d.])|[+−·/]−|[−+]\(−\w+\)(?![\^²³])")


def node(text: str) -> NamedFormula:
    name, _, formula = text.partition(" = ")
    return NamedFormula(name, parse(formula).root)


def derivative(text: str, by: str) -> str:
    return str(write(derive(node(text), by), {}))


@pytest.mark.parametrize(("text", "by", "expected"), [
    ("q = a*b", "a", "b"), ("q = u - v", "v", "−1"), ("q = u + v", "v", "1"), ("q = u^2", "u", "2·u"),
    ("q = 1/u", "u", "−1/u²"), ("q = u/v", "v", "−u/v²"), ("q = u/v", "u", "1/v"), ("e = exp(q)", "q", "e"),
    ("e = tanh(q)", "q", "1−e²"), ("L = (e - 1)^2", "e", "2·(e−1)"), ("L = a*x + b*x", "x", "a+b"),
    ("L = x^a", "a", "L·ln(x)"), ("L = x^a", "x", "a·x^(a−1)"), ("L = -y*ln(p)", "p", "−y/p"),
    ("p = exp(a)/(exp(a) + exp(b))", "a", "p·(1−p)"), ("p = sig(u)", "u", "p·(1−p)"), ("q = sqrt(u)", "u", "1/(2·q)"),
    ("q = ln(u)", "u", "1/u"), ("q = relu(u)", "u", "ReLU′(u)"), ("q = leaky(u)", "u", "leaky′(u)"),
    ("q = softplus(u)", "u", "sig(u)"), ("L = 2*3*u*u", "u", "12·u"), ("L = (y - p)^2/2", "p", "p−y"),
    ("L = -(y - p)/2", "p", "1/2"), ("L = 0.01*w^2", "w", "0.02·w"), ("L = w/3", "w", "1/3"),
    ("L = w*0.5/3", "w", "0.5/3"), ("L = 0.123456789*x*1.5", "x", "0.1851851835"), ("q = u^3", "u", "3·u²"),
    ("q = u^-2", "u", "−2/u³"), ("L = (2*x + 1)^3", "x", "6·(2·x+1)²"), ("L = -(a + b)*x", "x", "−a−b"),
    ("L = x*exp(-x)", "x", "exp(−x)−L"), ("L = sqrt(x^2 + y^2)", "x", "x/L"), ("q = 2^x", "x", "q·ln(2)"),
    ("L = y*ln(p) + (1 - y)*ln(1 - p)", "p", "y/p−(1−y)/(1−p)"),
    ("L = (tanh(u) - 1)^2", "u", "2·(tanh(u)−1)·(1−tanh²(u))"),
    ("A = 1/(1 + exp(-u))", "u", "A²·exp(−u)"), ("q = u - u", "u", "0"), ("L = x^x", "x", "L·(1+ln(x))"),
    ("L = relu'(u)", "u", "0"), ("L = tanh'(u)", "u", "−2·tanh(u)·(1−tanh²(u))"),
    ("L = softplus'(u)", "u", "sig(u)·(1−sig(u))"),
    ("L = 3*exp(2*x)", "x", "2·L"), ("L = 3*sqrt(u)", "u", "3/(2·√(u))"), ("L = 1^x*u", "u", "1"),
    ("L = (x^2)^0.5", "x", "x/(x²)^0.5"), ("L = (-a - b)*x*y", "x", "−(a+b)·y"), ("L = ((2*x)^0.5)^2*u", "u", "2·x"),
    ("L = y/((u/3)^0.5*(u/3)^0.5)", "y", "3/u"),
    ("L = 1/x^a", "a", "−L·ln(x)"), ("L = x/0", "x", "1/0"), ("L = 5*x^a/2", "x", "5·a·x^(a−1)/2"),
    ("L = a*b*x", "b", "a·x"), ("L = u^0.5", "u", "0.5/u^0.5"),
])
def test_derivatives_are_written_as_a_person_would(text: str, by: str, expected: str) -> None:
    assert derivative(text, by) == expected


@pytest.mark.parametrize("f", known_functions().values(), ids=lambda f: f.name)
def test_a_functions_slope_is_what_its_formula_says(f: Function) -> None:
    for x in (0.3, 1.7, 4.0):
        formula = parse(f.derivative.format(Z="u", A="A"))
        assert formula.compute({"u": x, "A": f.value(x)}) == pytest.approx(f.slope(x), rel=1e-12)
        assert parse(f"{f.symbol}′(x)").compute({"x": x}) == f.slope(x)


def nest(formula: str, depth: int) -> str:
    """A formula in itself."""
    text = "x"
    for _ in range(depth):
        text = formula.format(text)
    return text


@pytest.mark.parametrize("formula", [
    nest("(9*{})^9", 18), nest("{}^x", 1) * 9, "^".join("x" * 19), nest("sig(x*{}-1)", 17), nest("(x+{})^(x)", 15),
    nest("x/({}+1)", 19), "*".join(f"(x+{k})" for k in range(20)), "1e300" + "*1e300" * 20 + "*x", "x^1e300*x^1e300",
    "1e-300" + "/1e300" * 20 + "*x", "x*0^-1", "(1e300*x)^40", "x*1e999", "(2*x)^1e9"])
def test_the_largest_formulas_are_derived(formula: str) -> None:
    assert derivative(f"q = {formula}", "x")


def test_e_is_a_number_where_nothing_else_is_called_so() -> None:
    power = parse("e^x").root
    euler = NamedFormula("q", with_constants(power, ("x",)))
    assert names_in(euler.root) == ("x",)
    assert [str(write(part, {})) for part in (euler.root, derive(euler, "x"))] == ["e^x", "q"]
    assert with_constants(power, ("x", "e")) == power
    assert str(write(derive(NamedFormula("q", power), "e"), {})) == "x·e^(x−1)"


def value(part: Part, values: Mapping[str, complex]) -> complex:
    """Computed without anything of the engine's. Raises ArithmeticError or ValueError outside of what is defined, or
    where the last digits would be lost.
    """
    parts = [value(inner, values) for inner in part.parts]
    match part.operation:
        case "number":
            return part.value
        case "name":
            return values[part.name]
        case "call":
            if part.name in ("ln", "sqrt") and parts[0].real <= 0:
                raise ValueError
            if part.name in ("relu", "leaky", "step", "relu′", "leaky′") and abs(parts[0]) < 1 / LARGEST:
                raise ValueError
            result = ONE_NUMBER[part.name](parts[0])
        case "^":
            base, power = parts
            is_whole = not part.parts[1].parts and power.real.is_integer() and not power.imag
            if base.real <= 0 and not is_whole:
                raise ValueError
            result = base ** int(power.real) if is_whole else base ** power
        case "negative":
            return -parts[0]
        case operation:
            a, b = parts
            result = {"+": a + b, "-": a - b, "*": a * b, "/": a / b if operation == "/" else 0}[operation]
    if not abs(result) < LARGEST:
        raise ValueError
    return result


def extend(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    one_of_two = st.sampled_from(["({} + {})", "({} - {})", "{}*{}", "{}/({})", "({})*({})", "({})^({})"])
    of_one = [f"{name}({{0}})" for name in known_functions()] + ["-({0})", "({0})^2", "({0})^3", "({0})^-1"]
    return st.builds(str.format, one_of_two, inner, inner) | st.builds(str.format, st.sampled_from(of_one), inner)


LEAVES = st.sampled_from([*VALUES, *VALUES, "1", "2", "0.5", "3"])
FORMULAS = st.recursive(LEAVES, extend, max_leaves=7).map("q = {}".format)


def settled(text: str) -> tuple[NamedFormula, complex]:
    """A formula, and its value at VALUES."""
    assume(len(text) <= 200)
    found = node(text)
    try:
        return found, value(found.root, VALUES)
    except (ArithmeticError, ValueError):
        assume(False)
        raise


@settings(max_examples=400, deadline=None, suppress_health_check=list(HealthCheck))
@given(FORMULAS)
def test_derivatives_are_right(text: str) -> None:
    found, q = settled(text)
    for by in names_in(found.root):
        right = value(found.root, VALUES | {by: complex(VALUES[by], TINY)}).imag / TINY
        derived = derive(found, by)
        try:
            assert value(derived, VALUES | {"q": q}) == pytest.approx(right, rel=1e-8, abs=1e-8), derived
        except (ArithmeticError, ValueError):
            continue  # such as u·u⁻²
        shown = str(write(derived, {}))
        assert not NOISE.search(shown), shown
        assert simplify(derived) == derived, shown


@settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
@given(FORMULAS)
def test_what_is_written_is_read_again_and_nodes_taken_apart_are_worth_the_same(text: str) -> None:
    found, q = settled(text)
    for part in (found.root, simplify(found.root)):
        assert value(parse(str(write(part, {}))).root, VALUES) == pytest.approx(q, rel=1e-9, abs=1e-9)
    values = dict(VALUES)
    for each in split([found], VALUES):
        assert all(not names_in(inner) or inner.operation == "name" for inner in each.root.parts)
        values[each.name] = value(each.root, values)
    assert values["q"] == q
