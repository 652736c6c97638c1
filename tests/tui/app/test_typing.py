"""A line to type in: what is typed can be edited and is not lost; keys walk only where nothing is typed."""

import pytest
from screens import shown, write
from textual import events

from engine.learner.progress import Bookmark
from engine.trace.cursor import Cursor
from engine.walk.opening import open_walk
from engine.walk.walk import Walk
from lessons import and_trace
from tui.app.app import HandgradApp
from tui.view.canvas import Canvas, CellStyle
from tui.view.glyphs import ascii_form
from tui.view.prompt import LONGEST, Line, Recall, draw_line, edit


def app_at(step: int) -> HandgradApp:
    return HandgradApp(Walk(and_trace(), Cursor(1, step)))


@pytest.mark.parametrize(("keys", "text", "caret"), [
    ("left left", "a+bc d", 4), ("left delete", "a+bc ", 5), ("home x", "xa+bc d", 1), ("home delete", "+bc d", 0),
    ("home left", "a+bc d", 0),
    ("home backspace", "a+bc d", 0), ("right", "a+bc d", 6), ("home right backspace", "+bc d", 0),
    ("ctrl+w", "a+bc ", 5), ("left ctrl+w", "d", 0), ("left ctrl+u", "d", 0), ("home ctrl+k", "", 0),
    ("ctrl+a end y", "a+bc dy", 7),
    ("left left ctrl+e", "a+bc d", 6), ("backspace", "a+bc ", 5), ("home ctrl+w", "a+bc d", 0)])
def test_keys_that_edit(keys: str, text: str, caret: int) -> None:
    line = Line.of("a+bc d")
    for key in keys.split():
        line = edit(line, key, key if len(key) == 1 else None) or line
    assert line == (text, caret)


def test_other_keys_do_not_edit_and_what_is_too_long_is_left_out() -> None:
    assert edit(Line.of("1"), "pagedown", None) is None
    assert edit(Line.of("1"), "tab", "\t") is None
    assert Line.of("1").insert("2" * 999) == ("1" + "2" * (LONGEST - 1), LONGEST)


def test_what_was_entered_comes_back_and_what_is_being_typed_waits() -> None:
    recall = Recall()
    for text in ("1+1", "2+2", "2+2", " "):
        recall.add(text)
    assert [recall.turn("up", "9"), recall.turn("up", "2+2"), recall.turn("up", "1+1")] == ["2+2", "1+1", "1+1"]
    assert [recall.turn("down", "1+1"), recall.turn("down", "2+2"), recall.turn("left", "9")] == ["2+2", "9", None]


@pytest.mark.parametrize(("text", "caret", "seen", "under"), [
    ("1+2", 1, "1+2", "+"), ("1+2", 3, "1+2", " "), ("abcdefghijklmnopqrstuvwxyz", 26, "abcd…uvwxyz", " "),
    ("abcdefghijklmnopqrstuvwxyz", 0, "abcdefghijk…", "a"), ("abcdefghijklmnopqrstuvwxyz", 14, "abcd…lmnopq…", "o"),
    ("漢" * 8, 8, "漢漢…漢漢漢", " "), ("a" + "漢" * 8, 0, "a漢漢漢漢漢…", "a"),
    ("a" + "漢" * 8, 9, "a漢 …漢漢漢", " ")])
def test_the_caret_is_seen_and_a_long_line_keeps_its_head(text: str, caret: int, seen: str, under: str) -> None:
    canvas = Canvas(12, 1)
    draw_line(canvas, 0, 0, 12, Line(text, caret))
    assert canvas.text() == seen
    assert canvas.caret is not None
    assert [character for character, style in canvas.row(0) if style is CellStyle.FRESH] == [under]
    draw_line(Canvas(12, 1, ascii_form), 0, 0, 12, Line(text, caret))


