"""Another lesson than before: the watch follows, and the calculator begins anew."""

import io
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from screens import shown, write

from engine.course.course import Item
from engine.course.watching import WatchedFile
from engine.learner.progress import Bookmark, Mode
from engine.lesson.lesson import load, shipped_lessons
from engine.trace.cursor import START, Cursor
from engine.walk.opening import open_walk
from engine.walk.transition import enter_mode
from terminal import Terminal
from tui.app.app import HandgradApp
from tui.app.file_watch import FileWatch
from tui.plain.plain_mode import PlainWalk
from tui.view import prompt
from tui.view.layout import Status, picture

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
    watch = FileWatch(owner, lambda: changed.append("saved"), lambda: None)  # type: ignore[arg-type]
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
    assert changed == ["saved", "saved"]


def test_a_file_that_is_about_to_be_written_is_no_news(tmp_path: Path) -> None:
    """As an editor replaces it, or empties it first; one that stays away is gone, and news when it is back."""
    path = tmp_path / "a.toml"
    watched = WatchedFile(str(path))
    save(path, "1", 1)
    looks = [watched.look(), watched.look()]
    for act in (path.unlink, lambda: save(path, "2", 2), lambda: save(path, "", 3), lambda: save(path, "3", 4),
                lambda: save(path, "", 5), lambda: None, path.unlink, lambda: None, lambda: None,
                lambda: save(path, "", 5), lambda: save(path, "", 5)):
        act()
        looks.append(watched.look())
    assert looks == ["saved", "", "", "saved", "", "saved", "", "saved", "", "gone", "", "", "saved"]


def test_what_is_wrong_stays_until_the_file_is_right(course: Path) -> None:
    file = course / "a.toml"
    with Terminal("play", str(file), "--watch") as terminal:
        terminal.until("q quit")
        file.write_text(TEXT.replace("w13 = 0.8", "w13 = 0,8"))
        said = " a.toml: line 24: decimal comma; write 0.8 for 0,8: w13 = 0,8"
        assert said in terminal.until("decimal comma")
        terminal.press("right", "right")
        assert said in terminal.until("· 2/239")
        file.unlink()
        terminal.until("deleted, or moved away")
        file.write_text(titled("Right again"))
        assert "moved away" not in terminal.until("the lesson was read again")
        assert "Right" in terminal.text()


async def test_what_was_right_before_is_not_said_of_what_is_wrong_now(course: Path) -> None:
    """Nor that a file that was deleted was read."""
    file = course / "a.toml"
    app = HandgradApp(open_walk(Bookmark(str(file), START)), is_watching=True)
    async with app.run_test(size=(80, 24)) as pilot:
        for second, text, is_right in ((1, titled("Right"), True), (2, "x =", False), (3, titled("Right"), True),
                                       (4, None, False)):
            if text is None:
                file.unlink()
                app.screen._watch._look()
            else:
                save(file, text, second)
            app.screen._watch._look()
            await pilot.pause()
            assert ("the lesson was read again" in shown(app), "The lesson's file" in shown(app)) == \
                (is_right, not is_right)


TROUBLE = "a.toml: activation: missing; expected one of \"relu\", \"tanh\" (line 21); and 5 more: handgrad check a.toml"


@pytest.mark.parametrize("size", [(60, 20), (60, 19), (80, 24), (80, 23), (120, 40)], ids=str)
@pytest.mark.parametrize("mode", ["watch", "practise"])
def test_what_is_wrong_takes_the_place_of_a_panel_and_cuts_none(mode: Mode, size: tuple[int, int]) -> None:
    """Nothing stands beneath it: where a number is explained else, or above the question."""
    walk = enter_mode(open_walk(Bookmark("and-gate", Cursor(1, 37))), mode)
    before, lines = (picture(walk, *size, status=Status(trouble=text)).text().splitlines() for text in ("", TROUBLE))
    start = next(k for k, line in enumerate(lines) if "The lesson's file" in line)
    said = " ".join(line.strip() for line in lines[start + 1:])
    assert said.startswith(TROUBLE)
    assert start == 1 if mode == "practise" else not any(line.startswith("─ This number") for line in lines)
    below = [line for line in before if line.startswith("─ Your turn")]
    assert [line for line in lines if line.startswith("─ Your turn")] == below
    assert any(line.startswith("─ Chain rule (1)") for line in lines)


