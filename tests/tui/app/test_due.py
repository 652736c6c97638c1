"""What is due in practice, with real keys: once more on another row, a worked chain, an invitation."""

from screens import lines, write

from engine.trace.cursor import Cursor
from engine.walk.exercise import Exercise
from engine.walk.walk import Walk
from lessons import and_trace
from tui.app.app import HandgradApp

QUESTION, MESSAGE, LAST = 18, 19, 23


async def test_a_mistake_is_asked_about_once_more_on_the_next_row() -> None:
    app = HandgradApp(Walk(and_trace(), Cursor(1, 30)))
    async with app.run_test(size=(80, 24)) as pilot:
        await write(pilot, "p.29111\n.20636\n")
        assert app.walk.cursor == Cursor(1, 36)
        assert "▸  1  0    0.27492    [?]" in lines(app)[13]
        assert lines(app)[MESSAGE:MESSAGE + 2] == [
            " Right. ∂A5/∂Z5 = 0.20636.", " Once more, on row 2: 5 numbers filled in on the way."]


async def test_who_is_stuck_sees_a_worked_chain_and_begins_again_with_new_numbers() -> None:
    app = HandgradApp(Walk(and_trace(), Cursor(1, 29), exercises={"loss_slope": Exercise(tries=9)}))
    async with app.run_test(size=(80, 24)) as pilot:
        await write(pilot, "p-.14555\n")
        first = lines(app)
        start = next(y for y, line in enumerate(first) if line.startswith("─ A worked chain ─"))
        assert first[start + 1] == " Right. ∂Loss/∂A5 = −0.14555."
        assert first[start + 2].startswith(" 10 tries at ∂Loss/∂A, and not yet 3 right in a row. That happens,")
        assert first[LAST] == " → step  ↓ to its end  Esc skip it  ? keys  q quit"
        await write(pilot, "→→")
        assert lines(app)[QUESTION] == " ∂A5/∂Z5 = sig(Z5)[1−sig(Z5)] = 0.70889·(1−0.70889) = 0.20636"
        assert lines(app)[MESSAGE].startswith(" sig′ is sig·(1−sig)")
        await write(pilot, "↓")
        assert lines(app)[LAST].startswith(" → you again  ← back  Esc skip it")
        await write(pilot, "→")
        assert "practise  new numbers" in lines(app)[0]
        assert (app.walk.cursor, lines(app)[MESSAGE]) == (
            Cursor(1, 29), " Now you, with new numbers, drawn by seed 1.")


async def test_a_worked_chain_can_be_refused() -> None:
    app = HandgradApp(Walk(and_trace(), Cursor(1, 29), exercises={"loss_slope": Exercise(tries=9)}))
    async with app.run_test(size=(80, 24)) as pilot:
        await write(pilot, "p77\n→")
        await pilot.press("escape")
        assert (app.walk.cursor, app.walk.mode, app.walk.seed) == (Cursor(1, 29), "practise", None)
        assert lines(app)[QUESTION] == " ∂Loss/∂A5 ="
        assert lines(app)[MESSAGE] == " On, then, from where you were."


async def test_an_invitation_to_find_the_mistake_names_its_key() -> None:
    app = HandgradApp(Walk(and_trace(), Cursor(1, 29)))
    async with app.run_test(size=(80, 24)) as pilot:
        await write(pilot, "p-.14555\n.20636\n-.4\n1\n1\n.01201\n.27492\n")
        await pilot.press("escape")
        await pilot.pause()
        assert lines(app)[LAST] == " You had row 1 of w13's chain right at once: now find the mistake in one (f)"
        await write(pilot, "f")
        assert app.walk.mode == "find"
