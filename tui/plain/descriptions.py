"""A walk in words: each line one thing."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from engine.course.course import course, requirements
from engine.export.worksheet import equation, paragraphs, right_in_words, row_in_words
from engine.learner.progress import Progress
from engine.lesson.notes import without_emphasis
from engine.text.notation import number
from engine.trace.trace import Trace
from engine.walk.actions import Action, Answer, Calculate, Do, Reply, SetMode
from engine.walk.movement import NO_DERIVATION, derivable
from engine.walk.practice import INVITATION
from engine.walk.walk import ASKING, ActionError, Search, Walk
from tui.view.report import as_sentences

ANSWERS, ASIDE = (Answer, Calculate, Reply), (Do.FILL_IN, Do.HINT, Do.WHY)
MOST_SPOKEN = 30  # numbers read out after one command; of a longer way only where it ends


def where(walk: Walk) -> str:
    """`epoch 1, step 38 of 239: ∂Z5/∂A3 = w35 = −0.4`."""
    cursor, trace = walk.cursor, walk.trace
    place = f"epoch {cursor.epoch}, step {cursor.step} of {trace.script.length}"
    if not cursor.step:
        return f"{place}: before its first number"
    entry = trace.entry(cursor.epoch, cursor.step - 1)
    row = f"row {entry.step.row + 1}, " if entry.step.row is not None else ""
    return f"{place}: {row}{equation(entry)}"


def tell(before: Walk, action: Action, after: Walk) -> Iterator[str]:
    """What an action brought."""
    if after.search:
        yield from _tell_search(before, after.search, after)
    elif isinstance(action, SetMode) or action is Do.NEXT_MODE:
        yield from after.details or filter(None, (after.note,))
        if action is Do.NEXT_MODE:
            yield f"mode: {after.mode}"
        if after.mode == "watch":
            yield where(after)
    elif before.mode in ASKING and (isinstance(action, ANSWERS) or action in ASIDE):
        yield from [where(after)] if after.message in ("", INVITATION) else after.said
        if after.cursor.step == 0 != before.cursor.step:
            yield from update_in_words(after)
    elif action is Do.WHY or isinstance(action, Calculate):
        yield from after.said
    else:
        if before.written and not after.written and after.message != INVITATION:
            yield from after.details or (after.message,)
        if not after.written:  # else it would tell what is being asked
            yield from change(before, after)


def _tell_search(before: Walk, search: Search, after: Walk) -> Iterator[str]:
    """A puzzle, or what is said to one who works on it."""
    if before.search is None:
        yield from after.details or filter(None, (after.note,))
        yield where(before)
    if before.search is None or before.search.puzzle is not search.puzzle:
        yield from puzzle(search, after.trace)
        return
    yield after.message
    if search.is_done:
        yield "Enter for another one; watch leaves"


def change(before: Walk, after: Walk) -> Iterator[str]:
    """What a movement brought: each new number, or, after a long way or one back, where it ended."""
    old, new = before.cursor, after.cursor
    if before.trace is not after.trace:
        yield from _another_trace(after)
    elif old == new:
        yield "no further that way"
    elif new.epoch == old.epoch and 0 < new.step - old.step <= MOST_SPOKEN:
        yield from (text for _, text in paragraphs(after.trace, new.epoch, old.step, new.step))
    else:
        yield where(after)
    if old != new and new.epoch > 1 and not new.step:
        yield from update_in_words(after)


def _another_trace(walk: Walk) -> Iterator[str]:
    """A value was changed, or the form of the chains: the place is the same, the numbers or the steps are others."""
    form = f"chains written by {'paths' if walk.trace.chains.by_paths else 'δ'}"
    if walk.note:
        yield walk.note
    elif walk.changes:
        yield f"what if {', '.join(map(str, walk.changes))}"
        if walk.own and walk.cursor.step >= walk.trace.script.forward_end:
            epoch = walk.cursor.epoch
            losses = [number(trace.epoch(epoch).loss) for trace in (walk.trace, walk.own)]
            yield f"Loss {losses[0]}, the lesson's own {losses[1]}"
    else:
        numbers = "the lesson's own numbers" if walk.seed is None else f"numbers drawn by seed {walk.seed}"
        yield f"{numbers}, {form}"
    yield where(walk)


def update_in_words(walk: Walk) -> Iterator[str]:
    """Between two epochs: what the update did."""
    trace, epoch, lesson = walk.trace, walk.cursor.epoch, walk.trace.lesson
    before, after = trace.epoch(epoch - 1), trace.epoch(epoch)
    yield f"Loss before the update {number(before.loss)}, after it {number(after.loss)}"
    right = trace.rows_right(epoch) if lesson.classifies else None
    for row in range(lesson.rows):
        changes = ", ".join(
            f"{trace.symbols.A(output).name} before {number(before.outputs[row, output.index])}, "
            f"after {number(after.outputs[row, output.index])}" for output in lesson.network.layers[-1])
        verdict = "" if right is None else ", right" if right[row] else ", wrong"
        yield f"row {row + 1}: {changes}{verdict}"
    if right is not None:
        yield right_in_words(trace, epoch)


def introduction(walk: Walk) -> Iterator[str]:
    """What the lesson is about, and what is to be reached."""
    lesson = walk.trace.lesson
    yield from without_emphasis(lesson.introduction).split("\n") if lesson.introduction else ()
    if lesson.goal:
        yield f"Goal: {lesson.goal}"


def table(walk: Walk) -> Iterator[str]:
    """The truth table, with what is reached."""
    trace, cursor = walk.trace, walk.cursor
    lesson, script, arrays = trace.lesson, trace.script, trace.epoch(cursor.epoch)
    for row in range(lesson.rows):
        targets = trace.lesson_at(cursor.epoch).targets_of(row)
        values = zip([*lesson.inputs, *lesson.targets], [*lesson.inputs_of(row), *targets], strict=True)
        text = ", ".join(f"{name} {number(value)}" for name, value in values)
        if script.row_loss_index(row) <= cursor.step:  # the last A is there
            text += "".join(f", {trace.symbols.A(output).name} {number(arrays.outputs[row, output.index])}"
                            for output in lesson.network.layers[-1])
            if lesson.classifies:
                text += ", right" if trace.rows_right(cursor.epoch)[row] else ", wrong"
        yield f"row {row + 1}: {text}"


def network(walk: Walk) -> Iterator[str]:
    """Every parameter's value."""
    trace, cursor = walk.trace, walk.cursor
    for parameter in trace.lesson.order:
        yield f"{parameter.name} = {number(trace.parameter_now(cursor.epoch, cursor.step, parameter))}"


