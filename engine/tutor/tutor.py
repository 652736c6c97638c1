"""The tutor: asks for a number, and understands the answer.

An answer is judged in this order: right to the digits typed; a classical mistake; right but for rounding on the way;
right from an earlier wrong number; else not recognised.
"""

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from engine.graph.expression import Expression, ExpressionError, parse
from engine.graph.quantity import Formula, Quantity
from engine.graph.step import Kind, Phase, Step
from engine.learner.knowledge import IDEAS, ORIGINS
from engine.text.notation import number
from engine.text.printable import printable
from engine.trace.symbols import RATE
from engine.trace.trace import Entry, Trace
from engine.tutor.answer import Answer, FollowUp, Question, Verdict, bare, is_same, read
from engine.tutor.mistakes import Outcome, catalogue, outcomes
from engine.tutor.variables import VariableReader, subject

DIGITS_ASKED, FEWEST_DIGITS = 3, 2
CONSTANTS = {"n", "lr", "e"}  # names that are the same in every row
ROUNDED_RELATIVE, ROUNDED_ABSOLUTE = 5e-3, 1e-4
LETTERS = "abcd"  # of a follow-up question

Slips = Mapping[Quantity, float]  # wrong numbers given before, by what they were to be


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
                        None if step.parameter_index is None else order[step.parameter_index].name, line.formula)

    def skill(self, epoch: int, index: int) -> str:
        """The skill that a step takes: see the words of the knowledge."""
        return subject(self.trace.entry(epoch, index))

    def judge(self, epoch: int, index: int, text: str, slips: Slips | None = None,
              own: Mapping[str, float | None] | None = None) -> Verdict:
        """What to say of an answer to that question. `own` are names that stand for the learner's own numbers (None:
        for none), not for the true ones.
        """
        entry = self.trace.entry(epoch, index)
        try:
            text = bare(text, entry.line.name)
            expression = parse(text)
            answer = read(expression, text, self.values(expression, epoch, index, own))
        except ExpressionError as error:
            return Verdict(False, "unreadable", f"{error}, at character {error.position + 1}")
        verdict = self._right(entry, answer) or self._mistaken(entry, answer)
        if verdict and verdict.correct and answer.digits is None:
            return replace(verdict, message=verdict.message + self._formula_word(epoch, index, expression))
        return verdict or self._near(entry, answer) or self._following(entry, answer, slips or {}) or \
            Verdict(False, "unknown", f"{answer.text} is not what {entry.line.name} comes to. {IDEAS[subject(entry)]}")

    def follow_up(self, epoch: int, index: int, text: str) -> FollowUp | None:
        """Where several mistakes give what was answered: which of them was it?"""
        entry = self.trace.entry(epoch, index)
        try:
            text = bare(text, entry.line.name)
            expression = parse(text)
            answer = read(expression, text, self.values(expression, epoch, index))
        except ExpressionError:
            return None
        return self._follow_up(entry, answer, self._candidates(entry, answer))

    def recall(self, epoch: int, index: int) -> FollowUp | None:
        """Which factor is this, and where does it come from? None where it is no factor of a path."""
        entry = self.trace.entry(epoch, index)
        if (own := subject(entry)) not in ORIGINS or entry.step.parameter_index is None:
            return None
        offered = ["loss_slope", "slope", "weight", "bias" if own == "bias" else "input"]
        letter = LETTERS[offered.index(own)]
        options = ", ".join(f"({letter}) {ORIGINS[kind]}" for letter, kind in zip(LETTERS, offered, strict=True))
        right = f"{entry.line.name} = {entry.line.formula}: ({letter}) {ORIGINS[own]}."
        return FollowUp(f"Which factor is {entry.line.name}? {options}",
                        {each: f"Yes, {right}" if each == letter else f"No: {right}" for each in LETTERS})

    def calculate(self, epoch: int, index: int, text: str, own: Mapping[str, float | None] | None = None) -> str:
        """A side calculation with what is known before a step: `0.2·(1−0.2) = 0.16`, or where it can't be read. `own`
        as in `judge`.
        """
        try:
            expression = parse(text)
            value = expression.compute(self.values(expression, epoch, index, own))
            return f"{printable(text.strip(), 60)} = {number(value, 7)}"
        except ExpressionError as error:
            return f"{error}, at character {error.position + 1}"

    def give_up(self, epoch: int, index: int) -> Verdict:
        """The verdict on no answer: the number."""
        entry = self.trace.entry(epoch, index)
        return Verdict(False, "unknown", f"{entry.line.name} = {number(entry.value)}. {entry.why}", done=True,
                       value=entry.value)

    def hints(self, epoch: int, index: int, mistake: str | None = None) -> tuple[str, ...]:
        """Each deeper than the one before: the idea (that of a mistake just made), the formula, the formula with the
        numbers in, the number.
        """
        entry = self.trace.entry(epoch, index)
        name = entry.line.name
        ideas = {each.id: each.idea for each in catalogue()}
        return (ideas.get(mistake or "", IDEAS[subject(entry)]), f"{name} = {entry.line.formula}",
                f"{name} = {entry.substitution}", f"{name} = {number(entry.value)}")

    def names(self, epoch: int, index: int) -> dict[str, float]:
        """The lesson's names that may stand in an answer, with their values in the step's row."""
        row = self.trace.script.step(index).row or 0
        return self._constants(epoch, index) | {name: self.trace.read(epoch, quantity, row)
                                                for name, quantity in self._quantities(index).items()}

    def values(self, expression: Expression, epoch: int, index: int, own: Mapping[str, float | None] | None = None,
               row: int | None = None) -> dict[str, float]:
        """Of those the ones that an expression names, in any row; `own` as in `judge`."""
        row = (self.trace.script.step(index).row or 0) if row is None else row
        known, constants, found = self._quantities(index), self._constants(epoch, index), dict[str, float]()
        for name in expression.names():
            if own and name in own:
                if (value := own[name]) is not None:
                    found[name] = value
            elif name in known:
                found[name] = self.trace.read(epoch, known[name], row)
            elif name in constants:
                found[name] = constants[name]
        return found

    def _constants(self, epoch: int, index: int) -> dict[str, float]:
        """What is the same in every row."""
        known = {"n": float(self.trace.lesson.terms), "lr": self.trace.read(epoch, RATE, None), "e": math.e}
        if self.trace.script.step(index).phase is not Phase.FORWARD:
            known["Loss"] = self.trace.epoch(epoch).loss
        return known

    def _quantities(self, index: int) -> dict[str, Quantity]:
        """All that is known before a step, in its row, by its name."""
        trace, lesson, symbols, script = self.trace, self.trace.lesson, self.trace.symbols, self.trace.script
        step = script.step(index)
        found = [symbols.parameter(parameter) for parameter in lesson.order]
        if step.row is not None:
            found += [symbols.A(unit) for unit in lesson.network.layers[0]]
            found += [symbols.target(output) for output in lesson.network.layers[-1]]
            for parameter_index, unit in enumerate(script.units):
                at = script.net_input_index(step.row, parameter_index)
                found += [symbols.Z(unit)] * (at < index) + [symbols.A(unit)] * (at + 1 < index)
            if script.deltas_end > script.forward_end:
                found += [trace.chains.delta_quantity(unit) for unit in script.units
                          if script.delta_index(step.row, unit) < index]
        return {quantity.name: quantity for quantity in found}

    def _right(self, entry: Entry, answer: Answer) -> Verdict | None:
        value = entry.value
        if is_same(answer.value, value):
            return Verdict(True, "exact", f"{entry.line.name} = {number(value)}.", done=True, value=value)
        if answer.digits is None or abs(answer.value - value) > answer.tolerance or answer.value == 0:
            return None
        if answer.digits >= DIGITS_ASKED:
            return Verdict(True, "exact", f"{entry.line.name} = {number(value)}.", done=True, value=value)
        if answer.digits < FEWEST_DIGITS and any(
                is_same(outcome.value, answer.value) for outcome in self._outcomes(entry)):
            return None
        return Verdict(True, "coarse", f"Right so far: give {DIGITS_ASKED} significant digits.")

    def _outcomes(self, entry: Entry) -> Iterator[Outcome]:
        reader = VariableReader(self.trace, entry.epoch)
        return outcomes(subject(entry), reader.family(entry), reader.variables(entry))

    def _candidates(self, entry: Entry, answer: Answer) -> list[Outcome]:
        """The mistakes that give an answer, each once."""
        found: dict[str, Outcome] = {}
        is_bare = answer.digits is not None and answer.digits < FEWEST_DIGITS  # 1 is not 0.70889 to one digit
        for outcome in self._outcomes(entry):
            is_it = is_same(outcome.value, answer.value) if is_bare else \
                abs(outcome.value - answer.value) <= answer.tolerance
            if is_it and not is_same(outcome.value, entry.value):
                found.setdefault(outcome.mistake.id, outcome)
        return list(found.values())

    def _mistaken(self, entry: Entry, answer: Answer) -> Verdict | None:
        if not (found := self._candidates(entry, answer)):
            return None
        follow_up = self._follow_up(entry, answer, found)
        message = follow_up.question if follow_up else self.explain(entry, found[0], answer.text)
        return Verdict(False, "mistake", message, tuple(outcome.mistake.id for outcome in found))

    def _follow_up(self, entry: Entry, answer: Answer, found: Sequence[Outcome]) -> FollowUp | None:
        """What separates several mistakes: the learner says which was theirs."""
        if len(found) < 2:
            return None
        told = {letter: self.explain(entry, outcome, answer.text)
                for letter, outcome in zip(LETTERS, found, strict=False)}
        options = letter_options([first_clause(text, answer.text) for text in told.values()])
        replies = {letter: f"{text} {outcome.mistake.idea}"
                   for (letter, text), outcome in zip(told.items(), found, strict=False)}
        return FollowUp(f"{answer.text} can come about in {len(found)} ways: {options}. Which was it?", replies)

    def explain(self, entry: Entry, outcome: Outcome, typed: str) -> str:
        """What is said to one who typed what a mistake gives."""
        lesson, parameter_index = self.trace.lesson, entry.step.parameter_index
        unit = entry.step.unit
        bias = "" if unit is None else number(self.trace.read(entry.epoch, self.trace.symbols.weight(None, unit), None))
        return outcome.mistake.say.format(
            typed=typed, which=outcome.which, name=entry.line.name, formula=entry.line.formula, why=entry.why,
            n=lesson.terms, bias=bias, asked="" if parameter_index is None else lesson.order[parameter_index].name)

    def _near(self, entry: Entry, answer: Answer) -> Verdict | None:
        size, distance = abs(entry.value), abs(answer.value - entry.value)
        absolute = ROUNDED_ABSOLUTE if size > ROUNDED_ABSOLUTE else 0.0  # of a smaller number nothing would be left
        if answer.value * entry.value > 0 and distance <= max(absolute, ROUNDED_RELATIVE * size):
            return Verdict(True, "rounded", f"Right but for rounding on the way: {entry.line.name} = "
                           f"{number(entry.value)}.", done=True, value=entry.value)
        return None

    def _following(self, entry: Entry, answer: Answer, slips: Slips) -> Verdict | None:
        """Whether the answer is right for one who goes on from a number that was wrong."""
        formula = self._calculation(entry)
        asked = _key(entry.line.quantity, entry.step.row)  # which explains nothing of itself
        used = [part for part in formula.parts if isinstance(part, Quantity)
                and _key(part, entry.step.row) in slips.keys() - {asked}]
        if not used or "…" in str(formula):
            return None

        def spell(quantity: Quantity) -> str:
            given = slips.get(_key(quantity, entry.step.row))
            value = self.trace.read(entry.epoch, quantity, entry.step.row) if given is None else given
            return repr(value).replace("-", "−")
        try:
            value = parse(formula.substitute(spell)).compute({"e": math.e})
        except ExpressionError:
            return None
        if answer.digits is not None and answer.digits < FEWEST_DIGITS and not is_same(answer.value, value):
            return None  # 0 is not 0.012 to one digit
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
                value = expression.compute(self.values(expression, epoch, index, row=row))
            except ExpressionError:
                return ""
            if step.kind is not Kind.PRODUCT and not is_same(value, self.trace.read(epoch, line.quantity, row)):
                return f" But {line.name} is {line.formula}: your formula gives something else in row {row + 1}."
        return ""


