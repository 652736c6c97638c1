"""How a number is worked out from those before it, as a learner does it: step by step back to the data.

A graph has nodes and partials; a learner's working has those, and what is made of them: δ, products, gradients, an
optimizer's numbers, new values. Each is a `Number` that knows what it is made of, so that with something wrong in one,
all that depends on it can be worked out again (`recalculation.py`).
"""

import math
from abc import ABC, abstractmethod
from collections.abc import Callable, Hashable, Mapping, Sequence
from functools import cached_property, lru_cache
from itertools import pairwise

from engine.graph.expression import Expression, parse_whole
from engine.graph.line import Line
from engine.graph.quantity import Formula, Quantity, Source
from engine.graph.step import Kind, Phase, Step
from engine.trace.script import Batch
from engine.trace.trace import Trace


class Number:
    """One number of a learner's working. `rule` works it out, reading what it is made of: `operands` are those of it
    that are worked out themselves; anything else is a quantity that is given. What belongs to all rows of a batch is
    made of numbers in each of them. What it is made of is found when it is asked for: all of a network is much.
    """

    def __init__(self, line: Line, step: Step, find: Callable[[], "Contents"], is_of_row: bool = True) -> None:
        self.line, self.step, self.is_of_row, self._find = line, step, is_of_row, find

    @cached_property
    def _contents(self) -> "Contents":
        return self._find()

    @property
    def operands(self) -> Sequence["Number"]:
        """What it is made of that is worked out itself."""
        return self._contents[0]

    @property
    def rule(self) -> "Rule":
        """How it is worked out."""
        return self._contents[1]


CONSTANTS = {"e": math.e}
Read = Callable[[Number | Quantity], float]  # in the row in hand
ReadRows = Callable[[Number], Sequence[float]]  # in every row
Rule = Callable[[Read, ReadRows], float]
Contents = tuple[Sequence[Number], Rule]


