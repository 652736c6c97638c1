"""Traces of formulas: what is called alike is one number, and how a gradient comes together."""

import pytest
from graph_lessons import attention, chain

from engine.graph.step import Kind
from engine.lesson.lesson import Lesson
from engine.trace.trace import Trace
from lessons import graph

DIRECT = graph(["u = x*x", "v = u*x", "L = v + x + u"], {"x": 3.0})


@pytest.mark.parametrize("lesson", [DIRECT, chain(), attention()], ids=["direct", "chain", "attention"])
@pytest.mark.parametrize("form", ["paths", "delta"])
def test_what_is_called_alike_is_one_number(lesson: Lesson, form: str) -> None:
    """Also where the result has a name in it that other nodes have, too: then its own slope is called direct."""
    trace = Trace(lesson, "paths" if form == "paths" else "delta")
    values = dict[str, set[float]]()
    for index in range(trace.script.length):
        entry = trace.entry(1, index)
        if entry.step.kind is not Kind.PRODUCT:
            values.setdefault(entry.line.name, set()).add(round(entry.value, 9))
    assert {name for name, found in values.items() if len(found) > 1} == set()


def test_of_one_row_the_gradient_is_the_sum_of_paths_or_the_product() -> None:
    for lesson, formula in ((DIRECT, "sum of paths"), (chain(), "product")):
        trace = Trace(lesson)
        entry = trace.entry(1, trace.script.batches[0].gradient_index(0))
        assert (entry.line.formula, "row" in entry.why) == (formula, False)
