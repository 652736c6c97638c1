"""Find the mistake: a row's chain with one number that a classical mistake has made wrong."""

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from engine.answer import FollowUp, is_same
from engine.mistakes import Outcome, catalogue, outcomes
from engine.notation import number
from engine.roles import RoleReader, subject
from engine.step import Kind, Span, Step
from engine.trace import Entry, Trace
from engine.tutor import LETTERS, Tutor

MOST_TRIES = 400


@dataclass(frozen=True, slots=True)
class Puzzle:
    """Steps of an epoch by index, which of them is wrong, and by which mistake; `shown` is what stands there instead,
    and in what follows from it.
    """

    epoch: int
    indices: Sequence[int]
    wrong: int
    outcome: Outcome
    shown: Mapping[int, float] = field(default_factory=dict)


def puzzle(trace: Trace, epoch: int, seed: int) -> Puzzle | None:
    """A puzzle of an epoch, another for each seed; None where no mistake would show."""
    draw, script = random.Random(seed), trace.script  # noqa: S311
    reader = RoleReader(trace, epoch)
    for _ in range(MOST_TRIES):
        index = draw.randrange(script.forward_end, script.backward_end)
        entry = trace.entry(epoch, index)
        if not _may_be_wrong(trace, entry.step):
            continue
        found = [outcome for outcome in outcomes(subject(entry), reader.family(entry), reader.roles(entry))
                 if number(outcome.value) != number(entry.value) and not is_same(outcome.value, entry.value)]
        if found:
            outcome = draw.choice(found)
            indices = range(*script.stretch(Span.BLOCK, index))
            shown = {index: outcome.value, **dict(_following(trace, epoch, entry, outcome.value))}
            return Puzzle(epoch, indices, index, outcome, shown)
    return None


def _may_be_wrong(trace: Trace, step: Step) -> bool:
    """A factor; of the δ only those that no other δ of the row is made from."""
    return step.kind is Kind.FACTOR or (
        step.kind is Kind.DELTA and step.unit is not None and step.unit.layer == min(1, trace.lesson.network.last))


def _following(trace: Trace, epoch: int, entry: Entry, value: float) -> Iterator[tuple[int, float]]:
    """The products that the wrong factor goes into."""
    step = entry.step
    if step.kind is not Kind.FACTOR or step.place is None or step.row is None:
        return
    factors = trace.chains.paths(step.place)[step.path]
    product = value
    for k, factor in enumerate(factors):
        if k != step.factor:
            product *= trace.read(epoch, factor.quantity, step.row)
    yield trace.script.chain_index(step.place, step.row, step.path, None), product
    if trace.chains.shape(trace.lesson.order[step.place])[0] > 1:
        right = trace.read(epoch, trace.chains.product_quantity(step.place, step.path), step.row)
        total = trace.read(epoch, trace.chains.product_quantity(step.place, -1), step.row)
        yield trace.script.chain_index(step.place, step.row, -1, None), total - right + product


def which(trace: Trace, found: Puzzle, seed: int) -> FollowUp:
    """Which mistake it is: the one it is and others that such a step knows, by letters."""
    entry = trace.entry(found.epoch, found.wrong)
    typed, mistake = number(found.outcome.value), found.outcome.mistake
    tutor = Tutor(trace)
    told = tutor.told(entry, found.outcome, typed)
    others = [other for other in catalogue() if other.at == mistake.at and other.id != mistake.id and (
        not other.only or RoleReader(trace, found.epoch).family(entry) in other.only)]
    draw = random.Random(seed)  # noqa: S311
    offered = [mistake, *draw.sample(others, min(len(LETTERS) - 1, len(others)))]
    draw.shuffle(offered)
    options = ", ".join(f"({letter}) {each.id.replace('-', ' ')}"
                        for letter, each in zip(LETTERS, offered, strict=False))
    return FollowUp(f"Which mistake is it? {options}", {
        letter: f"Yes: {told} {mistake.idea}" if each is mistake else f"It is “{mistake.id.replace('-', ' ')}”: {told}"
        for letter, each in zip(LETTERS, offered, strict=False)})
