"""What is doubtful in a lesson that can be played."""

import random
from pathlib import Path

import pytest
from graph_lessons import GRAPH

from engine.course import goal_trial
from engine.course import warnings as warnings_of_lessons
from engine.course.lost_notes import MOST_LOST, lost_notes
from engine.course.solution import Solution
from engine.course.unused_names import unused_names
from engine.course.warnings import Findings, examine
from engine.lesson.lesson import load, load_file, parse, shipped_lessons
from engine.trace.trace import Trace
from engine.tutor.hidden_mistakes import find_hidden_mistakes

UNSOLVED = Solution(None, 0, 0)
SHIPPED = shipped_lessons()["and-gate"].read_text("utf-8")
SOUND = SHIPPED[:SHIPPED.index("[[notes]]")].replace('"and-gate"', '"mine"').replace('next = "or-gate"\n', "")
ALL_HALVES = "".join(f"{name} = 0.5\n" for name in load("and-gate").start)
STUCK = "w13 = -0.8\nw23 = -0.6\nb3 = -0.1\nw14 = -0.7\nw24 = -0.5\nb4 = -0.3\nw35 = -0.4\nw45 = 0.9\nb5 = 0.2\n"


@pytest.fixture(autouse=True)
def without_solving(monkeypatch: pytest.MonkeyPatch) -> None:
    """That lessons can be solved is tried in test_solution.py."""
    monkeypatch.setattr(warnings_of_lessons, "solve", lambda _: UNSOLVED)


def with_start(parameters: str, text: str = SOUND) -> str:
    before, _, after = text.partition("[parameters]\n")
    return f"{before}[parameters]\n{parameters}{after[after.index('[training]'):]}"


def with_note(*asks: str) -> str:
    return SOUND + "".join(f'[[notes]]\ntext = "here"\n{ask}\n' for ask in asks)


def warnings(folder: Path, text: str, name: str = "mine.toml") -> list[str]:
    file = folder / name
    file.write_text(text, "utf-8")
    return [str(warning) for warning in examine(load_file(str(file)), str(file)).warnings]


@pytest.mark.parametrize("name", shipped_lessons())
def test_shipped_lessons_have_nothing_doubtful(name: str) -> None:
    path = str(shipped_lessons()[name])
    assert examine(load_file(path), path) == Findings([])


@pytest.mark.parametrize(("old", "new", "warning"), [
    ("epoch = 4", "epoch = 3", "goal: not reached by epoch 3; expected epoch = 4, where it is"),
    ("epoch = 4", "epoch = 9", "goal: reached in epoch 4 already; expected epoch = 4, not 9"),
    ("epoch = 4", "epoch = 30\nfails = true", "goal: fails = true, but reached in epoch 4; expected no fails"),
    ("rows_right = 4", "rows_right = 4\nloss_below = 1e-9",
     "goal: not reached by epoch 4; expected another start, or fails = true"),
    ("epoch = 4", "epoch = 6", "goal: reached in epoch 3, but not in epoch 6; expected epoch = 3"),
    ("title =", 'next = "or-gat"\ntitle =',
     'next: "or-gat" leads nowhere; expected a lesson of the same folder, or a shipped one; did you mean "or-gate"?'),
    ("title =", 'next = "mine"\ntitle =', 'next: "mine" is this lesson itself; expected another lesson\'s id'),
    ("title =", 'requires = ["or-gate", "mine"]\ntitle =',
     'requires[1]: "mine" is this lesson itself; expected another lesson\'s id'),
    ('"mine"', '"and-gate"', 'id: "and-gate" is that of a shipped lesson too; expected an id of its own'),
])
def test_each_slip_has_its_warning(tmp_path: Path, old: str, new: str, warning: str) -> None:
    text = SOUND.replace("learning_rate = 0.5", "learning_rate = 5.0") if "but not in" in warning else SOUND
    assert warnings(tmp_path, text.replace(old, new, 1)) == [warning]


@pytest.mark.parametrize("epoch", [4, 8])
def test_a_goal_that_is_reached_a_little_early_is_none_to_warn_of(tmp_path: Path, epoch: int) -> None:
    assert warnings(tmp_path, SOUND.replace("epoch = 4", f"epoch = {epoch}")) == []


