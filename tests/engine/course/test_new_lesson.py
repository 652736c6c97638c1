"""What a new lesson is called by."""

import pytest

from engine.course.new_lesson import lesson_id


@pytest.mark.parametrize(("file", "wanted"), [
    ("course/My NOR 2.toml", "my-nor-2"), ("Mein Größe.toml", "mein-groesse"), ("Gro\u0308ße.toml", "groesse"),
    ("élève n°1.toml", "eleve-n-1"), ("Łódź.toml", "lodz"), ("身高.toml", "my-lesson"), ("Урок 1.toml", "my-lesson"),
    ("--.toml", "my-lesson"), ("a" * 59 + "-b.toml", "a" * 59)])
def test_an_id_is_made_from_a_name(file: str, wanted: str) -> None:
    assert lesson_id(file) == wanted
