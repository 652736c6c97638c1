"""The update of every parameter: the numbers that its optimizer works out on the way, and the new value."""

import math
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property

from engine.graph.expression import Part, parse
from engine.graph.line import DIVERGED, Line, Read
from engine.graph.optimizers import DECAY, DECAYED, OLD, SGD, Moment
from engine.graph.parts import names_in, number_part, replace_names
from engine.graph.quantity import Quantity, Source
from engine.graph.symbols import RATE, UPDATES, Symbols
from engine.graph.written import write
from engine.lesson.lesson import Lesson


class Updates:
    """Of one lesson, for its parameters in their order."""

    def __init__(self, lesson: Lesson, symbols: Symbols) -> None:
        self._lesson, self._symbols, self._optimizer = lesson, symbols, lesson.optimizer

    @cached_property
    def moments(self) -> Sequence[Moment]:
        """All that there are, as the numbers have them: `k` of a quantity."""
        return self._optimizer.moments_with(self._lesson.weight_decay)

    @property
    def is_plain(self) -> bool:
        """Whether it is a step against the gradient, and nothing else."""
        return self._optimizer is SGD and not self.moments

    @property
    def counts(self) -> bool:
        """Whether the number of updates, t, is used."""
        formulas = (*(moment.formula for moment in self.moments), self._optimizer.update)
        return any("t" in names_in(parse(formula).root) for formula in formulas)

    def in_words(self, name: str = "w") -> str:
        """All of it, for any parameter w, or one of a name: `v = β·v_old + ∂Loss/∂w, then new w = w − lr·v`."""
        gradient = Quantity(f"∂{self._symbols.loss.name}/∂{name}", Source.GRADIENT)
        names = {"w": Quantity(name, Source.PARAMETER), "gradient": gradient}
        if DECAY not in self.moments:
            names[DECAYED] = gradient
        steps = [*((moment.name, moment.formula) for moment in self.moments), (f"new {name}", self._optimizer.update)]
        return ", then ".join(f"{name} = {write(parse(formula).root, names, is_spaced=True)}"
                              for name, formula in steps)

    def moments_of(self, parameter_index: int) -> Sequence[int]:
        """Which of them are worked out for a parameter: not what decay adds where it has none."""
        has_decay = self._lesson.decays(self._lesson.order[parameter_index])
        return [k for k, moment in enumerate(self.moments) if moment is not DECAY or has_decay]

    def moment(self, parameter_index: int, k: int) -> Line:
        """v ← β·v + g, and the like."""
        moment = self.moments[k]
        return self._line(parameter_index, moment.name, self._moment_quantity(parameter_index, k), moment.formula,
                          lambda _: moment.idea)

    def update(self, parameter_index: int) -> Line:
        """w ← w − learning_rate·∂Loss/∂w, or what the optimizer makes of it."""
        parameter = self._lesson.order[parameter_index]
        gradient = self._symbols.parameter(parameter, Source.GRADIENT)

        def why(read: Read) -> str:
            slope = read(gradient)
            if not math.isfinite(slope):
                return DIVERGED
            if not self.is_plain:
                return self._optimizer.idea
            if slope == 0:
                return f"The gradient is 0: {parameter.name} stays."
            sign, way = ("negative", "up") if slope < 0 else ("positive", "down")
            return f"The gradient is {sign}: {self._symbols.loss.name} falls when {parameter.name} goes {way}."
        return self._line(parameter_index, f"new {parameter.name}", self._symbols.parameter(parameter, Source.UPDATED),
                          self._optimizer.update, why)

    def _line(self, parameter_index: int, name: str, quantity: Quantity, formula: str,
              why: Callable[[Read], str]) -> Line:
        """Settings stand in the formula by their signs, with the numbers by their values."""
        root, quantities = parse(formula).root, self.quantities(parameter_index)
        if not self._lesson.decays(self._lesson.order[parameter_index]):
            root = without_decay(root)
        settings = {**self._lesson.settings, "lambda": self._lesson.weight_decay}
        numbers = replace_names(root, {name: number_part(value) for name, value in settings.items()})
        return Line(name, quantity, str(write(root, quantities, is_spaced=True)),
                    write(numbers, quantities, is_spaced=True), why)

    def quantities(self, parameter_index: int) -> Mapping[str, Quantity]:
        """What the names in an optimizer's formulas stand for."""
        parameter, symbols = self._lesson.order[parameter_index], self._symbols
        gradient = symbols.parameter(parameter, Source.GRADIENT)
        found = {"w": symbols.parameter(parameter), "gradient": gradient, DECAYED: gradient, "lr": RATE, "t": UPDATES}
        for k in self.moments_of(parameter_index):
            quantity = self._moment_quantity(parameter_index, k)
            found[quantity.name] = quantity
            old = quantity.name + OLD
            found[old] = quantity._replace(name=old, source=Source.OLD_MOMENT)
        return found

    def _moment_quantity(self, parameter_index: int, k: int) -> Quantity:
        parameter = self._lesson.order[parameter_index]
        return Quantity(self.moments[k].name, Source.MOMENT, parameter.layer, *self._symbols.model.position(parameter),
                        k=k)


def without_decay(part: Part) -> Part:
    """An optimizer's formula for a parameter that does not decay: what is multiplied by λ is left out."""
    if part.operation in "+-" and len(part.parts) == 2 and _has_decay(part.parts[1]):
        return without_decay(part.parts[0])
    return part._replace(parts=tuple(map(without_decay, part.parts)))


def _has_decay(part: Part) -> bool:
    return (part.operation == "name" and part.name == "lambda") or \
        (part.operation == "*" and any(map(_has_decay, part.parts)))
