"""Partial derivatives of formulas, written as a person would, with the node's own name where its formula comes back."""

from collections.abc import Mapping
from fractions import Fraction
from functools import lru_cache

from engine.graph.expression import Part, parse
from engine.graph.formulas import NamedFormula
from engine.graph.functions import PRIME, known_functions
from engine.graph.parts import any_part, call_part, join, name_part, names_in, number_part, replace_names
from engine.graph.simplify import Sum, Term, part_of, simplify, term_of, terms_of

NOTHING, ONE = number_part(0.0), number_part(1.0)


@lru_cache(maxsize=4096)  # of one lesson all: they are asked for by who calculates and by who writes them
def derive(node: NamedFormula, by: str) -> Part:
    """∂node/∂by, where `by` is a name in the node's formula."""
    terms = terms_of(slope_of(node.root, by))
    if not any_part(node.root, _is_worth_a_name):
        return part_of(terms)
    with_name = _name_again(terms, term_of(terms_of(node.root)), node.name)
    return simplify(part_of(_share(with_name, node.name)))


def _is_worth_a_name(part: Part) -> bool:
    """Whether nobody works it out twice: a function, or a power that is no number."""
    return part.operation == "call" or (part.operation == "^" and bool(names_in(part.parts[1])))


def slope_of(part: Part, by: str) -> Part:
    """∂part/∂by as the rules give it: quick, to be worked out and not to be read."""
    if by not in names_in(part):
        return NOTHING
    match part.operation:
        case "name":
            return ONE
        case "+" | "-" | "negative":
            return join(part.operation, *(slope_of(inner, by) for inner in part.parts))
        case "*":
            u, v = part.parts
            return join("+", join("*", slope_of(u, by), v), join("*", u, slope_of(v, by)))
        case "/":
            u, v = part.parts
            square = join("^", v, number_part(2.0))
            return join("-", join("/", slope_of(u, by), v), join("*", join("/", u, square), slope_of(v, by)))
        case "^":
            return _slope_of_power(part, by)
    return join("*", slope_of_call(part), slope_of(part.parts[0], by))


def _slope_of_power(power: Part, by: str) -> Part:
    u, n = power.parts
    by_exponent = join("*", call_part("ln", u), slope_of(n, by))
    if by not in names_in(u):
        return join("*", power, by_exponent)
    if by not in names_in(n):
        return join("*", n, join("^", u, join("-", n, ONE)), slope_of(u, by))
    return join("*", power, join("+", join("/", join("*", n, slope_of(u, by)), u), by_exponent))


def slope_of_call(call: Part) -> Part:
    """f′(u) for f(u), by the function's one definition."""
    name, u = call.name, call.parts[0]
    function = known_functions()[name.removesuffix(PRIME)]
    template = parse(function.derivative.format(Z="u", A="A")).root
    if not name.endswith(PRIME):
        return replace_names(template, {"u": u, "A": call})
    if any_part(template, lambda part: part.name == name):
        return NOTHING  # f′ has a corner where f has one, and is level beside it
    of_u = replace_names(template, {"A": call_part(function.name, name_part("u"))})
    return replace_names(slope_of(of_u, "u"), {"u": u})


def _name_again(terms: Sum, own: Term, name: str) -> Sum:
    """The node's name wherever its formula is a factor, in brackets too."""
    return tuple(_name_in_term(term, own, name) for term in terms)


def _name_in_term(term: Term, own: Term, name: str) -> Term:
    powers, factors, coefficient = dict(term.factors), term.factors, term.coefficient
    times = _times_in(own, powers)
    left = coefficient / own.coefficient ** times
    if times and (abs(own.coefficient) == 1 or left.denominator == 1):
        for base, power in own.factors:
            powers[base] -= times * power
        coefficient = left
        factors = ((name_part(name), Fraction(times)), *((base, power) for base, power in powers.items() if power))
    return term._replace(coefficient=coefficient, factors=tuple(
        (_name_in_brackets(base, own, name), power) for base, power in factors))


def _times_in(own: Term, powers: Mapping[Part, Fraction]) -> int:
    """How many times the node's formula is a factor; below a line, as a negative number, if it is one thing."""
    times = [powers.get(base, Fraction(0)) / power for base, power in own.factors]
    return int(times[0]) if len(times) == 1 else max(min(map(int, times), default=0), 0)


def _name_in_brackets(base: Part, own: Term, name: str) -> Part:
    if base.operation not in ("+", "-"):
        return base
    return part_of(_name_again(terms_of(base), own, name))


def _share(terms: Sum, name: str) -> Sum:
    """The node's name before brackets, where it is a factor of every term: `p·(1−p)`."""
    own = name_part(name)
    least = min((dict(term.factors).get(own, Fraction(0)) for term in terms), default=Fraction(0))
    if len(terms) < 2 or least <= 0:
        return terms
    divided = [terms_of(join("/", part_of((term,)), join("^", own, number_part(float(least))))) for term in terms]
    inside = term_of(tuple(term for each in divided for term in each))
    return (inside._replace(factors=((own, least), *inside.factors)),)
