"""Being asked: an answer is judged at once, a hint is given, and the walk goes on to the next number that is asked."""

from engine.learner.knowledge import ORIGINS
from engine.trace.cursor import Cursor
from engine.tutor.answer import Verdict
from engine.tutor.known_numbers import Own
from engine.tutor.tutor import passage
from engine.walk.actions import Move
from engine.walk.movement import destination, move_to
from engine.walk.walk import ActionError, Attempt, Walk, say

INVITATION = "Type the number, or a formula, and press Enter."
NOTHING_YET = "nothing is computed yet"
RECALLED_EVERY = 5  # of so many factors answered right, one is asked about again: which is it?


def ask_anew(walk: Walk, message: str = INVITATION) -> Walk:
    """Another question: nothing typed, no hint given."""
    return walk._replace(attempt=Attempt(), message=message)


def take_answer(walk: Walk, text: str) -> Walk:
    """Judge an answer; the walk goes on when the question is done."""
    epoch, index = walk.cursor.epoch, walk.cursor.step
    walk, verdict = judge(walk, epoch, index, text)
    if not verdict.done:
        mistake = verdict.mistakes[0] if len(verdict.mistakes) == 1 else None
        attempt = walk.attempt._replace(typed=text, is_taken=True, mistake=mistake, follow_up=verdict.follow_up)
        return walk._replace(attempt=attempt, verdict=verdict, message=verdict.message)
    is_exact = verdict.reason == "exact"
    walk = go_on(walk._replace(verdict=verdict), f"Right. {verdict.message}" if is_exact else verdict.message)
    return _count_factor(walk, epoch, index) if is_exact and not walk.asks_everything else walk


def _count_factor(walk: Walk, epoch: int, index: int) -> Walk:
    """Now and then one who has found a factor is asked where it comes from."""
    if walk.tutor.skill(epoch, index) not in ORIGINS:
        return walk
    walk = walk._replace(factors_right=walk.factors_right + 1)
    follow_up = walk.tutor.recall(epoch, index) if walk.factors_right % RECALLED_EVERY == 0 else None
    if follow_up is None:
        return walk
    return say(walk._replace(attempt=walk.attempt._replace(follow_up=follow_up)), f"Right. {follow_up.question}")


def reply(walk: Walk, letter: str) -> Walk:
    """What is said to one who says which of several mistakes it was, or where a factor comes from."""
    follow_up = walk.attempt.follow_up
    if follow_up is None or letter not in follow_up.replies:
        raise ActionError("no question stands that a letter answers")
    said, mistakes = follow_up.replies[letter], (follow_up.mistakes.get(letter),)
    verdict = Verdict(False, "mistake", said, tuple(filter(None, mistakes)))
    return walk._replace(attempt=walk.attempt._replace(follow_up=None, is_taken=True), verdict=verdict, message=said)


def fill_in(walk: Walk) -> Walk:
    """Show the number instead of asking for it."""
    epoch, index = walk.cursor.epoch, walk.cursor.step
    verdict = walk.tutor.give_up(epoch, index)
    return go_on(observe(walk, epoch, index, is_right=False)._replace(verdict=verdict), verdict.message)


def give_hint(walk: Walk) -> Walk:
    """One hint more, each deeper; the last is the number itself."""
    epoch, index, given = walk.cursor.epoch, walk.cursor.step, walk.attempt.hints_given
    hints = walk.tutor.hints(epoch, index, walk.attempt.mistake)
    walk = say(observe(walk, epoch, index, is_right=False), hints[min(given, len(hints) - 1)])
    return walk._replace(attempt=walk.attempt._replace(hints_given=given + 1))


def explain_last(walk: Walk) -> Walk:
    """Say why the last number is as it is."""
    if not walk.cursor.step:
        return say(walk, NOTHING_YET)
    entry = walk.trace.entry(walk.cursor.epoch, walk.cursor.step - 1)
    return say(walk, f"{entry.line.name}: {entry.why}")


def enter_epoch(walk: Walk) -> Walk:
    """From the end of an epoch to the summary of its update; from there to the first question."""
    is_at_summary = walk.cursor.step == 0
    if not is_at_summary:
        walk = move_to(walk, destination(walk, Move("step", 1)))
    return walk._replace(attempt=Attempt(has_begun=is_at_summary), message=INVITATION)


def go_on(walk: Walk, message: str) -> Walk:
    """To the next number that is asked; those that the learner knows are filled in on the way."""
    epoch, first, length = walk.cursor.epoch, walk.cursor.step + 1, walk.trace.script.length
    step = first
    while step < length and _is_filled_in(walk, epoch, step):
        step += 1
    note = " ".join(walk.trace.note(epoch, first - 1).split())  # of the number just given
    message = " ".join(filter(None, (message, note)))
    if step > first:
        message += f" Filled in what you know: {step - first} more."
    return move_to(ask_anew(walk, message), Cursor(epoch, step))


def _is_filled_in(walk: Walk, epoch: int, index: int) -> bool:
    """Whether a number is not asked for, because the learner knows how it is found."""
    if walk.mode == "by hand" or walk.asks_everything:
        return False
    return not walk.knowledge.asks(walk.tutor.skill(epoch, index), index + 1)


def judge(walk: Walk, epoch: int, index: int, text: str, own: Own | None = None) -> tuple[Walk, Verdict]:
    """Judge an answer, and learn from it: what is known, which wrong number may live on in its row's forward pass or
    its parameter's chain.
    """
    now = (epoch, *passage(walk.trace.script.step(index)))
    if now != walk.passage:
        walk = walk._replace(slips={}, passage=now)
    verdict = walk.tutor.judge(epoch, index, text, walk.slips, own)
    if verdict.reason not in ("coarse", "unreadable"):
        walk = observe(walk, epoch, index, verdict.correct)
    if verdict.slip:
        walk = walk._replace(slips={**walk.slips, verdict.slip[0]: verdict.slip[1]})
    return walk, verdict


def observe(walk: Walk, epoch: int, index: int, is_right: bool) -> Walk:
    """The first attempt at a question tells what is known; a hint, or giving up, counts as not knowing."""
    question = Cursor(epoch, index)
    if question in walk.attempted:
        return walk
    return walk._replace(knowledge=walk.knowledge.observe(walk.tutor.skill(epoch, index), is_right),
                         attempted=walk.attempted | {question})
