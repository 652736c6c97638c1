"""Where movements lead: arithmetic on the script, each with its exact reverse."""

import re
from bisect import bisect_right
from typing import NamedTuple

from engine.graph.quantity import Quantity
from engine.graph.step import Phase, Span, Step
from engine.text.pasted import retype
from engine.trace.cursor import START, Cursor
from engine.trace.script import Script
from engine.trace.trace import Trace
from engine.walk.actions import GoTo, Move, Movement, ToEdge, ToGradient
from engine.walk.walk import ActionError, Walk

MOST_REMEMBERED = 200
NO_DERIVATION = "a derivation belongs to a sigmoid's or a softmax's ∂A/∂Z: go there first"
NONE_OF_FORMULAS = "no derivation here: of a formula each slope's own rule stands beside it"


def parse_cursor(text: str) -> Cursor:
    """A place from `EPOCH` (its start) or `EPOCH:STEP`, of whatever trace. Raises ActionError."""
    text = retype(text)
    if not re.fullmatch(r"\s*[0-9]{1,20}\s*(:\s*[0-9]{1,20}\s*)?", text):
        raise ActionError("expected EPOCH or EPOCH:STEP, such as 4 or 1:38")
    epoch, _, step = text.partition(":")
    return Cursor(int(epoch), int(step or 0))


def check_cursor(trace: Trace, cursor: Cursor) -> Cursor:
    """The place itself. Raises ActionError where the trace has no such place."""
    last = trace.history.last_epoch
    if not 1 <= cursor.epoch <= last:
        raise ActionError(f"epoch {cursor.epoch}; expected 1" + (f" to {last}" if last > 1 else ": nothing is trained"))
    if not 0 <= cursor.step <= trace.script.length:
        raise ActionError(f"step {cursor.step}; expected 0 to {trace.script.length}")
    return cursor


def destination(walk: Walk, action: Movement) -> Cursor:
    """Where a movement leads; at the ends of the trace it stays put. Raises ActionError."""
    cursor, trace = walk.cursor, walk.trace
    match action:
        case Move("step", direction):
            return _step(trace, cursor, direction)
        case Move("block" | "section" as by, direction):
            return _over_stretch(trace, cursor, Span(by), direction)
        case Move("gradient", direction):
            return _to_gradient(trace, cursor, direction)
        case Move("epoch", direction):
            epoch = cursor.epoch + direction
            return Cursor(epoch, cursor.step) if 1 <= epoch <= trace.history.last_epoch else cursor
        case ToEdge(edge):
            return Cursor(cursor.epoch, 0 if edge == "start" else trace.script.length)
        case ToGradient(number):
            if not 1 <= number <= len(trace.lesson.order):
                raise ActionError(f"gradient {number}; expected 1 to {len(trace.lesson.order)}")
            return Cursor(cursor.epoch, trace.script.batch_at(max(cursor.step - 1, 0)).start_of(number - 1) + 1)
        case GoTo(place):
            return check_cursor(trace, place)
    raise TypeError(action)


def move_to(walk: Walk, cursor: Cursor) -> Walk:
    """The walk at another place; the one it leaves is remembered, and so is what has been on the screen; a derivation
    closes.
    """
    if cursor == walk.cursor:
        return walk
    trail = (*walk.trail[1 - MOST_REMEMBERED:], walk.cursor)
    seen = walk.seen
    if cursor.step > seen.get(cursor.epoch, 0):
        seen = {**seen, cursor.epoch: cursor.step}
        if len(seen) > MOST_REMEMBERED:
            del seen[next(iter(seen))]
    return walk._replace(cursor=cursor, trail=trail, seen=seen, derivation=False, came_from=None,
                         furthest=max(walk.furthest, cursor.epoch))


def chain_around(script: Script, index: int) -> range:
    """The steps that are judged together: a row's forward pass, a row's factors and product, what an optimizer works
    out for a parameter, and its new value; any other step alone.
    """
    step = script.step(index)
    if step.phase is Phase.FORWARD and step.row is not None:
        return range(script.value_index(step.row, 0), script.row_loss_index(step.row) + 1)
    return range(*script.stretch(Span.BLOCK, index))


