"""What an action brought, in words: each line one thing."""

from collections.abc import Iterator

from engine.export.in_words import equation
from engine.export.text_trace import paragraphs
from engine.text.notation import number
from engine.text.printable import printable
from engine.tutor.answer import FollowUp
from engine.walk.actions import Action, Answer, Calculate, Do, Move, Reply, SetMode, Type
from engine.walk.transition import act
from engine.walk.walk import ASKING, Example, Results, Search, Walk
from tui.plain.asking import mode_in_words
from tui.plain.descriptions import chain_of, puzzle, update_in_words, where

ANSWERS, ASIDE = (Answer, Calculate, Reply, Type), (Do.FILL_IN, Do.HINT, Do.WHY)
MOST_SPOKEN = 30  # numbers read out after one command; of a longer way only where it ends


def tell(before: Walk, action: Action, after: Walk) -> Iterator[str]:
    """What an action brought."""
    if after.search:
        yield from _tell_search(before, after.search, after)
    elif after.example and not before.example:
        yield from _tell_example(after, after.example)
    elif before.example and not after.example and not isinstance(action, SetMode):
        yield from after.said
    elif isinstance(action, SetMode) or before.mode != after.mode:
        yield from after.details or filter(None, (after.note,))
        yield mode_in_words(after)
        if after.mode == "watch":
            yield from where(after)
    elif before.mode in ASKING and (isinstance(action, ANSWERS) or action in ASIDE):
        yield from _tell_answer(before, action, after)
    elif action is Do.WHY or isinstance(action, Calculate):
        yield from after.said
    else:
        yield from _tell_movement(before, after)


def _tell_movement(before: Walk, after: Walk) -> Iterator[str]:
    """New numbers, or what stands at the place."""
    yield from after.details
    if after.results.is_open and not after.details:  # opened again
        yield from verdicts(after.results)
    elif not after.written:  # else it would tell what is being asked
        yield from change(before, after)
    elif after.exam and (written := after.exam.answers.get(after.cursor.step)) is not None:
        yield f"you wrote {printable(written)}; Enter alone keeps it" if written else "you left it open"


def verdicts(results: Results) -> Iterator[str]:
    """On all that was handed in together."""
    yield results.summary
    yield from (each.told for each in results.judged if each.said)


def read_out(walk: Walk) -> Walk:
    """The walk once its verdicts, or a worked chain, are told: here they are heard all at once."""
    if walk.example and walk.cursor != walk.example.end:
        return act(walk, Move("block", 1))
    return act(walk, Do.CONFIRM) if walk.results.is_open else walk


def _tell_answer(before: Walk, action: Action, after: Walk) -> Iterator[str]:
    """What is said to an answer; what is asked on top of it is asked later, by itself."""
    if isinstance(action, Type):
        return
    if after.written and (step := before.cursor.step) == after.cursor.step - 1:
        is_kept = action is Do.FILL_IN and step in before.written
        yield "kept" if is_kept else "left open" if after.written.get(step) is None else "written down"
    elif before.asks or isinstance(action, Calculate | Reply) or action is Do.WHY:
        follow_up = after.attempt.follow_up
        yield from _without_question(after, follow_up) if follow_up and action is not Do.HINT else after.said
    elif before.cursor != after.cursor:
        yield from where(after)
    if after.cursor.step == 0 != before.cursor.step:
        yield from update_in_words(after)


def _without_question(walk: Walk, follow_up: FollowUp) -> Iterator[str]:
    for text in walk.said:
        said = text.removesuffix(follow_up.question).strip()
        if said:
            yield said


def _tell_search(before: Walk, search: Search, after: Walk) -> Iterator[str]:
    """A puzzle, or what is said to one who works on it."""
    if before.search is None:
        yield from after.details or filter(None, (after.note,))
        yield mode_in_words(after)
    if before.search is None or before.search.puzzle is not search.puzzle:
        yield f"epoch {search.puzzle.epoch}, {chain_of(after, search)}"
        yield from puzzle(after, search)
    elif search.which and not search.is_done:
        yield from _without_question(after, search.which)
    else:
        yield after.message


def _tell_example(walk: Walk, shown: Example) -> Iterator[str]:
    """What it is for, and each number with its reason."""
    yield from walk.said
    epoch = shown.start.epoch
    for index in range(shown.start.step, shown.end.step):
        entry = walk.trace.entry(epoch, index)
        yield f"{equation(walk.trace, entry)}. {entry.why}".rstrip()


def change(before: Walk, after: Walk) -> Iterator[str]:
    """What a movement brought: each new number, or, after a long way or one back, where it ended."""
    old, new = before.cursor, after.cursor
    if before.trace is not after.trace:
        yield from _another_trace(before, after)
    elif old == new:
        yield after.note or "no further that way"
    elif new.epoch == old.epoch and 0 < new.step - old.step <= MOST_SPOKEN:
        last = after.trace.script.step(old.step - 1) if old.step else None
        yield from (text for _, text in paragraphs(after.trace, new.epoch, range(old.step, new.step), last))
    else:
        yield from where(after)
    if old != new and new.epoch > 1 and not new.step:
        yield from update_in_words(after)


def _another_trace(before: Walk, walk: Walk) -> Iterator[str]:
    """A value was changed, or the form of the chains: the place is the same, the numbers or the steps are others."""
    if before.trace.chains.form != walk.trace.chains.form:
        yield from _another_form(before, walk)
    elif walk.note:
        yield walk.note
    elif walk.changes:
        yield f"what if {', '.join(map(str, walk.changes))}"
        if walk.own_loss is not None and walk.cursor.step >= walk.trace.script.batches[0].forward_end:
            loss = number(walk.trace.epoch(walk.cursor.epoch).loss)
            yield f"Loss {loss}, without what you changed {number(walk.own_loss)}"
    else:
        yield "the lesson's own numbers" if walk.seed is None else f"numbers drawn by seed {walk.seed}"
    yield from where(walk)


def _another_form(before: Walk, walk: Walk) -> Iterator[str]:
    """How the chains are written now, and which δ are not heard because the place lies behind them."""
    cursor, script = walk.cursor, walk.trace.script
    if walk.trace.chains.by_paths:
        yield "chains written by paths; delta writes them by δ"
        return
    batch = script.batch_at(cursor.step - 1)
    yield f"chains written by δ: {walk.trace.graph.adjoints_in_words}; paths goes back"
    passed = min(cursor.step, batch.deltas_end) - batch.forward_end
    if passed > 0 and before.cursor.step > batch.forward_end:
        yield f"{passed} δ passed over, each row's; go {cursor.epoch}:{batch.forward_end} is before the first"
