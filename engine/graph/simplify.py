"""An expression as a person would write it: constants together, like terms added, equal factors as powers, signs in
front. Nothing is multiplied out.

Between reading and writing an expression is a sum of terms, each a coefficient and factors; what is neither sum nor
product nor whole power, such as `ln(x)`, `x^a`, or a sum that is a factor, is a base.
"""

import math
from collections.abc import Iterable
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from engine.graph.expression import Part
from engine.graph.parts import call_part, join, number_part

Factor = tuple[Part, Fraction]  # a base, and the power it is raised to
ONE = Fraction(1)
MOST_BITS = 4000  # of a number that is raised to a power
LARGEST_FLOAT = Fraction(10) ** 308


class Term(NamedTuple):
    """`is_decimal`: the coefficient is written with a point, if it is not whole; else as a fraction."""

    coefficient: Fraction
    factors: tuple[Factor, ...] = ()
    is_decimal: bool = False

    @property
    def negative(self) -> "Term":
        """With the other sign."""
        return self._replace(coefficient=-self.coefficient)


Sum = tuple[Term, ...]


def simplify(part: Part) -> Part:
    """The same value, written as a person would."""
    return part_of(terms_of(part))


@lru_cache(maxsize=512)  # the rules of differentiation repeat what they are given
def terms_of(part: Part) -> Sum:
    """An expression as terms to be added."""
    inner = [terms_of(each) for each in part.parts]
    match part.operation:
        case "number":
            return _number(part)
        case "+":
            return _collect((*inner[0], *inner[1]))
        case "-":
            return _collect((*inner[0], *(term.negative for term in inner[1])))
        case "negative":
            return tuple(term.negative for term in inner[0])
        case "*":
            return _multiply(*inner)
        case "/":
            return _multiply(inner[0], _raise(inner[1], -ONE))
        case "^":
            return _power(*inner)
        case "call":
            return _call(part.name, part_of(inner[0]))
    return _base(part._replace(position=0))


def term_of(terms: Sum) -> Term:
    """A sum as one term: if there are several in it, it is a factor; a sign that all of them have stands before it."""
    if len(terms) == 1:
        return terms[0]
    if not terms:
        return Term(Fraction(0))
    if all(term.coefficient < 0 for term in terms):
        return Term(-ONE, ((part_of(tuple(term.negative for term in terms)), ONE),))
    return Term(ONE, ((part_of(terms), ONE),))


def _base(part: Part) -> Sum:
    return (Term(ONE, ((part, ONE),)),)


def _number(part: Part) -> Sum:
    if part.name or not math.isfinite(part.value):
        return _base(part._replace(position=0))
    value = Fraction(repr(part.value))
    return (Term(value, (), value.denominator > 1),) if value else ()


def _call(name: str, argument: Part) -> Sum:
    if name == "ln" and argument.operation == "number" and (argument.value == 1 or argument.name == "e"):
        return () if argument.value == 1 else (Term(ONE),)
    return _base(call_part(name, argument))


def _collect(terms: Iterable[Term]) -> Sum:
    """Like terms added."""
    found: dict[frozenset[Factor], Term] = {}
    for term in terms:
        key = frozenset(term.factors)
        before = found.get(key, term._replace(coefficient=Fraction(0)))
        found[key] = before._replace(coefficient=before.coefficient + term.coefficient,
                                     is_decimal=before.is_decimal or term.is_decimal)
    return tuple(term for term in found.values() if term.coefficient)


def _multiply(left: Sum, right: Sum) -> Sum:
    a, b = term_of(left), term_of(right)
    return _open(_merge(a.coefficient * b.coefficient, (*a.factors, *b.factors), a.is_decimal or b.is_decimal))