async def test_an_answer_is_edited_in_the_middle() -> None:
    app = app_at(0)
    async with app.run_test(size=(80, 24)) as pilot:
        await write(pilot, "p0.3⏎0.8+0.1←←←9")
        assert " A3 = 0.8+90.1\n" in shown(app)
        assert app.walk.cursor == Cursor(1, 1)
        await write(pilot, "→→→→→")
        assert app.walk.cursor == Cursor(1, 1)  # nothing is filled in over what is typed
        await pilot.press("up")
        assert " A3 = 0.3\n" in shown(app)
        await pilot.press("down")
        assert " A3 = 0.8+90.1\n" in shown(app)


@pytest.mark.parametrize("movement", ["pagedown pageup", "f1 escape", "escape p", "tab tab tab"])
async def test_a_movement_loses_nothing_that_is_typed(movement: str) -> None:
    app = app_at(29)
    async with app.run_test(size=(80, 24)) as pilot:
        await write(pilot, "p0.8+")
        await pilot.press(*movement.split())
        assert app.walk.cursor == Cursor(1, 29)
        assert (app.walk.mode, app.walk.attempt.typed) == ("practise", "0.8+")


async def test_the_name_and_a_sign_may_stand_before_the_number() -> None:
    app = app_at(0)
    async with app.run_test(size=(80, 24)) as pilot:
        await write(pilot, "pZ3 = 0.3⏎=0.3⏎")
        assert app.walk.cursor == Cursor(1, 2)
        await write(pilot, "A3+1=")
        assert "A3+1 = 1.3" in shown(app)


async def test_what_can_not_be_read_is_spoken_of_until_typing_goes_on() -> None:
    app = app_at(0)
    async with app.run_test(size=(80, 24)) as pilot:
        await write(pilot, "pabc⏎")
        assert 'I can\'t read "abc": abc is no number that is known here' in shown(app)
        await write(pilot, "0")
        assert "I can't read" not in shown(app)
        assert " Z3 = abc0\n" in shown(app)  # it can be mended


async def test_the_calculator_begins_anew_with_each_calculation_and_the_one_before_can_be_edited() -> None:
    app = app_at(4)
    async with app.run_test(size=(80, 24)) as pilot:
        await write(pilot, "c1/(1+e^-0.89)")
        await pilot.press("home")
        await write(pilot, "3+")
        assert " calculate: 3+1/(1+e^-0.89)\n" in f"{shown(app)}\n"
        await write(pilot, "⏎")
        assert " calculate: 3+1/(1+e^-0.89) = 3.7088902" in shown(app)
        await write(pilot, "2*3⏎")
        assert " calculate: 2*3 = 6" in shown(app)
        await pilot.press("backspace")
        await write(pilot, "4⏎")
        assert " calculate: 2*4 = 8" in shown(app)
        await write(pilot, "2*⏎3⏎")
        assert " calculate: 2*3 = 6" in shown(app)


async def test_after_a_wrong_answer_the_caret_stays_and_the_next_number_takes_its_place() -> None:
    app = app_at(32)
    async with app.run_test(size=(80, 24)) as pilot:
        await write(pilot, "p0.3⏎→→")
        assert "Which was it?" in " ".join(shown(app).split())
        await write(pilot, "1")
        assert " ∂A3/∂Z3 = 1\n" in shown(app)
        assert "Which was it?" in " ".join(shown(app).split())


@pytest.mark.parametrize("keys", ["p", "P", "p⇥"])
async def test_a_number_begins_the_first_question_of_an_epoch_and_goes_nowhere_else(keys: str) -> None:
    app = HandgradApp(Walk(and_trace(), Cursor(2, 0)))
    async with app.run_test(size=(80, 24)) as pilot:
        await write(pilot, f"{keys}.3")
        assert (app.walk.cursor, app.walk.attempt.typed) == (Cursor(2, 0), ".3")
        await pilot.press("escape", "end", *keys.replace("⇥", ""), "3")
        assert app.walk.cursor == Cursor(2, 239)


async def test_from_practising_all_one_goes_on_by_hand() -> None:
    app = app_at(0)
    async with app.run_test(size=(80, 24)) as pilot:
        await write(pilot, "P0.3⏎⇥")
        assert app.walk.mode == "by hand"


