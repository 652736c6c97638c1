"""The app through Textual's Pilot, with real keys."""

import pytest
from textual.dom import DOMNode
from textual.pilot import Pilot

from engine.trace.cursor import Cursor
from engine.walk.opening import load_trace
from engine.walk.walk import Walk
from lessons import and_trace
from tui.app import board
from tui.app.app import HandgradApp
from tui.app.board import Board
from tui.app.cell_update import CellUpdate
from tui.app.lesson_screen import LessonScreen
from tui.app.page_screen import PageScreen
from tui.app.textual_private import Change
from tui.config.keys import COMMANDS
from tui.view.layout import picture
from tui.view.pages import page

TRACE, START = and_trace(), Cursor(1, 0)


def app_at(at: Cursor = START) -> HandgradApp:
    return HandgradApp(Walk(TRACE, at))


def shown(app: HandgradApp) -> str:
    """What is on the screen, as the board would be asked line by line."""
    painted = app.screen.query_one(Board)
    return "\n".join(painted.render_line(y).text.rstrip() for y in range(painted.size.height))


def running(nodes: list[DOMNode]) -> list[str]:
    return [timer.name for node in nodes for timer in node._timers if timer._active.is_set()]


def composed(app: HandgradApp) -> str:
    """What Textual draws of the whole screen."""
    return "\n".join(strip.text.rstrip() for strip in app.screen._compositor.render_strips())


async def press(pilot: Pilot[None], *keys: str) -> None:
    await pilot.press(*keys)
    await pilot.pause()


@pytest.mark.parametrize(("keys", "place"), [
    (["right"], "1:39"), (["space"], "1:39"), (["l"], "1:39"), (["left"], "1:37"), (["h"], "1:37"), (["down"], "1:41"),
    (["j"], "1:41"), (["up"], "1:35"), (["k"], "1:35"), (["n"], "1:55"), (["N"], "1:30"), (["pagedown"], "1:54"),
    (["pageup"], "1:29"), (["e"], "2:38"), (["e", "E"], "1:38"), (["home"], "1:0"), (["end"], "1:239"), (["1"], "1:30"),
    (["9"], "1:214"), (["end", "right"], "2:0"), (["end", "right", "left"], "1:239"), (["e", "u"], "1:38"),
    (["g", *"4:29", "enter"], "4:29"), (["g", "7", "enter"], "7:0"), (["g", "7", "escape"], "1:38"),
    (["v", "v"], "1:38"),
])
async def test_keys_go_where_the_table_says(keys: list[str], place: str) -> None:
    app = app_at(Cursor(1, 38))
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, *keys)
        assert str(app.walk.cursor) == place
        assert shown(app) == picture(app.walk, 80, 24).text()


async def test_a_key_gives_more_digits_and_says_how_many() -> None:
    """A figure of nine digits that a lesson names can be seen at 80×24."""
    walk = Walk(load_trace("worked-example"), Cursor(1, 10), "worked-example")
    app = HandgradApp(walk)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "full_stop", "full_stop")
        assert "Loss = Σ rows = 0.2983711088" in shown(app)
        assert "10 digits of the number in hand, 5 in the tables" in shown(app)
        await press(pilot, "full_stop")
        assert " all digits of the number in hand" in shown(app)
        assert str(walk.trace.epoch(1).loss) in shown(app)
        await press(pilot, "full_stop")
        assert shown(app).endswith("\n 5 digits")
        await press(pilot, "left", "right")
        assert shown(app) == picture(app.walk, 80, 24).text()


async def test_forwards_over_the_end_of_an_epoch_and_backwards() -> None:
    app = app_at(Cursor(1, TRACE.script.length - 20))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        screens = []
        for _ in range(21):
            screens.append(shown(app))
            await pilot.press("right")
        assert app.walk.cursor == Cursor(2, 0)
        assert "What the update of epoch 1 did" in shown(app)
        for before in reversed(screens):
            await pilot.press("left")
            assert shown(app) == before


async def test_resizing_lays_out_again_and_back() -> None:
    app = app_at(Cursor(1, 38))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        before = shown(app)
        for size, part in (((120, 40), "Loss, epoch by epoch"), ((40, 10), "handgrad needs 60×20"),
                           ((60, 20), "× ∂Z5/∂A3   = w35       = [−0.4]"), ((79, 24), "T network"),
                           ((80, 24), "Truth table")):
            await pilot.resize_terminal(*size)
            await pilot.pause()
            await pilot.pause()
            assert part in shown(app)
        assert shown(app) == before


async def test_the_derivation_opens_and_closes() -> None:
    app = app_at(Cursor(1, 38))
    async with app.run_test(size=(80, 24)) as pilot:
        for opening, closing in (("d", "d"), ("enter", "escape"), ("d", "enter")):
            await press(pilot, opening)
            assert "∂sig/∂u" in shown(app)
            await press(pilot, closing)
            assert "∂sig/∂u" not in shown(app)