def is_near(trace: Trace, cursor: Cursor) -> bool:
    """Whether all that a place shows is there, or a few parts of training away; between two epochs that is both."""
    return trace.is_near(cursor.epoch) and (cursor.step > 0 or cursor.epoch == 1 or trace.is_near(cursor.epoch - 1))


def within_reach(walk: Walk, home: Cursor) -> Walk:
    """The walk itself; where its place is far, bound for that from `home`, or from the start if that is far too."""
    if is_near(walk.trace, walk.cursor):
        return walk
    home = home if is_near(walk.trace, home) else START
    return walk._replace(cursor=home, bound_for=walk.cursor, derivation=False, came_from=None)


class Derivable(NamedTuple):
    """What has a derivation to show: it is found at `node`, by a factor (from 0) of the path in hand, or by its δ."""

    factor: int | None
    node: Quantity

    def step_index(self, trace: Trace, step: Step, row: int) -> int:
        """The index of the step that shows it in a row; `step` is the one in hand."""
        if self.factor is None:
            return trace.script.adjoint_index(row, step.node or 0)
        index = step.parameter_index or 0
        path = step.path % len(trace.chains.lengths(index))  # at a sum, −1, the last
        return trace.script.chain_index(index, row, path, self.factor)


def why_none(walk: Walk) -> str:
    """What is said where nothing has a derivation."""
    return NONE_OF_FORMULAS if walk.trace.lesson.formulas else NO_DERIVATION


def derivable(walk: Walk) -> Derivable | None:
    """What of the path in hand has a derivation to show: the step's own number, else the path's first. None where there
    is none, or the number is not reached in the row in hand.
    """
    trace, cursor = walk.trace, walk.cursor
    step = trace.script.step(cursor.step - 1) if cursor.step else None
    if step is None or step.phase is not Phase.BACKWARD:
        return None
    if step.parameter_index is None:
        node = trace.graph.adjoint_of(step.node or 0)
        deduction = trace.graph.deduction(node)
        return Derivable(None, node) if deduction and deduction.is_sum else None
    place = trace.chains.derivation(step.parameter_index, step.path, step.factor)
    found = place and Derivable(*place)
    if found is None or step.row is None:
        return found
    return found if found.step_index(trace, step, step.row) < cursor.step else None


def _step(trace: Trace, cursor: Cursor, direction: int) -> Cursor:
    """One step; behind an epoch's last stands the next one's start, before its first number."""
    step = cursor.step + direction
    if 0 <= step <= trace.script.length:
        return Cursor(cursor.epoch, step)
    if direction > 0:
        return Cursor(cursor.epoch + 1, 0) if cursor.epoch < trace.history.last_epoch else cursor
    return Cursor(cursor.epoch - 1, trace.script.length) if cursor.epoch > 1 else cursor


def _over_stretch(trace: Trace, cursor: Cursor, span: Span, direction: int) -> Cursor:
    """To the nearest border of such stretches: forwards what is begun gets finished, backwards it is undone."""
    script = trace.script
    if direction > 0 and cursor.step < script.length:
        return Cursor(cursor.epoch, script.stretch(span, cursor.step)[1])
    if direction < 0 and cursor.step:
        return Cursor(cursor.epoch, script.stretch(span, cursor.step - 1)[0])
    return _step(trace, cursor, direction)


def _to_gradient(trace: Trace, cursor: Cursor, direction: int) -> Cursor:
    """To the first factor of the next gradient or the previous one; between the last and the next epoch's first stands
    the update, so that nobody walks past it.
    """
    steps = _stops(trace)
    stop = bisect_right(steps, cursor.step) - 1 + (direction < 0 and cursor.step not in steps)  # −1: before all
    epoch, stop = cursor.epoch + (stop + direction) // len(steps), (stop + direction) % len(steps)
    return Cursor(epoch, steps[stop]) if 1 <= epoch <= trace.history.last_epoch else cursor


def _stops(trace: Trace) -> list[int]:
    """The steps at which a gradient has its first factor, and behind a batch's last gradient the update its first
    number.
    """
    indices = range(len(trace.lesson.order))
    return [step + 1 for batch in trace.script.batches
            for step in (*map(batch.start_of, indices), *[batch.backward_end] * trace.lesson.trains)]
