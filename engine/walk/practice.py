"""Being asked: an answer is judged at once, a hint is given, and the walk goes on to the next number that is asked."""

from engine.graph.step import Kind
from engine.learner.knowledge import ORIGINS, kind_of
from engine.learner.progress import Occurrence, count_one
from engine.text.notation import with_count
from engine.trace.cursor import Cursor
from engine.tutor.answer import Slips, Verdict, without_name
from engine.tutor.known_numbers import Own
from engine.walk import due, example, search
from engine.walk.actions import Move
from engine.walk.movement import destination, move_to
from engine.walk.walk import ActionError, Attempt, Walk, say

INVITATION = "Type the number, or a formula, and press Enter."
NOTHING_YET = "nothing is computed yet"
TRY_FIRST = "Try it with that first: the next hint comes after an answer."
OTHER_HELP = "Now a hint helps more than one more try; or have the number filled in."
OTHER_HELP_AFTER = 3  # wrong answers at one question
RECALLED_EVERY = 5  # of so many factors answered right, one is asked about again: which is it?


def put_down(walk: Walk) -> Walk:
    """Nothing is asked; what is typed is kept for when this is asked again."""
    typed = walk.attempt.typed
    drafts = {**walk.drafts, (walk.mode, walk.cursor): typed} if typed else walk.drafts
    return walk._replace(attempt=Attempt(), drafts=drafts)


def take_up(walk: Walk, *said: str, has_begun: bool = False) -> Walk:
    """What comes next is asked, with what was typed for it before."""
    here = walk.mode, walk.cursor
    typed = walk.drafts.get(here, "")
    drafts = {question: text for question, text in walk.drafts.items() if question != here}
    walk = walk._replace(attempt=Attempt(typed, len(typed), has_begun=has_begun), drafts=drafts)
    return say(walk, _lines(*said) or INVITATION * walk.asks)


def _lines(*said: str) -> str:
    """All there is to say, each thing on a line of its own."""
    return "\n".join(filter(None, said))


def ask_at(walk: Walk, cursor: Cursor, *said: str) -> Walk:
    """What comes next at another place is asked."""
    return take_up(move_to(put_down(walk), cursor), *said)


def follow(walk: Walk, cursor: Cursor) -> Walk:
    """To another place."""
    return ask_at(walk, cursor)


def take_answer(walk: Walk, text: str) -> Walk:
    """Judge an answer; the walk goes on when the question is done."""
    epoch, index = walk.cursor.epoch, walk.cursor.step
    if not without_name(text, walk.trace.entry(epoch, index).line.name).strip():
        return say(walk, INVITATION)
    walk, verdict = judge(walk, epoch, index, text)
    if not verdict.done:
        return _stay(walk, text, verdict)
    is_exact = verdict.reason == "exact"
    walk = go_on(walk._replace(verdict=verdict), f"Right. {verdict.message}" if is_exact else verdict.message)
    return _count_factor(walk, epoch, index) if is_exact and walk.mode == "practise" else walk


def _stay(walk: Walk, text: str, verdict: Verdict) -> Walk:
    """At the question, whose answer is not right yet; who tries in vain is shown what helps."""
    before, is_unread = walk.attempt, verdict.reason == "unreadable"  # then it is still being typed
    is_another = not is_unread and text not in before.wrong
    wrong = before.wrong | {text} if is_another and not verdict.correct else before.wrong
    attempt = before._replace(typed=text, caret=len(text), is_taken=not is_unread, is_unread=is_unread, wrong=wrong,
                              mistake=verdict.named, follow_up=verdict.follow_up,
                              has_tried=before.has_tried or is_another)
    other_help = OTHER_HELP if len(wrong) == OTHER_HELP_AFTER > len(before.wrong) else ""
    walk = walk._replace(attempt=attempt, verdict=verdict, message=_lines(verdict.message, other_help))
    if due.is_stuck(walk, walk.cursor):
        said = "" if verdict.follow_up else verdict.message
        return example.begin(walk._replace(attempt=Attempt()), walk.cursor, said)
    return walk


