"""Every step of the script as a line of a worksheet: name = formula = numbers = value, and why."""

import math
from collections.abc import Callable
from functools import cached_property

from engine.graph.network import Unit
from engine.graph.quantity import Formula, Quantity, Source
from engine.graph.step import Kind, Step
from engine.trace.chain import Chains, Line, Read
from engine.trace.symbols import LOSS, RATE, Symbols

DELTA_FORM = "δ is ∂Loss/∂Z of a unit, found once for all paths that lead through it."
DIVERGED = "Too large for a computer: try a smaller learning rate."


class Lines:
    """The lines of one lesson, made from its symbols and chains."""

    def __init__(self, symbols: Symbols, chains: Chains) -> None:
        self.symbols, self.chains, self.lesson = symbols, chains, symbols.lesson
        self._deltas: dict[Unit, Line] = {}

    def line(self, step: Step) -> Line:
        """The line of any step."""
        match step:
            case Step(kind=Kind.NET_INPUT, unit=Unit() as unit):
                return self.net_input(unit)
            case Step(kind=Kind.ACTIVATION, unit=Unit() as unit):
                return self.activation(unit)
            case Step(kind=Kind.ROW_LOSS):
                return self.row_loss
            case Step(kind=Kind.DELTA, unit=Unit() as unit):
                return self.delta(unit)
            case Step(kind=Kind.FACTOR, parameter_index=int(parameter_index), path=path, factor=int(factor)):
                return self.chains.paths(parameter_index)[path][factor]
            case Step(kind=Kind.PRODUCT, parameter_index=int(parameter_index), path=path, row=int(row)):
                return self.product(parameter_index, path, row)
            case Step(kind=Kind.GRADIENT, parameter_index=int(parameter_index)):
                return self.gradient(parameter_index)
            case Step(kind=Kind.UPDATE, parameter_index=int(parameter_index)):
                return self.update(parameter_index)
            case _:
                return self.loss

    def net_input(self, unit: Unit) -> Line:
        """Zj = Σi wij·Ai + bj."""
        Z, formula = self.symbols.Z(unit), self.chains.net_input(unit)
        return Line(Z.name, Z, str(formula), formula,
                    lambda _: f"{Z.name} adds up all that flows into unit {unit.number}, and its bias.")

    def activation(self, unit: Unit) -> Line:
        """Aj = f(Zj)."""
        Z, A, f = self.symbols.Z(unit), self.symbols.A(unit), self.lesson.network.activations[unit.layer - 1]
        return Line(A.name, A, str(Formula.of(f.formula, Z=Z)), Formula.of(f.numbers, Z=Z),
                    lambda _: f.idea.format(Z=Z.name))

    @cached_property
    def row_loss(self) -> Line:
        """What a row adds to the Loss, over its outputs."""
        loss = self.lesson.loss
        formula = Formula.join(" + ", (Formula.of(loss.formula, y=self.symbols.target(o), A=self.symbols.A(o))
                                         for o in self.lesson.network.layers[-1]))
        row_loss = Quantity(str(formula), Source.ROW_LOSS)
        is_square = loss.is_square and len(self.lesson.targets) == 1
        return Line(str(formula) if is_square else "row's loss", row_loss, str(formula), formula,
                    lambda _: "How far this row is from its target.")

    @cached_property
    def loss(self) -> Line:
        """The mean, or the sum, of the rows' losses, over rows and outputs."""
        lesson, count, terms = self.lesson, self.lesson.terms, self.lesson.loss.terms
        rows = Formula.join(" + ", (Formula((Quantity("", Source.ROW_LOSS, row=row),)) for row in range(lesson.rows)))
        names = {"y": lesson.targets[0], "A": self.symbols.A(lesson.network.layers[-1][0]).name}
        term = lesson.loss.formula.format(**names) if len(lesson.targets) == 1 else "rows"

        def explain_unless_too_large(why: str) -> Callable[[Read], str]:
            return lambda read: why if math.isfinite(read(LOSS)) else DIVERGED
        if count == 1:
            return Line("Loss", LOSS, term, rows, explain_unless_too_large("There is one term: Loss is that one."))
        if not lesson.loss.is_mean:
            why = explain_unless_too_large(f"The sum of {count} {terms}: no mean is taken.")
            return Line("Loss", LOSS, f"Σ {term}", rows, why)
        return Line("Loss", LOSS, f"1/{count}·Σ {term}", Formula(("(", *rows.parts, f")/{count}")),
                    explain_unless_too_large(f"The mean of {count} {terms}."))

    def delta(self, unit: Unit) -> Line:
        """δj, in the δ form."""
        if unit not in self._deltas:
            self._deltas[unit] = self.chains.delta(unit)
        return self._deltas[unit]

    def product(self, parameter_index: int, path: int, row: int) -> Line:
        """A path's factors multiplied, or (path −1) the row's products added over its paths."""
        paths = self.chains.paths(parameter_index)
        name = self.lesson.order[parameter_index].name
        if path < 0 < len(paths) - 1:
            terms = [self.chains.product_quantity(parameter_index, index, row) for index in range(len(paths))]
            numbers = Formula.join(" + ", (Formula((term,)) for term in terms))
            return Line("sum of paths", self.chains.product_quantity(parameter_index, -1, row), str(numbers), numbers,
                        lambda _: f"What row {row + 1} adds to ∂Loss/∂{name}: the sum over its paths.")
        factors = paths[max(path, 0)]
        numbers = Formula.join("·", (Formula((factor.quantity,)) for factor in factors), most=20)
        return Line("product" if len(paths) == 1 else f"product of path {path + 1}",
                    self.chains.product_quantity(parameter_index, path if len(paths) > 1 else -1, row),
                    "·".join(factor.name for factor in factors), numbers,
                    lambda _: f"What row {row + 1} adds to ∂Loss/∂{name}" + (f" by path {path + 1}" * (len(paths) > 1))
                    + ": the factors multiplied.")

    def gradient(self, parameter_index: int) -> Line:
        """The rows' products added up."""
        name = f"∂Loss/∂{self.lesson.order[parameter_index].name}"
        terms = Formula.join(" + ", (Formula((self.chains.product_quantity(parameter_index, -1, row),))
                                       for row in range(self.lesson.rows)))
        gradient = self.symbols.parameter(self.lesson.order[parameter_index], Source.GRADIENT)
        return Line(name, gradient, "Σ of the rows' products", terms,
                    lambda _: "The gradient is the SUM of the rows' products: multiply first, then add.")

    def update(self, parameter_index: int) -> Line:
        """w ← w − learning_rate·∂Loss/∂w."""
        parameter = self.lesson.order[parameter_index]
        old, gradient = self.symbols.parameter(parameter), self.symbols.parameter(parameter, Source.GRADIENT)

        def why(read: Read) -> str:
            slope = read(gradient)
            if not math.isfinite(slope):
                return DIVERGED
            if slope == 0:
                return f"The gradient is 0: {old.name} stays."
            sign, way = ("negative", "up") if slope < 0 else ("positive", "down")
            return f"The gradient is {sign}: Loss falls when {old.name} goes {way}."
        return Line(f"new {old.name}", self.symbols.parameter(parameter, Source.UPDATED),
                    f"{old.name} − lr·{gradient.name}",
                    Formula.of("{old} − {lr}·{gradient}", old=old, lr=RATE, gradient=gradient), why)
