"""Where a learner stands, as a value: `act(session, action)` gives the next session.

The keys of the TUI, the commands of the plain mode and the lines of programs are spellings of the same actions.
"""

import re
from dataclasses import dataclass, replace
from typing import Literal

from engine.graph.network import Unit
from engine.graph.step import MOST_EPOCHS, Kind, Phase, Span
from engine.trace.cursor import START, Cursor
from engine.trace.trace import Trace
from engine.trace.what_if import MOST_CHANGES, Change, ChangeError, branch, parse_change

MOST_REMEMBERED = 200


class ActionError(Exception):
    """An action that can't be done here; the message says what is expected."""


@dataclass(frozen=True, slots=True)
class Session:
    """The whole state of a walk. What is shown depends on it alone (`trail` only serves to go back)."""

    trace: Trace
    cursor: Cursor = START
    derivation: bool = False
    trail: tuple[Cursor, ...] = ()
    own: Trace | None = None  # the lesson's own trace, where changes branch off it
    changes: tuple[Change, ...] = ()
    undone: tuple[Change, ...] = ()
    came_from: Cursor | None = None  # in the other form, as long as the learner has not moved since


@dataclass(frozen=True, slots=True)
class Move:
    """By one step, block, section (a phase or a parameter), gradient or epoch, forwards (1) or backwards (−1)."""

    by: Literal["step", "block", "section", "gradient", "epoch"]
    direction: Literal[1, -1]


@dataclass(frozen=True, slots=True)
class ToEdge:
    """To the start or the end of the epoch."""

    edge: Literal["start", "end"]


@dataclass(frozen=True, slots=True)
class ToGradient:
    """To the first factor of a numbered gradient of this epoch, from 1."""

    number: int


@dataclass(frozen=True, slots=True)
class GoTo:
    """To a place."""

    cursor: Cursor


@dataclass(frozen=True, slots=True)
class ToggleDerivation:
    """Open or close the derivation of the activation's derivative, where the chain has one."""


@dataclass(frozen=True, slots=True)
class Return:
    """To the place before the last movement: the reverse of whatever movement it was."""


@dataclass(frozen=True, slots=True)
class SwitchForm:
    """From paths to δ, or back."""


@dataclass(frozen=True, slots=True)
class WhatIf:
    """Change a value from here on: `w13 = 0.5`."""

    text: str


@dataclass(frozen=True, slots=True)
class Rethink:
    """Undo the last change, make it again, or go back to the lesson's own numbers."""

    to: Literal["undo", "redo", "own"]


Action = SwitchForm | WhatIf | Rethink | Move | ToEdge | ToGradient | GoTo | ToggleDerivation | Return


def act(session: Session, action: Action) -> Session:
    """The session after an action. At the ends of the trace a move stays put. Raises ActionError."""
    match action:
        case ToggleDerivation():
            if not session.derivation and derivable(session) is None:
                raise ActionError("a derivation belongs to a sigmoid's ∂A/∂Z: go there first")
            return replace(session, derivation=not session.derivation)
        case SwitchForm():
            return _switched(session)
        case WhatIf(text):
            return _changed(session, text)
        case Rethink(to):
            return _rethought(session, to)
        case Return():
            if not session.trail:
                raise ActionError("no movement to take back")
            *trail, cursor = session.trail
            return replace(session, cursor=cursor, trail=tuple(trail), derivation=False, came_from=None)
        case _:
            return _moved(session, _destination(session, action))


def _switched(session: Session) -> Session:
    """The same place, the backward pass written in the other form: in a row begun, before that row."""
    chains = session.trace.chains
    if not chains.has_both_forms:
        raise ActionError("so many paths can't be written out: this network has the δ form alone")
    trace = session.trace.in_form("delta" if chains.by_paths else "paths")
    place = session.came_from or Cursor(session.cursor.epoch,
                                        _same_step(session.trace, trace, session.cursor.step))
    return replace(session, trace=trace, cursor=place, trail=(), derivation=False, came_from=session.cursor)


def _changed(session: Session, text: str) -> Session:
    """In the update phase a change counts from the next epoch on: this one's values are used already."""
    cursor, trace = session.cursor, session.trace
    epoch = min(cursor.epoch + (cursor.step > trace.script.backward_end), MOST_EPOCHS)
    if len(session.changes) >= MOST_CHANGES:
        raise ActionError(f"{MOST_CHANGES} values are changed already: undo some")
    try:
        change = parse_change(text, trace, epoch)
    except ChangeError as error:
        raise ActionError(str(error)) from None
    return with_changes(session, (*session.changes, change))


def _rethought(session: Session, to: str) -> Session:
    changes, undone = session.changes, session.undone
    if not (undone if to == "redo" else changes):
        raise ActionError("no change to make again" if to == "redo" else "no value was changed")
    match to:
        case "undo":
            return with_changes(session, changes[:-1], (changes[-1], *undone))
        case "redo":
            return with_changes(session, (*changes, undone[0]), undone[1:])
    return with_changes(session, (), (*changes, *undone))


def with_changes(session: Session, changes: tuple[Change, ...], undone: tuple[Change, ...] = ()) -> Session:
    """The same place, with these changes made to the lesson's own numbers."""
    own = (session.own or session.trace).in_form(session.trace.chains.form)
    return replace(session, trace=branch(own, changes), own=own if changes else None, changes=changes, undone=undone)


def _same_step(old: Trace, new: Trace, step: int) -> int:
    """How many steps of another form's script stand for the same place."""
    last = old.script.step(step - 1) if step else None
    if last is None or last.phase is Phase.FORWARD:
        return step
    if last.phase is Phase.UPDATE:
        return new.script.backward_end + step - old.script.backward_end
    if last.parameter_index is None:  # among the δ: they are behind one where paths are not yet begun
        return new.script.forward_end
    if last.row is None:
        return new.script.end_of(last.parameter_index)
    done = old.script.chain_index(last.parameter_index, last.row, -1, None) < step
    rows = last.row + done
    if not rows:
        return new.script.start_of(last.parameter_index)
    return new.script.chain_index(last.parameter_index, rows - 1, -1, None) + 1


