"""A course written from nothing by the page for teachers, every command by id; it moves, and everybody goes on."""

import json
import re
import textwrap
from collections.abc import Sequence
from pathlib import Path

import pytest

from command import run
from tui.cli.main import main

ROOT = Path(__file__).parents[3]
PAGE = (ROOT / "engine" / "course" / "README.md").read_text("utf-8")
GATES = ("and", "or", "nand", "xor", "xnor", "and", "or", "nand", "xor", "xnor", "and")
HIDDEN = ("0 relu", "2 relu", "2 tanh", "3 relu", "3 tanh", "1 sigmoid", "4 relu", "2 leaky_relu", "4 tanh", "5 relu",
          "8 softplus")


def handgrad(*arguments: str) -> None:
    """A command, which does what it should."""
    with pytest.raises(SystemExit, match=r"^0$"):
        main(arguments)


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Path:
    """A folder of twelve lessons: eleven by `handgrad new`, and the one that the page writes out."""
    folder = tmp_path / "course"
    folder.mkdir()
    monkeypatch.chdir(folder)
    for number, (gate, layer) in enumerate(zip(GATES, HIDDEN, strict=True), 1):
        hidden, activation = layer.split()
        handgrad("new", f"{number}-{gate}.toml", "--gate", gate, "--hidden", hidden,
                 "--activation", activation, "--seed", str(number))
    capsys.readouterr()
    example = re.search(r"^( *)```toml\n(.*?)^ *```", PAGE, re.DOTALL | re.MULTILINE)
    assert example
    (folder / "12-nor.toml").write_text(textwrap.dedent(example[2]), "utf-8")
    return folder


def ids_of(listing: str) -> Sequence[str]:
    """The lessons' ids, as `handgrad lessons` lists them."""
    return [line.split()[0] for line in listing.splitlines()]


def test_the_commands_of_the_page_name_the_lesson_that_it_makes_or_one_that_is_there() -> None:
    lessons = re.findall(r"^ *handgrad (?:worksheet|trace|play) (?!nor --lessons)(\S+)", PAGE, re.MULTILINE)
    assert {*lessons} <= {"nor.toml", *re.findall(r"^\| `([a-z-]+)` \|", PAGE, re.MULTILINE)}
    assert len(lessons) > 10


def test_a_course_of_twelve(course: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    home, of_course = course.parent, ("--lessons", "course")
    monkeypatch.chdir(home)
    handgrad("check", "--strict", "course")
    assert capsys.readouterr().out.count(": ok\n") == 12
    handgrad("lessons", *of_course)
    ids = ids_of(capsys.readouterr().out)
    assert ids == [*(f"{number}-{gate}" for number, gate in enumerate(GATES, 1)), "nor"]
    for lesson in ids:
        handgrad("trace", lesson, *of_course, "--format", "json")
        assert json.loads(capsys.readouterr().out)["lesson"] == lesson
        assert json.loads(run("drill", lesson, *of_course, "--count", "1", stdin="?\n").stdout.splitlines()[0])
        assert "step 2 of" in run("play", lesson, *of_course, "--plain", stdin="step\nstep\nwhere\n").stdout
    course.rename(home / "elsewhere")
    handgrad("lessons", "--lessons", "elsewhere")
    assert [line for line in capsys.readouterr().out.splitlines() if not line.endswith("at 1:2")] == []
