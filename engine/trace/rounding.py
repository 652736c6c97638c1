"""Whether shown numbers, rounded as they are, give the shown result: the sign between both says so."""

import math
import re
from collections.abc import Sequence
from functools import lru_cache

from engine.graph.expression import Expression, ExpressionError, parse
from engine.graph.quantity import Formula
from engine.text.notation import number

EQUAL, ABOUT = "=", "≈"
LARGER = re.compile(r"max\((.+), (.+)\)")  # how a rectifier is written, which the calculator does not know
KNOWN = {"e": math.e}


def read(shown: str) -> float:
    """The number that a text is. Raises ValueError where it is none."""
    return float(shown.replace("−", "-"))


def sign(result: float, shown: str, digits: int) -> str:
    """The sign between numbers that come to `result` and what is shown for it."""
    return EQUAL if read(number(result, digits)) == read(shown) or math.isnan(result) else ABOUT


@lru_cache(maxsize=4096)  # from one picture to the next most lines are the same
def sign_of(formula: Formula, numbers: Sequence[str], shown: str, digits: int) -> str:
    """The same for a formula with shown numbers in it. One that leaves numbers out, with a `…`, is not checked."""
    terms = _terms(formula)
    names = KNOWN | {_name(k): read(written) for k, written in enumerate(numbers)}
    try:
        return sign(max(term.compute(names) for term in terms), shown, digits) if terms else EQUAL
    except ExpressionError:  # such as ln(1−1), where the number was nearly 1
        return ABOUT


@lru_cache(maxsize=1024)
def _terms(formula: Formula) -> tuple[Expression, ...]:
    """What a formula is the largest of, mostly one term, its numbers named in their order; none if it can't be read."""
    names = map(_name, range(len(formula.quantities)))
    text = formula.substitute(lambda _: next(names))
    larger = LARGER.fullmatch(text)
    try:
        return tuple(map(parse, larger.groups() if larger else (text,)))
    except ExpressionError:
        return ()


def _name(k: int) -> str:
    return f"q{k}"
