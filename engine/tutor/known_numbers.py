"""The numbers that are known where one is asked for, by the names that may stand in an answer."""

import math
import re
from collections.abc import Collection, Mapping, Sequence
from functools import cached_property

from engine.graph.expression import LONGEST, Expression, ExpressionError, parse
from engine.graph.quantity import Quantity, Source
from engine.graph.step import Phase
from engine.graph.symbols import LOSS, RATE
from engine.graph.written import GREEK
from engine.text.notation import number
from engine.text.printable import printable
from engine.trace.trace import Trace
from engine.tutor.answer import DELTA, LETTERS, as_name, with_names
from engine.tutor.numbers import Numbers
from engine.tutor.update_variables import optimizer_numbers

Own = Mapping[str, float | None]  # names that stand for the learner's own numbers (None: for none), not the true ones
STRAY_LETTER = re.compile(rf"([{LETTERS}])\s*([-+−]?[0-9]*[.,][0-9]+|[-+−][0-9]+)")  # where no name could be meant
IN_WORDS = r"Σ|(?<!\w)(?:rows?|sum|product|path)(?!\w)"  # how formulas that go over rows or paths are shown
EULER = "e"  # which is the same everywhere
CONSTANTS = {"n", "lr", EULER}  # names that are the same in every row


class KnownNumbers:
    """Of a trace, at each of its steps: what was found before it, in its row."""

    def __init__(self, trace: Trace) -> None:
        self.trace = trace
        self._kept: tuple[int, dict[str, Quantity]] = -1, {}
        self._factors: dict[int, dict[str, Quantity]] = {}  # by the index of the parameter whose chain comes next

    def names(self, epoch: int, index: int) -> dict[str, float]:
        """The lesson's names that may stand in an answer, with their values in the step's row."""
        row = self._anchor(index)
        return self.constants(epoch, index) | {name: self.trace.read(epoch, quantity, row)
                                                for name, quantity in self._quantities(index).items()}

    def values(self, expression: Expression, epoch: int, index: int, own: Own | None = None) -> dict[str, float]:
        """Of those the ones that an expression names, as it does."""
        row, constants, found = self._anchor(index), self.constants(epoch, index), dict[str, float]()
        own = {as_name(name): value for name, value in (own or {}).items()}
        for written, meant in self.meanings(expression, epoch, index, own).items():
            value = self.trace.read(epoch, meant, row) if isinstance(meant, Quantity) else \
                own[meant] if meant in own else constants[meant]
            if value is not None:
                found[written] = value
        return found

    def meanings(self, expression: Expression, epoch: int, index: int,
                 own: Collection[str] = ()) -> dict[str, Quantity | str]:
        """What the names in an expression mean at a step: a quantity of its row, one of the learner's own numbers, a
        constant. A name may be typed in small or capital letters, and δ3 as delta3 or d3, where that is one name alone.
        """
        if not (typed := set(expression.names())):
            return {}
        known = self._calculators_names(index)
        constants, found = self.constants(epoch, index).keys(), dict[str, Quantity | str]()
        for written in typed:
            is_own = written in self._own_names or written in known or written in constants or written in own
            name = written if is_own else find_name(written, {*own, *known, *constants})
            if name is not None and (name in own or (name in constants and name not in known)):
                found[written] = name
            elif name in known:
                found[written] = known[name]
        return found

    def derivatives(self, epoch: int, index: int) -> list[str]:
        """Those of the names that are derivatives', but for such as look like a quotient of the lesson's names."""
        names = {**self.constants(epoch, index), **self._quantities(index), **self._derivatives(index)}
        return [name for name in names if name.startswith("∂") and f"d{name[1:].partition('/')[0]}" not in names]

    def read(self, epoch: int, index: int, text: str) -> str:
        """A text in which the names that the calculator knows stand for those that a person writes: of the derivatives
        and of the products of paths. As long as it was.
        """
        if "/" in text:
            text = with_names(text, self.derivatives(epoch, index))
        return re.sub(r"(?<!\w)path ([0-9]+)(?!\w)", r"path_\1", text)

    def calculate(self, epoch: int, index: int, text: str, own: Own | None = None) -> str:
        """A side calculation before a step: `0.2·(1−0.2) = 0.16`, or where it can't be read."""
        try:
            expression = parse(self.read(epoch, index, text))
            value = expression.compute(self.values(expression, epoch, index, own))
            return f"{printable(text.strip(), LONGEST)} = {number(value, 7)}"
        except ExpressionError as error:
            return locate(error)

    def _anchor(self, index: int) -> int:
        return self.trace.script.anchor(self.trace.script.step(index))

    def _row(self, index: int) -> int | None:
        """The row that a step's names are of: its own, or the only one of its batch, but where an optimizer's numbers
        have names of their own.
        """
        trace, step = self.trace, self.trace.script.step(index)
        rows, is_plain = trace.script.batches[step.batch].rows, not (trace.updates.moments or trace.lesson.weight_decay)
        return rows.start if len(rows) == 1 and (is_plain or step.phase is not Phase.UPDATE) else step.row

    def constants(self, epoch: int, index: int) -> dict[str, float]:
        """What is the same in every row."""
        trace, script = self.trace, self.trace.script
        step = script.step(index)
        numbers = Numbers(trace, epoch, step)
        known = {"n": float(numbers.terms), "lr": numbers.read(RATE), EULER: math.e}
        if step.phase is not Phase.FORWARD:
            known["Loss"] = numbers.read(LOSS)
        if step.phase is Phase.UPDATE:
            known |= self._of_optimizer(numbers)
        return known

    def _of_optimizer(self, numbers: Numbers) -> dict[str, float]:
        """What stands in an optimizer's formulas, by its names and signs: settings, what it kept, what it has found."""
        step, updates = numbers.step, self.trace.updates
        if not updates.moments and not self.trace.lesson.weight_decay:
            return {}
        later = updates.moments[step.moment:] if step.moment is not None else ()
        hidden = {"w", "gradient", *(moment.name for moment in later)}
        found = optimizer_numbers(numbers)
        known = {name: value for name, value in found.items() if name not in hidden}
        return known | {GREEK[name]: value for name, value in known.items() if name in GREEK}

    def _quantities(self, index: int) -> dict[str, Quantity]:
        """All that is known before a step, in its row, by its name."""
        trace, symbols, script = self.trace, self.trace.symbols, self.trace.script
        row, graph = self._row(index), trace.graph
        found = list(self._parameters)
        if row is not None:
            found += symbols.columns
            found += [node.quantity for k, node in enumerate(graph.nodes)
                      if node.quantity.name and script.value_index(row, k) < index]
            if not trace.chains.by_paths:
                found += [node.quantity for k, node in enumerate(graph.adjoints)
                          if script.adjoint_index(row, k) < index]
        return {quantity.name: quantity for quantity in found}

    @cached_property
    def _gradients(self) -> Sequence[Quantity]:
        """In the lesson's order."""
        return [self.trace.symbols.parameter(parameter, Source.GRADIENT) for parameter in self.trace.lesson.order]

    @cached_property
    def _parameters(self) -> Sequence[Quantity]:
        return [*map(self.trace.symbols.parameter, self.trace.lesson.model.parameters.values())]

    def _calculators_names(self, index: int) -> dict[str, Quantity]:
        """All that is known before a step, by the names that the calculator has for it; the last are kept."""
        if self._kept[0] != index:
            quantities = {**self._derivatives(index), **self._quantities(index)}
            self._kept = index, {as_name(name): quantity for name, quantity in quantities.items()}
        return self._kept[1]

    @cached_property
    def _own_names(self) -> frozenset[str]:
        """The lesson's names: each is that number's alone, also before it is known."""
        trace = self.trace
        nodes = (node.quantity.name for node in trace.graph.nodes)
        return frozenset([*trace.lesson.model.parameters, *(column.name for column in trace.symbols.columns), *nodes])

    def _derivatives(self, index: int) -> dict[str, Quantity]:
        """What was found of chains before a step, in its row: factors, the products of paths, gradients."""
        trace, script = self.trace, self.trace.script
        step, row, found = script.step(index), self._row(index), dict[str, Quantity]()
        batch = script.batches[step.batch]
        if row is not None and not trace.chains.by_paths:
            found |= {f"∂{trace.symbols.loss.name}/∂{trace.graph.adjoint_of(k).name}": node.quantity
                      for k, node in enumerate(trace.graph.adjoints) if script.adjoint_index(row, k) < index}
        if step.parameter_index is None:
            return found
        if row is not None:
            found |= self._factors_of(step.parameter_index, row, index)
        if row is not None and trace.chains.by_paths:
            found |= self._factors_before(step.parameter_index)
        return found | {gradient.name: gradient for k, gradient in enumerate(self._gradients)
                        if batch.gradient_index(k) < index}

    def _factors_of(self, parameter_index: int, row: int, before: int) -> dict[str, Quantity]:
        """A row's factors of one parameter, and the products of its paths, that stand before a step; in the δ form also
        those that come with the product, which are no steps.
        """
        chains, script, found = self.trace.chains, self.trace.script, dict[str, Quantity]()
        last = before - 1 if chains.by_paths else before
        for path, factors in enumerate(chains.paths(parameter_index)):
            found |= {factor.name: factor.quantity for k, factor in enumerate(factors)
                      if script.chain_index(parameter_index, row, path, k) <= last}
            if script.chain_index(parameter_index, row, path, None) < before:
                found[f"path_{path + 1}"] = chains.product_quantity(parameter_index, path)
        return found

    def _factors_before(self, parameter_index: int) -> dict[str, Quantity]:
        """The factors of the chains of all parameters before one: every way on from each leads to the Loss."""
        trace, graph = self.trace, self.trace.graph
        if parameter_index not in self._factors:
            ahead, seen = list(map(trace.symbols.parameter, trace.lesson.order[:parameter_index])), set[Quantity]()
            found = dict[str, Quantity]()
            while ahead:
                by = ahead.pop()
                for of in graph.users(by):
                    partial = graph.partial(of, by)
                    found[partial.name] = partial.quantity
                    if of not in seen and of != graph.root:
                        seen.add(of)
                        ahead.append(of)
            self._factors[parameter_index] = found
        return self._factors[parameter_index]


