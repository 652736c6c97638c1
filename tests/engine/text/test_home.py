"""Where a person's files are."""

from pathlib import Path

import pytest

from engine.course.finding import own_folder
from engine.learner.progress_folder import progress_folder
from engine.text.home import user_folder


@pytest.mark.parametrize("value", ["~/.local/state", "state", "./state", "", None])
def test_what_is_not_absolute_is_ignored(value: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    for variable in ("XDG_STATE_HOME", "XDG_DATA_HOME"):
        monkeypatch.delenv(variable, raising=False)
        if value is not None:
            monkeypatch.setenv(variable, value)
    assert progress_folder() == tmp_path / ".local" / "state" / "handgrad" / "progress"
    assert own_folder() == tmp_path / ".local" / "share" / "handgrad" / "lessons"


def test_an_absolute_one_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    assert user_folder("XDG_STATE_HOME", ".local") == tmp_path


@pytest.mark.parametrize("home", ["", "relative", "./home"])
def test_a_home_that_is_not_absolute_is_none(home: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("XDG_STATE_HOME", raising=False)
    monkeypatch.setenv("HOME", home)
    with pytest.raises(RuntimeError):
        user_folder("XDG_STATE_HOME", ".local")
