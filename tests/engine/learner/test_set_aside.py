"""What was set aside counts again when it can be read, and links are followed."""

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from engine.learner.knowledge import Knowledge
from engine.learner.progress import Bookmark, Progress
from engine.learner.progress_folder import progress_folder, progress_path, read_progress, reset_knowledge, save_progress
from engine.learner.writer import ProgressWriter
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


@pytest.mark.parametrize("step", ["fsync", "rename", "link"])
def test_of_two_sessions_that_set_the_same_file_aside_neither_destroys_it(step: str,
                                                                         monkeypatch: pytest.MonkeyPatch) -> None:
    """The other one does all it does just before one step of the first."""
    path = progress_path("and-gate")
    path.parent.mkdir(parents=True)
    path.write_text("{")
    original: Callable[..., object] = getattr(os, step)

    def and_meanwhile(*arguments: object) -> object:
        monkeypatch.setattr(os, step, original)
        save_progress(Progress(HERE, Knowledge().observe("weight", True)))
        return original(*arguments)
    monkeypatch.setattr(os, step, and_meanwhile)
    save_progress(Progress(HERE, KNOWN))
    assert getattr(os, step) is original
    assert [each.name for each in path.parent.iterdir() if each.read_text() == "{"] == [
        f"and-gate.json.set-aside-{2 if step == 'rename' else 1}"]
    assert sorted(read_progress()[0].knowledge.skills) == ["slope relu", "weight"]


def test_what_was_not_read_when_the_session_began_is_set_aside() -> None:
    """Only once, if it is written by a writer; what is known counts, and how far one had come."""
    save_progress(Progress(HERE, KNOWN))
    blind = Progress(HERE._replace(cursor=Cursor(1, 0), furthest=1), known=frozenset())
    writer = ProgressWriter()
    path = progress_path("and-gate")
    assert writer.write_now(blind) == f"{path}: was not read before; set aside as {path.name}.set-aside-1"
    assert not writer.write_now(blind)
    found = read_progress()[0]
    assert found.bookmark == HERE._replace(cursor=Cursor(1, 0))
    assert found.knowledge == KNOWN


def test_of_a_link_to_nowhere_that_was_set_aside_nothing_has_to_be_forgotten() -> None:
    path = progress_path("and-gate")
    path.parent.mkdir(parents=True)
    path.symlink_to(path.name)
    save_progress(Progress(HERE, KNOWN))
    set_aside_link = path.with_name(f"{path.name}.set-aside-1")
    set_aside_link.unlink()
    set_aside_link.symlink_to(set_aside_link.name)
    reset_knowledge()
    assert read_progress()[0].knowledge == Knowledge()


def test_of_two_sessions_in_a_lesson_the_one_that_came_further_counts() -> None:
    save_progress(Progress(HERE._replace(furthest=7)))
    save_progress(Progress(HERE._replace(cursor=Cursor(1, 0))))
    found = read_progress()[0].bookmark
    assert found
    assert (found.cursor, found.furthest) == (Cursor(1, 0), 7)
