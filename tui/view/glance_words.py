"""Training at a glance in words: an epoch's figures, what the curve and the map say."""

import math
from collections.abc import Iterator

from engine.export.in_words import right_in_words
from engine.export.losses_in_words import losses_in_words
from engine.export.plane_in_words import plane_in_words, sight_sentences, stuck_sentences
from engine.text.notation import number
from engine.trace.trace import Trace
from engine.walk.walk import Walk
from tui.view.glance import NOTHING_TRAINED, Glance, curves, is_any_hidden, is_hidden

ROUNDING = 1e-12  # of a Loss: a smaller change is none
IN_ALL = " in all outputs"  # where a row has several: a map shows one of them
EACH_IN_TURN = ", each before its own update"  # where an epoch has several: the map is as it was before all of them


def say_briefly(glance: Glance, walk: Walk) -> Iterator[str]:
    """What stands below the pictures, as far as it is trained, the most important first: an epoch's figures, why
    nothing more is learnt, what the curve says, what the map in sight says.
    """
    first, *of_curve = _of_training(glance, walk)
    yield first
    trace, epoch, plane = walk.trace, glance.epoch, glance.shown_plane
    is_map_seen = trace.is_at_hand(epoch) and not trace.trouble(epoch) and not is_hidden(walk, epoch)
    if is_map_seen:
        yield from stuck_sentences(trace, epoch, glance.planes)
    yield from of_curve
    if plane and is_map_seen:
        yield from sight_sentences(trace, epoch, plane)


def say_all(glance: Glance, walk: Walk) -> Iterator[str]:
    """The figures, the curve, what stands beside, and what every map shows; for whom all of it is trained."""
    yield from _of_training(glance, walk)
    for curve in curves(glance, walk)[1:] if not is_any_hidden(walk) else ():
        yield f"{curve.label}: {losses_in_words(curve.history, glance.last, glance.epoch)}"
    if glance.planes and is_hidden(walk, glance.epoch):
        yield say_map_waits(walk)
        return
    for plane in glance.planes if not walk.trace.trouble(glance.epoch) else ():
        yield plane_in_words(walk.trace, glance.epoch, plane)


def say_map_waits(walk: Walk) -> str:
    """That no map is shown which would tell an epoch's Z and A."""
    return f"There is a map once {walk.trace.symbols.loss.name} is worked out."


def _of_training(glance: Glance, walk: Walk) -> Iterator[str]:
    trace, epoch = walk.trace, glance.epoch
    if trace.is_at_hand(epoch) and (trouble := trace.trouble(epoch)):
        yield trouble
        return
    yield " ".join(_figures(glance, walk))
    if not glance.lesson.trains:
        yield f"{NOTHING_TRAINED}."
    elif not is_any_hidden(walk):
        yield losses_in_words(trace.history, glance.last)


def _figures(glance: Glance, walk: Walk) -> Iterator[str]:
    """`Loss 0.24310, 0.01471 less than before; rows right: 3 of 4. Goal reached.`"""
    trace, epoch, name = walk.trace, glance.epoch, walk.trace.symbols.loss.name
    if is_hidden(walk, epoch):
        yield f"{name} not reached yet."
        return
    loss = _known_loss(trace, epoch)
    if loss is None:
        yield f"{name} not trained yet."
        return
    before = None if epoch == 1 or is_hidden(walk, epoch - 1) else _known_loss(trace, epoch - 1)
    text = f"{name} {number(loss)}"
    if before is not None:
        change = f"{number(abs(loss - before))} {'less' if loss < before else 'more'} than before"
        text += ", as before" if math.isclose(loss, before, rel_tol=ROUNDING) else f", {change}"
    if trace.lesson.classifies and trace.is_at_hand(epoch):
        text += f"; {right_in_words(trace, epoch)}{IN_ALL * (len(trace.lesson.targets) > 1)}"
        text += EACH_IN_TURN * (len(trace.script.batches) > 1)
    yield f"{text}."
    if trace.is_at_hand(epoch) and trace.is_goal_met(epoch):
        yield "Goal reached."


def _known_loss(trace: Trace, epoch: int) -> float | None:
    return trace.epoch(epoch).loss if trace.is_at_hand(epoch) else trace.history.known_loss(epoch)
