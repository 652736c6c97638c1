"""A batch's Loss with other values of one parameter, all else as it is; and which corners of functions lie in between.

A ReLU's slope, and a step's value, jump where what they are called with passes 0.
"""

import math
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from engine.graph.activations import ACTIVATIONS
from engine.graph.epoch import copies
from engine.graph.formulas import Formulas
from engine.graph.matrix_pass import MatrixPass
from engine.graph.network import Network, Parameter
from engine.graph.node_pass import NodePass
from engine.graph.numeric import ZERO, Array, np
from engine.graph.operations import prepare, run
from engine.graph.passes import Pass
from engine.graph.quantity import Source
from engine.graph.splitting import split
from engine.graph.symbols import Symbols
from engine.trace.script import Batch
from engine.trace.trace import Trace


class Corner(NamedTuple):
    """Where something passes the 0 at which a function has its corner: what, of which function, in which row (from 0;
    None where there is but one).
    """

    name: str
    function: str
    row: int | None


class Look(NamedTuple):
    """What a value of the parameter comes to: the Loss, and of what has a corner in which rows it is above 0 (1, else
    0), side by side.
    """

    loss: float
    above_0: Array


class _Argument(NamedTuple):
    """What a function with a corner is called with: its name, and its number in every row as it is now."""

    name: str
    function: str
    numbers: Array


class LossBeside:
    """Of one parameter, in a batch of an epoch."""

    def __init__(self, trace: Trace, epoch: int, batch: Batch, parameter: Parameter) -> None:
        lesson, rows = trace.lesson_at(epoch), batch.rows
        parameters = copies(trace.epoch(epoch).batches[batch.number].arrays[Source.PARAMETER])
        gradients = copies(parameters)  # which nobody reads
        self._values = parameters[parameter.layer][lesson.model.places(parameter)]
        self._lesson, self._rows = lesson, rows
        self._pass: Pass
        if isinstance(lesson.model, Network):
            self._pass = of_network = MatrixPass(lesson.model, lesson.loss, len(rows), parameters, gradients)
            self._arguments = list(_in_network(lesson.model, trace.symbols, of_network))
        else:
            apart = _apart(lesson.model)
            self._pass = of_nodes = NodePass(apart, lesson.loss, len(rows), parameters[0], gradients[0])
            self._arguments = list(_in_formulas(lesson.model, apart, of_nodes))
        self._targets = lesson.Y[rows.start:rows.stop]
        self._pass.load(lesson.X[rows.start:rows.stop], self._targets)
        self._operations = prepare(self._pass.forward())

    def look(self, value: float) -> Look:
        """With the parameter at a value, wherever it is used."""
        self._values[:] = value
        run(self._operations)
        with np.errstate(all="ignore"):
            total = self._pass.totals(self._pass.outputs[None], self._targets)[0]
        above_0 = np.zeros((len(self._rows), len(self._arguments)))
        for k, argument in enumerate(self._arguments):
            above_0[:, k] = argument.numbers > ZERO
        return Look(float(total / self._lesson.loss.divisor(self._pass.terms)), above_0)

    def corners(self, here: Look, *others: Look) -> Sequence[Corner]:
        """Where something is on another side of 0 than here; nowhere, if there is no Loss."""
        if not all(math.isfinite(each.loss) for each in others):
            return ()
        places = np.argwhere(np.any([each.above_0 != here.above_0 for each in others], axis=0)).tolist()
        has_rows = self._lesson.rows > 1
        return [Corner(self._arguments[k].name, self._arguments[k].function, self._rows[at] if has_rows else None)
                for at, k in places]


def _in_network(network: Network, symbols: Symbols, at_work: MatrixPass) -> Iterator[_Argument]:
    """Every Z of a unit whose function has a corner."""
    for unit in network.computed_units:
        f = network.activations[unit.layer - 1]
        if f.has_corner:
            yield _Argument(symbols.Z(unit).name, f.symbol, at_work.Z[unit.layer][unit.index])


def _apart(formulas: Formulas) -> Formulas:
    """The same numbers, each operation a node, so that what a function is called with has a name."""
    nodes = split(formulas.nodes, (*formulas.columns, *formulas.names))
    return Formulas(formulas.columns, formulas.names, nodes, formulas.result, formulas.is_mean)


def _in_formulas(formulas: Formulas, apart: Formulas, at_work: NodePass) -> Iterator[_Argument]:
    """What every function with a corner is called with, by the node that the call is a part of."""
    functions = {f.spellings[0]: f.symbol for f in ACTIVATIONS.values() if f.has_corner and f.spellings}
    numbers = at_work.arrays()
    for k, node in enumerate(apart.nodes):
        function = functions.get(node.root.name, "") if node.root.operation == "call" else ""
        if function and (name := node.root.parts[0].name):
            whole = next(each.name for each in apart.nodes[k:] if each.name in formulas.index_of)
            yield _Argument(f"{function}'s argument in {whole}", function, numbers[name])
