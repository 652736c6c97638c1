"""Which gradient is checked where a learner stands: one that is worked out."""

from engine.trace.gradient_check import GradientCheck, check_gradient
from engine.walk.known import is_known
from engine.walk.walk import ActionError, Walk

ELSEWHERE = "gradient check: first go to a gradient, or its update"
NOT_IN_SEARCH = "gradient check: not while the mistake is looked for"


def check_in_hand(walk: Walk, onward: str) -> GradientCheck:
    """The check of the gradient in hand: of the number that is asked for, else of the last one shown. `onward` is what
    moves to the end of a chain, where its gradient is. Raises ActionError.
    """
    if walk.search:
        raise ActionError(NOT_IN_SEARCH)
    trace, cursor, pending = walk.trace, walk.cursor, ""
    for index in (*[cursor.step] * walk.asks, *[cursor.step - 1] * (cursor.step > 0)):
        if (parameter_index := trace.script.step(index).parameter_index) is not None:
            batch, parameter = trace.script.batch_at(index), trace.lesson.order[parameter_index]
            if is_known(walk, batch.gradient_index(parameter_index)):
                return check_gradient(trace, cursor.epoch, batch, parameter)
            pending = pending or f"∂{trace.symbols.loss.name}/∂{parameter.name} is checked once it is worked out"
    is_free = walk.mode == "watch" and not walk.example  # elsewhere one goes on by other ways
    raise ActionError((pending or ELSEWHERE) + f": {onward} goes on to it" * is_free)
