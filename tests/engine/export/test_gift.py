"""Question banks, read by a reader of their format that knows nothing of handgrad, solved from their texts alone."""

import math
import re
from collections.abc import Mapping
from dataclasses import replace
from functools import cache

import pytest
from gift import GiftQuestion, grade, read_gift

from engine.export.bank import given as given_module
from engine.export.bank.gift import write_gift
from engine.export.bank.questions import compose_questions
from engine.export.selection import select, select_parts, whole
from engine.graph.expression import parse
from engine.lesson.lesson import Lesson, load
from engine.text.pasted import retype
from engine.trace.chain import Form
from engine.trace.trace import Trace
from lessons import and_trace

PAIR = re.compile(r"((?:path )?[^\s=:,]+(?: in row [0-9]+)?) = ([−0-9.e]+)(?=,|$)", re.MULTILINE)
ASKED = re.compile(r"(.+?) = (?:(.+) = )?\? Give ([0-9]+) significant digits or more\.")
BANKS = [
    ("chain-rule", "a,u1", "paths", 2), ("and-gate", "w13,b4,Z3,A5,Loss", "paths", 1),
    ("and-gate", "w13,Z3,δ5", "delta", 2), ("softmax", "w13,Z3,A3,Loss", "delta", 1),
    ("attention", "q,s1", "paths", 1), ("adam", "w13", "paths", 2), ("one-at-a-time", "b3,Z3,A3,Loss", "paths", 1),
    ("saturation", "w12,Z2", "paths", 1), ("recurrent", None, "delta", 1), ("delta", "δ5,A5", "delta", 2)]


@cache
def bank(name: str, part: str | None = None, form: Form = "paths", epochs: int = 1) -> list[GiftQuestion]:
    trace = Trace(load(name), form)
    return read_gift("".join(write_gift(trace, epochs, select(trace, part), 7)))


def with_bias(value: float) -> Lesson:
    """The lesson about saturation, further out."""
    lesson = load("saturation")
    return replace(lesson, start={**lesson.start, "b2": value})


def typed(value: float, digits: int) -> float:
    return float(f"{value:.{digits - 1}e}")


def given(question: GiftQuestion) -> dict[str, float]:
    return {name: float(shown.replace("−", "-")) for name, shown in PAIR.findall(question.text)}


def asked(question: GiftQuestion) -> tuple[str, str | None, int]:
    """What is asked for, its formula, if that is told, and how many digits are to be given."""
    found = ASKED.fullmatch(question.text.splitlines()[-1])
    assert found, question.text
    return found[1], found[2], int(found[3])


def solve(formula: str, known: Mapping[str, float], formulas: Mapping[str, str]) -> float:
    """A number from what is given and the formulas of others, as a learner finds it."""
    if "∂" in formula and "lr" not in formula:
        return math.prod(solve(formulas.get(factor, "1"), known, formulas) for factor in formula.split("·"))
    if formula.startswith(("Σ of", "1/4·Σ", "1/2·Σ", "product")) or formula == "Loss":
        terms = [value for name, value in known.items() if " in row " in name]
        return sum(terms) / (len(terms) if "·Σ" in formula else 1)
    expression = parse(retype(formula).replace("∂", "d").replace("dLoss/", "dLoss_"))
    numbers = {name.replace("∂", "d").replace("/", "_"): value for name, value in known.items()} | {"e": math.e}
    return expression.compute({name: numbers[name] if name in numbers else solve(formulas[name], known, formulas)
                               for name in expression.names()})


@pytest.mark.parametrize(("name", "part", "form", "epochs"), BANKS)
def test_a_right_number_earns_all_a_mistakes_number_nothing_but_a_word(name: str, part: str | None, form: Form,
                                                                       epochs: int) -> None:
    questions = bank(name, part, form, epochs)
    assert len({question.name for question in questions}) == len(questions) > 10
    for question in questions:
        right, *others = question.answers
        digits = asked(question)[2]
        for value in (right.value, *(typed(right.value, each) for each in range(digits, 9))):
            answer = grade(question, value)
            assert answer, question.name
            assert answer.share == 100
        for each in others:
            assert each.feedback, question.name
            for value in (each.value, typed(each.value, digits)) if each.share < 100 else ():
                assert grade(question, value) is each, question.name
        assert question.feedback.startswith(asked(question)[0])


@pytest.mark.parametrize(("lesson", "part"), [(load("and-gate"), "forward,w13,w35"), (with_bias(15.0), None)],
                         ids=["and-gate", "saturated"])
def test_each_question_can_be_solved_from_its_text_alone(lesson: Lesson, part: str | None) -> None:
    """The factors' formulas stand in the questions about them. Where a sigmoid is 1 to five decimals more are given."""
    trace = Trace(lesson)
    questions = read_gift("".join(write_gift(trace, 1, select_parts(trace, part))))
    formulas = {name: formula for name, formula, _ in map(asked, questions) if formula}
    for question in questions:
        name, formula, _ = asked(question)
        answer = grade(question, solve(formula or name, given(question), formulas))
        assert answer, question.text
        assert answer.share == 100, question.text


