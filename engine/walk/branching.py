"""What gives a walk another trace: the other form of the chains, changed values, other starting values."""

from typing import TYPE_CHECKING

from engine.graph.step import MOST_EPOCHS, Phase
from engine.late import LateModule
from engine.trace.cursor import Cursor
from engine.trace.trace import Trace
from engine.trace.what_if import MOST_CHANGES, Change, ChangeError, branch, parse_change
from engine.walk.walk import ActionError, Walk

if TYPE_CHECKING:
    from engine.tutor import starting_values
else:
    starting_values = LateModule("engine.tutor.starting_values")

LARGEST_SEED = 2**32 - 1


def switch_form(walk: Walk) -> Walk:
    """The same place, the backward pass written in the other form: in a row begun, before that row."""
    chains = walk.trace.chains
    if not chains.has_both_forms:
        raise ActionError("so many paths can't be written out: this lesson has the δ form alone")
    trace = walk.trace.in_form("delta" if chains.by_paths else "paths")
    cursor = walk.came_from or Cursor(walk.cursor.epoch, _same_step(walk.trace, trace, walk.cursor.step))
    return walk._replace(trace=trace, cursor=cursor, trail=(), derivation=False, came_from=walk.cursor, bound_for=None,
                         there=None)


def change_value(walk: Walk, text: str) -> Walk:
    """In the update phase a change counts from the next epoch on: this one's values are used already."""
    cursor, trace = walk.cursor, walk.trace
    is_used = cursor.step > trace.script.batches[0].backward_end
    epoch = min(cursor.epoch + is_used, MOST_EPOCHS)
    if len(walk.changes) >= MOST_CHANGES:
        raise ActionError(f"{MOST_CHANGES} values are changed already: undo some")
    try:
        change = parse_change(text, trace, epoch)
    except ChangeError as error:
        raise ActionError(str(error)) from None
    return with_changes(walk, (*walk.changes, change))


def undo_change(walk: Walk) -> Walk:
    """Without the last change."""
    if not walk.changes:
        raise ActionError("no value was changed")
    return with_changes(walk, walk.changes[:-1], (walk.changes[-1], *walk.undone))


def redo_change(walk: Walk) -> Walk:
    """With the change that was undone last."""
    if not walk.undone:
        raise ActionError("no change to make again")
    return with_changes(walk, (*walk.changes, walk.undone[0]), walk.undone[1:])


def restore_own_numbers(walk: Walk) -> Walk:
    """Without any change; where there is none, with the lesson's own starting values again."""
    if walk.changes:
        return with_changes(walk, (), (*walk.changes, *walk.undone))
    if walk.seed is None:
        raise ActionError("no value was changed")
    lesson = walk.trace.lesson
    trace = Trace(lesson.drawn_from or lesson, walk.trace.chains.form)
    return _begin_anew(walk, trace, None)._replace(note="the lesson's own numbers again")


def draw_numbers(walk: Walk) -> Walk:
    """With the starting values of the next seed, and nothing changed. Where that would discard something, it is said
    first.
    """
    if (changed := describe_changes(walk)) and not walk.is_warned:
        return walk._replace(is_warned=True, note=f"{changed} would be gone; once more, and other numbers are drawn")
    seed = 1 if walk.seed in (None, LARGEST_SEED) else (walk.seed or 0) + 1
    trace = Trace(starting_values.draw_starting_values((walk.own or walk.trace).lesson, seed), walk.trace.chains.form)
    return _begin_anew(walk, trace, seed)._replace(
        note=f"new numbers, drawn by seed {seed}")


def describe_changes(walk: Walk) -> str:
    """What makes the numbers others than the lesson's own, in words."""
    if walk.changes:
        return f"what if {', '.join(map(str, walk.changes))}"
    return "" if walk.seed is None else f"the numbers drawn by seed {walk.seed}"


def note_changes(walk: Walk) -> Walk:
    """With a note on what makes the numbers others than the lesson's own, if anything does."""
    changes = describe_changes(walk)
    return walk._replace(note=f"not the lesson's own numbers: {changes}") if changes else walk


def with_changes(walk: Walk, changes: tuple[Change, ...], undone: tuple[Change, ...] = ()) -> Walk:
    """The same place, or the one that the walk is bound for, with these changes made to the lesson's own numbers. What
    was near may be far now.
    """
    own = (walk.own or walk.trace).in_form(walk.trace.chains.form)
    return walk._replace(trace=branch(own, changes), own=own if changes else None, changes=changes, undone=undone,
                         cursor=walk.bound_for or walk.cursor, bound_for=None, there=None)


def _begin_anew(walk: Walk, trace: Trace, seed: int | None) -> Walk:
    """The same step of the first epoch, of another trace."""
    return walk._replace(trace=trace, seed=seed, cursor=Cursor(1, walk.cursor.step), trail=(), derivation=False,
                         came_from=None, own=None, changes=(), undone=(), bound_for=None, there=None, is_warned=True)


def _same_step(old: Trace, new: Trace, step: int) -> int:
    """How many steps of another form's script stand for the same place."""
    if not step:
        return 0
    last, before = old.script.step(step - 1), old.script.batch_at(step - 1)
    after = new.script.batches[before.number]
    if last.phase is Phase.FORWARD:
        return after.start + step - before.start
    if last.phase is Phase.UPDATE:
        return after.backward_end + step - before.backward_end
    if last.parameter_index is None:  # among the δ: they are behind one where paths are not yet begun
        return after.forward_end
    if last.row is None:
        return after.end_of(last.parameter_index)
    is_done = old.script.chain_index(last.parameter_index, last.row, -1, None) < step
    if last.row + is_done == before.rows.start:
        return after.start_of(last.parameter_index)
    return new.script.chain_index(last.parameter_index, last.row + is_done - 1, -1, None) + 1
