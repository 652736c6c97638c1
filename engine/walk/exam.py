"""By hand: every number of a chain is the learner's own, and they are judged all together when it ends."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from engine.graph.expression import ExpressionError, parse
from engine.graph.step import Phase, Span
from engine.trace.cursor import Cursor
from engine.trace.script import Script
from engine.tutor.answer import bare
from engine.tutor.tutor import Tutor

OPEN = ""  # the answer of who gave none


def chain_around(script: Script, index: int) -> range:
    """The steps that are judged together: a row's forward pass, a row's factors and product; any other step alone."""
    step = script.step(index)
    if step.phase is Phase.FORWARD and step.row is not None:
        return range(script.net_input_index(step.row, 0), script.row_loss_index(step.row) + 1)
    return range(*script.stretch(Span.BLOCK, index))


@dataclass(slots=True)
class Exam:
    """Answers not judged yet, by the index of their step in an epoch; `values` is what they come to."""

    tutor: Tutor
    epoch: int
    answers: dict[int, str] = field(default_factory=dict)
    values: dict[int, float | None] = field(default_factory=dict)

    @classmethod
    def resumed(cls, tutor: Tutor, place: Cursor, answers: Mapping[int, str]) -> "Exam":
        """With the answers that were given before a place in its chain; what can't be read any more is open."""
        exam, script = cls(tutor, place.epoch), tutor.trace.script
        chain = chain_around(script, place.step) if place.step < script.length else ()
        for index in [index for index in chain if index in answers and index < place.step]:
            try:
                exam.write(index, answers[index])
            except ExpressionError:
                exam.write(index, OPEN)
        return exam

    def write(self, index: int, text: str) -> None:
        """Write an answer down. Raises ExpressionError where it can't be read."""
        entry = self.tutor.trace.entry(self.epoch, index)
        if text != OPEN:
            text = bare(text, entry.line.name)
            expression = parse(text)
            self.values[index] = expression.compute(self.tutor.values(expression, self.epoch, index, self.own(index)))
        else:
            self.values[index] = None
        self.answers[index] = text

    def own(self, before: int) -> dict[str, float | None]:
        """The learner's numbers by their names, of the steps before one; of an open one there is none."""
        return {self.tutor.trace.entry(self.epoch, index).line.name: value
                for index, value in self.values.items() if index < before}

    def keep_before(self, index: int) -> str:
        """The learner turns back to a step: what stands behind it is open again. Returns what they had there."""
        text = self.answers.get(index, OPEN)
        for given in [given for given in self.answers if given >= index]:
            del self.answers[given], self.values[given]
        return text