async def test_what_can_not_be_done_is_said_in_the_last_line() -> None:
    app = app_at()
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "d")
        assert "a derivation belongs to a sigmoid's or a softmax's ∂A/∂Z: go there first" in shown(app).split("\n")[-1]
        await press(pilot, "right")
        assert "→ step" in shown(app).split("\n")[-1]


async def test_going_to_a_place_that_is_none_keeps_asking() -> None:
    app = app_at(Cursor(1, 38))
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "g", *"0", "enter")
        assert "epoch 0; expected 1 to 1000000" in shown(app)
        await press(pilot, "backspace", *"2:3", "enter")
        assert app.walk.cursor == Cursor(2, 3)
        await press(pilot, "g", *"99", "ctrl+u", "5", "enter")
        assert app.walk.cursor == Cursor(5, 0)


async def test_going_far_keeps_the_screen_alive_and_can_be_stopped() -> None:
    app = app_at()
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "g", *"900000", "enter")
        assert "training: epoch" in shown(app).split("\n")[-1]
        await press(pilot, "escape")
        assert app.walk.cursor == Cursor(1, 0)
        await press(pilot, "right")
        assert "Z3 = w13·x1 + w23·x2 + b3 = 0.8·1 + (−0.6)·1 + 0.1 =[0.3]" in shown(app)


async def test_playing_by_itself_and_stopping() -> None:
    app = app_at()
    async with app.run_test(size=(80, 24)) as pilot:
        assert isinstance(app.screen, LessonScreen)
        await press(pilot, "plus", "plus", "plus", "plus")
        assert "speed: 16 steps a second" in shown(app)
        await press(pilot, "a")
        while app.walk.cursor.step < 3:
            await pilot.pause(0.02)
        await press(pilot, "a")
        place = app.walk.cursor
        assert not app.screen._player.is_playing
        await press(pilot, "minus")
        assert app.walk.cursor == place


async def test_no_timer_runs_when_nobody_plays() -> None:
    app = app_at()
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "right", "a", "a", "g", "escape", "question_mark", "escape")
        nodes = [app, *app.screen.walk_children(with_self=True)]
        assert running(nodes) == []  # Textual's own are paused
        await press(pilot, "a")
        assert len(running(nodes)) == 1


async def test_help_lists_every_command_and_closes() -> None:
    app = app_at()
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "question_mark")
        assert isinstance(app.screen, PageScreen)
        text = shown(app)
        await press(pilot, "space")
        text += shown(app)
        for command in COMMANDS:
            assert command.help in text
        await press(pilot, "q")
        assert isinstance(app.screen, LessonScreen)


@pytest.mark.parametrize(("keys", "first"), [  # below 0: counted from the end
    ("down down j", 3), ("down up k", 0), ("space", 22), ("pagedown pageup", 0), ("end", -23), ("end k", -24),
    ("end home j", 1), ("x m", 0)])
async def test_a_page_scrolls_and_comes_back(keys: str, first: int) -> None:
    app = app_at(Cursor(1, 38))
    count = len(page("help", app.walk, str).lines(80))
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "question_mark", *keys.split())
        start = first % count
        assert f"lines {start + 1} to {start + 23} of {count}" in shown(app)
        await press(pilot, "q")
        assert shown(app) == picture(app.walk, 80, 24).text()


async def test_a_lesson_behind_a_page_is_not_painted(monkeypatch: pytest.MonkeyPatch) -> None:
    """What it reports meanwhile is seen when one is back."""
    app = app_at()
    async with app.run_test(size=(80, 24)) as pilot:
        lesson, painted = app.screen, app.screen.query_one(Board)
        assert isinstance(lesson, LessonScreen)
        await press(pilot, "question_mark")
        asked: list[object] = []
        refresh = painted.refresh
        monkeypatch.setattr(painted, "refresh", lambda *regions: asked.append(regions) or refresh(*regions))
        monkeypatch.setattr(board, "write_change", lambda *change: asked.append(change))
        lesson.report("epoch 7 reached")
        await pilot.pause()
        assert asked == []
        await press(pilot, "q")
        assert asked == [()]
        assert "epoch 7 reached" in composed(app)


async def test_ctrl_c_leaves_with_130() -> None:
    app = app_at()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("ctrl+c")
    assert app.return_code == 130


async def test_q_leaves_with_0() -> None:
    app = app_at()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("q")
    assert app.return_code == 0


async def test_a_step_repaints_a_few_cells_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """The cells that changed go to the terminal, and nothing is laid out or drawn anew."""
    app = app_at(Cursor(1, 30))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        updates: list[object] = []
        cells: list[int] = []

        def counted(*pictures_and_codes: object) -> CellUpdate:
            update = CellUpdate(*pictures_and_codes)
            cells.append(update.cells)
            return update
        monkeypatch.setattr(board, "CellUpdate", counted)
        app._display = lambda _screen, update: updates.append(update)  # type: ignore[method-assign]
        for _ in range(20):
            await press(pilot, "right")
        assert [type(update) for update in updates if update is not None] == [Change] * 20
        assert len(cells) == 20
        assert sorted(cells)[10] < 300
        assert max(cells) < 80 * 24 / 2
