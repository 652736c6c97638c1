"""The menu of lessons, what if, find the mistake, lessons of one's own: with real keys, and as commands."""

import io
import subprocess
from pathlib import Path

import pytest
from screens import shown, write

from command import run
from engine.course.course import Item
from engine.learner.progress import Bookmark, Progress
from engine.learner.progress_folder import read_progress
from engine.learner.writer import ProgressWriter
from engine.lesson.lesson import load, shipped_lessons
from engine.trace.cursor import Cursor
from engine.trace.lines import DELTA_FORM
from engine.trace.trace import Trace
from engine.tutor.find import puzzle
from engine.walk.actions import WhatIf
from engine.walk.keeper import Keeper
from engine.walk.opening import open_walk
from engine.walk.transition import act
from engine.walk.walk import Walk
from lessons import and_trace
from terminal import COMMAND, Terminal
from tui.app.app import HandgradApp
from tui.plain.plain_mode import PlainWalk
from tui.view.panels.menu import Menu


def at(place: Bookmark, **bookmarks: Bookmark) -> HandgradApp:
    return HandgradApp(open_walk(place, Progress(place, bookmarks=bookmarks)))


async def test_the_menu_shows_all_lessons_and_plays_one() -> None:
    app = at(Bookmark("and-gate", Cursor(2, 5)), **{"or-gate": Bookmark("or-gate", Cursor(3, 7), mode="practise")})
    async with app.run_test(size=(80, 24)) as pilot:
        await write(pilot, "m")
        text = shown(app)
        assert "First steps\n     1 The chain rule, on one formula" in text
        assert "AND gate\n ▸   4 AND gate, by hand" in text
        assert "at 3:7" in text
        assert "XOR gate, by hand                                         after 6, 8" in text
        await pilot.press("end")
        await pilot.pause()
        seen = [*text.split("\n"), *shown(app).split("\n")]
        assert {number for line in seen if (number := line[2:6].strip()).isdigit()} == set(map(str, range(1, 32)))
        await pilot.press("home", "down", "down", "down")
        await pilot.pause()
        await write(pilot, "↓⏎")
        assert app.walk.trace.lesson.id == "or-gate"
        assert app.walk.cursor == Cursor(3, 7)
        assert "Your turn" in shown(app)  # as it was left


async def test_the_menu_is_filtered_and_left() -> None:
    app = at(Bookmark("and-gate", Cursor(1, 0)))
    async with app.run_test(size=(80, 24)) as pilot:
        await write(pilot, "m/xor")
        text = shown(app)
        assert "XOR gate, stuck" in text
        assert "tanh" not in text
        await write(pilot, "zzz")
        assert "No lesson has that in its name." in shown(app)
        await write(pilot, "⏎⎋⎋")
        assert app.walk.trace.lesson.id == "and-gate"
        assert "Truth table" in shown(app)


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (50, 8), (20, 4)])
async def test_the_menu_at_every_size(size: tuple[int, int]) -> None:
    app = at(Bookmark("worked-example", Cursor(1, 0)))
    async with app.run_test(size=size) as pilot:
        await write(pilot, "m")
        assert "▸" in shown(app)


async def test_what_if_a_weight_were_another() -> None:
    app = at(Bookmark("and-gate", Cursor(1, 29)))
    async with app.run_test(size=(80, 24)) as pilot:
        keys_before = shown(app).split("\n")[-1]
        await write(pilot, "ww13=2⏎")
        text = shown(app)
        assert "what if w13 = 2" in text
        assert "w13  2" in text
        assert "Loss[0.24715] unchanged 0.25781" in text
        slots, undo, _ = text.split("\n")[-1].partition("z undo")  # keys keep their places
        assert undo
        assert "n gradient" in slots
        assert keys_before.startswith(slots)
        assert app.walk.cursor == Cursor(1, 29)
        await write(pilot, "wlr=9⏎e")
        assert "what if w13 = 2, lr = 9" in shown(app)
        await write(pilot, "z")
        assert [str(change) for change in app.walk.changes] == ["w13 = 2"]
        await write(pilot, "Z")
        assert [str(change) for change in app.walk.changes] == ["w13 = 2", "lr = 9"]
        await write(pilot, "o")
        assert app.walk.changes == ()
        assert "AND gate, by hand" in shown(app)


