"""What the plain mode says of a session: each line one thing."""

from collections.abc import Iterator

from engine.course.course import course, requirements
from engine.export.worksheet import equation, paragraphs, right_in_words, row_in_words
from engine.learner.learner import Learner
from engine.lesson.notes import without_emphasis
from engine.text.notation import number
from engine.walk.session import Session, ToggleDerivation, act, derivable
from tui.app.find_mistake import FindMistake

MOST_SPOKEN = 30  # numbers read out after one command; of a longer way only where it ends


def where(session: Session) -> str:
    """`epoch 1, step 38 of 239: ∂Z5/∂A3 = w35 = −0.4`."""
    cursor, trace = session.cursor, session.trace
    place = f"epoch {cursor.epoch}, step {cursor.step} of {trace.script.length}"
    if not cursor.step:
        return f"{place}: before its first number"
    entry = trace.entry(cursor.epoch, cursor.step - 1)
    row = f"row {entry.step.row + 1}, " if entry.step.row is not None else ""
    return f"{place}: {row}{equation(entry)}"


def change(before: Session, after: Session) -> Iterator[str]:
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


def _another_trace(session: Session) -> Iterator[str]:
    """A value was changed, or the form of the chains: the place is the same, the numbers or the steps are others."""
    if session.changes:
        yield f"what if {', '.join(map(str, session.changes))}"
        if session.own and session.cursor.step >= session.trace.script.forward_end:
            epoch = session.cursor.epoch
            losses = [number(trace.epoch(epoch).loss) for trace in (session.trace, session.own)]
            yield f"Loss {losses[0]}, the lesson's own {losses[1]}"
    else:
        yield f"the lesson's own numbers, chains written by {'paths' if session.trace.chains.by_paths else 'δ'}"
    yield where(session)


def update_in_words(session: Session) -> Iterator[str]:
    """Between two epochs: what the update did."""
    trace, epoch, lesson = session.trace, session.cursor.epoch, session.trace.lesson
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


def why(session: Session) -> Iterator[str]:
    """Why the last number is as it is."""
    cursor = session.cursor
    yield session.trace.entry(cursor.epoch, cursor.step - 1).why if cursor.step else "nothing is computed yet"


def introduction(session: Session) -> Iterator[str]:
    """What the lesson is about, and what is to be reached."""
    lesson = session.trace.lesson
    yield from without_emphasis(lesson.introduction).split("\n") if lesson.introduction else ()
    if lesson.goal:
        yield f"Goal: {lesson.goal}"


def table(session: Session) -> Iterator[str]:
    """The truth table, with what is reached."""
    trace, cursor = session.trace, session.cursor
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


def network(session: Session) -> Iterator[str]:
    """Every parameter's value."""
    trace, cursor = session.trace, session.cursor
    for parameter in trace.lesson.order:
        yield f"{parameter.name} = {number(trace.parameter_now(cursor.epoch, cursor.step, parameter))}"


def derivation(session: Session) -> Iterator[str]:
    """The derivative of the sigmoid as a chain of its own, at the Z of the row in hand."""
    trace, found = session.trace, derivable(session)
    if found is None:
        act(session, ToggleDerivation())  # which says why not
        return
    _, unit = found
    step = trace.script.step(session.cursor.step - 1)
    activation = trace.lesson.network.activations[unit.layer - 1]
    row = trace.lesson.rows - 1 if step.row is None else step.row
    x = trace.read(session.cursor.epoch, trace.symbols.Z(unit), row)
    if activation.derivation:
        yield f"{activation.derivation.written}, at x = Z{unit.number} = {number(x)}, row {row + 1}"
        for link in (*activation.derivation.parts, *activation.derivation.factors):
            value = number(link.value(x))
            yield " = ".join(dict.fromkeys((link.name, link.formula, value)))
        yield f"product: {activation.derivation.result} = {number(activation.derivation.value(x))}"


def lessons(learner: Learner) -> Iterator[str]:
    """The lessons by number, with how far the learner is in each."""
    items = course(learner.folder)
    for number_of, item in enumerate(items, 1):
        before = [label for label, _ in requirements(item, items)]
        after = f"best after {' and '.join(before)}" if before else ""
        how_far = item.how_far(learner.bookmarks.get(item.name))
        yield ", ".join(filter(None, (f"{number_of}: {item.title}", how_far, after)))


def puzzle(find: FindMistake) -> Iterator[str]:
    """The lines of a chain in which one number is wrong, numbered."""
    trace, epoch, indices = find.home.trace, find.puzzle.epoch, find.puzzle.indices
    row = trace.script.step(indices[0]).row
    yield row_in_words(trace, epoch, row or 0)
    for line, index in enumerate(indices, 1):
        entry = trace.entry(epoch, index)
        value = find.puzzle.shown.get(index, entry.value)
        yield f"{line}: {entry.line.name} = {number(value)}"
    yield f"one of these numbers is wrong: which? 1 to {len(indices)}; watch leaves"