def test_what_takes_too_long_to_try_is_said_not_to_be_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(goal_trial, "MOST_WORK", 4 * 9 * 100)
    lesson = parse(SOUND.replace("epoch = 4", "epoch = 100000").replace("rows_right = 4", "loss_below = 1e-9"), "x")
    assert examine(lesson, "x.toml") == Findings([], ("its goal is tried up to epoch 100 only",))
    lesson = parse(SOUND.replace("epoch = 4", "epoch = 100000"), "x")
    assert list(map(str, examine(lesson, "x.toml").warnings)) == [
        "goal: reached in epoch 4 already; expected epoch = 4, not 100000"]


@pytest.mark.parametrize(("note", "said"), [
    ('phase = "forward"\nkind = "gradient"', 'phase = "forward" and kind = "gradient"; expected phase = "backward"'),
    ('kind = "loss"\nrow = 2\nphase = "forward"', 'kind = "loss" and row = 2; expected no row'),
    ('kind = "activation"\nparameter = "w13"\nrow = 1',
     'kind = "activation" and parameter = "w13"; expected no parameter'),
    ('parameter = "w35"\nfactor = 4', 'parameter = "w35" and factor = 4; expected factor = 1 to 3'),
    ("factor = 6", "factor = 6; expected factor = 1 to 5"),
    ("unit = 2", "unit = 2; expected unit = 3 to 5"),
    ('unit = 3\nkind = "factor"', 'kind = "factor" and unit = 3; expected no unit'),
    ('kind = "delta"\nparameter = "w13"', 'kind = "delta" and parameter = "w13"; expected no parameter'),
    ('kind = "delta"\nform = "paths"', 'kind = "delta" and form = "paths"; expected form = "delta"'),
])
def test_a_note_without_a_place_is_told_why(tmp_path: Path, note: str, said: str) -> None:
    assert warnings(tmp_path, with_note('kind = "delta"\nunit = 3', note)) == [
        f"notes[1]: never shown: no step has {said}"]


def test_of_many_lost_notes_the_first_are_told(tmp_path: Path) -> None:
    told = warnings(tmp_path, with_note(*['kind = "factor"\nphase = "forward"'] * (MOST_LOST + 1)))
    assert len(told) == MOST_LOST + 1
    assert told[-1] == f"notes: more that are never shown; these are the first {MOST_LOST}"


def test_a_note_behind_another_is_told_which(tmp_path: Path) -> None:
    """One that asks for a row, or for an epoch, leaves the others to it."""
    text = with_note('kind = "factor"', 'phase = "backward"\nkind = "factor"', 'kind = "factor"\nrow = 1\nepoch = 2',
                     'phase = "backward"\nkind = "factor"\nrow = 1')
    assert warnings(tmp_path, text) == [
        "notes[0]: never shown: note 2 stands wherever it could; expected a note that asks for more than that one"]


@pytest.mark.parametrize("name", ["and-gate", "two-outputs"])
def test_a_note_is_lost_if_and_only_if_no_step_has_it(name: str) -> None:
    """Notes at random, against all steps of both forms."""
    trace, draw = Trace(load(name)), random.Random(name)
    text = shipped_lessons()[name].read_text("utf-8").partition("[[notes]]")[0]
    choices = {"phase": ['"forward"', '"backward"', '"update"'], "row": [1, 4], "unit": [1, 3, 6], "factor": [1, 4, 6],
               "kind": ['"activation"', '"loss"', '"delta"', '"factor"', '"product"', '"gradient"', '"update"'],
               "parameter": ['"w13"', '"b5"']}
    if name == "and-gate":
        choices["unit"] = [1, 3, 5]
    for _ in range(60):
        asked = {key: draw.choice(values) for key, values in choices.items() if draw.random() < 0.4}  # type: ignore[arg-type, var-annotated]
        lesson = parse(text + '[[notes]]\ntext = "here"\n' + "".join(f"{k} = {v}\n" for k, v in asked.items()), "x")
        is_shown = any(form.has_place(lesson.notes[0], 1, index) for form in (trace, trace.in_form("delta"))
                       for index in range(form.script.length))
        assert is_shown != bool(list(lost_notes(lesson))), asked