@pytest.mark.parametrize(("text", "complaint"), [
    ("w99 = 1", "w99: expected a parameter, lr or a target"), ("w13", "expected a name and a value, such as w13 = 0.5"),
    ("lr = 0", "lr = 0; expected a number above 0"), ("y row 9 = 1", "expected y row 1 to 4 = VALUE"),
    ("w13 = 1/0", "a division by 0"), ("w13 row 2 = 1", "w13 is the same in every row"), ("w13 = 9^14", "too large")])
async def test_what_can_not_be_changed_is_said(text: str, complaint: str) -> None:
    session = Walk(and_trace(), Cursor(1, 29))
    said: list[str] = []
    PlainWalk(session, said.append).run(
        io.StringIO(f"what if {text}\n"), prompt=lambda: None)
    assert complaint in said[-1]


def test_a_branch_has_the_epochs_before_it_and_a_training_of_its_own() -> None:
    trace = and_trace()
    session = act(act(Walk(trace, Cursor(3, 0)), WhatIf("y row 2 = 1")), WhatIf("w35 = 1/2"))
    assert session.trace.epoch(2).loss == trace.epoch(2).loss
    branch = session.trace.epoch(3)
    assert branch.loss != trace.epoch(3).loss
    assert session.trace.read(3, session.trace.symbols.parameter(trace.lesson.network.parameters["w35"]), None) == 0.5
    assert session.trace.lesson.Y[1, 0] == 1
    assert trace.lesson.Y[1, 0] == 0


def test_changes_are_kept_and_come_back() -> None:
    writer = ProgressWriter()
    session = Keeper(writer).act(open_walk(Bookmark("and-gate", Cursor(2, 40))), WhatIf("w13 = 2"))
    writer.close()
    place = read_progress()[0].bookmark
    assert place
    again = open_walk(place)
    assert again.changes == session.changes
    assert again.trace.epoch(3).loss == session.trace.epoch(3).loss


@pytest.mark.parametrize("name", shipped_lessons())
@pytest.mark.parametrize("form", ["paths", "delta"])
def test_every_lesson_has_mistakes_to_find(name: str, form: str) -> None:
    trace = Trace(load(name), "paths" if form == "paths" else "delta")
    found = [puzzle(trace, 1, seed) for seed in range(6)]
    if form == "paths":
        assert all(found)
        assert len({each.wrong for each in found if each}) > 1


async def test_finding_the_mistake() -> None:
    app = at(Bookmark("and-gate", Cursor(1, 38)))
    wanted = puzzle(and_trace(), 1, 1)
    assert wanted
    steps = wanted.indices.index(wanted.wrong)
    async with app.run_test(size=(80, 24)) as pilot:
        await write(pilot, "f")
        assert "One of these numbers is wrong." in shown(app)
        await write(pilot, "⏎" if steps else "")
        assert "is right: " in shown(app)
        await write(pilot, "→" * steps + "⏎")
        *_, said, a, b, c, d, keys = shown(app).split("\n")  # a choice a line, where there is room
        assert said.endswith("Which mistake is it?")
        assert [line[:8] for line in (a, b, c, d)] == [f" ({letter}) it " for letter in "abcd"]
        assert "a b c d say which mistake it is  Esc leave" in keys
        await write(pilot, "a")
        assert "Enter another one  Esc leave" in shown(app)
        await write(pilot, "⏎")
        assert "One of these numbers is wrong." in shown(app)
        await write(pilot, "⎋")
        assert app.walk.cursor == Cursor(1, 38)
        assert "This number" in shown(app)


async def test_the_palette_leaves_the_puzzle() -> None:
    app = at(Bookmark("and-gate", Cursor(1, 38)))
    async with app.run_test(size=(80, 24)) as pilot:
        await write(pilot, "f")
        step = next(command for command in app.get_system_commands(app.screen) if command.title.startswith("step"))
        step.callback()
        await pilot.pause()
        assert "One of these numbers is wrong." not in shown(app)
        assert app.walk.cursor == Cursor(1, 39)


def test_drawn_numbers_are_not_told_with_the_words_of_others() -> None:
    drawn = run("trace", "xor-gate", "--numbers", "3").stdout
    assert "XOR gate" in drawn
    assert "goal:" not in drawn
    assert "From this start" not in drawn


