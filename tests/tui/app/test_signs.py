"""ASCII in place of signs, and back, while they are shown."""

import pytest
from screens import shown
from textual import events
from textual.command import CommandPalette
from textual.geometry import Size

from engine.trace.cursor import Cursor
from engine.walk.walk import Walk
from lessons import and_trace
from tui.app import sign_watch
from tui.app.app import HandgradApp
from tui.config.configuration import DEFAULT
from tui.config.keys import COMMANDS, rebind
from tui.view.glyphs import Signs, Spelling, ascii_form, console_form
from tui.view.layout import picture

TRACE = and_trace()
PLACE = Walk(TRACE, Cursor(1, 38))
MOST_PAUSES = 500


async def test_a_key_shows_ascii_alone_and_the_signs_again() -> None:
    app = HandgradApp(PLACE)
    async with app.run_test(size=(80, 24)) as pilot:
        before = shown(app)
        await pilot.press("A")
        assert "ASCII alone" in shown(app)
        await pilot.press("right", "left")
        assert shown(app) == picture(app.walk, 80, 24, ascii_form).text()
        await pilot.press("A", "right", "left")
        assert shown(app) == before


@pytest.mark.parametrize("key", ["question_mark", "m", "i", "s"])
async def test_in_front_of_the_lesson_too(key: str) -> None:
    app = HandgradApp(PLACE)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(key)
        before = shown(app)
        assert not before.isascii()
        await pilot.press("ctrl+l")
        assert shown(app).isascii()
        await pilot.press("ctrl+l")
        assert shown(app) == before
        await pilot.press("ctrl+l", "escape", "right", "left")
        assert shown(app) == picture(app.walk, 80, 24, ascii_form).text()


async def test_it_writes_nothing_where_something_is_typed() -> None:
    app = HandgradApp(PLACE)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("p", "0", "full_stop", "ctrl+l", "3", "A")
        assert app.walk.attempt.typed == "0.3A"
        assert shown(app).isascii()


async def test_a_key_that_edits_edits_whatever_a_learner_has_chosen_it_for() -> None:
    keys, _ = rebind(COMMANDS, {"signs": ("delete",)})
    app = HandgradApp(PLACE, configuration=DEFAULT._replace(keys=keys))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("p", "0", "1", "home", "delete")
        assert app.walk.attempt.typed == "1"
        assert not shown(app).isascii()


async def test_the_palette_is_opened_again_in_the_other_signs() -> None:
    app = HandgradApp(PLACE)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("ctrl+p", "ctrl+l")
        assert isinstance(app.screen, CommandPalette)
        await pilot.press("escape", "right", "left")
        assert len(app.screen_stack) == 1
        assert shown(app).isascii()


async def test_where_nothing_else_can_be_written_it_stays_ascii() -> None:
    app = HandgradApp(PLACE, Signs(ascii_form, is_ascii_alone=True))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("A")
        assert "nothing else can be written here" in shown(app)
        assert shown(app).isascii()


@pytest.mark.parametrize("event", [events.AppFocus(), events.Resize(Size(80, 24), Size(80, 24)), None])
async def test_another_terminal_is_noticed(event: events.Event | None, monkeypatch: pytest.MonkeyPatch) -> None:
    """When it comes to the front, at a new size, at the first key after a while."""
    monkeypatch.setattr(sign_watch, "SECONDS_OF_SILENCE", 1000 if event else -1)
    found: list[Spelling | None] = [str]
    signs = Signs(anew=lambda: found[-1])
    app = HandgradApp(PLACE, signs)
    async with app.run_test(size=(80, 24)) as pilot:
        for spelling in (console_form, None, ascii_form, str):
            found.append(spelling)
            if event:
                app.post_message(type(event)(event.size, event.size) if isinstance(event, events.Resize)
                                 else events.AppFocus())
            else:
                await pilot.press("right", "left")
            await app.workers.wait_for_complete()
            expected = picture(app.walk, 80, 24, spelling or console_form).text()
            for _ in range(MOST_PAUSES):  # it is drawn some time after the terminal has answered
                await pilot.pause(0.02)
                if shown(app) == expected:
                    break
            assert signs.now is (spelling or console_form)
            assert shown(app) == expected


async def test_what_the_learner_wants_stays_until_the_terminal_is_another() -> None:
    signs = Signs(anew=lambda: str)
    assert not signs.find(str)
    assert signs.switch() == "ASCII alone"
    assert not signs.find(str)
    assert signs.now is ascii_form
    assert signs.find(console_form)
    assert signs.now is console_form
