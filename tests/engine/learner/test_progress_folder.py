"""The folder of progress: reading reads, saving merges and overwrites nothing that can't be read."""

import json
import os
import threading
from collections import Counter
from pathlib import Path

import hostile_progress
import pytest

from engine.graph.activations import ACTIVATIONS
from engine.learner.knowledge import Knowledge, Skill
from engine.learner.progress import Bookmark, Progress
from engine.learner.progress_file import UnreadableError, read_file
from engine.learner.progress_folder import (
    NotKeptError,
    progress_folder,
    progress_path,
    read_progress,
    reset_knowledge,
    save_progress,
)
from engine.learner.writer import ProgressWriter
from engine.trace.cursor import Cursor
from engine.trace.what_if import Change
from lessons import and_trace

TRACE = and_trace()
HERE = Bookmark("and-gate", Cursor(3, 14), 7, "by hand", {12: "0.5", 13: ""})
ALL = {"and-gate": HERE}
NEWER = '{"format": 2, "precious": 1}'


def test_what_is_saved_is_loaded() -> None:
    kept = Progress(HERE, Knowledge().observe("slope relu", True), ALL)
    save_progress(kept)
    assert read_progress() == (kept, [])
    reset_knowledge()
    assert read_progress() == (Progress(HERE, bookmarks=ALL), [])


def test_two_sessions_do_not_lose_each_others_answers() -> None:
    first, second = Knowledge().observe("slope relu", True), Knowledge().observe("weight", False)
    save_progress(Progress(HERE, first))
    save_progress(Progress(HERE, second))
    loaded = read_progress()[0].knowledge
    assert {name: skill.attempts for name, skill in loaded.skills.items()} == {"slope relu": 1, "weight": 1}


def test_a_file_is_whole_whenever_it_is_read(own_state: Path) -> None:
    """While a notebook writes as fast as it can, every reading finds a whole file."""
    notebook, knowledge = ProgressWriter(), [Knowledge()]
    notebook.write_soon(Progress(HERE))
    stop = threading.Event()

    def write() -> None:
        for step in range(300):
            knowledge[0] = knowledge[0].observe("slope relu", step % 3 > 0)
            notebook.write_soon(Progress(Bookmark("and-gate", Cursor(1, step % 239)), knowledge[0]))
        stop.set()
    writer = threading.Thread(target=write)
    writer.start()
    seen = 0
    while not stop.is_set() or not seen:
        loaded, messages = read_progress()
        assert not messages
        seen += loaded.bookmark is not None
    writer.join()
    notebook.close()
    assert read_progress()[0].knowledge.skill("slope relu").attempts == 300
    folder = own_state / "handgrad" / "progress"
    assert [path.name for path in folder.iterdir()] == ["and-gate.json"]
    assert json.loads((folder / "and-gate.json").read_text())["format"] == 1


def test_hostile_progress_files_are_set_aside_or_opened() -> None:
    """`python tests/benchmarks/endurance.py progress` tries more."""
    save_progress(hostile_progress.KEPT)
    results = Counter(map(hostile_progress.tried, hostile_progress.mutations(5, 250)))
    assert set(results) == {"set aside", "opened"}


def test_a_file_of_format_1_is_read_as_it_was_written() -> None:
    """The keys are a contract with the files that learners have."""
    path = progress_path("and-gate")
    path.parent.mkdir(parents=True)
    path.write_text(json.dumps({"format": 1, "place": {
        "lesson": "and-gate", "epoch": 2, "step": 40, "numbers": 3, "mode": "by hand", "answers": {"40": "0.5"},
        "form": "delta", "changes": [{"epoch": 2, "name": "y", "value": 1.0, "row": 3}], "furthest": 4},
        "skills": {"slope": {"known": 0.25, "attempts": 2, "right": 1}}}))
    bookmark, knowledge, saved = read_file(path)
    assert saved == path.stat().st_mtime_ns
    assert bookmark == Bookmark("and-gate", Cursor(2, 40), 3, "by hand", {40: "0.5"}, "delta",
                                (Change(2, "y", 1.0, 3),), 4)
    assert knowledge == Knowledge({f"slope {activation}": Skill(0.25, 2, 1) for activation in ACTIVATIONS})
    path.write_text(json.dumps({"format": 1, "place": {
        "lesson": "and-gate", "epoch": 2, "step": 40, "numbers": None, "mode": "watch", "answers": {}}, "skills": {}}))
    assert read_file(path)[:2] == (Bookmark("and-gate", Cursor(2, 40), furthest=2), Knowledge())


def test_what_can_not_be_read_is_set_aside_before_anything_is_written() -> None:
    save_progress(Progress(HERE))
    file = progress_path(HERE.lesson)
    for number, content in enumerate((NEWER, "{"), 1):
        file.write_text(content)
        save_progress(Progress(HERE))
        assert file.with_name(f"{file.name}.set-aside-{number}").read_text() == content
        assert read_progress() == (Progress(HERE, bookmarks=ALL), [])
    assert file.with_name(f"{file.name}.set-aside-1").read_text() == NEWER


