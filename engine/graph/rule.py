"""How parameters move: an optimizer's formulas, worked out for every parameter at once."""

from collections.abc import Mapping
from typing import NamedTuple

from engine.graph.compile import operations
from engine.graph.expression import parse
from engine.graph.numeric import Array, np
from engine.graph.operations import Operations
from engine.graph.optimizers import OLD, Optimizer
from engine.graph.parts import names_in


class Rule(NamedTuple):
    """An optimizer with its settings, learning rate and weight decay. `moves` says of every parameter, 1 or 0, whether
    it is trained, `decays` whether weight decay pulls at it; both are arrays by layer, put one behind the other.
    """

    optimizer: Optimizer
    rate: float
    settings: Mapping[str, float]
    decay: float
    moves: Array
    decays: Array


class Updater:
    """A rule at work on parameters and their gradients, each all in one row. `moments` has a row for each moment."""

    def __init__(self, rule: Rule, parameters: Array, gradients: Array, moments: Array, updates: int) -> None:
        """`updates` is how many there were before."""
        self._rule, self._parameters, self._gradients, self.moments = rule, parameters, gradients, moments
        self.updates = np.array(float(updates))

    def operations(self) -> Operations:
        """One update: the moments in their order, then the parameters, all from the same old values."""
        rule, optimizer = self._rule, self._rule.optimizer
        found = optimizer.moments_with(rule.decay)
        arrays = {"w": self._parameters, "gradient": self._gradients, "g": self._gradients, "t": self.updates,
                  "lr": np.array(rule.rate), "lambda": rule.decay * rule.decays,
                  **{name: np.array(value) for name, value in rule.settings.items()}}
        formulas = [parse(moment.formula).root for moment in found]
        update = parse(optimizer.update).root
        if any("t" in names_in(formula) for formula in (*formulas, update)):
            yield np.add, self.updates, np.array(1.0), self.updates
        for moment, formula, row in zip(found, formulas, self.moments, strict=True):
            yield from operations(formula, {**arrays, moment.name + OLD: row}, row)
            arrays[moment.name] = row
        if rule.moves.all():
            yield from operations(update, arrays, self._parameters)
        else:
            moved = np.empty_like(self._parameters)
            yield from operations(update, arrays, moved)
            yield _copy_where, moved, rule.moves > 0, self._parameters


def _copy_where(values: Array, where: Array, out: Array) -> None:
    np.copyto(out, values, where=where)
