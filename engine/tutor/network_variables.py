"""The variables of a network's numbers: Z, A, the losses, their derivatives, δ."""

import math
from collections.abc import Callable, Mapping

from engine.graph.network import Parameter, Unit
from engine.graph.numeric import Array
from engine.graph.quantity import Quantity, Source
from engine.trace.trace import Entry
from engine.tutor.numbers import Alternative, Found, Numbers, one


class NetworkVariables:
    """Of one step."""

    def __init__(self, numbers: Numbers, entry: Entry) -> None:
        self._numbers, self._entry, self._read = numbers, entry, numbers.read
        self._network, self._symbols, self._lesson = numbers.lesson.network, numbers.symbols, numbers.lesson

    @property
    def readers(self) -> Mapping[str, Callable[[], Found]]:
        """By kind of number."""
        return {"net_input": self._net_input, "activation": self._activation, "row_loss": self._row_loss,
                "loss": self._loss, "loss_slope": self._loss_slope, "slope": self._activation,
                "cross_slope": self._cross_slope, "weight": self._weight, "input": self._input, "bias": self._bias,
                "delta": self._delta}

    @property
    def _unit(self) -> Unit:
        """That the number belongs to; of a softmax's derivative the one whose A it is."""
        quantity = self._entry.line.quantity
        index = quantity.i // self._network.sizes[quantity.layer] if quantity.source is Source.JACOBIAN else quantity.i
        return self._network.layers[quantity.layer][index]

    def _others(self, unit: Unit) -> list[Unit]:
        return [other for other in self._network.layers[unit.layer] if other != unit]

    def _A(self, unit: Unit) -> float:  # noqa: N802  (the field's name)
        return self._read(self._symbols.A(unit))

    def _y(self, output: Unit) -> float:
        return self._read(self._symbols.target(output))

    def _net_input(self) -> Found:
        unit, symbols = self._unit, self._symbols
        before = self._network.layers[unit.layer - 1]
        weights = [self._read(symbols.weight(source, unit)) for source in before]
        bias = 0.0 if self._network.bias == "none" else self._read(symbols.weight(None, unit))
        yield one("Z", self._entry.value)
        yield one("b", bias)
        yield one("w_sum", sum(weights))
        yield "Z_other", [Alternative(self._read(symbols.Z(other)), f"Z{other.number}")
                          for other in self._others(unit)]
        if unit.layer > 1:
            yield one("Z_of_Z", bias + sum(w * self._read(symbols.Z(source))
                                           for w, source in zip(weights, before, strict=True)))

    def _activation(self) -> Found:
        unit, symbols = self._unit, self._symbols
        f, A = self._network.activations[unit.layer - 1], self._A(unit)
        yield one("Z", self._read(symbols.Z(unit)))
        yield one("A", A)
        yield one("slope", self._slope(unit))
        yield "slope_other", [Alternative(self._slope(other), f"∂A{other.number}/∂Z{other.number}")
                              for other in self._others(unit)]
        if not f.takes_layer:
            yield one("slope_at_A", f.slope(A))
            return
        net_inputs = [self._read(symbols.Z(other)) for other in self._network.layers[unit.layer]]
        yield one("Z_sum", sum(net_inputs))
        if max(net_inputs) < math.log(1e300):
            yield one("power_sum", sum(map(math.exp, net_inputs)))

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
        outputs = self._network.layers[-1]
        if len(outputs) == 1:
            yield one("y", self._y(outputs[0]))
            yield one("A", self._A(outputs[0]))
        if self._lesson.loss.is_per_row:
            yield one("entropy", self._entry.value)
            yield one("yA", sum(self._y(output) * self._A(output) for output in outputs))
            logarithms = [math.log(A) for A in map(self._A, outputs) if A > 0]
            yield one("ln_A", sum(logarithms))
            yield "A_other", [Alternative(self._A(output), self._symbols.A(output).name)
                              for output in outputs if not self._y(output)]

    def _loss(self) -> Found:
        yield one("losses", self._entry.value * self._lesson.loss.divisor(self._numbers.terms))
        if not self._lesson.loss.is_per_row:
            yield one("errors", float(self._errors().sum()))

    def _errors(self) -> Array:
        """y − A of every output in every row of the batch."""
        trace, epoch, rows = self._numbers.trace, self._numbers.epoch, self._numbers.rows
        errors: Array = trace.lesson_at(epoch).Y - trace.epoch(epoch).outputs
        return errors[rows.start:rows.stop]

    def _loss_slope(self) -> Found:
        output = self._unit
        yield one("y", self._y(output))
        yield one("A", self._A(output))
        yield one("slope", self._entry.value)
        yield one("errors", float(self._errors()[:, output.index].sum()))

    def _delta(self) -> Found:
        """Of a hidden unit: the sum of the δ after it times their weights, without a term, with the weights turned."""
        unit, network, symbols = self._unit, self._network, self._symbols
        slope = self._slope(unit)
        yield one("slope", slope)
        if unit.layer == network.last:
            by_activation = self._read(Quantity("", Source.LOSS_SLOPE, unit.layer, unit.index))
            yield one("by_own" if network.activations[-1].takes_layer else "upstream", by_activation)
            yield one("y", self._y(unit))
            yield one("A", self._A(unit))
            yield one("m", len(self._lesson.targets))
            return
        after, layer = network.layers[unit.layer + 1], network.layers[unit.layer]
        deltas = [self._read(symbols.delta(target)) for target in after]
        terms = [delta * self._read(symbols.weight(unit, target))
                 for delta, target in zip(deltas, after, strict=True)]
        yield one("upstream", sum(terms))
        if len(after) > 1:
            yield "without_one", [Alternative(sum(terms) - term, f"δ{target.number}")
                                  for term, target in zip(terms, after, strict=True)]
        if len(after) == len(layer) > 1:
            yield one("transposed", sum(
                delta * self._read(symbols.weight(source, after[unit.index]))
                for delta, source in zip(deltas, layer, strict=True)))

    def _weight(self) -> Found:
        w, network, symbols = self._entry.line.quantity, self._network, self._symbols
        source, target = network.layers[w.layer - 1][w.i], network.layers[w.layer][w.j]
        neighbours = [other for other in network.parameters.values()
                      if other.layer == w.layer and other.source is not None and other.name != w.name
                      and (other.source == w.i or other.target == w.j)]
        yield "w_other", [Alternative(self._read(symbols.parameter(other)), other.name) for other in neighbours]
        yield one("A", self._A(source))
        yield one("w_new", self._read(symbols.parameter(network.parameters[w.name], Source.UPDATED)))
        yield one("w_sum", sum(self._read(symbols.weight(before, target)) for before in network.layers[w.layer - 1]))
        yield one("w_asked", self._read(symbols.parameter(self._asked)))

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
