"""Where nothing can be kept, why is said."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from engine.learner.knowledge import Knowledge
from engine.learner.progress import Bookmark, Progress
from engine.learner.progress_file import read_file
from engine.learner.progress_folder import (
    NotKeptError,
    progress_path,
    read_progress,
    reset_knowledge,
    save_progress,
)
from engine.trace.cursor import Cursor

HERE = Bookmark("and-gate", Cursor(3, 14))


def test_a_folder_that_can_not_be_made_is_said(own_state: Path) -> None:
    own_state.write_text("")
    with pytest.raises(NotKeptError) as raised:
        save_progress(Progress(HERE))
    assert str(raised.value) == f"nothing can be kept (not a directory): {own_state}/handgrad/progress"
    assert read_progress()[1] == [f"{own_state}/handgrad/progress: not a directory"]


@pytest.mark.parametrize("make", [Path.touch, os.mkfifo, lambda path: path.symlink_to("nowhere")])
@pytest.mark.parametrize("where", ["handgrad", "handgrad/progress"])
def test_what_is_no_folder_is_not_taken_for_none(make: Callable[[Path], object], where: str, own_state: Path) -> None:
    (own_state / where).parent.mkdir(parents=True, exist_ok=True)
    make(own_state / where)
    message, = read_progress()[1]
    assert message.startswith(f"{own_state}/handgrad/progress: no")
    for action in (reset_knowledge, lambda: save_progress(Progress(HERE))):
        with pytest.raises(NotKeptError, match=f": {own_state}/handgrad"):
            action()


def test_of_a_link_where_it_leads_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    save_progress(Progress(HERE))
    (target := tmp_path / "elsewhere" / "kept.json").parent.mkdir()
    progress_path("and-gate").rename(target)
    progress_path("and-gate").symlink_to(target)

    def refuse(_: int) -> None:
        raise OSError(28, "No space left on device")
    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(NotKeptError, match=f": {target.parent}$"):
        save_progress(Progress(HERE))


def test_without_any_home_it_is_said_too(monkeypatch: pytest.MonkeyPatch) -> None:
    def homeless() -> None:
        raise RuntimeError
    monkeypatch.delenv("XDG_STATE_HOME")
    monkeypatch.setattr(Path, "home", homeless)
    with pytest.raises(NotKeptError, match="there is no home directory"):
        save_progress(Progress(HERE))


def test_knowledge_that_can_not_be_forgotten_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    save_progress(Progress(HERE, Knowledge().observe("slope relu", True)))

    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device")
    monkeypatch.setattr(os, "replace", refuse)
    with pytest.raises(NotKeptError, match=r"^not forgotten: .*/and-gate.json: no space left on device$"):
        reset_knowledge()


def test_of_too_many_files_all_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("engine.learner.progress_folder.MOST_FILES", 1)
    for lesson in ("b", "c", "a"):
        save_progress(Progress(Bookmark(lesson, Cursor(1, 1)), Knowledge().observe("slope relu", True)))
    reset_knowledge()
    assert not any(read_file(progress_path(lesson)).knowledge.skills for lesson in ("b", "c", "a"))
