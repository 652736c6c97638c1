"""Every mode on a graph of formulas with batches and an optimizer, with real keys."""

from graph_lessons import GRAPH
from screens import shown, write

from engine.lesson.lesson import parse
from engine.trace.cursor import Cursor
from engine.trace.trace import Trace
from engine.walk.walk import Walk
from tui.app.app import HandgradApp

TRACE = Trace(parse(GRAPH + 'batch = 1\noptimizer = { name = "momentum", beta = 0.9 }\n', "graph.toml"))


def app_at(step: int) -> HandgradApp:
    return HandgradApp(Walk(TRACE, Cursor(1, step)))


async def test_a_graphs_numbers_are_practised() -> None:
    app = app_at(0)
    async with app.run_test(size=(80, 24)) as pilot:
        await write(pilot, "p1⏎")
        assert "Right. q = 1." in shown(app)
        await write(pilot, "0⏎2⏎")
        assert app.walk.cursor == Cursor(1, 2)
        await write(pilot, "1⏎1⏎-2⏎")
        assert "Right. ∂L/∂e = −2." in shown(app)


async def test_by_hand_an_optimizers_numbers_are_judged_with_the_new_value() -> None:
    app = app_at(13)
    async with app.run_test(size=(80, 24)) as pilot:
        await write(pilot, "⇥⇥-1⏎")
        assert "1 written down; the verdicts come together, with the new value." in shown(app)
        await write(pilot, "1.9⏎")
        assert "─ By hand, epoch 1, batch 1, (1) a: 1 of 2 right ─" in shown(app)
        assert [judged.is_right for judged in app.walk.results.judged] == [True, False]


async def test_a_mistake_is_found_and_a_column_is_another() -> None:
    app = app_at(8)
    async with app.run_test(size=(80, 24)) as pilot:
        await write(pilot, "f")
        wrong = TRACE.entry(1, app.walk.search.puzzle.wrong).line.name if app.walk.search else ""
        while app.walk.pointed != (app.walk.search and app.walk.search.puzzle.wrong):
            await write(pilot, "→")
        await write(pilot, "⏎")
        assert wrong
        assert "Yes: " in shown(app)
        await write(pilot, "⎋wx row 2 = 3⏎")
        assert app.walk.trace.lesson_at(1).table == ((0.5,), (3.0,))
        assert "what if x row 2 = 3" in shown(app)
