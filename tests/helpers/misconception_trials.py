"""Misconceptions that were worked out by hand, and what the judge says of what comes out: it is to name them, with the
number in which they were made.
"""

import math
import random
from collections.abc import Iterator, Mapping

from hand_calculation import Hand, Misconception
from trials import Trial, tell

from engine.graph.network import Parameter
from engine.lesson.lesson import Lesson
from engine.trace.chain import Form
from engine.trace.trace import Trace
from engine.tutor.explanations import outcomes_at
from engine.tutor.sample_answers import write
from engine.tutor.tutor import Tutor

DIGITS = 5
LEFT_OUT = ("weight-skipped", "input-skipped", "derivative-skipped")  # a factor of 1 is one that is left out


def _ends(lesson: Lesson, parameter: Parameter) -> tuple[int, int]:
    """The units that a parameter joins, by their numbers; from 0 a bias."""
    layers = lesson.network.layers
    source = 0 if parameter.source is None else layers[parameter.layer - 1][parameter.source].number
    return source, layers[parameter.layer][parameter.target].number


def try_misconceptions(lesson: Lesson, draw: random.Random, most: int, form: Form = "paths") -> Trial:
    """Misconceptions of a factor, or of a δ, made in every row, typed where they show: as a row's product, as gradient,
    as new value.
    """
    tutor, hand, trial = Tutor(Trace(lesson, form)), Hand(lesson), Trial()
    made = [(index, wrong) for index, parameter in enumerate(lesson.order) for wrong in (
        hand.misconceptions(*_ends(lesson, parameter)) if form == "paths" else
        hand.delta_misconceptions(_ends(lesson, parameter)[1]))]
    for index, wrong in draw.sample(made, min(most, len(made))):
        for place, right, value in _asked(tutor, hand, index, wrong, draw):
            _judge_misconception(tutor, place, right, value, wrong, trial)
    return trial


def _asked(tutor: Tutor, hand: Hand, index: int, wrong: Misconception,
           draw: random.Random) -> Iterator[tuple[int, float, float]]:
    """Where a misconception is asked for: the step, the right number, the wrong one."""
    lesson, script, by_paths = tutor.trace.lesson, tutor.trace.script, tutor.trace.chains.by_paths
    i, j = _ends(lesson, lesson.order[index])
    row, batch = draw.randrange(lesson.rows), script.batches[0]
    product, gradient = (hand.row_product, hand.gradient) if by_paths else \
        (hand.product_by_delta, hand.gradient_by_delta)
    yield script.chain_index(index, row, -1, None), product(i, j, row), product(i, j, row, wrong)
    yield batch.gradient_index(index), gradient(i, j), gradient(i, j, wrong)
    if lesson.trains:
        old, rate = hand.w(i, j), hand.rate
        yield batch.update_index(index), old - rate * gradient(i, j), old - rate * gradient(i, j, wrong)


def _judge_misconception(tutor: Tutor, place: int, right: float, value: float, wrong: Misconception,
                         trial: Trial) -> None:
    """What does not show at all does not count: where the right number has these digits, or an update's step differs by
    less than the last of them.
    """
    typed = write(value, DIGITS)
    unit = abs(float(typed) - float(typed[:-1] + ("0" if typed[-1] != "0" else "1"))) if "e" not in typed else 0.0
    if typed == write(right, DIGITS) or abs(value - right) < unit / 9:
        return
    question = tutor.question(1, place)
    verdict = tutor.judge(1, place, typed)
    trial.count += 1
    trial.passed += verdict.correct
    named = [*zip(verdict.mistakes, verdict.where, strict=True)]
    is_left_out = wrong.mistake in LEFT_OUT and "factor-left-out" in verdict.mistakes and wrong.where in verdict.message
    if (wrong.mistake, wrong.where) in named:
        trial.held += 1
    elif is_left_out or any(where == question.name for _, where in named):
        trial.held += 1  # what comes to the same, made at the number asked for
        trial.other_name += 1
    else:
        trial.miss(f"{wrong.mistake} at {question.kind}", f"at {wrong.where}, {tell(tutor, place, typed, verdict)}")


def try_factors_of_a_graph(lesson: Lesson, draw: random.Random, most: int) -> Trial:
    """The same of a lesson of formulas: what the catalogue gives at a factor, in every row where it does, worked out
    from there by hand.
    """
    tutor, trial = Tutor(Trace(lesson)), Trial()
    trace = tutor.trace
    rows, batch = trace.script.batches[0].rows, trace.script.batches[0]
    places = [(k, path, column) for k in range(len(lesson.order)) for path, factors in enumerate(trace.chains.paths(k))
              for column in range(len(factors))]
    for k, path, column in draw.sample(places, min(most, len(places))):
        factor = trace.chains.paths(k)[path][column]
        found = [_given(trace, trace.script.chain_index(k, row, path, column)) for row in rows]
        for mistake in draw.sample(sorted(found[0]), min(2, len(found[0]))):
            products = [_row_product(trace, k, row, {} if mistake not in given else {factor.name: given[mistake]})
                        for row, given in zip(rows, found, strict=True)]
            row = draw.choice(rows)
            asked = {trace.script.chain_index(k, row, -1, None): products[row - rows.start],
                     batch.gradient_index(k): sum(products)}
            wrong = Misconception(mistake[0], factor.name, ("", 0, 0), float)
            for place, value in asked.items():
                _judge_misconception(tutor, place, trace.entry(1, place).value, value, wrong, trial)
    return trial


def _row_product(trace: Trace, parameter_index: int, row: int, wrong: Mapping[str, float]) -> float:
    """All paths' factors multiplied and added, with some of them wrong, by their names."""
    return sum(math.prod(wrong.get(factor.name, trace.read(1, factor.quantity, row)) for factor in path)
               for path in trace.chains.paths(parameter_index))


def _given(trace: Trace, index: int) -> dict[tuple[str, int, str], float]:
    """What the catalogue gives at a step, by mistake, which of its formulas, and what it took."""
    entry, found = trace.entry(1, index), dict[tuple[str, int, str], float]()
    for outcome in outcomes_at(trace, entry, vague_too=False):
        found.setdefault((outcome.mistake.id, outcome.variant, outcome.which), outcome.value)
    return found
