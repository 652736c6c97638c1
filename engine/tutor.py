"""The tutor: asks for a number, and understands the answer.

An answer is judged in this order: right to the digits typed; a classical mistake; right but for rounding on the way;
right from an earlier wrong number; else not recognised.
"""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from engine.expression import Expression, ExpressionError, parse
from engine.mistakes import Outcome, outcomes
from engine.notation import number
from engine.quantity import Formula, Quantity
from engine.roles import RoleReader, subject
from engine.script import Kind, Phase, Step
from engine.text import printable
from engine.trace import Entry, Trace

Reason = Literal["exact", "coarse", "rounded", "follows", "mistake", "unknown", "unreadable"]
DIGITS_ASKED, FEWEST_DIGITS = 3, 2
CONSTANTS = {"n", "lr", "e"}  # names that are the same in every row
SAME = 1e-9  # relative: two computations of one number
ROUNDED_RELATIVE, ROUNDED_ABSOLUTE = 5e-3, 1e-4
LOOSELY = 1e-4  # relative: a formula worked out with shown numbers

IDEAS = {
    "net_input": "Multiply what comes in by its weight, add that up, add the bias.",
    "activation": "Put Z through this unit's activation.",
    "row_loss": "How far is the prediction from the target, as this loss measures it?",
    "loss": "Take the mean over all rows.",
    "loss_slope": "How does Loss change when this output changes a little? The other rows don't depend on it.",
    "slope": "How steep is the activation at this Z?",
    "weight": "Look at the sum that makes this Z: what multiplies this A in it?",
    "input": "Look at the sum that makes this Z: what multiplies this weight in it?",
    "bias": "How is the bias contained in Z?",
    "delta": "What all paths to this unit have in common.",
    "product": "Along a chain, rates of change multiply.",
    "gradient": "Every row adds its product.",
    "update": "A step against the gradient, made smaller by the learning rate.",
}


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: the number of a step. `step` counts from 1: once answered, the place is EPOCH:STEP."""

    epoch: int
    step: int
    kind: str
    name: str
    row: int | None
    parameter: str | None
    formula: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is said of an answer. While it is not `done` the question stands, and `value` is None."""

    correct: bool
    reason: Reason
    message: str
    mistakes: tuple[str, ...] = ()
    done: bool = False
    value: float | None = None


