"""The variables of a network's numbers: Z, A, the losses, their derivatives, δ."""

import math
from collections.abc import Callable, Iterator, Mapping

from engine.graph.network import Parameter, Unit
from engine.graph.numeric import Array
from engine.graph.quantity import Quantity, Source
from engine.trace.trace import Entry
from engine.tutor.numbers import MOST_ALTERNATIVES, Alternative, Found, Numbers, dot, nearest, one


class NetworkVariables:
    """Of one step."""

    def __init__(self, numbers: Numbers, entry: Entry) -> None:
        self._numbers, self._entry, self._read = numbers, entry, numbers.read
        self._network, self._symbols, self._lesson = numbers.lesson.network, numbers.symbols, numbers.lesson

    @property
    def readers(self) -> Mapping[str, Callable[[], Found]]:
        """By kind of number."""
        return {"net_input": self._net_input, "activation": self._activation, "row_loss": self._row_loss,
                "loss": self._loss, "loss_slope": self._loss_slope, "slope": self._activation_slope,
                "cross_slope": self._cross_slope, "weight": self._weight, "input": self._input, "bias": self._bias,
                "delta": self._delta}

    @property
    def _unit(self) -> Unit:
        """That the number belongs to; of a softmax's derivative the one whose A it is."""
        quantity = self._entry.line.quantity
        index = quantity.i // self._network.sizes[quantity.layer] if quantity.source is Source.JACOBIAN else quantity.i
        return self._network.layers[quantity.layer][index]

    def _others(self, unit: Unit) -> list[Unit]:
        """Of its layer, the nearest first."""
        return nearest(self._network.layers[unit.layer], unit.index)

    def _A(self, unit: Unit) -> float:  # noqa: N802  (the field's name)
        return self._read(self._symbols.A(unit))

    def _y(self, output: Unit) -> float:
        return self._read(self._symbols.target(output))

    def _net_input(self) -> Found:
        unit, symbols, numbers = self._unit, self._symbols, self._numbers
        before, layer = self._network.layers[unit.layer - 1], self._network.layers[unit.layer]
        parameters, inputs = numbers.array(Source.PARAMETER, unit.layer), numbers.in_row(Source.A, unit.layer - 1)
        weights = parameters[:-1, unit.index].tolist()
        bias = 0.0 if self._network.bias == "none" else self._read(symbols.weight(None, unit))
        yield one("Z", self._entry.value)
        yield one("b", bias)
        yield one("w_sum", sum(weights))
        yield "term", [Alternative(weights[k] * inputs[k], f"{symbols.weight(before[k], unit).name}·"
                                   f"{symbols.A(before[k]).name}") for k in range(len(before))[:MOST_ALTERNATIVES]]
        yield "exchanged", [
            Alternative((weights[k] - weights[k + 1]) * (inputs[k] - inputs[k + 1]),
                        f"{symbols.weight(before[k], unit).name} and {symbols.weight(before[k + 1], unit).name}")
            for k in range(len(before) - 1)[:MOST_ALTERNATIVES]]
        yield "Z_other", [Alternative(self._read(symbols.Z(other)), f"Z{other.number}")
                          for other in self._others(unit)]
        if unit.layer > 1:
            yield one("Z_of_Z", bias + dot(weights, numbers.in_row(Source.Z, unit.layer - 1)))
        if len(before) == len(layer) > 1:
            yield one("transposed", dot(parameters[unit.index].tolist(), inputs))
        if self._network.bias != "none":
            yield "b_other", [Alternative(self._read(each), each.name) for each in self._other_biases(unit)]

    def _other_biases(self, unit: Unit) -> list[Quantity]:
        """Those of the nearest units, or of the layers beside a layer with one for all."""
        biases = [self._symbols.weight(None, other)
                  for other in nearest(self._network.computed_units, unit.number - self._network.sizes[0] - 1)]
        own = self._symbols.weight(None, unit)
        return [bias for bias in dict.fromkeys(biases) if bias != own]

    def _activation(self) -> Found:
        unit, symbols = self._unit, self._symbols
        f, Z = self._network.activations[unit.layer - 1], self._read(symbols.Z(unit))
        yield one("Z", Z)
        yield one("A", self._A(unit))
        yield one("slope", self._slope(unit))
        if Z < 0:
            yield one("magnitude", -Z)
        if not f.takes_layer:
            return
        net_inputs = [self._read(symbols.Z(other)) for other in self._network.layers[unit.layer]]
        yield one("Z_sum", sum(net_inputs))
        if max(net_inputs) < math.log(1e300):
            yield one("power_sum", sum(map(math.exp, net_inputs)))

    def _activation_slope(self) -> Found:
        unit = self._unit
        f, A = self._network.activations[unit.layer - 1], self._A(unit)
        yield one("Z", self._read(self._symbols.Z(unit)))
        yield one("A", A)
        yield one("slope", self._entry.value)
        yield "slope_other", [Alternative(self._slope(other), f"∂A{other.number}/∂Z{other.number}")
                              for other in self._others(unit)]
        if not f.takes_layer:
            yield one("slope_at_A", f.slope(A))

    def _cross_slope(self) -> Found:
        unit, quantity = self._unit, self._entry.line.quantity
        other = self._network.layers[unit.layer][quantity.i % self._network.sizes[unit.layer]]
        yield one("A", self._A(unit))
        yield one("B", self._A(other))

    def _slope(self, unit: Unit) -> float:
        if not self._network.activations[unit.layer - 1].takes_layer:
            return self._read(Quantity("", Source.SLOPE, unit.layer, unit.index))
        size = self._network.sizes[unit.layer]
        return self._read(Quantity("", Source.JACOBIAN, unit.layer, unit.index * (size + 1)))

    def _row_loss(self) -> Found:
        outputs, value, loss = self._network.layers[-1], self._entry.value, self._lesson.loss
        targets, found = [self._y(output) for output in outputs], [self._A(output) for output in outputs]
        yield one("loss", value)
        yield "count", list(self._counts(len(outputs)))
        if loss.is_square:
            errors = [y - A for y, A in zip(targets, found, strict=True)]
            squares = [error**2 for error in errors]
            yield one("error_sum", sum(errors))
            yield one("size_sum", sum(map(abs, errors)))
            yield one("square_sum", sum(squares))
            yield one("A_square_sum", sum(A**2 for A in found))
            if len(outputs) > 1:
                yield "squared_error", [Alternative(square, f"unit {output.number}")
                                 for output, square in zip(outputs, squares, strict=True)][:MOST_ALTERNATIVES]
            return
        yield one("yA", dot(targets, found))
        if loss.is_per_row:
            yield one("ln_A", sum(math.log(A) for A in found if A > 0))
            yield "A_other", [Alternative(A, self._symbols.A(output).name)
                              for output, y, A in zip(outputs, targets, found, strict=True) if not y]
        elif all(0 < A < 1 for A in found):
            logarithms, others = [math.log(A) for A in found], [math.log(1 - A) for A in found]
            turned = [1 - y for y in targets]
            yield "one_term", [Alternative(-dot(targets, logarithms), "−y·ln(A)"),
                               Alternative(-dot(turned, others), "−(1−y)·ln(1−A)")]
            yield one("exchanged", -dot(turned, logarithms) - dot(targets, others))

    def _counts(self, outputs: int) -> Iterator[Alternative]:
        """What a row's loss could be divided by already: the rows, the outputs, both."""
        rows = len(self._numbers.rows)
        if rows > 1:
            yield Alternative(rows, f"{rows} rows")
        if outputs > 1:
            yield Alternative(outputs, f"{outputs} outputs")
        if rows > 1 and outputs > 1:
            yield Alternative(rows * outputs, f"{rows} rows and the {outputs} outputs")

    def _loss(self) -> Found:
        yield from self._numbers.loss_variables(self._entry.value, Quantity("", Source.ROW_LOSS))
        yield from self._output_count()
        if not self._lesson.loss.is_per_row:
            yield one("errors", float(self._errors().sum()))

    def _output_count(self) -> Found:
        """Where there are several."""
        if len(self._lesson.targets) > 1:
            yield one("outputs", len(self._lesson.targets))

    def _errors(self) -> Array:
        """y − A of every output in every row of the batch."""
        trace, epoch, rows = self._numbers.trace, self._numbers.epoch, self._numbers.rows
        errors: Array = trace.lesson_at(epoch).Y - trace.epoch(epoch).outputs
        return errors[rows.start:rows.stop]

    def _loss_slope(self) -> Found:
        output = self._unit
        y, A = self._y(output), self._A(output)
        yield one("y", y)
        yield one("A", A)
        if y:
            yield one("targeted", A)
        yield one("slope", self._entry.value)
        yield one("errors", float(self._errors()[:, output.index].sum()))
        yield from self._output_count()

    def _delta(self) -> Found:
        """Of a hidden unit: the sum of the δ after it times their weights, without a term, with the weights turned."""
        unit, network = self._unit, self._network
        slope = self._slope(unit)
        yield one("slope", slope)
        if unit.layer == network.last:
            by_activation = self._read(Quantity("", Source.LOSS_SLOPE, unit.layer, unit.index))
            yield one("by_own" if network.activations[-1].takes_layer else "upstream", by_activation)
            yield one("y", self._y(unit))
            yield one("A", self._A(unit))
            yield one("m", len(self._lesson.targets))
            if not self._lesson.loss.delta_formula:
                yield one("delta", self._entry.value)
                yield one("by_error", (self._y(unit) - self._A(unit)) * slope)
            return
        after, layer = network.layers[unit.layer + 1], network.layers[unit.layer]
        weights, deltas = self._numbers.array(Source.PARAMETER, after[0].layer)[:-1], \
            self._numbers.in_row(Source.DELTA, after[0].layer)
        leaving = weights[unit.index].tolist()
        terms = [delta * w for delta, w in zip(deltas, leaving, strict=True)]
        yield one("delta", self._entry.value)
        yield one("upstream", sum(terms))
        if len(after) > 1:
            yield "without_one", [Alternative(sum(terms) - term, f"δ{target.number}")
                                  for term, target in zip(terms, after, strict=True)][:MOST_ALTERNATIVES]
        if len(after) == len(layer) > 1:
            yield one("transposed", dot(deltas, weights[:, unit.index].tolist()))
        sums = weights.sum(axis=0).tolist()
        if len(layer) > 1 and all(sums):
            yield one("shared", sum(term / total for term, total in zip(terms, sums, strict=True)))

    def _weight(self) -> Found:
        w, network, symbols = self._entry.line.quantity, self._network, self._symbols
        before, layer = network.layers[w.layer - 1], network.layers[w.layer]
        source, target = before[w.i], layer[w.j]
        neighbours = [*(symbols.weight(other, target) for other in nearest(before, w.i)),
                      *(symbols.weight(source, other) for other in nearest(layer, w.j))]
        yield "w_other", [Alternative(self._read(other), other.name) for other in neighbours]
        yield one("A", self._A(source))
        yield one("w_new", self._read(symbols.parameter(network.parameters[w.name], Source.UPDATED)))
        yield one("w_sum", float(self._numbers.array(Source.PARAMETER, w.layer)[:-1, w.j].sum()))
        yield one("w_asked", self._read(symbols.parameter(self._asked)))
        if self._entry.value < 0:
            yield one("magnitude", -self._entry.value)

    @property
    def _asked(self) -> Parameter:
        """The parameter that the chain is about."""
        return self._lesson.order[self._entry.step.parameter_index or 0]

    def _input(self) -> Found:
        source = self._unit
        yield one("w", self._read(self._symbols.parameter(self._asked)))
        yield "x_other", [Alternative(self._A(other), self._symbols.A(other).name) for other in self._others(source)]
        if source.layer:
            yield one("Z_before", self._read(self._symbols.Z(source)))

    def _bias(self) -> Found:
        yield one("b", self._read(self._symbols.parameter(self._asked)))
