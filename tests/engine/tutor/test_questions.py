"""What is asked, and the words in which it is answered."""

from dataclasses import replace

import pytest

from engine.graph.optimizers import OPTIMIZERS
from engine.learner.knowledge import IDEAS, WORDS, kind_of
from engine.lesson.lesson import Lesson, parse
from engine.trace.trace import Trace
from engine.tutor.answer import Question
from engine.tutor.explanations import outcomes_at
from engine.tutor.known_numbers import KnownNumbers
from engine.tutor.mistakes import catalogue
from engine.tutor.mistakes_in_words import explain
from engine.tutor.numbers import subject
from engine.tutor.tutor import Tutor
from engine.tutor.variables import idea_of
from lessons import OTHER_KINDS, and_trace, graph, seeded, toml

TRACE = and_trace()
TUTOR = Tutor(TRACE)
EVERY_OPERATION = graph([
    "c = -a/b", "d = (a - c)^2*exp(2*a) - b/(a^2 + c)", "f = ln(d^2 + a)*sqrt(a*b)/(1 + a^2)",
    "g = 2^(a*b) - relu(a*b) + relu(-b)", "h = (a + f)/(a - f) + tanh(a*g)*sig(a*b)",
    "L = leaky(h) + softplus(a*h) + step(h) - (a + b)*h"],
    {"a": 0.6, "b": 0.7})
OPTIMIZED = [Trace(graph(["L = a^2*x"], {"a": 0.6}, '[data]\ninputs = ["x"]\ntargets = []\nrows = [[0.5], [0.7]]',
                         f'[training]\nlearning_rate = 0.1\nbatch = 1\nweight_decay = 0.1\noptimizer = "{name}"'))
             for name in OPTIMIZERS]

DECAYED = [Trace(parse(toml([2, 1], ["sigmoid"], "mse", [[1, 0.5, 1], [0.3, 2, 0]], 3, training="\n".join(
    ["weight_decay = 0.1", f"optimizer = '{name}'"])), "decay")) for name in ("sgd", "momentum", "adam")]


@pytest.mark.parametrize(("index", "question"), [
    (0, Question(1, 1, "net_input", "Z3", 1, None, "w13·x1 + w23·x2 + b3")),
    (28, Question(1, 29, "loss", "Loss", None, None, "1/4·Σ (y−A5)²")),
    (37, Question(1, 38, "factor", "∂Z5/∂A3", 2, "w13", "w35")),
    (53, Question(1, 54, "gradient", "∂Loss/∂w13", None, "w13", "Σ of the rows' products")),
    (238, Question(1, 239, "update", "new b5", None, "b5", "b5 − lr·∂Loss/∂b5"))])
def test_a_question_says_what_it_is_about(index: int, question: Question) -> None:
    assert TUTOR.question(1, index) == question


def test_the_skill_of_a_step() -> None:
    found = [TUTOR.skill(1, index) for index in (0, 1, 6, 28, 29, 30, 31, 33, 34, 53, 230)]
    assert found == ["net_input", "activation relu", "row_loss", "loss", "loss_slope", "slope sigmoid", "weight",
                     "input", "product", "gradient", "update"]
    assert set(found) <= set(WORDS)
    assert set(map(kind_of, found)) <= set(IDEAS)


def test_several_mistakes_are_offered_by_letters_in_their_own_words() -> None:
    verdict = TUTOR.judge(1, 32, "0.3")
    assert verdict.message == "0.3 can come about in 2 ways: (a) it is A, (b) it is Z itself. Which was it?"


def test_where_it_can_not_be_read() -> None:
    unread = TUTOR.judge(1, 0, "1 + ").message
    assert unread.startswith('I can\'t read "1 +": something is missing at the end, at character 5. ')
    assert unread.endswith("Type a number such as 0.3, or a formula such as 0.8·1+0.1.")
    assert '"foo": foo is no number that is known here.' in TUTOR.judge(1, 0, "foo").message
    assert KnownNumbers(TRACE).calculate(1, 0, "1/0") == "a division by 0, at character 2"


def test_the_words_of_every_mistake_are_filled_in() -> None:
    """What a mistake says names the number, its formula, the bias, the other one it took."""
    said: dict[str, str] = {}
    for trace in (TRACE, Trace(seeded([2, 2, 2, 1], ["relu", "tanh", "sigmoid"])),
                  Trace(seeded([2, 2, 2], ["tanh", "sigmoid"]), "delta"),
                  Trace(seeded([2, 2, 2], ["relu", "sigmoid"], loss="bce")),
                  Trace(seeded([2, 2, 1], ["leaky_relu", "linear"], loss="half_mse")),
                  Trace(seeded([2, 1], ["linear"], loss="sse")), Trace(EVERY_OPERATION), *OPTIMIZED, *DECAYED,
                  *(Trace(replace(OTHER_KINDS["softmax"], batch=2), form) for form in ("paths", "delta")),
                  *(Trace(lesson, form) for lesson in OTHER_KINDS.values() for form in ("paths", "delta"))):
        for index in range(trace.script.length):
            entry = trace.entry(1, index)
            terms = trace.lesson.terms_of(len(trace.script.batches[entry.step.batch].rows))
            for outcome in outcomes_at(trace, entry):
                text = explain(trace, entry, outcome, "0.5")
                assert text.startswith("0.5 ")
                assert "None" not in text
                assert "{" not in text
                for name, value in (("{name}", entry.line.name), ("{formula}", entry.line.formula),
                                    ("{which}", outcome.which), ("{n}", str(terms))):
                    assert name not in outcome.mistake.say or value in text
                said[outcome.mistake.say] = text
    assert {mistake.say for mistake in catalogue()} == said.keys()


@pytest.mark.parametrize(("lesson", "kind", "idea"), [
    (seeded([2, 2], ["sigmoid"], loss="half_sse"), "loss", "nothing is divided"),
    (seeded([2, 2, 2], ["relu", "sigmoid"]), "loss", "one for each output of each row"),
    (TRACE.lesson, "loss", "the mean"), (graph(["L = a^2"], {"a": 0.6}), "gradient", "There is one row"),
    (OTHER_KINDS["softmax"], "activation", "share"), (replace(TRACE.lesson, batch=1), "loss_slope", "everything else"),
    (OTHER_KINDS["softmax"], "update", "ahead"), (TRACE.lesson, "update", "A step against the gradient"),
    (seeded([2, 2, 2], ["relu", "sigmoid"]), "product", "multiply"),
    (seeded([2, 2, 2], ["relu", "sigmoid"]), "sum of paths", "add")])
def test_an_idea_is_true_of_its_lesson(lesson: Lesson, kind: str, idea: str) -> None:
    trace = Trace(lesson)
    entries = (trace.entry(1, index) for index in range(trace.script.length))
    entry = next(entry for entry in entries if kind in (subject(entry), entry.line.name))
    assert idea in idea_of(trace, entry)
