"""Progress as others hand it in: looked at, never changed."""

import json
import os
import subprocess
from pathlib import Path

import pytest

from engine.learner.hand_ins import read_hand_in
from engine.learner.knowledge import Knowledge
from engine.learner.progress import Bookmark
from engine.learner.progress_file import Kept, write_file
from engine.lesson.lesson import shipped_lessons
from engine.trace.cursor import Cursor
from terminal import COMMAND

SAVED = 1_700_000_000 * 10**9
ANNA = Bookmark("and-gate", Cursor(3, 14), furthest=3, mistakes={"sigmoid-sign": 1, "two-forgotten": 12})
ROWS = """\
lesson                         how far        at      last saved       mistakes

hand-ins/2.json
AND gate, by hand              epoch 3 of 4   3:14    2023-11-14 22:13       13
    12 × two-forgotten: The derivative of u² is 2u.
    1 × sigmoid-sign: sig(Z) = 1/(1+e^(−Z)): above ½ when Z is above 0.
    first attempts right, in all lessons until then: 1 of 1

hand-ins/10.json
majority                       epoch 2        2:1
"""


TOLD = """\
Next: practise ∂Loss/∂A in AND gate, by hand: handgrad play and-gate, then p.

∂Loss/∂A: 12 times, last in AND gate, by hand.
  Remember: The derivative of u² is 2u.

A: once, in AND gate, by hand.
  Remember: sig(Z) = 1/(1+e^(−Z)): above ½ when Z is above 0.
"""


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([COMMAND, "progress", *arguments], capture_output=True, text=True, encoding="utf-8",
                          env={**os.environ, "TZ": "UTC", **environment}, check=False, timeout=60)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two that can be read, and what else is handed in, all of it read-only."""
    monkeypatch.chdir(tmp_path)
    (folder := tmp_path / "hand-ins").mkdir()
    write_file(folder / "2.json", Kept(ANNA, Knowledge().observe("weight", True), SAVED))
    write_file(folder / "10.json", Kept(Bookmark("/home/x/m.toml", Cursor(2, 1), furthest=2,
                                                 identity="majority-0123456789ab"), Knowledge(), 0))
    (folder / "2.json.set-aside-1").write_text("{")
    for path in folder.iterdir():
        path.chmod(0o400)
    folder.chmod(0o500)
    return folder


def state_of(folder: Path) -> dict[str, tuple[int, int, int]]:
    return {str(path): (path.lstat().st_mtime_ns, path.lstat().st_ino, path.lstat().st_mode)
            for path in folder.parent.rglob("*")}


def test_a_folder_is_shown_file_by_file_and_nothing_is_written(folder: Path, own_state: Path) -> None:
    before = state_of(folder)
    result = run("hand-ins")
    assert (result.returncode, result.stderr, result.stdout) == (0, "", ROWS)
    assert run("hand-ins/2.json", "hand-ins/10.json").stdout == ROWS
    assert state_of(folder) == before
    assert not own_state.exists()


def test_what_can_not_be_read_is_said_and_the_others_are_shown(folder: Path) -> None:
    (folder.parent / "empty").mkdir()
    (folder.parent / "damaged\x1b[2J.json").write_text("{")
    (folder.parent / "newer.json").write_text('{"format": "\\u001b]0;x\\u0007"}')
    result = run("damaged\x1b[2J.json", "hand-ins", "empty", "newer.json", "none.json")
    assert (result.returncode, result.stdout) == (1, ROWS)
    assert result.stderr.splitlines() == [
        r"damaged\x1b[2J.json: damaged", "empty: no progress in it; expected a folder with .json files",
        r"newer.json: of another handgrad (format \x1b]0;x\x07)", "none.json: no such file or directory"]


def test_a_folder_with_too_many_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("engine.learner.hand_ins.MOST_FILES", 1)
    for name in "ab":
        (tmp_path / f"{name}.json").write_text("{")
    assert list(read_hand_in(tmp_path)) == [(tmp_path / "a.json", "damaged"),
                                            (tmp_path, "1 more are not read; expected 1 files at most")]


def test_a_course_gives_its_lessons_their_titles_and_goals(folder: Path) -> None:
    (course := folder.parent / "course").mkdir()
    text = shipped_lessons()["and-gate"].read_text("utf-8").replace('id = "and-gate"', 'id = "majority"')
    (course / "m.toml").write_text(text.replace('title = "AND gate, by hand"', 'title = "Majority of three"'))
    assert "Majority of three              epoch 2 of 4   2:1" in run("hand-ins", "--lessons", "course").stdout


@pytest.mark.usefixtures("folder")
def test_for_programs_each_file_is_an_object() -> None:
    first, second = map(json.loads, run("hand-ins", "--format", "json").stdout.splitlines())
    assert (first["format"], first["file"], first["place"]["step"]) == ("handgrad-progress/1", "hand-ins/2.json", 14)
    assert first["lessons"] == [{
        "lesson": "and-gate", "title": "AND gate, by hand", "epoch": 3, "step": 14, "furthest": 3, "goal": 4,
        "share": 2 / 3, "saved": "2023-11-14T22:13:20+00:00", "mistakes": {"two-forgotten": 12, "sigmoid-sign": 1}}]
    assert [second["lessons"][0][key] for key in ("lesson", "goal", "share", "saved")] == [
        "majority-0123456789ab", None, None, None]


def test_ones_own_lessons_are_shown_behind_what_one_knows(folder: Path, own_state: Path) -> None:
    (own_state / "handgrad").mkdir(parents=True)
    folder.rename(own_state / "handgrad" / "progress")
    rows = [line for line in ROWS.splitlines() if not line.startswith(("hand-ins", "    first"))]
    shown = run().stdout.splitlines()
    assert shown[0] == "You are at: and-gate, 3:14, watch"
    assert shown[-6:] == [*rows[:5], rows[-1]]
    found = json.loads(run("--format", "json").stdout)
    assert len(found["lessons"]) == 2
    assert {each["mistake"]: each["count"] for each in found["mix_ups"]} == ANNA.mistakes
    assert run("--mistakes").stdout == TOLD


def test_what_others_know_is_not_forgotten(folder: Path) -> None:
    before = state_of(folder)
    for option in ("--reset", "--mistakes"):
        result = run("hand-ins", option)
        assert (result.returncode, result.stdout) == (2, "")
        assert option in result.stderr
    assert state_of(folder) == before
