"""Adding an activation is adding one object: one thrown in for a test is in lessons, on the screen, with the tutor, in
the calculator and on the command line.
"""

import json
import tomllib
from collections.abc import Iterator
from pathlib import Path

import jsonschema
import pytest
from number_trials import try_samples
from walks import watched

import scalar_autograd
from engine.export.pytorch import write
from engine.graph.activations import ACTIVATIONS, Activation
from engine.graph.expression import ExpressionError, parse
from engine.graph.losses import LOSSES
from engine.graph.numeric import Array, np
from engine.graph.operations import Operations
from engine.lesson.format import as_json_schema
from engine.lesson.lesson import Lesson, LessonError, load
from engine.lesson.lesson import parse as parse_lesson
from engine.trace.cursor import Cursor
from engine.trace.trace import Trace
from engine.tutor.tutor import Tutor
from engine.walk.walk import Walk
from lessons import toml
from tui.cli.main import main
from tui.view.layout import picture

START = {"w13": 0.8, "w23": -0.6, "b3": 0.1, "w14": 0.7, "w24": 0.5, "b4": -0.3, "w35": -0.4, "w45": 0.9, "b5": 0.2}
TEXT = toml([2, 2, 1], ["square", "sigmoid"], "mse", [[1, 1, 1], [1, 0, 0], [0, 1, 0], [0, 0, 0]], START)
SLOPE = 32  # the step whose number is ∂A3/∂Z3 in the first row, from 0


def _operations(Z: Array, A: Array, slope: Array) -> Operations:
    yield np.multiply, Z, Z, A
    yield np.multiply, Z, np.array(2.0), slope


SQUARE = Activation(
    "square", "square", ("square", "sq"), operations=_operations,
    formula="square({Z})", numbers="({Z})²", slope_formula="2·{Z}", slope_numbers="2·{Z}",
    idea="The square of {Z} is never negative.", why=lambda _: "The derivative of {Z}² is 2·{Z}.")


@pytest.fixture
def lesson(monkeypatch: pytest.MonkeyPatch) -> Iterator[Lesson]:
    """A lesson with two hidden units that square, while there is such an activation."""
    with monkeypatch.context() as patch:
        patch.setitem(ACTIVATIONS, SQUARE.name, SQUARE)
        yield parse_lesson(TEXT, "square.toml")


def test_without_the_object_it_is_unknown_everywhere() -> None:
    with pytest.raises(LessonError, match=r'activation: "square"; expected one of "relu"'):
        parse_lesson(TEXT, "square.toml")
    with pytest.raises(ExpressionError):
        parse("square(2)").compute({})
    assert "square" not in as_json_schema()


def test_lessons_take_it(lesson: Lesson) -> None:
    assert [f.name for f in lesson.network.activations] == ["square", "sigmoid"]
    jsonschema.validate(tomllib.loads(TEXT), json.loads(as_json_schema()))
    with pytest.raises(LessonError, match="a name that no number of the network has"):
        parse_lesson(TEXT.replace("'x2'", "'sq'"), "square.toml")


def test_its_gradients_are_right(lesson: Lesson, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(scalar_autograd.FUNCTIONS, "square", lambda z: z * z)
    records = scalar_autograd.train([2, 2, 1], ["square", "sigmoid"], "mse", [list(row) for row in lesson.table],
                                    lesson.start, lesson.learning_rate, 5)
    trace = Trace(lesson)
    for epoch, record in enumerate(records, 1):
        for index, parameter in enumerate(lesson.order):
            entry = trace.entry(epoch, trace.script.batches[0].end_of(index) - 1)
            assert entry.value == pytest.approx(record.gradients[parameter.name], rel=1e-12, abs=1e-12)


def test_pytorch_is_told_of_it(lesson: Lesson) -> None:
    assert "def square(z):\n    return z ** 2\n" in "".join(write(Trace(lesson), 1))


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
def test_the_screen_walks_it(lesson: Lesson, size: tuple[int, int]) -> None:
    trace = Trace(lesson)
    with watched() as faults:
        screens = {step: picture(Walk(trace, Cursor(1, step)), *size).text()
                   for step in (2, SLOPE + 1, *range(0, trace.script.length + 1, 10))}
    assert faults == []
    assert "A3 = square(Z3) = (0.3)² = 0.09" in screens[2]
    assert "(3) square" in screens[2]
    assert "∂A3/∂Z3 = 2·Z3 = 2·0.3 = 0.6" in screens[SLOPE + 1]
    assert "The derivative of Z3² is 2·Z3." in screens[SLOPE + 1]


def test_the_tutor_judges_it(lesson: Lesson) -> None:
    tutor = Tutor(Trace(lesson))
    for right in ("2·Z3", "0.600", "sq′(Z3)", "square'(Z3)"):
        assert tutor.judge(1, SLOPE, right).reason == "exact"
    assert "activation-for-derivative" in tutor.judge(1, SLOPE, "square(Z3)").mistakes
    assert "net-input-for-derivative" in tutor.judge(1, SLOPE, "Z3").mistakes
    assert tutor.hints(1, SLOPE)[1:3] == ("∂A3/∂Z3 = 2·Z3", "∂A3/∂Z3 = 2·0.3")
    slip = tutor.judge(1, 0, "-0.7").slip
    assert slip is not None
    assert tutor.judge(1, 1, "0.49", dict([slip])).reason == "follows"
    assert tutor.known.calculate(1, SLOPE, "square(2) + sq′(3)") == "square(2) + sq′(3) = 10"


def test_its_questions_test_themselves(lesson: Lesson) -> None:
    trial = try_samples(lesson, most_steps=10, wholly=3)
    assert trial.held == trial.count, trial.examples


@pytest.mark.usefixtures("lesson")
def test_the_command_line_offers_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "mine.toml"
    with pytest.raises(SystemExit, match="0"):
        main(["new", str(file), "--gate", "xor", "--activation", "square", "--hidden", "2"])
    capsys.readouterr()
    assert load(str(file)).network.activations[0] is SQUARE
    assert f"Activations: {', '.join(ACTIVATIONS)}\n" in file.read_text("utf-8")
    for arguments in (["completion", "bash"], ["new", "--help"], ["man"]):
        with pytest.raises(SystemExit, match="0"):
            main(arguments)
        assert "square" in capsys.readouterr().out


def test_the_page_for_teachers_names_them_all() -> None:
    text = (Path(__file__).parent.parent / "engine" / "course" / "README.md").read_text("utf-8")
    assert ", ".join(ACTIVATIONS) in text
    assert ", ".join(LOSSES) in text