Slips = Mapping[Quantity, float]  # wrong numbers given before, by what they were to be


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer that was read: its value, and how far a number may be from it to count as the same."""

    value: float
    text: str
    tolerance: float
    digits: int | None  # significant ones, of a plain number


class Tutor:
    """Asks about the steps of a trace."""

    def __init__(self, trace: Trace) -> None:
        self.trace = trace

    def question(self, epoch: int, index: int) -> Question:
        """The question about the step at an index."""
        step = self.trace.script.step(index)
        line = self.trace.lines.line(step)
        order = self.trace.lesson.order
        return Question(epoch, index + 1, step.kind.value, line.name, None if step.row is None else step.row + 1,
                        None if step.place is None else order[step.place].name, line.formula)

    def skill(self, epoch: int, index: int) -> str:
        """The skill that a step takes: see the words of the knowledge."""
        return subject(self.trace.entry(epoch, index))

    def judge(self, epoch: int, index: int, text: str, slips: Slips | None = None) -> Verdict:
        """What to say of an answer to that question."""
        entry = self.trace.entry(epoch, index)
        try:
            expression = parse(text)
            answer = _read(expression, text, self.names(epoch, index))
        except ExpressionError as error:
            return Verdict(False, "unreadable", f"{error}, at character {error.position + 1}")
        verdict = self._right(entry, answer) or self._mistaken(entry, answer)
        if verdict and verdict.correct and answer.digits is None:
            return replace(verdict, message=verdict.message + self._formula_word(epoch, index, expression))
        return verdict or self._near(entry, answer) or self._following(entry, answer, slips or {}) or \
            Verdict(False, "unknown", f"{answer.text} is not what {entry.line.name} comes to. {IDEAS[subject(entry)]}")

    def calculated(self, epoch: int, index: int, text: str) -> str:
        """A side calculation with what is known before a step: `0.2·(1−0.2) = 0.16`, or where it can't be read."""
        try:
            return f"{printable(text.strip(), 60)} = {number(parse(text).compute(self.names(epoch, index)), 7)}"
        except ExpressionError as error:
            return f"{error}, at character {error.position + 1}"

    def given_up(self, epoch: int, index: int) -> Verdict:
        """The verdict on no answer: the number."""
        entry = self.trace.entry(epoch, index)
        return Verdict(False, "unknown", f"{entry.line.name} = {number(entry.value)}. {entry.why}", done=True,
                       value=entry.value)

    def hints(self, epoch: int, index: int) -> tuple[str, ...]:
        """Each deeper than the one before: the idea, the formula, the formula with the numbers in, the number."""
        entry = self.trace.entry(epoch, index)
        name = entry.line.name
        return (IDEAS[subject(entry)], f"{name} = {entry.line.formula}", f"{name} = {entry.substitution}",
                f"{name} = {number(entry.value)}")

    def names(self, epoch: int, index: int) -> dict[str, float]:
        """The lesson's names that may stand in an answer: all that is known before that step, in its row."""
        trace, lesson, symbols = self.trace, self.trace.lesson, self.trace.symbols
        step = trace.script.step(index)
        row = step.row or 0
        known = {"n": float(lesson.Y.size), "lr": lesson.learning_rate, "e": math.e}
        quantities = [symbols.parameter(parameter) for parameter in lesson.order]
        if step.row is not None:
            quantities += [symbols.A(unit) for unit in lesson.network.layers[0]]
            quantities += [symbols.target(output) for output in lesson.network.layers[-1]]
            for place, unit in enumerate(trace.script.units):
                at = trace.script.unit_index(row, place)
                quantities += [symbols.Z(unit)] * (at < index) + [symbols.A(unit)] * (at + 1 < index)
        known |= {quantity.name: trace.read(epoch, quantity, row) for quantity in quantities}
        if step.phase is not Phase.FORWARD:
            known["Loss"] = trace.epoch(epoch).loss
        return known

    def _right(self, entry: Entry, answer: Answer) -> Verdict | None:
        value = entry.value
        if _same(answer.value, value):
            return Verdict(True, "exact", f"{entry.line.name} = {number(value)}.", done=True, value=value)
        if answer.digits is None or abs(answer.value - value) > answer.tolerance or answer.value == 0:
            return None
        if answer.digits >= DIGITS_ASKED:
            return Verdict(True, "exact", f"{entry.line.name} = {number(value)}.", done=True, value=value)
        if any(_same(outcome.value, answer.value) for outcome in self._outcomes(entry)):
            return None
        return Verdict(True, "coarse", f"Right so far: give {DIGITS_ASKED} significant digits.")

    def _outcomes(self, entry: Entry) -> Iterator[Outcome]:
        reader = RoleReader(self.trace, entry.epoch)
        return outcomes(subject(entry), reader.family(entry), reader.roles(entry))

    def _mistaken(self, entry: Entry, answer: Answer) -> Verdict | None:
        found: dict[str, Outcome] = {}
        is_bare = answer.digits is not None and answer.digits < FEWEST_DIGITS  # 1 is not 0.70889 to one digit
        for outcome in self._outcomes(entry):
            is_it = _same(outcome.value, answer.value) if is_bare else \
                abs(outcome.value - answer.value) <= answer.tolerance
            if is_it and not _same(outcome.value, entry.value):
                found.setdefault(outcome.mistake.id, outcome)
        if not found:
            return None
        told = [self._told(entry, outcome, answer) for outcome in found.values()]
        message = told[0] if len(told) == 1 else \
            f"{answer.text} can come about in {len(told)} ways. " + " ".join(
                f"({letter}) {text}" for letter, text in zip("abcdefgh", told, strict=False)) + " Which was it?"
        return Verdict(False, "mistake", message, tuple(found))

    def _told(self, entry: Entry, outcome: Outcome, answer: Answer) -> str:
        lesson, place = self.trace.lesson, entry.step.place
        unit = entry.step.unit
        bias = "" if unit is None else number(self.trace.read(entry.epoch, self.trace.symbols.weight(None, unit), None))
        return outcome.mistake.say.format(
            typed=answer.text, which=outcome.which, name=entry.line.name, formula=entry.line.formula, why=entry.why,
            n=lesson.Y.size, bias=bias, asked="" if place is None else lesson.order[place].name)

    def _near(self, entry: Entry, answer: Answer) -> Verdict | None:
        distance = abs(answer.value - entry.value)
        if entry.value != 0 and distance <= max(ROUNDED_ABSOLUTE, ROUNDED_RELATIVE * abs(entry.value)):
            return Verdict(True, "rounded", f"Right but for rounding on the way: {entry.line.name} = "
                           f"{number(entry.value)}.", done=True, value=entry.value)
        return None

    def _following(self, entry: Entry, answer: Answer, slips: Slips) -> Verdict | None:
        """Whether the answer is right for one who goes on from a number that was wrong."""
        formula = self._calculation(entry)
        used = [part for part in formula.parts if isinstance(part, Quantity) and _key(part, entry.step.row) in slips]
        if not used or "…" in str(formula):
            return None

        def spelled(quantity: Quantity) -> str:
            given = slips.get(_key(quantity, entry.step.row))
            value = self.trace.read(entry.epoch, quantity, entry.step.row) if given is None else given
            return repr(value).replace("-", "−")
        try:
            value = parse(formula.substituted(spelled)).compute({"e": math.e})
        except ExpressionError:
            return None
        near = max(answer.tolerance, ROUNDED_ABSOLUTE, ROUNDED_RELATIVE * abs(value))
        if abs(answer.value - value) > near:
            return None
        earlier, line = number(slips[_key(used[0], entry.step.row)]), entry.line
        return Verdict(True, "follows", f"That follows from your {earlier} for {used[0].name}; with the right number "
                       f"{line.name} = {number(entry.value)}.", done=True, value=entry.value)

    def _calculation(self, entry: Entry) -> Formula:
        """A step's formula in the calculator's grammar, its quantities still named."""
        if entry.step.kind is Kind.ACTIVATION and entry.step.unit:
            unit = entry.step.unit
            f = self.trace.lesson.network.activations[unit.layer - 1]
            return Formula.of(f.formula, Z=self.trace.symbols.Z(unit))
        return entry.line.numbers

    def _formula_word(self, epoch: int, index: int, expression: Expression) -> str:
        """What to add where a formula gives the right number in this row but not in every row."""
        step = self.trace.script.step(index)
        if step.row is None or not set(expression.names()) - CONSTANTS:
            return ""
        line = self.trace.lines.line(step)
        for row in range(self.trace.lesson.rows):
            try:
                value = expression.compute(self._names_in(epoch, index, row))
            except ExpressionError:
                return ""
            if step.kind is not Kind.PRODUCT and not _same(value, self.trace.read(epoch, line.quantity, row)):
                return f" But {line.name} is {line.formula}: your formula gives something else in row {row + 1}."
        return ""

    def _names_in(self, epoch: int, index: int, row: int) -> dict[str, float]:
        """The names known before a step, with the values of another row."""
        symbols = self.trace.symbols
        names = self.names(epoch, index)
        per_row = [symbols.A(unit) for layer in self.trace.lesson.network.layers for unit in layer]
        per_row += [symbols.Z(unit) for unit in self.trace.script.units]
        per_row += [symbols.target(output) for output in self.trace.lesson.network.layers[-1]]
        return names | {quantity.name: self.trace.read(epoch, quantity, row) for quantity in per_row
                        if quantity.name in names}


