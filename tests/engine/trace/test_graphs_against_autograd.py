"""Random graphs of formulas against the independent scalar autograd: every value, adjoint, gradient and update."""

import random

import numpy as np
import pytest
from random_graphs import random_graph, train

from engine.graph.numeric import Array
from engine.graph.quantity import Source
from engine.trace.history import History

UPDATES = 20


def is_close(found: Array, expected: object) -> bool:
    """To 1e-11 of each number, or of the largest of its kind: what two numbers nearly cancel to has fewer digits."""
    wanted = np.array(expected)
    return bool(np.allclose(found, wanted, rtol=1e-11, atol=1e-11 * max(1.0, float(np.abs(wanted).max()))))


@pytest.mark.parametrize("seed", range(24))
def test_random_graphs(seed: int) -> None:
    graph = random_graph(random.Random(seed))
    history, epochs = History(graph.lesson), max(2, UPDATES // len(graph.lesson.batches))
    records = iter(train(graph, epochs))
    for epoch in range(1, epochs + 1):
        for numbers in history.epoch(epoch).batches:
            record, arrays = next(records), numbers.arrays
            assert numbers.scalars[Source.LOSS] == pytest.approx(record.loss, rel=1e-11, abs=1e-11)
            assert is_close(arrays[Source.VALUE][0], record.values)
            assert is_close(arrays[Source.ADJOINT][0], record.adjoints)
            assert is_close(arrays[Source.ROW_LOSS][0][:, 0], [row[-1] for row in record.values])
            assert is_close(arrays[Source.GRADIENT][0][:, 0], list(record.gradients.values()))
            assert is_close(arrays[Source.UPDATED][0][:, 0], list(record.updated.values()))
