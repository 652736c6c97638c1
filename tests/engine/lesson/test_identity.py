"""What a lesson is known by: what its walk is made of, and no word of it."""

import pytest

from engine.lesson.identity import id_in, key_of
from engine.lesson.lesson import Lesson, load, parse, shipped_lessons
from engine.tutor.starting_values import draw_starting_values

TEXT = shipped_lessons()["and-gate"].read_text("utf-8").replace('id = "and-gate"', 'id = "mine"')
KEY = "mine-2c8f161ca6f2"  # in learners' files: another sum for the same lesson would take their places from them


def changed(old: str, new: str) -> Lesson:
    assert old in TEXT
    return parse(TEXT.replace(old, new), "mine.toml")


def test_a_lesson_is_known_by_its_id_and_by_what_it_is_made_of() -> None:
    lesson = parse(TEXT, "mine.toml")
    assert key_of(lesson) == key_of(draw_starting_values(lesson, 3)) == KEY
    assert id_in(KEY) == "mine"


@pytest.mark.parametrize(("old", "new"), [
    ('title = "AND gate, by hand"', 'title = "UND von Hand"'), ("[[notes]]", "# a comment\n[[notes]]"),
    ('text = "All', 'text = "So: all'), ('introduction = """\n', 'introduction = """\nFirst of all: '),
    ("0.8\n", "0.80\n"), ('"x1"', '"first"'),
    ("epoch = 4", "epoch = 5")])
def test_words_may_be_mended(old: str, new: str) -> None:
    assert key_of(changed(old, new)) == KEY


@pytest.mark.parametrize(("old", "new"), [
    ("0.8\n", "0.81\n"), ("learning_rate = 0.5", "learning_rate = 0.25"), ('"mse"', '"half_sse"'), ('"relu"', '"tanh"'),
    ("[1, 0, 0]", "[1, 0, 1]"), ('"w13", "w23"', '"w23", "w13"'), ('id = "mine"', 'id = "other"')])
def test_other_numbers_are_another_lesson(old: str, new: str) -> None:
    assert key_of(changed(old, new)) not in (KEY, "mine")


@pytest.mark.parametrize("name", shipped_lessons())
def test_a_copy_of_a_shipped_lesson_is_that_lesson(name: str) -> None:
    lesson = load(name)
    assert key_of(lesson) == id_in(name) == name
    assert key_of(parse(shipped_lessons()[name].read_text("utf-8").replace("learning_rate = ", "learning_rate = 1"),
                        "copy.toml")) != name
