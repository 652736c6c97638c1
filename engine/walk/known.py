"""What has been on the screen that is no step of its own."""

from engine.walk.walk import ASKING, Walk


def is_adjoint_known(walk: Walk, row: int, adjoint: int) -> bool:
    """Whether ∂Loss/∂ of a node is known in a row: a step of its own by δ, by paths the last of all that leads to it;
    for who is asked the last of all that comes of it, too, since a bias's product is the same number. As long as a
    mistake is looked for nothing more is told than its chain, and of the learner's own numbers nothing.
    """
    index = walk.trace.script.adjoint_end(row, adjoint, walk.mode in ASKING)
    is_sought = walk.search is not None and not walk.search.is_found
    return index is not None and index < walk.cursor.step and index not in walk.written and not is_sought
