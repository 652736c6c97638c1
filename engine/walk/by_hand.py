"""By hand: an exam. Every number is asked for and stands as it was written until its chain ends; then they are judged
all together. What was handed in stays marked until the next chain is.
"""

from collections.abc import Mapping

from engine.graph.expression import ExpressionError, parse
from engine.graph.step import Phase, Span
from engine.text.notation import number
from engine.trace.cursor import Cursor
from engine.trace.script import Script
from engine.trace.trace import Entry
from engine.tutor.answer import Verdict, without_name
from engine.tutor.known_numbers import locate
from engine.tutor.tutor import Tutor
from engine.walk import practice
from engine.walk.movement import move_to
from engine.walk.practice import INVITATION, ask_anew, go_on, judge, observe
from engine.walk.walk import Attempt, Exam, Results, Walk, say

OPEN = ""  # the answer of who gave none
NO_HINTS = "By hand there are no hints; a number may be left open."
MORE = " (press ! for the next)"


def chain_around(script: Script, index: int) -> range:
    """The steps that are judged together: a row's forward pass, a row's factors and product; any other step alone."""
    step = script.step(index)
    if step.phase is Phase.FORWARD and step.row is not None:
        return range(script.net_input_index(step.row, 0), script.row_loss_index(step.row) + 1)
    return range(*script.stretch(Span.BLOCK, index))


def own_numbers(tutor: Tutor, exam: Exam | None, before: int) -> dict[str, float | None]:
    """The learner's numbers by their names, of the steps before one; of an open one there is none."""
    return {tutor.trace.entry(exam.epoch, index).line.name: value
            for index, value in exam.values.items() if index < before} if exam else {}


def resume(walk: Walk, answers: Mapping[int, str]) -> Walk:
    """Take up the answers that were given before the place in its chain; what can't be read any more is open."""
    cursor, script, exam = walk.cursor, walk.trace.script, Exam(walk.cursor.epoch)
    chain = chain_around(script, cursor.step) if cursor.step < script.length else ()
    for index in [index for index in chain if index in answers and index < cursor.step]:
        try:
            exam = _add_answer(walk.tutor, exam, index, answers[index])
        except ExpressionError:
            exam = _add_answer(walk.tutor, exam, index, OPEN)
    return say_how_many(walk._replace(exam=exam))


def take_answer(walk: Walk, text: str) -> Walk:
    """Write an answer down, unjudged; at the end of its chain all are handed in."""
    epoch, index = walk.cursor.epoch, walk.cursor.step
    exam = walk.exam if walk.exam and walk.exam.epoch == epoch else Exam(epoch)
    try:
        walk = walk._replace(exam=_add_answer(walk.tutor, exam, index, text))
    except ExpressionError as error:
        return walk._replace(attempt=walk.attempt._replace(typed=text, is_taken=True), message=locate(error))
    if index + 1 in chain_around(walk.trace.script, index):
        return say_how_many(go_on(walk, ""))
    walk = hand_in(walk)
    return go_on(walk, walk.message)


def fill_in(walk: Walk) -> Walk:
    """Leave the number open."""
    return take_answer(walk, OPEN)


def give_hint(walk: Walk) -> Walk:
    """There are none."""
    return say(walk, NO_HINTS)


def hand_in(walk: Walk) -> Walk:
    """Judge all that is written, in order: a wrong number may live on in the next ones."""
    exam = walk.exam or Exam(walk.cursor.epoch)
    right, wrong, verdicts = 0, set[int](), list[str]()
    for index, text in sorted(exam.answers.items()):
        entry = walk.trace.entry(exam.epoch, index)
        if text == OPEN:
            walk = observe(walk, exam.epoch, index, is_right=False)
            verdict = walk.tutor.give_up(exam.epoch, index)
        else:
            walk, verdict = judge(walk, exam.epoch, index, text, own_numbers(walk.tutor, exam, index))
        is_right = verdict.correct and verdict.reason != "coarse"
        right += is_right
        if not is_right:
            wrong.add(index)
        if verdict.reason != "exact":
            verdicts.append(_read_later(entry, verdict))
    said = _count(right, len(exam.answers))
    walk = walk._replace(exam=None, results=Results(frozenset(wrong), tuple(verdicts)), message=said,
                         details=(said, *verdicts) if len(verdicts) > 1 else ())
    if not verdicts:
        return walk
    walk = tell_next(walk)
    return say(walk, f"{said} {walk.message}")