class Working(ABC):
    """The numbers of a batch of rows, each made when it is asked for."""

    def __init__(self, trace: Trace, batch: Batch) -> None:
        self.trace, self.batch, self.chains = trace, batch, trace.chains_at(batch)
        self.graph, self.symbols, self.lesson = self.chains.graph, trace.symbols, trace.lesson
        self._numbers: dict[Hashable, Number] = {}

    def _once(self, key: Hashable, make: Callable[[], Number]) -> Number:
        if key not in self._numbers:
            self._numbers[key] = make()
        return self._numbers[key]

    def of_step(self, step: Step) -> Number:
        """The number that a step gives."""
        k = step.parameter_index or 0
        match step.kind:
            case Kind.LOSS:
                return self._once(Kind.LOSS, lambda: self._loss(step))
            case Kind.DELTA:
                return self.adjoint(step.node or 0)
            case Kind.FACTOR:
                return self.path(k, step.path)[step.factor or 0]
            case Kind.PRODUCT:
                return self.product(k, step.path)
            case Kind.GRADIENT:
                return self.gradient(k)
            case Kind.MOMENT | Kind.UPDATE:
                return self._of_update(step)
            case _:
                return self.node(step.node or 0)

    @abstractmethod
    def node(self, index: int) -> Number:
        """A number of the forward pass, by its index in the graph's nodes."""

    @abstractmethod
    def loss_of_row(self) -> Number:
        """What a row adds to the Loss."""

    @abstractmethod
    def adjoint(self, index: int) -> Number:
        """∂Loss/∂node, by its index in the graph's adjoints."""

    @abstractmethod
    def factor_rule(self, of: Quantity, by: Quantity) -> Contents:
        """What ∂of/∂by is made of, and how."""

    def factor(self, of: Quantity, by: Quantity, parameter_index: int | None = None, path: int = -1,
               column: int | None = None) -> Number:
        """∂of/∂by, where there is one in a chain; inside a δ it is of none."""
        def make() -> Number:
            step = Step(Kind.FACTOR, Phase.BACKWARD, parameter_index=parameter_index, path=path, factor=column,
                        batch=self.batch.number)
            return Number(self.graph.partial(of, by), step, lambda: self.factor_rule(of, by))
        return self._once((of, by), make)

    def path(self, parameter_index: int, path: int) -> list[Number]:
        """The factors of a path, in their order."""
        trail = self.chains.trails(parameter_index)[path]
        factors = [self.factor(of, by, parameter_index, path, column)
                   for column, (of, by) in enumerate(pairwise(trail))]
        if self.chains.by_paths or trail[0] == self.graph.root:
            return factors
        return [self.adjoint(self.chains.adjoint_index[trail[0]]), *factors]

    def product(self, parameter_index: int, path: int) -> Number:
        """The product of a path; of path −1 the sum over all, where there are several."""
        paths = len(self.chains.lengths(parameter_index))
        path = 0 if paths == 1 else path
        key = (Kind.PRODUCT, parameter_index, path)
        return self._once(key, lambda: self._product(parameter_index, path, paths))

    def _product(self, parameter_index: int, path: int, paths: int) -> Number:
        step = Step(Kind.PRODUCT, Phase.BACKWARD, row=self.batch.rows.start, parameter_index=parameter_index,
                    path=-1 if paths == 1 else path, batch=self.batch.number)
        def find() -> Contents:
            if path >= 0:
                factors = self.path(parameter_index, path)
                return factors, lambda read, _: math.prod(map(read, factors))
            products = [self.product(parameter_index, each) for each in range(paths)]
            return products, lambda read, _: sum(map(read, products))
        return Number(self.trace.line(step), step, find)

    def gradient(self, parameter_index: int) -> Number:
        """The sum over the rows."""
        def make() -> Number:
            product = self.product(parameter_index, -1)
            step = Step(Kind.GRADIENT, Phase.BACKWARD, parameter_index=parameter_index, batch=self.batch.number)
            return Number(self.trace.line(step), step, lambda: ([product], lambda _, rows: sum(rows(product))),
                          is_of_row=False)
        return self._once((Kind.GRADIENT, parameter_index), make)

    def _of_update(self, step: Step) -> Number:
        """An optimizer's number, or the new value."""
        return self._once(step, lambda: self._from_formula(step))

    def _from_formula(self, step: Step) -> Number:
        line = self.trace.line(step)
        return Number(line, step, lambda: self._contents_of_update(step, line.numbers), is_of_row=False)

    def _contents_of_update(self, step: Step, formula: Formula) -> Contents:
        k = step.parameter_index or 0
        moments = {self.trace.updates.moment(k, each).quantity: each for each in self.trace.updates.moments_of(k)}
        made_of = dict[Quantity, Number]()
        for quantity in formula.quantities:
            if quantity.source is Source.GRADIENT:
                made_of[quantity] = self.gradient(k)
            elif quantity.source is Source.MOMENT and quantity in moments:
                made_of[quantity] = self._of_update(step._replace(kind=Kind.MOMENT, moment=moments[quantity]))
        return calculate(formula, made_of)

    def _loss(self, step: Step) -> Number:
        of_row = self.loss_of_row()
        divisor = self.lesson.loss.divisor(self.lesson.terms_of(len(self.batch.rows)))
        return Number(self.trace.line(step), step, lambda: ([of_row], lambda _, rows: sum(rows(of_row)) / divisor),
                      is_of_row=False)


def calculate(formula: Formula, made_of: Mapping[Quantity, Number]) -> Contents:
    """A formula as a rule: of its quantities some are worked out, the others are given."""
    if len(formula.parts) == 1 and isinstance(formula.parts[0], Quantity):
        copied = made_of.get(formula.parts[0], formula.parts[0])
        return [copied] if isinstance(copied, Number) else [], lambda read, _: read(copied)
    expression, quantities = _expression(formula)
    operands = [(name, made_of.get(quantity, quantity)) for name, quantity in quantities]

    def rule(read: Read, _: ReadRows) -> float:
        return expression.compute({name: read(operand) for name, operand in operands} | CONSTANTS)
    return [operand for _, operand in operands if isinstance(operand, Number)], rule


def nameless(quantity: Quantity) -> Quantity:
    """A quantity, however it is called and wherever it is read."""
    return quantity._replace(name="", row=None)


@lru_cache(maxsize=4096)
def _expression(formula: Formula) -> tuple[Expression, Sequence[tuple[str, Quantity]]]:
    """A formula in the calculator's grammar, and what its quantities are called in it."""
    names = {quantity: f"q{k}" for k, quantity in enumerate(dict.fromkeys(formula.quantities))}
    return parse_whole(formula.substitute(names.__getitem__)), [(name, quantity) for quantity, name in names.items()]
