"""Pages in front of a lesson: all their lines can be read, whatever the size of the screen."""

import re
from dataclasses import replace
from functools import partial

import pytest

from engine.learner.knowledge import Knowledge
from engine.learner.progress import Occurrence
from engine.lesson.lesson import load, shipped_lessons
from engine.lesson.notes import without_emphasis
from engine.trace.cursor import Cursor
from engine.trace.trace import Trace
from engine.walk.walk import Walk
from lessons import and_trace
from tui.config.keys import KEYS
from tui.view.glyphs import Spelling, ascii_form
from tui.view.pages import SIGNS, Page, asked_entries, key_entries, page, words

SIZES = [(120, 40), (80, 24), (79, 10), (40, 12), (20, 4)]


def page_of(name: str, spelled: Spelling = str) -> Page:
    return page(name, Walk(and_trace(), Cursor(1, 38)), spelled)


def read_through(shown: Page, width: int, height: int) -> str:
    """All that one reads who scrolls from the first line to the last, line by line; without spaces."""
    last = shown.first_line(10**6, width, height)
    pictures = [shown.picture(width, height, first).text().split("\n")[:-1] for first in range(last + 1)]
    return squeezed(" ".join([picture[0] for picture in pictures] + pictures[-1][1:]))


def squeezed(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("spelled", [str, ascii_form])
def test_nothing_of_the_keys_and_signs_is_cut(size: tuple[int, int], spelled: Spelling) -> None:
    text = read_through(page_of("help", spelled), *size)
    for sign, words_for_it in (*key_entries(KEYS), *SIGNS, *asked_entries(KEYS)):
        assert squeezed(spelled(sign)) in text
        assert squeezed(spelled(words_for_it)) in text


def test_the_help_explains_every_way_to_write_a_number() -> None:
    assert squeezed("4.39e−4 0.000439") in read_through(page_of("help"), 80, 24)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("lesson", shipped_lessons())
def test_nothing_of_an_introduction_is_cut(lesson: str, size: tuple[int, int]) -> None:
    trace = Trace(load(lesson))
    place = Cursor(1, trace.script.batches[0].backward_end)
    text = read_through(page("words", Walk(trace, place), str), *size)
    assert squeezed(without_emphasis(trace.lesson.introduction)) in text
    assert squeezed(trace.note(1, place.step - 1)) in text


@pytest.mark.parametrize("size", SIZES)
def test_nothing_of_what_is_known_is_cut(size: tuple[int, int]) -> None:
    assert "whatnext:practiseZ," in read_through(page_of("skills"), *size)


@pytest.mark.parametrize("size", SIZES)
def test_nothing_of_what_is_mixed_up_is_cut(size: tuple[int, int]) -> None:
    said = "0.14555 has the sign turned: the inner derivative, that of y − A by A, is −1."
    last = Occurrence("∂Loss/∂A5", 2, 3, said, "loss_slope", 1, 0)
    walk = Walk(and_trace(), lesson="and-gate", mistakes={"residual-sign": 4}, last_made={"residual-sign": last})
    text = read_through(page("mixups", walk, str), *size)
    assert squeezed(f"4 times, last on row 3 in epoch 2 of AND gate, by hand. For ∂Loss/∂A5 your {said}") in text
    assert squeezed("Next: practise ∂Loss/∂A: p.") in text


def test_skills_that_no_lesson_of_the_course_has_are_listed_once_they_are_asked() -> None:
    softplus = "activation softplus"
    asked = Knowledge().observe(softplus, is_right=True)
    for knowledge, is_listed in ((Knowledge(), False), (asked, True)):
        shown = read_through(page("skills", Walk(and_trace(), knowledge=knowledge), str), 80, 24)
        assert ("Aofsoftplus" in shown) == is_listed
        assert "AofleakyReLU" not in shown
        assert "Aoftanh" in shown


def test_movements_stand_side_by_side_where_there_is_room() -> None:
    wide, narrow = (page_of("help").picture(width, 24, 0).text() for width in (80, 60))
    assert "one number forward           ← h        one number back" in wide
    assert len(page_of("help", ascii_form).lines(80)) == len(page_of("help").lines(80))
    assert "one number forward\n ← h        one number back" in narrow


HELP_LINES = len(page_of("help").lines(80))


@pytest.mark.parametrize(("wanted", "first"), [
    (-5, 0), (0, 0), (9, 9), (HELP_LINES - 23, HELP_LINES - 23), (HELP_LINES - 22, HELP_LINES - 23),
    (10**6, HELP_LINES - 23)])
def test_a_screen_is_filled_as_far_as_there_are_lines(wanted: int, first: int) -> None:
    shown = page_of("help")
    assert shown.first_line(wanted, 80, 24) == first
    assert f"lines {first + 1} to {first + 23} of {HELP_LINES}" in shown.picture(80, 24, wanted).text()


def test_where_all_fits_nothing_scrolls() -> None:
    shown = page_of("help")
    assert shown.first_line(7, 80, HELP_LINES + 1) == 0
    assert "lines" not in shown.picture(80, HELP_LINES + 1, 7).text().split("\n")[-1]
    assert f"lines 1 to {HELP_LINES - 1} of {HELP_LINES}" in shown.picture(80, HELP_LINES, 0).text()


def test_text_is_no_markup() -> None:
    lesson = replace(load("and-gate"), title="[/b] [TODO]", introduction="[@click=app.quit]")
    text = Page(partial(words, spelled=str, lesson=lesson, note="[red]"), str).picture(80, 24, 0).text()
    assert text.startswith("─ [/b] [TODO] ─")
    assert "[@click=app.quit]" in text
    assert "Here: [red]" in text


def test_the_last_line_of_a_page_is_whole_in_60_columns() -> None:
    last = page_of("help").picture(60, 20, 0).text().split("\n")[-1]
    assert re.fullmatch(r" Esc back  ↑ ↓ Space lines 1 to 19 of \d+", last)
