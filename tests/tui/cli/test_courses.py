"""A teacher's folder of lessons, as 25 learners have it: by id, wherever it is, and moved on the way."""

import json
import subprocess
from pathlib import Path

import pytest

from command import run
from engine.learner.progress_folder import progress_folder, progress_path
from engine.lesson.lesson import shipped_lessons
from terminal import COMMAND

AND = shipped_lessons()["and-gate"].read_text("utf-8")
MAJORITY = AND.replace('id = "and-gate"', 'id = "majority"')
PLACE = "epoch 2, step 14 of 239"


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two lessons, one of them with a shipped one's id but numbers of its own."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    (folder := tmp_path / "course").mkdir()
    (folder / "1 first.toml").write_text(AND.replace("learning_rate = 0.5", "learning_rate = 0.25"))
    (folder / "10 second.toml").write_text(MAJORITY)
    return folder


@pytest.mark.parametrize("arguments", [
    ["--lessons", "course", "play", "majority"], ["play", "majority", "--lessons", "course"],
    ["trace", "majority", "--lessons", "course"], ["--lessons", "course", "drill", "majority", "--count", "1"],
    ["check", "majority", "--lessons", "course"], ["--lessons", "course", "check", "majority"],
    ["lessons", "--lessons", "course"]], ids=" ".join)
