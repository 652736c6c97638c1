"""How exact an answer must be: what is right to the digits typed, what is right but for rounding on the way.

A plain number is right if it is the value rounded to three significant digits or more, and to as many as are typed. A
formula is worth what it comes to; numbers of three digits or more in it are taken as rounded ones. Rounded on the way
is what comes out where each number that goes into this one is rounded to three digits or more. Of a new value it is
the step that must be right.
"""

import math
import re
from collections.abc import Iterable, Mapping
from functools import cached_property

from engine.graph.expression import CANCELLED, ExpressionError, parse_whole
from engine.graph.numeric import ZERO
from engine.graph.quantity import Quantity
from engine.graph.step import Kind
from engine.text.notation import number
from engine.text.pasted import retype
from engine.trace.trace import Entry, Trace
from engine.tutor.answer import LOOSELY, SAME, Answer, Typed, is_same
from engine.tutor.numbers import Instead, Numbers
from engine.tutor.written_numbers import Bounds, Compute, Inexact, WrittenNumber, name_numbers, rounded_numbers, spread

DIGITS_ASKED, DIGITS_NEARLY = 3, 2
MOST_ROUNDED, MOST_SHOWN = 6, 16  # digits to which people round on the way; that are shown
SURE_DIGITS = 5  # of numbers in a formula, with which it is right however badly they cancel; of one that is cut off
FARTHEST, STEP_OFF = 0.05, 0.005  # relative: from the value, or from the step of an update
FARTHEST_COARSE = 0.1  # of a formula with numbers of two digits: three of them at their worst would be more
CONSTANTS = {"e": math.e}
BETWEEN_TERMS = re.compile(r"\(?(?: \+ )*(?:\)/([0-9]+))?")  # what is left of a sum, or a mean, without its numbers
AS_TYPED = str.maketrans("·×⋅−[]", "***-()")



