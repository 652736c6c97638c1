"""The numbers that are known where one is asked for, by the names that may stand in an answer."""

import math
from collections.abc import Mapping

from engine.graph.expression import LONGEST, Expression, ExpressionError, parse
from engine.graph.quantity import Quantity, Source
from engine.graph.step import Phase
from engine.graph.symbols import LOSS, RATE
from engine.graph.written import GREEK
from engine.text.notation import number
from engine.text.printable import printable
from engine.trace.trace import Trace
from engine.tutor.answer import as_name, with_names
from engine.tutor.numbers import Numbers
from engine.tutor.update_variables import optimizer_numbers

Own = Mapping[str, float | None]  # names that stand for the learner's own numbers (None: for none), not the true ones
CONSTANTS = {"n", "lr", "e"}  # names that are the same in every row


class KnownNumbers:
    """Of a trace, at each of its steps: what was found before it, in its row."""

    def __init__(self, trace: Trace) -> None:
        self._trace = trace

    def names(self, epoch: int, index: int) -> dict[str, float]:
        """The lesson's names that may stand in an answer, with their values in the step's row."""
        row = self._anchor(index)
        return self._constants(epoch, index) | {name: self._trace.read(epoch, quantity, row)
                                                for name, quantity in self._quantities(index).items()}

    def values(self, expression: Expression, epoch: int, index: int, own: Own | None = None,
               row: int | None = None) -> dict[str, float]:
        """Of those the ones that an expression names, in any row."""
        row = self._anchor(index) if row is None else row
        known = {as_name(name): quantity for name, quantity in self._quantities(index).items()}
        constants = {as_name(name): value for name, value in self._constants(epoch, index).items()}
        own, found = {as_name(name): value for name, value in (own or {}).items()}, dict[str, float]()
        for name in expression.names():
            if name in own:
                if (value := own[name]) is not None:
                    found[name] = value
            elif name in known:
                found[name] = self._trace.read(epoch, known[name], row)
            elif name in constants:
                found[name] = constants[name]
        return found

    def derivatives(self, epoch: int, index: int) -> list[str]:
        """Those of the names that are derivatives', but for such as look like a quotient of the lesson's names."""
        names = {**self._constants(epoch, index), **self._quantities(index)}
        return [name for name in names if name.startswith("∂") and f"d{name[1:].partition('/')[0]}" not in names]

    def calculate(self, epoch: int, index: int, text: str, own: Own | None = None) -> str:
        """A side calculation before a step: `0.2·(1−0.2) = 0.16`, or where it can't be read."""
        try:
            expression = parse(with_names(text, self.derivatives(epoch, index)))
            value = expression.compute(self.values(expression, epoch, index, own))
            return f"{printable(text.strip(), LONGEST)} = {number(value, 7)}"
        except ExpressionError as error:
            return locate(error)

    def _anchor(self, index: int) -> int:
        return self._trace.script.anchor(self._trace.script.step(index))

    def _constants(self, epoch: int, index: int) -> dict[str, float]:
        """What is the same in every row."""
        trace, script = self._trace, self._trace.script
        step = script.step(index)
        numbers = Numbers(trace, epoch, step)
        known = {"n": float(numbers.terms), "lr": numbers.read(RATE), "e": math.e}
        if step.phase is not Phase.FORWARD:
            known["Loss"] = numbers.read(LOSS)
        if step.phase is Phase.UPDATE:
            known |= self._of_optimizer(numbers)
        return known

    def _of_optimizer(self, numbers: Numbers) -> dict[str, float]:
        """What stands in an optimizer's formulas, by its names and signs: settings, what it kept, what it has found."""
        step, updates = numbers.step, self._trace.updates
        if not updates.moments and not self._trace.lesson.weight_decay:
            return {}
        later = updates.moments[step.moment:] if step.moment is not None else ()
        hidden = {"w", "gradient", *(moment.name for moment in later)}
        found = optimizer_numbers(numbers)
        known = {name: value for name, value in found.items() if name not in hidden}
        gradient = self._trace.symbols.parameter(self._trace.lesson.order[step.parameter_index or 0], Source.GRADIENT)
        known[gradient.name] = found["gradient"]
        return known | {GREEK[name]: value for name, value in known.items() if name in GREEK}

    def _quantities(self, index: int) -> dict[str, Quantity]:
        """All that is known before a step, in its row, by its name."""
        trace, lesson, symbols, script = self._trace, self._trace.lesson, self._trace.symbols, self._trace.script
        step, graph = script.step(index), trace.graph
        found = [symbols.parameter(parameter) for parameter in lesson.model.parameters.values()]
        if step.row is not None:
            found += symbols.columns
            found += [node.quantity for k, node in enumerate(graph.nodes)
                      if node.quantity.name and script.value_index(step.row, k) < index]
            if not trace.chains.by_paths:
                found += [node.quantity for k, node in enumerate(graph.adjoints)
                          if script.adjoint_index(step.row, k) < index]
        return {quantity.name: quantity for quantity in found}


def locate(error: ExpressionError) -> str:
    """What can't be read, and where in the text, from 1, if not at its start."""
    return f"{error}, at character {error.position + 1}" if error.position else str(error)


def explain_unreadable(text: str, error: ExpressionError) -> str:
    """The same, said to a person, with what is expected."""
    shown = printable(text.strip(), 40)
    return f'I can\'t read "{shown}": {locate(error)}. Type a number such as 0.3, or a formula such as 0.8·1+0.1.'
