"""Which gradient is checked from where a learner stands: never one that is still to be asked of them."""

from engine.trace.cursor import Cursor
from engine.trace.gradient_check import GradientCheck, check_gradient
from engine.trace.script import Batch
from engine.walk.walk import ASKING, ActionError, Walk

ELSEWHERE = "gradient check: first go to a gradient, its chain or its update"
NOT_IN_SEARCH = "gradient check: not while the mistake is looked for"


def check_in_hand(walk: Walk) -> GradientCheck:
    """The check of the gradient in hand: of the number that is asked for, else of the last one shown. Raises
    ActionError.
    """
    if walk.search and not walk.search.is_found:
        raise ActionError(NOT_IN_SEARCH)
    trace, cursor, pending = walk.trace, walk.cursor, ""
    for index in (*[cursor.step] * walk.asks, *[cursor.step - 1] * (cursor.step > 0)):
        if (parameter_index := trace.script.step(index).parameter_index) is not None:
            batch, parameter = trace.script.batch_at(index), trace.lesson.order[parameter_index]
            if not _is_pending(walk, batch, parameter_index):
                return check_gradient(trace, cursor.epoch, batch, parameter)
            pending = pending or f"∂{trace.symbols.loss.name}/∂{parameter.name}"
    raise ActionError(f"gradient check: not before you have worked out {pending}" if pending else ELSEWHERE)


def _is_pending(walk: Walk, batch: Batch, parameter_index: int) -> bool:
    """Whether a gradient is asked for later, or was answered and is not judged yet."""
    index = batch.gradient_index(parameter_index)
    is_judged = Cursor(walk.cursor.epoch, index) in walk.judged
    return walk.mode in ASKING and not is_judged and (index >= walk.cursor.step or index in walk.written)
