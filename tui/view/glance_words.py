"""Training at a glance in words: an epoch's figures, what the curve and the map say."""

from collections.abc import Iterator

from engine.export.in_words import right_in_words
from engine.export.losses_in_words import losses_in_words
from engine.export.plane_in_words import plane_in_words
from engine.text.notation import number
from engine.trace.trace import Trace
from engine.walk.walk import ASKING, Walk
from tui.view.glance import NOTHING_TRAINED, Glance, curves


def say_briefly(glance: Glance, walk: Walk) -> Iterator[str]:
    """What stands below the pictures: an epoch's figures, and what the curve says, as far as that is trained."""
    trace, epoch = walk.trace, glance.epoch
    if trace.is_at_hand(epoch) and (trouble := trace.trouble(epoch)):
        yield trouble
        return
    yield " ".join(_figures(glance, walk))
    if not glance.lesson.trains:
        yield f"{NOTHING_TRAINED}."
    elif not is_any_hidden(walk):
        yield losses_in_words(trace.history, glance.last)


def say_all(glance: Glance, walk: Walk) -> Iterator[str]:
    """The same, and what stands beside, and what every map shows; for whom all of it is trained."""
    yield from say_briefly(glance, walk)
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


def is_any_hidden(walk: Walk) -> bool:
    """Whether there is such an epoch, which may be the one where the curve begins, or ends."""
    return is_hidden(walk, walk.cursor.epoch)


def is_hidden(walk: Walk, epoch: int) -> bool:
    """Whether the learner is still to find an epoch's Loss, or to be judged: then no figure tells it."""
    script, trace = walk.trace.script, walk.trace
    index = script.batches[-1].loss_index if trace.graph.loss else script.value_index(0, trace.symbols.loss.i)
    is_found = walk.cursor.step > index and index not in walk.written
    return walk.mode in ASKING and epoch == walk.cursor.epoch and not is_found


def _figures(glance: Glance, walk: Walk) -> Iterator[str]:
    """`Loss 0.24310, 0.01471 less than in epoch 1; rows right: 3 of 4. Goal reached.`"""
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
        change = "as much as" if loss == before else \
            f"{number(abs(loss - before))} {'less' if loss < before else 'more'} than"
        text += f", {change} in epoch {epoch - 1}"
    if trace.lesson.classifies and trace.is_at_hand(epoch):
        text += f"; {right_in_words(trace, epoch)}"
    yield f"{text}."
    if trace.is_at_hand(epoch) and trace.is_goal_met(epoch):
        yield "Goal reached."


def _known_loss(trace: Trace, epoch: int) -> float | None:
    return trace.epoch(epoch).loss if trace.is_at_hand(epoch) else trace.history.known_loss(epoch)
