"""By hand: an exam. Every number is asked for and stands as it was written until its chain ends; then they are judged
all together, and stand beside the true ones until the learner goes on. Looking back changes nothing.
"""

from collections.abc import Mapping

from engine.graph.expression import ExpressionError
from engine.text.notation import number
from engine.trace.cursor import Cursor
from engine.trace.trace import Trace
from engine.tutor.answer import WHICH, Spot, Verdict, without_name
from engine.tutor.cases import Case
from engine.tutor.known_numbers import explain_unreadable
from engine.tutor.precision import DIGITS_ASKED
from engine.tutor.tutor import Tutor
from engine.walk import practice
from engine.walk.actions import Action, Do, PointBeside
from engine.walk.movement import chain_around
from engine.walk.practice import INVITATION, ask_at, go_on, judge, observe
from engine.walk.walk import Attempt, Exam, Judged, Results, Walk, say

OPEN = ""  # the answer of who gave none
TOO_FEW_DIGITS = f"It has too few digits: {DIGITS_ASKED} significant ones are asked for."
NO_HINTS = "By hand there are no hints; a number may be left open."


def own_numbers(tutor: Tutor, exam: Exam | None, before: int) -> dict[str, float | None]:
    """The learner's numbers by their names, of the steps before one; of an open one there is none."""
    return {tutor.trace.entry(exam.epoch, index).line.name: value
            for index, value in exam.values.items() if index < before} if exam else {}


def calculate(walk: Walk, text: str) -> str:
    """What a text comes to, with the numbers known at the place; by hand with the learner's own."""
    index = min(walk.cursor.step, walk.trace.script.length - 1)
    if walk.asks:
        text = without_name(text, walk.trace.line(walk.trace.script.step(index)).name)
    exam = walk.exam if walk.exam and walk.exam.epoch == walk.cursor.epoch else None
    return walk.tutor.known.calculate(walk.cursor.epoch, index, text, own_numbers(walk.tutor, exam, index))


def resume(walk: Walk, answers: Mapping[int, str]) -> Walk:
    """Take up the answers that were given before the place in its chain; what can't be read any more is open."""
    cursor, script = walk.cursor, walk.trace.script
    chain = chain_around(script, cursor.step) if cursor.step < script.length else range(0)
    kept = {index: answers[index] for index in chain if index in answers and index < cursor.step}
    return say_how_many(walk._replace(exam=_exam(walk.tutor, cursor.epoch, chain, kept) if kept else None))


def take_answer(walk: Walk, text: str) -> Walk:
    """Write an answer down, unjudged; at the end of its chain all are handed in. No answer leaves what is written."""
    index = walk.cursor.step
    text = without_name(text, walk.trace.entry(walk.cursor.epoch, index).line.name)
    if not text.strip():
        return _step_on(walk) if _is_behind(walk) else say(walk, INVITATION)
    try:
        _value(walk.tutor, _exam_here(walk), index, text)
    except ExpressionError as error:
        return walk._replace(attempt=walk.attempt._replace(typed=text, caret=len(text), is_unread=True),
                             message=explain_unreadable(text, error))
    return _write(walk, text)


def fill_in(walk: Walk) -> Walk:
    """Leave the number open; who looks back goes on."""
    return _step_on(walk) if _is_behind(walk) else _write(walk, OPEN)


def give_hint(walk: Walk) -> Walk:
    """There are none."""
    return say(walk, NO_HINTS)


def explain_last(walk: Walk) -> Walk:
    """Why the last number is as it is, once it is judged."""
    return say(walk, NO_HINTS) if walk.cursor.step - 1 in walk.written else practice.explain_last(walk)


def _is_behind(walk: Walk) -> bool:
    """Whether the learner looks back in the chain: more is written than what stands before the place."""
    return walk.exam is not None and walk.cursor < walk.exam.place


def _exam_here(walk: Walk) -> Exam:
    """What is written in the chain in hand."""
    cursor = walk.cursor
    return walk.exam or Exam(cursor.epoch, chain_around(walk.trace.script, cursor.step))


def _write(walk: Walk, text: str) -> Walk:
    """An answer more, or another one; numbers that name it are worked out again."""
    before, index = _exam_here(walk), walk.cursor.step
    exam = _exam(walk.tutor, before.epoch, before.chain, {**before.answers, index: text})
    walk = walk._replace(exam=exam, attempt=Attempt())
    if index + 1 in exam.chain:
        return _step_on(walk)
    walk = hand_in(walk, exam)
    judged = walk.results.judged
    is_plain = len(judged) == 1 and judged[0].is_right and not judged[0].said  # then there is nothing to read
    return go_on(walk._replace(results=walk.results._replace(is_open=not is_plain)), walk.message)


def _step_on(walk: Walk) -> Walk:
    """To the next number of the chain. What has not been judged has not been seen."""
    cursor = walk.cursor._replace(step=walk.cursor.step + 1)
    return say_how_many(ask_at(walk, cursor)._replace(seen=walk.seen))


