"""A lesson is known by its id, whatever its file is called, wherever ids are known from."""

import os
from pathlib import Path

import pytest

from engine.course.course import course
from engine.course.finding import find_lesson, known_ids, lesson_files
from engine.lesson.lesson import LessonError, load, shipped_lessons


def lesson(name: str) -> str:
    return shipped_lessons()["and-gate"].read_text("utf-8").replace('id = "and-gate"', f'id = "{name}"')


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Of a course; a lesson of the learner's own besides."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    (own := tmp_path / "handgrad" / "lessons").mkdir(parents=True)
    (own / "x.toml").write_text(lesson("own"))
    (made := tmp_path / "course").mkdir()
    for name in ("10-xor", "2-or", "01-and"):
        (made / f"{name}.toml").write_text(lesson(name.partition("-")[2]))
    return made


def test_each_is_found_by_its_id_a_courses_before_a_shipped_one(folder: Path, tmp_path: Path) -> None:
    (folder / "3.toml").write_text(lesson("delta"))
    assert find_lesson("xor", folder) == str(folder / "10-xor.toml")
    assert find_lesson("delta", folder) == str(folder / "3.toml")
    assert (find_lesson("delta"), find_lesson("or-gate", folder)) == ("delta", "or-gate")
    assert find_lesson("own", folder) == find_lesson("own") == str(tmp_path / "handgrad" / "lessons" / "x.toml")
    assert find_lesson("./xor.toml", folder) == "./xor.toml"
    assert known_ids(folder)[:5] == ["and", "or", "delta", "xor", "own"]
    assert [Path(item.name).stem for item in course(folder)] == ["01-and", "2-or", "3", "10-xor"]


def test_what_is_not_known_is_answered_with_what_is(folder: Path) -> None:
    said = r"""^xr: no such lesson; expected one of and, or, xor, chain-rule, .* and 15 more, or a file's path; """
    with pytest.raises(LessonError, match=rf'{said}did you mean "xor"\?$'):
        find_lesson("xr", folder)


def test_two_with_the_same_id_are_both_named(folder: Path) -> None:
    (folder / "9.toml").write_text(lesson("or"))
    with pytest.raises(LessonError) as raised:
        find_lesson("or", folder)
    assert str(raised.value) == \
        f"or: the id of {folder}/2-or.toml and {folder}/9.toml; expected one of them, by its path"
    assert find_lesson("and", folder)


@pytest.mark.parametrize("rest", [b"format = \xfc", b"[data", b"#" * 70_000], ids=["latin-1", "cut", "long"])
def test_a_file_that_says_an_id_is_found_by_it_even_if_it_is_no_lesson_yet(folder: Path, rest: bytes) -> None:
    """Who opens it learns why not; the others are opened as ever."""
    (folder / "01-and.toml").write_bytes(b'id = "and"\n' + rest)
    with pytest.raises(LessonError, match=r"^.*01-and\.toml: "):
        load(find_lesson("and", folder))
    assert load(find_lesson("xor", folder)).id == "xor"


def test_what_only_speaks_of_an_id_or_is_no_file_is_not_taken_for_it(folder: Path) -> None:
    (folder / "a.toml").write_text(lesson("a").replace('introduction = """', 'introduction = """\nid = "xor"'))
    os.mkfifo(folder / "b.toml")
    (folder / "c.toml").mkdir()
    (folder / "d.toml").symlink_to("nowhere")
    assert find_lesson("xor", folder) == str(folder / "10-xor.toml")
    assert len(course(folder)) == 7


@pytest.mark.parametrize(("make", "trouble"), [
    (Path.mkdir, "no lessons in it"), (Path.touch, "not a directory"), (lambda _: None, "no such file or directory")])
def test_a_folder_without_lessons_is_said(make: object, trouble: str, tmp_path: Path) -> None:
    make(tmp_path / "course")  # type: ignore[operator]
    for look in (lesson_files, lambda folder: find_lesson("and-gate", folder)):
        with pytest.raises(LessonError) as raised:
            look(tmp_path / "course")
        assert str(raised.value) == f"{tmp_path}/course: {trouble}; expected a folder with .toml files"
