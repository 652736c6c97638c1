"""The writer: soon, the newest only, and when it is waited for at once."""

import threading

import pytest

from engine.learner import writer
from engine.learner.progress import Bookmark, Progress
from engine.learner.progress_folder import NotKeptError
from engine.learner.writer import ProgressWriter
from engine.trace.cursor import Cursor

FIRST, SECOND, THIRD = (Progress(Bookmark("and-gate", Cursor(1, step))) for step in (1, 2, 3))
LONG = 3600  # seconds: what is waited for as long never comes


class SlowSave:
    """A disk that is slow until told otherwise."""

    def __init__(self) -> None:
        self.saved: list[Progress] = []
        self.has_begun, self.may_end = threading.Event(), threading.Event()

    def __call__(self, progress: Progress) -> None:
        self.has_begun.set()
        self.may_end.wait(LONG)
        self.saved.append(progress)


def test_who_flushes_finds_it_written(monkeypatch: pytest.MonkeyPatch) -> None:
    """The screen's time is no reason to wait once somebody waits."""
    monkeypatch.setattr(writer, "SECONDS_FOR_THE_SCREEN", LONG)
    saved: list[Progress] = []
    progress_writer = ProgressWriter(saved.append)
    for progress in (FIRST, SECOND):
        progress_writer.write_soon(progress)
        progress_writer.flush(60)
        assert saved[-1] == progress
    assert saved == [FIRST, SECOND]


def test_after_a_flush_the_screen_has_its_time_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writer, "SECONDS_FOR_THE_SCREEN", LONG)
    save = SlowSave()
    save.may_end.set()
    progress_writer = ProgressWriter(save)
    progress_writer.write_soon(FIRST)
    progress_writer.flush(60)
    save.has_begun.clear()
    progress_writer.write_soon(SECOND)
    assert not save.has_begun.wait(0.2)
    progress_writer.close()
    assert save.saved == [FIRST, SECOND]


def test_a_flush_waits_for_what_is_being_written() -> None:
    save = SlowSave()
    progress_writer = ProgressWriter(save)
    progress_writer.write_soon(FIRST)
    assert save.has_begun.wait(60)
    flushing = threading.Thread(target=progress_writer.flush, args=(60,))
    flushing.start()
    flushing.join(0.1)
    assert flushing.is_alive()
    save.may_end.set()
    flushing.join(60)
    assert save.saved == [FIRST]


def test_a_flush_does_not_wait_for_ever() -> None:
    save = SlowSave()
    progress_writer = ProgressWriter(save)
    progress_writer.write_soon(FIRST)
    flushing = threading.Thread(target=progress_writer.flush, args=(0.01,), daemon=True)
    flushing.start()
    flushing.join(60)
    assert not flushing.is_alive()
    assert save.saved == []
    save.may_end.set()
    progress_writer.close()
    assert save.saved == [FIRST]


def test_only_the_newest_is_written_and_closing_writes_it() -> None:
    save = SlowSave()
    progress_writer = ProgressWriter(save)
    progress_writer.write_soon(FIRST)
    assert save.has_begun.wait(60)
    progress_writer.write_soon(SECOND)
    progress_writer.write_soon(THIRD)
    save.may_end.set()
    progress_writer.close()
    assert save.saved == [FIRST, THIRD]


def test_what_the_disk_did_not_take_in_time_is_trouble(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writer, "SECONDS_TO_CLOSE", 0.01)
    save = SlowSave()
    progress_writer = ProgressWriter(save)
    progress_writer.write_soon(FIRST)
    progress_writer.close()
    assert progress_writer.trouble == writer.NOT_TAKEN
    save.may_end.set()


def test_without_anything_to_write_nobody_waits() -> None:
    progress_writer = ProgressWriter(SlowSave())
    progress_writer.flush(LONG)
    progress_writer.close()


def test_closing_ends_the_thread() -> None:
    threads: list[threading.Thread] = []
    progress_writer = ProgressWriter(lambda _: threads.append(threading.current_thread()))
    progress_writer.write_soon(FIRST)
    progress_writer.close()
    thread, = threads
    thread.join(60)
    assert not thread.is_alive()
    assert thread is not threading.current_thread()


def test_of_each_lesson_the_newest_is_written() -> None:
    """Who goes to another lesson leaves a place behind in the one before."""
    save, other = SlowSave(), Progress(Bookmark("or-gate", Cursor(1, 7)))
    progress_writer = ProgressWriter(save)
    progress_writer.write_soon(FIRST)
    assert save.has_begun.wait(60)
    for progress in (SECOND, other, THIRD, other):
        progress_writer.write_soon(progress)
    save.may_end.set()
    progress_writer.close()
    assert save.saved == [FIRST, THIRD, other]


def test_trouble_is_reported_when_it_begins_and_known_as_long_as_it_lasts() -> None:
    troubles, reported = ["full", "still full", "", "full again"], list[str]()

    def save(_: Progress) -> None:
        if trouble := troubles.pop(0):
            raise NotKeptError(trouble)
    progress_writer, known = ProgressWriter(save), list[str]()
    progress_writer.report = reported.append
    for progress in (FIRST, SECOND, THIRD, FIRST):
        progress_writer.write_soon(progress)
        progress_writer.flush(60)
        known.append(progress_writer.trouble)
    assert known == ["full", "still full", "", "full again"]
    assert reported == ["full", "full again"]


def test_trouble_is_each_lessons_own_and_what_failed_is_tried_again_at_the_end() -> None:
    other, saved, is_full = Progress(Bookmark("or-gate", Cursor(1, 7))), list[Progress](), True

    def save(progress: Progress) -> None:
        if is_full and progress != other:
            raise NotKeptError("full")
        saved.append(progress)
    progress_writer = ProgressWriter(save)
    for progress in (FIRST, SECOND, other):
        progress_writer.write_soon(progress)
        progress_writer.flush(60)
    assert (saved, progress_writer.trouble) == ([other], "full")
    is_full = False
    progress_writer.close()
    assert (saved, progress_writer.trouble) == ([other, SECOND, other], "")


def test_what_fails_to_the_end_is_trouble_at_the_end() -> None:
    attempts = list[Progress]()

    def save(progress: Progress) -> None:
        attempts.append(progress)
        raise NotKeptError("full")
    progress_writer = ProgressWriter(save)
    progress_writer.write_soon(FIRST)
    progress_writer.flush(60)
    progress_writer.close()
    assert (attempts, progress_writer.trouble) == ([FIRST, FIRST], "full")
