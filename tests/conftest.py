import gc
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("steady", derandomize=True, deadline=None)  # the same examples on every run
settings.load_profile("steady")

for name in ("NO_COLOR", "HANDGRAD_ASCII", "COLUMNS", "LINES",
             "PYTHONDONTWRITEBYTECODE"):  # with it every command that a test starts would compile all it loads anew
    os.environ.pop(name, None)


def pytest_collection_finish() -> None:
    """What is there now stays to the end: nobody need look through it again for what is left over."""
    gc.freeze()


@pytest.fixture(autouse=True)
def own_state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Every test has a state directory of its own, so that none finds another's place; and no configuration."""
    state = tmp_path / "state"
    monkeypatch.setenv("XDG_STATE_HOME", str(state))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    return state


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that every account of the machine gets to, which pytest's own are not."""
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o755)
        yield Path(folder)
