"""The sections of a sheet, epoch by epoch, as the screen arranges them: a table for the forward pass, for every
gradient a line for each row and a column for each factor, for the update a line for each parameter.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from engine.export.in_words import batch_in_words, chain_in_words, judge_sheet
from engine.export.selection import Selection
from engine.export.sheet.checks import check_section, to_judge
from engine.export.sheet.sheet import REUSED, Blank, Cell, Column, Row, Section, Table, Total
from engine.graph.line import Line, as_factor
from engine.graph.step import Kind, Phase
from engine.graph.symbols import LOSS, ONE
from engine.text.notation import number
from engine.trace.chain import Chains, Marks
from engine.trace.rounding import ABOUT
from engine.trace.script import Batch
from engine.trace.trace import Trace

LONGEST_BELOW_A_NAME = 14  # characters of a formula; of a longer one there is a line of its own
MOST_HEADS = 4  # columns of the data that are repeated before the numbers of a row
NO_NUMBER = "–"
MARKED = f"{REUSED} stood in the same row before."


class At(NamedTuple):
    """Where a section is: in a batch of an epoch, whose heading is the level above it."""

    epoch: int
    batch: Batch
    level: int

    @property
    def is_first(self) -> bool:
        """Whether it begins with the lesson's own values."""
        return self.epoch == 1 and not self.batch.number


