"""Whatever stands in the folder, whosever it is: nothing goes, and what can't be kept is said."""

from pathlib import Path

import hostile_files
import pytest
from accounts import needs_root


@needs_root
@pytest.mark.parametrize("seed", range(50))
def test_nothing_that_was_there_goes(seed: int, open_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`python tests/benchmarks/endurance.py files` tries more."""
    monkeypatch.setenv("XDG_STATE_HOME", str(open_folder))
    assert len(hostile_files.tried(seed, open_folder)) == hostile_files.SESSIONS
