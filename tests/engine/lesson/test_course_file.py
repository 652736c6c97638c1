"""A course's file: its groups, or what is wrong with it."""

import pytest

from engine.lesson.course_file import Group, read_groups
from engine.lesson.toml_file import TomlError

GATES = '[[groups]]\nname = "Gates"\nlessons = ["or-gate", "nor-gate"]\n'


def test_a_course_has_groups_or_an_order_alone() -> None:
    assert read_groups(GATES) == (Group("Gates", ("or-gate", "nor-gate")),)
    assert read_groups('lessons = ["b", "a"]') == (Group("", ("b", "a")),)


@pytest.mark.parametrize(("text", "said"), [
    ("", "no lessons; expected lessons = [...], or [[groups]]"),
    (f'lessons = ["a"]\n{GATES}', "both lessons and groups; expected lessons = [...], or [[groups]]"),
    ('[groups]\nname = "A"\nlessons = ["a"]', "groups: a table; expected a list of 1 to 50 groups, each begun by "
     "[[groups]] (line 1)"),
    (f'{GATES}[[groups]]\nname = "More"\nlessons = ["nor-gate"]',
     'groups, group 1, lessons: "nor-gate", which stands in it 2 times; expected each lesson once (line 3)\n'
     'groups, group 2, lessons: "nor-gate", which stands in it 2 times; expected each lesson once (line 6)'),
    (GATES.replace("Gates", r"\u001b[2J"), r'groups, group 1, name: "\x1b[2J", with a control character U+001B as '
     "character 1; expected a line of text of 1 to 40 characters (line 2)"),
    (f"{GATES}order = 1", "groups, group 1, order: unknown key; expected one of name, lessons (line 4)")])
def test_what_is_wrong_with_a_course(text: str, said: str) -> None:
    with pytest.raises(TomlError) as caught:
        read_groups(text)
    assert str(caught.value) == said
