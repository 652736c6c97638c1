"""What there is to see of a walk, in words: each line one thing. Nothing tells what the learner is to find."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import count, groupby
from pathlib import Path

from engine.course.course import by_group, course, requirements
from engine.export.check_in_words import findings_of, idea_of, line_of, reasons_in, title_of
from engine.export.in_words import (
    chain_in_words,
    claims_in_words,
    equation,
    goal_in_words,
    is_missed,
    is_missed_now,
    loss_in_words,
    right_in_words,
    row_in_words,
    training_in_words,
)
from engine.graph.deduction import Stage
from engine.graph.step import Kind, Phase, Span
from engine.learner.progress import Bookmark, Progress
from engine.lesson.identity import id_in
from engine.lesson.notes import unwrap_lines, without_emphasis
from engine.text.notation import number
from engine.walk.checking import check_in_hand
from engine.walk.known import pending_claims
from engine.walk.movement import derivable, why_none
from engine.walk.walk import ActionError, Search, Walk
from tui.config.keys import KEYS
from tui.plain.row_descriptions import named, nodes_in_words, owner_of, results_of, rows, table
from tui.view.mix_up_report import paragraphs
from tui.view.report import as_sentences

NOT_YET = "derivation: not before the verdict"
OF_A_CHAIN = (Kind.FACTOR.value, Kind.PRODUCT.value)


def where(walk: Walk) -> Iterator[str]:
    """`epoch 1, step 38 of 239: row 2, gradient of w13, ∂Z5/∂A3 = w35 = −0.4`; of a search its lines."""
    cursor, script = walk.cursor, walk.trace.script
    batch = f", batch {script.batch_at(cursor.step - 1).number + 1}" if len(script.batches) > 1 and cursor.step else ""
    place = f"epoch {cursor.epoch}{batch}, step {cursor.step} of {script.length}"
    if walk.search:
        yield f"epoch {cursor.epoch}, {chain_of(walk, walk.search)}"
        yield from puzzle(walk, walk.search)
    elif not cursor.step:
        yield f"{place}: before its first number"
    else:
        yield f"{place}: {', '.join(filter(None, (*_row_and_gradient(walk, cursor.step - 1), _last_number(walk))))}"


def _row_and_gradient(walk: Walk, index: int) -> Iterator[str]:
    asked = walk.tutor.question(walk.cursor.epoch, index)
    if asked.row is not None and walk.trace.lesson.table[0]:
        yield f"row {asked.row}"
    if asked.kind in OF_A_CHAIN:
        yield f"gradient of {asked.parameter}"


def _last_number(walk: Walk) -> str:
    """The number that was reached last, with its formula; one of the learner's own, as it was written."""
    index = walk.cursor.step - 1
    entry = walk.trace.entry(walk.cursor.epoch, index)
    return named(walk, entry, index) if index in walk.written else equation(walk.trace, entry)


def chain_of(walk: Walk, search: Search) -> str:
    """Whose chain has a mistake in it: `row 3, gradient of b3`."""
    return ", ".join(_row_and_gradient(walk, search.puzzle.indices[0]))


def puzzle(walk: Walk, search: Search) -> Iterator[str]:
    """A chain in which one number is wrong: its row, the numbers of that row that it rests on, its lines, numbered."""
    trace, found = walk.trace, search.puzzle
    row = trace.script.step(found.indices[0]).row or 0
    entries = [trace.entry(found.epoch, index) for index in found.indices]
    if trace.lesson.table[row]:
        yield row_in_words(trace, found.epoch, row)
    rests_on = {owner_of(walk, quantity) for entry in entries for quantity in entry.line.numbers.quantities}
    yield from (text for owner, text in nodes_in_words(walk, row) if owner in rests_on)
    for line, entry in enumerate(entries, 1):
        value = search.puzzle.shown.get(found.indices[line - 1], entry.value)
        yield f"{line}: {entry.line.name} = {number(value)}"


def update_in_words(walk: Walk) -> Iterator[str]:
    """Between two epochs: what the update did, or the updates, and whether the goal is reached."""
    trace, epoch, lesson = walk.trace, walk.cursor.epoch, walk.trace.lesson
    count = len(lesson.batches)
    then, now = ("before it", "after it") if count == 1 else (f"in epoch {epoch - 1}", f"in epoch {epoch}")
    updates = "update" if count == 1 else f"{count} updates"
    yield f"The {updates} of epoch {epoch - 1}: " + _compare(
        trace.symbols.loss.name, trace.epoch(epoch - 1).loss, then, trace.epoch(epoch).loss, now)
    right = trace.rows_right(epoch) if lesson.classifies else None
    then, now = then.removesuffix(" it"), now.removesuffix(" it")
    for row in range(lesson.rows) if trace.graph.loss else ():
        changes = ", ".join(_compare(result.name, trace.read(epoch - 1, result, row), then,
                                     trace.read(epoch, result, row), now) for result in results_of(walk))
        verdict = "" if right is None else ", right" if right[row] else ", wrong"
        yield f"row {row + 1}: {changes}{verdict}"
    if right is not None:
        yield right_in_words(trace, epoch)
    if said := goal_in_words(trace, epoch):
        leads_on = bool(lesson.next) and not is_missed(trace, epoch)
        yield said + f" Next lesson: {lesson.next}; lesson {lesson.next} plays it." * leads_on + \
            " Try: what if, new numbers, lessons." * is_missed_now(trace, epoch)


