"""Where nothing can be kept, or something had to be set aside, it is said where the learner looks."""

import io

import pytest
from screens import shown

from engine.learner.progress import Progress
from engine.learner.progress_folder import NotKeptError, progress_path
from engine.learner.writer import ProgressWriter
from engine.trace.cursor import Cursor
from engine.walk.keeper import Keeper
from engine.walk.walk import Walk
from lessons import and_trace
from terminal import Terminal
from tui.app.app import HandgradApp
from tui.app.lesson_screen import LessonScreen
from tui.plain.plain_mode import PlainWalk

TROUBLE = "nothing can be kept (no space left on device): /home/me"


def full_disk(_: Progress) -> str:
    raise NotKeptError(TROUBLE)


async def test_the_screen_says_so_once_and_the_skills_whenever_they_are_shown() -> None:
    writer = ProgressWriter(full_disk)
    app = HandgradApp(Walk(and_trace(), Cursor(1, 37)), keeper=Keeper(writer))
    async with app.run_test(size=(80, 24)) as pilot:
        writer.flush(60)
        await pilot.pause()
        assert TROUBLE in shown(app)
        await pilot.press("right")
        assert TROUBLE not in shown(app)
        await pilot.press("s")
        assert TROUBLE in shown(app)
        await pilot.press("escape")
        assert isinstance(app.screen, LessonScreen)
        assert TROUBLE not in shown(app)


async def test_the_skills_say_nothing_of_that_where_all_is_kept() -> None:
    writer = ProgressWriter(lambda _: None)
    app = HandgradApp(Walk(and_trace(), Cursor(1, 37)), keeper=Keeper(writer))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("s")
        assert "kept" not in shown(app)


def test_the_plain_mode_says_so_once_and_with_the_skills() -> None:
    said = list[str]()
    walk = PlainWalk(Walk(and_trace()), said.append, Keeper(ProgressWriter(full_disk)))
    walk.run(io.StringIO("next\nskills\nwhere\n"), prompt=lambda: None)
    assert said.count(TROUBLE) == 2
    assert said[said.index(TROUBLE, said.index(TROUBLE) + 1) + 1].startswith("not asked yet: ")


@pytest.mark.parametrize("content", ["{", '{"format": 2}'])
def test_what_was_set_aside_is_said_on_the_screen_and_on_leaving(content: str) -> None:
    path = progress_path("and-gate")
    path.parent.mkdir(parents=True)
    path.write_text(content)
    with Terminal("play", "and-gate", size=(200, 24)) as terminal:
        terminal.until("set aside as and-gate.json.set-aside-1")
        terminal.press("right")
        assert "set aside as" not in terminal.text()
        terminal.child.send("q")
        left = terminal.rest()
        assert terminal.end() == 0
    assert left.partition("\x1b[?1049l")[2].count("; set aside as and-gate.json.set-aside-1") == 1
    assert path.with_name(f"{path.name}.set-aside-1").read_text() == content
