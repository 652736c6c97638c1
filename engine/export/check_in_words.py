"""A gradient check as it is read: a line for each h, and what is to be seen in it."""

import math
from collections.abc import Iterator
from itertools import groupby

from engine.text.notation import align_point, number
from engine.trace.gradient_check import CLOSE, Difference, GradientCheck, error_of

LOSS_DIGITS, QUOTIENT_DIGITS = 14, 10  # so many that it is seen how few of them differ
CORNER = "corner"
ALL_OF_FLOAT = 16  # digits that double precision has, about
STEEPNESS = (30.0, 300.0)  # between these the error falls as h² does when h becomes a tenth
MOST_NAMED = 3  # corners
EXACT = 1e-9  # an error up to which the curve is not bent, but for rounding
FEWEST_DIGITS = 3  # in which two numbers agree that are the same


def title_of(check: GradientCheck) -> str:
    """`Gradient check of ∂Loss/∂w13`."""
    return heading_of(check.loss, check.parameter.name)


def heading_of(loss: str, name: str) -> str:
    """The same of a check that is not made yet."""
    return f"Gradient check of ∂{loss}/∂{name}"


def idea_of(check: GradientCheck) -> str:
    """What is done, and what is to be compared."""
    name, loss = check.parameter.name, check.loss
    return (f"Without any chain rule: {loss} is worked out anew with {name} = {number(check.value)} a little larger, "
            f"by h, and a little smaller. If {_gradient(check)} = {number(check.gradient)} is right, "
            f"{close_to_it(loss, name)}.")


def close_to_it(loss: str, name: str) -> str:
    """What the quotient comes to if a gradient is right."""
    return f"the quotient ({loss} at {name}+h − {loss} at {name}−h) / 2h comes close to it"


def heads_of(loss: str, name: str) -> tuple[str, ...]:
    """Of the table's columns. `digits left`: of the difference."""
    return "h", f"{loss} at {name}+h", f"{loss} at {name}−h", "quotient", "error", "digits left"


def cells_of(each: Difference) -> tuple[str, ...]:
    """A line of the table, and whether a corner lies between."""
    error = f"{each.error:.1e}" if each.error else "0"
    return (size_of(each), _loss(each.above), _loss(each.below),
            number(each.quotient, QUOTIENT_DIGITS), _exponent(error), str(each.digits), CORNER * bool(each.corners))


def _loss(value: float) -> str:
    """With all its digits, the last too where that is 0."""
    text = number(value, LOSS_DIGITS)
    if not math.isfinite(value) or "e" in text:
        return text
    whole = str(int(abs(value)) or "")
    return f"{value:.{LOSS_DIGITS - len(whole)}f}".replace("-", "−")


def line_of(check: GradientCheck, each: Difference) -> str:
    """The same in words."""
    _, above, below, quotient, error, digits, corner = cells_of(each)
    name, best = check.parameter.name, ", the best" * (each is check.best)
    return (f"h = {size_of(each)}{best}: {check.loss} {above} at {name}+h, {below} at {name}−h; quotient {quotient}, "
            f"error {error}, digits left {digits}" + f", {corner} between" * bool(corner))


def size_of(each: Difference) -> str:
    """`1e−5`."""
    return _exponent(f"{each.h:.0e}")


def _exponent(text: str) -> str:
    """`1.2e-05` as `1.2e−5`, `1.0e+00` as `1.0`."""
    mantissa, _, exponent = text.partition("e")
    return f"{mantissa}e{int(exponent)}".replace("-", "−") if int(exponent or 0) else mantissa


def _gradient(check: GradientCheck) -> str:
    return f"∂{check.loss}/∂{check.parameter.name}"


def findings_of(check: GradientCheck) -> Iterator[str]:
    """What comes of it: whether the gradient holds, what the sheet has, which corners were in between."""
    best = check.best
    if best is None:
        yield f"{_nothing_in(check)}. There is nothing to compare."
        return
    yield _verdict(check, best)
    if check.claimed is not None:
        yield _compare_claim(check.claimed, best.quotient)
    if strange := [size_of(each) for each in check.differences if not math.isfinite(each.quotient)]:
        yield f"With h = {' and '.join(strange)} {check.loss} is no number on one of the sides."
    yield from _on_corners(check)
    if check.decay:
        yield (f"Weight decay is no part of this {check.loss}: λ·{check.parameter.name} joins the gradient behind it, "
               "in the update.")


def reasons_in(check: GradientCheck) -> Iterator[str]:
    """Why h is best neither larger nor smaller."""
    if check.best:
        yield from _on_large(check, check.best)
        yield from _on_tiny(check)


