"""Knowledge tracing, and the file it is kept in."""

import json
import os
import threading
from collections import Counter
from pathlib import Path

import hostile_progress
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.learner import progress
from engine.learner.knowledge import WORDS, Knowledge, Skill
from engine.learner.learner import ProgressWriter
from engine.learner.progress import Bookmark, Progress
from engine.trace.cursor import Cursor
from lessons import and_trace

TRACE = and_trace()
HERE = Bookmark("and-gate", Cursor(3, 14), 7, "by hand", {12: "0.5", 13: ""})
ALL = {"and-gate": HERE}


def test_bayesian_knowledge_tracing_by_hand() -> None:
    """slope has the defaults: start 0.2, learn 0.1, guess 0.2, slip 0.1."""
    right = Knowledge().observe("slope", True).skill("slope")
    p = 0.18 / (0.18 + 0.16)
    assert right.known == pytest.approx(p + (1 - p) * 0.1)
    wrong = Knowledge().observe("slope", False).skill("slope")
    p = 0.02 / (0.02 + 0.64)
    assert wrong.known == pytest.approx(p + (1 - p) * 0.1)
    assert (right.attempts, right.right, wrong.attempts, wrong.right) == (1, 1, 1, 0)


def test_three_right_answers_master_a_skill_and_a_wrong_one_asks_again() -> None:
    knowledge = Knowledge()
    for _ in range(3):
        assert not knowledge.is_mastered("slope")
        knowledge = knowledge.observe("slope", True)
    assert knowledge.is_mastered("slope")
    assert not knowledge.observe("slope", False).is_mastered("slope")


@given(st.sampled_from(sorted(WORDS)), st.lists(st.booleans(), max_size=60))
def test_what_is_known_is_a_chance(name: str, answers: list[bool]) -> None:
    knowledge = Knowledge()
    for is_right in answers:
        before = knowledge.skill(name).known
        knowledge = knowledge.observe(name, is_right)
        assert 0 < knowledge.skill(name).known < 1
        assert knowledge.skill(name).known > before or not is_right
    assert knowledge.skill(name).attempts == len(answers)


def test_mastered_skills_come_back_now_and_then() -> None:
    mastered = Knowledge({"slope": Skill(0.99, 5, 5)})
    asked = [step for step in range(1, 1001) if mastered.asks("slope", step)]
    assert 50 < len(asked) < 150
    assert all(Knowledge().asks("slope", step) for step in range(100))


def test_what_is_saved_is_loaded() -> None:
    kept = Progress(HERE, Knowledge().observe("slope", True), ALL)
    assert progress.save(kept)
    assert progress.load() == (kept, "")
    progress.reset()
    assert progress.load() == (Progress(HERE, bookmarks=ALL), "")


def test_two_sessions_do_not_lose_each_others_answers() -> None:
    first, second = Knowledge().observe("slope", True), Knowledge().observe("weight", False)
    progress.save(Progress(HERE, first))
    progress.save(Progress(HERE, second))
    loaded = progress.load()[0].knowledge
    assert {name: skill.attempts for name, skill in loaded.skills.items()} == {"slope": 1, "weight": 1}


def test_a_file_is_whole_whenever_it_is_read(own_state: Path) -> None:
    """While a notebook writes as fast as it can, every reading finds a whole file."""
    notebook = ProgressWriter()
    notebook.keep(Progress(HERE))
    stop, knowledge = threading.Event(), [Knowledge()]

    def write() -> None:
        for step in range(300):
            knowledge[0] = knowledge[0].observe("slope", step % 3 > 0)
            notebook.keep(Progress(Bookmark("and-gate", Cursor(1, step % 239)), knowledge[0]))
        stop.set()
    writer = threading.Thread(target=write)
    writer.start()
    seen = 0
    while not stop.is_set() or not seen:
        loaded, message = progress.load()
        assert message == ""
        seen += loaded.bookmark is not None
    writer.join()
    notebook.close()
    assert progress.load()[0].knowledge.skill("slope").attempts == 300
    folder = own_state / "handgrad" / "progress"
    assert [path.name for path in folder.iterdir()] == ["and-gate.json"]
    assert json.loads((folder / "and-gate.json").read_text())["format"] == 1


def test_hostile_progress_files_are_set_aside_or_opened() -> None:
    """`python tests/benchmarks/endurance.py progress` tries more."""
    progress.save(hostile_progress.KEPT)
    results = Counter(map(hostile_progress.tried, hostile_progress.mutations(5, 400)))
    assert set(results) == {"set aside", "opened"}


def test_what_cannot_be_read_is_set_aside_before_anything_is_written() -> None:
    newer = '{"format": 2, "precious": 1}'
    progress.save(Progress(HERE))
    file = progress.progress_file(HERE.lesson)
    file.write_text(newer)
    assert progress.save(Progress(HERE))
    assert file.with_name(f"{file.name}.set-aside-1").read_text() == newer
    assert progress.load()[0].bookmark == HERE


def test_what_is_no_file_hides_nothing() -> None:
    progress.save(Progress(HERE))
    folder = progress.progress_folder()
    os.mkfifo(folder / "fifo.json")
    (folder / "link.json").symlink_to(folder / "nowhere")
    assert progress.load()[0].bookmark == HERE


def test_a_message_does_nothing_to_the_terminal() -> None:
    folder = progress.progress_folder()
    folder.mkdir(parents=True)
    (folder / "\x1b]0;name\x07.json").write_text('{"format": "\\u001b]0;title\\u0007"}')
    message = progress.load()[1]
    assert "set aside" in message
    assert "\x1b" not in message


def test_every_lesson_has_a_place_of_its_own_and_all_share_what_is_known() -> None:
    progress.save(Progress(HERE, Knowledge().observe("slope", True)))
    for lesson in ("/home/me/my lesson.toml", "/home/you/my lesson.toml"):
        progress.save(Progress(Bookmark(lesson, Cursor(1, 2)), Knowledge().observe("weight", False)))
    loaded, _ = progress.load()
    assert loaded.bookmark == Bookmark("/home/you/my lesson.toml", Cursor(1, 2))
    assert {place.lesson: place.cursor for place in loaded.bookmarks.values()} == {
        "and-gate": Cursor(3, 14), "/home/me/my lesson.toml": Cursor(1, 2), "/home/you/my lesson.toml": Cursor(1, 2)}
    assert sorted(loaded.knowledge.skills) == ["slope", "weight"]


def test_what_a_killed_session_was_writing_is_cleared_away_later(own_state: Path) -> None:
    folder = own_state / "handgrad" / "progress"
    folder.mkdir(parents=True)
    old, new = folder / ".progress-old", folder / ".progress-new"
    for leftover in (old, new):
        leftover.write_text("{")
    os.utime(old, (0, 0))
    progress.load()
    assert (old.exists(), new.exists()) == (False, True)