def test_ids_and_links_are_looked_for_in_the_folder(tmp_path: Path) -> None:
    """Also of a lesson that can't be read just now."""
    first = SOUND.replace('"mine"', '"first"').replace("title =", 'requires = ["mine"]\ntitle =')
    (tmp_path / "a.toml").write_text(first)
    (tmp_path / "b.toml").write_text(SOUND.replace('"mine"', '"second"') + "[")
    (tmp_path / "notes.toml").write_text("x = 1")
    assert warnings(tmp_path, SOUND.replace("title =", 'next = "second"\ntitle =')) == []
    assert warnings(tmp_path, SOUND.replace("title =", 'requires = ["first"]\ntitle =')) == [
        "requires: a circle: mine → first → mine; expected lessons that can be done before"]
    (tmp_path / "b.toml").write_text(SOUND.replace('"mine"', '"second"').replace("title =", 'next = "first"\ntitle ='))
    (tmp_path / "a.toml").write_text(first.replace('requires = ["mine"]', 'next = "mine"'))
    assert warnings(tmp_path, SOUND.replace("title =", 'next = "second"\ntitle =')) == [
        "next: a circle: mine → second → first → mine; expected a lesson that does not lead back"]
    assert warnings(tmp_path, SOUND.replace("title =", 'next = "and-gate"\ntitle =')) == []


@pytest.mark.parametrize(("others", "said"), [
    (1, "0.toml"), (2, "0.toml and 1 more file"), (9, "0.toml and 8 more files")])
def test_an_id_that_others_have_is_one_warning(tmp_path: Path, others: int, said: str) -> None:
    for number in range(others):
        (tmp_path / f"{number}.toml").write_text(SOUND)
    assert warnings(tmp_path, SOUND) == [f'id: "mine" is that of {said} too; expected an id of its own']


@pytest.mark.parametrize(("start", "told"), [
    (ALL_HALVES, ["other-units-weights can't be seen: at Z3 the right 1.5 is Z4 too; expected another w13",
                  "weights-transposed can't be seen", "weights-exchanged can't be seen",
                  "other-units-bias can't be seen", "other-path-weight can't be seen", "3 more that can't be seen"]),
    (STUCK.replace("-0.4", "0.9"),
     ["other-path-weight can't be seen: at ∂Z5/∂A3 the right 0.9 is w45 too; expected another w35"]),
])
def test_numbers_that_hide_a_mistake_are_told(tmp_path: Path, start: str, told: list[str]) -> None:
    text = with_start(start).replace("epoch = 4", "epoch = 4\nfails = true")
    found = warnings(tmp_path, text)
    assert len(found) == len(told)
    assert all(warning.startswith(f"parameters: {each}") for warning, each in zip(found, told, strict=True))


def test_two_mistakes_that_give_one_number_are_hidden_unless_they_are_one_by_formula() -> None:
    """Without biases, to take a bias's value for its factor is to take 0; ReLU as a step is its slope anyway."""
    values = load("and-gate").start.items()
    start = "".join(f"{name} = {0.0 if name.startswith('b') else value}\n" for name, value in values)
    hidden = find_hidden_mistakes(parse(with_start(start), "x.toml"))
    assert [each.mistakes for each in hidden] == [
        ("bias-forgotten",), ("bias-sign",), ("other-units-bias",), ("bias-zero", "bias-value")]
    assert hidden[-1][1:] == ("at ∂Z3/∂b3 both give 0", "b3")


@pytest.mark.parametrize("is_split", ["false", "true"])
def test_what_nothing_in_a_graph_uses_is_told(is_split: str) -> None:
    text = GRAPH.replace('"L = ', '"z = a*b + 1", "L = ').replace('["x"]', '["x", "y"]').replace("5]", "5, 1]")
    assert [str(problem) for problem in unused_names(parse(text.replace("false", is_split), "g"))] == [
        "graph.nodes: L does not depend on z; expected a formula that uses z, or none of this name",
        "data: no formula uses y; expected a formula that does, or no column y"]
    assert list(unused_names(parse(GRAPH, "g"))) == list(unused_names(load("and-gate"))) == []
