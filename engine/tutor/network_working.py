"""A learner's working in a network: Z, A, the row's loss, the factors of a chain, δ."""

import math
from functools import cached_property

from engine.graph.graph import Node
from engine.graph.network import Unit
from engine.graph.network_graph import NetworkGraph
from engine.graph.quantity import Formula, Quantity, Source
from engine.graph.step import Kind, Phase, Step
from engine.graph.symbols import LOSS
from engine.tutor.working import Contents, Number, Read, ReadRows, Working, calculate

KINDS = {Source.Z: Kind.NET_INPUT, Source.A: Kind.ACTIVATION}


class NetworkWorking(Working):
    """Of one batch."""

    graph: NetworkGraph

    def node(self, index: int) -> Number:
        """Z, A or the row's loss."""
        return self._once(index, lambda: self._node(index))

    def _node(self, index: int) -> Number:
        node = self.graph.nodes[index]
        step = Step(node.kind, Phase.FORWARD, unit=node.unit, node=index, batch=self.batch.number)
        return Number(self.graph.line(index), step, lambda: self._contents_of_node(node))

    def loss_of_row(self) -> Number:
        """The last."""
        return self.node(len(self.graph.nodes) - 1)

    def _contents_of_node(self, node: Node) -> Contents:
        if node.unit is None:
            return self._row_loss()
        return self._net_input(node.unit) if node.kind is Kind.NET_INPUT else self._activation(node.unit)

    @cached_property
    def _index_of(self) -> dict[tuple[Kind, Unit | None], int]:
        return {(node.kind, node.unit): index for index, node in enumerate(self.graph.nodes)}

    def _find(self, quantity: Quantity) -> Number | None:
        """The Z or A that a quantity is, if it is one that is worked out."""
        if quantity.source not in KINDS or not quantity.layer:
            return None
        return self.node(self._index_of[KINDS[quantity.source], self.symbols.unit_at(quantity)])

    def _calculate(self, formula: Formula) -> Contents:
        found = {quantity: self._find(quantity) for quantity in formula.quantities}
        return calculate(formula, {quantity: number for quantity, number in found.items() if number})

    def _net_input(self, unit: Unit) -> Contents:
        symbols, before = self.symbols, self.graph.network.layers[unit.layer - 1]
        flowing = [self._find(symbols.A(source)) or symbols.A(source) for source in before]
        terms = [(symbols.weight(source, unit), A) for source, A in zip(before, flowing, strict=True)]
        bias = [] if self.graph.network.bias == "none" else [symbols.weight(None, unit)]

        def rule(read: Read, _: ReadRows) -> float:
            return sum(read(w) * read(A) for w, A in terms) + sum(map(read, bias))
        return [A for A in flowing if isinstance(A, Number)], rule

    def _activation(self, unit: Unit) -> Contents:
        f = self.graph.network.activations[unit.layer - 1]
        own = self._of_unit(Kind.NET_INPUT, unit)
        if not f.takes_layer:
            return [own], lambda read, _: f.value(read(own))
        together = [self._of_unit(Kind.NET_INPUT, other) for other in self.graph.network.layers[unit.layer]]

        def share(read: Read, _: ReadRows) -> float:
            net_inputs = list(map(read, together))
            largest = max(net_inputs)
            return math.exp(read(own) - largest) / sum(math.exp(each - largest) for each in net_inputs)
        return together, share

    def _of_unit(self, kind: Kind, unit: Unit) -> Number:
        return self.node(self._index_of[kind, unit])

    def _row_loss(self) -> Contents:
        """Output by output: of many a line leaves some out."""
        terms = [self._calculate(Formula.of(self.lesson.loss.formula, y=self.symbols.target(output),
                                            A=self.symbols.A(output))) for output in self.graph.network.layers[-1]]
        return [A for operands, _ in terms for A in operands], \
            lambda read, rows: sum(rule(read, rows) for _, rule in terms)

    def factor_rule(self, of: Quantity, by: Quantity) -> Contents:
        """What ∂of/∂by is made of."""
        return self._calculate(self.graph.partial(of, by).numbers)

    def adjoint(self, index: int) -> Number:
        """δ of a unit."""
        return self._once((Kind.DELTA, index), lambda: self._delta(index))

    def _delta(self, index: int) -> Number:
        unit = self.graph.adjoints[index].unit
        assert unit is not None  # noqa: S101
        step = Step(Kind.DELTA, Phase.BACKWARD, unit=unit, node=index, batch=self.batch.number)
        return Number(self.graph.adjoint(index), step, lambda: self._contents_of_delta(unit, index))

    def _contents_of_delta(self, unit: Unit, index: int) -> Contents:
        """δ of an output from its target, of a hidden unit from those after it."""
        network, Z, A = self.graph.network, self.symbols.Z(unit), self.symbols.A(unit)
        if unit.layer == network.last and self.lesson.loss.delta_formula:
            return self._calculate(self.graph.adjoint(index).numbers)
        slope = self.factor(A, Z)
        if unit.layer == network.last:
            first = self.factor(LOSS, A)
            return [first, slope], lambda read, _: read(first) * read(slope)
        after = [(self.adjoint(self.chains.adjoint_index[self.symbols.Z(target)]),
                  self.factor(self.symbols.Z(target), A)) for target in network.layers[unit.layer + 1]]
        return [slope, *(number for pair in after for number in pair)], \
            lambda read, _: sum(read(delta) * read(weight) for delta, weight in after) * read(slope)
