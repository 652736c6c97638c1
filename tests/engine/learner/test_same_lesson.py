"""Progress belongs to what a lesson is known by, not to where its file is; files of before are read as ever."""

import json
from pathlib import Path

import pytest

from engine.learner.progress import Bookmark, Occurrence, Progress, bookmark_of, count_one
from engine.learner.progress_folder import (
    progress_folder,
    progress_path,
    read_lessons,
    read_progress,
    reset_knowledge,
    save_progress,
)
from engine.trace.cursor import Cursor

KEY, OTHER = "mine-0123456789ab", "mine-ffffffffffff"
HERE = Bookmark("/a/mine.toml", Cursor(2, 3), furthest=5, identity=KEY)
LAST = Occurrence("∂A5/∂Z5", 2, 3, "0.29111 is 1−A; the slope is A·(1−A).", "slope sigmoid", 4, 2)
COPY = Bookmark("/a/copy.toml", Cursor(2, 3), identity="and-gate", mistakes={"sigmoid-sign": 2})


def save(*places: Bookmark) -> None:
    for place in places:
        save_progress(Progress(place))


def write_as_before(place: Bookmark) -> Path:
    """A file as it was written before lessons were known by more than their path."""
    save(place._replace(identity=""))
    path = progress_path(place.lesson)
    document = json.loads(path.read_text())
    del document["place"]["identity"], document["place"]["mistakes"]
    path.write_text(json.dumps(document))
    return path


def test_wherever_its_file_is_a_lesson_has_one_progress_file() -> None:
    save(HERE, there := HERE._replace(lesson="/b/other name.toml", cursor=Cursor(3, 1)))
    assert [path.name for path in progress_folder().iterdir()] == [f"{KEY}.json"]
    assert read_progress()[0] == Progress(there, bookmarks={KEY: there})


def test_a_copy_of_a_shipped_lesson_shares_its_file_and_is_that_lesson_to_a_handgrad_of_before() -> None:
    save(Bookmark("and-gate", Cursor(1, 1), furthest=7), COPY)
    assert [path.name for path in progress_folder().iterdir()] == ["and-gate.json"]
    assert json.loads(progress_path("and-gate").read_text())["place"]["lesson"] == "and-gate"
    assert read_progress()[0].bookmarks == {"and-gate": COPY._replace(furthest=7)}


@pytest.mark.parametrize("is_last", [False, True])
def test_what_a_handgrad_of_before_has_kept_of_the_same_file_is_of_the_same_lesson(is_last: bool) -> None:
    """Whichever of the two was used last; its own file stays as it is."""
    before = HERE._replace(cursor=Cursor(4, 4), furthest=6, identity="")
    if is_last:
        save(HERE)
    text = (path := write_as_before(before)).read_text()
    if not is_last:
        assert read_progress()[0] == Progress(before, bookmarks={before.lesson: before})
        save(HERE)
    last = (before if is_last else HERE)._replace(furthest=6)
    assert bookmark_of(read_progress()[0].bookmarks, KEY, HERE.lesson) == last
    assert path.read_text() == text


def test_what_a_handgrad_of_before_has_kept_is_not_of_another_lesson_that_the_file_has_become() -> None:
    other = Bookmark(HERE.lesson, Cursor(1, 1), identity="other-0123456789ab")
    write_as_before(HERE)
    save(HERE)
    assert bookmark_of(read_progress()[0].bookmarks, other.key, HERE.lesson) is None
    save(other)
    assert bookmark_of(read_progress()[0].bookmarks, other.key, HERE.lesson) == other
    assert bookmark_of(read_progress()[0].bookmarks, KEY, HERE.lesson) == HERE


def test_what_a_handgrad_of_before_has_kept_since_counts_where_the_same_lesson_was_at_two_paths() -> None:
    save(HERE._replace(lesson="/b/mine.toml", cursor=Cursor(1, 4)))
    write_as_before(HERE._replace(cursor=Cursor(3, 2), furthest=3))
    found = bookmark_of(read_progress()[0].bookmarks, KEY, HERE.lesson)
    assert found
    assert (found.cursor, found.furthest) == (Cursor(3, 2), 5)


def test_the_lesson_itself_comes_before_what_its_file_was_before() -> None:
    edited = HERE._replace(identity=OTHER, cursor=Cursor(9, 9))
    elsewhere = HERE._replace(lesson="/b/mine.toml")
    old = HERE._replace(identity="")
    for places, key, found in (
            ((edited, elsewhere), KEY, elsewhere), ((HERE, edited), "mine-111111111111", edited),
            ((old,), KEY, old), ((HERE,), "other-111111111111", None), ((elsewhere,), OTHER, None)):
        assert bookmark_of({place.key: place for place in places}, key, "/a/mine.toml") == found


def test_of_two_sessions_mistakes_the_larger_counts_are_kept_however_often_they_are_saved() -> None:
    for mistakes in ({"a": 2, "b": 1}, {"a": 3, "c": 1}, {"a": 2, "b": 1}):
        save(HERE._replace(mistakes=mistakes))
    kept, = read_lessons()
    assert kept.bookmark.mistakes == {"a": 3, "b": 1, "c": 1}
    reset_knowledge()
    assert read_progress()[0].bookmarks[KEY] == HERE


def test_where_a_mistake_was_made_last_the_session_knows_that_has_made_it_more_often() -> None:
    """Whichever is saved last; forgotten with what is known."""
    mine, theirs = HERE._replace(mistakes={"a": 3}, last_made={"a": LAST}), HERE._replace(
        mistakes={"a": 2, "b": 1}, last_made={"a": LAST._replace(row=None), "b": LAST})
    save(mine, theirs)
    assert read_progress()[0].bookmarks[KEY].last_made == {"a": LAST, "b": LAST}
    save(mine._replace(last_made={"a": LAST._replace(epoch=3)}))
    assert read_progress()[0].bookmarks[KEY].last_made["a"].epoch == 3
    reset_knowledge()
    assert read_progress()[0].bookmarks[KEY] == HERE
    assert "0.29111" not in progress_path(KEY).read_text()


def test_files_of_before_have_counts_alone_and_what_a_file_says_is_text() -> None:
    save(HERE._replace(mistakes={"a": 1}, last_made={"a": LAST}))
    document = json.loads((path := progress_path(KEY)).read_text())
    document["place"]["last_made"]["a"]["said"] = "\x1b[2J" + 500 * "x"
    document["place"]["last_made"]["of-no-count"] = document["place"]["last_made"]["a"]
    path.write_text(json.dumps(document))
    (name, last), = read_progress()[0].bookmarks[KEY].last_made.items()
    assert (name, last.said[:8], len(last.said) < 500) == ("a", "\\x1b[2Jx", True)
    del document["place"]["last_made"]
    path.write_text(json.dumps(document))
    assert read_progress()[0].bookmarks[KEY] == HERE._replace(mistakes={"a": 1})


def test_a_count_that_can_not_grow_stays_readable() -> None:
    save(HERE._replace(mistakes=count_one({"a": 10**9}, "a")))
    assert read_progress()[0].bookmarks[KEY].mistakes == {"a": 10**9}
