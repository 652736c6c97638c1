"""The variables of a graph's numbers: values of formulas, their slopes, ∂Loss/∂node, and those of the operations in
them.
"""

from collections.abc import Callable, Iterator, Mapping

from engine.graph.expression import ExpressionError, Part
from engine.graph.quantity import Quantity
from engine.graph.symbols import LOSS
from engine.trace.trace import Entry
from engine.tutor.numbers import Alternative, Found, Numbers, one
from engine.tutor.operations import Scope, value_scopes
from engine.tutor.slopes import SlopeScopes, family_of_slope


class FormulaVariables:
    """Of one step."""

    def __init__(self, numbers: Numbers, entry: Entry) -> None:
        self._numbers, self._entry, self._read = numbers, entry, numbers.read
        self._graph = numbers.chains.graph

    @property
    def readers(self) -> Mapping[str, Callable[[], Found]]:
        """By kind of number."""
        return {"mean": self._mean, "loss": self._loss, "delta": self._delta}

    def operation_scopes(self) -> Iterator[Scope]:
        """Every operation that a wrong rule can be made at: of a value, of a slope, or of a slope in a product."""
        step, value = self._entry.step, self._entry.value
        match self._entry.step.kind.value:
            case "value":
                node = self._entry.line.quantity
                yield from value_scopes(self._formula(node), self._operands(node))
            case "factor":
                yield from self._slope_scopes(*self.link)
            case "delta":
                for user, upstream in self._users:
                    yield from self._slope_scopes(user, self._node, upstream, value)
            case "product" if step.path >= 0 and not self._numbers.chains.by_paths:
                of, by = self.link
                upstream = 1.0 if of == self._graph.root else self._read(self._adjoint_of(of))
                yield from self._slope_scopes(of, by, upstream, value)

    @property
    def link(self) -> tuple[Quantity, Quantity]:
        """What is differentiated in a factor, and by what; of a product, in its last."""
        if self._entry.line.link:
            return self._entry.line.link
        step = self._entry.step
        trail = self._numbers.chains.trails(step.parameter_index or 0)[max(step.path, 0)]
        last = len(trail) - 2
        place = last if step.factor is None else step.factor
        return trail[place], trail[place + 1]

    @property
    def family(self) -> str:
        """What kind of formula it is whose slope is asked for."""
        of, by = self.link
        return "" if of == LOSS else family_of_slope(self._formula(of), by.name)

    @property
    def _node(self) -> Quantity:
        """That an adjoint belongs to."""
        return self._graph.adjoint_of(self._entry.step.node or 0)

    def _adjoint_of(self, node: Quantity) -> Quantity:
        chains = self._numbers.chains
        return self._graph.adjoints[chains.adjoint_index[node]].quantity

    @property
    def _users(self) -> list[tuple[Quantity, float]]:
        """The nodes that use the adjoint's, each with what comes back from it; not the Loss."""
        return [(user, 1.0 if user == self._graph.root else self._read(self._adjoint_of(user)))
                for user in self._graph.users(self._node) if user != LOSS]

    def _formula(self, node: Quantity) -> Part:
        formulas = self._numbers.lesson.formulas
        assert formulas is not None  # noqa: S101
        return formulas.nodes[node.i].root

    def _operands(self, node: Quantity) -> dict[str, float]:
        """What stands in a node's formula, by name."""
        return {quantity.name: self._read(quantity) for quantity in self._graph.operands(node)}

    def _slope_scopes(self, of: Quantity, by: Quantity, upstream: float = 1.0,
                      whole: float | None = None) -> Iterator[Scope]:
        """`whole` is the number that the slope, times what comes back to it, is a part of; the slope itself mostly."""
        if of == LOSS:
            return
        right = self._read(self._graph.partial(of, by).quantity)
        rest = 0.0 if whole is None else whole - upstream * right
        try:
            scopes = SlopeScopes(self._formula(of), by.name, self._operands(of))
        except ExpressionError:
            return
        for scope in scopes.all():
            yield scope._replace(complete=_within(scope.complete, upstream, rest))

    def _mean(self) -> Found:
        result, = self._graph.operands(LOSS)
        yield one("L", self._read(result))

    def _loss(self) -> Found:
        result, = self._graph.operands(LOSS)
        yield from self._numbers.loss_variables(self._entry.value, result)

    def _delta(self) -> Found:
        """Each term, from a node that uses this one: what comes back from that, times the slope on the way."""
        node = self._node
        terms = [(user.name, upstream, self._read(self._graph.partial(user, node).quantity))
                 for user, upstream in self._users]
        yield one("adjoint", self._entry.value)
        yield one("came_back", sum(upstream for _, upstream, _ in terms))
        yield one("slopes", sum(slope for _, _, slope in terms))
        if len(terms) > 1:
            yield "one_path", [Alternative(upstream * slope, name) for name, upstream, slope in terms]


def _within(complete: Callable[[float], float], times: float, rest: float) -> Callable[[float], float]:
    return lambda wrong: times * complete(wrong) + rest
