"""The cases of a lesson: what there is to be asked at least once, whatever is known already.

An activation that is on and one that is off are two; so are a slope of 0 and another, a factor that is new and one that
an earlier chain gave, the first product of each parameter.
"""

from collections.abc import Iterator
from itertools import chain

from engine.graph.step import Kind
from engine.trace.trace import Entry, Trace
from engine.tutor.numbers import subject
from engine.tutor.variables import VariableReader

Case = tuple[str, ...]

BY_SIGN = ("activation", "slope", "partial")  # kinds of number of which 0 is a case of its own


def cases_at(trace: Trace, entry: Entry) -> Iterator[Case]:
    """The cases that the number of a step belongs to."""
    kind, step = subject(entry), entry.step
    family = VariableReader(trace, entry.epoch).family(entry)
    yield (kind, family, "0" if entry.value == 0 else "not 0") if kind in BY_SIGN else (kind, family)
    if step.parameter_index is None:
        return
    if step.kind is Kind.PRODUCT:
        yield kind, "of", trace.lesson.order[step.parameter_index].name
    if step.kind is Kind.FACTOR and step.factor is not None:
        is_reused = trace.chains.reuse_marks[step.parameter_index][step.path][step.factor]
        yield "factor", "reused" if is_reused else "new"


def cases_of(trace: Trace, epoch: int) -> frozenset[Case]:
    """All cases that an epoch of a lesson has."""
    entries = (trace.entry(epoch, index) for index in range(trace.script.length))
    return frozenset(chain.from_iterable(cases_at(trace, entry) for entry in entries))
