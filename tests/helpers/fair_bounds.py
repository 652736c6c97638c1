"""How far off a number may be that passes, worked out on its own."""

import math

from engine.graph.expression import ExpressionError, parse
from engine.graph.quantity import Quantity, Source
from engine.graph.step import Kind
from engine.trace.trace import Entry, Trace
from engine.tutor.answer import Verdict
from engine.tutor.sample_answers import write

COPIED = (Source.PARAMETER, Source.A, Source.TARGET, Source.ONE)  # as factors


def may_pass(trace: Trace, entry: Entry, typed: str, verdict: Verdict) -> bool:
    """Whether a number may be accepted as it was."""
    value, off = float(typed), abs(float(typed) - entry.value)
    last = _last_digit(typed)
    if verdict.reason == "coarse":
        return off <= 0.5001 * max(_unit(entry.value, 2), last)
    old = old_value(trace, entry)
    if old is not None and value == old != entry.value:
        return False
    if off <= 0.5001 * last and last <= 1.0001 * _unit(entry.value, 3):
        return True
    if float(write(entry.value, 3)) == value:
        return True
    if old is None and 0 <= abs(entry.value) - abs(value) < last <= 1.0001 * _unit(value, 5):  # cut off
        return True
    if old is not None:
        return off <= 0.00501 * abs(entry.value - old) + 0.5001 * last
    return off <= 1.01 * _rounded_on_the_way(trace, entry) + 0.5001 * last


def _last_digit(typed: str) -> float:
    """What one of the last digit typed is worth."""
    mantissa, _, exponent = typed.partition("e")
    return 10.0 ** (int(exponent or 0) - len(mantissa.partition(".")[2]))


def _unit(value: float, digits: int) -> float:
    """What one of the last of so many significant digits is worth."""
    return 10.0 ** (int(f"{value:.{digits - 1}e}".partition("e")[2]) - digits + 1) if value else 0.0


def _rounded_on_the_way(trace: Trace, entry: Entry) -> float:
    """How far off a number is at most where each that goes into it is rounded to three significant digits."""
    row = trace.script.anchor(entry.step)
    if entry.step.kind is Kind.FACTOR and entry.line.quantity.source in COPIED:
        return 0.0
    if entry.step.kind is Kind.GRADIENT:
        k, rows = entry.step.parameter_index or 0, trace.script.batches[entry.step.batch].rows
        return sum(_unit(trace.read(1, Quantity("", Source.PRODUCT, i=k, j=-1), row), 3) / 2 for row in rows)
    formula = entry.line.numbers
    numbers = [trace.read(1, quantity, row) for quantity in formula.quantities]
    if "…" in str(formula):
        return sum(_unit(number, 3) / 2 for number in numbers) + 0.01 * abs(entry.value)

    def compute(values: list[float]) -> float | None:
        ahead = iter(values)
        try:
            return parse(formula.substitute(lambda _: repr(next(ahead)).replace("-", "−"))).compute({"e": math.e})
        except ExpressionError:
            return None
    total, right = 0.0, compute(numbers)
    for name in dict.fromkeys(formula.quantities):
        ends = [compute([number + sign * _unit(number, 3) / 2 if quantity == name else number
                         for quantity, number in zip(formula.quantities, numbers, strict=True)]) for sign in (-1, 1)]
        if right is None or None in ends:
            return 0.01 * abs(entry.value)
        total += max(abs(end - right) for end in ends if end is not None)
    return total


def old_value(trace: Trace, entry: Entry) -> float | None:
    """Of an update what it moves away from."""
    if entry.step.kind is not Kind.UPDATE:
        return None
    parameter = trace.lesson.order[entry.step.parameter_index or 0]
    return trace.read(1, trace.symbols.parameter(parameter), trace.script.anchor(entry.step))
