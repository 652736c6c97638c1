"""The chain rule for one parameter: its paths back from the Loss, and the factors of each.

    ∂Loss/∂w = Σ over rows  Σ over paths  ∂Loss/∂A · ∂A/∂Z · ∂Z/∂A · ∂A/∂Z · … · ∂Z/∂w

A path chooses one unit of every layer between the output and the parameter's unit. In the `delta` form the factors
that all paths share are one, δj = ∂Loss/∂Zj, found once for every unit; each row is a single path of two factors.
"""

import math
import re
from collections.abc import Callable
from functools import cached_property
from itertools import pairwise
from typing import Literal, NamedTuple

from engine.graph.network import Parameter, Unit
from engine.graph.quantity import Formula, Quantity, Source
from engine.graph.step import Step
from engine.trace.symbols import ONE, Symbols

MOST_FACTORS = 100_000  # an epoch's; past that the delta form alone
Form = Literal["paths", "delta"]
Read = Callable[[Quantity], float]


class Line(NamedTuple):
    """One number and where it comes from: name = formula = numbers = value, and a sentence that says why.

    `formula` is how the mathematics is written (`sig(Z5)[1−sig(Z5)]`), `numbers` what numbers are put into
    (`A5·(1−A5)`); `why` may depend on numbers, so it is given a way to read them.
    """

    name: str
    quantity: Quantity
    formula: str
    numbers: Formula
    why: Callable[[Read], str]


Path = tuple[Line, ...]