def test_every_command_knows_the_ids_of_the_folder(arguments: list[str], course: Path,
                                                   monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(course.parent)
    assert run(*arguments, stdin="?\n").returncode == 0
    if "majority" in arguments:
        near = run(*(argument.replace("majority", "majorty") for argument in arguments))
        assert (near.returncode, 'did you mean "majority"?' in near.stderr) == (1, True)
    for path in course.iterdir():
        path.unlink()
    result = run(*arguments)
    assert (result.returncode, result.stdout) == (1, "")
    assert result.stderr == "course: no lessons in it; expected a folder with .toml files\n"


def test_a_courses_own_id_comes_before_a_shipped_one(course: Path) -> None:
    for folder, rate in ((course, 0.25), (None, 0.5)):
        arguments = ["trace", "and-gate", "--format", "json", *(["--lessons", str(folder)] if folder else [])]
        assert json.loads(run(*arguments).stdout)["learning_rate"] == rate


def test_what_is_checked_by_its_id_is_its_file(course: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A shipped lesson's, too; a file that is called so comes first."""
    assert run("check", "and-gate").stdout == f"{shipped_lessons()['and-gate']}: ok\n"
    (course / "majority").write_text(MAJORITY)
    for folder, path in ((course, "majority"), (course.parent, f"{course}/10 second.toml")):
        monkeypatch.chdir(folder)
        said = run("check", "majority", "--lessons", course).stdout
        assert said.splitlines()[-1].startswith(f"{path}: ok")


def test_what_is_listed_opens_the_lesson(course: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of two with the same id each by its path."""
    monkeypatch.chdir(course.parent)
    (course / "a.toml").write_text(MAJORITY)
    listed = [line.partition("  ")[0].strip() for line in run("lessons", "--lessons", "course").stdout.splitlines()]
    assert listed == ["and-gate", "course/10 second.toml", "course/a.toml"]
    assert run("trace", "course/a.toml", "--lessons", "course").returncode == 0


def test_ones_own_progress_has_the_titles_and_goals_of_a_folder_that_was_moved(course: Path) -> None:
    run("play", "majority", "--lessons", course, "--plain", stdin="go 2:14\n")
    moved = course.rename(course.with_name("elsewhere"))
    row, = (line for line in run("progress", "--lessons", moved).stdout.splitlines() if "2:14 " in line)
    assert row.startswith("AND gate, by hand              epoch 2 of 4   2:14 ")
    assert json.loads(run("progress", "--format", "json", "--lessons", moved).stdout)["lessons"][0]["goal"] == 4


def test_the_plain_mode_goes_to_a_lesson_by_its_id(course: Path) -> None:
    (course / "11.toml").write_text(MAJORITY.replace('id = "majority"', 'id = "twice"'))
    (course / "12.toml").write_text(MAJORITY.replace('id = "majority"', 'id = "twice"'))
    said = run("--lessons", course, stdin="lesson majority\nlesson or-gate\nlesson majorty\nlesson twice\n").stdout
    assert "\nAND gate, by hand\n" in said
    assert "\nOR gate" in said
    assert 'lesson: expected 1 to 4, or an id; lessons lists them; did you mean "majority"?\n' in said
    both = f"{course}/11.toml and {course}/12.toml"
    assert f"twice: the id of {both}; expected one of them, by its path, or by its number\n" in said


@pytest.mark.parametrize("change", ["moved", "renamed", "words", "numbers"])
def test_the_same_lesson_goes_on(change: str, course: Path) -> None:
    """Elsewhere, under another name, with mended words; and with mended numbers where it was."""
    run("play", "majority", "--lessons", course, "--plain", stdin="go 2:14\n")
    file = course / "10 second.toml"
    if change == "moved":
        course = course.rename(course.with_name("elsewhere"))
    elif change == "renamed":
        file.rename(course / "b.toml")
    elif change == "words":
        file.write_text(MAJORITY.replace('title = "AND gate, by hand"', 'title = "Majority"'))
    else:
        file.write_text(MAJORITY.replace("w13 = 0.8", "w13 = 0.9"))
    assert PLACE in run("play", "majority", "--plain", "--lessons", course).stdout
    listed = run("lessons", "--lessons", course).stdout.splitlines()
    assert [line.split()[-1] for line in listed] == ["hand", "2:14"]


def test_it_goes_on_without_a_name_too_where_the_lesson_is_known(course: Path, tmp_path: Path) -> None:
    """Moved to one's own lessons; where it is nowhere, that is said."""
    run("play", course / "10 second.toml", stdin="go 2:14\n")
    own = tmp_path / "data" / "handgrad" / "lessons"
    own.parent.mkdir(parents=True)
    course.rename(own)
    assert PLACE in run().stdout
    assert PLACE in run("play", "majority").stdout
    own.rename(course)
    assert f"{own}/10 second.toml: no such file or directory; expected a lesson file\nso here is the AND lesson" \
        in run().stdout


def test_a_copy_of_a_shipped_lesson_goes_on_where_that_was_and_keeps_its_own_words(course: Path) -> None:
    run("play", "and-gate", "--plain", stdin="go 2:14\n")
    (course / "copy.toml").write_text(AND.replace('title = "AND gate, by hand"', 'title = "UND"'))
    assert PLACE in run("play", course / "copy.toml", stdin="go 2:15\n").stdout
    said = run().stdout
    assert said.startswith("UND.")
    assert "step 15 of 239" in said
    assert "step 15 of 239" in run("play", "and-gate").stdout


def test_a_place_of_before_is_found_and_its_file_left_as_it_is(course: Path) -> None:
    """As handgrad wrote it down when it knew a file by its path alone."""
    path = progress_path(str(file := course / "10 second.toml"))
    path.parent.mkdir(parents=True)
    path.write_text(before := json.dumps({"format": 1, "saved": 10**18, "place": {
        "lesson": str(file), "epoch": 2, "step": 14, "numbers": None, "mode": "watch", "answers": {}, "form": "paths",
        "changes": [], "furthest": 2}, "skills": {}}))
    assert PLACE in run().stdout
    course.rename(course.with_name("elsewhere"))
    assert PLACE in run("play", "majority", "--lessons", course.with_name("elsewhere")).stdout
    assert path.read_text() == before
    assert len(list(progress_folder().iterdir())) == 2


@pytest.mark.parametrize("words", [
    ["--lessons", "{}", "play", "maj"], ["trace", "--lessons", "{}", "maj"], ["drill", "--lessons", "=", "{}", "maj"],
    ["--lessons", "{}", "pla"]], ids=" ".join)
def test_bash_completes_the_ids_of_the_folder(words: list[str], course: Path) -> None:
    quoted = " ".join(word.format(f"'{course}'") for word in (str(COMMAND), *words))
    script = run("completion", "bash").stdout + \
        f"COMP_WORDS=({quoted}); COMP_CWORD={len(words)}; _handgrad; printf '%s\\n' \"${{COMPREPLY[@]}}\""
    result = subprocess.run(["bash", "-c", script], capture_output=True, text=True, check=True, timeout=30)
    assert ("play" if words[-1] == "pla" else "majority") in result.stdout.split("\n")
