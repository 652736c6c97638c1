"""Another lesson than before: the watch follows, and the calculator begins anew."""

import io
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from screens import shown, write

from engine.course.course import Item
from engine.learner.progress import Bookmark
from engine.lesson.lesson import load, shipped_lessons
from engine.trace.cursor import START
from engine.walk.opening import open_walk
from terminal import Terminal
from tui.app.app import HandgradApp
from tui.app.file_watch import FileWatch
from tui.plain.plain_mode import PlainWalk
from tui.view import prompt

TEXT = shipped_lessons()["and-gate"].read_text("utf-8")


def titled(title: str) -> str:
    return TEXT.replace('title = "AND gate, by hand"', f'title = "{title}"')


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """Two lessons."""
    folder = tmp_path / "course"
    folder.mkdir()
    for name in "ab":
        (folder / f"{name}.toml").write_text(titled(f"Lesson {name}"))
    return folder


class Owner:
    """Who has timers: only those that were not stopped."""

    def __init__(self) -> None:
        self.looks: list[Callable[[], None]] = []

    def set_interval(self, seconds: float, look: Callable[[], None]) -> "Timer":
        del seconds
        self.looks.append(look)
        return Timer(self)


class Timer:
    def __init__(self, owner: Owner) -> None:
        self._owner = owner

    def stop(self) -> None:
        self._owner.looks.clear()


def save(path: Path, text: str, second: int) -> None:
    path.write_text(text)
    os.utime(path, (second, second))


def test_the_watch_follows_and_a_shipped_lesson_is_not_watched(course: Path) -> None:
    owner, changed = Owner(), list[str]()
    watch = FileWatch(owner, lambda: changed.append("!"))  # type: ignore[arg-type]
    for lesson, timers in (("and-gate", 0), (str(course / "a.toml"), 1), ("or-gate", 0), (str(course / "b.toml"), 1)):
        watch.follow(lesson)
        assert len(owner.looks) == timers
    look, = owner.looks
    save(course / "a.toml", "", 1)
    look()
    assert changed == []
    for second in (2, 3):
        save(course / "b.toml", "", second)
        look()
        look()
        watch.follow(str(course / "b.toml"))
    assert changed == ["!", "!"]


def test_on_the_screen_the_lesson_that_was_turned_to_is_read_again(course: Path) -> None:
    with Terminal("play", str(course / "a.toml"), "--watch", "--lessons", str(course)) as terminal:
        terminal.until("Lesson a")
        terminal.press("m", "down", "enter")
        terminal.until("Lesson b")
        (course / "b.toml").write_text(titled("Saved again"))
        terminal.until("Saved again")


class Lines(io.StringIO):
    """Commands; before some of them something happens."""

    def __init__(self, *commands: str | Callable[[], object]) -> None:
        super().__init__()
        self._commands = list(commands)

    def readline(self, size: int | None = -1, /) -> str:
        del size
        while self._commands:
            command = self._commands.pop(0)
            if isinstance(command, str):
                return f"{command}\n"
            command()
        return ""


def test_in_the_plain_mode_too(course: Path) -> None:
    said: list[str] = []
    walk = open_walk(Bookmark(str(course / "a.toml"), START))
    PlainWalk(walk, said.append, folder=course, is_watching=True).run(
        Lines("lesson 2", "where", lambda: save(course / "a.toml", titled("not this"), 1), "where",
              lambda: said.append("saved"), lambda: save(course / "b.toml", titled("this"), 1), "where"), lambda: None)
    assert said.count("the lesson was read again") == 1
    assert said[said.index("saved") + 1] == "the lesson was read again"


async def test_the_calculator_is_closed_by_another_lesson_and_forgets() -> None:
    app = HandgradApp(open_walk(Bookmark("and-gate", START)))
    async with app.run_test(size=(80, 24)) as pilot:
        await write(pilot, "cw13⏎")
        assert "w13 = 0.8" in shown(app)
        menu, = (each for each in app.get_system_commands(app.screen) if each.title.startswith("lessons "))
        menu.callback()  # as the palette does it, in front of the calculator
        await pilot.pause()
        app.screen.dismiss(Item("or-gate", load("or-gate")))
        await pilot.pause()
        assert app.walk.lesson == "or-gate"
        assert "w13 = 0.8" not in shown(app)
        await write(pilot, "c")
        await pilot.press("up")
        assert "w13" not in shown(app).splitlines()[-1]


async def test_so_much_is_recalled_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prompt, "MOST_ENTERED", 2)
    app = HandgradApp(open_walk(Bookmark("and-gate", START)))
    async with app.run_test(size=(80, 24)) as pilot:
        await write(pilot, "c1+1⏎⎋c2+2⏎⎋c3+3⏎⎋c")
        await pilot.press("up", "up", "up", "up", "enter")
        assert "2+2 = 4" in shown(app)
