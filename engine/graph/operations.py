"""What is computed, written as operations: a function of NumPy, its inputs, and the array it writes into.

They are made once for a network's arrays, whatever the shape of these, and run every epoch.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any

from engine.graph.numeric import np

Operation = tuple[Any, ...]
Operations = Iterator[Operation]


def prepare(operations: Operations) -> list[Callable[[], object]]:
    """Operations that only need to be called."""
    return [partial(function, *inputs, out=output) for function, *inputs, output in operations]


def run(ready: Sequence[Callable[[], object]], times: int = 1) -> None:
    """Do operations made ready, in turn, so many times. What diverges ends in inf and nan, without a warning."""
    with np.errstate(all="ignore"):
        for _ in range(times):
            for operation in ready:
                operation()
