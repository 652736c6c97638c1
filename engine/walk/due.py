"""What is due to be asked: what was mixed up, at once on another row; now and then what is known.

After a mistake that has a name, and the right number, the same skill is asked again at once, on another row. State
flows one way, so the walk never goes back for that and asks nothing away from its place: it goes on to the next such
number of the epoch, and fills in what lies between. That is one row's chain at most, whose other numbers come up in
every row, so that little practice is lost; what belongs to no row (Loss, a gradient) and comes up once is asked on the
way. Where the next such number is further off, as behind a batch's last row, it is asked when its turn comes, whatever
is known. The same is asked: after a sum of paths a sum of paths; and it is asked for: not what stands on the screen
already, nor what comes to 0 or 1 by itself.

A skill that is known comes back between others: after 3 of its numbers were filled in, after 6 more, after 12 more, as
long as it is right.
"""

from engine.graph.step import Kind
from engine.learner.knowledge import kind_of
from engine.trace.cursor import Cursor
from engine.tutor.answer import Verdict
from engine.walk.exercise import Exercise, MixedUp
from engine.walk.movement import chain_around
from engine.walk.walk import Walk

MOST_PASSED_OVER = 20  # numbers, however long a row's chain is
MOST_SEARCHED = 2 * MOST_PASSED_OVER  # with those that belong to no row
OFTEN_0_OR_1 = ("activation", "slope", "partial", "input", "bias")  # kinds of number, of which that is no bad question


def exercise_of(walk: Walk, skill: str) -> Exercise:
    """How the learner gets on with a skill."""
    return walk.exercises.get(skill, Exercise())


def with_exercise(walk: Walk, skill: str, exercise: Exercise) -> Walk:
    """The same, with a skill as it stands now."""
    return walk._replace(exercises={**walk.exercises, skill: exercise})


def owe(walk: Walk, verdict: Verdict, question: Cursor) -> Walk:
    """After a verdict that names a mistake: what was mixed up is due, the skill of the number in which it was made.
    Where there may be several mistakes, of one skill, that is due too; else it waits for the learner to say which.
    """
    skills = {verdict.named.skill} if verdict.named else {each.skill for each in verdict.made}
    if walk.mode != "practise" or len(skills) != 1:
        return walk
    skill, = skills
    mixed_up = MixedUp(question, verdict.made[0].where)
    return with_exercise(walk, skill, exercise_of(walk, skill)._replace(mixed_up=mixed_up))


def count_try(walk: Walk, question: Cursor) -> Walk:
    """With one answer more that was judged, at a question."""
    skill = walk.tutor.skill(*question)
    return with_exercise(walk, skill, exercise_of(walk, skill).after_try()) if walk.mode == "practise" else walk


def count(walk: Walk, skill: str, is_right: bool) -> Walk:
    """After the first attempt at a question, right or not, or help without one."""
    if walk.mode != "practise":
        return walk
    return with_exercise(walk, skill, exercise_of(walk, skill).after_attempt(is_right))


def settle(walk: Walk, done: Cursor) -> Walk:
    """Once a question is done with."""
    skill = walk.tutor.skill(*done)
    return with_exercise(walk, skill, exercise_of(walk, skill).after_question(_is_due(walk, done, skill)))


def is_stuck(walk: Walk, done: Cursor) -> bool:
    """Whether practice stops at a question, or behind it: trying its skill on would not help."""
    return walk.mode == "practise" and exercise_of(walk, walk.tutor.skill(*done)).is_stuck


def goal(walk: Walk, done: Cursor) -> Cursor | None:
    """The number behind a question that is done with to which the walk goes at once; None where it goes on as ever."""
    script, passed_over = walk.trace.script, 0
    questions = [exercise.mixed_up.question.step for exercise in walk.exercises.values() if exercise.mixed_up]
    if not questions or done.step + 1 == script.length:
        return None
    questions.append(done.step + 1)  # a gradient's mistake may have been made in a row's chain
    most = min(max(len(chain_around(script, question)) for question in questions) - 1, MOST_PASSED_OVER)
    end = min(script.length, done.step + MOST_SEARCHED)
    for place in (Cursor(done.epoch, index) for index in range(done.step + 1, end)):
        if _is_due(walk, place, walk.tutor.skill(*place)):
            return place
        passed_over += script.step(place.step).row is not None
        if passed_over > most:
            return None
    return None


def is_asked(walk: Walk, place: Cursor, skill: str) -> bool:
    """Whether a number of a skill is asked for: that is not known, or comes back, or was mixed up."""
    if not walk.knowledge.is_mastered(skill) or exercise_of(walk, skill).comes_back:
        return True
    return _is_due(walk, place, skill)


def _is_due(walk: Walk, place: Cursor, skill: str) -> bool:
    """Whether a number is of a skill that was mixed up, in another row, or, where there is none, another number."""
    mixed_up = exercise_of(walk, skill).mixed_up
    if mixed_up is None or not _asks_for_it(walk, place, skill, mixed_up):
        return False
    step, other = (walk.trace.script.step(each.step) for each in (place, mixed_up.question))
    if mixed_up.question.epoch != place.epoch:
        return True
    if step.row is not None and walk.trace.lesson.rows > 1:
        return step.row != other.row
    return walk.trace.line(step).name != walk.trace.line(other).name


def _asks_for_it(walk: Walk, place: Cursor, skill: str, mixed_up: MixedUp) -> bool:
    """Whether a number of a skill takes what was mixed up: of paths the same product, or their sum; none that stands on
    the screen already, or that nobody has to work out.
    """
    entry = walk.trace.entry(*place)
    is_other_product = entry.step.kind is Kind.PRODUCT and entry.line.name != mixed_up.name
    if is_other_product or walk.trace.chains.is_reused(entry.step):
        return False
    return kind_of(skill) in OFTEN_0_OR_1 or entry.value not in (0, 1)
