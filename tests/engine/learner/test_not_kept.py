"""Where nothing can be kept, why is said."""

import os
from pathlib import Path

import pytest

from engine.learner.knowledge import Knowledge
from engine.learner.progress import Bookmark, Progress
from engine.learner.progress_folder import NotKeptError, read_progress, reset_knowledge, save_progress
from engine.trace.cursor import Cursor

HERE = Bookmark("and-gate", Cursor(3, 14))


def test_a_folder_that_can_not_be_made_is_said(own_state: Path) -> None:
    own_state.write_text("")
    with pytest.raises(NotKeptError) as raised:
        save_progress(Progress(HERE))
    assert str(raised.value) == f"nothing can be kept (not a directory): {own_state}/handgrad"
    assert read_progress() == (Progress(), [])


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