def tell_next(walk: Walk) -> Walk:
    """The next verdict of the chain that was handed in."""
    read = walk.results.read + 1
    more = MORE * (read < len(walk.results.verdicts))
    return walk._replace(results=walk.results._replace(read=read), message=walk.results.verdicts[read - 1] + more)


def leave(walk: Walk) -> Walk:
    """Hand in what is written; what there is to say of it is a note, for nobody is asked any more."""
    if not walk.written:
        return walk
    walk = hand_in(walk)
    return walk._replace(note=walk.message.removesuffix(MORE))


def explain_last(walk: Walk) -> Walk:
    """The next verdict; when all are read, why the last number is as it is."""
    if walk.written:
        return say(walk, NO_HINTS)
    return tell_next(walk) if walk.results.read < len(walk.results.verdicts) else practice.explain_last(walk)


def follow(walk: Walk, cursor: Cursor) -> Walk:
    """To another place: if a number of the learner's own stands there, to change it; else what is written is handed
    in.
    """
    exam = walk.exam
    if exam and cursor.epoch == exam.epoch and cursor.step in exam.answers:
        return _turn_back(move_to(walk, cursor), exam)
    if walk.written:
        walk = hand_in(walk)
        return move_to(ask_anew(walk, walk.message), cursor)
    return move_to(ask_anew(walk), cursor)


def _turn_back(walk: Walk, exam: Exam) -> Walk:
    """At a number of the learner's own: what stands behind it is open again."""
    step = walk.cursor.step
    kept = Exam(exam.epoch, {index: answer for index, answer in exam.answers.items() if index < step},
                {index: value for index, value in exam.values.items() if index < step})
    attempt = Attempt(typed=exam.answers[step], has_begun=True)
    return say_how_many(walk._replace(exam=kept, attempt=attempt, message=INVITATION))


def say_how_many(walk: Walk) -> Walk:
    """How many numbers are written down, if any are."""
    if not (values := walk.written.values()):
        return walk
    left_open = sum(value is None for value in values)
    counts = [f"{len(values) - left_open} written down"] + [f"{left_open} left open"] * (left_open > 0)
    return say(walk, f"{', '.join(counts)}; the verdicts come together, at the row's end.")


def _add_answer(tutor: Tutor, exam: Exam, index: int, text: str) -> Exam:
    """With one answer more. Raises ExpressionError where it can't be read."""
    value = None
    if text != OPEN:
        text = without_name(text, tutor.trace.entry(exam.epoch, index).line.name)
        expression = parse(text)
        own = own_numbers(tutor, exam, index)
        value = expression.compute(tutor.known.values(expression, exam.epoch, index, own))
    return Exam(exam.epoch, {**exam.answers, index: text}, {**exam.values, index: value})


def _count(right: int, count: int) -> str:
    if right == count:
        return "Right." if count == 1 else f"All {count} right."
    return f"{right} of {count} right." if count > 1 else "Not right."


def _read_later(entry: Entry, verdict: Verdict) -> str:
    """A verdict as it is read later: with the name, and with the right number where there was another."""
    if verdict.reason == "coarse":
        return f"{entry.line.name} = {number(entry.value)}: yours had too few digits."
    if verdict.message.startswith(entry.line.name):
        return verdict.message
    return f"{entry.line.name}: {verdict.message}" + f" It is {number(entry.value)}." * (not verdict.correct)
