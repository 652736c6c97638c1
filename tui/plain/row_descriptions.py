"""The numbers of rows in words, as far as they are reached."""

from collections.abc import Iterator, Mapping, Sequence

from engine.export.in_words import name_in_words, row_in_words
from engine.graph.network import Unit
from engine.graph.quantity import Quantity, Source
from engine.text.notation import number
from engine.trace.trace import Entry
from engine.walk.known import is_adjoint_known
from engine.walk.walk import Walk

Owner = Unit | Quantity  # of numbers of the forward pass


def named(walk: Walk, entry: Entry, index: int, sign: str = " = ") -> str:
    """The number of a step, by its name; where the learner's own stands there, not judged yet, that one."""
    name = name_in_words(walk.trace, entry)
    if index not in walk.written:
        return f"{name}{sign}{number(entry.value)}"
    own = walk.written[index]
    return f"{name} left open" if own is None else f"{name}{sign}{number(own)} (yours, not judged yet)"


def owner_of(walk: Walk, quantity: Quantity) -> Owner | None:
    """The unit of a Z or an A, a graph's node itself; None for what is no step of the forward pass."""
    if quantity.source in (Source.Z, Source.A) and quantity.layer:
        return walk.trace.symbols.unit_at(quantity)
    return quantity if quantity.source is Source.VALUE else None


def nodes_in_words(walk: Walk, row: int) -> Iterator[tuple[Owner, str]]:
    """A row's numbers, as far as they are reached, by δ that too: `Z3 = 0.3, A3 = 0.3` of a unit, `q = a·x = 1` of a
    graph's node, which has its formula from the start.
    """
    trace, epoch = walk.trace, walk.cursor.epoch
    for owner, indices in _steps_of(walk, row).items():
        reached = [index for index in indices if index < walk.cursor.step]
        texts = [named(walk, trace.entry(epoch, index), index) for index in reached]
        if trace.lesson.formulas and not set(indices[:1]) & walk.written.keys():
            line = trace.line(trace.script.step(indices[0]))
            value = f" = {number(trace.entry(epoch, indices[0]).value)}" if reached else ""
            texts[:1] = [f"{line.name} = {line.formula}{value}"]
        if texts:
            yield owner, ", ".join(texts)


def _steps_of(walk: Walk, row: int) -> Mapping[Owner, list[int]]:
    """The steps of a row's units, or nodes: Z and A, or the value; then the adjoint, if it is a step."""
    script, graph, steps = walk.trace.script, walk.trace.graph, dict[Owner, list[int]]()
    for place, node in enumerate(graph.nodes):
        if owner := owner_of(walk, node.quantity):
            steps.setdefault(owner, []).append(script.value_index(row, place))
    if not walk.trace.chains.by_paths and not walk.search:
        for place, node in enumerate(graph.adjoints):
            steps[node.unit or graph.adjoint_of(place)].append(script.adjoint_index(row, place))
    return steps


def table(walk: Walk) -> Iterator[str]:
    """The table of rows, with what is reached."""
    trace, cursor = walk.trace, walk.cursor
    lesson, script = trace.lesson_at(cursor.epoch), trace.script
    places = [place for result in results_of(walk) for place, node in enumerate(trace.graph.nodes)
              if node.quantity == result]
    for row in range(lesson.rows):
        values = zip([*lesson.inputs, *lesson.targets], lesson.table[row], strict=True)
        text = [f"{name} {number(value)}" for name, value in values]
        indices = [script.value_index(row, place) for place in places]
        text += [named(walk, trace.entry(cursor.epoch, index), index, " ") for index in indices if index < cursor.step]
        if lesson.classifies and indices[-1] < cursor.step and not set(indices) & walk.written.keys():
            text.append("right" if trace.rows_right(cursor.epoch)[row] else "wrong")
        yield f"row {row + 1}: {', '.join(text)}" if lesson.table[row] else ", ".join(["no data", *text])


def results_of(walk: Walk) -> Sequence[Quantity]:
    """What a row comes to: a network's outputs, a graph's result."""
    trace, formulas = walk.trace, walk.trace.lesson.formulas
    if formulas:
        return [trace.graph.nodes[formulas.index_of[formulas.result]].quantity]
    return [trace.symbols.A(output) for output in trace.lesson.network.layers[-1]]


def rows(walk: Walk) -> Iterator[str]:
    """Every row's numbers, a line for each row: `row 1: x1 = 1, y = 1; Z3 = 0.3, A3 = 0.3, …; δ5 = −0.03`; the Loss."""
    trace, cursor = walk.trace, walk.cursor
    for row in range(trace.lesson.rows):
        data = row_in_words(trace, cursor.epoch, row) if trace.lesson.table[row] else "no data"
        yield "; ".join(filter(None, (data, ", ".join(_values(walk, row)), ", ".join(_adjoints(walk, row)))))
    for batch in trace.script.batches if trace.graph.loss else ():
        if batch.loss_index < cursor.step:
            which = f"batch {batch.number + 1}: " * (len(trace.script.batches) > 1)
            yield which + named(walk, trace.entry(cursor.epoch, batch.loss_index), batch.loss_index)


def _values(walk: Walk, row: int) -> Iterator[str]:
    """What is worked out forward."""
    for place in range(len(walk.trace.graph.nodes)):
        if (index := walk.trace.script.value_index(row, place)) < walk.cursor.step:
            yield named(walk, walk.trace.entry(walk.cursor.epoch, index), index)


def _adjoints(walk: Walk, row: int) -> Iterator[str]:
    """δ of its units; by paths, where it is no step, what all that leads to it comes to."""
    trace, epoch = walk.trace, walk.cursor.epoch
    for k, node in enumerate(trace.graph.adjoints):
        index = -1 if trace.chains.by_paths else trace.script.adjoint_index(row, k)
        if index in walk.written and index < walk.cursor.step and not walk.search:
            yield named(walk, trace.entry(epoch, index), index)
        elif is_adjoint_known(walk, row, k):
            yield f"{node.quantity.name} = {number(trace.read(epoch, node.quantity, row))}"
