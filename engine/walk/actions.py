"""What a learner can do. Those that take nothing more are members of `Do`."""

from enum import Enum
from typing import Literal, NamedTuple

from engine.learner.progress import Mode
from engine.trace.cursor import Cursor


class Move(NamedTuple):
    """By one step, block, section (a phase or a parameter), gradient or epoch, forwards (1) or backwards (−1)."""

    by: Literal["step", "block", "section", "gradient", "epoch"]
    direction: Literal[1, -1]


class ToEdge(NamedTuple):
    """To the start or the end of the epoch."""

    edge: Literal["start", "end"]


class ToGradient(NamedTuple):
    """To the first factor of a numbered gradient of this epoch, from 1."""

    number: int


class GoTo(NamedTuple):
    """To a place. In an epoch that is far, the walk is bound for it until it is trained: see `Do.ARRIVE`."""

    cursor: Cursor


class WhatIf(NamedTuple):
    """Change a value from here on: `w13 = 0.5`."""

    text: str


class SetMode(NamedTuple):
    """Watch, practise (what is known too, or not), go by hand or find the mistake from here on."""

    mode: Mode


class Type(NamedTuple):
    """What stands in the line to type in, all of it, and where in it the caret is (None: at its end)."""

    text: str
    caret: int | None = None


class Answer(NamedTuple):
    """Take a text as the answer; between two epochs, go on."""

    text: str


class Reply(NamedTuple):
    """Answer the one-key question that stands beside."""

    letter: str


class Calculate(NamedTuple):
    """Say what a text comes to, without taking it as the answer."""

    text: str


class Accuse(NamedTuple):
    """Finding the mistake: point at a step, by its index, and take it."""

    step_index: int


class PointBeside(NamedTuple):
    """At the number before (−1) or behind (1): while the mistake is looked for, round and round; among verdicts, behind
    the last the learner goes on.
    """

    direction: Literal[1, -1]


class Do(Enum):
    """What needs no more to be said."""

    RETURN = "to the place before the last movement: the reverse of whatever movement it was"
    TOGGLE_DERIVATION = "open or close the derivation of an activation's derivative, where the chain has one"
    SWITCH_FORM = "from paths to δ, or back"
    UNDO_CHANGE = "undo the last change of a value"
    REDO_CHANGE = "make it again"
    OWN_NUMBERS = "undo every change; where there is none, from drawn starting values back to the lesson's own"
    NEW_NUMBERS = "other starting values: those of the next seed, and nothing changed"
    NEXT_MODE = "from watching to practising to by hand, and round"
    FILL_IN = "show the number instead of asking for it; by hand, leave it open"
    HINT = "one hint more, each deeper; the last is the number itself"
    WHY = "why the last number is as it is"
    CONFIRM = "finding the mistake: that it is the number pointed at, or another puzzle; verdicts: that they are read"
    ARRIVE = "the epoch that the walk is bound for is trained"
    STOP = "what is under way: the way to a far epoch, being asked, what is said, the derivation"


Movement = Move | ToEdge | ToGradient | GoTo
Action = Movement | WhatIf | SetMode | Type | Answer | Reply | Calculate | Accuse | PointBeside | Do
