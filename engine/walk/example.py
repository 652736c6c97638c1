"""A worked chain: who has tried a skill again and again in vain sees the row's chain in hand once more, number by
number, each with its reason; then the same number is asked for, with new numbers. Whatever else they do goes on where
they were. It comes once for a skill, so that nobody who is stuck goes round in a circle.
"""

from engine.learner.knowledge import WORDS
from engine.trace.cursor import Cursor
from engine.walk.actions import Action, Calculate, Do, Move
from engine.walk.branching import draw_numbers
from engine.walk.exercise import IN_A_ROW, MOST_TRIES
from engine.walk.movement import chain_around, move_to
from engine.walk.walk import Example, Walk

ASIDE = (Do.WHY, Do.TOGGLE_DERIVATION)  # what can be asked meanwhile
STUCK = """\
{tries} tries at {skill}, and not yet {in_a_row} right in a row. That happens, and then looking helps more than trying \
on. Here is this chain, worked out, each number with its reason; after it you begin again, with new numbers."""


def begin(walk: Walk, done: Cursor, *said: str) -> Walk:
    """The chain of the question that is done with, or tried at in vain, from its start on; the walk is at what would be
    asked next, which is come back to.
    """
    chain, skill = chain_around(walk.trace.script, done.step), walk.tutor.skill(*done)
    words = STUCK.format(tries=MOST_TRIES, skill=WORDS.get(skill, skill), in_a_row=IN_A_ROW)
    shown = Example(walk.cursor, done, Cursor(done.epoch, chain.start), Cursor(done.epoch, chain.stop))
    exercises = {name: exercise._replace(tries=0) for name, exercise in walk.exercises.items()}  # it shows them all
    exercises[skill] = exercises[skill]._replace(is_shown=True)
    message = "\n".join((*filter(None, said), words))
    return move_to(walk, shown.start)._replace(mode="watch", example=shown, exercises=exercises, message=message)


def is_aside(action: Action) -> bool:
    """Whether an action leaves the chain on the screen as it is."""
    return action in ASIDE or isinstance(action, Calculate)


def turn(walk: Walk, example: Example, action: Action) -> Walk | None:
    """Where a movement inside the chain leads; None for an action that leaves it, or ends it."""
    match action:
        case Move("step", direction) if walk.cursor != (example.end if direction > 0 else example.start):
            return move_to(walk, walk.cursor._replace(step=walk.cursor.step + direction))._replace(message="")
        case Move("block", 1) if walk.cursor != example.end:
            return move_to(walk, example.end)._replace(message="")
        case Move("step" | "block", -1):
            return move_to(walk, example.start)
    return None


def has_read(walk: Walk, example: Example, action: Action) -> bool:
    """Whether an action goes on from the end of the chain."""
    return walk.cursor == example.end and action in (Move("step", 1), Move("block", 1))


def leave(walk: Walk, example: Example) -> Walk:
    """Where practice was stopped."""
    return walk._replace(cursor=example.home, example=None, derivation=False, message="")


def draw_again(walk: Walk, example: Example) -> tuple[Walk, str]:
    """Before the same number with new starting values, and what is new; where these can't be drawn, or would discard
    what the learner changed, in the next epoch; where there is none, as it was.
    """
    walk = leave(walk, example)._replace(cursor=example.question)
    if not walk.changes:
        drawn = draw_numbers(walk._replace(is_warned=True))
        if drawn.trace.lesson.start != walk.trace.lesson.start:
            return drawn._replace(note=""), f"new numbers, drawn by seed {drawn.seed}"
    epoch = min(walk.cursor.epoch + 1, walk.trace.history.last_epoch)
    return walk._replace(cursor=walk.cursor._replace(epoch=epoch)), f"the numbers of epoch {epoch}"
