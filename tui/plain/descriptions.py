"""What there is to see of a walk, in words: each line one thing. Nothing tells what the learner is to find."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import count, groupby
from pathlib import Path

from engine.course.course import by_group, course, requirements
from engine.export.worksheet import (
    chain_in_words,
    equation,
    goal_in_words,
    is_missed,
    is_missed_now,
    right_in_words,
    row_in_words,
)
from engine.graph.network import Unit
from engine.graph.quantity import Quantity, Source
from engine.graph.step import Kind, Phase, Span
from engine.learner.progress import Progress
from engine.lesson.notes import unwrap_lines, without_emphasis
from engine.text.notation import number
from engine.trace.trace import Entry
from engine.walk.movement import NO_DERIVATION, derivable
from engine.walk.walk import ActionError, Search, Walk
from tui.view.report import as_sentences

NOT_YET = "derivation: not before the verdict"


def where(walk: Walk) -> Iterator[str]:
    """`epoch 1, step 38 of 239: row 2, gradient of w13, ∂Z5/∂A3 = w35 = −0.4`; of a search its lines."""
    cursor, trace = walk.cursor, walk.trace
    place = f"epoch {cursor.epoch}, step {cursor.step} of {trace.script.length}"
    if walk.search:
        yield f"epoch {cursor.epoch}, {chain_of(walk, walk.search)}"
        yield from puzzle(walk, walk.search)
    elif not cursor.step:
        yield f"{place}: before its first number"
    else:
        yield f"{place}: {', '.join(filter(None, (*_row_and_gradient(walk, cursor.step - 1), _last_number(walk))))}"


def _row_and_gradient(walk: Walk, index: int) -> Iterator[str]:
    asked = walk.tutor.question(walk.cursor.epoch, index)
    if asked.row is not None:
        yield f"row {asked.row}"
    if asked.kind in (Kind.FACTOR.value, Kind.PRODUCT.value):
        yield f"gradient of {asked.parameter}"


def _last_number(walk: Walk) -> str:
    """The number that was reached last, with its formula; one of the learner's own, as it was written."""
    index = walk.cursor.step - 1
    entry = walk.trace.entry(walk.cursor.epoch, index)
    return _named(walk, entry, index) if index in walk.written else equation(entry)


def _named(walk: Walk, entry: Entry, index: int, sign: str = " = ") -> str:
    """The number of a step, by its name; where the learner's own stands there, not judged yet, that one."""
    if index not in walk.written:
        return f"{entry.line.name}{sign}{number(entry.value)}"
    own = walk.written[index]
    return f"{entry.line.name} left open" if own is None else \
        f"{entry.line.name}{sign}{number(own)} (yours, not judged yet)"


def chain_of(walk: Walk, search: Search) -> str:
    """Whose chain has a mistake in it: `row 3, gradient of b3`."""
    return ", ".join(_row_and_gradient(walk, search.puzzle.indices[0]))


def puzzle(walk: Walk, search: Search) -> Iterator[str]:
    """A chain in which one number is wrong: its row, the Z and A that it rests on, its lines, numbered."""
    trace, found = walk.trace, search.puzzle
    row = trace.script.step(found.indices[0]).row or 0
    entries = [trace.entry(found.epoch, index) for index in found.indices]
    yield row_in_words(trace, found.epoch, row)
    units = {_unit_of(walk, part) for entry in entries for part in entry.line.numbers.parts
             if isinstance(part, Quantity) and part.source in (Source.Z, Source.A) and part.layer}
    yield from _units_in_words(walk, row, [unit for unit in trace.lesson.network.computed_units if unit in units])
    for line, entry in enumerate(entries, 1):
        value = search.puzzle.shown.get(found.indices[line - 1], entry.value)
        yield f"{line}: {entry.line.name} = {number(value)}"


def _unit_of(walk: Walk, quantity: Quantity) -> Unit:
    return walk.trace.lesson.network.layers[quantity.layer][quantity.i]


def _units_in_words(walk: Walk, row: int, units: Sequence[Unit]) -> Iterator[str]:
    """Z and A of units in a row, by δ that too, as far as they are reached: `Z3 = 0.3, A3 = 0.3`."""
    trace, epoch = walk.trace, walk.cursor.epoch
    for unit in units:
        start = trace.script.net_input_index(row, trace.lesson.network.computed_units.index(unit))
        indices = [start, start + 1]
        if not trace.chains.by_paths and not walk.search:
            indices.append(trace.script.delta_index(row, unit))
        reached = [index for index in indices if index < walk.cursor.step]
        entries = [trace.entry(epoch, index) for index in reached]
        if entries:
            yield ", ".join(_named(walk, entry, index) for index, entry in zip(reached, entries, strict=True))


def update_in_words(walk: Walk) -> Iterator[str]:
    """Between two epochs: what the update did, and whether the goal is reached."""
    trace, epoch, lesson = walk.trace, walk.cursor.epoch, walk.trace.lesson
    before, after = trace.epoch(epoch - 1), trace.epoch(epoch)
    yield f"The update of epoch {epoch - 1}: Loss before it {number(before.loss)}, after it {number(after.loss)}"
    right = trace.rows_right(epoch) if lesson.classifies else None
    for row in range(lesson.rows):
        changes = ", ".join(
            f"{trace.symbols.A(output).name} before {number(before.outputs[row, output.index])}, "
            f"after {number(after.outputs[row, output.index])}" for output in lesson.network.layers[-1])
        verdict = "" if right is None else ", right" if right[row] else ", wrong"
        yield f"row {row + 1}: {changes}{verdict}"
    if right is not None:
        yield right_in_words(trace, epoch)
    if said := goal_in_words(trace, epoch):
        leads_on = bool(lesson.next) and not is_missed(trace, epoch)
        yield said + f" Next lesson: {lesson.next}; lesson {lesson.next} plays it." * leads_on + \
            " Try: what if, new numbers, lessons." * is_missed_now(trace, epoch)