class Precision:
    """Of the number of one step; `instead` has what goes into it, where that is not what is true."""

    def __init__(self, trace: Trace, entry: Entry, instead: Instead | None = None) -> None:
        self._entry, self._value, self._formula = entry, entry.value, entry.line.numbers.whole
        self._numbers = Numbers(trace, entry.epoch, entry.step, instead)

    @cached_property
    def old(self) -> float | None:
        """The value before the update, where a new one is asked for, and it is another."""
        step, numbers = self._entry.step, self._numbers
        if step.kind is not Kind.UPDATE:
            return None
        old = numbers.read(numbers.symbols.parameter(numbers.lesson.order[step.parameter_index or 0]))
        return None if math.isclose(old, self._value, rel_tol=CANCELLED) else old

    @property
    def digits_of_step(self) -> int:
        """From how many significant digits on a new value is told from the old one."""
        old = self._value if self.old is None else self.old
        return next((k for k in range(DIGITS_ASKED, MOST_SHOWN + 1) if _round(old, k) != _round(self._value, k)),
                    MOST_SHOWN)

    @cached_property
    def digits(self) -> int:
        """How many significant digits a plain number needs: those asked for; of a new value as many as show its step,
        half of the last at most a quarter of that.
        """
        old = self._value if self.old is None else self.old
        step = abs(self._value - old) or math.inf
        return next((k for k in range(DIGITS_ASKED, MOST_SHOWN) if _half_unit(self._value, k) <= step / 4), MOST_SHOWN)

    @property
    def tolerance(self) -> float:
        """How far a plain number of so many digits may be from the right one."""
        return 0.0 if self._is_nothing else self.tolerance_at(self._value)

    def tolerance_at(self, value: float) -> float:
        """How far one may be that is meant to be another number."""
        return _half_unit(value, self.digits) if value else 0.0

    def survives(self, digits: int) -> bool:
        """Whether it still comes out if all that goes into it is as it is shown, to so many decimals."""
        shown = {name: float(number(value, digits).replace("−", "-")) for name, value in self._quantities.items()}
        try:
            return abs(self._compute(shown) - self._value) <= self.tolerance / 2
        except ExpressionError:
            return False

    def is_right(self, answer: Answer) -> bool:
        """Whether it is the number, to the digits typed."""
        if self._is_nothing and abs(answer.value) <= (0.0 if answer.typed is None else ZERO):
            return True
        if answer.value == self.old:
            return False
        if math.isclose(answer.value, self._value, rel_tol=SAME):
            return True
        return self._is_worth(answer.typed) if answer.typed else self._is_rounded(answer, DIGITS_ASKED)

    def is_nearly(self, answer: Answer) -> bool:
        """Whether it is the number rounded to two digits."""
        return self._is_rounded(answer, DIGITS_NEARLY)

    def is_too_short(self, answer: Answer) -> bool:
        """Whether it has one digit, and that could be the number's."""
        return answer.digits is not None and answer.digits - answer.zeros < DIGITS_NEARLY and answer.value != 0 and \
            abs(answer.value - self._value) <= answer.tolerance

    def is_old(self, answer: Answer) -> bool:
        """Whether it is the old value as well, to the digits typed."""
        return self.old is not None and answer.digits is not None and \
            not math.isclose(answer.value, self._value, rel_tol=SAME) and \
            abs(answer.value - self.old) <= answer.tolerance

    def is_rounded_away(self, answer: Answer) -> bool:
        """Whether the step is smaller than the digits typed show: of a new value that is given as the old one."""
        return self._is_rounded(answer, DIGITS_ASKED)

    def is_cut(self, answer: Answer) -> bool:
        """Whether it is the number with its later digits cut off, not rounded: of enough digits, of no new value."""
        off = abs(self._value) - abs(answer.value)
        unit = 2 * answer.tolerance * (1 - 2 * SAME)
        return self._entry.step.kind is not Kind.UPDATE and (answer.digits or 0) >= SURE_DIGITS and \
            self._has_sign_of(answer.value) and 0 <= off < unit

    def is_near(self, answer: Answer) -> bool:
        """Whether it is the number but for rounding on the way, or for digits that are cut off."""
        if self.is_cut(answer):
            return True
        distance = abs(answer.value - self._value)
        if not self._has_sign_of(answer.value) or not distance <= FARTHEST * abs(self._value):
            return False
        has_digits = (answer.digits or 0) >= DIGITS_ASKED
        slack = min(answer.tolerance, _half_unit(self._value, DIGITS_ASKED)) if has_digits else 0.0
        if self.old is not None:
            return answer.value != self.old and distance <= STEP_OFF * abs(self._value - self.old) + slack
        low, high = self.rounded_on_the_way
        return low - slack <= answer.value <= high + slack

    def is_shown(self, text: str) -> bool:
        """Whether a text is the formula with its numbers in, as a screen shows it, to however many digits."""
        typed = _plain(text)
        values = {quantity: self._quantities[name] for quantity, name in self._names.items()}
        for digits in range(DIGITS_ASKED, MOST_SHOWN + 2):
            shown = {quantity: number(value, digits) for quantity, value in values.items()}
            if typed == _plain(self._formula.substitute(shown.__getitem__)):
                return True
        return False

    @cached_property
    def _is_nothing(self) -> bool:
        """Whether it is 0, if only by hand: what is left where numbers cancel is rounding."""
        if abs(self._value) > ZERO:
            return False
        quantities = self._quantities
        if (divisor := self._divisor) is not None:
            terms = list(quantities.values())
            return abs(self._value) * divisor <= CANCELLED * max(map(abs, terms), default=0.0)
        try:
            return self._value == 0 or bool(self._compute(quantities) == 0)
        except ExpressionError:
            return False

    def _is_rounded(self, answer: Answer, digits: int) -> bool:
        """Whether a plain number is the value, rounded to so many digits or more."""
        if answer.digits is None or not math.isfinite(self._value) or not self._has_sign_of(answer.value):
            return False
        typed = answer.tolerance * 10.0 ** answer.zeros
        tie = CANCELLED * abs(self._value)  # of which no binary fraction decides
        return abs(answer.value - self._value) <= min(typed, _half_unit(self._value, digits)) + tie

    def _has_sign_of(self, value: float) -> bool:
        """Whether it and another are both positive or both negative: of tiny numbers the product would be 0."""
        return value > 0 < self._value or value < 0 > self._value

    @cached_property
    def _names(self) -> Mapping[Quantity, str]:
        return {quantity: f"q{k}" for k, quantity in enumerate(dict.fromkeys(self._formula.quantities))}

    @cached_property
    def _quantities(self) -> Mapping[str, float]:
        """The numbers that go into this one."""
        return {name: self._numbers.read(quantity) for quantity, name in self._names.items()}

    @cached_property
    def _divisor(self) -> int | None:
        """Of a sum of numbers, or their mean, what it is divided by."""
        found = BETWEEN_TERMS.fullmatch("".join(part for part in self._formula.parts if isinstance(part, str)))
        return int(found.group(1) or 1) if found else None

    @cached_property
    def _compute(self) -> Compute:
        expression = parse_whole(self._formula.substitute(self._names.__getitem__))
        return lambda numbers: expression.compute({**CONSTANTS, **numbers})

    @cached_property
    def rounded_on_the_way(self) -> Bounds:
        """Between what it comes to with rounded numbers; what is only copied, or given, is not rounded on any way."""
        quantities, nothing = self._quantities, (math.inf, -math.inf)
        if all(isinstance(part, Quantity) for part in self._formula.parts) or not quantities:
            return nothing
        if (divisor := self._divisor) is not None:
            lows, highs = zip(*(_box(value, DIGITS_ASKED) for value in quantities.values()), strict=True)
            return sum(lows) / divisor, sum(highs) / divisor
        for fewest in range(DIGITS_ASKED, MOST_ROUNDED + 1):
            try:
                return spread(self._compute, quantities, {name: _box(quantities[name], fewest) for name in quantities})
            except ExpressionError:  # such as ln(1−1), where a number was nearly 1
                continue
        return nothing

    def coarse_numbers(self, answer: Answer) -> list[str]:
        """Of a formula that may come to the number, were there more digits in it, the numbers with two; a whole number
        is exact, and so is one that goes into the number asked for.
        """
        if answer.typed is None:
            return []
        inexact = {place: each for place, each in rounded_numbers(answer.typed.expression, DIGITS_NEARLY).items()
                   if each.written.digits >= DIGITS_ASKED or not self._is_exact(each.value)}
        coarse = [each.text for each in inexact.values() if each.written.digits < DIGITS_ASKED]
        return list(dict.fromkeys(coarse)) if self._can_be(answer.typed, inexact, SAME, FARTHEST_COARSE) else []

    def _is_exact(self, value: float) -> bool:
        """Whether a number of two digits in a formula is as it is."""
        return value.is_integer() or any(is_same(value, abs(each)) for each in self._quantities.values())

    def _is_worth(self, typed: Typed) -> bool:
        """Whether a formula comes to the number, if the numbers in it are rounded ones."""
        inexact = rounded_numbers(typed.expression, DIGITS_ASKED)
        farthest = math.inf if self._are_sure(inexact.values()) else FARTHEST
        return self.is_shown(typed.text) or \
            self._can_be(typed, inexact, SAME if self.old is None else STEP_OFF, farthest)

    def _can_be(self, typed: Typed, inexact: Inexact, off: float, farthest: float) -> bool:
        """Whether a formula may come to the number with what stands rounded in it, or off by a share of it."""
        if not inexact or (worked_out := self._work_out(typed, inexact)) is None:
            return False
        value, (low, high) = worked_out
        start = self.old or 0.0
        size = abs(self._value - start)
        return low - off * size <= self._value <= high + off * size and (value - start) * (self._value - start) > 0 \
            and not abs(value - self._value) > farthest * size

    def with_exact_old(self, answer: Answer) -> Answer:
        """Of a formula for a new value what it comes to with the old value as it is, where that stands rounded in it,
        and as exact as its step is: beside the old value's rounding that would not be seen.
        """
        if self.old is None or (typed := answer.typed) is None or \
                (worked_out := self._work_out(typed, rounded_numbers(typed.expression, DIGITS_ASKED))) is None:
            return answer
        value, (low, high) = worked_out
        return answer._replace(value=value, tolerance=max((high - low) / 2, LOOSELY * abs(value - self.old)))

    def _work_out(self, typed: Typed, inexact: Inexact) -> tuple[float, Bounds] | None:
        """What a formula comes to, and between what with the rounded numbers in it; none if it comes to nothing. The
        old value stands for itself, however it is rounded.
        """
        at, boxes = dict(typed.names), dict[str, Bounds]()
        for place, (_, value, written) in inexact.items():
            at[name := f"#{place}"] = value
            boxes[name] = value - written.half, value + written.half
            if self.old is not None and abs(value - self.old) <= written.half:
                at[name], boxes[name] = self.old, (self.old, self.old)
        formula = typed.expression._replace(root=name_numbers(typed.expression.root, inexact))
        try:
            return formula.compute(at), spread(formula.compute, at, boxes)
        except ExpressionError:
            return None

    def _are_sure(self, numbers: Iterable[WrittenNumber]) -> bool:
        """Whether numbers are exact enough to cancel: they have five digits, or stand so on the screen."""
        shown = {shown_size(value, SURE_DIGITS) for value in self._quantities.values()}
        return all(each.written.digits >= SURE_DIGITS or abs(each.value) in shown for each in numbers)


def shown_size(value: float, digits: int) -> float:
    """How large a number is, as it is shown to so many decimals."""
    return abs(float(number(value, digits).replace("−", "-")))


def _round(value: float, digits: int) -> float:
    """To so many significant digits."""
    return float(f"{value:.{digits - 1}e}")


def _box(value: float, fewest: int) -> Bounds:
    """Between which numbers one lies that is rounded to so many digits, or more."""
    found = [value, *(_round(value, digits) for digits in range(fewest, MOST_ROUNDED + 1))]
    return min(found), max(found)


def _half_unit(value: float, digits: int) -> float:
    """Half of a number's last digit, where it has so many."""
    exponent = int(f"{value:.16e}".partition("e")[2])
    return float(f"5e{exponent - digits}") * (1 + SAME)


def _plain(text: str) -> str:
    """A formula as it may be typed, without its spaces."""
    return "".join(retype(text).split()).translate(AS_TYPED).replace("**", "^").lower()