def _moved(session: Session, cursor: Cursor) -> Session:
    """The session at another place; the one it leaves is remembered, and a derivation closes."""
    if cursor == session.cursor:
        return session
    trail = (*session.trail[1 - MOST_REMEMBERED:], session.cursor)
    return replace(session, cursor=cursor, trail=trail, derivation=False, came_from=None)


def checked(trace: Trace, cursor: Cursor) -> Cursor:
    """The place itself. Raises ActionError where the trace has no such place."""
    if not 1 <= cursor.epoch <= MOST_EPOCHS:
        raise ActionError(f"epoch {cursor.epoch}; expected 1 to {MOST_EPOCHS}")
    if not 0 <= cursor.step <= trace.script.length:
        raise ActionError(f"step {cursor.step}; expected 0 to {trace.script.length}")
    return cursor


def parse_cursor(text: str, trace: Trace) -> Cursor:
    """A place of a trace from `EPOCH` (its start) or `EPOCH:STEP`. Raises ActionError."""
    return checked(trace, parse_place(text))


def parse_place(text: str) -> Cursor:
    """A place from text, of whatever trace. Raises ActionError."""
    if not re.fullmatch(r"\s*[0-9]{1,9}\s*(:\s*[0-9]{1,9}\s*)?", text):
        raise ActionError("expected EPOCH or EPOCH:STEP, such as 4 or 1:38")
    epoch, _, step = text.partition(":")
    return Cursor(int(epoch), int(step or 0))


def derivable(session: Session) -> tuple[int, Unit] | None:
    """The factor ∂A/∂Z (from 0, in the path in hand) that has a derivation to show, and its unit: the step's own, else
    the path's first. None where the chain has none, or the factor is not reached in the row in hand.
    """
    trace, cursor = session.trace, session.cursor
    step = trace.script.step(cursor.step - 1) if cursor.step else None
    if step is None or step.parameter_index is None or step.kind is Kind.UPDATE:
        return None
    found = trace.chains.derivation(step.parameter_index, step.path, step.factor)
    if found is None or step.row is None:
        return found
    path = step.path % trace.chains.shape(trace.lesson.order[step.parameter_index])[0]
    return found if trace.script.chain_index(step.parameter_index, step.row, path, found[0]) < cursor.step else None


def _destination(session: Session, action: Action) -> Cursor:
    cursor, trace = session.cursor, session.trace
    match action:
        case Move("step", direction):
            return _stepped(trace, cursor, direction)
        case Move("block" | "section" as by, direction):
            return _over_stretch(trace, cursor, Span(by), direction)
        case Move("gradient", direction):
            return _to_gradient(trace, cursor, direction)
        case Move("epoch", direction):
            epoch = cursor.epoch + direction
            return Cursor(epoch, cursor.step) if 1 <= epoch <= MOST_EPOCHS else cursor
        case ToEdge(edge):
            return Cursor(cursor.epoch, 0 if edge == "start" else trace.script.length)
        case ToGradient(number):
            if not 1 <= number <= len(trace.lesson.order):
                raise ActionError(f"gradient {number}; expected 1 to {len(trace.lesson.order)}")
            return Cursor(cursor.epoch, trace.script.start_of(number - 1) + 1)
        case GoTo(place):
            return checked(trace, place)
        case _:
            raise TypeError(action)


def _stepped(trace: Trace, cursor: Cursor, direction: int) -> Cursor:
    """One step; behind an epoch's last stands the next one's start, before its first number."""
    step = cursor.step + direction
    if 0 <= step <= trace.script.length:
        return Cursor(cursor.epoch, step)
    if direction > 0:
        return Cursor(cursor.epoch + 1, 0) if cursor.epoch < MOST_EPOCHS else cursor
    return Cursor(cursor.epoch - 1, trace.script.length) if cursor.epoch > 1 else cursor


def _over_stretch(trace: Trace, cursor: Cursor, span: Span, direction: int) -> Cursor:
    """To the nearest border of such stretches: forwards what is begun gets finished, backwards it is undone."""
    script = trace.script
    if direction > 0 and cursor.step < script.length:
        return Cursor(cursor.epoch, script.stretch(span, cursor.step)[1])
    if direction < 0 and cursor.step:
        return Cursor(cursor.epoch, script.stretch(span, cursor.step - 1)[0])
    return _stepped(trace, cursor, direction)


def _to_gradient(trace: Trace, cursor: Cursor, direction: int) -> Cursor:
    """To the first factor of the next gradient or the previous one; between the last and the next epoch's first stands
    the update, so that nobody walks past it.
    """
    script, count = trace.script, len(trace.lesson.order)
    stops = count + 1  # an epoch's: the gradients, then the update
    stop = script.parameter_index_at(cursor.step - 1) if cursor.step <= script.backward_end else count  # −1: before all
    if direction < 0 and (stop < 0 or cursor.step > _stop(trace, stop)):
        stop += 1  # it is past a stop: that is where going back leads
    epoch, stop = cursor.epoch + (stop + direction) // stops, (stop + direction) % stops
    return Cursor(epoch, _stop(trace, stop)) if 1 <= epoch <= MOST_EPOCHS else cursor


def _stop(trace: Trace, stop: int) -> int:
    """The step at which a gradient has its first factor, or (behind the last gradient) the update its first number."""
    script = trace.script
    return (script.start_of(stop) if stop < len(trace.lesson.order) else script.backward_end) + 1
