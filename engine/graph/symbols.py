"""The names of a lesson's numbers, and where each is found: `Z3`, `A3` (an input by its column's name), `w13`, `y`."""

from collections.abc import Sequence
from functools import cached_property

from engine.graph.formulas import Formulas
from engine.graph.network import Network, Parameter, Unit
from engine.graph.quantity import Quantity, Source

ONE = Quantity("1", Source.ONE)
RATE = Quantity("lr", Source.RATE)
LOSS = Quantity("Loss", Source.LOSS)
UPDATES = Quantity("t", Source.UPDATES)


class Symbols:
    """Quantities of one lesson. `loss` is what is differentiated: the Loss, or the result of a graph's only row."""

    def __init__(self, model: Network | Formulas, inputs: Sequence[str], targets: Sequence[str],
                 loss: Quantity = LOSS) -> None:
        self.model, self.inputs, self.targets, self.loss = model, inputs, targets, loss

    @property
    def network(self) -> Network:
        """The network; only of one are units asked for."""
        assert isinstance(self.model, Network)  # noqa: S101
        return self.model

    @cached_property
    def columns(self) -> Sequence[Quantity]:
        """The data's, inputs before targets."""
        return [*(Quantity(name, Source.A, i=index) for index, name in enumerate(self.inputs)),
                *(Quantity(name, Source.TARGET, i=index) for index, name in enumerate(self.targets))]

    @cached_property
    def _between(self) -> dict[tuple[int, int | None, int], Parameter]:
        return {(p.layer, p.source, p.target): p for p in self.network.parameters.values()}

    @cached_property
    def _units(self) -> dict[tuple[Source, int, int], Quantity]:
        """Every Z and A: they are asked for often."""
        return {(source, unit.layer, unit.index): Quantity(self._name(source, unit), source, unit.layer, unit.index)
                for layer in self.network.layers for unit in layer for source in (Source.Z, Source.A)}

    def _name(self, source: Source, unit: Unit) -> str:
        return f"{source.name}{unit.number}" if unit.layer else self.inputs[unit.index]

    def Z(self, unit: Unit) -> Quantity:  # noqa: N802  (the field's name)
        """A unit's net input."""
        return self._units[Source.Z, unit.layer, unit.index]

    def A(self, unit: Unit) -> Quantity:  # noqa: N802
        """A unit's activation; an input's is called as its column is."""
        return self._units[Source.A, unit.layer, unit.index]

    def delta(self, unit: Unit) -> Quantity:
        """δ of a unit: ∂Loss/∂Z."""
        return Quantity(f"δ{unit.number}", Source.DELTA, unit.layer, unit.index)

    def target(self, output: Unit) -> Quantity:
        """What an output should be."""
        return Quantity(self.targets[output.index], Source.TARGET, i=output.index)

    def weight(self, source: Unit | None, target: Unit) -> Quantity:
        """The value of the weight between two units of neighbouring layers, or of a unit's bias."""
        return self.parameter(self.between(source, target))

    def between(self, source: Unit | None, target: Unit) -> Parameter:
        """The weight between two units of neighbouring layers; the target's bias where `source` is None, which may be
        its layer's.
        """
        index = 0 if source is None and self.network.bias == "layer" else target.index
        return self._between[target.layer, None if source is None else source.index, index]

    def parameter(self, parameter: Parameter, source: Source = Source.PARAMETER) -> Quantity:
        """A parameter before the update; after it with UPDATED; its gradient with GRADIENT."""
        name = f"∂{self.loss.name}/∂{parameter.name}" if source is Source.GRADIENT else parameter.name
        return Quantity(name, source, parameter.layer, *self.model.position(parameter))

    def unit_at(self, quantity: Quantity) -> Unit:
        """The unit that a Z or an A belongs to."""
        return self.network.layers[quantity.layer][quantity.i]

    def target_units(self, parameter: Parameter) -> Sequence[Unit]:
        """The unit a parameter belongs to; of a layer's bias all."""
        layer = self.network.layers[parameter.layer]
        return layer if parameter.source is None and self.network.bias == "layer" else layer[parameter.target:][:1]

    def target_unit(self, parameter: Parameter) -> Unit:
        """The same, of a layer's bias the first."""
        return self.target_units(parameter)[0]

    def source_unit(self, parameter: Parameter) -> Unit | None:
        """The unit a weight comes from; None for a bias."""
        return None if parameter.source is None else self.network.layers[parameter.layer - 1][parameter.source]
