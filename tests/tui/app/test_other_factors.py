"""The factors and products that have no room in the chain's table, and the key that turns to them."""

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
    """At 80×24 of w13's two paths of five factors; until the next parameter is reached."""
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
        assert "r back" in shown(app)
        await write(pilot, "n")
        assert app.walk.cursor.step == script.start_of(1) + 1
        assert "r other factors" in shown(app)
        await write(pilot, "p")
        await pilot.press("ctrl+r")  # which writes nothing
        await pilot.pause()
        assert "Ctrl+R back" in shown(app)
        assert app.walk.typed == ""


async def test_where_all_factors_have_room_no_key_is_offered_for_others() -> None:
    app = app_at("and-gate", Cursor(1, 38))
    async with app.run_test(size=(80, 24)) as pilot:
        before = shown(app)
        assert "other factors" not in before
        await write(pilot, "r")
        assert shown(app) == before


async def test_the_key_shows_the_other_deltas_too() -> None:
    trace = Trace(seeded([2, 4, 4, 2], ["tanh", "tanh", "sigmoid"]), "delta")
    app = HandgradApp(Walk(trace, Cursor(1, trace.script.forward_end + 1)))
    async with app.run_test(size=(80, 24)) as pilot:
        seen = ""
        while not seen.count("r back"):
            seen += "\n".join(shown(app).split("\n")[9:11])
            await write(pilot, "r")
        assert all(f" δ{unit}" in seen for unit in range(3, 13))
        assert "r other δ" in shown(app)
