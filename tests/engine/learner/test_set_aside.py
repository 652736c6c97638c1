"""What was set aside counts again when it can be read, and links are followed."""

import json
from pathlib import Path

import pytest

from engine.learner.knowledge import Knowledge
from engine.learner.progress import Bookmark, Progress
from engine.learner.progress_folder import progress_folder, progress_path, read_progress, reset_knowledge, save_progress
from engine.trace.cursor import Cursor

HERE = Bookmark("and-gate", Cursor(3, 14), furthest=3)
KNOWN = Knowledge().observe("slope relu", True).observe("slope relu", True)


def set_aside(number: int = 1) -> Path:
    path = progress_path("and-gate")
    return path.rename(path.with_name(f"{path.name}.set-aside-{number}"))


def test_what_was_set_aside_and_can_be_read_counts() -> None:
    """Of what was known the most, and how far one had come; its place only where there is no other."""
    save_progress(Progress(HERE, KNOWN))
    set_aside()
    assert read_progress() == (Progress(HERE, KNOWN, {"and-gate": HERE}), [])
    newer = HERE._replace(cursor=Cursor(1, 0))
    save_progress(Progress(newer, Knowledge().observe("weight", False)))
    found, messages = read_progress()
    newer = newer._replace(furthest=HERE.furthest)
    assert (found.bookmark, found.bookmarks, messages) == (newer, {"and-gate": newer}, [])
    assert {name: skill.attempts for name, skill in found.knowledge.skills.items()} == {"slope relu": 2, "weight": 1}


def test_what_was_set_aside_is_forgotten_too() -> None:
    save_progress(Progress(HERE, KNOWN))
    set_aside()
    save_progress(Progress(HERE, KNOWN))
    reset_knowledge()
    assert read_progress()[0].knowledge == Knowledge()


def test_of_damaged_files_nothing_is_said_once_they_are_set_aside() -> None:
    save_progress(Progress(HERE))
    path = progress_path("and-gate")
    path.write_text("{")
    assert save_progress(Progress(HERE)) == f"{path}: damaged; set aside as and-gate.json.set-aside-1"
    assert save_progress(Progress(HERE)) == ""
    assert read_progress()[1] == []


def test_nothing_is_set_aside_for_what_can_not_be_written(monkeypatch: pytest.MonkeyPatch) -> None:
    save_progress(Progress(HERE))
    path = progress_path("and-gate")
    path.write_text("{")

    def refuse(_: int) -> None:
        raise OSError(28, "No space left on device")
    monkeypatch.setattr("os.fsync", refuse)
    with pytest.raises(Exception, match="no space left on device"):
        save_progress(Progress(HERE))
    assert [each.name for each in path.parent.iterdir()] == [path.name]


@pytest.mark.parametrize("is_there", [True, False], ids=["file", "nothing there yet"])
def test_a_link_to_a_file_is_followed(is_there: bool, tmp_path: Path) -> None:
    """As those have it who keep such files in a folder that is copied from machine to machine."""
    path, target = progress_path("and-gate"), tmp_path / "kept.json"
    save_progress(Progress(HERE, KNOWN))
    path.rename(target)
    path.symlink_to(target)
    if not is_there:
        target.unlink()
    assert read_progress() == ((Progress(HERE, KNOWN, {"and-gate": HERE}) if is_there else Progress()), [])
    there = HERE._replace(cursor=Cursor(4, 1))
    assert save_progress(Progress(there)) == ""
    assert (path.is_symlink(), target.is_symlink(), read_progress()[0].bookmark) == (True, False, there)
    assert json.loads(target.read_text())["place"]["epoch"] == 4
    assert [each.name for each in progress_folder().iterdir()] == [path.name]


def test_a_link_that_leads_in_a_circle_is_set_aside_itself() -> None:
    path = progress_path("and-gate")
    path.parent.mkdir(parents=True)
    path.symlink_to(path.name)
    assert read_progress()[1] == [f"{path}: too many levels of symbolic links"]
    assert save_progress(Progress(HERE)).endswith("set aside as and-gate.json.set-aside-1")
    assert (path.is_symlink(), read_progress()[0].bookmark) == (False, HERE)


def test_what_a_link_leads_to_is_not_written_over_where_it_can_not_be_read(tmp_path: Path) -> None:
    path, target = progress_path("and-gate"), tmp_path / "precious"
    path.parent.mkdir(parents=True)
    target.write_text("not progress")
    path.symlink_to(target)
    save_progress(Progress(HERE))
    assert (target.read_text(), path.is_symlink(), read_progress()[0].bookmark) == ("not progress", False, HERE)
