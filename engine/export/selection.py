"""Which part of a trace is written: some of its rows, its numbers, its phases. Every writer asks here.

What belongs to no row, such as the Loss or a gradient, is written whichever the rows are: it is a number of them all.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from engine.graph.network import Unit
from engine.graph.step import Phase
from engine.text.printable import printable, suggestion
from engine.trace.script import Script
from engine.trace.trace import Trace

LOSS = "Loss"
PHASES = {phase.value: phase for phase in Phase}


class SelectionError(Exception):
    """A part of a trace that is not there."""


class Selection(NamedTuple):
    """Rows and parameters (their indices in the lesson's order) from 0, ascending. `others` are the numbers that belong
    to no parameter, by their names: `Z3`, `A3`, `δ3`, `Loss`, with every row's; None: all of them. Of the phases there
    are those alone that have any of these.
    """

    rows: Sequence[int]
    parameters: Sequence[int]
    others: frozenset[str] | None = None
    phases: frozenset[Phase] = frozenset(Phase)

    @property
    def has_rows(self) -> bool:
        """Whether numbers of single rows are written: an update is of them all."""
        return self.phases != {Phase.UPDATE}

    def has(self, name: str) -> bool:
        """Whether a number that belongs to no parameter is written, where its phase is."""
        return self.others is None or name in self.others

    def steps(self, script: Script) -> Iterator[int]:
        """The indices of the steps, ascending. What is not selected is leapt over."""
        if Phase.FORWARD in self.phases:
            yield from self._forward(script)
        if Phase.BACKWARD in self.phases:
            yield from self._deltas(script)
            for parameter_index in self.parameters:
                yield from self._chain(script, parameter_index)
        if Phase.UPDATE in self.phases:
            yield from (script.backward_end + parameter_index for parameter_index in self.parameters)

    def _forward(self, script: Script) -> Iterator[int]:
        places = [script.net_input_index(0, index) + is_activation for index, unit in enumerate(script.units)
                  for is_activation, name in enumerate((f"Z{unit.number}", f"A{unit.number}")) if self.has(name)]
        places += [script.row_loss_index(0)] * self.has(LOSS)
        length = script.net_input_index(1, 0)
        for row in self.rows:
            yield from (row * length + place for place in places)
        if self.has(LOSS):
            yield script.forward_end - 1

    def _deltas(self, script: Script) -> Iterator[int]:
        if script.deltas_end == script.forward_end:
            return
        places = sorted(script.delta_index(0, unit) for unit in script.units if self.has(delta_name(unit)))
        for row in self.rows:
            yield from (row * len(script.units) + place for place in places)

    def _chain(self, script: Script, parameter_index: int) -> Iterator[int]:
        start, gradient = script.start_of(parameter_index), script.end_of(parameter_index) - 1
        length = (gradient - start) // script.rows
        for row in self.rows:
            yield from range(start + row * length, start + (row + 1) * length)
        yield gradient


def delta_name(unit: Unit) -> str:
    """How δ of a unit is called."""
    return f"δ{unit.number}"


def whole(trace: Trace) -> Selection:
    """All of a trace."""
    return Selection(range(trace.lesson.rows), range(len(trace.lesson.order)))


def select(trace: Trace, part: str | None = None, rows: str | None = None, phase: str | None = None) -> Selection:
    """What is called `w13,Z3`, of the rows `1,3-5`, in the phases `forward,update`; None means all. Raises
    SelectionError.
    """
    selection = whole(trace)
    if part is not None:
        selection = _select_part(selection, trace, part)
    if rows is not None:
        selection = selection._replace(rows=_read_rows(rows, trace.lesson.rows))
    if phase is not None:
        wanted, there = frozenset(map(_read_phase, _split(phase))), selection.phases
        selection = selection._replace(phases=wanted & there)
        if not selection.phases:
            words = ", ".join(name for name, each in PHASES.items() if each in there)
            raise SelectionError(f"--part {printable(part or '')} with --phase {printable(phase)}; expected {words}")
    return selection


def _select_part(selection: Selection, trace: Trace, text: str) -> Selection:
    """A parameter is its chain, its gradient and its update; by δ the chain begins with its unit's."""
    index_of, units, is_by_delta = trace.symbols.parameter_index, trace.script.units, not trace.chains.by_paths
    forward = {LOSS, *(f"{letter}{unit.number}" for unit in units for letter in "ZA")}
    deltas = {f"{word}{unit.number}": delta_name(unit) for unit in units for word in ("δ", "delta") if is_by_delta}
    parameters, others = set[int](), set[str]()
    for name in _split_names(text, index_of):
        if name in index_of:
            parameters.add(index_of[name])
        elif name in forward or name in deltas:
            others.add(deltas.get(name, name))
        else:
            first, last = f"Z{units[0].number}", f"A{units[-1].number}"
            also = (", " if is_by_delta else "; with --form delta also ") + delta_name(units[0])
            raise SelectionError(
                f"--part {printable(name)}; expected a parameter, as {trace.lesson.order[0].name}, or {first} to "
                f"{last}, {LOSS}{also}{suggestion(name, [*index_of, *sorted(forward), *deltas])}")
    if is_by_delta:
        others |= {delta_name(trace.symbols.target_unit(trace.lesson.order[index])) for index in parameters}
    phases = {Phase.FORWARD: others & forward, Phase.BACKWARD: parameters or others - forward, Phase.UPDATE: parameters}
    return selection._replace(parameters=sorted(parameters), others=frozenset(others),
                              phases=frozenset(phase for phase, found in phases.items() if found))


def _split_names(text: str, known: dict[str, int]) -> Iterator[str]:
    """The names between commas; one with a comma in it, as `w1,13`, is known."""
    pieces = _split(text)
    while pieces:
        count = 2 if ",".join(pieces[:2]) in known else 1
        yield ",".join(pieces[:count])
        pieces = pieces[count:]


def _read_rows(text: str, count: int) -> list[int]:
    """`1,3-5`, from 1, as rows from 0."""
    rows: set[int] = set()
    for piece in _split(text):
        found = re.fullmatch(r"([0-9]{1,9})(?:\s*[-–−]\s*([0-9]{1,9}))?", piece)
        first, last = (int(found[1]), int(found[2] or found[1])) if found else (0, 0)
        if not 1 <= first <= last <= count:
            raise SelectionError(f"--rows {printable(piece)}; expected rows from 1 to {count}, as 1,3 or 1-3")
        rows |= set(range(first - 1, last))
    return sorted(rows)


def _read_phase(name: str) -> Phase:
    if name not in PHASES:
        raise SelectionError(f"--phase {printable(name)}; expected {', '.join(PHASES)}" + suggestion(name, PHASES))
    return PHASES[name]


def _split(text: str) -> list[str]:
    return [piece.strip() for piece in text.split(",")]