def letter_options(clauses: Sequence[str]) -> str:
    """What a number may be, to choose from: `(a) it is A, (b) it is 1−A`."""
    return ", ".join(f"({letter}) it {clause}" for letter, clause in zip(LETTERS, clauses, strict=False))


def first_clause(text: str, typed: str) -> str:
    """What a mistake's words say the number is: `is 1−A`."""
    return re.split(r"[:;,.](?: |$)", text.removeprefix(f"{typed} "), maxsplit=1)[0]


def passage(step: Step) -> tuple[object, ...]:
    """The stretch in which an earlier wrong number may live on: a row's forward pass, a parameter's chain."""
    return step.phase, step.parameter_index, step.row if step.parameter_index is None else None


def slip(entry: Entry, text: str, names: Mapping[str, float]) -> tuple[Quantity, float] | None:
    """What a wrong answer leaves behind, to recognise what follows from it; None where it can't be read."""
    try:
        return _key(entry.line.quantity, entry.step.row), parse(bare(text, entry.line.name)).compute(names)
    except ExpressionError:
        return None


def _key(quantity: Quantity, row: int | None) -> Quantity:
    """A quantity in its row, whatever it is called: a weight's factor is called as the weight is."""
    return replace(quantity, row=row if quantity.row is None else quantity.row)
