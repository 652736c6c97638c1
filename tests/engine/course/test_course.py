"""The shipped course: its order, its goals, its notes and its starting values, all checked against the numbers."""

import re
from pathlib import Path

import numpy as np
import pytest

from engine.course.arrangement import lost_lessons, read_arrangement
from engine.course.course import course, requirements
from engine.graph.expression import parse as parse_formula
from engine.graph.quantity import Source
from engine.lesson.lesson import Lesson, load, parse, shipped_groups, shipped_lessons
from engine.text.notation import number
from engine.trace.chain import Form
from engine.trace.trace import Trace

COURSE = list(shipped_lessons())
SMALLEST_Z = 0.05  # of any unit in any row at the start: nearer to 0, a ReLU may turn by rounding
ON_THE_EDGE = {("sigmoid-derivative", 1)}  # rows (from 1) where Z is 0 because the lesson is about that place
DEAD = {  # parameters whose gradient is 0 because the lesson is about that
    "dead-relu": {"w14", "w24", "b4", "w45"}, "step-unit": {"w13", "w23", "b3"}}
ENDLESS = {"chain-rule": 75}  # a result without a least value: the last epoch in which it is still a number to speak of
FORMS: tuple[Form, Form] = ("paths", "delta")


def rows_right(trace: Trace, epoch: int) -> int:
    return int(trace.lesson.is_right(trace.epoch(epoch).outputs).sum())


def is_met(trace: Trace, epoch: int) -> bool:
    assert trace.lesson.goal is not None
    return trace.lesson.goal.is_met(trace.epoch(epoch), rows_right(trace, epoch))


def value(trace: Trace, epoch: int, name: str, source: Source) -> float:
    parameter = trace.lesson.model.parameters[name]
    return trace.read(epoch, trace.symbols.parameter(parameter, source), None)


def test_the_course_has_its_lessons_in_order() -> None:
    assert COURSE == [
        "chain-rule", "fan-out", "one-neuron", "and-gate", "or-gate", "nand-gate", "sigmoid-derivative", "dead-relu",
        "step-unit", "xor-gate", "xor-stuck", "gradient-check", "learning-rate", "saturation", "saturation-bce",
        "weight-decay", "one-at-a-time", "momentum", "adam", "tanh", "two-outputs", "deeper", "delta", "softmax",
        "cross-entropy", "regression", "worked-example", "recurrent", "convolution", "attention",
        "gradient-of-the-input"]
    groups = ["First steps", "The AND gate", "Training", "Deeper", "Beyond layers"]
    assert [group.name for group in shipped_groups()] == groups


@pytest.mark.parametrize("name", COURSE)
def test_a_lesson_has_its_words(name: str) -> None:
    lesson = load(name)
    assert lesson.id == name
    assert len(lesson.title) <= 60
    assert 0 < len(lesson.introduction) <= 500
    assert lesson.goal is not None
    for form, other in zip(FORMS, ("delta", "factor"), strict=True):  # a kind of step that it has not
        assert 2 <= sum(note.form in (None, form) and note.kind != other for note in lesson.notes) <= 8


def test_requirements_are_numbers_of_the_course_or_ids(tmp_path: Path) -> None:
    """In a directory the lessons are known by their ids, whatever their files are called."""
    (tmp_path / "a.toml").write_text(shipped_lessons()["or-gate"].read_text("utf-8"), "utf-8")
    (tmp_path / "b.toml").write_text(shipped_lessons()["nand-gate"].read_text("utf-8"), "utf-8")
    items = course(tmp_path)
    assert requirements(items[0], items) == [("and-gate", None)]
    assert requirements(items[1], items) == [("1", items[0])]


def test_a_course_file_arranges_a_folder(tmp_path: Path) -> None:
    """What it does not name stands behind; what is wrong with it before."""
    for name in ("or-gate", "nand-gate", "tanh"):
        (tmp_path / f"{name}.toml").write_bytes(shipped_lessons()[name].read_bytes())
    file = tmp_path / "course.toml"

    def listed(text: str) -> list[tuple[str, str]]:
        file.write_text(text, "utf-8")
        return [(item.group, item.lesson.id if item.lesson else item.problem) for item in course(tmp_path)]
    groups = '[[groups]]\nname = "B"\nlessons = ["tanh", "lost"]\n[[groups]]\nname = "A"\nlessons = ["or-gate"]\n'
    assert listed(groups) == [("B", "tanh"), ("A", "or-gate"), ("More", "nand-gate")]
    assert list(map(str, lost_lessons(read_arrangement(file), file))) == [
        'groups[0].lessons: "lost" is no lesson of this folder; expected the id of one']
    assert listed('lessons = ["tanh"]') == [("", "tanh"), ("", "nand-gate"), ("", "or-gate")]
    assert listed("order = 1")[0] == ("", "order: unknown key; expected one of lessons, groups (line 1)")
    assert [name for _, name in listed("order = 1")[1:]] == ["nand-gate", "or-gate", "tanh"]


