"""The forward and backward pass of any graph over some rows, node by node, each for all rows at once.

    values      every node's formula, in their order
    partials    ∂node/∂name for every name in a node's formula
    adjoints    ∂Loss/∂node = Σ over the nodes c that use it  ∂Loss/∂c · ∂c/∂node, from the result back
    gradients   ∂Loss/∂parameter likewise, summed over the rows
"""

from engine.graph.compile import operations
from engine.graph.derivatives import derive
from engine.graph.epoch import PassNumbers
from engine.graph.formulas import Formulas
from engine.graph.losses import Loss
from engine.graph.numeric import Array, np
from engine.graph.operations import Operations
from engine.graph.quantity import Source


class NodePass:
    """A graph's arrays for so many rows: one row of them for each node, or for each partial."""

    def __init__(self, formulas: Formulas, loss: Loss, rows: int, parameters: Array, gradients: Array) -> None:
        """`parameters` (k, 1), which it reads, and `gradients`, which it writes; the loss is a graph's, a mean or a sum
        of the rows' results.
        """
        self._by_result = 1 / loss.divisor(rows)
        self._formulas, self._rows, self._parameters, self._gradients = formulas, rows, parameters, gradients
        self.terms, self._inputs, self._data = rows, 0, np.empty((len(formulas.columns), rows))
        self._values = np.empty((len(formulas.nodes), rows))
        self._partials = np.empty((len(formulas.partials), rows))
        self._adjoints = np.zeros_like(self._values)
        self._result = formulas.index_of[formulas.result]
        self.outputs = self._values[self._result]

    def load(self, inputs: Array, targets: Array) -> None:
        """Take the rows: `inputs` (n, inputs), `targets` (n, targets)."""
        self._inputs = inputs.shape[1]
        self._data[:self._inputs], self._data[self._inputs:] = inputs.T, targets.T

    def operations(self) -> Operations:
        """Values and partials forward, adjoints backward, up to the gradients."""
        yield from self.forward()
        arrays = self.arrays()
        for place, (index, name) in enumerate(self._formulas.partials):
            root = derive(self._formulas.nodes[index], name)
            yield from operations(root, arrays, self._partials[place], is_by_hand=True)
        yield from self._backward()

    def forward(self) -> Operations:
        """Values alone."""
        arrays = self.arrays()
        for index, node in enumerate(self._formulas.nodes):
            yield from operations(node.root, arrays, self._values[index], is_by_hand=True)

    def arrays(self) -> dict[str, Array]:
        """What the names in formulas stand for."""
        return {**dict(zip(self._formulas.columns, self._data, strict=True)),
                **dict(zip(self._formulas.names, self._parameters, strict=True)),
                **{node.name: self._values[index] for index, node in enumerate(self._formulas.nodes)}}

    def _backward(self) -> Operations:
        uses = self._uses()
        self._adjoints[self._result] = self._by_result
        product = np.empty(self._rows)
        for index in range(self._result - 1, -1, -1):
            for count, (user, place) in enumerate(uses.get(self._formulas.nodes[index].name, ())):
                out = product if count else self._adjoints[index]
                yield np.multiply, self._adjoints[user], self._partials[place], out
                if count:
                    yield np.add, self._adjoints[index], product, self._adjoints[index]
        one = np.empty(())
        for row, name in zip(self._gradients, self._formulas.names, strict=True):
            gradient = row.reshape(())
            for count, (user, place) in enumerate(uses.get(name, ())):
                yield np.dot, self._adjoints[user], self._partials[place], one if count else gradient
                if count:
                    yield np.add, gradient, one, gradient

    def _uses(self) -> dict[str, list[tuple[int, int]]]:
        """By name, the nodes whose formula has it, each with the place of its partial; only those that lead to the
        result.
        """
        uses: dict[str, list[tuple[int, int]]] = {}
        leading = {self._result}
        for place, (index, name) in reversed(list(enumerate(self._formulas.partials))):
            if index in leading:
                uses.setdefault(name, []).append((index, place))
                if name in self._formulas.index_of:
                    leading.add(self._formulas.index_of[name])
        return uses

    def totals(self, outputs: Array, targets: Array) -> Array:  # noqa: ARG002  (a result is compared with nothing)
        """The sums of the results."""
        return np.asarray(outputs.sum(axis=1))

    def numbers(self) -> PassNumbers:
        """What the operations left, a row's numbers side by side."""
        result = self.outputs
        arrays = {Source.A: self._data[:self._inputs], Source.TARGET: self._data[self._inputs:],
                  Source.VALUE: self._values, Source.PARTIAL: self._partials, Source.ADJOINT: self._adjoints,
                  Source.ROW_LOSS: result[None]}
        return PassNumbers(float(result.sum()), {source: [array.T.copy()] for source, array in arrays.items()},
                           self._fault())

    def _fault(self) -> tuple[int, int] | None:
        """The first node that is not finite, or one of whose partials is not, and the first row in which it is so."""
        for numbers, nodes in ((self._values, range(len(self._values))),
                               (self._partials, [index for index, _ in self._formulas.partials])):
            places = np.argwhere(~np.isfinite(numbers))
            if len(places):
                return int(nodes[places[0][0]]), int(places[0][1])
        return None
