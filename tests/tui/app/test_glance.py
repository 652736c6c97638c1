"""Training at a glance, with real keys: it opens from anywhere, follows what is pressed, and leaves all as it was."""

import re
from pathlib import Path

import pytest
from screens import lines, press, shown, write
from textual import events
from textual.pilot import Pilot

from engine.graph.step import MOST_EPOCHS
from engine.learner.progress import Bookmark
from engine.trace.cursor import Cursor
from engine.walk.actions import WhatIf
from engine.walk.opening import open_walk
from engine.walk.transition import act
from engine.walk.walk import Walk
from lessons import and_trace
from tui.app.app import HandgradApp
from tui.app.glance_screen import GlanceScreen
from tui.app.lesson_screen import LessonScreen
from tui.view.glyphs import Signs
from tui.view.layout import picture

SMALL, LARGE = (80, 24), (120, 40)
HERE = Cursor(1, 38)


def app_at(at: Cursor = HERE, lesson: str = "and-gate") -> HandgradApp:
    return HandgradApp(open_walk(Bookmark(lesson, at)))


async def look(pilot: Pilot[None], *keys: str) -> str:
    """Press keys, and wait until all that is shown is trained."""
    await press(pilot, keys)
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()
    assert isinstance(pilot.app, HandgradApp)
    return shown(pilot.app)


@pytest.mark.parametrize("closes", ["escape", "b", "f2", "q"])
async def test_it_opens_and_closes_and_nothing_has_changed(closes: str) -> None:
    app = app_at()
    async with app.run_test(size=SMALL) as pilot:
        walk = app.walk
        text = await look(pilot, "b", "→", "→")
        assert "─ Epoch 3 ─" in text
        assert "Loss 0.21640, 0.01815 less than before; rows right: 3 of 4." in text
        assert "you are in epoch 1" in lines(app)[0]
        await look(pilot, closes)
        assert app.walk is walk
        assert shown(app) == picture(walk, *SMALL).text()


@pytest.mark.parametrize(("keys", "epoch"), [
    (["→", "→", "←"], 2), (["pagedown", "pagedown"], 21), (["pagedown", "pageup"], 1), (["end"], 20),
    (["end", "home"], 1), ([*"12⏎"], 12), ([*"120⏎"], 120), (["7", "escape"], 1), (["0", "⏎", "escape"], 1)])
async def test_keys_and_a_number_lead_to_an_epoch_and_enter_goes_on_there(keys: list[str], epoch: int) -> None:
    app = app_at(Cursor(1, 0))
    async with app.run_test(size=SMALL) as pilot:
        assert f"─ Epoch {epoch} ─" in await look(pilot, "b", *keys)
        await look(pilot, "⏎")
        assert isinstance(app.screen, LessonScreen)
        assert app.walk.cursor == Cursor(epoch, 0)


async def test_while_a_number_is_asked_for_it_opens_aside_and_tells_none_that_is_to_be_found() -> None:
    app = app_at(Cursor(1, 3))
    async with app.run_test(size=SMALL) as pilot:
        await write(pilot, "p0.2")
        before = shown(app)
        text = await look(pilot, "f2", "l")
        assert " Loss not reached yet.\n" in text
        assert "Logarithms would tell the Loss" in text
        assert "0.25781" not in text
        assert " Loss 0.23455; rows" in await look(pilot, "→")  # not by how much it fell
        await look(pilot, "f2")
        assert shown(app) == before
        assert app.walk.attempt.typed == "0.2"


async def test_a_result_that_is_written_by_hand_is_told_after_its_verdict() -> None:
    app = app_at(Cursor(1, 0), "chain-rule")
    async with app.run_test(size=SMALL) as pilot:
        await write(pilot, "⇥⇥")
        for _ in range(app.walk.trace.script.batches[0].forward_end):
            await write(pilot, "7⏎")
            assert (" L −8." in await look(pilot, "f2")) is app.walk.results.is_open
            await look(pilot, "f2")
        assert app.walk.results.is_open


@pytest.mark.parametrize("key", ["f2", "b"])
async def test_it_opens_while_the_mistake_is_looked_for(key: str) -> None:
    app = app_at(Cursor(1, 60))
    async with app.run_test(size=SMALL) as pilot:
        await write(pilot, "f")
        before, search = shown(app), app.walk.search
        assert search
        assert "A5 over x1 and x2" in await look(pilot, key)
        await look(pilot, "escape")
        assert (shown(app), app.walk.search) == (before, search)


async def test_others_stand_beside_and_go() -> None:
    app = app_at()
    async with app.run_test(size=SMALL) as pilot:
        text = await look(pilot, "b", "r")
        assert [name in text for name in ("a lr 0.5", "b lr 0.17", "c lr 1.5", "d lr 5")] == [True] * 4
        assert "4 curves are all that there is room for: take one away first (z)" in await look(pilot, "w")
        assert "d lr 5" not in await look(pilot, "z")
        await look(pilot, "w")
        assert "adma: expected lr = 0.1, adam, or adam lr = 0.01; did you mean \"adam\"?" in await look(pilot, *"adma⏎")
        assert " beside: adma" in shown(app)  # to be mended
        await pilot.press("backspace", "backspace")
        assert "d adam lr 0.5" in await look(pilot, *"am⏎")
        text = await look(pilot, "o")
        assert ("b adam lr 0.5" in text, "c momentum" in text, "adam" in text[text.index("c momentum"):]) == (
            True, True, False)  # what was typed stays, and once
        assert ("momentum" in (text := await look(pilot, "o")), "b adam" in text) == (False, True)
        assert "adam lr 0.5 is there already" in await look(pilot, *"wadam⏎")
        await look(pilot, "escape", "z")
        assert "no other curve is there" in await look(pilot, "z")
        assert "b lr" not in await look(pilot, "r", "escape", "e", "x", "b")  # they began at other numbers