async def test_the_terminals_cursor_is_where_one_types() -> None:
    app = app_at(0)
    async with app.run_test(size=(80, 24)) as pilot:
        await write(pilot, "p13←")
        column, row = app.cursor_position
        assert shown(app).splitlines()[row][:column + 1] == " Z3 = 13"
        await pilot.press("f1", "escape")
        await pilot.pause()
        assert app.cursor_position == (column, row)


async def test_each_prompt_recalls_what_was_entered_there() -> None:
    app = app_at(0)
    async with app.run_test(size=(80, 24)) as pilot:
        await write(pilot, "w")
        await pilot.press(*"w13", "equals_sign", "2", "enter", "g", "up")
        assert " go to: " in shown(app)
        assert "w13=2" not in shown(app).splitlines()[-1]
        await pilot.press("escape", "w", "up")
        assert "w13=2" in shown(app).splitlines()[-1]


async def test_a_note_that_is_longer_than_a_line_has_two() -> None:
    app = app_at(30)
    async with app.run_test(size=(80, 24)) as pilot:
        await write(pilot, "x→→x")
        assert "would be gone; once more, and other numbers are drawn" in " ".join(shown(app).split())


async def test_what_could_not_be_calculated_can_be_mended() -> None:
    app = app_at(5)
    async with app.run_test(size=(80, 24)) as pilot:
        await write(pilot, "cZ9⏎")
        assert "calculate: Z9  Z9 is no number that is known here" in shown(app)
        await pilot.press("backspace", "3", "enter")
        assert "Z3 = 0.3" in shown(app)


async def test_a_paste_stands_where_the_caret_is() -> None:
    app = app_at(0)
    async with app.run_test(size=(80, 24)) as pilot:
        await write(pilot, "p13←")
        app.post_message(events.Paste("+2+"))
        await pilot.pause()
        assert " Z3 = 1+2+3\n" in shown(app)
        await write(pilot, "⏎")
        app.post_message(events.Paste("\u200b\n0.3\n0.4"))  # in place of the answer that was taken
        await pilot.pause()
        assert " Z3 = 0.3\n" in shown(app)


async def test_the_wheel_scrolls_a_page_and_never_answers() -> None:
    app = app_at(0)
    async with app.run_test(size=(80, 24)) as pilot:
        app.on_mouse_scroll_down()
        assert app.walk.cursor == Cursor(1, 1)
        app.on_mouse_scroll_up()
        await pilot.press("question_mark")
        app.on_mouse_scroll_down()
        await pilot.pause()
        assert "lines 4 to 26" in shown(app)
        assert app.walk.cursor == Cursor(1, 0)
        await pilot.press("escape", "p")
        app.on_mouse_scroll_down()
        await write(pilot, "⇥0.3⏎")
        app.on_mouse_scroll_down()
        app.on_mouse_scroll_up()
        assert (app.walk.cursor, app.walk.exam and app.walk.exam.answers) == (Cursor(1, 1), {0: "0.3"})
        await pilot.press("escape")
        app.on_mouse_scroll_down()
        assert app.walk.results.is_open


async def test_on_a_small_screen_too_one_sees_what_is_asked_and_typed() -> None:
    app = app_at(30)
    async with app.run_test(size=(60, 10)) as pilot:
        await write(pilot, "p0.3⏎")
        assert " ∂A5/∂Z5 = 0.3\n The slope of a sigmoid lies between 0 and 1/4. 0.3 is not" in shown(app)


async def test_keys_that_matter_at_every_question_keep_their_places_in_the_last_line() -> None:
    app = app_at(30)
    async with app.run_test(size=(80, 24)) as pilot:
        await write(pilot, "p")
        before = shown(app).splitlines()[-1]
        await write(pilot, "0")
        after = shown(app).splitlines()[-1]
        assert before[:43] == after[:43] == " Enter check  ? hint  Esc watch  = result  "


async def test_what_can_be_turned_to_is_named_by_a_key_that_writes_nothing_while_one_is_asked() -> None:
    app = HandgradApp(open_walk(Bookmark("two-outputs", Cursor(1, 55))))
    async with app.run_test(size=(80, 24)) as pilot:
        assert "─ r other factors" in shown(app)
        await write(pilot, "p")
        assert "─ Ctrl+R other factors" in shown(app)