def derivation(walk: Walk) -> Iterator[str]:
    """The derivative of the sigmoid as a chain of its own, at the Z of the row in hand."""
    trace, found = walk.trace, derivable(walk)
    if found is None:
        raise ActionError(NO_DERIVATION)
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
    """The lessons by number, with how far the learner is in each."""
    items = course(folder)
    for number_of, item in enumerate(items, 1):
        before = [label for label, _ in requirements(item, items)]
        after = f"best after {' and '.join(before)}" if before else ""
        how_far = item.how_far(kept.bookmarks.get(item.name))
        yield ", ".join(filter(None, (f"{number_of}: {item.title}", how_far, after)))


def question(walk: Walk) -> str:
    """What is asked at a place."""
    if not walk.asks:
        return "Enter: go on"
    asked = walk.tutor.question(walk.cursor.epoch, walk.cursor.step)
    about = [f"gradient of {asked.parameter}"] * (asked.kind in ("factor", "product")) + \
        ([] if asked.row is None else [row_in_words(walk.trace, asked.epoch, asked.row - 1)])
    return f"{', '.join([*about, asked.name])} = ?"


def puzzle(search: Search, trace: Trace) -> Iterator[str]:
    """The lines of a chain in which one number is wrong, numbered."""
    epoch, indices = search.puzzle.epoch, search.puzzle.indices
    row = trace.script.step(indices[0]).row
    yield row_in_words(trace, epoch, row or 0)
    for line, index in enumerate(indices, 1):
        entry = trace.entry(epoch, index)
        value = search.puzzle.shown.get(index, entry.value)
        yield f"{line}: {entry.line.name} = {number(value)}"
    yield f"one of these numbers is wrong: which? 1 to {len(indices)}; watch leaves"


OF_A_WALK: Mapping[str, Callable[[Walk], Iterable[str]]] = {  # by the word that asks for it
    "where": lambda walk: [where(walk)], "table": table, "network": network, "introduction": introduction,
    "derivation": derivation, "skills": lambda walk: as_sentences(walk.progress)}
