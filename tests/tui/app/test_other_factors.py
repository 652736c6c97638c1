"""The columns that have no room in a table, and the key that turns to them."""

import re

from screens import shown, write

from engine.lesson.lesson import load
from engine.trace.cursor import Cursor
from engine.trace.trace import Trace
from engine.walk.walk import Walk
from lessons import seeded
from tui.app.app import HandgradApp


def app_at(lesson: str, place: Cursor) -> HandgradApp:
    return HandgradApp(Walk(Trace(load(lesson)), place, lesson))


async def test_a_key_shows_the_factors_and_the_paths_that_have_no_room() -> None:
    """At 80×24 of w13's two paths of five factors; until the next number is reached."""
    app = app_at("two-outputs", Cursor(1, 60))
    script, factors = app.walk.trace.script, [factor.name for factor in app.walk.trace.chains.paths(0)[1]]
    async with app.run_test(size=(80, 24)) as pilot:
        seen = ""
        for hint in ("r other factors", "r back"):
            heads = shown(app).split("\n")[9:12]
            assert hint in heads[0]
            seen += "\n".join(heads[1:])
            await write(pilot, "r")
        assert all(name in seen for name in factors)
        assert "path 1" in seen
        assert "path 2" in seen
        assert "r other factors" in shown(app)
        await write(pilot, "r→")
        assert "r other factors" in shown(app)
        await write(pilot, "np")
        assert app.walk.cursor.step == script.batches[0].start_of(1) + 1
        await pilot.press("ctrl+r")  # which writes nothing
        await pilot.pause()
        assert "Ctrl+R back" in shown(app)
        assert app.walk.typed == ""


async def test_what_is_turned_to_fills_the_table_and_the_number_in_hand_stays_in_sight() -> None:
    app = app_at("two-outputs", Cursor(1, 40))
    async with app.run_test(size=(80, 24)) as pilot:
        await write(pilot, "r")
        heads, formulas, row = shown(app).split("\n")[10:13]
        assert heads.split()[2:] == ["∂A5/∂Z5", "∂Z5/∂A3", "∂A3/∂Z3", "∂Z3/∂w13", "product", "product", "Σ", "paths"]
        assert "path 1    path 2" in formulas
        assert "[0.6]" in row


async def test_both_tables_turn_back_at_once_after_no_more_presses_than_pages() -> None:
    """The table of rows has two pages, the chain three; each says truly what the key does to it."""
    app = app_at("worked-example", Cursor(1, 40))
    async with app.run_test(size=(80, 24)) as pilot:
        first = shown(app)
        hints = []
        for _ in range(3):
            lines = shown(app).split("\n")
            hints.append([re.findall(r"─ r (\w+)", line) for line in (lines[1], lines[9])])
            assert "[0.24130]" in lines[12]
            await write(pilot, "r")
        assert hints == [[["other"], ["other"]], [[], ["other"]], [["back"], ["back"]]]
        assert shown(app) == first


async def test_where_all_factors_have_room_no_key_is_offered_for_others() -> None:
    app = app_at("and-gate", Cursor(1, 38))
    async with app.run_test(size=(80, 24)) as pilot:
        before = shown(app)
        assert "other factors" not in before
        await write(pilot, "r")
        assert shown(app) == before


async def test_the_key_shows_the_other_deltas_too() -> None:
    trace = Trace(seeded([2, 4, 4, 2], ["tanh", "tanh", "sigmoid"]), "delta")
    app = HandgradApp(Walk(trace, Cursor(1, trace.script.batches[0].forward_end + 1)))
    async with app.run_test(size=(80, 24)) as pilot:
        seen = ""
        while not seen.count("r back"):
            seen += "\n".join(shown(app).split("\n")[9:11])
            await write(pilot, "r")
        assert all(f" δ{unit}" in seen for unit in range(3, 13))
        assert "r other δ" in shown(app)


async def test_the_key_shows_a_rows_loss_where_the_table_has_no_room_for_it() -> None:
    """At 80×24, until it turns back; also while a number is asked for."""
    app = app_at("worked-example", Cursor(1, 9))
    async with app.run_test(size=(80, 24)) as pilot:
        heads, row = shown(app).split("\n")[2:4]
        assert "loss" not in heads
        assert "0.75137" in row
        await write(pilot, "r")
        assert "r back" in shown(app)
        heads, row = shown(app).split("\n")[2:4]
        assert re.fullmatch(r" +i1 +i2… loss +│.*", heads)
        assert row.startswith("▸ 0.05 0.1 [0.29837]")
        await write(pilot, "→r")
        assert "loss" not in shown(app).split("\n")[2]
        await write(pilot, "p")
        assert "Ctrl+R other columns" in shown(app)