def _nothing_in(check: GradientCheck) -> str:
    """Why no h shows anything."""
    first, name = check.differences[0], check.parameter.name
    if check.is_lost(first):
        return (f"{name}+h is {name} itself with every h, since a computer's numbers end after some {ALL_OF_FLOAT} "
                f"digits: h is lost beside {number(check.value)}")
    if math.isfinite(first.above) and math.isfinite(first.below):
        return f"{check.loss} stays as it is with every h: what h changes is lost beside {number(first.above)}"
    return f"{check.loss} is no number beside {name}"


def _verdict(check: GradientCheck, best: Difference) -> str:
    if not any(each.above != each.below for each in check.differences) and not check.gradient:
        return f"{check.loss} is the same on both sides, whatever h is: the gradient is 0, and right."
    if best.digits < FEWEST_DIGITS:
        return "With no h are enough digits left to compare."
    digits = min(math.floor(-math.log10(best.error)), best.digits) if best.error else best.digits
    if digits < FEWEST_DIGITS:
        return "With no h do quotient and gradient agree."
    return f"Best is h = {size_of(best)}: quotient and gradient agree to {digits} digits, so it is right."


def _on_large(check: GradientCheck, best: Difference) -> Iterator[str]:
    first, second = check.differences[:2]
    if best is first and check.gradient and first.error < EXACT and not first.corners:
        yield "Along this parameter the curve is a line or a parabola: the quotient is exact however large h is."
    elif second.error and STEEPNESS[0] < first.error / second.error < STEEPNESS[1]:
        yield "Not larger: the curve bends in between. The error falls as h²: a tenth of h, a hundredth of the error."


def _on_tiny(check: GradientCheck) -> Iterator[str]:
    last = check.differences[-1]
    if not last.corners and (last.above != last.below or check.gradient):
        left = f"{check.parameter.name}+h is {check.parameter.name} itself" if check.is_lost(last) else \
            f"all{f' but {last.digits}' * bool(last.digits)} of some {ALL_OF_FLOAT} digits cancel"
        yield f"Not smaller: at h = {size_of(last)} {left}: error {cells_of(last)[4]}."


def _on_corners(check: GradientCheck) -> Iterator[str]:
    """Which h reach a corner, and what is there; at a corner itself all do."""
    struck = [each for each in check.differences if each.corners]
    for _, group in groupby(struck, key=lambda each: each.corners):
        of = list(group)
        first = of[0].corners[0]
        sizes = size_of(of[0]) if len(of) == 1 else f"{size_of(of[0])} to {size_of(of[-1])}"
        named = [corner.name + ("" if corner.row is None else f" (row {corner.row + 1})")
                 for corner in of[0].corners[:MOST_NAMED]]
        more = f" and {len(of[0].corners) - MOST_NAMED} more" if len(of[0].corners) > MOST_NAMED else ""
        verb = "passes" if len(of[0].corners) == 1 else "pass"
        yield (f"A corner at h = {sizes}: in between {', '.join(named)}{more} {verb} 0, where {first.function} has its "
               "corner. The quotient mixes both sides of it.")
    if check.differences[-1].corners:
        yield "No h is small enough: it stands on the corner itself, where the gradient is the slope on one side."


def _compare_claim(claimed: float, quotient: float) -> str:
    """Whether it is what the quotient says; if not, what it is in terms of that."""
    if error_of(claimed, quotient) <= CLOSE:
        return f"The sheet has {number(claimed)}, as the quotient has: the sheet is right."
    times = f", {claimed / quotient:.3g} times the quotient".replace("-", "−") if quotient else ""
    if error_of(-claimed, quotient) <= CLOSE:
        times = ", the quotient but for its sign"
    return f"The sheet has {number(claimed)}{times}: the sheet is wrong."


def table_of(check: GradientCheck) -> list[list[str]]:
    """Heads, then a line for each h, the numbers of a column one below the other by their points."""
    rows = [(*cells, f"{digits:>2} {corner}".rstrip())
            for *cells, digits, corner in map(cells_of, check.differences)]
    columns = list(zip(*rows, strict=True))
    before = [max(len(text.partition(".")[0].partition("e")[0]) for text in column) for column in columns[:-1]]
    aligned = [[align_point(text, most) for text in column] for column, most in zip(columns, before, strict=False)]
    return [list(heads_of(check.loss, check.parameter.name)), *map(list, zip(*aligned, columns[-1], strict=True))]
