"""The command as programs run it: output, messages, exit codes."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from command import run
from engine.course import solution
from engine.lesson.lesson import shipped_lessons
from lessons import toml
from terminal import COMMAND
from tui.cli.main import main


def test_version_and_help() -> None:
    assert run("--version").stdout == run("trace", "--version").stdout == "handgrad 0.1.0\n"
    for arguments in ([], ["play"], ["trace"], ["check"], ["lessons"]):
        result = run(*arguments, "--help")
        assert (result.returncode, "examples:" in result.stdout) == (0, True)


def test_lessons_are_listed() -> None:
    assert "  and-gate               AND gate, by hand\n" in run("lessons").stdout


@pytest.mark.parametrize("environment", [{"HANDGRAD_ASCII": "1"}, {"encoding": "ascii"}], ids=str)
def test_lists_are_in_ascii_where_it_is_asked_for_or_all_there_is(environment: dict[str, str]) -> None:
    assert "delta: the same gradients" in run("lessons", **environment).stdout
    assert "dLoss/dA" in run("progress", **environment).stdout


@pytest.mark.parametrize("command", [
    "trace and-gate", "trace and-gate --format md", "trace and-gate --format csv", "trace and-gate --format json",
    "progress", "lessons", "drill and-gate --count 1", "drill --help", "trace --help", "man", "schema",
    "completion fish", "check δ.toml", "play δ.toml", "play and-gate --at ∂", "play delta --plain", "config", "fly"])
def test_ascii_holds_for_every_command(command: str) -> None:
    results = [run(*command.split(), "--ascii", stdin="?\n"), run(*command.split(), stdin="?\n", HANDGRAD_ASCII="1")]
    for result in results:
        assert (result.stdout + result.stderr).isascii()
        assert "Traceback" not in result.stderr
    if "json" in command or "drill and" in command:  # the same in escapes
        assert run(*command.split(), stdin="?\n").stdout == re.sub(
            r"\\u([0-9a-f]{4})", lambda found: chr(int(found[1], 16)), results[0].stdout)


def test_help_is_for_terminals_that_lack_a_sign_too() -> None:
    environment = {**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    raw = subprocess.run([COMMAND, "trace", "--help"], capture_output=True, check=True, env=environment).stdout
    assert b"the backward pass by paths (default) or by delta" in raw


def test_without_a_terminal_the_walk_is_plain() -> None:
    result = run("play", "and-gate", "--at", "4:28", stdin="\nq\n")
    assert result.returncode == 0
    assert "Loss = 1/4·Σ (y−A5)² = (0.15797 + 0.18230 + 0.24695 + 0.22220)/4 = 0.20235" in result.stdout
    assert run(stdin="\n").stdout.startswith("AND gate, by hand. 239 steps an epoch.")


def test_plain_ascii() -> None:
    result = run("play", "and-gate", "--plain", "--ascii", stdin="\n")
    assert result.stdout.isascii()
    assert "Z3 = w13*x1 + w23*x2 + b3 = 0.8*1 + (-0.6)*1 + 0.1 = 0.3" in result.stdout


def test_check_says_ok_or_every_problem(tmp_path: Path) -> None:
    good, bad = tmp_path / "good.toml", tmp_path / "bad.toml"
    text = shipped_lessons()["and-gate"].read_text("utf-8")
    good.write_text(text)
    bad.write_text(text.replace('"and-gate"', '"bad"').replace("units = 2", "units = 0").replace("0.5\n", '"x"\n'))
    result = run("check", str(good), str(bad))
    assert (result.returncode, result.stdout) == (1, f"{good}: ok\n")
    assert result.stderr == (f"{bad}: network.hidden[0].units: 0; expected a whole number from 1 to 64 (line 20)\n"
                             f'{bad}: parameters.w24: "x"; expected a finite number (line 28)\n'
                             f'{bad}: training.learning_rate: "x"; expected a finite number above 0 (line 36)\n')


def test_check_warns_of_a_folders_lessons_and_only_strictly_fails(tmp_path: Path) -> None:
    text = shipped_lessons()["and-gate"].read_text("utf-8").replace('"and-gate"', '"mine"')
    (tmp_path / "a.toml").write_text(text)
    (tmp_path / "b.toml").write_text(text.replace("epoch = 4", "epoch = 3").replace('"mine"', '"other"', 1))
    (tmp_path / "c.toml").write_text(text.replace("units = 2", "units = 0"))
    said = (f"{tmp_path}/b.toml: warning: goal: not reached by epoch 3; expected epoch = 4, where it is (line 39)\n"
            f"{tmp_path}/b.toml: ok, 1 warning\n")
    for options, status in (([], 0), (["--strict"], 1)):
        result = run("check", *options, f"{tmp_path}/b.toml")
        assert (result.returncode, result.stdout, result.stderr) == (status, said, "")
    result = run("check", str(tmp_path))
    assert (result.returncode, said in result.stdout) == (1, True)
    assert result.stdout.endswith(f"{tmp_path}/b.toml: ok, 1 warning\n")
    assert result.stderr == \
        f"{tmp_path}/c.toml: network.hidden[0].units: 0; expected a whole number from 1 to 64 (line 20)\n"
    (tmp_path / "empty").mkdir()
    assert run("check", f"{tmp_path}/empty").stderr == \
        f"{tmp_path}/empty: no lessons in it; expected a folder with .toml files\n"


@pytest.mark.parametrize(("shell", "status"), [
    ("play " + "a" * 300, 1), ("play --plain and-gate <&-", 0), ("trace and-gate >&-", 2), ("lessons >/dev/full", 1),
    ("trace and-gate >/dev/full", 1), ("play and-gate --at $'\\e]0;x\\a'", 2), ("--$'\\e]0;x'", 2),
    ("check $'\\xff\\e.toml'", 1), ("play --plain and-gate <<< $'\\xff'", 0), ("play --plain and-gate < /dev/zero", 0)])
def test_odd_calls_end_without_a_traceback_or_an_escape(shell: str, status: int) -> None:
    if "zero" in shell:
        shell = shell.replace("< /dev/zero", "< <(head -c 100000 /dev/zero)")
    result = subprocess.run(["bash", "-c", f"{COMMAND} {shell}"], capture_output=True, check=False, timeout=60,
                            env={**os.environ, "PYTHONIOENCODING": "utf-8:strict"}, stdin=subprocess.DEVNULL)
    assert result.returncode == status
    assert b"Traceback" not in result.stderr
    assert b"\x1b" not in result.stdout + result.stderr


def test_check_says_which_question_cannot_be_answered_and_how_many_of_many_were_tried(
        tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(toml([1, 1], ["linear"], "mse", [[1e200, 0.0]], {"w12": 1e200, "b2": 0.5}), "utf-8")
    with pytest.raises(SystemExit, match="1"):
        main(["check", str(file)])
    assert f"{file}: parameters: no answer to the question at 1:0, Z2 in row 1: it comes to inf" in \
        capsys.readouterr().err
    monkeypatch.setattr(solution, "MOST_WORK", 400)
    with pytest.raises(SystemExit, match="0"):
        main(["check", str(shipped_lessons()["and-gate"])])
    assert capsys.readouterr().out.endswith("and-gate.toml: ok, 84 of its 334 questions are tried\n")


@pytest.mark.parametrize("command", [["check"], ["play"], ["trace"]])
def test_a_wrong_file_is_one_line_and_exit_1(command: list[str], tmp_path: Path) -> None:
    (tmp_path / "binary.toml").write_bytes(bytes(range(256)))
    (tmp_path / "empty.toml").write_bytes(b"")
    (tmp_path / "folder").mkdir()
    for path in (tmp_path / "folder", *(tmp_path / f"{name}.toml" for name in ("binary", "empty", "none"))):
        result = run(*command, str(path))
        assert (result.returncode, result.stdout, len(result.stderr.splitlines())) == (1, "", 1)
        assert result.stderr.startswith(f"{path}: ")


@pytest.mark.parametrize("arguments", [
    ["play"], ["fly"], ["play", "and-gate", "--at", "x"], ["play", "and-gate", "--at", "1:240"],
    ["trace", "and-gate", "--epochs", "0"], ["trace", "and-gate", "--epochs", "x"],
    ["trace", "and-gate", "--format", "xml"], ["check"]])
def test_a_wrong_command_line_is_exit_2(arguments: list[str]) -> None:
    result = run(*arguments)
    assert (result.returncode, result.stdout) == (2, "")
    assert "Traceback" not in result.stderr


def test_a_reader_who_has_enough_is_no_error() -> None:
    with subprocess.Popen([COMMAND, "trace", "and-gate", "--epochs", "100000", "--format", "csv"],
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(30) == 0


PLACE = ('{"lesson": "and-gate", "epoch": 3, "step": 14, "numbers": null, "mode": "watch", "answers": {},'
         '"form": "paths"}')


@pytest.mark.parametrize("kept", [
    "", "{", "[]", '{"format": 1}', '{"format": 2}', "\0" * 99, "[" * 9000, '{"format": 1, "place": 7, "skills": {}}',
    '{"format": 1, "place": null, "skills": {"slope": {"known": 7, "attempts": 1, "right": 1}}}',
    '{"format": 1, "place": null, "skills": {}}',
    f'{{"format": 1, "place": {PLACE.replace("watch", "fly")}, "skills": {{}}}}',
    f'{{"format": 1, "place": {PLACE.replace("14", "1e400")}, "skills": {{}}}}'])
def test_a_damaged_or_newer_file_is_set_aside_and_said(kept: str, own_state: Path) -> None:
    folder = own_state / "handgrad" / "progress"
    folder.mkdir(parents=True)
    (folder / "and-gate.json").write_text(kept)
    result = run(stdin="")
    assert result.returncode == 0
    assert "epoch 1, step 0 of 239" in result.stdout
    trouble = rf"{folder}/and-gate.json: (damaged|of another handgrad \(format 2\)); "
    assert re.match(rf"{trouble}it is not written over\nAND gate", result.stdout)
    assert len(re.findall(rf"^{trouble}set aside as and-gate.json.set-aside-1$", result.stdout, re.MULTILINE)) == 1
    assert result.stderr == ""
    assert (folder / "and-gate.json.set-aside-1").read_text() == kept


@pytest.mark.parametrize("arguments", [["progress"], ["progress", "--format", "json"], ["lessons"]], ids=" ".join)
def test_a_report_changes_nothing(arguments: list[str], own_state: Path) -> None:
    folder = own_state / "handgrad" / "progress"
    assert run(*arguments).stderr == ""
    assert not own_state.exists()
    folder.mkdir(parents=True)
    (folder / "and-gate.json").write_text(f'{{"format": 1, "place": {PLACE}, "skills": {{}}}}')
    before = state_of(own_state)
    assert run(*arguments).stderr == ""
    assert state_of(own_state) == before
    for name in ("damaged.json", "newer.json", ".progress-left-over"):
        (folder / name).write_text('{"format": 2}' if name == "newer.json" else "{")
        os.utime(folder / name, (0, 0))
    os.mkfifo(folder / "fifo.json")
    (folder / "link.json").symlink_to("link.json")
    before = state_of(own_state)
    result = run(*arguments)
    assert sorted(line.removesuffix("; it is not written over") for line in result.stderr.splitlines()) == [
        f"{folder}/damaged.json: damaged", f"{folder}/fifo.json: not a file",
        f"{folder}/link.json: too many levels of symbolic links",
        f"{folder}/newer.json: of another handgrad (format 2)"]
    assert result.returncode == 0
    assert state_of(own_state) == before


def state_of(folder: Path) -> dict[str, tuple[int, int, int]]:
    """Of all that a folder holds, what would tell a change."""
    states = {str(path): path.lstat() for path in (folder, *folder.rglob("*"))}
    return {path: (state.st_size, state.st_mtime_ns, state.st_ino) for path, state in states.items()}


@pytest.mark.parametrize("place", [PLACE.replace("and-gate", "gone"), PLACE.replace("14", "999")])
def test_a_place_that_is_no_more_begins_the_and_lesson(place: str, own_state: Path) -> None:
    folder = own_state / "handgrad" / "progress"
    folder.mkdir(parents=True)
    (folder / "and-gate.json").write_text(f'{{"format": 1, "place": {place}, "skills": {{}}}}')
    result = run(stdin="")
    assert "epoch 1, step 0 of 239" in result.stdout
    assert "so here is the AND lesson" in result.stdout


def test_a_files_place_is_kept_from_any_folder(tmp_path: Path) -> None:
    (tmp_path / "mine").write_text(shipped_lessons()["and-gate"].read_text("utf-8"))
    subprocess.run([COMMAND, "play", "./mine"], cwd=tmp_path, input=b"go 2:5\n", check=True, capture_output=True)
    assert "epoch 2, step 5 of 239" in run(stdin="").stdout


def test_a_place_is_kept(own_state: Path) -> None:
    run("play", "and-gate", "--plain", stdin="go 3:14\nq\n")
    assert "epoch 3, step 14 of 239" in run(stdin="").stdout
    assert [path.name for path in (own_state / "handgrad" / "progress").iterdir()] == ["and-gate.json"]


def test_mode_numbers_and_knowledge_are_kept_and_shown(own_state: Path) -> None:
    run("play", "and-gate", "--plain", "--numbers", "3", stdin="practise\n1.3\n0.5\n?\n")
    again = run(stdin="")
    assert "A3, row 1 (x1 1, x2 1, y 1) = ?" in again.stdout
    shown = json.loads(run("progress", "--format", "json").stdout)
    assert shown["place"] == {"lesson": "and-gate", "epoch": 1, "step": 1, "numbers": 3,
                              "mode": "practise"}
    assert shown["skills"]["net_input"]["attempts"] == 1
    assert "Z, the weighted sum" in run("progress").stdout
    assert json.loads(run("progress", "--reset", "--format", "json").stdout)["skills"]["net_input"]["attempts"] == 0
    assert own_state.exists()


def test_a_state_directory_that_can_not_be_written_stops_nobody(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    for state in (tmp_path / "file", Path("/proc/nothing"), Path("/dev/full")):
        result = run("play", "and-gate", "--plain", stdin="practise\n0.3\n", XDG_STATE_HOME=str(state))
        assert (result.returncode, "Right. Z3 = 0.3." in result.stdout) == (0, True)
        for stream in (result.stdout, result.stderr):  # at once, and on leaving
            assert stream.count("nothing can be kept (") == 1


@pytest.mark.parametrize(("arguments", "near"), [
    (["plya", "and-gate"], "play"), (["trace", "and-gate", "--format", "jsn"], "json"),
    (["new", "x", "--gate", "nan"], "nand")])
def test_a_typo_is_answered_with_the_near_word(arguments: list[str], near: str) -> None:
    result = run(*arguments)
    assert result.returncode == 2
    assert f'did you mean "{near}"?' in result.stderr


@pytest.mark.parametrize(("error", "said"), [
    ("OSError(28, 'No space left on device')", "handgrad: No space left on device\n"),
    ("PermissionError(13, 'Permission denied', '/a\\x1b')", "handgrad: /a\\x1b: Permission denied\n"),
    ("OSError(5, None)", "handgrad: Input/output error\n"), ("BrokenPipeError(32, 'Broken pipe')", "")])
def test_what_the_system_refuses_is_one_line_with_the_file(error: str, said: str) -> None:
    result = refused(error)
    assert (result.returncode, result.stderr) == (1 if said else 0, said)


def test_a_fault_of_ours_is_not_hidden() -> None:
    result = refused("OSError()")
    assert result.returncode == 70
    line = r"handgrad: a fault of ours, OSError in tui/cli/main.py:\d+\. Please report this line, and .*/fault.txt\n"
    assert re.fullmatch(line, result.stderr)


def refused(error: str) -> subprocess.CompletedProcess[str]:
    """A command that ends in an error."""
    program = f"""
import tui.cli.main as main
def load_command(name):
    raise {error}
main.parser.load_command = load_command
main.main(["lessons"])"""
    return subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False, timeout=60)