def test_too_much_of_it_is_cut_with_a_sign() -> None:
    walk = open_walk(Bookmark("and-gate", Cursor(1, 37)))
    for size in ((60, 20), (80, 24)):
        lines = picture(walk, *size, status=Status(trouble="a mistake " * 200)).text().splitlines()
        assert any(line.rstrip().endswith("…") for line in lines if "mistake" in line)


async def test_all_of_it_is_said_over_the_lesson_and_what_is_asked_stays(course: Path) -> None:
    file = course / "a.toml"
    app = HandgradApp(open_walk(Bookmark(str(file), START)), is_watching=True)
    async with app.run_test(size=(80, 24)) as pilot:
        file.write_text(TEXT.replace("activation", "activatoin").replace("w35", "w53"))
        app.screen._watch._look()
        await write(pilot, "→")
        said = "".join(line.rstrip() for line in shown(app).partition("The lesson's file")[2].splitlines())
        assert ("activatoin: unknown key; expected one of units, activation; did you mean \"activation\"? (line 20); "
                "and ") in said
        assert f"more: handgrad check {file}".replace(" ", "") in said.replace(" ", "")
        assert "Z3 = w13·x1" in shown(app)
        await write(pilot, "p")
        lines = shown(app).splitlines()
        assert lines[1].startswith("─ The lesson's file")
        assert " A3 = " in shown(app)


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


def test_in_the_plain_mode_what_is_wrong_is_said_whole(course: Path) -> None:
    said, file = list[str](), course / "a.toml"
    walk = open_walk(Bookmark(str(file), START))
    PlainWalk(walk, said.append, is_watching=True).run(
        Lines(lambda: save(file, "format = 7\n", 1), "where", file.unlink, "where", "where"), lambda: None)
    assert f'not read again: a.toml: format: 7; expected 1 (line 1); and 6 more: handgrad check {file}' in said
    assert said.count(f"{file}: deleted, or moved away; it is read again when it is back") == 1


def test_check_watches_too(course: Path) -> None:
    file = course / "a.toml"
    with Terminal("check", str(file), "--watch", size=(200, 24)) as terminal:
        terminal.until(": ok")
        for text, said in (("format = 7\n", "format: 7; expected 1 (line 1)"), (None, "deleted, or moved away")):
            file.write_text(text) if text else file.unlink()
            terminal.until(said)
        file.write_text(TEXT)
        while terminal.text().count(": ok") == 1:
            terminal.piece(30)
        assert terminal.text().count(f"{file}: ok") == 2


def test_check_watches_a_folder_for_new_files(course: Path) -> None:
    with Terminal("check", str(course), "--watch", size=(200, 24)) as terminal:
        terminal.until("b.toml: ok")
        (course / "c.toml").write_text("format = 7\n")
        terminal.until("c.toml: format: 7; expected 1 (line 1)")


def test_a_file_that_is_wrong_from_the_start_is_waited_for(course: Path) -> None:
    file = course / "a.toml"
    file.write_text("format = 7\n")
    with Terminal("play", str(file), "--watch") as terminal:
        assert "a.toml: format: 7; expected 1 (line 1)" in terminal.until("waiting until it is saved and right")
        file.write_text(titled("Right now"))
        assert "Right now" in terminal.until("q quit")
    file.write_text("x =")
    with Terminal("play", str(file), "--watch") as terminal:
        terminal.until("waiting until")
        terminal.child.sendintr()
        assert terminal.end() == 130


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
