"""Which part of a trace is written: some of its rows, its numbers, its phases. Every writer asks here.

What belongs to no row, such as the Loss or a gradient, is written whichever the rows are: it is a number of them all.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from engine.graph.functions import PRIME
from engine.graph.graph import Node
from engine.graph.network import Parameter
from engine.graph.step import Phase
from engine.graph.symbols import LOSS
from engine.lesson.lesson import Lesson
from engine.text.names import one_spelling
from engine.text.printable import printable, suggestion
from engine.trace.script import Batch
from engine.trace.trace import Trace

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

    def parameters_of(self, lesson: Lesson) -> Sequence[Parameter]:
        """The parameters whose values are written; those that are not trained where no numbers were chosen."""
        chosen = [lesson.order[index] for index in self.parameters]
        return chosen if self.others is not None else [*chosen, *lesson.fixed]

    def has(self, name: str) -> bool:
        """Whether a number that belongs to no parameter is written, where its phase is."""
        return self.others is None or name in self.others

    def places(self, nodes: Sequence[Node]) -> Sequence[int]:
        """Which of a row's nodes, or of its adjoints, are written."""
        return [place for place, node in enumerate(nodes) if self.has(node.quantity.name or LOSS.name)]

    def steps(self, trace: Trace) -> Iterator[int]:
        """The indices of the steps, ascending. What is not selected is leapt over."""
        for batch in trace.script.batches:
            yield from self.steps_of(trace, batch)

    def rows_of(self, batch: Batch) -> Sequence[int]:
        """Those of a batch."""
        return [row for row in self.rows if row in batch.rows]

    def steps_of(self, trace: Trace, batch: Batch) -> Iterator[int]:
        """Those of a batch."""
        rows = self.rows_of(batch)
        if Phase.FORWARD in self.phases:
            yield from self._forward(trace, batch, rows)
        if Phase.BACKWARD in self.phases:
            yield from self._deltas(trace, rows)
            for parameter_index in self.parameters:
                yield from self._chain(batch, parameter_index, rows)
        if Phase.UPDATE in self.phases:
            for parameter_index in self.parameters:
                yield from range(batch.update_index(parameter_index, 0), batch.update_index(parameter_index) + 1)

    def _forward(self, trace: Trace, batch: Batch, rows: Sequence[int]) -> Iterator[int]:
        places = self.places(trace.graph.nodes)
        for row in rows:
            yield from (trace.script.value_index(row, place) for place in places)
        if trace.graph.loss and self.has(LOSS.name):
            yield batch.loss_index

    def _deltas(self, trace: Trace, rows: Sequence[int]) -> Iterator[int]:
        if trace.chains.by_paths:
            return
        places = self.places(trace.graph.adjoints)
        for row in rows:
            yield from (trace.script.adjoint_index(row, place) for place in places)

    def _chain(self, batch: Batch, parameter_index: int, rows: Sequence[int]) -> Iterator[int]:
        start, end = batch.start_of(parameter_index), batch.gradient_index(parameter_index)
        length = (end - start) // len(batch.rows)
        for row in rows:
            first = start + (row - batch.rows.start) * length
            yield from range(first, first + length)
        yield end


def whole(trace: Trace) -> Selection:
    """All of a trace."""
    lesson = trace.lesson
    phases = frozenset(Phase) if lesson.trains else frozenset(Phase) - {Phase.UPDATE}
    return Selection(range(lesson.rows), range(len(lesson.order)), phases=phases)


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
            whose = "" if part is None else f"--part {printable(part)} with "
            raise SelectionError(f"{whose}--phase {printable(phase)}; expected {words}")
    return selection


def select_parts(trace: Trace, text: str | None = None) -> Selection:
    """Phases by their names, as `forward,update`; or what else can be called a part, beside which `forward` may stand.
    None means all. Raises SelectionError.
    """
    selection = whole(trace)
    if text is None:
        return selection
    there = [name for name, phase in PHASES.items() if phase in selection.phases]
    names = list(_split_names(text, trace.chains.index_of))
    phases = {name: PHASES[name] for name in names if name in there}
    if len(phases) == len(set(names)):
        return selection._replace(phases=frozenset(phases.values()))
    if phases.keys() - {Phase.FORWARD.value}:
        raise SelectionError(f"--part {printable(text)}; expected {', '.join(there)}, several of these with commas; or "
                             "names, beside which forward may stand")
    forward = [*_names_of_nodes(trace), *[LOSS.name] * (trace.graph.loss is not None)] if phases else []
    return _select_part(selection, trace, ",".join([*(name for name in names if name not in phases), *forward]), there)


def _names_of_nodes(trace: Trace) -> list[str]:
    """All but the row's loss, which has none."""
    return [node.quantity.name for node in trace.graph.nodes if node.quantity.name]


def _select_part(selection: Selection, trace: Trace, text: str, others_known: Sequence[str] = (),
                 ) -> Selection:
    """A parameter is its chain, its gradient and its update; by δ the chain begins with its unit's. `others_known` are
    names that could stand there, too.
    """
    index_of, graph = trace.chains.index_of, trace.graph
    nodes = _names_of_nodes(trace)
    forward, adjoints = {*nodes, *[LOSS.name] * (graph.loss is not None)}, _names_of_adjoints(trace)
    parameters, others = set[int](), set[str]()
    for typed in _split_names(text, index_of):
        name = one_spelling(typed).replace("'", PRIME)
        if name in index_of:
            parameters.add(index_of[name])
        elif name in forward or name in adjoints:
            others.add(adjoints.get(name, name))
        elif name in trace.lesson.start:
            raise SelectionError(f"--part {name}; expected one that is trained: it is fixed")
        else:
            known = [*index_of, *sorted(forward), *adjoints, *others_known]
            or_others = f"; or {', '.join(others_known)}" if others_known else ""
            raise SelectionError(f"--part {printable(typed)}; expected {_names_in_words(trace, nodes)}{or_others}"
                                 f"{suggestion(typed, known)}")
    if not trace.chains.by_paths:
        others |= {graph.adjoints[trace.chains.adjoint_index[trail[0]]].quantity.name
                   for index in parameters for trail in trace.chains.trails(index) if trail[0] != graph.root}
    phases = {Phase.FORWARD: others & forward, Phase.BACKWARD: parameters or others - forward, Phase.UPDATE: parameters}
    return selection._replace(parameters=sorted(parameters), others=frozenset(others), phases=frozenset(
        phase for phase, found in phases.items() if found and phase in selection.phases))


def _names_in_words(trace: Trace, nodes: Sequence[str]) -> str:
    """What may be asked for: `a parameter, as w13, or Z3 to A5, Loss; with --form delta also δ3`."""
    graph = trace.graph
    named = f"{nodes[0]} to {nodes[-1]}" if len(nodes) > 1 else nodes[0]
    words = f"a parameter, as {trace.lesson.order[0].name}, or {named}{f', {LOSS.name}' * (graph.loss is not None)}"
    if graph.adjoints:
        first = min((node.quantity for node in graph.adjoints), key=lambda quantity: (quantity.layer, quantity.i))
        words += ("; with --form delta also " if trace.chains.by_paths else ", ") + first.name
    return words


def _names_of_adjoints(trace: Trace) -> dict[str, str]:
    """In the δ form, each by how it may be asked for: `δ3`, and as a keyboard writes it."""
    names = [] if trace.chains.by_paths else [node.quantity.name for node in trace.graph.adjoints]
    return {spelled: name for name in names for spelled in (name, name.replace("δ", "delta").replace("∂", "d"))}


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