class Sections:
    """Those of a number of epochs, made one by one: none is kept. Blank ones are made without a number being known."""

    def __init__(self, trace: Trace, epochs: int, selection: Selection, is_key: bool = False,
                 with_checks: bool = False) -> None:
        self._trace, self._epochs, self._selection, self._is_key = trace, epochs, selection, is_key
        self._with_checks = with_checks

    def __iter__(self) -> Iterator[Section]:
        batches = self._trace.script.batches
        for epoch in range(1, self._epochs + 1):
            if self._epochs > 1:
                yield Section(2, f"Epoch {epoch}")
            for batch in batches:
                if len(batches) > 1:
                    yield Section(2 + (self._epochs > 1), batch_in_words(batch))
                yield from self._pass(At(epoch, batch, 1 + (self._epochs > 1) + (len(batches) > 1)))

    def _pass(self, at: At) -> Iterator[Section]:
        phases = self._selection.phases
        if not at.is_first:
            yield from self._new_values(at)
        if Phase.BACKWARD in phases and (missing := self._missing()):
            yield self._forward(at, missing, is_copy=True)
        if Phase.FORWARD in phases:
            yield self._forward(at, self._selection.places(self._trace.graph.nodes))
        if Phase.BACKWARD in phases:
            yield from self._backward(at)
        if Phase.UPDATE in phases:
            yield self._update(at)

    def _missing(self) -> Sequence[int]:
        """The places of the nodes that factors are made of, but that are not asked for."""
        nodes = self._trace.graph.nodes
        asked = self._selection.places(nodes) if Phase.FORWARD in self._selection.phases else ()
        return [place for place, node in enumerate(nodes) if place not in asked and node.kind is not Kind.ROW_LOSS]

    def _blank(self, epoch: int, index: int, is_copy: bool = False) -> Blank:
        if not self._is_key:
            return Blank(epoch, index, is_copy)
        entry = self._trace.entry(epoch, index)
        return Blank(epoch, index, is_copy, f"{ABOUT} " * (entry.sign() == ABOUT) + number(entry.value))

    def _by_row(self, at: At, columns: Sequence[Column], cell: Callable[[int, int], Cell], caption: str = "",
                totals: Sequence[Total] = ()) -> Table:
        """A line for each row of the pass: the cell of that row, and of each column, from 0."""
        lesson = self._trace.lesson
        heads = _row_heads(lesson.inputs, lesson.targets)
        return Table(caption, heads, columns, [
            Row([str(row + 1), *map(number, lesson.table[row])][:len(heads)],
                [cell(row, column) for column in range(len(columns))]) for row in at.batch.rows], totals)

    def _forward(self, at: At, places: Sequence[int], is_copy: bool = False) -> Section:
        trace, script = self._trace, self._trace.script
        graph = trace.chains_at(at.batch).graph
        lines = [graph.line(place) for place in places]
        columns = [Column(line.name) for line in lines]
        has_loss = not is_copy and graph.loss is not None and self._selection.has(LOSS.name)
        totals = [self._total(at, at.batch.loss_index)] if has_loss else []
        table = self._by_row(at, columns, lambda row, column: self._blank(
            at.epoch, script.value_index(row, places[column]), is_copy), totals=totals)
        formulas = [_equation(line) for line in lines if line.name != line.formula] if at.is_first else []
        heading = "Needed first, from the forward pass" if is_copy else "Forward pass"
        return Section(at.level + 1, heading, formulas, [table] if columns else [])

    def _total(self, at: At, index: int) -> Total:
        """A number of all rows: with its formula, and a blank."""
        return Total(_equation(self._trace.line(self._trace.script.step(index))), self._blank(at.epoch, index))

    def _backward(self, at: At) -> Iterator[Section]:
        chains = self._trace.chains_at(at.batch)
        if chains.by_paths:
            marks = chains.marks(self._selection.parameters)
            has_marks = at.is_first and any(mark for of in marks for path in of for mark in path)
            yield Section(at.level + 1, "Backward pass", words=[MARKED] * has_marks)
            for parameter_index, of_parameter in zip(self._selection.parameters, marks, strict=True):
                yield self._gradient(at, parameter_index, of_parameter)
                yield from self._checks(at, [parameter_index])
            return
        yield Section(at.level + 1, "Backward pass")
        if places := self._selection.places(self._trace.graph.adjoints):
            yield self._deltas(at, places)
        if self._selection.parameters:
            yield self._gradients(at)
            yield from self._checks(at, self._selection.parameters)

    def _gradient(self, at: At, parameter_index: int, marks: Marks) -> Section:
        """By paths: a table for each; behind the last the sum over them, where there are several."""
        trace, script = self._trace, self._trace.script
        paths = trace.chains_at(at.batch).paths(parameter_index)
        formulas: list[str] = []
        tables = []
        for path, factors in enumerate(paths):
            columns = [_factor(line, is_reused) for line, is_reused in zip(factors, marks[path], strict=True)]
            formulas += [_equation(line) for line, column in zip(factors, columns, strict=True)
                         if at.is_first and not (column.formula or column.is_reused or _is_number(line))]
            places: list[tuple[int, int | None]] = [*((path, factor) for factor in range(len(factors))), (path, None)]
            columns.append(Column("product"))
            if is_last_of_several := len(paths) - 1 == path > 0:
                columns.append(Column("sum of paths"))
                places.append((-1, None))
            is_last = is_last_of_several or len(paths) == 1
            totals = [self._total(at, at.batch.gradient_index(parameter_index))] if is_last else []
            tables.append(self._by_row(
                at, columns, lambda row, column, places=places: self._blank(  # type: ignore[misc]
                    at.epoch, script.chain_index(parameter_index, row, *places[column])),
                f"Path {path + 1}" if len(paths) > 1 else "", totals))
        return Section(at.level + 2, chain_in_words(trace, parameter_index), formulas, tables,
                       words=[*self._on_sheet(at, parameter_index)])

    def _on_sheet(self, at: At, parameter_index: int) -> Iterator[str]:
        """What the lesson's sheet has for a gradient: to be judged, or on a key judged; a check does that itself."""
        if self._with_checks:
            return
        trace, batch, parameter = self._trace, at.batch, self._trace.lesson.order[parameter_index]
        if self._is_key:
            gradient = trace.entry(at.epoch, batch.gradient_index(parameter_index)).value
            yield from filter(None, [judge_sheet(trace, at.epoch, batch.number, parameter, gradient)])
        else:
            yield from to_judge(trace, at.epoch, batch, parameter)

    def _deltas(self, at: At, places: Sequence[int]) -> Section:
        """Every adjoint in every row."""
        trace, graph = self._trace, self._trace.chains_at(at.batch).graph
        lines = [graph.adjoint(place) for place in places]
        table = self._by_row(at, [Column(line.name) for line in lines], lambda row, column: self._blank(
            at.epoch, trace.script.adjoint_index(row, places[column])))
        return Section(at.level + 2, "δ" if trace.lesson.formulas is None else f"∂{trace.symbols.loss.name}/∂ of nodes",
                       [_equation(line) for line in lines if at.is_first and not _is_number(line)], [table])

    def _gradients(self, at: At) -> Section:
        """By δ: of every parameter a product in each row and their sum; several lines where it has several uses."""
        script, chains = self._trace.script, self._trace.chains_at(at.batch)
        lines = []
        for parameter_index in self._selection.parameters:
            paths = range(len(chains.paths(parameter_index)))
            for path in [*paths, *[-1] * (len(paths) > 1)]:
                cells: list[Cell] = [self._blank(at.epoch, script.chain_index(parameter_index, row, path, None))
                                     for row in at.batch.rows]
                is_whole = path < 0 or len(paths) == 1
                cells.append(self._blank(at.epoch, at.batch.gradient_index(parameter_index)) if is_whole else "")
                name = f"({parameter_index + 1}) {chains.order[parameter_index].name}"
                lines.append(Row([name, _product_by_delta(chains, parameter_index, path)], cells))
        columns = [*(Column(f"row {row + 1}") for row in at.batch.rows), Column("Σ, the gradient")]
        words = [text for parameter_index in self._selection.parameters for text in self._on_sheet(at, parameter_index)]
        return Section(at.level + 2, "Gradients", tables=[Table("", ["parameter", "product"], columns, lines)],
                       words=words)

    def _checks(self, at: At, parameters: Sequence[int]) -> Iterator[Section]:
        """Gradients by small differences, where that is asked for."""
        for parameter_index in parameters if self._with_checks else ():
            parameter = self._trace.lesson.order[parameter_index]
            yield check_section(self._trace, at.epoch, at.batch, parameter, at.level + 3, self._is_key)

    def _update(self, at: At) -> Section:
        """Old value, gradient, what the optimizer works out, new value."""
        trace, batch, updates = self._trace, at.batch, self._trace.updates
        lines = []
        for index in self._selection.parameters:
            nth = {k: place for place, k in enumerate(updates.moments_of(index))}
            moments = [self._blank(at.epoch, batch.update_index(index, nth[k])) if k in nth else NO_NUMBER
                       for k in range(len(updates.moments))]
            lines.append(Row([trace.lesson.order[index].name], [
                self._old_value(at, index), self._blank(at.epoch, batch.gradient_index(index), is_copy=True), *moments,
                self._blank(at.epoch, batch.update_index(index))]))
        loss = trace.symbols.loss.name
        columns = [Column("w"), Column(f"∂{loss}/∂w"), *(Column(moment.name) for moment in updates.moments),
                   Column("new w")]
        count = (at.epoch - 1) * len(trace.script.batches) + batch.number + 1
        formulas = updates.in_words().split(", then ") if at.is_first else []
        return Section(at.level + 1, "Update", [*formulas, *[f"t = {count}"] * updates.counts],
                       [Table("", ["parameter"], columns, lines)])

    def _old_value(self, at: At, parameter_index: int) -> Cell:
        """A parameter as the pass begins with it: the pass before has worked it out."""
        trace, batches = self._trace, self._trace.script.batches
        if at.is_first:
            return number(trace.lesson.start[trace.lesson.order[parameter_index].name])
        before = batches[at.batch.number - 1]  # of the first the last, in the epoch before
        return self._blank(at.epoch - (not at.batch.number), before.update_index(parameter_index), is_copy=True)

    def _new_values(self, at: At) -> Iterator[Section]:
        """What a later pass begins with: it stands on the sheet, or there is room for it."""
        trace, selection = self._trace, self._selection
        if Phase.UPDATE in selection.phases and len(selection.parameters) == len(trace.lesson.order):
            return
        order = trace.lesson.order
        cells = [self._old_value(at, index) for index in range(len(order))]
        yield Section(at.level + 1, "Needed first, from the update before",
                      tables=[Table("", (), [Column(parameter.name) for parameter in order], [Row((), cells)])])


