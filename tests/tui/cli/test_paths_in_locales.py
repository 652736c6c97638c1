"""A lesson's file is the same lesson in every locale, also where the locale can't spell its path."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from engine.learner.progress_folder import progress_folder, progress_path
from engine.lesson.lesson import shipped_lessons
from terminal import COMMAND

UTF_8, LATIN_1 = "C.UTF-8", "en_US.ISO-8859-1"
FOLDERS = [b"\xc5\x82ukasz", b"Bj\xf6rn"]  # łukasz; a name in Latin-1


@pytest.fixture(scope="module")
def locales(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a locale whose files are named in ISO-8859-1."""
    folder = tmp_path_factory.mktemp("locales")
    command = shutil.which("localedef")
    if not command or subprocess.run([command, "-i", "en_US", "-f", "ISO-8859-1", folder / LATIN_1],
                                     capture_output=True, check=False).returncode > 1:
        pytest.skip("no localedef here that makes such a locale")
    return folder


def play(lesson: bytes, locale: str, locales: Path, *commands: str) -> str:
    """What is said; without a lesson, where the learner was last."""
    environment = {**os.environ, "LC_ALL": locale, "LOCPATH": str(locales)}
    lines = "".join(f"{command}\n" for command in commands)
    arguments = [os.fsencode(COMMAND), *([b"play", lesson] if lesson else []), b"--plain"]
    done = subprocess.run(arguments, input=lines.encode(), capture_output=True, env=environment, check=True)
    assert done.stderr == b""
    return done.stdout.decode("utf-8", "replace")


def lesson_in(folder: Path, name: bytes) -> bytes:
    """The path of a lesson's file in a folder of that name."""
    path = os.path.join(os.fsencode(folder), name, name + b".toml")
    os.mkdir(os.path.dirname(path))
    Path(os.fsdecode(path)).write_text(shipped_lessons()["and-gate"].read_text("utf-8"), "utf-8")
    return path


@pytest.mark.parametrize("name", FOLDERS, ids=ascii)
def test_a_place_that_one_locale_has_written_another_finds(name: bytes, locales: Path, tmp_path: Path) -> None:
    lesson = lesson_in(tmp_path, name)
    for number, (here, there) in enumerate([(UTF_8, LATIN_1), (LATIN_1, UTF_8)], 2):
        play(lesson, here, locales, f"go {number}:14")
        for again in (lesson, b""):
            assert f"epoch {number}, step 14 of 239" in play(again, there, locales)
    assert len(list(progress_folder().iterdir())) == 1


@pytest.mark.parametrize("name", FOLDERS, ids=ascii)
def test_a_place_of_before_is_found_in_its_own_locale(name: bytes, locales: Path, tmp_path: Path) -> None:
    lesson = lesson_in(tmp_path, name)
    play(lesson, LATIN_1, locales, "go 2:14")
    file, = progress_folder().iterdir()
    document = json.loads(file.read_text())
    del document["place"]["file"]
    document["place"]["lesson"] = lesson.decode("latin-1")
    progress_path(os.fsdecode(lesson)).write_text(json.dumps(document))
    file.unlink()
    assert "epoch 2, step 14 of 239" in play(b"", LATIN_1, locales)