def test_what_can_not_be_set_aside_is_not_overwritten(monkeypatch: pytest.MonkeyPatch) -> None:
    save_progress(Progress(HERE))
    file = progress_path(HERE.lesson)
    file.write_text(NEWER)
    monkeypatch.setattr("engine.learner.progress_file.MOST_SET_ASIDE", 1)
    with pytest.raises(NotKeptError, match="too many are set aside there"):
        save_progress(Progress(HERE))
    assert file.read_text() == NEWER


def state_of(folder: Path) -> list[tuple[str, int, int, bytes]]:
    """All there is to change in a folder."""
    return sorted((path.name, path.lstat().st_mtime_ns, path.lstat().st_ino,
                   path.read_bytes() if path.is_file() else b"") for path in folder.iterdir())


def fill_with_what_nobody_should_have(folder: Path) -> None:
    save_progress(Progress(HERE, Knowledge().observe("slope relu", True)))
    (folder / "damaged.json").write_text("{")
    (folder / "newer.json").write_text(NEWER)
    os.mkfifo(folder / "fifo.json")
    (folder / "link.json").symlink_to("link.json")
    (folder / "folder.json").mkdir()
    (folder / ".progress-old").write_text("{")
    os.utime(folder / ".progress-old", (0, 0))
    for name in ("damaged", "link", "newer"):
        os.utime(folder / f"{name}.json", (1, 1), follow_symlinks=False)


def test_reading_says_what_can_not_be_read_and_changes_nothing() -> None:
    folder = progress_folder()
    fill_with_what_nobody_should_have(folder)
    before = state_of(folder)
    found, messages = read_progress()
    assert found == Progress(HERE, Knowledge().observe("slope relu", True), ALL, known=frozenset(ALL))
    assert sorted(messages) == [f"{folder}/damaged.json: damaged", f"{folder}/fifo.json: not a file",
                                f"{folder}/folder.json: not a file",
                                f"{folder}/link.json: too many levels of symbolic links",
                                f"{folder}/newer.json: of another handgrad (format 2)"]
    assert state_of(folder) == before


def test_somebody_elses_folder_is_read_as_ones_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fill_with_what_nobody_should_have(progress_folder())
    theirs, before = read_progress(), state_of(progress_folder())
    folder = progress_folder()
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "mine"))
    assert read_progress() == (Progress(), [])
    assert read_progress(folder) == theirs
    assert read_progress(tmp_path / "nowhere") == (Progress(), [])
    assert state_of(folder) == before


def test_forgetting_leaves_what_can_not_be_read() -> None:
    folder = progress_folder()
    fill_with_what_nobody_should_have(folder)
    names = sorted(path.name for path in folder.iterdir())
    reset_knowledge()
    assert read_progress()[0] == Progress(HERE, bookmarks=ALL, known=frozenset(ALL))
    assert (folder / "newer.json").read_text() == NEWER
    assert sorted(path.name for path in folder.iterdir()) == names


def test_a_file_that_may_not_be_read_is_said_to_be_so(monkeypatch: pytest.MonkeyPatch) -> None:
    save_progress(Progress(HERE))

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")
    monkeypatch.setattr("builtins.open", refuse)
    with pytest.raises(UnreadableError, match=r"^permission denied$"):
        read_file(progress_path(HERE.lesson))


def test_a_message_does_nothing_to_the_terminal() -> None:
    folder = progress_folder()
    folder.mkdir(parents=True)
    (folder / "\x1b]0;name\x07.json").write_text('{"format": "\\u001b]0;title\\u0007"}')
    message, = read_progress()[1]
    assert "of another handgrad" in message
    assert message.isprintable()


def test_every_lesson_has_a_place_of_its_own_and_all_share_what_is_known() -> None:
    save_progress(Progress(HERE, Knowledge().observe("slope relu", True)))
    for lesson in ("/home/me/my lesson.toml", "/home/you/my lesson.toml"):
        save_progress(Progress(Bookmark(lesson, Cursor(1, 2)), Knowledge().observe("weight", False)))
    loaded, _ = read_progress()
    assert loaded.bookmark == Bookmark("/home/you/my lesson.toml", Cursor(1, 2))
    assert {place.lesson: place.cursor for place in loaded.bookmarks.values()} == {
        "and-gate": Cursor(3, 14), "/home/me/my lesson.toml": Cursor(1, 2), "/home/you/my lesson.toml": Cursor(1, 2)}
    assert sorted(loaded.knowledge.skills) == ["slope relu", "weight"]


