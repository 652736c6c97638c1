"""Formulas as a graph: each named number a node, its partials derived from its formula.

The only row's result is the Loss itself. Of several rows the Loss is the mean or the sum of their results; a mean's
factor ∂Loss/∂L = 1/n begins every path, a sum's is 1 and left out.
"""

from collections.abc import Sequence
from functools import cached_property

from engine.graph.derivative_rules import name_rule
from engine.graph.derivatives import derive
from engine.graph.expression import Part
from engine.graph.formulas import Formulas
from engine.graph.graph import Graph, Node
from engine.graph.line import Line, as_factor, loss_line
from engine.graph.parts import names_in
from engine.graph.quantity import Formula, Quantity, Source
from engine.graph.step import Kind
from engine.graph.symbols import LOSS, ONE, Symbols
from engine.graph.written import write

DIRECT = " (direct)"  # behind the name of a slope of the result: without what comes over other nodes


class FormulaGraph(Graph):
    """Of a lesson's formulas, for a Loss over so many rows. `is_mean`: it is their results' mean, also where a last
    batch has one row alone.
    """

    def __init__(self, symbols: Symbols, formulas: Formulas, rows: range, is_mean: bool) -> None:
        super().__init__()
        self.symbols, self._formulas, self._rows = symbols, formulas, rows
        self.nodes = [Node(Quantity(node.name, Source.VALUE, i=index), Kind.VALUE)
                      for index, node in enumerate(formulas.nodes)]
        self._result = self.nodes[formulas.index_of[formulas.result]].quantity
        self._is_mean = is_mean
        self.root = LOSS if self._is_mean else self._result
        self._named = {
            **{quantity.name: quantity for quantity in symbols.columns},
            **{name: symbols.parameter(parameter) for name, parameter in formulas.parameters.items()},
            **{node.quantity.name: node.quantity for node in self.nodes}}
        self._used = [tuple(self._named[name] for name in names_in(node.root) if name in self._named)
                      for node in formulas.nodes]
        on_the_way = self._lead_to_result()
        self._users: dict[Quantity, list[Quantity]] = {self._result: [LOSS] * self._is_mean}
        for node, used in zip(self.nodes, self._used, strict=True):
            for quantity in used if node.quantity in on_the_way else ():
                self._users.setdefault(quantity, []).append(node.quantity)
        self.adjoints = [Node(self._adjoint_quantity(node.quantity), Kind.DELTA) for node in reversed(self.nodes)
                         if node.quantity in on_the_way and node.quantity != self.root]

    def _lead_to_result(self) -> set[Quantity]:
        """The nodes that the result is made of, and itself."""
        found = {self._result}
        for node, used in zip(reversed(self.nodes), reversed(self._used), strict=True):
            if node.quantity in found:
                found.update(quantity for quantity in used if quantity.source is Source.VALUE)
        return found

    def _adjoint_quantity(self, node: Quantity) -> Quantity:
        return Quantity(f"∂{self.symbols.loss.name}/∂{node.name}", Source.ADJOINT, i=node.i)

    def line(self, index: int) -> Line:
        """How a node comes about."""
        return self._lines[index]

    @cached_property
    def _lines(self) -> Sequence[Line]:
        return [self._line(node.quantity, write(written.root, self._named, is_spaced=True))
                for node, written in zip(self.nodes, self._formulas.nodes, strict=True)]

    def _line(self, node: Quantity, numbers: Formula) -> Line:
        return Line(node.name, node, str(numbers), numbers,
                    lambda _: f"{node.name} is {numbers}; {self._say_use(node)}.")

    def _say_use(self, node: Quantity) -> str:
        if node == self._result:
            return "it is the result, which is differentiated"
        into = " and ".join(user.name for user in self.users(node))
        return f"it goes into {into}" if into else f"the result {self._result.name} does not use it"

    @cached_property
    def loss(self) -> Line | None:  # type: ignore[override]
        """The mean or the sum of the rows' results."""
        if self.symbols.loss != LOSS:
            return None
        count = len(self._rows)
        return loss_line(self._result, self._rows, self._result.name, count if self._is_mean else 1,
                         f"results {self._result.name}", count)

    def operands(self, of: Quantity) -> Sequence[Quantity]:
        """Of the Loss the result, of a node what stands in its formula."""
        return (self._result,) if of == LOSS else self._used[of.i]

    def users(self, of: Quantity) -> Sequence[Quantity]:
        """Those, of the root and the nodes on the way to it, in whose formula a quantity stands."""
        return self._users.get(of, ())

    def _partial(self, of: Quantity, by: Quantity) -> Line:
        if of == LOSS:
            return self._loss_by_result()
        node = self._formulas.nodes[of.i]
        root = derive(node, by.name)
        numbers = write(root, self._named)
        match numbers.parts:
            case (Quantity() as copied,):
                quantity = copied
            case ("1",):
                quantity = ONE
            case _:
                index = self._formulas.partials.index((of.i, by.name))
                quantity = Quantity(f"∂{of.name}/∂{by.name}", Source.PARTIAL, i=index)
        formula = write(node.root, self._named, is_spaced=True)
        own = of.name if node.root.operation == "call" else ""
        why = f"{of.name} is {formula}: {name_rule(node.root, by.name, self._spell, own)}."
        return Line(f"∂{of.name}/∂{by.name}" + DIRECT * self._is_a_part(of, by), quantity, str(numbers), numbers,
                    lambda _: why, "partial")

    def _is_a_part(self, of: Quantity, by: Quantity) -> bool:
        """Whether ∂of/∂by would be called like a gradient or an adjoint of which it is only one way's part."""
        return of.name == self.symbols.loss.name and len(self.users(by)) > 1

    def _spell(self, part: Part) -> str:
        return str(write(part, self._named))

    def _loss_by_result(self) -> Line:
        count, result = len(self._rows), self._result.name
        share = f"1/{count}" if count > 1 else "1"
        why = f"Loss is the mean of {count} results {result}: their sum divided by {count}, so each slope is {share}." \
            if count > 1 else f"Loss is {result}: there is one row."
        quantity = self._adjoint_quantity(self._result)
        return Line(quantity.name, quantity, share, Formula((share,)), lambda _: why, "mean")

    @property
    def adjoints_in_words(self) -> str:
        """Of any node."""
        return f"∂{self.symbols.loss.name}/∂ of every node is found once there, from the nodes that use it"

    def adjoint_of(self, index: int) -> Quantity:
        """The node that an adjoint belongs to."""
        return self.nodes[self.adjoints[index].quantity.i].quantity

    def adjoint(self, index: int) -> Line:
        """The adjoints of the nodes that use it, each times the partial; added."""
        node, quantity = self.adjoint_of(index), self.adjoints[index].quantity
        if self.users(node) == [LOSS]:
            return self.partial(LOSS, node)._replace(about="")
        terms = [self._term(user, node) for user in self.users(node)]
        numbers = Formula.join(" + ", terms)
        return Line(quantity.name, quantity, str(numbers), numbers, lambda _: self._why_adjoint(node))

    def _why_adjoint(self, node: Quantity) -> str:
        first, *others = users = self.users(node)
        if others:
            names = [user.name for user in users]
            into = f"{', '.join(names[:-1])} and {names[-1]}"
            return f"{node.name} goes into {into}: what comes back from each, times its slope; added."
        slope = self.partial(first, node)
        if first == self.root or (first == self._result and not self._is_mean):
            return f"{node.name} goes into {first.name} itself: nothing else is on the way."
        back, is_one = f"∂{self.symbols.loss.name}/∂{first.name}", ", which is 1" * (slope.formula == "1")
        return f"{node.name} goes into {first.name} alone: {back} times {slope.name}{is_one}."

    def _term(self, user: Quantity, node: Quantity) -> Formula:
        factor = self.partial(user, node).numbers
        if user == self.root:
            return factor
        adjoint, text = self._adjoint_quantity(user), str(factor)
        if text in ("1", "−1"):
            return Formula(("−" * (text != "1"), adjoint))
        behind = ("(", *factor.parts, ")") if text.startswith("−") else as_factor(factor).parts
        return Formula((adjoint, "·", *behind))