async def test_one_key_from_paths_to_delta_and_back() -> None:
    app = at(Bookmark("two-outputs", Cursor(1, 100)))
    async with app.run_test(size=(80, 24)) as pilot:
        await write(pilot, "v")
        assert app.walk.trace.chains.form == "delta"
        assert DELTA_FORM in shown(app)
        assert "v paths" in shown(app).split("\n")[-1]
        await pilot.press("right")
        await pilot.pause()
        assert DELTA_FORM not in shown(app)
        await pilot.press("home", "pagedown", "pagedown")
        assert "54 multiplications a row by paths, 16 by δ" in shown(app)
        await pilot.press("pageup", "right")
        await pilot.pause()
        assert DELTA_FORM in shown(app)
        await pilot.press("pagedown", "down")
        await pilot.pause()
        assert "multiplications a row:" in shown(app)
        assert "54 by paths, 16 by δ" in shown(app)
        await write(pilot, "v")
        assert app.walk.trace.chains.form == "paths"


def test_a_lesson_of_ones_own_from_new_to_playing(tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    result = run("new", str(file), "--gate", "xor", "--seed", "4", "--hidden", "2", "--activation", "relu")
    assert (result.returncode, result.stderr) == (0, "")
    assert f"handgrad play {file}" in result.stdout
    assert run("check", str(file)).returncode == 0
    assert "XOR gate. " in run("play", str(file), "--plain").stdout
    again = run("new", str(file))
    assert (again.returncode, again.stdout) == (1, "")
    assert again.stderr == (f"{file}: exists already, and is left as it is; expected another name (or remove it first);"
                            f" to go on with it: handgrad check {file}, handgrad play {file}\n")


def test_a_directory_of_lessons_is_a_course(tmp_path: Path) -> None:
    run("new", str(tmp_path / "b.toml"), "--gate", "or")
    run("new", str(tmp_path / "a.toml"), "--gate", "and", "--hidden", "0")
    (tmp_path / "c.toml").write_text("format = 7")
    (tmp_path / "notes.txt").write_text("no lesson")
    listed = run("lessons", "--lessons", str(tmp_path)).stdout
    assert [line.split()[0] for line in listed.splitlines()] == ["a", "b", str(tmp_path / "c.toml")]
    assert "can't be read" in listed
    result = run("--lessons", str(tmp_path), stdin="lessons\nlesson 3\nlesson 2\n")
    assert "AND gate. " in result.stdout
    assert "2: OR gate" in result.stdout
    assert "lesson: expected 1 to 3" in result.stdout
    assert run("--lessons", str(tmp_path / "nothing")).returncode == 1


def test_the_menu_finds_a_lesson_of_a_folder_by_its_id() -> None:
    items = [Item("/x/1.toml", load("or-gate")), Item("/x/2.toml", load("tanh"))]
    assert Menu(items, {}, filter="or-g").matches == items[:1]


def test_ones_own_lessons_stand_behind_the_shipped_ones(tmp_path: Path) -> None:
    folder = tmp_path / "handgrad" / "lessons"
    folder.mkdir(parents=True)
    run("new", str(folder / "mine.toml"), "--gate", "nor")
    assert "NOR gate" in run("lessons", XDG_DATA_HOME=str(tmp_path)).stdout


def test_a_lesson_is_read_again_when_it_is_saved(tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    run("new", str(file))
    with Terminal("play", str(file), "--watch", "--at", "1:3") as terminal:
        terminal.until("q quit")
        file.write_text(file.read_text().replace('title = "AND gate"', 'title = "Saved again"'))
        terminal.until("Saved again")
        assert "1:3" not in terminal.text()
        file.write_text("format = 7")
        terminal.until("format: 7; expected 1 (line 1)")
        terminal.press("q")
        assert terminal.end() == 0


def test_the_plain_mode_reads_a_saved_lesson_again(tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    run("new", str(file))
    with subprocess.Popen([COMMAND, "play", str(file), "--plain", "--watch"], stdin=subprocess.PIPE,
                          stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin
        assert process.stdout
        while "before its first number" not in (line := process.stdout.readline()):
            assert line
        file.write_text(file.read_text().replace("learning_rate = 0.5", "learning_rate = 0.25"))
        said, _ = process.communicate("where\nend\n", timeout=30)
    assert "the lesson was read again" in said
    assert "− 0.25·" in said


async def test_between_epochs_a_wrong_row_is_only_called_so() -> None:
    app = at(Bookmark("and-gate", Cursor(2, 0)))
    async with app.run_test(size=(80, 24)):
        assert "wrong" in shown(app)
        assert "!" not in shown(app)
