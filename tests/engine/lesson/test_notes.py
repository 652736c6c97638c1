"""The words around lessons, the schema for editors, and new lessons."""

import json
import tomllib
from importlib import resources
from pathlib import Path

import jsonschema
import pytest

from engine.course.lost_notes import lost_notes
from engine.course.new_lesson import GATES, Wish, compose_lesson, lesson_id
from engine.course.warnings import Findings, examine
from engine.graph.losses import LOSSES
from engine.lesson.format import as_json_schema
from engine.lesson.lesson import LessonError, load_file, parse, shipped_lessons
from engine.lesson.notes import Goal
from engine.trace.chain import Form
from engine.trace.trace import Trace
from engine.tutor.starting_values import draw_starting_values
from lessons import toml


def said_of(text: str) -> list[str]:
    with pytest.raises(LessonError) as caught:
        parse(text, "x.toml")
    return str(caught.value).split("\n")


WORDS = ('goal = { rows_right = 4, epoch = 3 }\nnext = "or-gate"\n'
         '[[notes]]\ntext = "here"\nparameter = "w13"\nrow = 2\nfactor = 1\n')


@pytest.mark.parametrize(("old", "new", "expected"), [
    ("rows_right = 4", "rows_right = 5", "goal.rows_right: 5; expected at most 4, the rows there are (line 4)"),
    ("rows_right = 4, ", "", "goal: nothing to reach; expected rows_right or loss_below (line 4)"),
    ("epoch = 3", "epoch = 0", "goal.epoch: 0; expected a whole number from 1 to 1000000 (line 4)"),
    ("row = 2", "row = 9", "notes, note 1, row: 9; expected a row from 1 to 4 (line 9)"),
    ('"w13"', '"w99"', 'notes, note 1, parameter: "w99"; expected a parameter of the network (line 8)'),
    ('"here"', r'"\u001b[2J"',
     r'notes, note 1, text: "\x1b[2J", with a control character U+001B as character 1; '
     "expected text of 1 to 400 characters (line 7)"),
    ("or-gate", "OR", 'next: "OR"; expected lower-case letters, digits and hyphens, 60 at most (line 5)'),
])
def test_what_is_said_of_wrong_words(old: str, new: str, expected: str) -> None:
    text = toml([2, 2, 1], ["relu", "sigmoid"], "mse", [[1.0, 1.0, 1.0]] * 4, 7)
    assert parse(text.replace("[data]", WORDS + "[data]", 1), "x.toml").notes[0].row == 2
    assert said_of(text.replace("[data]", WORDS.replace(old, new) + "[data]", 1)) == [f"x.toml: {expected}"]


@pytest.mark.parametrize(("goal", "text"), [
    (Goal(4, rows_right=1), "1 row right by epoch 4"), (Goal(4, loss_below=0.05), "Loss below 0.05 by epoch 4"),
    (Goal(2, loss_below=-8.5, loss="L"), "L below −8.5 by epoch 2"),
    (Goal(4, rows_right=3, loss_below=0.1, fails=True), "3 rows right and Loss below 0.1: not reached by epoch 4")])
def test_a_goal_names_all_that_is_to_be_reached(goal: Goal, text: str) -> None:
    assert str(goal) == text


def test_a_note_belongs_to_the_most_precise_place() -> None:
    text = toml([2, 2, 1], ["relu", "sigmoid"], "mse", [[1.0, 1.0, 1.0]] * 4, 7)
    notes = ('[[notes]]\ntext = "any"\nphase = "backward"\n'
             '[[notes]]\ntext = "**one** of *them*"\nparameter = "w13"\nrow = 1\n')
    trace = Trace(parse(text + notes, "x.toml"))
    first = trace.script.batches[0].start_of(0)
    assert (trace.note(1, first), trace.note(1, first + 6), trace.note(1, 0)) == ("one of them", "any", "")
    drawn = Trace(draw_starting_values(trace.lesson, 3))
    assert drawn.note(1, first) == ""  # it would speak of other numbers


def test_the_shipped_json_schema_is_the_codes_own() -> None:
    shipped_schema = resources.files("engine.lesson").joinpath("lesson.schema.json").read_text("utf-8")
    assert shipped_schema == as_json_schema() + "\n", \
        "write it anew: handgrad schema > engine/lesson/lesson.schema.json"
    schema = json.loads(shipped_schema)
    assert schema["properties"]["training"]["properties"]["loss"]["enum"] == list(LOSSES)


@pytest.mark.parametrize("name", shipped_lessons())
def test_every_shipped_lesson_fits_the_json_schema(name: str) -> None:
    jsonschema.validate(tomllib.loads(shipped_lessons()[name].read_text("utf-8")), json.loads(as_json_schema()))


@pytest.mark.parametrize("wish", [Wish(gate, hidden, activation, 3) for gate, hidden, activation in (
    ("and", 2, "relu"), ("xor", 0, "relu"), ("nand", 8, "tanh"), ("or", 2, "softplus"), ("xnor", 1, "sigmoid"))])
def test_a_new_lesson_is_a_lesson_with_nothing_doubtful(wish: Wish, tmp_path: Path) -> None:
    file = tmp_path / "my lesson.toml"
    file.write_text(compose_lesson(wish, file.name, lesson_id("My Lesson.toml")), "utf-8")
    lesson = load_file(str(file))
    assert examine(lesson, str(file)) == Findings([])
    assert lesson.id == "my-lesson"
    assert [int(y) for y in lesson.Y[:, 0]] == [GATES[wish.gate](int(a), int(b)) for a, b in lesson.X]
    assert lesson.network.sizes == ((2, wish.hidden, 1) if wish.hidden else (2, 1))


PLACES = """\
format = 1
id = "x"
title = "x"
[data]
inputs = ["x"]
targets = []
rows = [[0.5], [1.5]]
[graph]
nodes = ["q' = a*x", "L = (q' - 1)^2"]
[parameters]
a = 2.0
[training]
learning_rate = 0.1
batch = 1
optimizer = "momentum"
"""


@pytest.mark.parametrize(("form", "shown"), [("paths", "by paths"), ("delta", "any")])
def test_a_note_may_be_for_one_form_alone(form: Form, shown: str) -> None:
    text = PLACES + '[[notes]]\ntext = "any"\nkind = "product"\n' + \
        '[[notes]]\ntext = "by paths"\nkind = "product"\nform = "paths"\n'
    trace = Trace(parse(text, "x.toml"), form)
    assert {trace.note(1, index) for index in range(trace.script.length)} == {"", shown}
    assert not list(lost_notes(trace.lesson))


@pytest.mark.parametrize(("asked", "form", "places"), [
    ('node = "q\'"', "paths", [0, 9]), ('node = "q\'"', "delta", [0, 3, 8, 11]), ('kind = "delta"', "delta", [3, 11]),
    ('moment = "v"', "paths", [7, 16]), ('kind = "update"\nbatch = 2', "paths", [17]), ('node = "p"', "paths", [])])
def test_a_note_belongs_to_a_node_a_moment_or_a_batch(asked: str, form: Form, places: list[int]) -> None:
    trace = Trace(parse(f'{PLACES}[[notes]]\ntext = "here"\n{asked}\n', "x.toml"), form)
    assert [index for index in range(trace.script.length) if trace.note(1, index)] == places
    if not places:
        assert [str(problem) for problem in lost_notes(trace.lesson)] == [
            'notes[0]: never shown: no step has node = "p"; expected node = "q′" or "L"']
