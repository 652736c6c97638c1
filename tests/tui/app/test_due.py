"""What is due in practice, with real keys: once more on another row, a worked chain, an invitation."""

from textual.pilot import Pilot

from engine.trace.cursor import Cursor
from engine.walk.exercise import Exercise
from engine.walk.walk import Walk
from lessons import and_trace
from tui.app.app import HandgradApp
from tui.app.board import Board

KEYS = {".": "full_stop", "-": "minus", "\n": "enter", "→": "right", "↓": "down"}
QUESTION, MESSAGE, LAST = 18, 19, 23


def shown(app: HandgradApp) -> list[str]:
    board = app.screen.query_one(Board)
    return [board.render_line(y).text.rstrip() for y in range(board.size.height)]


async def write(pilot: Pilot[None], text: str) -> None:
    await pilot.press(*(KEYS.get(character, character) for character in text))
    await pilot.pause()


async def test_a_mistake_is_asked_about_once_more_on_the_next_row() -> None:
    app = HandgradApp(Walk(and_trace(), Cursor(1, 30)))
    async with app.run_test(size=(80, 24)) as pilot:
        await write(pilot, "p.29111\n.20636\n")
        assert app.walk.cursor == Cursor(1, 36)
        assert "▸  1  0    0.27492    [?]" in shown(app)[13]
        assert shown(app)[MESSAGE:MESSAGE + 2] == [
            " Right. ∂A5/∂Z5 = 0.20636.", " Once more, on row 2: 5 numbers filled in on the way."]


async def test_who_is_stuck_sees_a_worked_chain_and_begins_again_with_new_numbers() -> None:
    app = HandgradApp(Walk(and_trace(), Cursor(1, 29), exercises={"loss_slope": Exercise(tries=9)}))
    async with app.run_test(size=(80, 24)) as pilot:
        await write(pilot, "p-.14555\n")
        first = shown(app)
        start = next(y for y, line in enumerate(first) if line.startswith("─ A worked chain ─"))
        assert first[start + 1] == " Right. ∂Loss/∂A5 = −0.14555."
        assert first[start + 2].startswith(" 10 tries at ∂Loss/∂A, and not yet 3 right in a row. That happens,")
        assert first[LAST] == " → step  ↓ to its end  Esc skip it  ? keys  q quit"
        await write(pilot, "→→")
        assert shown(app)[QUESTION] == " ∂A5/∂Z5 = sig(Z5)[1−sig(Z5)] = 0.70889·(1−0.70889) = 0.20636"
        assert shown(app)[MESSAGE].startswith(" sig′ is sig·(1−sig)")
        await write(pilot, "↓")
        assert shown(app)[LAST].startswith(" → you again  ← back  Esc skip it")
        await write(pilot, "→")
        assert "practise  new numbers" in shown(app)[0]
        assert (app.walk.cursor, shown(app)[MESSAGE]) == (
            Cursor(1, 29), " Now you, with new numbers, drawn by seed 1.")


async def test_a_worked_chain_can_be_refused() -> None:
    app = HandgradApp(Walk(and_trace(), Cursor(1, 29), exercises={"loss_slope": Exercise(tries=9)}))
    async with app.run_test(size=(80, 24)) as pilot:
        await write(pilot, "p77\n→")
        await pilot.press("escape")
        assert (app.walk.cursor, app.walk.mode, app.walk.seed) == (Cursor(1, 29), "practise", None)
        assert shown(app)[QUESTION] == " ∂Loss/∂A5 ="
        assert shown(app)[MESSAGE] == " On, then, from where you were."


async def test_an_invitation_to_find_the_mistake_names_its_key() -> None:
    app = HandgradApp(Walk(and_trace(), Cursor(1, 29)))
    async with app.run_test(size=(80, 24)) as pilot:
        await write(pilot, "p-.14555\n.20636\n-.4\n1\n1\n.01201\n.27492\n")
        await pilot.press("escape")
        await pilot.pause()
        assert shown(app)[LAST] == " You had row 1 of w13's chain right at once: now find the mistake in one (f)"
        await write(pilot, "f")
        assert app.walk.mode == "find"