def hand_in(walk: Walk, exam: Exam) -> Walk:
    """Judge all that is written, in order: a wrong number lives on in the next ones, until the right ones stand beside
    them.
    """
    judged, cases, slips = list[Judged](), set[Case](), dict[Spot, float]()
    for index, text in sorted(exam.answers.items()):
        if text == OPEN:
            walk = observe(walk, exam.epoch, index, is_right=False)
            verdict = walk.tutor.give_up(exam.epoch, index)
        else:
            walk, verdict = judge(walk, exam.epoch, index, text, own_numbers(walk.tutor, exam, index), slips)
            slips |= [verdict.slip] if verdict.slip else []
        judged.append(_read_later(walk.tutor, exam, index, verdict))
        cases |= walk.tutor.cases(exam.epoch, index)
    first_wrong = next((k for k, each in enumerate(judged) if not each.is_right), 0)
    place = _name_place(walk.trace, exam)
    results = Results(exam.epoch, tuple(judged), ", ".join(place), first_wrong, is_open=True)
    done = {Cursor(exam.epoch, each.step_index) for each in judged}
    seen = max(walk.seen.get(exam.epoch, 0), exam.place.step)
    details = (results.summary, *(each.told for each in judged if each.said))
    return walk._replace(exam=None, results=results, judged=walk.judged | done, cases=walk.cases | cases,
                         seen={**walk.seen, exam.epoch: seen}, message=_summary_later(results, place[-1]),
                         details=details)


def _name_place(trace: Trace, exam: Exam) -> list[str]:
    """Of what the numbers are that are handed in together: `epoch 1`, `batch 2`, `(1) w13`, `row 2`."""
    step, parts = trace.script.step(min(exam.answers)), [f"epoch {exam.epoch}"]
    if len(trace.script.batches) > 1 and step.row is None:  # a row is of one alone
        parts.append(f"batch {step.batch + 1}")
    if step.parameter_index is not None:
        parts.append(f"({step.parameter_index + 1}) {trace.lesson.order[step.parameter_index].name}")
    if step.row is not None:
        parts.append(f"row {step.row + 1}")
    return parts


def _summary_later(results: Results, about: str) -> str:
    """How many are right, as it is read beside the next question: with what they are the numbers of."""
    first = results.judged[0]
    if len(results.judged) == 1:
        return f"{first.name} is {'right' if first.is_right else 'not right'}."
    return f"{about[:1].upper()}{about[1:]}: {results.summary[:1].lower()}{results.summary[1:]}"


def leave(walk: Walk) -> Walk:
    """Hand in what is written, if anything is."""
    return hand_in(walk, walk.exam) if walk.exam else walk


def follow(walk: Walk, cursor: Cursor) -> Walk:
    """To another place. Who looks back keeps what is written; who goes on past it hands it in."""
    exam = walk.exam
    if exam is None:
        return ask_at(walk, cursor)
    if cursor <= exam.place:
        return say_how_many(ask_at(walk, cursor)._replace(seen=walk.seen))
    walk = hand_in(walk, exam)
    return ask_at(walk, cursor, walk.message)


def read_again(walk: Walk) -> Walk | None:
    """One step back from a question, before anything else, the verdicts on the chain before it, once more; None where
    there are none, or they were read again.
    """
    results = walk.results
    if not results.judged or results.is_reread or walk.cursor != results.end:
        return None
    return walk._replace(results=results._replace(pointed=len(results.judged) - 1, is_open=True, is_reread=True))


def read_on(walk: Walk, action: Action) -> Walk | None:
    """Where verdicts stand open: the one before or behind; None for an action that means what it always does."""
    results = walk.results
    match action:
        case PointBeside(direction) if results.pointed + direction < len(results.judged):
            return walk._replace(results=results._replace(pointed=max(0, results.pointed + direction)))
        case PointBeside() | Do.CONFIRM:
            return close(walk)
    return None


def close(walk: Walk) -> Walk:
    """The verdicts are read."""
    return walk._replace(results=walk.results._replace(is_open=False))


def say_how_many(walk: Walk) -> Walk:
    """How many numbers are written down, if any are."""
    if not walk.exam or not (values := walk.exam.values.values()):
        return walk
    left_open = sum(value is None for value in values)
    counts = [f"{len(values) - left_open} written down"] + [f"{left_open} left open"] * (left_open > 0)
    is_row = walk.trace.script.step(walk.exam.chain[0]).row is not None
    end = "at the row's end" if is_row else "with the new value"
    return say(walk, f"{', '.join(counts)}; the verdicts come together, {end}.")


def _exam(tutor: Tutor, epoch: int, chain: range, answers: Mapping[int, str]) -> Exam:
    """With the numbers that the answers come to, one after the other; one that can't be read is open."""
    exam = Exam(epoch, chain)
    for index in sorted(answers):
        text = answers[index]
        try:
            value = _value(tutor, exam, index, text)
        except ExpressionError:
            text, value = OPEN, None
        exam = exam._replace(answers={**exam.answers, index: text}, values={**exam.values, index: value})
    return exam


def _value(tutor: Tutor, exam: Exam, index: int, text: str) -> float | None:
    """What an answer comes to. Raises ExpressionError where it can't be read."""
    if text == OPEN:
        return None
    expression = tutor.read(exam.epoch, index, text)
    own = own_numbers(tutor, exam, index)
    return expression.compute(tutor.known.values(expression, exam.epoch, index, own))


def _read_later(tutor: Tutor, exam: Exam, index: int, verdict: Verdict) -> Judged:
    """A verdict as it is read later, beside the number."""
    entry = tutor.trace.entry(exam.epoch, index)
    said = TOO_FEW_DIGITS if verdict.reason == "coarse" else verdict.message.removesuffix(WHICH).removeprefix(
        f"{entry.line.name} = {number(entry.value)}.")
    is_right = verdict.correct and verdict.reason != "coarse"
    return Judged(index, entry.line.name, exam.values[index], entry.value, is_right, verdict.reason, said.strip())
