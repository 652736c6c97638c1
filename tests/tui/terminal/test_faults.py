"""After a fault, wherever it is, the terminal is as it was, the place is kept, and one line says what to report."""

import os
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest
import raising
from raising import kept, program, walk_until_it_ends

ARGUMENTS = ("play", "and-gate", "--at", "1:30")
FAULT = "raise ZeroDivisionError('put \\x1b[31min')"
AT_31 = "if given[0].cursor.step == 31: raise ZeroDivisionError('put in')"
IN_A_THREAD = "import threading; threading.Thread(target=lambda: 1 / 0).start(); return"
IN_THE_LOOP = "import asyncio; asyncio.get_running_loop().call_soon(lambda: 1 / 0); return"


def is_restored(ended: raising.Ended) -> bool:
    return ended.is_set_back and not ended.modes_left and "Traceback" not in ended.written


@pytest.mark.parametrize(("target", "does", "keys"), [
    ("engine.walk.keeper:act", FAULT, ["right"]),
    ("tui.view.layout:picture", AT_31, ["right"]),
    ("tui.view.pages:page", FAULT, ["?"]),
    ("tui.app.lesson_screen:LessonScreen._play_step", FAULT, ["a"]),
    ("tui.app.app:HandgradApp.action_interrupt", FAULT, ["\x03"]),
    ("tui.app.app:load", FAULT, []),
    ("tui.app.app:HandgradApp._when_answered", FAULT, ["q"]),
    ("tui.app.app:HandgradApp._leave_screens", FAULT, ["q"]),
    ("textual.drivers._writer_thread:WriterThread.run", FAULT, []),
    ("textual.driver:Driver.process_message", FAULT, ["right"]),
    ("textual.drivers.linux_driver:LinuxDriver._disable_bracketed_paste", FAULT, ["q"]),
    ("tui.terminal.signals:on_dead_terminal", IN_A_THREAD, []),
    ("tui.terminal.signals:on_dead_terminal", IN_THE_LOOP, []),
    ("tui.app.app:HandgradApp.get_system_commands", FAULT, ["\x10"]),
    ("textual.fuzzy:FuzzySearch.match", FAULT, ["\x10", "n"]),
    ("tui.terminal.input_stream:InputStream.feed", FAULT, ["right"]),
    *(("engine.walk.keeper:act", f"raise {error}", ["right"]) for error in (
        "MemoryError", "RecursionError", "OSError(2, 'none', 'x')", "GeneratorExit", "SystemExit(0)"))])
def test_on_the_screen(target: str, does: str, keys: list[str]) -> None:
    is_at_once = not keys or "process_message" in target or "feed" in target
    ended = walk_until_it_ends(program(target, does, 0, ARGUMENTS), *keys, ready="" if is_at_once else "q quit")
    assert ended.code == 70
    assert is_restored(ended)
    assert ended.said.count("handgrad: a fault of ours, ") == 1
    assert "your place is kept" in " ".join(ended.said.split())
    assert "\x1b" not in ended.said
    assert "Please report this line" in ended.said
    assert kept()["step"] == 30


def test_in_a_thread_while_the_terminal_owes_an_answer() -> None:
    does = "if given[1] == b'y': import threading; threading.Thread(target=lambda: 1 / 0).start()"
    ended = walk_until_it_ends(program("tui.terminal.input_stream:InputStream.feed", does, 0, ARGUMENTS), "right", "y",
                               answers=False)
    assert (ended.code, is_restored(ended)) == (70, True)
    assert "your place is kept" in ended.said


@pytest.mark.parametrize("target", ["tui.view.layout:picture", "tui.app.app:HandgradApp.on_mount",
                                    "tui.app.app:HandgradApp.get_css_variables", "tui.cli.screen_walk:choose_signs",
                                    "textual.drivers.linux_driver:LinuxDriver._enable_bracketed_paste"])
def test_while_it_begins(target: str) -> None:
    ended = walk_until_it_ends(program(target, FAULT, 0, ARGUMENTS), ready="")
    assert (ended.code, is_restored(ended)) == (70, True)
    assert "; your place is kept. Please report" in ended.said


def test_while_it_is_written_down() -> None:
    """The session goes on, and says so; at the end that was a fault."""
    ended = walk_until_it_ends(program("engine.learner.progress_folder:write_file", FAULT, 0, ARGUMENTS), "right", "q",
                                  ready="This number")
    assert (ended.code, is_restored(ended)) == (70, True)
    assert "nothing can be kept (a fault of ours, ZeroDivisionError)" in ended.written.partition("\x1b[?1049l")[0]
    assert "in engine/learner/progress_folder.py:" in ended.said
    assert "nothing can be kept" in ended.said


