"""Whether shown numbers, rounded as they are, give the shown result: the sign between both says so.

It is found out in fractions, as by hand: no binary fraction decides a tie. Half a last digit may go up or down, both
are right, so a tie counts as `=` either way.
"""

import math
from collections.abc import Iterable, Mapping
from fractions import Fraction
from functools import lru_cache

from engine.graph.expression import OPERATIONS, Expression, ExpressionError, Part, parse
from engine.graph.functions import functions
from engine.graph.quantity import Formula
from engine.text.notation import ALL_DIGITS, decimals

EQUAL, ABOUT = "=", "≈"
KNOWN = {"e": Fraction(math.e)}
NO_NUMBER = (ExpressionError, ArithmeticError, ValueError)  # such as ln(1−1), where the number was nearly 1


def read(shown: str) -> Fraction:
    """The number that a text is. Raises ValueError where it is none, or not finite."""
    return Fraction(shown.replace("−", "-"))


def sign(result: Fraction, shown: str, digits: int) -> str:
    """The sign between numbers that come to `result` and what is shown for it."""
    if digits >= ALL_DIGITS:
        return EQUAL if float(result) == float(read(shown)) else ABOUT
    return EQUAL if abs(result - read(shown)) <= Fraction(10) ** -decimals(shown, digits) / 2 else ABOUT


@lru_cache(maxsize=4096)  # from one picture to the next most lines are the same
def sign_of(formula: Formula, numbers: tuple[str, ...], shown: str, digits: int) -> str:
    """The same for a formula with shown numbers in it. One that leaves numbers out, with a `…`, is not checked."""
    expression = _expression(formula)
    try:
        names = KNOWN | {_name(k): read(written) for k, written in enumerate(numbers)}
        return sign(_compute(expression.root, names), shown, digits) if expression else EQUAL
    except NO_NUMBER:
        return ABOUT


def sign_of_product(factors: Iterable[str], shown: str, digits: int) -> str:
    """The same for shown numbers that are multiplied."""
    try:
        return sign(math.prod(map(read, factors), start=Fraction(1)), shown, digits)
    except NO_NUMBER:
        return ABOUT


def sign_of_sum(terms: Iterable[str], shown: str, digits: int) -> str:
    """The same for shown numbers that are added."""
    try:
        return sign(sum(map(read, terms), start=Fraction(0)), shown, digits)
    except NO_NUMBER:
        return ABOUT


def _compute(node: Part, names: Mapping[str, Fraction]) -> Fraction:
    """A part's value, exact but for what functions and powers that are no whole numbers give."""
    parts = [_compute(part, names) for part in node.parts]
    match node.operation:
        case "number":
            return Fraction(str(node.value))
        case "name":
            return names[node.name]
        case "call":
            return Fraction(functions()[node.name](*map(float, parts)))
        case operation:
            return Fraction(OPERATIONS[operation](*parts))


@lru_cache(maxsize=1024)
def _expression(formula: Formula) -> Expression | None:
    """A formula read, its numbers named in their order; none if it can't be read."""
    names = map(_name, range(len(formula.quantities)))
    try:
        return parse(formula.substitute(lambda _: next(names)))
    except ExpressionError:
        return None


def _name(k: int) -> str:
    return f"q{k}"
