"""Textual's private parts are where they were; and without them the app still works by Textual's public ways."""

import inspect

import pytest
from screens import shown, write
from textual import _compositor
from textual.app import App
from textual.driver import Driver
from textual.geometry import Region
from textual.screen import Screen
from textual.widget import Widget

from engine.trace.cursor import Cursor
from engine.walk.walk import Walk
from lessons import and_trace
from tui.app import textual_private
from tui.app.app import HandgradApp
from tui.app.board import Board
from tui.view.layout import picture

TRACE = and_trace()
NAMES = ("DISPLAY", "BATCH_COUNT", "DRIVER", "STYLES_CACHE")


def test_an_update_is_what_the_compositor_calls_so() -> None:
    assert issubclass(textual_private.Change, _compositor.CompositorUpdate)
    assert list(inspect.signature(_compositor.CompositorUpdate.render_segments).parameters) == ["self", "console"]


def test_an_app_displays_an_update_of_a_screen() -> None:
    assert list(inspect.signature(getattr(App, textual_private.DISPLAY)).parameters) == ["self", "screen", "renderable"]


async def test_an_app_counts_what_holds_its_updates_back_and_has_a_driver() -> None:
    app = App[None]()
    async with app.run_test():
        assert getattr(app, textual_private.BATCH_COUNT) == 0
        with app.batch_update():
            assert getattr(app, textual_private.BATCH_COUNT) == 1
        driver = getattr(app, textual_private.DRIVER)
        assert isinstance(driver, Driver)
        assert list(inspect.signature(driver.write).parameters) == ["data"]


def test_a_widget_keeps_lines_that_can_be_called_dirty() -> None:
    cache = getattr(Widget(), textual_private.STYLES_CACHE)
    cache.set_dirty(Region(0, 3, 80, 2))
    assert [y for y in range(10) if cache.is_dirty(y)] == [3, 4]


def test_an_app_pictures_what_was_raised_in_a_place_of_its_own() -> None:
    """Where it is not (the app then ends all the same, see tests/tui/terminal/test_faults.py)."""
    assert list(inspect.signature(App._fatal_error).parameters) == ["self"]
    assert textual_private.WithoutTraceback._fatal_error is not App._fatal_error


@pytest.fixture(params=[*NAMES, "CompositorUpdate"])
def gone(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """A release in which a private part has another name."""
    value = object if request.param == "CompositorUpdate" else "_of_another_release"
    monkeypatch.setattr(textual_private, request.param, value)
    return str(request.param)


@pytest.mark.usefixtures("gone")
async def test_without_a_private_part_a_lesson_is_stepped() -> None:
    app = HandgradApp(Walk(TRACE, Cursor(1, 30)))
    async with app.run_test(size=(80, 24)) as pilot:
        for keys in ("→→→", "↓", "n", "g2:7⏎"):
            await write(pilot, keys)
            assert shown(app) == composed(app.screen) == picture(app.walk, 80, 24).text()
        await write(pilot, "m")
        assert "Lessons" in composed(app.screen)


async def test_without_a_private_part_changes_are_painted_by_textual(
        gone: str, monkeypatch: pytest.MonkeyPatch) -> None:
    painted: list[Region] = []
    app = HandgradApp(Walk(TRACE, Cursor(1, 30)))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        monkeypatch.setattr(Board, "refresh", lambda _self, *regions, **_: painted.extend(regions))
        await write(pilot, "→")
    assert bool(painted) == (gone != "DRIVER")
    assert all(region.height == 1 for region in painted)


def composed(screen: Screen[object]) -> str:
    """What Textual would draw of a whole screen."""
    strips = screen._compositor.render_strips()
    return "\n".join(strip.text.rstrip() for strip in strips)