def test_the_line_and_the_file_say_where_it_was(own_state: Path) -> None:
    ended = walk_until_it_ends(program("engine.walk.keeper:act", FAULT, 0, ARGUMENTS), "right")
    path = own_state / "handgrad" / "fault.txt"
    line = " ".join(ended.said.split())
    assert "handgrad: a fault of ours, ZeroDivisionError (put \\x1b[31min) in engine/walk/keeper.py:" in line
    assert line.endswith(f"; your place is kept. Please report this line, and {path}") or str(path)[-40:] in line
    assert "Traceback" in path.read_text("utf-8")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_without_textuals_private_part_too() -> None:
    code = "import tui.app.textual_private as private\ndel private.WithoutTraceback._fatal_error\n"
    ended = walk_until_it_ends(code + program("engine.walk.keeper:act", FAULT, 0, ARGUMENTS), "right")
    assert (ended.code, is_restored(ended), kept()["step"]) == (70, True, 30)
    assert "Please report" in ended.said


def run(code: str, answers: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", code], input=answers, capture_output=True, text=True, check=False,
                          timeout=60)


WALKS = [
    ("engine.walk.keeper:act", ("play", "and-gate", "--plain", "--at", "1:30")),
    ("tui.plain.plain_mode:tell", ("play", "and-gate", "--plain", "--at", "1:30")),
    ("tui.plain.drill:act", ("drill", "and-gate"))]
WITHOUT_A_SCREEN = [
    *WALKS,
    ("engine.trace.lines:Lines.line", ("trace", "and-gate")),
    ("tui.cli.commands.lessons:run", ("lessons",))]
OF_THE_COMMAND_LINE = [("tui.cli.parser:build_parser", ("--help",)), ("tui.cli.streams:speak", ("--version",))]


@pytest.mark.parametrize(("target", "arguments", "does"), [
    *((*case, FAULT) for case in WITHOUT_A_SCREEN + OF_THE_COMMAND_LINE),
    *((*case, "raise SystemExit(0)") for case in WITHOUT_A_SCREEN),  # as only the command line may end
    *((*case, f"raise {error}") for case in WALKS for error in ("BrokenPipeError(32, 'in')", "OSError(5, 'in', 'x')"))])
def test_without_a_screen(target: str, arguments: tuple[str, ...], does: str) -> None:
    result = run(program(target, does, 0, arguments), "\n0.3\n")
    assert result.returncode == 70
    assert result.stderr.startswith("handgrad: a fault of ours, ")
    assert result.stderr.count("\n") == 1
    if "--plain" in arguments:
        assert "; your place is kept." in result.stderr
        assert kept()["step"] == 30 or "SystemExit" in does


def test_where_nothing_can_be_written_down_the_line_is_said() -> None:
    os.environ["XDG_STATE_HOME"] = "/dev/null"
    result = run(program("tui.cli.commands.lessons:run", FAULT, 0, ("lessons",)))
    assert (result.returncode, result.stderr.count("\n")) == (70, 1)
    assert result.stderr.endswith("Please report this line\n")


def test_a_broken_module_is_told_as_well() -> None:
    code = "import sys\nsys.modules['tui.cli.parser'] = sys.modules['engine.text.printable'] = None\n"
    result = run(f"{code}from tui.cli.main import main\nmain(['lessons'])")
    assert (result.returncode, result.stderr) == (70, "handgrad: a fault of ours, ModuleNotFoundError\n")


@pytest.mark.parametrize(("target", "number"), [
    ("textual.drivers.linux_driver:LinuxDriver._enable_bracketed_paste", signal.SIGTERM),
    ("tui.app.board_screen:BoardScreen.compose", signal.SIGTERM),
    ("tui.app.board_screen:BoardScreen.compose", signal.SIGINT),
    ("tui.cli.parser:build_parser", signal.SIGINT), ("textual.reactive:Reactive.__set_name__", signal.SIGINT),
    ("engine.lesson.lesson:load", signal.SIGINT)])
def test_a_signal_while_it_begins(target: str, number: signal.Signals) -> None:
    ended = walk_until_it_ends(program(target, f"import os; os.kill(os.getpid(), {int(number)})", 0, ARGUMENTS),
                               ready="")
    assert (ended.code, is_restored(ended)) == (128 + number, True)


@pytest.mark.parametrize("seed", range(3))
def test_a_fault_anywhere(seed: int) -> None:
    """`python tests/benchmarks/endurance.py faults [SEED]` goes on for longer."""
    assert raising.run(seed) == ""


def test_a_fifo_in_the_place_of_the_file_holds_nothing_up(own_state: Path) -> None:
    (own_state / "handgrad").mkdir(parents=True)
    os.mkfifo(own_state / "handgrad" / "fault.txt")
    done = run("from tui.terminal.faults import report_fault; raise SystemExit(report_fault(ValueError()))")
    assert (done.returncode, done.stderr) == (70, "handgrad: a fault of ours, ValueError. Please report this line\n")