async def test_a_change_has_its_curve_beside_the_lessons_own() -> None:
    app = HandgradApp(act(open_walk(Bookmark("and-gate", Cursor(3, 0))), WhatIf("lr = 5")))
    async with app.run_test(size=SMALL) as pilot:
        text = await look(pilot, "b")
        assert "a what if lr = 5 " in text
        assert "b without the change" in text
        assert "d lr 1.5" in (text := await look(pilot, "r"))
        assert "lr 5" not in text  # as many as there is room for


async def test_another_lesson_under_it_is_looked_at_from_its_start() -> None:
    """As when the file that is watched was saved."""
    app = app_at()
    async with app.run_test(size=SMALL) as pilot:
        lesson = app.screen
        assert isinstance(lesson, LessonScreen)
        await look(pilot, "b", "r", "end")
        lesson.begin(open_walk(Bookmark("xor-gate", Cursor(1, 3))))
        text = await look(pilot, "→")
        assert ("XOR gate, by hand" in text, "─ Epoch 2 ─" in text, "b lr" in text) == (True, True, False)


async def test_what_trains_nothing_has_a_map_and_no_curve(tmp_path: Path) -> None:
    lesson = tmp_path / "still.toml"
    lesson.write_text('format = 1\nid = "still"\ntitle = "Still"\n[data]\ninputs = ["x"]\ntargets = ["y"]\n'
                      'rows = [[1, 2], [2, 1]]\n[graph]\nnodes = ["p = w*x", "L = (p - y)^2"]\n[parameters]\nw = 2\n')
    app = app_at(Cursor(1, 3), str(lesson))
    async with app.run_test(size=SMALL) as pilot:
        text = await look(pilot, "b")
        assert "─ p over x ─" in text
        assert "Nothing is trained in this lesson: there is no curve." in text
        assert "poch" not in text
        assert "[Errno" not in await look(pilot, "r", "→", "+", "l", "end", "z")
        assert lines(app)[-1].startswith(" Nothing is trained")
        assert "expected an epoch, 1 to 1" in await look(pilot, "2", "⏎")


async def test_with_much_room_it_stands_beside_and_follows() -> None:
    app = app_at()
    async with app.run_test(size=LARGE) as pilot:
        lesson = picture(app.walk, 80, 40).text().split("\n")[:-1]
        await look(pilot, "b", "→")
        assert [line[:80].rstrip() for line in lines(app)[:-1]] == lesson
        assert "─ Epoch 2 ─" in shown(app)
        await look(pilot, "⏎")
        assert isinstance(app.screen, LessonScreen)
        assert app.walk.cursor == Cursor(2, 0)
        await look(pilot, "e", "→")
        assert (app.walk.cursor, "─ Epoch 3 ─" in shown(app)) == (Cursor(3, 1), True)
        await pilot.resize_terminal(*SMALL)
        await look(pilot, "b")
        assert isinstance(app.screen, GlanceScreen)  # there was no room for it beside
        await pilot.resize_terminal(*LARGE)
        await look(pilot, "⏎", "b")
        assert shown(app) == picture(app.walk, *LARGE).text()


async def test_a_far_curve_grows_while_keys_are_taken_and_stops_with_the_glance() -> None:
    app = app_at(Cursor(3, 0))
    async with app.run_test(size=SMALL) as pilot:
        await look(pilot, "b")
        glance, history = app.screen, app.walk.trace.history
        for key in [*["plus"] * 15, "l", "end"]:
            glance.post_message(events.Key(key, None))
        await pilot._wait_for_screen()
        text = shown(app)
        assert (" linear ─" in text, "─ Epoch 1000000 ─" in text) == (True, True)
        assert re.search(r"training: epoch [0-9]+ of 1000000\n", text)
        assert 20 < history.losses_until < MOST_EPOCHS
        glance.post_message(events.Key("escape", None))
        while app.screen is glance or any(worker.is_running for worker in app.workers):
            await pilot._wait_for_screen()
        assert history.losses_until < MOST_EPOCHS
        assert app.walk.cursor == Cursor(3, 0)


async def test_its_keys_are_in_the_help_and_signs_can_be_switched() -> None:
    app = HandgradApp(Walk(and_trace(), HERE), Signs(str))
    async with app.run_test(size=SMALL) as pilot:
        await look(pilot, "b", "ctrl+l")
        assert shown(app).isascii()
        await look(pilot, "f1")
        assert "other learning rates beside" in shown(app)
        await look(pilot, "escape")
        assert isinstance(app.screen, GlanceScreen)
