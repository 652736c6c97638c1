"""What an action makes of a walk: one transition for each."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Protocol

from engine.late import LateModule
from engine.learner.progress import Mode
from engine.trace.cursor import Cursor
from engine.walk import branching
from engine.walk.actions import (
    Accuse,
    Action,
    Answer,
    Calculate,
    Do,
    GoTo,
    Move,
    PointBeside,
    Reply,
    SetMode,
    ToEdge,
    ToGradient,
    Type,
    WhatIf,
)
from engine.walk.movement import derivable, destination, is_near, move_to, why_none, within_reach
from engine.walk.walk import ActionError, Attempt, Example, Results, Search, Walk, say

if TYPE_CHECKING:
    from engine.walk import by_hand, example, practice, search
else:
    by_hand, example, practice, search = (
        LateModule(f"engine.walk.{name}") for name in ("by_hand", "example", "practice", "search"))


class Rules(Protocol):
    """What an answer, and doing without one, mean in a mode that asks."""

    def take_answer(self, walk: Walk, text: str) -> Walk:
        """Take a text as the answer."""

    def fill_in(self, walk: Walk) -> Walk:
        """Do without an answer."""

    def give_hint(self, walk: Walk) -> Walk:
        """Help on."""

    def explain_last(self, walk: Walk) -> Walk:
        """Say why the last number is as it is."""

    def follow(self, walk: Walk, cursor: Cursor) -> Walk:
        """Be asked at another place."""


NEXT_MODE: Mapping[Mode, Mode] = {"watch": "practise", "practise": "by hand", "practise all": "by hand",
                                  "by hand": "watch"}
RULES: Mapping[Mode, Rules] = {"practise": practice, "practise all": practice, "by hand": by_hand}


def act(walk: Walk, action: Action) -> Walk:
    """The walk after an action; where that leads far away, bound for it: nothing is trained here. Raises ActionError
    where it can't be done: then nothing has changed.
    """
    after = _act(walk, action)
    stays = after.trace is walk.trace and after.cursor.epoch == walk.cursor.epoch
    return after if stays else within_reach(after, walk.cursor)


def _act(walk: Walk, action: Action) -> Walk:
    if walk.note or walk.details or walk.verdict or walk.invites:  # of the action before
        walk = walk._replace(note="", details=(), verdict=None, invites=False)
    if walk.is_warned and action is not Do.NEW_NUMBERS:
        walk = walk._replace(is_warned=False)
    walk, is_taken = _attend(walk, action)
    if is_taken:
        return walk
    if action is Do.ARRIVE:
        return _arrive(walk, walk.bound_for or walk.cursor)
    if action is Do.STOP:
        return _stop(walk)
    if walk.mode in RULES and (asked := _ask(walk, RULES[walk.mode], action)) is not None:
        return asked
    return _go_elsewhere(walk, action)


def _attend(walk: Walk, action: Action) -> tuple[Walk, bool]:
    """Verdicts that stand open, a search and a worked chain have an action first: the walk, and whether it was taken.
    One that means nothing to them leaves them.
    """
    if walk.results.is_open:
        if (read := by_hand.read_on(walk, action)) is not None:
            return read, True
        walk = by_hand.close(walk)
    if walk.search:
        if (found := _search(walk, walk.search, action)) is not None:
            return found, True
        walk = search.leave(walk)
    if walk.example and not example.is_aside(action):
        if (shown := _work_through(walk, walk.example, action)) is not None:
            return shown, True
        walk = enter_mode(example.leave(walk, walk.example), "practise")
    return walk, False


def enter_mode(walk: Walk, mode: Mode, answers: Mapping[int, str] | None = None) -> Walk:
    """In a mode, with nothing asked yet; by hand the answers that were written before are taken up. Verdicts that were
    just given stay.
    """
    said = walk.message if walk.results.is_open else ""
    if walk.mode in RULES:
        walk = practice.put_down(walk)
    walk = walk._replace(mode=mode, attempted=frozenset(), right=frozenset(), judged=frozenset(), factors_right=0,
                         exam=None, message="", results=walk.results if walk.results.is_open else Results())
    if mode in RULES:
        walk = practice.take_up(walk, said)
    return by_hand.resume(walk, answers or {}) if mode == "by hand" else walk


def _search(walk: Walk, found: Search, action: Action) -> Walk | None:
    """While the mistake is looked for; None where the action leaves that."""
    match action:
        case Accuse(step_index):
            return search.accuse(walk, found, step_index)
        case PointBeside(direction):
            return search.point_beside(walk, found, direction)
        case Do.CONFIRM:
            return search.confirm(walk, found)
        case Reply(letter):
            return search.reply(walk, found, letter)
        case Do.STOP:
            return search.leave(walk)
    return None


def _work_through(walk: Walk, shown: Example, action: Action) -> Walk | None:
    """While a worked chain is shown: on in it, to new numbers behind it, or back; None where the action leaves it."""
    if (turned := example.turn(walk, shown, action)) is not None:
        return turned
    if example.has_read(walk, shown, action):
        after, numbers = example.draw_again(walk, shown)
        after = _on_another_trace(walk, after)._replace(drafts={})
        return say(enter_mode(after, "practise"), f"Now you, with {numbers}.")
    if action in (Do.STOP, Do.FILL_IN):
        return say(enter_mode(example.leave(walk, shown), "practise"), "On, then, from where you were.")
    return None


def _ask(walk: Walk, rules: Rules, action: Action) -> Walk | None:
    """Where the learner is asked; None for an action that means the same as while they watch."""
    match action:
        case (Answer() | Do.FILL_IN) if walk.trouble:
            return say(walk, walk.trouble)
        case (Answer() | Do.FILL_IN) if not walk.asks:
            return practice.pass_by(walk)
        case Type(text, caret) if not walk.asks and not walk.cursor.step and not walk.looks_back:
            return practice.type_on(practice.pass_by(walk), text, caret)  # the first question of the epoch begins
        case Answer(text):
            return rules.take_answer(walk, text)
        case Do.FILL_IN:
            return rules.fill_in(walk)
        case Do.WHY:
            return rules.explain_last(walk)
        case Reply(letter):
            return practice.reply(walk, letter)
    return _ask_on(walk, rules, action) if walk.asks else None


def _ask_on(walk: Walk, rules: Rules, action: Action) -> Walk | None:
    """What leaves the question as it is."""
    match action:
        case Type(text, caret):
            return practice.type_on(walk, text, caret)
        case Do.HINT:
            return rules.give_hint(walk)
        case Calculate(text):
            return say(walk, by_hand.calculate(walk, text))
    return None


def _go_elsewhere(walk: Walk, action: Action) -> Walk:
    """Other modes and other traces, and what can be asked anywhere; what turns back from the way to a far epoch."""
    match action:
        case SetMode(mode):
            return _set_mode(walk, mode)
        case Calculate(text):
            return walk._replace(note=by_hand.calculate(walk, text))
        case Do() if action in ANYWHERE:
            return ANYWHERE[action](walk)
        case Do() if action in OTHER_TRACES:
            return _on_another_trace(walk, OTHER_TRACES[action](walk))
    if walk.bound_for:
        walk = walk._replace(bound_for=None, there=None)
    match action:
        case Move("step", -1) if walk.mode == "by hand" and (again := by_hand.read_again(walk)) is not None:
            return again
        case Move() | ToEdge() | ToGradient() | GoTo():
            return _follow(walk, destination(walk, action))
        case WhatIf(text):
            return _on_another_trace(walk, branching.change_value(walk, text))
        case Do() if action in OTHER_PLACES:
            return OTHER_PLACES[action](walk)
    raise ActionError("nothing is asked for here")


def _return(walk: Walk) -> Walk:
    if not walk.trail:
        raise ActionError("no movement to take back")
    *trail, cursor = walk.trail
    return _follow(walk, cursor)._replace(trail=tuple(trail))


def _tell_why(walk: Walk) -> Walk:
    """Why the last number is as it is."""
    step = walk.cursor.step
    return walk._replace(note=walk.trace.entry(walk.cursor.epoch, step - 1).why if step else practice.NOTHING_YET)


def _enter_next_mode(walk: Walk) -> Walk:
    return _set_mode(walk, NEXT_MODE[walk.mode])


def _toggle_derivation(walk: Walk) -> Walk:
    if not walk.derivation and derivable(walk) is None:
        raise ActionError(why_none(walk))
    return _follow(walk, walk.cursor)._replace(derivation=not walk.derivation)


def _arrive(walk: Walk, cursor: Cursor) -> Walk:
    """In a far epoch that is trained now; perhaps with what was under way there on an earlier day."""
    there, walk = walk.there, walk._replace(bound_for=None, there=None)
    if there is None:
        return _follow(walk, cursor)
    return branching.note_changes(enter_mode(move_to(walk, cursor), there.mode, there.answers))


def _follow(walk: Walk, cursor: Cursor) -> Walk:
    """At another place, or bound for it where it is far: who is asked is asked for what comes next there."""
    stays = cursor.epoch == walk.cursor.epoch and cursor.step
    if not stays and not is_near(walk.trace, cursor):
        return walk._replace(bound_for=cursor)
    return RULES[walk.mode].follow(walk, cursor) if walk.mode in RULES else move_to(walk, cursor)


def _on_another_trace(before: Walk, after: Walk) -> Walk:
    """The numbers or the steps have become others: what was written belongs to those before."""
    if before.trace is after.trace:
        return after
    exercises = {skill: exercise._replace(mixed_up=None) for skill, exercise in after.exercises.items()}
    after = after._replace(seen={after.cursor.epoch: after.cursor.step}, exercises=exercises, flawless=None)
    if before.mode not in RULES:
        return after
    left = by_hand.leave(before)
    return enter_mode(after._replace(attempt=Attempt(), drafts={}, knowledge=left.knowledge, details=left.details,
                                     results=left.results, message=left.message), before.mode)


def _set_mode(walk: Walk, mode: Mode) -> Walk:
    """Watch, practise, go by hand or find the mistake from here on; what is written by hand is handed in."""
    walk = by_hand.leave(walk)._replace(derivation=False, there=None)
    if mode == "find":
        return search.begin(enter_mode(walk._replace(bound_for=None), "watch"), walk.cursor)
    invitation = ""
    if mode == "watch" and walk.mode in ("practise", "practise all"):
        walk, invitation = search.invite(walk)
    return enter_mode(walk, mode)._replace(note=invitation)


def _stop(walk: Walk) -> Walk:
    """The nearest of what is under way: the way to a far epoch, being asked, the derivation."""
    if walk.bound_for:
        return walk._replace(bound_for=None, there=None)
    return _set_mode(walk, "watch") if walk.mode in RULES else walk._replace(derivation=False)


ANYWHERE: Mapping[Do, Callable[[Walk], Walk]] = {Do.NEXT_MODE: _enter_next_mode, Do.WHY: _tell_why}
OTHER_PLACES: Mapping[Do, Callable[[Walk], Walk]] = {Do.RETURN: _return, Do.TOGGLE_DERIVATION: _toggle_derivation}
OTHER_TRACES: Mapping[Do, Callable[[Walk], Walk]] = {
    Do.SWITCH_FORM: branching.switch_form, Do.UNDO_CHANGE: branching.undo_change,
    Do.REDO_CHANGE: branching.redo_change, Do.OWN_NUMBERS: branching.restore_own_numbers,
    Do.NEW_NUMBERS: branching.draw_numbers}
