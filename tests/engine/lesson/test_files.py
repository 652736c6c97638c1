"""Files that are no lessons: each is refused, in one clear line."""

import os
from pathlib import Path

import hostile_lessons
import pytest

from engine.lesson.lesson import LessonError, load_file


@pytest.mark.parametrize(("content", "said"), [
    (b"", "empty; expected a lesson in TOML"), (b" \n\t\n", "empty; expected a lesson in TOML"),
    (b"\xff\xfe\x00", "saved as UTF-16; expected a file saved as UTF-8"),
    (b"#" * 70_000, "more than 64 KB; expected a lesson of at most 64 KB"),
    (b"a" * 3000, "line 1: 3000 characters; expected at most 2000; a list may take several lines"),
    (b"x = " + b"[" * 1900, "nested too deeply; expected a lesson in TOML"),
    (b"x = " + b"9" * 1900, "x: unknown key; expected one of format, id, title, data, network, parameters, training, "
     "graph, check, introduction, goal, requires, next, notes (line 1)"),
    (b"\x00\x01\x02",
     r"line 1, column 1: not TOML: neither a [table], nor key = value, nor a # comment: \x00\x01\x02"),
])
def test_files_that_are_no_lessons(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "x.toml"
    path.write_bytes(content)
    with pytest.raises(LessonError) as caught:
        load_file(str(path))
    assert str(caught.value).split("\n")[0] == f"{path}: {said}"


def test_what_is_no_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "fifo")
    for path, said in ((tmp_path, "a directory"), (tmp_path / "fifo", "not a regular file"),
                       (tmp_path / "none", "no such file or directory"), ("x\0.toml", "embedded null byte")):
        with pytest.raises(LessonError) as caught:
            load_file(str(path))
        assert said in str(caught.value)
        assert str(caught.value).isprintable()


@pytest.mark.parametrize("name", hostile_lessons.BY_HAND)
def test_hostile_lessons_made_by_hand(name: str) -> None:
    assert hostile_lessons.tried(hostile_lessons.BY_HAND[name]) in ("refused", "plays")


def test_hostile_lessons() -> None:
    """`python tests/benchmarks/endurance.py lessons` tries 100 000."""
    results = {hostile_lessons.tried(text) for text in hostile_lessons.mutations(2, 1_000)}
    assert results == {"refused", "plays"}
