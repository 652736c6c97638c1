"""Which lesson was done last is in the files, not in their dates: clocks are wrong, files are copied."""

import json
import os
import time

import pytest

from engine.learner.progress import Bookmark, Progress
from engine.learner.progress_folder import progress_path, read_progress, save_progress
from engine.trace.cursor import Cursor

AN_HOUR = 3600 * 10**9
FUTURE = 4 * 10**9  # seconds since 1970


def save(lesson: str, kept: Progress | None = None) -> None:
    """As a session does that has found what is there, now or before."""
    kept = read_progress()[0] if kept is None else kept
    save_progress(kept._replace(bookmark=Bookmark(lesson, Cursor(1, 1))))


def last() -> str:
    bookmark = read_progress()[0].bookmark
    assert bookmark
    return bookmark.lesson


def as_before(lesson: str, date: float) -> None:
    """The file as it was when files did not say when they were saved."""
    path = progress_path(lesson)
    document = json.loads(path.read_text())
    del document["saved"]
    path.write_text(json.dumps(document))
    os.utime(path, (date, date))


def test_a_files_date_decides_nothing() -> None:
    save("and-gate")
    save("or-gate")
    for date in (FUTURE, 1, 0):
        os.utime(progress_path("and-gate"), (date, date))
        assert last() == "or-gate"


def test_of_files_of_before_the_date_counts_unless_it_is_in_the_future() -> None:
    for lesson, date in (("and-gate", FUTURE), ("xor-gate", 2000.0), ("or-gate", 1000.0)):
        save(lesson)
        as_before(lesson, date)
    assert last() == "xor-gate"
    save("or-gate")
    assert last() == "or-gate"


def test_a_clock_that_was_wrong_does_not_decide_either(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two sessions, at once, after a third one years ahead: what they do stays in its order."""
    now = [100 * AN_HOUR]
    monkeypatch.setattr(time, "time_ns", lambda: now[0])
    now[0] *= 9
    save("xor-gate")
    now[0] //= 9
    first = read_progress()[0]
    for _ in range(5):
        save("and-gate", first)
    now[0] += AN_HOUR
    second = read_progress()[0]
    assert second.bookmark
    assert second.bookmark.lesson == "and-gate"
    for lesson, kept in (("or-gate", second), ("and-gate", first), ("or-gate", second), ("xor-gate", first)):
        now[0] += AN_HOUR
        save(lesson, kept)
        assert last() == lesson


def test_a_machine_whose_clock_is_behind_goes_on_from_what_another_has_saved(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [100 * AN_HOUR]
    monkeypatch.setattr(time, "time_ns", lambda: now[0])
    save("and-gate")
    now[0] -= AN_HOUR
    save("or-gate")
    assert last() == "or-gate"
    save("and-gate")
    assert last() == "and-gate"


@pytest.mark.parametrize("saved", [2**63 - 1, 2**63 - 2])
def test_a_file_from_the_end_of_time_stays_readable(saved: int) -> None:
    save("and-gate")
    path = progress_path("and-gate")
    path.write_text(json.dumps(json.loads(path.read_text()) | {"saved": saved}))
    for _ in range(3):
        save("and-gate")
    assert read_progress()[1] == []


@pytest.mark.parametrize("saved", [-1, 2**63, 10**40, "x", None, float("inf"), []], ids=str)
def test_what_no_handgrad_writes_is_damaged(saved: object) -> None:
    save("and-gate")
    path = progress_path("and-gate")
    path.write_text(json.dumps(json.loads(path.read_text()) | {"saved": saved}))
    assert read_progress()[1] == [f"{path}: damaged"]
