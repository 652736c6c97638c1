"""A learner's working in a graph of formulas: the nodes, their partials, ∂Loss/∂node."""

from collections.abc import Mapping

from engine.graph.derivatives import derive
from engine.graph.expression import Part
from engine.graph.formula_graph import FormulaGraph
from engine.graph.quantity import Quantity, Source
from engine.graph.step import Kind, Phase, Step
from engine.graph.symbols import LOSS
from engine.tutor.operations import value
from engine.tutor.working import Contents, Number, Read, ReadRows, Working


class FormulaWorking(Working):
    """Of one batch."""

    graph: FormulaGraph

    def node(self, index: int) -> Number:
        """The value of a node."""
        def make() -> Number:
            node = self.graph.nodes[index]
            step = Step(node.kind, Phase.FORWARD, node=index, batch=self.batch.number)
            return Number(self.graph.line(index), step, lambda: self._calculate(self._root(index), node.quantity))
        return self._once(index, make)

    def loss_of_row(self) -> Number:
        """The node that is the result."""
        return self.node(self.graph.operands(self.graph.root)[0].i)

    def _root(self, index: int) -> Part:
        formulas = self.lesson.formulas
        assert formulas is not None  # noqa: S101
        return formulas.nodes[index].root

    def _calculate(self, root: Part, of: Quantity, with_itself: bool = False) -> Contents:
        """A formula over what stands in a node's formula; in a derivative the node itself may stand too."""
        known: Mapping[str, Quantity | Number] = {
            quantity.name: self.node(quantity.i) if quantity.source is Source.VALUE else quantity
            for quantity in (*self.graph.operands(of), *[of] * with_itself)}
        used = {name: known[name] for name in root.names() if name in known}

        def rule(read: Read, _: ReadRows) -> float:
            return value(root, {name: read(each) for name, each in used.items()})
        return [each for each in used.values() if isinstance(each, Number)], rule

    def factor_rule(self, of: Quantity, by: Quantity) -> Contents:
        """What ∂of/∂by is made of."""
        if of == LOSS:
            share = 1 / self.lesson.loss.divisor(len(self.batch.rows))
            return [], lambda _read, _rows: share
        formulas = self.lesson.formulas
        assert formulas is not None  # noqa: S101
        return self._calculate(derive(formulas.nodes[of.i], by.name), of, with_itself=True)

    def adjoint(self, index: int) -> Number:
        """∂Loss/∂node, from the nodes that use it."""
        return self._once((Kind.DELTA, index), lambda: self._adjoint(index))

    def _adjoint(self, index: int) -> Number:
        node, line = self.graph.adjoint_of(index), self.graph.adjoint(index)
        step = Step(Kind.DELTA, Phase.BACKWARD, node=index, batch=self.batch.number)
        return Number(line, step, lambda: self._contents_of_adjoint(node))

    def _contents_of_adjoint(self, node: Quantity) -> Contents:
        """What comes back from each node that uses it, times its slope; added."""
        terms = [(None if user == self.graph.root else self.adjoint(self.chains.adjoint_index[user]),
                  self.factor(user, node)) for user in self.graph.users(node)]

        def rule(read: Read, _: ReadRows) -> float:
            return sum((read(upstream) if upstream else 1.0) * read(slope) for upstream, slope in terms)
        return [number for pair in terms for number in pair if number], rule
