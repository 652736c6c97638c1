"""The palette saves the screen."""

import shutil
from pathlib import Path

import pytest
from textual.widgets import OptionList

from engine.trace.cursor import Cursor
from engine.walk.walk import Walk
from lessons import and_trace
from tui.app.app import HandgradApp
from tui.app.board import Board
from tui.app.lesson_screen import LessonScreen

SAVE = "save the screen"


async def test_the_screen_is_saved_beside_what_was_saved_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
                                                                ) -> None:
    """What is in front of the lesson, too; the lesson says where, or why not."""
    (folder := tmp_path / "pictures").mkdir()
    monkeypatch.chdir(folder)
    app, said = HandgradApp(Walk(and_trace(), Cursor(1, 38))), []
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("ctrl+p", *"save")
        while not app.screen.query_one(OptionList).option_count:
            await pilot.pause(0.02)
        for key in ("enter", "question_mark", "question_mark"):
            await pilot.press(key)
            if key != "enter":
                (save,) = (each.callback for each in app.get_system_commands(app.screen) if each.title == SAVE)
                save()
            while not isinstance(app.screen, LessonScreen):
                await pilot.pause(0.02)
            await pilot.pause()
            said.append("".join(app.screen.query_one(Board).render_line(y).text for y in range(20, 24)))
            if len(said) == 2:
                page, lesson = (path.read_text("utf-8").replace("&#160;", " ") for path in sorted(folder.iterdir()))
                shutil.rmtree(folder)
    assert " saved as handgrad-and-gate-1-38.svg in /" in said[0]
    assert " saved as handgrad-and-gate-1-38-2.svg in /" in said[1]
    assert " no picture can be saved in this folder: no such file or directory" in said[2]
    assert ("38/239" in lesson, "to a numbered gradient" in lesson) == (True, False)
    assert ("38/239" in page, "to a numbered gradient" in page) == (False, True)
