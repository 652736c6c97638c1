"""What the README files say is there is there."""

import re
import textwrap
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from engine.export import csv_trace
from engine.lesson.course_file import read_groups
from engine.lesson.format import lesson_schema
from engine.lesson.lesson import load, parse, shipped_groups, shipped_lessons
from engine.trace.trace import Trace

ROOT = Path(__file__).parent.parent
READMES = [ROOT / "README.md", *(ROOT / folder / "README.md" for folder in ("engine", "engine/course", "tui",
                                                         "tests/benchmarks"))]
MOST_LINES = 200
SECONDS_A_WORD, SECONDS_NEW, SECONDS_REUSED = 0.4, 3, 1


def anchors(path: Path) -> set[str]:
    """The headings of a file, as they are linked to."""
    headings = re.findall(r"^#+ (.*)$", path.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_links_lead_somewhere() -> None:
    lost = []
    for readme in READMES:
        for link in re.findall(r"\]\((?!https?:)([^)]+)\)", readme.read_text("utf-8")):
            name, _, anchor = link.partition("#")
            path = readme.parent / name if name else readme
            if not path.exists() or (anchor and anchor not in anchors(path)):
                lost.append(f"{readme.relative_to(ROOT)}: {link}")
    assert lost == []


def test_every_room_stands_in_the_table_of_its_house() -> None:
    for house in ("engine", "tui"):
        rooms = {path.parent.name for path in (ROOT / house).glob("*/__init__.py")}
        table = (ROOT / house / "README.md").read_text("utf-8")
        assert rooms == set(re.findall(r"^\| \[`(\w+)/`\]", table, re.MULTILINE))


def test_the_files_of_each_room_are_there() -> None:
    for house in ("engine", "tui"):
        files = (ROOT / house / "README.md").read_text("utf-8").partition("## Rooms, file by file")[2]
        names = re.findall(r"`([\w*]+\.\w+)`", files)
        assert names
        assert [name for name in names if not any((ROOT / house).rglob(name))] == []


def test_the_readme_of_users_is_read_in_one_sitting() -> None:
    assert len(READMES[0].read_text("utf-8").splitlines()) <= MOST_LINES


def test_the_page_for_teachers_has_every_word_of_a_lesson() -> None:
    page = (ROOT / "engine" / "course" / "README.md").read_text("utf-8")
    assert [key for key in keys_of(lesson_schema().json) if not re.search(rf"\b{key}\b", page)] == []


def test_the_lessons_of_the_page_can_be_read() -> None:
    page = (ROOT / "engine" / "course" / "README.md").read_text("utf-8")
    texts = [textwrap.dedent(text) for text in re.findall(r"^ *```toml\n(.*?)^ *```", page, re.DOTALL | re.MULTILINE)]
    (course,) = [text for text in texts if "[[groups]]" in text]
    assert len(read_groups(course)) == 2
    lessons = [parse(text, "page") for text in texts if text != course]
    assert [lesson.formulas is None for lesson in lessons] == [True, False]


def keys_of(schema: Mapping[str, Any]) -> Iterator[str]:
    """The keys that a table may have, and what stands in it."""
    for key, inner in schema.get("properties", {}).items():
        yield key
        yield from keys_of(inner)
    if "items" in schema:
        yield from keys_of(schema["items"])


def test_the_columns_of_the_csv_are_told() -> None:
    table = re.search(r"^\| column .*?\n\n", (ROOT / "tui" / "README.md").read_text("utf-8"), re.MULTILINE | re.DOTALL)
    assert table
    heads = "".join(re.findall(r"^\| (`.*?) \|", table[0], re.MULTILINE))
    assert re.findall(r"`(\w+)`", heads) == list(csv_trace.Record._fields)


def test_the_lessons_of_the_readmes_are_those_of_the_course() -> None:
    """By groups for users, one by one for teachers."""
    page = (ROOT / "engine" / "course" / "README.md").read_text("utf-8")
    rows = re.findall(r"^\| `([a-z-]+)` \| .* \| (\d+) \|$", page, re.MULTILINE)
    assert [name for name, _ in rows] == list(shipped_lessons())
    assert re.findall(r"^\| \*\*(.*?)\*\* \|", page, re.MULTILINE) == [group.name for group in shipped_groups()]
    for name, minutes in rows:
        assert int(minutes) == pytest.approx(minutes_of(name), abs=0.51), name
    rows = re.findall(r"^\| (?:.*): .* \| ((?:`[a-z-]+` ?)+) \| (\d+) \|$", READMES[0].read_text("utf-8"), re.MULTILINE)
    assert [re.findall(r"`(.*?)`", names) for names, _ in rows] == [list(group.lessons) for group in shipped_groups()]
    for group, (_, minutes) in zip(shipped_groups(), rows, strict=True):
        assert int(minutes) == pytest.approx(sum(map(minutes_of, group.lessons)), abs=0.51), group.name


def minutes_of(name: str) -> float:
    """What the README says that a lesson takes: its words, and the first epoch watched, by paths."""
    lesson = load(name)
    trace = Trace(lesson)
    notes = (note.text for note in lesson.notes if note.form != "delta")
    words = sum(len(text.split()) for text in (lesson.introduction, *notes))
    reused = sum(sum(map(sum, marks)) for marks in trace.chains.reuse_marks) * lesson.rows
    seconds = words * SECONDS_A_WORD + (trace.script.length - reused) * SECONDS_NEW + reused * SECONDS_REUSED
    return seconds / 60
