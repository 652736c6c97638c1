"""The tutor: asks for a number, and understands the answer."""

from collections.abc import Iterator

from engine.graph.expression import Expression, ExpressionError, parse
from engine.learner.knowledge import ORIGINS, PARTIALS
from engine.text.notation import number
from engine.text.pasted import with_decimal_point
from engine.trace.trace import Trace
from engine.tutor.answer import (
    LETTERS,
    THOUSAND,
    FollowUp,
    Mistaken,
    Question,
    Slips,
    Verdict,
    letter_choices,
    letter_options,
    read,
    without_name,
)
from engine.tutor.cases import Case, cases_at
from engine.tutor.elsewhere import Elsewhere
from engine.tutor.explanations import Explanation, Explanations
from engine.tutor.judging import Judgement
from engine.tutor.known_numbers import KnownNumbers, Own, explain_unreadable
from engine.tutor.numbers import subject
from engine.tutor.precision import Precision
from engine.tutor.variables import VariableReader, idea_of, skill_of

OFFERED_ORIGINS = ("loss_slope", "slope", "weight")  # to choose from, and last the factor's own kind
OFFERED_PARTIALS = ("sum", "product", "function")  # likewise


class Tutor:
    """Asks about the steps of a trace."""

    def __init__(self, trace: Trace) -> None:
        self.trace, self.known, self._explanations = trace, KnownNumbers(trace), Explanations(trace)
        self._elsewhere = Elsewhere(self.known)

    def question(self, epoch: int, index: int) -> Question:
        """The question about the step at an index."""
        step = self.trace.script.step(index)
        line = self.trace.line(step)
        parameter = None if step.parameter_index is None else self.trace.lesson.order[step.parameter_index].name
        return Question(epoch, index + 1, step.kind.value, line.name, None if step.row is None else step.row + 1,
                        parameter, line.formula)

    def skill(self, epoch: int, index: int) -> str:
        """The skill that a step takes."""
        return skill_of(self.trace, self.trace.entry(epoch, index))

    def cases(self, epoch: int, index: int) -> frozenset[Case]:
        """The cases of the lesson that a step belongs to."""
        return frozenset(cases_at(self.trace, self.trace.entry(epoch, index)))

    def judge(self, epoch: int, index: int, text: str, slips: Slips | None = None, own: Own | None = None) -> Verdict:
        """What to say of an answer to that question; `slips` are the wrong numbers given before."""
        entry = self.trace.entry(epoch, index)
        try:
            text = without_name(text, entry.line.name)
            expression = self.read(epoch, index, text)
            answer = read(expression, text, self.known.values(expression, epoch, index, own))
            precision = Precision(self.trace, entry)
            answer = precision.with_exact_old(answer)
        except ExpressionError as error:
            return Verdict(False, "unreadable", explain_unreadable(text, error))
        verdict = Judgement(self.trace, entry, precision, answer, slips or {}, self._explanations).verdict
        if verdict.reason == "exact" and answer.digits is None:
            return verdict._replace(message=verdict.message + self._elsewhere.word(entry, index, expression))
        return verdict

    def read(self, epoch: int, index: int, text: str) -> Expression:
        """An answer to that question. Of what can be read in two ways the right one is meant: no thousands in `1,106`
        where the number has none, and what a screen shows as `0·1` is a product. Raises ExpressionError.
        """
        entry = self.trace.entry(epoch, index)
        if "·" in text and Precision(self.trace, entry).is_shown(text):
            text = text.replace("·", "*")
        text = self.known.read(epoch, index, text)
        return parse(with_decimal_point(text) if abs(entry.value) < THOUSAND else text)

    def recall(self, epoch: int, index: int) -> FollowUp | None:
        """Which factor is this, and where does it come from? None where it is no factor of a path."""
        entry = self.trace.entry(epoch, index)
        if (kind := subject(entry)) not in ORIGINS or entry.step.parameter_index is None:
            return None
        own, origins = self._origins(epoch, index, kind)
        letter = LETTERS[origins.index(own)]
        choices = letter_choices(origins)
        right = f"{entry.line.name} = {entry.line.formula}: ({letter}) {own}."
        asks = f"Which factor is {entry.line.name}?"
        return FollowUp(f"{asks} {letter_options(choices)}", asks, choices,
                        {each: f"Yes, {right}" if each == letter else f"No: {right}" for each in LETTERS}, {})

    def _origins(self, epoch: int, index: int, kind: str) -> tuple[str, list[str]]:
        """Where a factor comes from, and what there is to choose from."""
        if self.trace.lesson.formulas:
            family = VariableReader(self.trace, epoch).family(self.trace.entry(epoch, index))
            own = PARTIALS.get(family, ORIGINS[kind])
            offered = [PARTIALS[each] for each in OFFERED_PARTIALS]
            return own, [*offered, PARTIALS["power"] if own in offered else own]
        own, offered = ORIGINS[kind], [ORIGINS[each] for each in OFFERED_ORIGINS]
        return own, [*offered, ORIGINS["input"] if own in offered else own]

    def explanations(self, epoch: int, index: int) -> Iterator[Explanation]:
        """How a wrong answer to that question may have come about, nearest first."""
        return self._explanations.all(self.trace.entry(epoch, index))

    def give_up(self, epoch: int, index: int) -> Verdict:
        """The verdict on no answer: the number."""
        entry = self.trace.entry(epoch, index)
        return Verdict(False, "given-up", f"{entry.line.name} = {number(entry.value)}. {entry.why}".rstrip(), done=True,
                       value=entry.value)

    def hints(self, epoch: int, index: int, mistake: Mistaken | None = None) -> tuple[str, ...]:
        """Each deeper than the one before: the idea (that of a mistake just made, and of which number it is), the
        formula, the formula with the numbers in, the number.
        """
        entry = self.trace.entry(epoch, index)
        name, idea = entry.line.name, idea_of(self.trace, entry)
        if mistake:
            idea = f"Look at {mistake.where}: " * (mistake.where != name) + mistake.idea
        return (idea, f"{name} = {entry.line.formula}",
                f"{name} = {entry.substitution}", f"{name} = {number(entry.value)}")