def _compare(name: str, before: float, then: str, after: float, now: str) -> str:
    return f"{name} {then} {number(before)}, {now} {number(after)}"


def introduction(walk: Walk) -> Iterator[str]:
    """What the lesson is about, its formulas, and what is to be reached; a paragraph, or an item of a list, a line."""
    lesson, graph = walk.trace.lesson, walk.trace.graph
    yield from unwrap_lines(without_emphasis(lesson.introduction))
    if lesson.formulas:
        lines = [graph.line(index) for index in range(len(graph.nodes))]
        yield f"Formulas: {', '.join(f'{line.name} = {line.formula}' for line in lines)}"
    loss = loss_in_words(lesson) if graph.loss is None else f"Loss: {loss_in_words(lesson)}"
    training = ", ".join(training_in_words(lesson)).replace("lr = ", "lr: ")
    yield f"{_capitalise(loss)}. {_capitalise(training)}"
    if sheet := claims_in_words(lesson, pending_claims(walk)):
        yield sheet
    if lesson.goal:
        yield f"Goal: {lesson.goal}"


def _capitalise(text: str) -> str:
    """As a sentence begins."""
    return text[:1].upper() + text[1:]


def network(walk: Walk) -> Iterator[str]:
    """Every parameter's value, and its gradient; the row in hand with its Z and A, or its nodes; as far as they are
    reached.
    """
    trace, cursor = walk.trace, walk.cursor
    index_in_hand = _index_in_hand(walk)
    batch = trace.script.batch_at(index_in_hand)
    for k, parameter in enumerate(trace.lesson.order):
        value = f"{parameter.name} = {number(trace.parameter_now(cursor.epoch, cursor.step, parameter))}"
        index = batch.gradient_index(k)
        yield ", ".join([value] + [named(walk, trace.entry(cursor.epoch, index), index)] * (index < cursor.step))
    for parameter in trace.lesson.fixed:
        yield f"{parameter.name} = {number(trace.parameter_now(cursor.epoch, cursor.step, parameter))}, fixed"
    row = trace.script.step(index_in_hand).row
    if row is None and trace.lesson.formulas:
        row = batch.rows.start
    if row is not None:
        if trace.lesson.table[row]:
            yield row_in_words(trace, cursor.epoch, row)
        yield from (text for _, text in nodes_in_words(walk, row))


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
        numbers = ", ".join(named(walk, trace.entry(cursor.epoch, index), index) for index in indices)
        yield numbers if row is None or not trace.lesson.table[row] else f"row {row + 1}: {numbers}"


def _index_in_hand(walk: Walk) -> int:
    """The step that is asked for; where none is, the last one."""
    return walk.cursor.step if walk.asks else max(0, walk.cursor.step - 1)


def derivation(walk: Walk) -> Iterator[str]:
    """Where the derivative in hand comes from, in the row in hand."""
    trace, found = walk.trace, derivable(walk)
    if found is None:
        raise ActionError(why_none(walk))
    if walk.written:
        raise ActionError(NOT_YET)
    step = trace.script.step(walk.cursor.step - 1)
    row = trace.script.batches[step.batch].rows[-1] if step.row is None else step.row
    deduction = trace.graph.deduction(found.node)
    if deduction is None:
        return

    def spell(stage: Stage) -> str:
        value = number(stage.value(lambda quantity: trace.read(walk.cursor.epoch, quantity, row)))
        return " = ".join(dict.fromkeys(filter(None, (stage.name, stage.formula, value))))
    yield f"{deduction.written}{''.join(f', at {spell(stage)}' for stage in deduction.given)}, row {row + 1}"
    yield from map(spell, (*deduction.parts, *deduction.terms))
    yield spell(deduction.result._replace(name=f"{deduction.result.name}: {deduction.end}", formula=""))


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


def mix_ups(walk: Walk) -> Iterator[str]:
    """What the learner mixes up, a line for each thing."""
    def how(command: str, elsewhere: Bookmark | None) -> str:
        word = KEYS.by_id[command].word
        return f"lesson {id_in(elsewhere.key)}, then {word}" if elsewhere else word
    for paragraph in paragraphs(walk.progress, how, walk.trace.lesson):
        yield from paragraph


def check(walk: Walk) -> Iterator[str]:
    """The gradient in hand by small differences."""
    found = check_in_hand(walk, KEYS.by_id["section"].word)
    yield f"{title_of(found)}. {idea_of(found)}"
    yield from (line_of(found, each) for each in found.differences)
    yield from (*findings_of(found), *reasons_in(found))


OF_A_WALK: Mapping[str, Callable[[Walk], Iterable[str]]] = {  # by the word that asks for it
    "where": where, "table": table, "rows": rows, "gradient check": check, "network": network, "chain": chain,
    "introduction": introduction, "derivation": derivation,
    "skills": lambda walk: as_sentences(walk.progress), "mix-ups": mix_ups}
