"""Numbers that are wrong by chance, right ones in every spelling, every question's own answers: what is not judged as
it should be.
"""

import random
from collections.abc import Iterable

from fair_bounds import may_pass, old_value
from trials import FORMS, Trial, tell

from engine.lesson.lesson import Lesson
from engine.trace.chain import Form
from engine.trace.trace import Trace
from engine.tutor.sample_answers import SampleAnswer, quick_answers, right_answers, sample_answers, write
from engine.tutor.tutor import Tutor

DIGITS = 5


def try_wrong_numbers(questions: list[tuple[Tutor, int]], draw: random.Random, count: int) -> Trial:
    """The right number times 1 ± 10^−u, u from 0.3 to 3, or of an update as much of its step; to 2 to 7 digits. What
    passes is no further off than it may be.
    """
    trial = Trial()
    for _ in range(count):
        tutor, index = draw.choice(questions)
        entry, part = tutor.trace.entry(1, index), draw.choice([-1, 1]) * 10 ** -draw.uniform(0.3, 3)
        old = old_value(tutor.trace, entry)
        base = entry.value if old is None or draw.random() < 0.3 else entry.value - old
        typed = write(entry.value + part * base, draw.randint(2, 7))
        verdict = tutor.judge(1, index, typed)
        trial.count += 1
        if not verdict.correct or may_pass(tutor.trace, entry, typed, verdict):
            trial.held += 1
        else:
            trial.passed += 1
            trial.miss(f"{entry.step.kind.value} {verdict.reason}", tell(tutor, index, typed, verdict))
    return trial


def try_false_names(questions: list[tuple[Tutor, int]], draw: random.Random, count: int) -> Trial:
    """Numbers near the size of the right one that come from no mistake. Those that a mistake's name is given to don't
    hold.
    """
    trial = Trial()
    while trial.count < count:
        tutor, index = draw.choice(questions)
        entry = tutor.trace.entry(1, index)
        if not entry.value:
            continue
        typed = write(entry.value * draw.uniform(0.5, 2), DIGITS)
        verdict = tutor.judge(1, index, typed)
        trial.count += 1
        if verdict.reason != "mistake":
            trial.held += 1
        else:
            trial.miss(entry.step.kind.value, tell(tutor, index, typed, verdict))
    return trial


def try_right_answers(questions: list[tuple[Tutor, int]], draw: random.Random, count: int) -> Trial:
    """Every spelling of right numbers; none is refused."""
    trial = Trial()
    while trial.count < count:
        tutor, index = draw.choice(questions)
        for sample in right_answers(tutor, 1, index):
            verdict = tutor.judge(1, index, sample.text)
            trial.count += 1
            if verdict.done and verdict.reason in sample.reasons:
                trial.held += 1
            else:
                kind = tutor.question(1, index).kind
                trial.miss(f"{kind} {verdict.reason}", tell(tutor, index, sample.text, verdict))
    return trial


def try_samples(lesson: Lesson, most_steps: int, wholly: int, forms: Iterable[Form] = FORMS) -> Trial:
    """Every question's own answers, of steps drawn from the first epoch, in each form; of some of them all, of the
    others those for which no mistake has to be looked for.
    """
    trial, draw = Trial(), random.Random(lesson.id)
    for form in forms:
        tutor = Tutor(Trace(lesson, form))
        length = tutor.trace.script.length
        steps = sorted(draw.sample(range(length), min(length, most_steps)))
        whole = {*draw.sample(steps, min(len(steps), wholly))}
        for index in steps:
            for sample in (sample_answers if index in whole else quick_answers)(tutor, 1, index):
                _judge_sample(tutor, index, sample, trial)
    return trial


def _judge_sample(tutor: Tutor, index: int, sample: SampleAnswer, trial: Trial) -> None:
    verdict = tutor.judge(1, index, sample.text)
    trial.count += 1
    trial.passed += verdict.correct and not sample.is_right
    is_fair = verdict.correct == sample.is_right and (not sample.reasons or verdict.reason in sample.reasons)
    if is_fair and (not sample.mistake or sample.mistake in verdict.mistakes):
        trial.held += 1
        return
    expected = sample.mistake or "/".join(sample.reasons) or ("right" if sample.is_right else "wrong")
    trial.miss(f"{expected} at {tutor.question(1, index).kind}, judged {verdict.reason}",
               f"at {sample.where}, {tell(tutor, index, sample.text, verdict)}")