class Chains:
    """Every parameter's chain, in the lesson's order."""

    def __init__(self, symbols: Symbols, form: Form = "paths") -> None:
        self.symbols, self.network, self.order = symbols, symbols.network, symbols.lesson.order
        self.has_both_forms = self.network.factors_per_row() * symbols.lesson.rows <= MOST_FACTORS
        self.by_paths = form == "paths" and self.has_both_forms
        self._made: dict[int, tuple[Path, ...]] = {}
        self._factors: dict[tuple[object, ...], Line] = {}

    @property
    def form(self) -> Form:
        """In which form the backward pass is written."""
        return "paths" if self.by_paths else "delta"

    def shape(self, parameter: Parameter) -> tuple[int, int]:
        """How many paths a parameter has in each row, and how many factors each of them."""
        if not self.by_paths:
            return 1, 2
        return self.network.path_count(parameter.layer), 2 * (self.network.last - parameter.layer + 1) + 1

    def paths(self, parameter_index: int) -> tuple[Path, ...]:
        """The paths of the parameter of an index (from 0) in the lesson's order, the Loss's end of each first."""
        if parameter_index not in self._made:
            parameter = self.order[parameter_index]
            count, _ = self.shape(parameter)
            self._made[parameter_index] = tuple(self._path(parameter, index) for index in range(count))
        return self._made[parameter_index]

    def units(self, parameter: Parameter, path: int) -> tuple[Unit, ...]:
        """The units a path goes through, from the output to the parameter's own."""
        chosen = [self.symbols.target_unit(parameter)]
        for layer in self.network.layers[parameter.layer + 1:] if self.by_paths else ():
            path, index = divmod(path, len(layer))
            chosen.insert(0, layer[index])
        return tuple(chosen)

    @cached_property
    def reuse_marks(self) -> tuple[tuple[tuple[bool, ...], ...], ...]:
        """By parameter, path and factor: whether that factor stood in the same row of an earlier chain, or path."""
        seen: set[str] = set()
        marks = []
        for parameter_index in range(len(self.order)):
            of_parameter = []
            for path in self.paths(parameter_index):
                of_parameter.append(tuple(factor.name in seen for factor in path))
                seen.update(factor.name for factor in path)
            marks.append(tuple(of_parameter))
        return tuple(marks)

    def is_reused(self, step: Step) -> bool:
        """Whether a step is a factor that stood in the same row before."""
        return step.factor is not None and step.parameter_index is not None and \
            self.reuse_marks[step.parameter_index][step.path][step.factor]

    def path_of(self, parameter_index: int, path: int) -> tuple[Unit, ...]:
        """The units of a path of a parameter (its index in the order); for path −1, a sum, those of the last path."""
        parameter = self.order[parameter_index]
        return self.units(parameter, path % self.shape(parameter)[0])

    def derivation(self, parameter_index: int, path: int, near: int | None) -> tuple[int, Unit] | None:
        """Which factor of a path is an ∂A/∂Z that has a derivation, and its unit: `near` itself, else the first."""
        units = self.path_of(parameter_index, path) if self.by_paths else ()
        found = {2 * back + 1: unit for back, unit in enumerate(units)
                 if self.network.activations[unit.layer - 1].derivation}
        if not found:
            return None
        column = near if near is not None and near in found else next(iter(found))
        return column, found[column]

    def product_quantity(self, parameter_index: int, path: int, row: int | None = None) -> Quantity:
        """The product of a path, or (path −1) of a row: the sum over its paths."""
        name = f"path {path + 1}" if path >= 0 else "row" if row is None else f"row {row + 1}"
        return Quantity(name, Source.PRODUCT, i=parameter_index, j=path, row=row)

    def product(self, parameter_index: int, path: int, read: Read) -> float:
        """A path's factors multiplied; for path −1 the products of all paths added. `read` reads them in one row."""
        if path >= 0:
            return math.prod(read(factor.quantity) for factor in self.paths(parameter_index)[path])
        return sum(self.product(parameter_index, index, read) for index in range(len(self.paths(parameter_index))))

    def _path(self, parameter: Parameter, index: int) -> Path:
        """Its factors; most of them are shared with other paths, so each is made once."""
        units, made = self.units(parameter, index), self._once
        if not self.by_paths:
            return made(self._loss_by_net_input, units[-1]), made(self._net_input_by_parameter, parameter)
        factors = [made(self._loss_by_activation, units[0])]
        for after, unit in pairwise(units):
            factors += [made(self._activation_by_net_input, after), made(self._net_input_by_activation, after, unit)]
        return (*factors, made(self._activation_by_net_input, units[-1]), made(self._net_input_by_parameter, parameter))

    def _once(self, make: Callable[..., Line], *about: Unit | Parameter) -> Line:
        key = (make.__name__, *about)
        if key not in self._factors:
            self._factors[key] = make(*about)
        return self._factors[key]

    def _loss_by_activation(self, output: Unit) -> Line:
        symbols, lesson = self.symbols, self.symbols.lesson
        A, y, count = symbols.A(output), symbols.target(output), lesson.loss.divisor(lesson.terms)
        numbers = Formula.of(lesson.loss.slope_formula(count), y=y, A=A)
        why = lesson.loss.why.format(y=y.name, A=A.name, count=count)
        return Line(f"∂Loss/∂{A.name}", Quantity(f"∂Loss/∂{A.name}", Source.LOSS_SLOPE, output.layer, output.index),
                    str(numbers), numbers, lambda _: why)

    def _activation_by_net_input(self, unit: Unit) -> Line:
        A, Z, f = self.symbols.A(unit), self.symbols.Z(unit), self.network.activations[unit.layer - 1]
        name = f"∂{A.name}/∂{Z.name}"
        return Line(name, Quantity(name, Source.SLOPE, unit.layer, unit.index),
                    str(Formula.of(f.slope_formula, Z=Z, A=A)), Formula.of(f.slope_numbers, Z=Z, A=A),
                    lambda read: f.why(read(Z)).format(Z=Z.name, A=A.name, f=f.symbol))

    def _net_input_by_activation(self, unit: Unit, before: Unit) -> Line:
        w, A, Z = self.symbols.weight(before, unit), self.symbols.A(before), self.symbols.Z(unit)
        name = f"∂{Z.name}/∂{A.name}"
        return Line(name, w, w.name, Formula((w,)),
                    lambda _: f"{Z.name} is {self.net_input(unit)}: what multiplies {A.name} in it is {w.name}.")

    def _net_input_by_parameter(self, parameter: Parameter) -> Line:
        unit, source = self.symbols.target_unit(parameter), self.symbols.source_unit(parameter)
        A = ONE if source is None else self.symbols.A(source)
        Z = self.symbols.Z(unit)
        name = f"∂{Z.name}/∂{parameter.name}"
        verb = "is added to it as it is, so the factor is 1" if source is None else f"is multiplied by {A.name} in it"
        return Line(name, A, A.name, Formula((A,)),
                    lambda _: f"{Z.name} is {self.net_input(unit)}: {parameter.name} {verb}.")

    def _loss_by_net_input(self, unit: Unit) -> Line:
        line = self.delta(unit)
        name = f"∂Loss/∂Z{unit.number}"
        return line._replace(name=name, quantity=line.quantity._replace(name=name))

    def delta_quantity(self, unit: Unit) -> Quantity:
        """δ of a unit: ∂Loss/∂Z."""
        return Quantity(f"δ{unit.number}", Source.DELTA, unit.layer, unit.index)

    def delta(self, unit: Unit) -> Line:
        """δ of an output from its target, of a hidden unit from every unit after it."""
        Z, A, f = self.symbols.Z(unit), self.symbols.A(unit), self.network.activations[unit.layer - 1]
        if unit.layer == self.network.last:
            first = self._loss_by_activation(unit).numbers
            why = f"δ{unit.number} is ∂Loss/∂{A.name}·∂{A.name}/∂{Z.name}: how Loss changes with {Z.name}."
        else:
            terms = [Formula.of("{delta}·{w}", delta=self.delta_quantity(after), w=self.symbols.weight(unit, after))
                     for after in self.network.layers[unit.layer + 1]]
            first = _factor(Formula.join(" + ", terms))
            why = f"Every unit that {A.name} flows into sends its δ back by the weight; then the slope at {Z.name}."
        slopes = [Formula((*first.parts, "·", *_factor(Formula.of(written, Z=Z, A=A)).parts))
                  for written in (f.slope_formula, f.slope_numbers)]
        return Line(f"δ{unit.number}", self.delta_quantity(unit), str(slopes[0]), slopes[1], lambda _: why)

    def net_input(self, unit: Unit) -> Formula:
        """Zj = Σi wij·Ai + bj."""
        terms = [Formula.of("{w}·{A}", w=self.symbols.weight(before, unit), A=self.symbols.A(before))
                 for before in self.network.layers[unit.layer - 1]]
        return Formula.join(" + ", [*terms, Formula((self.symbols.weight(None, unit),))])


def _factor(formula: Formula) -> Formula:
    """A formula as a factor of a product: in brackets if it is a sum."""
    text = re.sub(r"\([^()]*\)|\[[^\[\]]*\]", "", str(formula))
    return Formula(("(", *formula.parts, ")")) if re.search(r"[−+]", text.lstrip("−")) else formula