@pytest.mark.parametrize("name", COURSE)
def test_requires_names_lessons_that_come_before(name: str) -> None:
    """But for the first, and the one that is on the screen when handgrad is started for the first time."""
    requires = load(name).requires
    assert bool(requires) == (name not in (COURSE[0], "and-gate"))
    assert set(requires) <= set(COURSE[:COURSE.index(name)])


def test_next_leads_through_every_lesson_once() -> None:
    assert [load(name).next for name in COURSE] == [*COURSE[1:], ""]


@pytest.mark.parametrize("name", COURSE)
def test_a_goal_is_reached_when_it_says_and_never_where_it_fails(name: str) -> None:
    trace = Trace(load(name))
    goal = trace.lesson.goal
    assert goal is not None
    met = [epoch for epoch in range(1, goal.epoch + 1) if is_met(trace, epoch)]
    assert met == ([] if goal.fails else [goal.epoch])  # the stated epoch is the first that meets it


@pytest.mark.parametrize("name", [name for name in COURSE if not load(name).goal.fails])  # type: ignore[union-attr]
def test_what_is_reached_stays_reached(name: str) -> None:
    trace = Trace(load(name))
    goal = trace.lesson.goal
    assert goal is not None
    assert all(is_met(trace, epoch) for epoch in range(goal.epoch, ENDLESS.get(name, goal.epoch + 100)))


@pytest.mark.parametrize("name", COURSE)
def test_a_note_says_something_in_its_first_line(name: str) -> None:
    """At 80 columns a note is cut: a sentence, or the part of it before a colon, ends within some 76 characters."""
    for note in load(name).notes:
        assert any(end in f"{note.text} "[:78] for end in (". ", ": ", "; ", ", "))


@pytest.mark.parametrize("name", COURSE)
def test_no_net_input_is_near_0_at_the_start(name: str) -> None:
    trace = Trace(load(name))
    edges = [row - 1 for lesson, row in ON_THE_EDGE if lesson == name]
    for Z in trace.epoch(1).batches[0].arrays.get(Source.Z, [])[1:]:
        assert (np.abs(np.delete(Z, edges, axis=0)) >= SMALLEST_Z - 1e-9).all()


@pytest.mark.parametrize("name", COURSE)
def test_no_gradient_is_0_by_chance(name: str) -> None:
    trace = Trace(load(name))
    zero = {p.name for p in trace.lesson.order if abs(value(trace, 1, p.name, Source.GRADIENT)) < 1e-4}
    assert zero == DEAD.get(name, set())


@pytest.mark.parametrize("name", [name for name in COURSE if name != "worked-example"])
def test_starting_values_have_one_decimal(name: str) -> None:
    for start in load(name).start.values():
        assert start != 0
        assert start == round(start, 1)


def data(lesson: Lesson) -> list[object]:
    """What two lessons of a pair have in common."""
    return [lesson.X.tolist(), lesson.Y.tolist(), lesson.network, lesson.learning_rate]


def test_the_pairs_differ_in_one_thing_alone() -> None:
    works, stuck = load("xor-gate"), load("xor-stuck")
    assert data(works) == data(stuck)
    assert works.loss is stuck.loss
    mse, bce = load("saturation"), load("saturation-bce")
    assert data(mse) == data(bce)
    assert mse.start == bce.start
    all_at_once, one_by_one = load("one-neuron"), load("one-at-a-time")
    assert data(all_at_once) == data(one_by_one)
    assert all_at_once.start == one_by_one.start
    assert (all_at_once.batch, one_by_one.batch) == (0, 1)
    plain, momentum = load("learning-rate"), load("momentum")
    assert data(plain)[:3] == data(momentum)[:3]
    assert plain.start == momentum.start


def test_a_dead_unit_stays_dead() -> None:
    trace = Trace(load("dead-relu"))
    for name in DEAD["dead-relu"]:
        assert value(trace, 1000, name, Source.PARAMETER) == trace.lesson.start[name]


def test_a_stuck_xor_has_one_answer_for_three_rows() -> None:
    """Both hidden units are off in them: the best single number for the targets 0, 1, 0 is a third."""
    outputs = Trace(load("xor-stuck")).epoch(2000).outputs[:, 0]
    assert outputs[0] == outputs[1] == outputs[3] == pytest.approx(1 / 3, abs=1e-3)