def test_a_question_has_what_it_takes_and_the_name_of_its_place() -> None:
    question = next(each for each in bank(*BANKS[1]) if each.name.endswith("1:031 ∂A5/∂Z5, row 1"))
    assert question == (
        "handgrad/AND gate, by hand/Backward pass", "and-gate, numbers 7, 1:031 ∂A5/∂Z5, row 1",
        "AND gate, by hand\n4 rows, 2-2-1 units, mean squared error, learning rate lr = 0.5\n"
        "unit 3 (ReLU): w13 = 0.8, w23 = −0.6, b3 = 0.1\nunit 4 (ReLU): w14 = 0.7, w24 = 0.5, b4 = −0.3\n"
        "unit 5 (sig): w35 = −0.4, w45 = 0.9, b5 = 0.2\nrow 1: x1 = 1, x2 = 1, y = 1\n"
        "found before: A5 = 0.70889, Z5 = 0.89\n"
        "∂A5/∂Z5 = sig(Z5)[1−sig(Z5)] = ? Give 3 significant digits or more.",
        question.answers,
        "∂A5/∂Z5 = sig(Z5)[1−sig(Z5)] = 0.70889·(1−0.70889) = 0.20636. "
        "sig′ is sig·(1−sig), and sig(Z5) is A5, known from the forward pass.")
    assert [(round(each.value, 5), each.tolerance, each.share) for each in question.answers[::2]][:2] == [
        (0.20636, 0.0005, 100), (0.70889, 0.0005, 0)]
    forward = next(each for each in bank("and-gate") if each.name.endswith("1:006 A5, row 1"))
    assert ("\nZ3 = w13·x1 + w23·x2 + b3; A3 = ReLU(Z3); Z4 = w14·x1 + w24·x2 + b4; A4 = ReLU(Z4); "
            "Z5 = w35·A3 + w45·A4 + b5\n") in forward.text
    assert question.answers[1].feedback == "Right but for rounding on the way: ∂A5/∂Z5 = 0.20636."
    assert question.answers[2].feedback == "0.70889 is A: the slope of the activation at Z belongs there."


def test_what_the_lessons_sheet_has_is_told_and_in_the_solution_judged() -> None:
    trace = Trace(load("gradient-check"))
    question = read_gift("".join(write_gift(trace, 1, select(trace, "b4"))))[-2]
    assert "\nSomebody else found ∂Loss/∂b4 = 0.2873.\n" in question.text
    assert question.feedback.endswith("∂Loss/∂b4 = 0.2873. That is wrong.")


@pytest.mark.parametrize("title", [
    "{#=1:0} ~=:# \\n \\: ::x:: //", "// a\n\n$CATEGORY: b/c", "a/b //c\\", "[html]<b>&&058;"])
def test_a_title_is_never_taken_for_a_sign(title: str) -> None:
    trace = Trace(replace(load("chain-rule"), title=title))
    text = "".join(write_gift(trace, 1, whole(trace)))
    questions = read_gift(text)
    assert len(questions) == len(bank("chain-rule"))
    assert all(question.text.startswith(title) for question in questions)
    assert all(re.fullmatch(r"handgrad/(?!/).*[^/]/(Forward pass|Backward pass|Update)", question.category)
               for question in questions)


@pytest.mark.parametrize(("most", "given_as"), [(9, "unit 3 (ReLU): w13 = 0.8, w23 = −0.6, b3 = 0.1"),
                                                (8, "w13 = 0.8, w23 = −0.6, b3 = 0.1")])
def test_of_many_parameters_those_are_given_that_go_into_the_number(most: int, given_as: str,
                                                                    monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(given_module, "MOST_PARAMETERS", most)
    trace = and_trace()
    text = next(compose_questions(trace, 1, select(trace, "Z3"))).given
    assert text[2] == given_as
    assert len(text) == (6 if most == 9 else 4)


def test_a_number_has_three_decimals_more_than_its_tolerance() -> None:
    trace = and_trace()
    *_, question = write_gift(trace, 1, select(trace, "A5"))
    assert "{#\n\t=0.5399149:0.0005\n" in question


def test_large_numbers_are_written_out() -> None:
    lesson = load("chain-rule")
    trace = Trace(replace(lesson, start={**lesson.start, "a": 4e8, "c": 0.0}))
    first = read_gift("".join(write_gift(trace, 1, whole(trace))))[0].answers[0]
    assert (first.value, first.tolerance) == (-1.2e9, 5e6)


def test_what_moodle_would_take_for_0_is_left_out_and_said() -> None:
    """At b = −40 a sigmoid's slope is 4e−18."""
    trace = Trace(with_bias(-40.0))
    text = "".join(write_gift(trace, 1, whole(trace)))
    assert re.search(r"^// Too near to 0 for Moodle: saturation, 1:09 ∂A2/∂Z2, row 1$", text, re.MULTILINE)
    assert all(each.answers[0].tolerance >= 1e-13 or not each.answers[0].value for each in read_gift(text))


def test_a_factor_is_asked_once_also_where_its_first_chain_is_left_out() -> None:
    questions = bank("and-gate", "w23,b3")
    for name in (" ∂Loss/∂A5, row 1", " product for b3, row 1"):
        assert sum(question.name.endswith(name) for question in questions) == 1
