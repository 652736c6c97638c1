"""By which rule a formula is differentiated, as a teacher says it."""

from collections.abc import Callable, Iterator, Sequence

from engine.graph.expression import Part
from engine.graph.functions import PRIME, known_functions, shown_name
from engine.graph.parts import names_in
from engine.text.notation import number

Spell = Callable[[Part], str]


def name_rule(formula: Part, by: str, spell: Spell, name: str = "") -> str:
    """Which rule gives a formula's derivative by a name in it; `name` is that of the node, whose value comes back."""
    match formula.operation:
        case "+" | "-" | "negative":
            return _of_sum(list(_terms(formula)), by, spell)
        case "*":
            return _of_product(list(_factors(formula)), by, spell)
        case "/":
            return _of_quotient(formula.parts[0], formula.parts[1], by, spell)
        case "^":
            return _of_power(formula.parts[0], formula.parts[1], by, spell)
        case "call":
            return _of_call(formula, spell, name) + _inner(formula.parts[0], by, spell)
    return f"it is {by} itself, so the slope is 1"


def _of_sum(terms: Sequence[tuple[str, Part]], by: str, spell: Spell) -> str:
    those = [(sign, term) for sign, term in terms if by in names_in(term)]
    (sign, term), *others = those
    if others:
        return f"{by} stands in {len(those)} terms: each is differentiated, and their slopes are added"
    if term.operation == "name" and not others and len(terms) == 1:
        return "its sign is turned, so the slope is −1"
    if term.operation == "name":
        return f"{by} is {'added as it is' if sign == '+' else 'subtracted'}, so the slope is {'−' * (sign == '-')}1"
    only = f"of the sum only {spell(term)} has {by} in it" if len(terms) > 1 else ""
    minus = "the minus before it stays" if sign == "-" else ""
    return "; ".join(filter(None, (only, minus, name_rule(term, by, spell))))


def _terms(formula: Part, sign: str = "+") -> Iterator[tuple[str, Part]]:
    """Those of a sum, each with its sign."""
    opposite = "-" if sign == "+" else "+"
    match formula.operation:
        case "+" | "-":
            yield from _terms(formula.parts[0], sign)
            yield from _terms(formula.parts[1], sign if formula.operation == "+" else opposite)
        case "negative":
            yield from _terms(formula.parts[0], opposite)
        case _:
            yield sign, formula


def _of_product(factors: Sequence[Part], by: str, spell: Spell) -> str:
    those, rest = ([factor for factor in factors if (by in names_in(factor)) is has] for has in (True, False))
    if len(those) > 1:
        return "product rule: one factor differentiated, the others as they are, then the next; all added"
    if those[0].operation == "name":
        return f"{by} is multiplied by {' and '.join(map(spell, rest))}, so that is the slope"
    stays = [factor for factor in rest if factor.operation != "number"]
    kept = f"{' and '.join(map(spell, stays))} only multiplies and stays; " if stays else ""
    return kept + name_rule(those[0], by, spell)


def _factors(formula: Part) -> Iterator[Part]:
    for part in formula.parts if formula.operation == "*" else ():
        yield from _factors(part)
    if formula.operation != "*":
        yield formula


def _of_quotient(above: Part, below: Part, by: str, spell: Spell) -> str:
    if by not in names_in(below):
        if above.operation == "name":
            return f"{by} is divided by {spell(below)}, so the slope is 1 divided by it"
        kept = f"{spell(below)} below only divides and stays; " if below.operation != "number" else ""
        return kept + name_rule(above, by, spell)
    if by not in names_in(above):
        return f"quotient rule: {by} stands below, so there is a minus, and {spell(below)} is squared" \
            + _inner(below, by, spell)
    return "quotient rule: (u′·v − u·v′)/v², with u above and v below"


def _of_power(base: Part, exponent: Part, by: str, spell: Spell) -> str:
    if by not in names_in(exponent):
        return "power rule: the exponent comes to the front, and one less stays" + _inner(base, by, spell)
    if by in names_in(base):
        return f"{by} is in the base and in the exponent: power rule and exponential rule, added"
    return f"exponential rule: the power itself, times ln({spell(base)})" + _inner(exponent, by, spell)


def _of_call(call: Part, spell: Spell, name: str) -> str:
    """The function's derivative: its formula, which its value may be in, or, where it has a corner, both slopes."""
    shown, function = shown_name(call.name), known_functions().get(call.name)
    if function is None:
        return f"{shown} is differentiated once more"
    if PRIME in function.derivative:
        return f"{shown} has slope {number(function.slope(1.0))} above 0, {number(function.slope(-1.0))} below"
    derivative = function.derivative.format(Z="u", A=f"{shown}(u)")
    known = f"; {spell(call)} is {name}, known from the forward pass" if name and "{A}" in function.derivative else ""
    return f"the derivative of {shown}(u) is {derivative}{known}"


def _inner(inner: Part, by: str, spell: Spell) -> str:
    """That it is times the inner derivative, unless the inner is the name itself."""
    if inner.operation == "name":
        return ""
    signs = [sign if term.operation == "name" else "" for sign, term in _terms(inner) if by in names_in(term)]
    if len(signs) == 1 and signs[0]:
        return f"; the inner derivative, of {spell(inner)}, is {'−' * (signs[0] == '-')}1"
    return f"; times the inner derivative, of {spell(inner)} by {by}"
