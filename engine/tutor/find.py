"""Find the mistake: a row's chain with one number that a classical mistake has made wrong."""

import random
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from engine.graph.step import Kind, Span, Step
from engine.text.notation import number
from engine.trace.trace import Entry, Trace
from engine.tutor.answer import LETTERS, FollowUp, Mistaken, is_same, letter_choices, letter_options
from engine.tutor.explanations import outcomes_at
from engine.tutor.mistakes import Outcome
from engine.tutor.mistakes_in_words import explain, first_clause
from engine.tutor.variables import skill_of

MOST_TRIES = 400


class Puzzle(NamedTuple):
    """Steps of an epoch by index, which of them is wrong, and by which mistake; `shown` is what stands there instead,
    and in what follows from it.
    """

    epoch: int
    indices: Sequence[int]
    wrong: int
    outcome: Outcome
    shown: Mapping[int, float] = {}


def puzzle(trace: Trace, epoch: int, seed: int) -> Puzzle | None:
    """A puzzle of an epoch, another for each seed; None where no mistake would show."""
    draw, script = random.Random(seed), trace.script  # noqa: S311
    batch = script.batches[seed % len(script.batches)]
    end = batch.backward_end if trace.chains.by_paths else batch.deltas_end
    for tries in range(MOST_TRIES):
        index = draw.randrange(batch.forward_end, end)
        entry = trace.entry(epoch, index)
        if not _may_be_wrong(trace, entry.step):
            continue
        found = [outcome for outcome in outcomes_at(trace, entry, vague_too=False)
                 if number(outcome.value) != number(entry.value) and not is_same(outcome.value, entry.value)]
        if found:
            outcome = draw.choice(found)
            indices = range(*script.stretch(Span.BLOCK, index))
            following = dict(_following(trace, epoch, entry, outcome.value))
            if following and all(value == 0 for value in following.values()) and tries < MOST_TRIES // 2:
                continue  # a product that is 0 anyway tells nothing
            shown = {index: outcome.value, **following}
            return Puzzle(epoch, indices, index, outcome, shown)
    return None


def _may_be_wrong(trace: Trace, step: Step) -> bool:
    """A factor; of the δ only those that no other δ of the row is made from."""
    if step.kind is not Kind.DELTA:
        return step.kind is Kind.FACTOR
    if step.unit is not None:
        return step.unit.layer == min(1, trace.lesson.network.last)
    node = trace.graph.adjoint_of(step.node or 0)
    return not any(operand in trace.chains.adjoint_index for operand in trace.graph.operands(node))


def _following(trace: Trace, epoch: int, entry: Entry, value: float) -> Iterator[tuple[int, float]]:
    """The products that the wrong factor goes into."""
    step = entry.step
    if step.kind is not Kind.FACTOR or step.parameter_index is None or step.row is None:
        return
    chains = trace.chains_at(trace.script.batches[step.batch])
    factors = chains.paths(step.parameter_index)[step.path]
    product = value
    for k, factor in enumerate(factors):
        if k != step.factor:
            product *= trace.read(epoch, factor.quantity, step.row)
    yield trace.script.chain_index(step.parameter_index, step.row, step.path, None), product
    if len(chains.lengths(step.parameter_index)) > 1:
        right = trace.read(epoch, chains.product_quantity(step.parameter_index, step.path), step.row)
        total = trace.read(epoch, chains.product_quantity(step.parameter_index, -1), step.row)
        yield trace.script.chain_index(step.parameter_index, step.row, -1, None), total - right + product


def solution(trace: Trace, found: Puzzle) -> str:
    """Which mistake it is, and what to look at again."""
    entry, outcome = trace.entry(found.epoch, found.wrong), found.outcome
    return f"{explain(trace, entry, outcome, number(outcome.value))} {outcome.mistake.idea}"


def which(trace: Trace, found: Puzzle, seed: int) -> FollowUp | None:
    """Which mistake it is: the one it is and others that such a step knows, by letters; None where it knows none."""
    entry, outcome = trace.entry(found.epoch, found.wrong), found.outcome
    if not (others := _others(trace, found, entry)):
        return None
    draw = random.Random(seed)  # noqa: S311
    offered = [outcome, *draw.sample(others, min(len(LETTERS) - 1, len(others)))]
    draw.shuffle(offered)
    by_letter = dict(zip(LETTERS, offered, strict=False))
    typed = [number(each.value) for each in offered]
    choices = letter_choices(f"it {first_clause(explain(trace, entry, each, text), text)}"
                             for each, text in zip(offered, typed, strict=True))
    is_it = solution(trace, found)
    asks = "Which mistake is it?"
    return FollowUp(f"{asks} {letter_options(choices)}.", asks, choices,
                    {letter: f"{'Yes' if each is outcome else 'No'}: {is_it}" for letter, each in by_letter.items()},
                    {letter: Mistaken(each.mistake.id, entry.line.name, skill_of(trace, entry), each.mistake.idea)
                     for letter, each in by_letter.items()})


def _others(trace: Trace, found: Puzzle, entry: Entry) -> list[Outcome]:
    """Other mistakes that such a step knows, each once, but for those that give the same number."""
    all_of_them = list(outcomes_at(trace, entry, vague_too=False))
    same = {outcome.mistake.id for outcome in all_of_them if is_same(outcome.value, found.outcome.value)}
    others = {outcome.mistake.id: outcome for outcome in all_of_them}
    return [outcome for name, outcome in others.items() if name not in same]
