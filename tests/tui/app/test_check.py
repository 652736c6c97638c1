"""A gradient check by a key: where there is a gradient, and never before the learner has worked it out."""

from screens import lines, write

from engine.learner.progress import Bookmark
from engine.trace.cursor import Cursor
from engine.walk.opening import open_walk
from tui.app.app import HandgradApp
from tui.app.lesson_screen import LessonScreen

W13 = Cursor(1, 53)  # its gradient is the next number
NOT_YET = "∂Loss/∂w13 is checked once it is worked out"
TITLE = "─ Gradient check of ∂Loss/∂w13 "


async def test_a_key_checks_the_gradient_in_hand() -> None:
    app = HandgradApp(open_walk(Bookmark("and-gate", Cursor(1, 5))))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("G")
        assert "gradient check: first go to a gradient, or its update: PgDn goes on to it" in lines(app)[-1]
        await pilot.press("1", "G")
        assert f"{NOT_YET}: PgDn goes on to it" in lines(app)[-1]
        await pilot.press("pagedown", "G")
        assert lines(app)[0].startswith(TITLE)
        assert "If ∂Loss/∂w13 = −0.01520 is right" in lines(app)[2]
        await pilot.press("G")
        assert isinstance(app.screen, LessonScreen)
        await pilot.press("end", "G")  # the update of the last one
        assert lines(app)[0].startswith("─ Gradient check of ∂Loss/∂b5 ")


async def test_who_is_asked_checks_it_once_it_is_found() -> None:
    """By a key that writes nothing; then the next one, of w23, is what is asked for."""
    app = HandgradApp(open_walk(Bookmark("and-gate", W13, mode="practise all")))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("f4")
        assert lines(app)[-1].strip() == NOT_YET
        await write(pilot, "-0.0152⏎")
        await pilot.press("f4")
        assert lines(app)[0].startswith(TITLE)


async def test_by_hand_it_waits_for_the_verdict_and_is_none_while_a_mistake_is_looked_for() -> None:
    app = HandgradApp(open_walk(Bookmark("and-gate", W13, mode="by hand")))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("f4")
        assert isinstance(app.screen, LessonScreen)
        await write(pilot, "-0.0304⏎")
        await pilot.press("f4")
        assert lines(app)[0].startswith(TITLE)
        await pilot.press("escape", "escape", "escape", "f", "G")
        assert isinstance(app.screen, LessonScreen)
