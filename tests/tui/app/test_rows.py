"""Every row's numbers by a key, wherever one is: read, scrolled, left, and nothing has changed."""

from screens import lines, shown

from engine.learner.progress import Bookmark
from engine.trace.cursor import Cursor
from engine.walk.opening import open_walk
from tui.app.app import HandgradApp
from tui.app.lesson_screen import LessonScreen

ROW_4 = "▸   4   0   0  0   0.1      0.1     −0.3      0        0.16     0.53991  0.29151"


async def test_a_key_shows_every_row_and_closes_it_again() -> None:
    app = HandgradApp(open_walk(Bookmark("and-gate", Cursor(1, 48))))
    async with app.run_test(size=(60, 8)) as pilot:
        await pilot.press("R")
        assert lines(app)[1].split() == ["row", "x1", "x2", "y", "Z3", "A3", "Z4", "A4"]
        await pilot.press("right")
        assert lines(app)[0].split() == ["row", "Z5", "A5", "(y−A5)²", "δ5", "δ3", "δ4"]
        await pilot.press("left", "down")
        assert [line.split()[0] for line in lines(app)[:3]] == ["row", "2", "3"]
        await pilot.press("R")
        assert isinstance(app.screen, LessonScreen)
        assert app.walk.cursor == Cursor(1, 48)


async def test_while_a_number_is_asked_for_a_letter_is_typed_and_another_key_shows_the_rows() -> None:
    app = HandgradApp(open_walk(Bookmark("and-gate", Cursor(1, 48), mode="practise")))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("R", "f3")
        assert ROW_4 in lines(app)
        await pilot.press("f3")
        assert app.walk.attempt.typed == "R"
        await pilot.press("ctrl+u", "escape", "f", "R")
        assert ROW_4.replace("▸", " ") in shown(app)
