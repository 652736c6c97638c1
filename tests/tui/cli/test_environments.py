"""Whatever surrounds it, from the locale to the standard streams: it starts, walks, practises and ends, and what was
kept before is kept still.
"""

import json
import os
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from engine.learner.progress import Bookmark, Progress
from engine.learner.progress_folder import progress_folder, read_progress, save_progress
from engine.trace.cursor import Cursor
from terminal import COMMAND, Terminal

LESSON, OTHER = "and-gate", Bookmark("xor-gate", Cursor(3, 14))
LOCALES = {"C": "", "tr_TR.ISO-8859-9": "ISO-8859-9", "ja_JP.EUC-JP": "EUC-JP"}  # other lower-case letters, many bytes
NOBODY = 54321  # the number of an account that is not there
QUOTED = shlex.quote(str(COMMAND))
IN_LINES = ("play", LESSON, "--plain", "--at", "1:29")


@pytest.fixture(autouse=True)
def kept_before(own_state: Path) -> Path:
    """What is there before, in another lesson."""
    save_progress(Progress(OTHER, bookmarks={OTHER.lesson: OTHER}))
    return own_state


def where_in(lesson: str) -> Cursor:
    """The place that is kept in a lesson; that of the other one is as it was."""
    found, messages = read_progress()
    assert messages == []
    assert found.bookmarks[OTHER.lesson].cursor == OTHER.cursor
    return found.bookmarks[lesson].cursor


def said_to(lines: str, *command: str, **environment: str) -> str:
    """What a command says to some lines; it ends well, and complains of nothing."""
    done = subprocess.run(command, input=lines.encode(), capture_output=True, check=False, timeout=60,
                          env={**os.environ, **environment})
    assert (done.returncode, done.stderr) == (0, b"")
    return done.stdout.decode("utf-8", "replace")


def walk_everywhere(*python: str, **environment: str) -> None:
    """On the screen, in lines and as JSON, one after another; each finds what was kept."""
    command, *options = (*python, str(COMMAND))
    with Terminal(*options, "play", LESSON, "--at", "1:29", command=command, **environment) as terminal:
        terminal.until("quit")
        terminal.child.send("p-0.14555\r")
        terminal.until("Right.")
        terminal.press("escape")
        terminal.child.send("q")
        left = terminal.rest()
        assert terminal.end() == 0
    assert "Traceback" not in left
    assert "Warning" not in left
    assert where_in(LESSON) == Cursor(1, 30)
    said = said_to("practise\n0.206\nskills\nquit\n", command, *options, "--plain", **environment)
    assert "epoch 1, step 30 of 239" in said
    assert "Right. " in said
    assert "1 of 1 first attempt right" in said
    assert where_in(LESSON) == Cursor(1, 31)
    verdict = said_to("-0.14555\n", command, *options, "drill", LESSON, "--from", "1:29", "--count", "1", **environment)
    assert json.loads(verdict.splitlines()[-1])["verdict"]["reason"] == "exact"
    assert f"{LESSON}, 1:31" in said_to("", command, *options, "progress", **environment)


def made_locale(name: str, folder: Path) -> Mapping[str, str]:
    """The environment of a locale, one that is made here if every system does not have it."""
    if charset := LOCALES[name]:
        localedef = shutil.which("localedef")
        if not localedef:
            pytest.skip("no localedef here")
        made = subprocess.run([localedef, "-i", name.partition(".")[0], "-f", charset, folder / name],
                              capture_output=True, check=False)
        if made.returncode > 1:  # 1: with warnings
            pytest.skip(f"localedef can't make {name} here: {made.stderr.decode(errors='replace')[-200:]}")
    return {"LC_ALL": name, "LOCPATH": str(folder)} if charset else {"LC_ALL": name}


@pytest.mark.parametrize("name", LOCALES)
def test_in_every_locale(name: str, tmp_path: Path) -> None:
    walk_everywhere(**made_locale(name, tmp_path))