def find_name(written: str, names: Collection[str]) -> str | None:
    """Which of some names is meant: itself; or, if there is one, that which differs in small and capital letters alone,
    or in a δ that is spelled out.
    """
    if written in names:
        return written
    meant = [name for name in names if _spell(written) == _spell(name) or (
        name.startswith(DELTA) and _spell(written) in (f"d{name[1:]}", f"delta{name[1:]}"))]
    return meant[0] if len(meant) == 1 else None


def _spell(name: str) -> str:
    """A name without the difference between small and capital letters."""
    return name.casefold()


def locate(error: ExpressionError) -> str:
    """What can't be read, and where in the text, from 1, if not at its start."""
    return f"{error}, at character {error.position + 1}" if error.position else str(error)


def explain_unreadable(text: str, error: ExpressionError) -> str:
    """The same, said to a person, with what is expected."""
    shown = printable(text.strip(), 40)
    if re.search(IN_WORDS, text, re.IGNORECASE):
        return f'"{shown}" is in words: put the numbers in, as in 0.3+0.1 for row 1 + row 2, (0.3+0.1)/2 for 1/2·Σ.'
    if stray := STRAY_LETTER.fullmatch(text.strip()):
        letter, alone = stray.groups()
        return f'I can\'t read "{shown}": the {letter} before {alone} chooses nothing here. Type {alone} alone.'
    return f'I can\'t read "{shown}": {locate(error)}. Type a number such as 0.3, or a formula such as 0.8·1+0.1.'
