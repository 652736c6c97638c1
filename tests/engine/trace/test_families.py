"""Networks of every kind, and every kind of training, against the independent scalar autograd; and the two evaluators
against each other.
"""

import random
from collections.abc import Mapping
from dataclasses import replace

import pytest
from families import ALL_FAMILIES, any_family, as_formulas, records_of

from engine.graph.epoch import BatchNumbers
from engine.graph.quantity import Source
from engine.lesson.lesson import Lesson
from engine.trace.history import History
from scalar_autograd import EpochRecord

UPDATES = 20
CLOSE = {"rel": 1e-11, "abs": 1e-11}


def check(lesson: Lesson, numbers: BatchNumbers, record: EpochRecord) -> None:
    """Every number of a batch."""
    network, arrays = lesson.network, numbers.arrays
    assert numbers.scalars[Source.LOSS] == pytest.approx(record.loss, **CLOSE)
    for row in range(len(numbers.rows)):
        assert arrays[Source.ROW_LOSS][0][row, 0] == pytest.approx(record.row_losses[row], **CLOSE)
        for source, found in ((Source.Z, record.Z[row]), (Source.A, record.A[row])):
            assert [arrays[source][unit.layer][row, unit.index] for unit in network.computed_units] == \
                pytest.approx([found[unit.number] for unit in network.computed_units], **CLOSE)
    for source, expected in ((Source.PARAMETER, record.parameters), (Source.GRADIENT, record.gradients),
                             (Source.UPDATED, record.updated)):
        for name, parameter in network.parameters.items():
            found = arrays[source][parameter.layer][network.places(parameter)]
            assert found == pytest.approx(expected[name], **CLOSE), (source, name)


def check_both(network: Lesson, mine: BatchNumbers, its: BatchNumbers, index_of: Mapping[str, int]) -> None:
    """The numbers of matrices, and those of a network written down as formulas, with the place of each node."""
    divisor = network.terms // network.rows if network.loss.is_mean else 1
    assert mine.rows == its.rows
    assert [mine.scalars[source] for source in (Source.LOSS, Source.UPDATES)] == \
        pytest.approx([its.scalars[source] for source in (Source.LOSS, Source.UPDATES)], **CLOSE)
    assert its.arrays[Source.ROW_LOSS][0] * divisor == pytest.approx(mine.arrays[Source.ROW_LOSS][0], **CLOSE)
    for source, of_node, letter in ((Source.Z, Source.VALUE, "Z"), (Source.A, Source.VALUE, "A"),
                                    (Source.DELTA, Source.ADJOINT, "Z"), (Source.LOSS_SLOPE, Source.ADJOINT, "A")):
        for unit in network.network.computed_units:
            found = its.arrays[of_node][0][:, index_of[f"{letter}{unit.number}"]]
            assert found == pytest.approx(mine.arrays[source][unit.layer][:, unit.index], **CLOSE), (source, unit)
    for source in (Source.PARAMETER, Source.GRADIENT, Source.UPDATED):
        for at, parameter in enumerate(network.network.parameters.values()):
            found = mine.arrays[source][parameter.layer][network.network.places(parameter)]
            assert found == pytest.approx(its.arrays[source][0][at, 0], **CLOSE), source
    for source in (Source.OLD_MOMENT, Source.MOMENT):
        for at, parameter in enumerate(network.network.parameters.values()):
            found = mine.arrays[source][parameter.layer][:, *network.network.position(parameter)]
            assert found == pytest.approx(its.arrays[source][0][:, at, 0], **CLOSE), source


@pytest.mark.parametrize("family", list(enumerate(ALL_FAMILIES)), ids=str)
def test_both_evaluators_have_the_same_numbers(family: tuple[int, tuple[str, str, str, str]]) -> None:
    """Of a network, by matrices and node by node. A graph's parameters all decay, so here biases don't."""
    seed, wanted = family
    network = any_family(random.Random(seed), *wanted)
    if network.network.bias != "none":
        network = replace(network, weight_decay=0.0)
    formulas = as_formulas(network)
    by_matrices, by_nodes = History(network), History(formulas)
    for epoch in range(1, 6):
        for mine, its in zip(by_matrices.epoch(epoch).batches, by_nodes.epoch(epoch).batches, strict=True):
            check_both(network, mine, its, formulas.formulas.index_of)


@pytest.mark.parametrize("family", list(enumerate(ALL_FAMILIES)), ids=str)
def test_every_number_is_that_of_the_independent_calculation(family: tuple[int, tuple[str, str, str, str]]) -> None:
    seed, wanted = family
    for draw in (random.Random(seed + 100 * k) for k in range(2)):
        lesson = any_family(draw, *wanted)
        epochs = max(2, UPDATES // len(lesson.batches))
        records, history = iter(records_of(lesson, epochs)), History(lesson)
        for epoch in range(1, epochs + 1):
            for numbers in history.epoch(epoch).batches:
                check(lesson, numbers, next(records))
