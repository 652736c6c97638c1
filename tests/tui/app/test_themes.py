"""Themes: each text can be read in each, and they can be chosen."""

import pytest
from rich.color import ColorSystem
from rich.style import Style
from screens import write
from textual.color import Color

from engine.trace.cursor import Cursor
from engine.walk.walk import Walk
from lessons import and_trace
from tui.app.app import HandgradApp
from tui.app.board import Board
from tui.app.themes import contrast, own_colors_theme, readable, theme_names
from tui.config.configuration import TERMINAL_THEME, Configuration
from tui.view.canvas import CellStyle

TRACE, PLACE = and_trace(), Cursor(1, 38)
LEAST_CONTRAST = 4.5


@pytest.fixture(autouse=True)
def _true_colours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("textual.constants.COLOR_SYSTEM", "truecolor")


def app_in(theme: str) -> HandgradApp:
    return HandgradApp(Walk(TRACE, PLACE), configuration=Configuration(theme=theme))


def painted_styles(board: Board) -> dict[CellStyle, Style]:
    """The style of each role on the board, as it is painted."""
    return {style: board._style(style) for style in CellStyle}


@pytest.mark.parametrize(("colors", "ratio"), [
    (("black", "white"), 21), (("#777777", "white"), 4.48), (("red", "red"), 1), (("white", "#0000ff"), 8.59)])
def test_contrast_is_what_wcag_says(colors: tuple[str, str], ratio: float) -> None:
    one, other = map(Color.parse, colors)
    assert contrast(one, other) == contrast(other, one) == pytest.approx(ratio, abs=0.005)


def test_what_can_be_read_stays_as_it_is_and_the_rest_moves_away_from_the_background() -> None:
    assert readable(Color.parse("#00005f"), Color.parse("white")) == Color.parse("#00005f")
    assert readable(Color.parse("yellow"), Color.parse("white")).brightness < 0.5
    assert readable(Color.parse("#202020"), Color.parse("black")).brightness > 0.4
    assert readable(Color.parse("black"), Color.parse("black")).brightness > 0.4


@pytest.mark.parametrize("theme", theme_names()[1:])
async def test_every_kind_of_text_can_be_read_in_every_theme(theme: str) -> None:
    app = app_in(theme)
    async with app.run_test(size=(80, 24)):
        assert not app.ansi_color
        background = Color.parse(app.theme_variables["background"])
        for role, style in painted_styles(app.screen.query_one(Board)).items():
            assert style.color, role
            assert style.bgcolor, role
            assert Color.from_rich_color(style.bgcolor) == background
            assert not style.dim, f"{role}: how dim is the terminal's to say"
            for system in (ColorSystem.TRUECOLOR, ColorSystem.EIGHT_BIT):
                shown = [Color(*color.downgrade(system).get_truecolor()) for color in (style.color, style.bgcolor)]
                assert contrast(*shown) >= LEAST_CONTRAST, (role, system)


async def test_the_terminals_own_colours_say_nothing_of_the_background() -> None:
    app = app_in(TERMINAL_THEME)
    async with app.run_test(size=(80, 24)):
        assert app.ansi_color
        styles = painted_styles(app.screen.query_one(Board))
        assert not [style for style in styles.values() if style.bgcolor]
        assert {style.color.number for style in styles.values() if style.color} == {1, 2, 5, 12}
        assert styles[CellStyle.MUTED].dim


async def test_a_theme_is_chosen_while_the_app_runs_and_left_again() -> None:
    """Cells that change and cells that Textual draws look alike, in the new theme."""
    app = app_in(TERMINAL_THEME)
    async with app.run_test(size=(80, 24)) as pilot:
        board = app.screen.query_one(Board)
        own = painted_styles(board)
        commands = {command.title: command.callback for command in app.get_system_commands(app.screen)}
        for name in theme_names()[1:]:
            commands[f"theme: {name}"]()
            await pilot.pause()
            background = Color.parse(app.theme_variables["background"])
            assert {Color.from_rich_color(segment.style.bgcolor)
                    for strip in app.screen._compositor.render_strips() for segment in strip
                    if segment.style and not segment.style.reverse} == {background}
            await write(pilot, "→")
            assert f"48;2;{background.r};{background.g};{background.b}" in board._codes(CellStyle.TEXT)
        commands[f"theme: {TERMINAL_THEME}"]()
        await pilot.pause()
        assert painted_styles(board) == own


@pytest.mark.parametrize("environment", ["NO_COLOR", "TEXTUAL_COLOR_SYSTEM"])
async def test_where_there_are_too_few_colours_they_are_the_terminals(
        environment: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if environment == "NO_COLOR":
        monkeypatch.setenv(environment, "1")
    else:
        monkeypatch.setattr("textual.constants.COLOR_SYSTEM", "standard")
    app = app_in("nord")
    async with app.run_test(size=(80, 24)):
        assert app.theme == TERMINAL_THEME
        assert app.ansi_color
        assert not [command for command in app.get_system_commands(app.screen) if command.title.startswith("theme")]


def test_the_theme_of_own_colours_needs_none_of_textuals() -> None:
    assert own_colors_theme({}).name == TERMINAL_THEME
