"""A network as a graph: of each unit Z and A, of each row its loss. Partials as the notes write them.

    ∂Loss/∂w = Σ over rows  Σ over paths  ∂Loss/∂A · ∂A/∂Z · ∂Z/∂A · ∂A/∂Z · … · ∂Z/∂w

A path chooses one unit of every layer between the output and the parameter's unit, and of a softmax's units, of which
each A has every Z in it, two. Its first factor goes straight from the Loss, which is the mean or the sum over the rows,
to an output.
"""

from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import chain

from engine.graph.activations import Activation
from engine.graph.deduction import Deduction, of_slope, of_softmax
from engine.graph.graph import Graph, Node
from engine.graph.line import Line, as_factor, loss_line
from engine.graph.losses import Loss
from engine.graph.network import Unit
from engine.graph.quantity import Formula, Quantity, Source
from engine.graph.step import Kind
from engine.graph.symbols import LOSS, ONE, Symbols


class NetworkGraph(Graph):
    """Of a network, for a Loss over so many rows and terms."""

    root = LOSS

    def __init__(self, symbols: Symbols, loss: Loss, rows: range, terms: int) -> None:
        super().__init__()
        self.symbols, self.network, self._loss, self._rows, self._terms = symbols, symbols.network, loss, rows, terms
        self.nodes = [*self._units(), Node(Quantity("", Source.ROW_LOSS), Kind.ROW_LOSS)]
        self.adjoints = [Node(self.symbols.delta(unit), Kind.DELTA, unit)
                         for layer in reversed(self.network.layers[1:]) for unit in layer]
        self._deltas: dict[int, Line] = {}
        self._deductions: dict[Quantity, Deduction | None] = {}

    def _units(self) -> Iterator[Node]:
        """Unit by unit Z and A; of a softmax, whose A take all of its Z, first these."""
        for layer in self.network.layers[1:]:
            Z = [Node(self.symbols.Z(unit), Kind.NET_INPUT, unit) for unit in layer]
            A = [Node(self.symbols.A(unit), Kind.ACTIVATION, unit) for unit in layer]
            yield from chain(Z, A) if self._activation(layer[0]).takes_layer else \
                chain.from_iterable(zip(Z, A, strict=True))

    def line(self, index: int) -> Line:
        """How Z, A or the row's loss comes about."""
        node = self.nodes[index]
        if node.unit is None:
            return self.row_loss
        return self._net_input_line(node.unit) if node.kind is Kind.NET_INPUT else self._activation_line(node.unit)

    def operands(self, of: Quantity) -> Sequence[Quantity]:
        """Of the Loss the outputs, of an A its Z (a softmax's has all), of a Z what flows in, weights and bias."""
        symbols, network = self.symbols, self.network
        if of.source is Source.LOSS:
            return [symbols.A(output) for output in network.layers[-1]]
        unit = symbols.unit_at(of)
        if of.source is Source.A:
            return [symbols.Z(other) for other in self._together(unit)]
        before = network.layers[unit.layer - 1]
        return [*map(symbols.A, before), *(symbols.weight(source, unit) for source in before), *self._bias(unit)]

    def users(self, of: Quantity) -> Sequence[Quantity]:
        """Of an A the Z of the layer after it, of the outputs the Loss; of a parameter the Z of its unit, or units."""
        symbols, network = self.symbols, self.network
        if of.source is Source.PARAMETER:
            is_shared = network.bias == "layer" and of.i == network.sizes[of.layer - 1]
            layer = network.layers[of.layer]
            return [symbols.Z(unit) for unit in (layer if is_shared else layer[of.j:of.j + 1])]
        unit = symbols.unit_at(of)
        if of.source is Source.Z:
            return [symbols.A(other) for other in self._together(unit)]
        return [LOSS] if unit.layer == network.last else [symbols.Z(after) for after in network.layers[unit.layer + 1]]

    def lengths(self, to: Quantity) -> Sequence[int]:
        """All paths to a parameter are equally long."""
        paths, factors = self.count_paths(to)
        return (factors // paths,) * paths

    def _together(self, unit: Unit) -> Sequence[Unit]:
        """The units whose Z a unit's A is made of."""
        return self.network.layers[unit.layer] if self._activation(unit).takes_layer else (unit,)

    def _activation(self, unit: Unit) -> Activation:
        return self.network.activations[unit.layer - 1]

    def _bias(self, unit: Unit) -> Sequence[Quantity]:
        return [] if self.network.bias == "none" else [self.symbols.weight(None, unit)]

    def net_input(self, unit: Unit) -> Formula:
        """Zj = Σi wij·Ai + bj."""
        terms = [Formula.of("{w}·{A}", w=self.symbols.weight(before, unit), A=self.symbols.A(before))
                 for before in self.network.layers[unit.layer - 1]]
        return Formula.join(" + ", [*terms, *(Formula((bias,)) for bias in self._bias(unit))])

    def _net_input_line(self, unit: Unit) -> Line:
        Z, formula = self.symbols.Z(unit), self.net_input(unit)
        its_bias = ", and its bias" * (self.network.bias != "none")
        return Line(Z.name, Z, str(formula), formula,
                    lambda _: f"{Z.name} adds up all that flows into unit {unit.number}{its_bias}.")

    def _activation_line(self, unit: Unit) -> Line:
        Z, A, f = self.symbols.Z(unit), self.symbols.A(unit), self._activation(unit)
        if f.takes_layer:
            powers = Formula.join(" + ", (Formula.of("e^{Z}", Z=self.symbols.Z(other))
                                          for other in self.network.layers[unit.layer]))
            formula = Formula((*Formula.of("e^{Z}/(", Z=Z).parts, *powers.parts, ")"))
            return Line(A.name, A, str(formula), formula, lambda _: f.idea.format(Z=Z.name, A=A.name))
        return Line(A.name, A, str(Formula.of(f.formula, Z=Z)), Formula.of(f.numbers, Z=Z),
                    lambda _: f.idea.format(Z=Z.name))

    @cached_property
    def row_loss(self) -> Line:
        """What a row adds to the Loss, over its outputs."""
        terms = [Formula.of(self._loss.formula, y=self.symbols.target(o), A=self.symbols.A(o))
                 for o in self.network.layers[-1]]
        if self._loss.is_per_row:  # whose terms all begin with a minus
            formula = Formula.join(" − ", [terms[0], *(Formula(term.parts[1:]) for term in terms[1:])])
        else:
            formula = Formula.join(" + ", terms)
        row_loss = Quantity(str(formula), Source.ROW_LOSS)
        is_square = self._loss.is_square and len(self.symbols.targets) == 1
        return Line(str(formula) if is_square else "row's loss", row_loss, str(formula), formula,
                    lambda _: "How far this row is from its target.")

    @cached_property
    def loss(self) -> Line:  # type: ignore[override]
        """The mean, or the sum, of the rows' losses, over rows and outputs."""
        loss, targets, count = self._loss, self.symbols.targets, self._terms
        names = {"y": targets[0], "A": self.symbols.A(self.network.layers[-1][0]).name}
        term = loss.formula.format(**names) if len(targets) == 1 else "row's loss" if count == 1 else "rows"
        return loss_line(Quantity("", Source.ROW_LOSS), self._rows, term, loss.divisor(count), loss.terms, count)

    def _partial(self, of: Quantity, by: Quantity) -> Line:
        if of.source is Source.LOSS:
            return self._loss_by_activation(self.symbols.unit_at(by))
        unit = self.symbols.unit_at(of)
        if of.source is Source.A:
            return self._activation_by_net_input(unit, self.symbols.unit_at(by))
        return self._net_input_by_parameter(unit, by) if by.source is Source.PARAMETER else \
            self._net_input_by_activation(unit, self.symbols.unit_at(by))

    def _loss_by_activation(self, output: Unit) -> Line:
        symbols, loss, count = self.symbols, self._loss, self._loss.divisor(self._terms)
        A, y = symbols.A(output), symbols.target(output)
        numbers = Formula.of(loss.slope_formula(count), y=y, A=A)
        why = loss.why.format(y=y.name, A=A.name, count=count)
        return Line(f"∂Loss/∂{A.name}", Quantity(f"∂Loss/∂{A.name}", Source.LOSS_SLOPE, output.layer, output.index),
                    str(numbers), numbers, lambda _: why, "loss_slope")

    def _activation_by_net_input(self, unit: Unit, other: Unit) -> Line:
        A, Z, f = self.symbols.A(unit), self.symbols.Z(other), self._activation(unit)
        name = f"∂{A.name}/∂{Z.name}"
        if not f.takes_layer:
            return Line(name, Quantity(name, Source.SLOPE, unit.layer, unit.index),
                        str(Formula.of(f.slope_formula, Z=Z, A=A)), Formula.of(f.slope_numbers, Z=Z, A=A),
                        lambda read: f.why(read(Z)).format(Z=Z.name, A=A.name, f=f.symbol), "slope")
        size, is_own = self.network.sizes[unit.layer], unit == other
        numbers = Formula.of(f.slope_numbers if is_own else f.cross_formula, A=A, B=self.symbols.A(other))
        why = f.why(0.0) if is_own else f.cross_why
        return Line(name, Quantity(name, Source.JACOBIAN, unit.layer, unit.index * size + other.index), str(numbers),
                    numbers, lambda _: why.format(Z=Z.name, A=A.name), "slope" if is_own else "cross_slope")

    def _net_input_by_activation(self, unit: Unit, before: Unit) -> Line:
        w, A, Z = self.symbols.weight(before, unit), self.symbols.A(before), self.symbols.Z(unit)
        return Line(f"∂{Z.name}/∂{A.name}", w, w.name, Formula((w,)), lambda _:
                    f"{Z.name} is {self.net_input(unit)}: what multiplies {A.name} in it is {w.name}.", "weight")

    def _net_input_by_parameter(self, unit: Unit, parameter: Quantity) -> Line:
        Z, is_bias = self.symbols.Z(unit), parameter.i == self.network.sizes[unit.layer - 1]
        A = ONE if is_bias else self.symbols.A(self.network.layers[unit.layer - 1][parameter.i])
        verb = "is added to it as it is, so the factor is 1" if is_bias else f"is multiplied by {A.name} in it"
        return Line(f"∂{Z.name}/∂{parameter.name}", A, A.name, Formula((A,)),
                    lambda _: f"{Z.name} is {self.net_input(unit)}: {parameter.name} {verb}.",
                    "bias" if is_bias else "input")

    def deduction(self, at: Quantity) -> Deduction | None:
        """Of the slope at a sigmoid's Z; of ∂Loss/∂Z of a softmax's output."""
        if at.source is not Source.Z:
            return None
        if at not in self._deductions:
            self._deductions[at] = self._deduce(self.symbols.unit_at(at))
        return self._deductions[at]

    def _deduce(self, unit: Unit) -> Deduction | None:
        f, Z = self._activation(unit), self.symbols.Z(unit)
        if not f.takes_layer:
            return of_slope(f, f.derivation, Z) if f.derivation else None
        outputs = self.network.layers[unit.layer]
        activations = list(map(self.symbols.A, outputs))
        paths = [(self.partial(LOSS, A), self.partial(A, Z)) for A in activations]
        return of_softmax(unit.index, Z, self._delta(unit), paths, activations, list(map(self.symbols.target, outputs)))

    @property
    def adjoints_in_words(self) -> str:
        """Of the first unit that has one."""
        number = self.network.computed_units[0].number
        return f"∂Loss/∂Z{number} is called δ{number} there"

    def adjoint(self, index: int) -> Line:
        """δ of an output from its target, of a hidden unit from every unit after it."""
        if index not in self._deltas:
            unit = self.adjoints[index].unit
            assert unit is not None  # noqa: S101
            self._deltas[index] = self._delta(unit)
        return self._deltas[index]

    def adjoint_of(self, index: int) -> Quantity:
        """Z of the unit that a δ belongs to."""
        unit = self.adjoints[index].unit
        assert unit is not None  # noqa: S101
        return self.symbols.Z(unit)

    def _delta(self, unit: Unit) -> Line:
        Z, A, f = self.symbols.Z(unit), self.symbols.A(unit), self._activation(unit)
        name, quantity = f"δ{unit.number}", self.symbols.delta(unit)
        if unit.layer == self.network.last and self._loss.delta_formula:
            count = self._loss.divisor(self._terms)
            numbers = Formula.of(self._loss.delta_formula(count), y=self.symbols.target(unit), A=A)
            why_short = self._loss.delta_why.format(A=A.name, y=self.symbols.target(unit).name, Z=Z.name, count=count)
            return Line(name, quantity, str(numbers), numbers, lambda _: why_short)
        if unit.layer == self.network.last:
            first = self.partial(LOSS, A).numbers
            why = f"{name} is ∂Loss/∂{A.name}·∂{A.name}/∂{Z.name}: how Loss changes with {Z.name}."
        else:
            terms = [Formula.of("{delta}·{w}", delta=self.symbols.delta(after), w=self.symbols.weight(unit, after))
                     for after in self.network.layers[unit.layer + 1]]
            first = as_factor(Formula.join(" + ", terms))
            why = f"Every unit that {A.name} flows into sends its δ back by the weight; then the slope at {Z.name}."
        slopes = [Formula((*first.parts, "·", *as_factor(Formula.of(written, Z=Z, A=A)).parts))
                  for written in (f.slope_formula, f.slope_numbers)]
        return Line(name, quantity, str(slopes[0]), slopes[1], lambda _: why)
