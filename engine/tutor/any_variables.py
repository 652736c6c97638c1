"""The variables that any number has, whatever its kind: what it is in other rows or of other units; plain multiples."""

import math
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from functools import cache
from itertools import combinations

from engine.graph.graph import Node
from engine.graph.network import Parameter
from engine.graph.quantity import Quantity, Source
from engine.trace.trace import Entry
from engine.tutor.numbers import Alternative, Found, Numbers, nearest, subject
from engine.tutor.operations import Scope

OF_LOSS = frozenset(("row_loss", "loss", "loss_slope", "mean", "delta", "product", "gradient", "moment"))
OF_NO_ROW = frozenset((Source.PARAMETER, Source.ONE))
WORDS = {Fraction(1): "", Fraction(2): "twice ", Fraction(1, 2): "half ", Fraction(1, 3): "a third of ",
         Fraction(1, 4): "a quarter of "}


class AnyVariables:
    """Of one step."""

    def __init__(self, numbers: Numbers, entry: Entry) -> None:
        self._numbers, self._entry, self._quantity = numbers, entry, entry.line.quantity

    def scopes(self) -> Iterator[Scope]:
        """First whose number it could be, then what it could be multiplied by."""
        yield Scope("row", "", dict(self._of_others()))
        yield Scope("anywhere", "", dict(self._multiples()))

    def _of_others(self) -> Found:
        """The same number of another row, or with another name."""
        numbers, quantity = self._numbers, self._quantity
        if self._entry.step.row is not None and quantity.source not in OF_NO_ROW:
            own = quantity._replace(row=None)
            yield "other_row", _telling(Alternative(numbers.read(own, row), f"row {row + 1}")
                                        for row in numbers.other_rows)
        yield "other_unit", _telling(Alternative(numbers.read(other), other.name) for other in self._others())

    def _others(self) -> Sequence[Quantity]:
        """Numbers of the same kind, those of the nearest units, nodes or parameters."""
        quantity, graph = self._quantity, self._numbers.chains.graph
        is_copied = self._entry.step.factor is not None  # which the catalogue knows by its kind
        match quantity.source:
            case Source.DELTA | Source.LOSS_SLOPE:
                return self._of_other_units()
            case Source.A if not is_copied:
                return self._of_other_units()
            case Source.VALUE if not is_copied:
                return [node.quantity for node in nearest(graph.nodes, quantity.i)]
            case Source.ADJOINT:
                return [node.quantity for node in nearest(graph.adjoints, _place_of(quantity, graph.adjoints))]
            case Source.PARTIAL:
                return self._of_one_node()
            case Source.GRADIENT | Source.UPDATED as source:
                return [self._of_parameter(other, source) for other in self._other_parameters()]
        return ()

    def _of_other_units(self) -> list[Quantity]:
        symbols, quantity = self._numbers.symbols, self._quantity
        others = nearest(symbols.network.layers[quantity.layer], quantity.i)
        if quantity.source is Source.A:
            return [symbols.A(unit) for unit in others]
        if quantity.source is Source.DELTA:
            return [symbols.delta(unit) for unit in others]
        return [Quantity(f"∂Loss/∂{symbols.A(unit).name}", Source.LOSS_SLOPE, unit.layer, unit.index)
                for unit in others]

    def _of_one_node(self) -> list[Quantity]:
        """The slopes of one node by something else in its formula."""
        formulas, own = self._numbers.lesson.formulas, self._quantity.i
        partials = formulas.partials if formulas else ()
        return [Quantity(f"∂{self._name_of(node)}/∂{name}", Source.PARTIAL, i=index)
                for index, (node, name) in enumerate(partials) if node == partials[own][0] and index != own]

    def _name_of(self, node: int) -> str:
        return self._numbers.chains.graph.nodes[node].quantity.name

    def _other_parameters(self) -> list[Parameter]:
        return nearest(self._numbers.lesson.order, self._entry.step.parameter_index or 0)

    def _of_parameter(self, parameter: Parameter, source: Source) -> Quantity:
        quantity = self._numbers.symbols.parameter(parameter, source)
        return quantity if source is Source.GRADIENT else quantity._replace(name=f"new {quantity.name}")

    def _multiples(self) -> Found:
        """Of a number by 2, by n where the Loss is in it, or divided by them, by two of these, each with the sign
        turned or not.
        """
        value, n = self._entry.value, self._numbers.terms if subject(self._entry) in OF_LOSS else 1
        if value and math.isfinite(value):
            yield "multiple", [Alternative(factor * value, words) for factor, words in _plain_factors(n)]


def _telling(alternatives: Iterable[Alternative]) -> list[Alternative]:
    """Without 0 and 1, which come from anywhere."""
    return [alternative for alternative in alternatives if abs(alternative.value) not in (0, 1)]


def _place_of(quantity: Quantity, nodes: Sequence[Node]) -> int:
    return next((place for place, node in enumerate(nodes) if node.quantity.i == quantity.i), len(nodes))


@cache
def _plain_factors(n: int) -> Sequence[tuple[float, str]]:
    """Each with the words for what it makes of a number: the simplest first."""
    single = [Fraction(2), Fraction(1, 2), *[Fraction(n), Fraction(1, n)] * (n > 1)]
    double = [one * other for one, other in combinations(single, 2)] * (n > 1)
    factors = dict.fromkeys((Fraction(1), *single, *double))
    return [(sign * float(factor), _in_words(factor) + " with its sign turned" * (sign < 0))
            for sign in (1, -1) for factor in factors if sign * factor != 1]


def _in_words(factor: Fraction) -> str:
    plain = f"{factor} times " if factor.denominator == 1 else f"{factor} of "
    return f"{WORDS.get(factor, plain)}the right number"
