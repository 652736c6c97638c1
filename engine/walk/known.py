"""What a learner may be told: what has been on the screen, and is not a number of their own still to be judged."""

from engine.walk.walk import ASKING, Walk


def is_known(walk: Walk, index: int) -> bool:
    """Whether the number of a step of this epoch is."""
    return index < walk.cursor.step and index not in walk.written


def is_adjoint_known(walk: Walk, row: int, adjoint: int) -> bool:
    """Whether ∂Loss/∂ of a node is known in a row: a step of its own by δ, by paths the last of all that leads to it;
    for who is asked the last of all that comes of it, too, since a bias's product is the same number. As long as a
    mistake is looked for nothing more is told than its chain.
    """
    index = walk.trace.script.adjoint_end(row, adjoint, walk.mode in ASKING)
    is_sought = walk.search is not None and not walk.search.is_found
    return index is not None and is_known(walk, index) and not is_sought


def pending_claims(walk: Walk) -> frozenset[str]:
    """The parameters whose gradients a lesson's sheet doesn't tell yet who is asked for them: it is about the first
    epoch.
    """
    is_asked, batch = walk.mode in ASKING and walk.cursor.epoch == 1, walk.trace.script.batches[0]
    return frozenset(parameter.name for k, parameter in enumerate(walk.trace.lesson.order)
                     if is_asked and not is_known(walk, batch.gradient_index(k)))