def test_what_a_killed_session_was_writing_is_cleared_away_later(own_state: Path) -> None:
    folder = own_state / "handgrad" / "progress"
    folder.mkdir(parents=True)
    old, new = folder / ".progress-old", folder / ".progress-new"
    for leftover in (old, new):
        leftover.write_text("{")
    os.utime(old, (0, 0))
    read_progress()
    assert old.exists()
    save_progress(Progress(HERE))
    assert (old.exists(), new.exists()) == (False, True)


def test_of_too_many_files_the_newest_count(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("engine.learner.progress_folder.MOST_FILES", 2)
    for age, lesson in enumerate(("b", "c", "a")):
        save_progress(Progress(Bookmark(lesson, Cursor(1, 1))))
        os.utime(progress_path(lesson), (1000 - age, 1000 - age))
    found, _ = read_progress()
    assert list(found.bookmarks) == ["b", "c"]
    assert save_progress(found._replace(bookmark=Bookmark("a", Cursor(1, 0)))).endswith("as a.json.set-aside-1")


def test_nobody_else_can_read_it() -> None:
    save_progress(Progress(HERE))
    assert progress_folder().stat().st_mode & 0o077 == 0
    assert progress_path(HERE.lesson).stat().st_mode & 0o077 == 0


def test_too_much_is_kept_without_the_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("engine.learner.progress_file.MOST_BYTES", 1000)
    long = HERE._replace(answers={12: "1" * 1000})
    save_progress(Progress(long, Knowledge().observe("slope relu", True)))
    here = HERE._replace(answers={})
    assert read_progress() == (Progress(here, Knowledge().observe("slope relu", True), {"and-gate": here}), [])


def test_of_a_file_only_so_much_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    save_progress(Progress(HERE))
    path = progress_path(HERE.lesson)
    path.write_text(path.read_text() + " " * 5000)
    assert read_file(path)[0] == HERE
    monkeypatch.setattr("engine.learner.progress_file.MOST_BYTES", 4000)
    path.write_text(" " * 5000 + path.read_text())
    with pytest.raises(UnreadableError):
        read_file(path)


@pytest.mark.parametrize("bent", [
    {"skills": {"slope": {"known": 1.01, "attempts": 1, "right": 1}}},
    {"skills": {"slope": {"known": -0.01, "attempts": 1, "right": 1}}},
    {"skills": {"slope": {"known": 0.5, "attempts": 1, "right": 2}}},
    {"skills": {"slope": {"known": 0.5, "attempts": 1, "right": -1}}},
    {"skills": {"slope": {"known": float("nan"), "attempts": 1, "right": 1}}},
    {"format": 2}, {"format": "1"}, {"place": {"lesson": "\ud800"}}, {"place": {"mode": "fly"}},
    {"place": {"form": "neither"}}, {"place": {"identity": "../x"}}, {"place": {"identity": 7}},
    {"place": {"file": "/x.toml", "lesson": "/y.toml"}}, {"place": {"mistakes": {"a b": 1}}},
    {"place": {"mistakes": {"sigmoid-sign": 0}}}, {"place": {"mistakes": {"x": 1.9}}},
    {"place": {"mistakes": {"sigmoid-sign": 10**9 + 1}}},
    {"place": {"mistakes": {f"m{k}": 1 for k in range(1001)}}}, {"place": {"mistakes": []}},
    {"place": {"answers": {"x": "1"}}}, {"place": {"epoch": None}},
    {"place": {"epoch": -7}}, {"place": {"furthest": 1e308}}, {"place": {"mistakes": {"": 1}}},
    {"place": {"changes": [{"epoch": 1, "name": "w13"}]}}], ids=str)
def test_what_no_handgrad_writes_is_not_read(bent: dict[str, dict[str, object]]) -> None:
    save_progress(Progress(HERE))
    path = progress_path(HERE.lesson)
    document = json.loads(path.read_text())
    for key, values in bent.items():
        document[key] = document[key] | values if isinstance(values, dict) else values
    path.write_text(json.dumps(document))
    with pytest.raises(UnreadableError):
        read_file(path)


def test_setting_aside_overwrites_nothing_not_even_a_link_to_nowhere() -> None:
    save_progress(Progress(HERE))
    path = progress_path(HERE.lesson)
    link = path.with_name(f"{path.name}.set-aside-1")
    link.symlink_to("nowhere")
    path.write_text(NEWER)
    save_progress(Progress(HERE))
    assert link.is_symlink()
    assert path.with_name(f"{path.name}.set-aside-2").read_text() == NEWER


def test_a_file_that_can_not_be_put_in_its_place_leaves_nothing_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    save_progress(Progress(HERE))
    before = state_of(progress_folder())

    def refuse(*_: object) -> None:
        raise OSError
    monkeypatch.setattr(os, "replace", refuse)
    with pytest.raises(NotKeptError):
        save_progress(Progress(HERE, Knowledge().observe("slope relu", True)))
    assert state_of(progress_folder()) == before
