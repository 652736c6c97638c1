"""One folder for machines without a network, as the page for teachers says: made once, installed once, only read, used
by many.
"""

import os
import shlex
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from terminal import Terminal

ROOT = Path(__file__).parent.parent
HERE = "python3 -m pip wheel -w wheels ."
THERE = ("python3 -m venv lab && lab/bin/pip install --no-index --find-links wheels handgrad && "
         "lab/bin/python -m compileall -q lab")
NO_PIP_SETTINGS = {name: value for name, value in os.environ.items() if not name.startswith("PIP_")}


def test_the_page_for_teachers_says_these_commands() -> None:
    text = (ROOT / "engine" / "course" / "README.md").read_text("utf-8")
    assert HERE in text
    assert THERE in text.replace("&&\n", "&& ")


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The installation, of which nothing can be written any more."""
    folder = tmp_path_factory.mktemp("lab")
    folder.chmod(0o755)
    source = folder / "handgrad"
    shutil.copytree(ROOT, source, ignore=shutil.ignore_patterns(".*", "*.egg-info", "build", "screenshots"))
    python = shlex.quote(sys.executable)
    subprocess.run(HERE.replace("python3", python).replace("wheels", str(folder / "wheels")), shell=True, check=True,
                   cwd=source, capture_output=True)
    subprocess.run(THERE.replace("python3", python), shell=True, check=True, cwd=folder, capture_output=True,
                   env={**NO_PIP_SETTINGS, "PIP_CONFIG_FILE": os.devnull})
    for path in (folder / "lab", *(folder / "lab").rglob("*")):
        if not path.is_symlink():
            path.chmod(path.stat().st_mode & ~(stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH))
    return folder / "lab"


def test_it_runs_where_nothing_can_be_written_and_nothing_is_written(lab: Path) -> None:
    before = sorted(lab.rglob("*"))
    with Terminal("play", "and-gate", "--at", "1:38", command=str(lab / "bin" / "handgrad")) as terminal:
        assert "38/239" in terminal.until("q quit")
        terminal.press("right")
        terminal.until("39/239")
        terminal.press("q")
        assert terminal.end() == 0
    assert sorted(lab.rglob("*")) == before


def test_two_accounts_use_it_and_each_has_a_place_of_its_own(lab: Path, tmp_path: Path) -> None:
    for name, place in (("one", "1:5"), ("two", "2:7")):
        subprocess.run([lab / "bin" / "handgrad", "play", "and-gate", "--at", place, "--plain"], check=True, input="",
                       capture_output=True, text=True, env={**os.environ, "XDG_STATE_HOME": str(tmp_path / name)})
    for name, place in (("one", "step 5"), ("two", "step 7")):
        result = subprocess.run([lab / "bin" / "handgrad", "--help"], capture_output=True, text=True, check=True)
        assert "examples:" in result.stdout
        result = subprocess.run([lab / "bin" / "handgrad"], input="", capture_output=True, text=True, check=True,
                                env={**os.environ, "XDG_STATE_HOME": str(tmp_path / name)})
        assert place in result.stdout