@pytest.mark.parametrize(("rate", "first_epoch", "tenth"), [(0.4, 6, 5.75e-6), (0.01, 140, 5.905), (0.6, None, 184.4),
                                                            (1.0, None, 3.6e8)])
def test_what_the_learning_rates_do(rate: float, first_epoch: int | None, tenth: float) -> None:
    text = shipped_lessons()["learning-rate"].read_text("utf-8")
    assert "learning_rate = 0.4" in text
    trace = Trace(parse(text.replace("learning_rate = 0.4", f"learning_rate = {rate}"), "learning-rate.toml"))
    assert next((epoch for epoch in range(1, 501) if is_met(trace, epoch)), None) == first_epoch
    assert trace.epoch(10).loss == pytest.approx(tenth, rel=1e-2)


def test_what_saturation_says_of_later_epochs() -> None:
    trace = Trace(load("saturation"))
    assert trace.lesson.is_right(trace.epoch(165).outputs).tolist() == [False, False]
    assert trace.lesson.is_right(trace.epoch(166).outputs).tolist() == [False, True]
    assert trace.lesson.is_right(trace.epoch(6000).outputs).tolist() == [False, True]


def test_the_well_known_example_has_the_published_figures() -> None:
    trace = Trace(load("worked-example"))
    assert f"{trace.epoch(1).loss:.9f}" == "0.298371109"
    assert f"{value(trace, 1, 'w35', Source.UPDATED):.8f}" == "0.35891648"
    assert f"{value(trace, 1, 'w13', Source.UPDATED):.9f}" == "0.149780716"


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", COURSE)
def test_a_note_names_no_number_that_is_still_to_come(name: str, form: Form) -> None:
    """It would give away what is asked next."""
    trace = Trace(load(name), form)
    epochs = {note.epoch or 1 for note in trace.lesson.notes}
    for epoch in epochs:
        numbers = [trace.entry(epoch, index).value for index in range(trace.script.length)]
        for index in range(trace.script.length):
            for written in re.findall(r"(?<![\d.])\d+\.\d{4,}", trace.note(epoch, index)):
                half = 10.0 ** -len(written.partition(".")[2]) / 2
                places = [k for k, value in enumerate(numbers) if abs(abs(value) - float(written)) <= half]
                assert not places or places[0] <= index, (written, trace.note(epoch, index))


@pytest.mark.parametrize("name", [name for name in COURSE if name != "worked-example"])  # which asks for more digits
def test_a_note_writes_the_number_of_its_place_as_the_screen_does(name: str) -> None:
    trace = Trace(load(name))
    for index in range(trace.script.length):
        value = trace.entry(1, index).value
        for written in re.findall(r"(?<![\d.])\d+\.\d{5,}", trace.note(1, index)):
            if abs(abs(value) - float(written)) < 1e-5:
                assert written == number(abs(value))


def test_a_lesson_that_asks_for_more_digits_says_how_to_see_them() -> None:
    introduction = load("worked-example").introduction
    assert "*Digits* (**.**)" in introduction.partition("0.298371109")[0]


def calculations(text: str) -> list[tuple[str, str, str]]:
    """What a text works out in numbers alone, the sign, and what it gives."""
    found = []
    for clause in re.split(r"[:;,.] |\.$", " ".join(text.split())):
        sides = re.split(r" ([=≈]) ", clause)
        for left, sign, right in zip(sides[::2], sides[1::2], sides[2::2], strict=False):
            worked_out = re.search(r"(?<!\w)(?:−ln)?[−(\[\d][^a-zA-Z]*$", left)
            if worked_out and (given := re.fullmatch(r"(−?\d+(?:\.\d+)?)(?: .*)?", right)):
                found.append((worked_out.group(), sign, given.group(1)))
    return found


@pytest.mark.parametrize("name", COURSE)
def test_a_notes_sign_is_the_one_that_its_numbers_ask_for(name: str) -> None:
    """As the line above it has it: `=` where the numbers, as they stand there, give the one behind it."""
    for note in load(name).notes:
        for worked_out, sign, given in calculations(note.text):
            off = abs(parse_formula(worked_out).compute({}) - float(given.replace("−", "-")))
            half = 10.0 ** -len(given.partition(".")[2]) / 2
            assert sign == ("=" if off <= half * (1 + 1e-6) else "≈"), (worked_out, given)


@pytest.mark.parametrize("lesson", COURSE)
def test_words_of_lessons_speak_of_no_key_alone(lesson: str) -> None:
    """They are read on a screen and heard without one: a command stands there by its word, its key behind."""
    shown = load(lesson)
    for text in (shown.introduction, *(note.text for note in shown.notes)):
        assert not re.search(r"\b[Pp]ress\b|\btype\b" + r"|\bkey\b" * (lesson != "attention"), text)
