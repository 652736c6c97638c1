"""The curve of the Loss in words: whether it falls, where fastest, where it is least, when it reaches the goal."""

import math
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from engine.text.notation import number, with_count
from engine.trace.history import History
from engine.trace.losses import Span

MOST_SPANS = 1000  # epochs that are told apart
LITTLE = 0.005  # of all that it changes: less is not told
LITTLE_LOW, NOISE = 0.002, 1e-4  # or of where a rise begins: one far below is small, and plain to see; what is no rise
HARDLY, STAYS, DIVERGES = 0.05, 1e-4, 1e3  # of, or times, what it was at first
NEARLY_ALL = 0.95
WOBBLES = 3  # rises, from so many on


def losses_in_words(history: History, last: int, epoch: int | None = None) -> str:
    """`Loss falls from 0.258 to 0.202, fastest in epoch 2.`, and what else there is to see up to an epoch; with what it
    is in one of them, if that is asked for.
    """
    return " ".join(_sentences(history, last, epoch))


def _sentences(history: History, last: int, epoch: int | None) -> Iterator[str]:
    name, spans = history.lesson.loss_name, history.loss_spans(1, last, MOST_SPANS)
    if not spans:
        yield f"{name} is not known yet."
        return
    finite = [span for span in spans if math.isfinite(span.greatest) and math.isfinite(span.least)]
    if len(spans) == 1:
        yield f"{name} is {_loss(spans[0])} in epoch 1."
    elif not finite:
        yield f"{name} is no number from epoch 1 on."
    else:
        yield f"{name} {_course(finite)}"
    if finite and len(finite) < len(spans):
        yield f"From epoch {finite[-1].last + 1} on training has diverged: it is no number any more."
    if spans[-1].last < min(last, history.last_epoch):
        yield f"The epochs after {spans[-1].last} are not trained yet."
    yield from _goal(history, spans)
    here = history.loss_spans(epoch, epoch, 1) if epoch else []
    if here and len(spans) > 1:
        yield f"In epoch {epoch} it is {_loss(here[0])}."


def _course(spans: Sequence[Span]) -> str:
    """Where it begins and ends, and how it comes there."""
    begin, end, change = spans[0].greatest, spans[-1].least, spans[-1].least - spans[0].greatest
    least, greatest = min(span.least for span in spans), max(span.greatest for span in spans)
    if greatest - least <= STAYS * abs(begin):
        return f"stays at {number(begin)} for {with_count(spans[-1].last, 'epoch')}."
    verb = "falls" if change < 0 else "rises" if change < DIVERGES * abs(begin) else "diverges"
    hardly = "hardly " * (greatest - least <= HARDLY * abs(begin))
    way = f"{hardly}{verb} from {number(begin)} to {number(end)} in {with_count(spans[-1].last, 'epoch')}"
    if hardly or verb == "diverges":
        return f"{way}."
    changes = greatest - least
    return (f"{way}, fastest {_steepest(spans, change)}{_early(spans, change)}{_wobble(spans, changes, change)}"
            f"{_least(spans, LITTLE * changes)}")


def _steepest(spans: Sequence[Span], change: float) -> str:
    """Where it falls most, or rises, from one to the next."""
    before, at = max(pairwise(spans), key=lambda pair: (pair[1].least - pair[0].least) * math.copysign(1, change))
    return f"in epoch {at.first}" if at.first == at.last else f"between epochs {before.first} and {at.last}"


def _early(spans: Sequence[Span], change: float) -> str:
    """That it is soon at its end, if it is."""
    begin = spans[0].greatest
    soon = next(span.last for span in spans if abs(span.least - begin) >= NEARLY_ALL * abs(change))
    return f", nearly all of it by epoch {soon}" if soon <= spans[-1].last // 3 else ""


def _wobble(spans: Sequence[Span], changes: float, change: float) -> str:
    """Whether it goes the other way in between; if once, where. How often is not said: little turns are not counted."""
    turns = list(_turns(spans, changes, change))
    if not turns:
        return ""
    other = "rises" if change < 0 else "falls"
    if len(turns) >= WOBBLES:
        return f"; it wobbles: it {other} again and again in between"
    (first, last), *more = turns
    where = f"in epoch {first}" if first == last else f"in epochs {first} to {last}"
    return f"; it {other} more than once in between" if more else f"; it {other} {where}"


def _turns(spans: Sequence[Span], changes: float, change: float) -> Iterator[tuple[int, int]]:
    """In which epochs it goes the other way, each time that this comes to something, of all that it `changes`."""
    def goes_back(pair: tuple[Span, Span]) -> bool:
        before, after = pair
        return after.greatest > before.least if change < 0 else after.least < before.greatest
    for is_turn, pairs in groupby(pairwise(spans), goes_back):
        run = list(pairs)
        before, last = run[0][0], run[-1][1]
        begin, end = (before.least, last.greatest) if change < 0 else (before.greatest, last.least)
        least = max(min(LITTLE * changes, LITTLE_LOW * abs(begin)), NOISE * changes)
        if is_turn and abs(end - begin) > least:
            yield run[0][1].first, last.last


def _least(spans: Sequence[Span], little: float) -> str:
    """Where it is least, if that is not at its end."""
    least = min(spans, key=lambda span: span.least)
    if spans[-1].least - least.least <= little or least is spans[0]:
        return "."
    return f". It is least in epoch {least.first}: {number(least.least)}."


def _goal(history: History, spans: Sequence[Span]) -> Iterator[str]:
    """When it is below what is to be reached."""
    goal = history.lesson.goal
    if goal is None or goal.loss_below is None:
        return
    reached = next((span for span in spans if span.least < goal.loss_below), None)
    if reached:
        yield f"Below {number(goal.loss_below)}, as the goal is, in epoch {reached.first}."
    else:
        yield f"Not below {number(goal.loss_below)}, as the goal is, in any of them."


def _loss(span: Span) -> str:
    """One that is no number is said to be none."""
    return number(span.greatest) if math.isfinite(span.greatest) else "no number"