@pytest.mark.parametrize("options", [
    ["-W", "error", "-X", "warn_default_encoding"], ["-OO"], ["-I"], ["-X", "utf8=0"]], ids="".join)
def test_with_every_option_of_python(options: list[str]) -> None:
    walk_everywhere(sys.executable, *options, PYTHONIOENCODING="ascii")


def test_bytes_that_are_no_text_are_asked_about_again(tmp_path: Path) -> None:
    with Terminal("new", str(tmp_path / "my.toml"), PYTHONIOENCODING="utf-8:strict") as terminal:
        for question, answer in (("gate", b"\xe9\r"), ("gate", b"xor\r"), ("units", b"\xf0\x9f\r"), ("units", b"0\r"),
                                 ("loss", b"\r"), ("optimizer", b"\r")):
            terminal.until(question)
            terminal.child.send(answer)
        assert "wrote " in terminal.rest()
        assert terminal.end() == 0
    assert "XOR gate" in (tmp_path / "my.toml").read_text("utf-8")


def test_the_command_for_a_new_lesson_can_be_typed_as_it_is_said(tmp_path: Path) -> None:
    done = subprocess.run([COMMAND, "new", "my $lesson.toml"], cwd=tmp_path, input="", capture_output=True, text=True,
                          check=True)
    command = done.stdout.partition("; now: handgrad ")[2]
    assert subprocess.run(["bash", "-c", f"{COMMAND} {command}"], cwd=tmp_path, input="", check=False,
                          capture_output=True).returncode == 0


def test_help_is_the_same_without_docstrings_and_warnings_are_no_errors() -> None:
    for arguments in (["--help"], ["drill", "--help"], ["man"]):
        said = {said_to("", sys.executable, *options, str(COMMAND), *arguments)
                for options in ([], ["-OO"], ["-W", "error"])}
        assert len(said) == 1


@pytest.mark.parametrize("command", [IN_LINES, ("drill", LESSON, "--from", "1:29", "--count", "1"), ("trace", LESSON)],
                         ids=lambda command: command[0])
@pytest.mark.parametrize(("streams", "status", "complaint"), [
    ("<&-", 0, ""), ("2>&-", 0, ""), ("<&- 2>&-", 0, ""), ("2>/dev/full", 0, ""),
    (">&-", 2, "handgrad: standard output is closed; expected one to write to\n"), ("<&- >&- 2>&-", 2, ""),
    (">/dev/full", 1, "handgrad: No space left on device\n"), (">/dev/full 2>/dev/full", 1, "")])
def test_with_closed_and_full_standard_streams(command: tuple[str, ...], streams: str, status: int,
                                               complaint: str) -> None:
    """What can't be written is no success; what is wrong with one stream is nothing to the others."""
    answers = b"practise\n-0.14555\nquit\n" if command is IN_LINES else b"-0.14555\n"
    done = subprocess.run(["bash", "-c", f"{QUOTED} {' '.join(command)} {streams}"], input=answers,
                          capture_output=True, check=False, timeout=60)
    assert (done.returncode, done.stderr.decode()) == (status, complaint)
    if status == 0 and "<&-" not in streams and command[0] != "trace":
        assert "∂A5 = −0.14555." in done.stdout.decode()
    if command is IN_LINES and not status:
        assert where_in(LESSON) == Cursor(1, 29 if "<&-" in streams else 30)
    assert read_progress()[0].bookmarks[OTHER.lesson].cursor == OTHER.cursor


@pytest.mark.parametrize("streams", ["", "2>/dev/full"])
@pytest.mark.parametrize(("arguments", "status"), [
    ("play nope", 1), ("trace and-gate --epochs 0", 2), ("nope", 2), ("--help >/dev/full", 1), ("man >/dev/full", 1)])
