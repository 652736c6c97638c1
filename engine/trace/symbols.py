"""The names of a lesson's numbers, and where each is found: `Z3`, `A3` (an input by its column's name), `w13`, `y`."""

from engine.graph.network import Parameter, Unit
from engine.graph.quantity import Quantity, Source
from engine.lesson.lesson import Lesson

ONE = Quantity("1", Source.ONE)
RATE = Quantity("lr", Source.RATE)
LOSS = Quantity("Loss", Source.LOSS)


class Symbols:
    """Quantities of one lesson's network."""

    def __init__(self, lesson: Lesson) -> None:
        self.lesson, self.network = lesson, lesson.network
        self._parameters = {(p.layer, p.source, p.target): p for p in lesson.network.parameters.values()}
        self.parameter_index = {parameter.name: k for k, parameter in enumerate(lesson.order)}

    def Z(self, unit: Unit) -> Quantity:  # noqa: N802  (the field's name)
        """A unit's net input."""
        return Quantity(f"Z{unit.number}", Source.Z, unit.layer, unit.index)

    def A(self, unit: Unit) -> Quantity:  # noqa: N802
        """A unit's activation; an input's is called as its column is."""
        name = f"A{unit.number}" if unit.layer else self.lesson.inputs[unit.index]
        return Quantity(name, Source.A, unit.layer, unit.index)

    def target(self, output: Unit) -> Quantity:
        """What an output should be."""
        return Quantity(self.lesson.targets[output.index], Source.TARGET, i=output.index)

    def weight(self, source: Unit | None, target: Unit) -> Quantity:
        """The value of the weight between two units of neighbouring layers, or of a unit's bias."""
        return self.parameter(self.between(source, target))

    def between(self, source: Unit | None, target: Unit) -> Parameter:
        """The weight between two units of neighbouring layers; the target's bias where `source` is None."""
        return self._parameters[target.layer, None if source is None else source.index, target.index]

    def parameter(self, parameter: Parameter, source: Source = Source.PARAMETER) -> Quantity:
        """A parameter before the update; after it with UPDATED; its gradient with GRADIENT."""
        name = f"∂Loss/∂{parameter.name}" if source is Source.GRADIENT else parameter.name
        return Quantity(name, source, parameter.layer, *self.network.position(parameter))

    def target_unit(self, parameter: Parameter) -> Unit:
        """The unit a parameter belongs to."""
        return self.network.layers[parameter.layer][parameter.target]

    def source_unit(self, parameter: Parameter) -> Unit | None:
        """The unit a weight comes from; None for a bias."""
        return None if parameter.source is None else self.network.layers[parameter.layer - 1][parameter.source]
