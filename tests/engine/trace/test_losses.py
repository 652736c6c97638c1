"""The Loss of every epoch, noted while it is trained."""

import math
import random
from dataclasses import replace

import numpy as np
import pytest

from engine.trace import losses
from engine.trace.history import History
from engine.trace.losses import Losses
from engine.trace.trace import Trace
from engine.trace.what_if import Change, branch
from lessons import FAMILIES, load, parse


@pytest.mark.parametrize("count", [1, 7, 90, 400, 30_000])
@pytest.mark.parametrize("width", [1, 8])
def test_no_peak_is_lost(count: int, width: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of any number of epochs, noted in parts of any length, summed up to any number of spans."""
    monkeypatch.setattr(losses, "EXACT", 4096 // width)
    monkeypatch.setattr(losses, "MOST_SPANS", 4096 // width)
    generator = np.random.default_rng(count + width)
    every = generator.uniform(0.2, 0.3, 20_000)
    peaks = generator.choice(every.size, 40, replace=False)
    every[peaks] = [*np.linspace(-9, 9, 38), math.inf, math.nan]
    noted = Losses(1)
    while noted.until < every.size:
        start = max(0, noted.until - int(generator.integers(50)))  # what is trained again stays
        noted.note(start + 1, every[start:noted.until + int(generator.integers(1, 900))])
    spans = noted.spans.sum_up(1, every.size + 9, count)
    assert len(spans) <= count
    assert [span.first for span in spans] == [1, *[span.last + 1 for span in spans[:-1]]]
    assert spans[-1].last == every.size
    for span in spans:
        inside = every[span.first - 1:span.last]
        assert np.array_equal([span.least, span.greatest], [np.fmin.reduce(inside), inside.max()], equal_nan=True)


@pytest.mark.parametrize("name", ["and-gate", "one-at-a-time", "cross-entropy", "saturation-bce", "two-outputs",
                                  "fan-out", "attention", *FAMILIES])
def test_losses_are_those_of_each_epoch(name: str) -> None:
    """Also where changes branch off one another, however training went to and fro meanwhile."""
    lesson, generator = parse(FAMILIES[name], name) if name in FAMILIES else load(name), random.Random(name)
    changes = [Change(generator.randrange(1, 40), generator.choice(["lr", lesson.order[0].name]),
                      generator.uniform(0.01, 0.9)) for _ in range(3)]
    own = Trace(lesson)
    trace = branch(own, changes)
    assert (trace.history.losses_until, trace.history.loss_spans(1, 9, 9)) == (0, [])
    own.epoch(50)  # what comes behind a change is not the branch's
    for _ in range(6):
        last = generator.randrange(1, 90)
        way = trace.history.train_losses(last)
        next(way, None)
        trace.epoch(generator.randrange(1, 60))
        assert max(way, default=last) >= last
        assert trace.history.losses_until >= last
    again = branch(Trace(lesson), changes)
    for span in trace.history.loss_spans(1, 90, 90):
        assert span.first == span.last
        assert span.least == span.greatest == trace.history.known_loss(span.first)
        assert span.least == pytest.approx(again.epoch(span.first).loss, rel=1e-12, abs=1e-300)
    assert span.last == trace.history.losses_until


def test_where_nothing_is_trained_there_is_one_loss() -> None:
    history = History(replace(load("chain-rule"), learning_rate=0.0))
    assert list(history.train_losses(20)) == [1]


def test_training_that_diverges_says_from_when_on() -> None:
    history = branch(Trace(load("learning-rate")), [Change(1, "lr", 1e3)]).history
    for _ in history.train_losses(400):
        pass
    spans = history.loss_spans(1, 400, 400)
    finite = [span.last for span in spans if math.isfinite(span.greatest)]
    assert finite == list(range(1, len(finite) + 1))
    assert len(finite) < 400