def passage(step: Step) -> tuple[object, ...]:
    """The stretch in which an earlier wrong number may live on: a row's forward pass, a parameter's chain."""
    return step.phase, step.place, step.row if step.place is None else None


def slip(entry: Entry, text: str, names: Mapping[str, float]) -> tuple[Quantity, float] | None:
    """What a wrong answer leaves behind, to recognise what follows from it; None where it can't be read."""
    try:
        return _key(entry.line.quantity, entry.step.row), parse(text).compute(names)
    except ExpressionError:
        return None


def _key(quantity: Quantity, row: int | None) -> Quantity:
    """A quantity in its row, whatever it is called: a weight's factor is called as the weight is."""
    return replace(quantity, row=row if quantity.row is None else quantity.row)


def _same(a: float, b: float) -> bool:
    return math.isclose(a, b, rel_tol=SAME, abs_tol=1e-12)


def _read(expression: Expression, text: str, names: Mapping[str, float]) -> Answer:
    value = expression.compute(names)
    shown = printable(text.strip(), 40)
    if expression.literal is None:
        return Answer(value, f"{shown} = {number(value)}", LOOSELY * abs(value), None)
    mantissa, _, exponent = expression.literal.lower().partition("e")
    decimals = len(mantissa.partition(".")[2])
    unit = 10.0 ** (int(exponent or 0) - decimals)
    digits = mantissa.strip("+-").replace(".", "").lstrip("0")
    return Answer(value, shown, unit / 2 * (1 + SAME), len(digits))
