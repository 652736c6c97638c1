"""The palette: every command, by its words."""

import pytest
from textual import events
from textual.pilot import Pilot
from textual.widgets import OptionList

from engine.trace.cursor import Cursor
from engine.walk.walk import Walk
from lessons import and_trace
from tui.app.app import HandgradApp
from tui.app.board import Board
from tui.app.lesson_screen import LessonScreen
from tui.app.page_screen import PageScreen
from tui.app.palette import Palette
from tui.app.themes import theme_names
from tui.config.keys import COMMANDS

TRACE = and_trace()


async def press(pilot: Pilot[None], *keys: str) -> None:
    await pilot.press(*keys)
    await pilot.pause()


async def test_the_palette_lists_every_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("textual.constants.COLOR_SYSTEM", "256")  # enough for themes
    app = HandgradApp(Walk(TRACE))
    async with app.run_test(size=(80, 24)) as pilot:
        listed = [command.help for command in app.get_system_commands(app.screen)]
        assert listed[:len(COMMANDS)] == [command.help for command in COMMANDS]
        assert len(listed) == len(COMMANDS) + 10 + len(theme_names())
        await press(pilot, "question_mark", "ctrl+p")
        assert isinstance(app.screen, Palette)
        await press(pilot, *"gradient (7")
        while not app.screen.query_one(OptionList).option_count:
            await pilot.pause(0.02)
        await press(pilot, "enter")
        while not isinstance(app.screen, LessonScreen):
            await pilot.pause(0.02)
        await pilot.pause()
        assert app.walk.cursor == Cursor(1, TRACE.script.batches[0].start_of(6) + 1)


async def test_while_a_number_is_typed_it_opens_what_a_letter_would() -> None:
    app = HandgradApp(Walk(TRACE, Cursor(1, 29)))
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "p", "f1")
        page = app.screen.query_one(Board)
        assert page.render_line(0).text.startswith("─ Keys while you are asked ─")
        assert any(page.render_line(y).text.startswith(" Ctrl+P     any other command") for y in range(23))
        await press(pilot, "escape", "3", "ctrl+p", *"mix")
        while not app.screen.query_one(OptionList).option_count:
            await pilot.pause(0.02)
        await press(pilot, "enter")
        while not isinstance(app.screen, PageScreen):
            await pilot.pause(0.02)
        await press(pilot, "escape")
        assert (app.walk.mode, app.walk.attempt.typed) == ("practise", "3")


async def test_the_palette_turns_no_page_before_there_is_one() -> None:
    app = HandgradApp(Walk(TRACE))
    async with app.run_test(size=(80, 24)):
        palette = Palette()
        await app.push_screen(palette)
        palette.query_one(OptionList).add_option("next").highlighted = 0
        await palette.run_action("command_list('page_up')")
        assert app.screen is palette


@pytest.mark.parametrize(("key", "step"), [("enter", 179), ("escape", 0)])
async def test_the_palette_is_left_once_however_often_it_is_asked(key: str, step: int) -> None:
    app = HandgradApp(Walk(TRACE))
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "ctrl+p", *"gradient (7")
        while not app.screen.query_one(OptionList).option_count:
            await pilot.pause(0.02)
        for _ in range(4):
            app.post_message(events.Key(key, None))
        while not isinstance(app.screen, LessonScreen):
            await pilot.pause(0.02)
        await pilot.pause()
        assert app.walk.cursor.step >= step  # what comes after its end is the lesson's
