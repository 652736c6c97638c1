"""What the names in the catalogue of mistakes stand for at a step: `Z`, `b`, `w_other`, `sums_multiplied` …

A variable has one value, or several with a word each for which is which (another unit's Z: Z4). At a step where one
means nothing it is missing, and the mistakes that need it do not apply.
"""

import math
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from engine.graph.network import Parameter, Unit
from engine.graph.quantity import Quantity, Source
from engine.graph.step import Kind, Step
from engine.learner.knowledge import IDEAS
from engine.trace.trace import Entry, Trace


class Alternative(NamedTuple):
    """One value of a variable, and which it is."""

    value: float
    which: str = ""


Variables = Mapping[str, list[Alternative]]


def subject(entry: Entry) -> str:
    """What kind of number a step is about, as the catalogue says it: a factor by what it is a derivative of."""
    return entry.line.about if entry.step.kind is Kind.FACTOR else entry.step.kind.value


def idea_of(entry: Entry) -> str:
    """What the kind of number is about that a step gives, in a sentence."""
    is_path_sum = entry.step.kind is Kind.PRODUCT and entry.step.path < 0
    return IDEAS["path_sum" if is_path_sum else subject(entry)]


class VariableReader:
    """Reads the variables of the steps of one epoch."""

    def __init__(self, trace: Trace, epoch: int) -> None:
        self.trace, self.epoch, self.lesson, self.symbols = trace, epoch, trace.lesson, trace.symbols

    def variables(self, entry: Entry) -> Variables:
        """The variables at a step."""
        readers = {"net_input": self._net_input, "activation": self._activation, "row_loss": self._row_loss,
                   "loss": self._loss, "loss_slope": self._loss_slope, "slope": self._activation,
                   "weight": self._weight, "input": self._input, "bias": self._bias, "product": self._product,
                   "gradient": self._gradient, "update": self._update,
                   "delta": self._delta}
        kind = subject(entry)
        loss, n = self.lesson.loss, self.lesson.terms
        constants = {"n": n, "d": loss.divisor(n), "half": 0.5 if loss.is_half else 1.0}
        found = {name: [Alternative(float(value))] for name, value in constants.items()}
        if kind in readers:
            for name, alternatives in readers[kind](entry, entry.step.row or 0):
                found.setdefault(name, []).extend(alternatives)
        return found

    def family(self, entry: Entry) -> str:
        """The name of the activation or loss that a step is about; nothing elsewhere."""
        kind = subject(entry)
        if kind in ("row_loss", "loss", "loss_slope"):
            return self.lesson.loss.name
        if kind in ("activation", "slope"):
            return self.lesson.network.activations[entry.line.quantity.layer - 1].name
        return ""

    def _read(self, quantity: Quantity, row: int | None = None) -> float:
        return self.trace.read(self.epoch, quantity, row)

    def _one(self, name: str, value: float) -> tuple[str, list[Alternative]]:
        return name, [Alternative(value)]

    def _others(self, unit: Unit) -> list[Unit]:
        return [other for other in self.lesson.network.layers[unit.layer] if other != unit]

    def _unit(self, quantity: Quantity) -> Unit:
        return self.lesson.network.layers[quantity.layer][quantity.i]

    def _net_input(self, entry: Entry, row: int) -> Iterator[tuple[str, list[Alternative]]]:
        unit, symbols = self._unit(entry.line.quantity), self.symbols
        before = self.lesson.network.layers[unit.layer - 1]
        weights = [self._read(symbols.weight(source, unit)) for source in before]
        bias = self._read(symbols.weight(None, unit))
        yield self._one("Z", entry.value)
        yield self._one("b", bias)
        yield self._one("w_sum", sum(weights))
        yield "Z_other", [Alternative(self._read(symbols.Z(other), row), f"Z{other.number}")
                          for other in self._others(unit)]
        if unit.layer > 1:
            yield self._one("Z_of_Z", bias + sum(w * self._read(symbols.Z(source), row)
                                                 for w, source in zip(weights, before, strict=True)))

    def _activation(self, entry: Entry, row: int) -> Iterator[tuple[str, list[Alternative]]]:
        unit, symbols = self._unit(entry.line.quantity), self.symbols
        A = self._read(symbols.A(unit), row)
        yield self._one("Z", self._read(symbols.Z(unit), row))
        yield self._one("A", A)
        yield self._one("slope", self._slope(unit, row))
        yield self._one("slope_at_A", self._slope_at(unit, A))
        yield "slope_other", [Alternative(self._slope(other, row), f"∂A{other.number}/∂Z{other.number}")
                              for other in self._others(unit)]

    def _slope(self, unit: Unit, row: int) -> float:
        return self._read(Quantity("", Source.SLOPE, unit.layer, unit.index), row)

    def _slope_at(self, unit: Unit, z: float) -> float:
        """f′ of a unit's activation at any number."""
        return self.lesson.network.activations[unit.layer - 1].slope(z)

    def _row_loss(self, entry: Entry, row: int) -> Iterator[tuple[str, list[Alternative]]]:
        del entry
        if len(self.lesson.targets) == 1:
            output = self.lesson.network.layers[-1][0]
            yield self._one("y", self._read(self.symbols.target(output), row))
            yield self._one("A", self._read(self.symbols.A(output), row))

    def _loss(self, entry: Entry, row: int) -> Iterator[tuple[str, list[Alternative]]]:
        del row
        errors = self.trace.lesson_at(self.epoch).Y - self.trace.epoch(self.epoch).outputs
        yield self._one("losses", entry.value * self.lesson.loss.divisor(self.lesson.terms))
        yield self._one("errors", float(errors.sum()))

    def _loss_slope(self, entry: Entry, row: int) -> Iterator[tuple[str, list[Alternative]]]:
        output = self._unit(entry.line.quantity)
        outputs = self.trace.epoch(self.epoch).outputs
        errors = self.trace.lesson_at(self.epoch).Y[:, output.index] - outputs[:, output.index]
        yield self._one("y", self._read(self.symbols.target(output), row))
        yield self._one("A", self._read(self.symbols.A(output), row))
        yield self._one("slope", entry.value)
        yield self._one("errors", float(errors.sum()))

    def _delta(self, entry: Entry, row: int) -> Iterator[tuple[str, list[Alternative]]]:
        """Of a hidden unit: the sum of the δ after it times their weights, without a term, with the weights turned."""
        unit, network = self._unit(entry.line.quantity), self.lesson.network
        slope = self._slope(unit, row)
        yield self._one("slope", slope)
        if unit.layer == network.last:
            slope_of_A = Quantity("", Source.LOSS_SLOPE, unit.layer, unit.index)
            yield self._one("upstream", self._read(slope_of_A, row))
            return
        after, layer = network.layers[unit.layer + 1], network.layers[unit.layer]
        deltas = [self._read(self.symbols.delta(target), row) for target in after]
        terms = [delta * self._read(self.symbols.weight(unit, target))
                 for delta, target in zip(deltas, after, strict=True)]
        yield self._one("upstream", sum(terms))
        if len(after) > 1:
            yield "without_one", [Alternative(sum(terms) - term, f"δ{target.number}")
                                  for term, target in zip(terms, after, strict=True)]
        if len(after) == len(layer) > 1:
            yield self._one("transposed", sum(
                delta * self._read(self.symbols.weight(source, after[unit.index]))
                for delta, source in zip(deltas, layer, strict=True)))

    def _weight(self, entry: Entry, row: int) -> Iterator[tuple[str, list[Alternative]]]:
        w, network = entry.line.quantity, self.lesson.network
        source, target = network.layers[w.layer - 1][w.i], network.layers[w.layer][w.j]
        neighbours = [other for other in network.parameters.values()
                      if other.layer == w.layer and other.source is not None and other.name != w.name
                      and (other.source == w.i or other.target == w.j)]
        yield "w_other", [self._parameter(other) for other in neighbours]
        yield self._one("A", self._read(self.symbols.A(source), row))
        yield self._one("w_new", self._read(self.symbols.parameter(self._parameter_named(w.name), Source.UPDATED)))
        yield self._one("w_sum", sum(self._read(self.symbols.weight(before, target))
                                     for before in network.layers[w.layer - 1]))
        yield self._one("w_asked", self._read(self.symbols.parameter(self._order(entry.step))))

    def _parameter_named(self, name: str) -> Parameter:
        return self.lesson.network.parameters[name]

    def _order(self, step: Step) -> Parameter:
        return self.lesson.order[step.parameter_index or 0]

    def _parameter(self, parameter: Parameter) -> Alternative:
        return Alternative(self._read(self.symbols.parameter(parameter)), parameter.name)

    def _input(self, entry: Entry, row: int) -> Iterator[tuple[str, list[Alternative]]]:
        source = self._unit(entry.line.quantity)
        yield self._one("w", self._read(self.symbols.parameter(self._order(entry.step))))
        yield "x_other", [Alternative(self._read(self.symbols.A(other), row), self.symbols.A(other).name)
                          for other in self._others(source)]
        if source.layer:
            yield self._one("Z_before", self._read(self.symbols.Z(source), row))

    def _bias(self, entry: Entry, row: int) -> Iterator[tuple[str, list[Alternative]]]:
        del row
        yield self._one("b", self._read(self.symbols.parameter(self._order(entry.step))))

    def _product(self, entry: Entry, row: int) -> Iterator[tuple[str, list[Alternative]]]:
        step = entry.step
        yield self._one("product", entry.value)
        paths = self.trace.chains.paths(step.parameter_index or 0)
        if step.path < 0 < len(paths) - 1:
            return
        factors = paths[max(step.path, 0)]
        values = [self._read(factor.quantity, row) for factor in factors]
        yield self._one("factor_sum", sum(values))
        yield "without", [Alternative(math.prod(values[:k] + values[k + 1:]), factor.name)
                          for k, factor in enumerate(factors)]

    def _gradient(self, entry: Entry, row: int) -> Iterator[tuple[str, list[Alternative]]]:
        del row
        parameter_index, rows = entry.step.parameter_index or 0, self.lesson.rows
        sums = [[sum(self._read(factor.quantity, row) for row in range(rows)) for factor in path]
                for path in self.trace.chains.paths(parameter_index)]
        yield self._one("gradient", entry.value)
        yield self._one("sums_multiplied", sum(math.prod(columns) for columns in sums))
        yield self._one("means_multiplied", sum(math.prod(total / rows for total in columns) for columns in sums))
        yield "row_product", [
            Alternative(self._read(Quantity("", Source.PRODUCT, i=parameter_index, j=-1), row), f"row {row + 1}")
            for row in range(rows)]

    def _update(self, entry: Entry, row: int) -> Iterator[tuple[str, list[Alternative]]]:
        del row
        parameter = self._order(entry.step)
        yield self._one("w", self._read(self.symbols.parameter(parameter)))
        yield self._one("g", self._read(self.symbols.parameter(parameter, Source.GRADIENT)))
        yield self._one("lr", self.trace.lesson_at(self.epoch).learning_rate)
        others = [self.symbols.parameter(other, Source.GRADIENT) for other in self.lesson.order if other != parameter]
        yield "g_other", [Alternative(self._read(gradient), gradient.name) for gradient in others]