def _row_heads(inputs: Sequence[str], targets: Sequence[str]) -> list[str]:
    """What stands before the numbers of a row: its own number, and its columns, if there are few; nothing where there
    are none.
    """
    columns = [*inputs, *targets]
    return ["row", *columns * (len(columns) <= MOST_HEADS)] if columns else []


def _equation(line: Line) -> str:
    """`name = formula`, or the one that says something new."""
    return line.formula if line.name == line.formula else f"{line.name} = {line.formula}"


def _factor(line: Line, is_reused: bool) -> Column:
    """A factor's column, as the screen has it: its name, and what numbers are put into, where that is short."""
    formula = str(line.numbers)
    is_shown = len(formula) <= LONGEST_BELOW_A_NAME and not _is_number(line)
    return Column(line.name, formula if is_shown else "", is_reused)


def _is_number(line: Line) -> bool:
    """Whether a formula is a number already: it would be the answer."""
    return all(quantity == ONE for quantity in line.numbers.quantities)


def _product_by_delta(chains: Chains, parameter_index: int, path: int) -> str:
    """`δ3·x1`, or `path 1 + path 2`."""
    paths = chains.paths(parameter_index)
    if path < 0:
        return " + ".join(f"path {number + 1}" for number in range(len(paths)))
    last = str(as_factor(paths[path][-1].numbers))
    return f"{chains.adjoint_name(parameter_index, path)}·{last}" if len(paths[path]) > 1 else last