def introduction(walk: Walk) -> Iterator[str]:
    """What the lesson is about, and what is to be reached; a paragraph, or an item of a list, a line."""
    lesson = walk.trace.lesson
    yield from unwrap_lines(without_emphasis(lesson.introduction))
    yield f"Loss: {lesson.loss.words}. Learning rate lr: {number(lesson.learning_rate)}"
    if lesson.goal:
        yield f"Goal: {lesson.goal}"


def table(walk: Walk) -> Iterator[str]:
    """The table of rows, with what is reached."""
    trace, cursor = walk.trace, walk.cursor
    lesson, script = trace.lesson, trace.script
    for row in range(lesson.rows):
        targets = trace.lesson_at(cursor.epoch).targets_of(row)
        values = zip([*lesson.inputs, *lesson.targets], [*lesson.inputs_of(row), *targets], strict=True)
        text = [f"{name} {number(value)}" for name, value in values]
        indices = [script.net_input_index(row, lesson.network.computed_units.index(output)) + 1
                   for output in lesson.network.layers[-1]]
        text += [_named(walk, trace.entry(cursor.epoch, index), index, " ") for index in indices if index < cursor.step]
        if lesson.classifies and indices[-1] < cursor.step and not set(indices) & walk.written.keys():
            text.append("right" if trace.rows_right(cursor.epoch)[row] else "wrong")
        yield f"row {row + 1}: {', '.join(text)}"


def network(walk: Walk) -> Iterator[str]:
    """Every parameter's value, and its gradient; the row in hand with its Z and A; as far as they are reached."""
    trace, cursor = walk.trace, walk.cursor
    for k, parameter in enumerate(trace.lesson.order):
        value = f"{parameter.name} = {number(trace.parameter_now(cursor.epoch, cursor.step, parameter))}"
        index = trace.script.batches[0].gradient_index(k)
        yield ", ".join([value] + [_named(walk, trace.entry(cursor.epoch, index), index)] * (index < cursor.step))
    index = _index_in_hand(walk)
    if (row := trace.script.step(index).row) is not None:
        yield row_in_words(trace, cursor.epoch, row)
        yield from _units_in_words(walk, row, trace.lesson.network.computed_units)


def chain(walk: Walk) -> Iterator[str]:
    """The chain in hand and, row by row, what of it is reached; of a search its lines."""
    trace, cursor, index = walk.trace, walk.cursor, _index_in_hand(walk)
    if walk.search:
        yield from puzzle(walk, walk.search)
        return
    step = trace.script.step(index)
    if step.phase is not Phase.BACKWARD:
        raise ActionError("chain: there is one in the backward pass")
    if step.parameter_index is not None:
        yield chain_in_words(trace, step.parameter_index)
    start, _ = trace.script.stretch(Span.SECTION, index)
    for row, indices in groupby(range(start, cursor.step), key=lambda index: trace.script.step(index).row):
        numbers = ", ".join(_named(walk, trace.entry(cursor.epoch, index), index) for index in indices)
        yield numbers if row is None else f"row {row + 1}: {numbers}"


def _index_in_hand(walk: Walk) -> int:
    """The step that is asked for; where none is, the last one."""
    return walk.cursor.step if walk.asks else max(0, walk.cursor.step - 1)


def derivation(walk: Walk) -> Iterator[str]:
    """The derivative of the sigmoid as a chain of its own, at the Z of the row in hand."""
    trace, found = walk.trace, derivable(walk)
    if found is None:
        raise ActionError(NO_DERIVATION)
    if walk.written:
        raise ActionError(NOT_YET)
    _, unit = found
    step = trace.script.step(walk.cursor.step - 1)
    activation = trace.lesson.network.activations[unit.layer - 1]
    row = trace.lesson.rows - 1 if step.row is None else step.row
    x = trace.read(walk.cursor.epoch, trace.symbols.Z(unit), row)
    if activation.derivation:
        yield f"{activation.derivation.written}, at x = Z{unit.number} = {number(x)}, row {row + 1}"
        for link in (*activation.derivation.parts, *activation.derivation.factors):
            value = number(link.value(x))
            yield " = ".join(dict.fromkeys((link.name, link.formula, value)))
        yield f"product: {activation.derivation.result} = {number(activation.derivation.value(x))}"


def lessons(kept: Progress, folder: Path | None) -> Iterator[str]:
    """The lessons by number, with how far the learner is in each, behind the name of their group."""
    items, numbers = course(folder), count(1)
    for name, group in by_group(items):
        yield from [f"{name}:"] * bool(name)
        for item in group:
            before = [label for label, _ in requirements(item, items)]
            after = f"best after {' and '.join(before)}" if before else ""
            how_far = item.how_far(item.bookmark_in(kept.bookmarks))
            yield ", ".join(filter(None, (f"{next(numbers)}: {item.title}", how_far, after)))


OF_A_WALK: Mapping[str, Callable[[Walk], Iterable[str]]] = {  # by the word that asks for it
    "where": where, "table": table, "network": network, "chain": chain, "introduction": introduction,
    "derivation": derivation, "skills": lambda walk: as_sentences(walk.progress)}