def _count_factor(walk: Walk, epoch: int, index: int) -> Walk:
    """Now and then one who has found a factor is asked where it comes from."""
    if kind_of(walk.tutor.skill(epoch, index)) not in ORIGINS:
        return walk
    walk = walk._replace(factors_right=walk.factors_right + 1)
    follow_up = walk.tutor.recall(epoch, index) if walk.factors_right % RECALLED_EVERY == 0 else None
    if follow_up is None:
        return walk
    attempt = walk.attempt._replace(follow_up=follow_up)
    return say(walk._replace(attempt=attempt), f"{walk.message}\n{follow_up.question}")


def reply(walk: Walk, letter: str) -> Walk:
    """What is said to one who says which of several mistakes it was, or where a factor comes from."""
    follow_up = walk.attempt.follow_up
    if follow_up is None or letter not in follow_up.replies:
        raise ActionError("no question stands that a letter answers")
    said, mistake = follow_up.replies[letter], follow_up.mistakes.get(letter)
    verdict = Verdict.on_mistakes(said, *[mistake] if mistake else [])
    walk = due.owe(_count_mistake(walk, verdict, walk.cursor), verdict, walk.cursor)
    attempt = walk.attempt._replace(follow_up=None, is_taken=True, mistake=mistake)
    return walk._replace(attempt=attempt, verdict=verdict, message=said)


def type_on(walk: Walk, text: str, caret: int | None) -> Walk:
    """Something else is typed; what could not be read is not spoken of any more. Nothing, where nothing was typed,
    passes the question beside by.
    """
    attempt, caret = walk.attempt, len(text) if caret is None else caret
    if (text, caret) == (attempt.typed, attempt.caret):
        return walk if text else walk._replace(attempt=attempt._replace(follow_up=None), message=INVITATION)
    typed = attempt._replace(typed=text, caret=caret, is_taken=False, is_unread=False)
    return say(walk._replace(attempt=typed), INVITATION if attempt.is_unread else walk.message or INVITATION)


def fill_in(walk: Walk) -> Walk:
    """Show the number instead of asking for it."""
    epoch, index = walk.cursor.epoch, walk.cursor.step
    verdict = walk.tutor.give_up(epoch, index)
    walk = observe(walk, epoch, index, is_right=False)._replace(verdict=verdict)
    return go_on(walk._replace(attempt=Attempt()), verdict.message)


def give_hint(walk: Walk) -> Walk:
    """One hint more, each deeper, the first for nothing, another only after an answer; the last is the number itself.
    The idea of a mistake just made is one to begin with; what the verdict says already is passed over.
    """
    epoch, index, attempt = walk.cursor.epoch, walk.cursor.step, walk.attempt
    hints = walk.tutor.hints(epoch, index, attempt.mistake)
    given = attempt.hints_given or int(hints[0] in walk.message)
    if 0 < given < len(hints) and not attempt.has_tried:
        return say(walk, f"{hints[given - 1]}\n{TRY_FIRST}")
    walk = say(observe(walk, epoch, index, is_right=False), hints[min(given, len(hints) - 1)])
    return walk._replace(attempt=walk.attempt._replace(hints_given=given + 1, has_tried=False))


def explain_last(walk: Walk) -> Walk:
    """Say why the last number is as it is."""
    if not walk.cursor.step:
        return say(walk, NOTHING_YET)
    entry = walk.trace.entry(walk.cursor.epoch, walk.cursor.step - 1)
    return say(walk, f"{entry.line.name}: {entry.why}")


def pass_by(walk: Walk) -> Walk:
    """On from where nothing is asked: from an epoch's end to the summary of its update, from there to its first
    question, and over what one looks back at.
    """
    if walk.cursor.step == 0 and not walk.looks_back:
        return take_up(walk, has_begun=True)
    return ask_at(walk, destination(walk, Move("step", 1)))


def go_on(walk: Walk, *said: str) -> Walk:
    """To the next number that is asked. In practice those that the learner knows are filled in on the way, and so is
    what stands before one that is due at once; who tries in vain is shown a worked chain.
    """
    done, script = walk.cursor, walk.trace.script
    walk = walk._replace(cases=walk.cases | walk.tutor.cases(*done), attempt=Attempt())
    walk, place, skipped = search.notice(walk, done), done._replace(step=done.step + 1), ""
    if walk.mode == "practise":
        walk = due.settle(walk, done)
        walk, place, skipped = _pass_over(walk, done)
    walk, invitation = search.invite(walk) if place.step == script.length else (walk, "")
    note = " ".join(walk.trace.note(*done).split())  # of the number just given
    after = ask_at(walk, place, *said, skipped, note, invitation and f"{invitation}.")
    return example.begin(put_down(after), done, *said, note) if due.is_stuck(walk, done) else after