def _merge(coefficient: Fraction, factors: Iterable[Factor], is_decimal: bool) -> Term:
    """Factors multiplied, those of one base as a power."""
    powers: dict[Part, Fraction] = {}
    for base, power in factors:
        powers[base] = powers.get(base, Fraction(0)) + power
    for base, power in powers.items():
        if power.denominator == 1 and _can_open(base):
            inner = term_of(_raise(terms_of(base), power))  # what was a root of it no longer is
            if inner.factors != ((base, power),):
                del powers[base]
                factors = (*powers.items(), *inner.factors)
                return _merge(coefficient * inner.coefficient, factors, is_decimal or inner.is_decimal)
    return Term(coefficient, tuple((base, power) for base, power in powers.items() if power), is_decimal)


def _can_open(base: Part) -> bool:
    return base.operation in ("*", "/", "negative") or \
        (base.operation == "number" and not base.name and math.isfinite(base.value))


def _open(term: Term) -> Sum:
    """A term as a sum: without brackets where it is nothing but a sum, or one with the other sign."""
    if not term.coefficient:
        return ()
    if len(term.factors) == 1 and abs(term.coefficient) == 1:
        (base, power), = term.factors
        if power == 1 and base.operation in ("+", "-"):
            inner = terms_of(base)
            return inner if term.coefficient > 0 else tuple(each.negative for each in inner)
    return (term,)


def _power(base: Sum, exponent: Sum) -> Sum:
    if not exponent or (len(base) == 1 and _is_number(base[0]) and base[0].coefficient == 1):
        return (Term(ONE),)
    if len(exponent) == 1 and _is_number(exponent[0]):
        return _raise(base, exponent[0].coefficient)
    return _base(join("^", part_of(base), part_of(exponent)))


def _raise(base: Sum, power: Fraction) -> Sum:
    """A whole power of each factor; else the power of all together."""
    term = term_of(base)
    is_whole = power.denominator == 1
    if is_whole and _can_raise(term.coefficient, int(power)):
        factors = [(part, before * power) for part, before in term.factors]
        return _open(_merge(term.coefficient ** int(power), factors, term.is_decimal))
    if term.coefficient == 1 and len(term.factors) == 1 and (is_whole or term.factors[0][1] == 1):
        (part, before), = term.factors
        return (Term(ONE, ((part, before * power),)),)
    return (Term(ONE, ((part_of(base), power),)),)


def _is_number(term: Term) -> bool:
    return not term.factors


def _can_raise(number: Fraction, power: int) -> bool:
    if not number:
        return power > 0
    size = max(number.numerator.bit_length(), number.denominator.bit_length())
    return abs(number) == 1 or abs(power) * size <= MOST_BITS


def part_of(terms: Sum) -> Part:
    """Terms as an expression again; one with a plus goes first, if there is one."""
    if not terms:
        return number_part(0.0)
    first = next((term for term in terms if term.coefficient > 0), terms[0])
    part = _with_sign(first)
    for term in terms:
        if term is not first:
            part = join("+" if term.coefficient > 0 else "-", part, _fraction_of(term))
    return part


def _with_sign(term: Term) -> Part:
    part = _fraction_of(term)
    if term.coefficient > 0:
        return part
    return number_part(-part.value) if part.operation == "number" else join("negative", part)


def _fraction_of(term: Term) -> Part:
    """Without its sign: one fraction, or none where nothing is divided."""
    size = abs(term.coefficient)
    below = Fraction(_without_tens(size.denominator) if term.is_decimal else size.denominator)
    above = size * below
    over = [_as_power(base, power) for base, power in term.factors if power > 0]
    under = [_as_power(base, -power) for base, power in term.factors if power < 0]
    if above != 1 or not over:
        over.insert(0, number_part(_as_float(above)))
    if below != 1:
        under.insert(0, number_part(_as_float(below)))
    return join("/", join("*", *over), join("*", *under)) if under else join("*", *over)


def _as_power(base: Part, power: Fraction) -> Part:
    if power == 1:
        return base
    return join("^", base, _fraction_of(Term(power, is_decimal=_without_tens(power.denominator) == 1)))


def _without_tens(denominator: int) -> int:
    """What is left of it that no decimals can write."""
    for factor in (2, 5):
        while denominator % factor == 0:
            denominator //= factor
    return denominator


def _as_float(number: Fraction) -> float:
    return float(number) if number < LARGEST_FLOAT else math.inf