def test_the_exit_code_is_the_same_where_nobody_hears_the_complaint(arguments: str, status: int, streams: str) -> None:
    assert subprocess.run(["bash", "-c", f"{QUOTED} {arguments} {streams}"], capture_output=True, check=False,
                          timeout=60).returncode == status


def test_with_streams_that_another_program_has_left_so_that_they_do_not_wait() -> None:
    """What is not there yet is no end, and what is not taken at once is not lost."""
    answers, written = os.pipe()
    for end in answers, written:
        os.set_blocking(end, False)
    with subprocess.Popen([COMMAND, "--version"], stdin=answers, stdout=written, stderr=written) as process:
        assert process.wait() == 0
    assert [os.get_blocking(end) for end in (answers, written)] == [True, True]  # the same for all who have them
    os.close(answers)
    os.close(written)


@pytest.mark.parametrize("umask", ["000", "077"])
def test_under_every_umask(umask: str) -> None:
    command = ("bash", "-c", f'umask {umask}; exec "$0" "$@"', str(COMMAND))
    assert "step 29 of 239" in said_to("quit\n", *command, *IN_LINES)
    modes = {path.stat().st_mode & 0o777 for path in progress_folder().iterdir()}
    assert (modes, progress_folder().stat().st_mode & 0o777) == ({0o600}, 0o700)


@pytest.mark.skipif(os.geteuid() != 0 or not shutil.which("setpriv"), reason="only root can be somebody else")
@pytest.mark.parametrize("home", ["none", "read-only"])
def test_without_a_home_to_write_to(home: str, kept_before: Path) -> None:
    """As an account that owns nothing: what is there is found and stays, and that nothing can be kept is said."""
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(kept_before, Path(folder) / ".local" / "state")
        for path in (Path(folder), *Path(folder).rglob("*")):
            os.chown(path, NOBODY, NOBODY)
            path.chmod(0o555 if path.is_dir() else 0o444)
        named = [f"HOME={folder}"] if home == "read-only" else []
        command = ["env", "-u", "HOME", "-u", "XDG_STATE_HOME", "-u", "XDG_CONFIG_HOME", *named, "setpriv",
                   f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups", str(COMMAND)]
        if subprocess.run([*command, "--version"], capture_output=True, check=False).returncode:
            pytest.skip("another account can't run this Python")
        before = {path: path.read_bytes() for path in Path(folder).rglob("*") if path.is_file()}
        done = subprocess.run([*command, "play", LESSON, "--plain"], input=b"practise\n0.3\nquit\n",
                              capture_output=True, check=False, timeout=60)
        assert b"Right. Z3 = 0.3." in done.stdout
        assert (done.returncode, done.stdout.count(b"nothing can be kept")) == (0, 1)
        assert done.stderr.startswith(b"nothing can be kept")
        assert '"exact"' in said_to("0.3\n", *command, "drill", LESSON, "--count", "1")
        with Terminal(*command[1:], command=command[0]) as terminal:
            terminal.until("14/" if home == "read-only" else "AND gate")
            terminal.press("right")
            terminal.child.send("q")
            assert "nothing can be kept" in terminal.rest()
            assert terminal.end() == 0
        assert before == {path: path.read_bytes() for path in Path(folder).rglob("*") if path.is_file()}


@pytest.mark.parametrize("command", [IN_LINES, ("lessons",), ("progress",), ("--plain",)], ids=lambda each: each[-1])
def test_what_is_said_besides_stops_nothing_where_nobody_hears_it(command: tuple[str, ...]) -> None:
    (progress_folder() / "damaged.json").write_text("{")
    heard, unheard = (subprocess.run(["bash", "-c", f"{COMMAND} {' '.join(command)} {streams}"], input=b"quit\n",
                                     capture_output=True, check=False, timeout=60) for streams in ("", "2>/dev/full"))
    assert b"it is not written over" in heard.stderr + heard.stdout
    assert (heard.returncode, unheard.returncode, heard.stdout) == (0, 0, unheard.stdout)