def _pass_over(walk: Walk, done: Cursor) -> tuple[Walk, Cursor, str]:
    """Fill in what is not asked behind a question; where that leads, and what there is to say of it."""
    script, goal = walk.trace.script, due.goal(walk, done)
    for place in (Cursor(done.epoch, index) for index in range(done.step + 1, script.length)):
        skill = walk.tutor.skill(*place)
        is_before_goal = goal is not None and place < goal and script.step(place.step).row is not None
        if not is_before_goal and _is_asked(walk, place, skill):
            break
        walk = due.with_exercise(walk, skill, due.exercise_of(walk, skill).after_number())
    else:
        place = Cursor(done.epoch, script.length)
    count = place.step - done.step - 1
    filled_in = f"{with_count(count, 'number')} filled in"
    if goal is None:
        known = f"{filled_in}: you know {'it' if count == 1 else 'them'}."
        return walk, place, known if count else ""
    row = script.step(goal.step).row
    once_more = "Once more" if row is None else f"Once more, on row {row + 1}"
    if place != goal:
        return walk, place, f"{filled_in}. {once_more}, after this one." if count else ""
    return walk, place, f"{once_more}: {filled_in} on the way." if count else f"{once_more}."


def _is_asked(walk: Walk, place: Cursor, skill: str) -> bool:
    """Whether a number is asked for: what the learner does not know, what is due, what a case comes up with."""
    return due.is_asked(walk, place, skill) or not walk.tutor.cases(*place) <= walk.cases


def judge(walk: Walk, epoch: int, index: int, text: str, own: Own | None = None, slips: Slips | None = None,
          ) -> tuple[Walk, Verdict]:
    """Judge an answer, and learn from it what is known; what follows from a wrong number tells nothing. While one is
    asked again until the number is right there are no `slips`: what was wrong is put right before the next number.
    """
    verdict = walk.tutor.judge(epoch, index, text, slips, own)
    question = Cursor(epoch, index)
    if verdict.is_evidence:
        is_another = text not in walk.attempt.wrong and not _was_shown(walk, question)
        walk = due.count_try(walk, question) if is_another else walk
        walk = observe(walk, epoch, index, verdict.correct)
    return due.owe(_count_mistake(walk, verdict, question), verdict, question), verdict


def _count_mistake(walk: Walk, verdict: Verdict, question: Cursor) -> Walk:
    """A verdict that names one mistake, of the skill of the number in which it was made; the same answer once more
    makes it no second time.
    """
    made = verdict.named
    if made is None or made == walk.attempt.mistake:
        return walk
    asked, skill = walk.tutor.question(*question), walk.knowledge.skill(made.skill)
    row = asked.row if walk.trace.lesson.table[0] else None
    number = f"{asked.name} ({asked.parameter})" if asked.kind == Kind.PRODUCT.value else asked.name
    last = Occurrence(number, question.epoch, row, verdict.message, made.skill, skill.attempts, skill.right)
    others = {other: before for other, before in walk.last_made.items() if other != made.id}
    return walk._replace(mistakes=count_one(walk.mistakes, made.id), last_made={**others, made.id: last})


def observe(walk: Walk, epoch: int, index: int, is_right: bool) -> Walk:
    """The first attempt at a question tells what is known; a hint, or giving up, counts as not knowing. A number that
    has been on the screen tells nothing.
    """
    question = Cursor(epoch, index)
    if question in walk.attempted or _was_shown(walk, question):
        return walk
    skill = walk.tutor.skill(epoch, index)
    return due.count(walk, skill, is_right)._replace(
        knowledge=walk.knowledge.observe(skill, is_right), attempted=walk.attempted | {question},
        right=walk.right | {question} if is_right else walk.right)


def _was_shown(walk: Walk, question: Cursor) -> bool:
    """Whether the number that is asked for has been on the screen."""
    return question.step < walk.seen.get(question.epoch, 0)
