"""Other starting values for a lesson, drawn so that they teach; the same seed gives the same ones on every machine."""

import math
import random
from collections.abc import Iterator
from dataclasses import replace

from engine.graph.formulas import Formulas
from engine.graph.numeric import np
from engine.graph.quantity import Source
from engine.lesson.lesson import Lesson
from engine.text.notation import number
from engine.trace.many_starts import epochs_until_right
from engine.trace.trace import Trace
from engine.tutor.explanations import outcomes_at

TENTHS = [tenth for tenth in range(-10, 11) if tenth]
LEAST_Z = 0.05  # nearer to 0, rounding would decide what ReLU does
LEAST_GRADIENT = 1e-9  # nothing is learned from a smaller one
MOST_TRIES = 300
MOST_PARAMETERS_COMPARED = 300
MOST_WORK = 3_000_000  # rows times parameters times tries: some seconds
MOST_STEPS_OF_FORMULAS = 15_000  # over all tries: every operation in them is looked at
MOST_STEPS_COMPARED = 2_000  # of an epoch, to see which mistakes can be told apart


def draw_starting_values(lesson: Lesson, seed: int, learns_within: int = 0) -> Lesson:
    """The lesson with other starting values: one decimal each, all different if there are enough of them, and such that
    no |Z| is below LEAST_Z, every ReLU is off in some row and on in another, no gradient is 0, and every mistake that
    the lesson's own numbers tell apart is told apart; and, with `learns_within`, all rows are right within so many
    epochs. Where no draw has all of that, the one that has most of it. Its introduction, goal and notes speak of its
    own numbers, and are left out.
    """
    lesson = lesson.drawn_from or lesson
    wanted = _distinguish_mistakes(lesson)
    best, fewest_faults = lesson, math.inf
    starts = list(_draws(lesson, seed))
    learnt = epochs_until_right(lesson, starts, learns_within) if learns_within else [0] * len(starts)
    for start, epochs in zip(starts, learnt, strict=True):
        candidate = replace(lesson, start=start, drawn_from=lesson, introduction="", goal=None, notes=())
        faults = _faults(candidate) + (epochs is None)
        faults += len(wanted - _distinguish_mistakes(candidate)) if not faults else len(wanted) + 1
        if faults < fewest_faults:
            best, fewest_faults = candidate, faults
        if not faults:
            break
    return best


def _draws(lesson: Lesson, seed: int) -> Iterator[dict[str, float]]:
    generator = random.Random(seed)  # noqa: S311  (numbers for an exercise; random() is the same on every machine)
    trained = set(lesson.order)
    names = [name for name, parameter in lesson.model.parameters.items() if parameter in trained]
    work = lesson.rows * len(lesson.model.parameters)
    tries = min(MOST_TRIES, MOST_WORK // work)
    if lesson.formulas:
        tries = min(tries, MOST_STEPS_OF_FORMULAS // Trace(lesson).script.length)
    for _ in range(max(3, tries)):
        left: list[int] = []
        start = dict(lesson.start)  # what is fixed keeps its value
        for name in names:
            left = left or list(TENTHS)
            start[name] = left.pop(int(generator.random() * len(left))) / 10
        yield start


def _faults(lesson: Lesson) -> float:
    """How many of the plain conditions are broken; infinitely many where a number is none."""
    epoch, model = Trace(lesson).epoch(1), lesson.model
    if not epoch.is_finite:
        return math.inf
    faults = sum(bool(abs(batch.arrays[Source.GRADIENT][parameter.layer][model.position(parameter)]) < LEAST_GRADIENT)
                 for batch in epoch.batches for parameter in lesson.order)
    if isinstance(model, Formulas):
        return faults
    for layer in range(1, model.last + 1):
        Z = epoch.of_all_rows(Source.Z, layer)
        faults += int((np.abs(Z) < LEAST_Z).sum())
        if model.activations[layer - 1].can_be_off and lesson.rows > 1:
            faults += int((Z > 0).all(axis=0).sum() + (Z <= 0).all(axis=0).sum())
    return faults


def _distinguish_mistakes(lesson: Lesson) -> set[str]:
    """The mistakes that give a number of their own, to five digits, at some step of the first epoch."""
    if len(lesson.model.parameters) > MOST_PARAMETERS_COMPARED:
        return set()
    trace, found = Trace(lesson), set[str]()
    for index in range(min(trace.script.length, MOST_STEPS_COMPARED)):
        entry = trace.entry(1, index)
        given: dict[str, set[str]] = {}
        for outcome in outcomes_at(trace, entry, vague_too=False):
            if outcome.mistake.draws:
                given.setdefault(number(outcome.value), set()).add(outcome.mistake.id)
        given.pop(number(entry.value), None)
        found |= {mistake for ids in given.values() if len(ids) == 1 for mistake in ids}
    return found
