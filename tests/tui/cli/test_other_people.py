"""Other accounts on the same files, and a disk that is full: real accounts and file systems, as only root has them."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from accounts import needs_root

from terminal import COMMAND

pytestmark = needs_root
ROOT, ALICE, BOB, CAROL, CLASS = 0, 5001, 5002, 5003, 5100
FIRST = ("practise", "0.3", "0.3", "0.9")
PROGRESS = Path("handgrad") / "progress"


def run(account: int, *arguments: str, lines: Sequence[str] = ()) -> subprocess.CompletedProcess[str]:
    """handgrad as an account that is one of the class."""
    user = ["setpriv", f"--reuid={account}", f"--regid={account}", f"--groups={CLASS}"] if account else []
    return subprocess.run([*user, COMMAND, *arguments], input="".join(f"{line}\n" for line in lines), text=True,
                          capture_output=True, check=False, cwd="/")


def play(account: int, lesson: str, *lines: str) -> str:
    """Walk and practise in plain text; what is said."""
    result = run(account, "play", lesson, "--plain", lines=lines)
    assert result.returncode == 0, result.stderr
    return result.stdout + result.stderr


def complaints(said: str) -> list[str]:
    """What of it is about files."""
    return [line for line in said.splitlines() if "can be kept" in line or "aside" in line or "written over" in line]


def attempts(account: int) -> int:
    """How much is known of how much that account has done."""
    result = run(account, "progress", "--format", "json")
    assert (result.returncode, result.stderr) == (0, "")
    return sum(skill["attempts"] for skill in json.loads(result.stdout)["skills"].values())


@pytest.fixture(autouse=True)
def _can_run_as_others() -> None:
    if not shutil.which("setpriv") or run(ALICE, "--version").returncode:
        pytest.skip("other accounts can't run this Python")


@pytest.fixture
def home(open_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Alice's, with nothing in it."""
    monkeypatch.delenv("XDG_STATE_HOME")
    monkeypatch.delenv("XDG_CONFIG_HOME")
    monkeypatch.setenv("HOME", str(home := open_folder / "alice"))
    home.mkdir(mode=0o700)
    os.chown(home, ALICE, ALICE)
    return home


def test_three_and_root_share_a_folder_and_nothing_is_lost(open_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each finds what the others have done, whoever began and whatever they do between."""
    monkeypatch.setenv("XDG_STATE_HOME", str(open_folder))
    os.chown(open_folder, ROOT, CLASS)
    open_folder.chmod(0o2770)
    done = 0
    for account, lesson in ((ALICE, "and-gate"), (ROOT, "and-gate"), (BOB, "or-gate"), (CAROL, "and-gate"),
                            (ALICE, "and-gate")):
        assert not complaints(play(account, lesson, *FIRST, "?", "?"))
        assert attempts(account) >= done > 0 or account == ALICE
        done = attempts(account)
    assert {attempts(account) for account in (ROOT, ALICE, BOB, CAROL)} == {done}
    assert sorted(os.listdir(open_folder / PROGRESS)) == ["and-gate.json", "or-gate.json"]


def test_sudo_in_between_takes_nothing_from_who_used_it(home: Path) -> None:
    for account in (ROOT, ALICE, ROOT, ALICE):
        assert not complaints(play(account, "and-gate", *FIRST))
    assert attempts(ALICE) == attempts(ROOT) >= 3
    assert run(ROOT, "config").returncode == 0
    assert run(ALICE, "config").returncode == 0
    assert {path.lstat().st_uid for path in home.rglob("*")} == {ALICE}


def test_what_root_has_left_unreadable_is_set_aside_and_counts_again_once_it_is_given_back(home: Path) -> None:
    play(ALICE, "and-gate", *FIRST)
    folder = home / ".local" / "state" / PROGRESS
    file, known = folder / "and-gate.json", attempts(ALICE)
    os.chown(file, ROOT, ROOT)
    result = run(ALICE, "progress")
    assert result.stderr == f"{file}: permission denied; it is not written over\n"
    assert complaints(play(ALICE, "and-gate")) == [
        f"{file}: permission denied; it is not written over",
        f"{file}: permission denied; set aside as and-gate.json.set-aside-1"]
    assert attempts(ALICE) == 0
    os.chown(folder / "and-gate.json.set-aside-1", ALICE, ALICE)
    assert attempts(ALICE) == known


@pytest.mark.parametrize(("mode", "is_seen"), [(0o700, False), (0o755, True)], ids=oct)
def test_a_folder_of_roots_is_left_as_it_is_and_that_is_said(mode: int, is_seen: bool, home: Path) -> None:
    play(ALICE, "and-gate", *FIRST)
    folder = home / ".local" / "state" / PROGRESS
    os.chown(folder, ROOT, ROOT)
    folder.chmod(mode)
    before = (folder / "and-gate.json").read_bytes()
    kept = f"nothing can be kept (permission denied): {folder}"
    unseen = [] if is_seen else [f"{folder}: permission denied; it is not written over"]
    assert complaints(play(ALICE, "and-gate", "next", "next")) == [*unseen, kept, kept]  # at once, and at the end
    assert complaints(play(ALICE, "or-gate", "skills")) == [*unseen, kept, kept, kept]
    result = run(ALICE, "progress", "--reset")
    assert result.returncode == 1
    assert result.stderr == (f"not forgotten: {folder}/and-gate.json: permission denied\n" if is_seen else
                             f"nothing can be forgotten (permission denied): {folder}\n")
    assert [path.read_bytes() for path in folder.iterdir()] == [before]


def test_what_becomes_readable_while_one_walks_is_not_written_over(home: Path) -> None:
    """Alice's own progress, which was root's for a while; she is given it back during a session."""
    play(ALICE, "and-gate", "by hand", "0.3", "0.3", "0.9")
    folder = home / ".local" / "state" / PROGRESS
    before = json.loads((folder / "and-gate.json").read_text())
    os.chown(folder, ROOT, ROOT)
    folder.chmod(0o700)
    user = ["setpriv", f"--reuid={ALICE}", f"--regid={ALICE}", "--clear-groups"]
    with subprocess.Popen([*user, COMMAND, "play", "and-gate", "--plain"], text=True, cwd="/", bufsize=1,
                          stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as session:
        assert session.stdin
        assert session.stdout
        said = session.stdout.readline()
        assert said == f"{folder}: permission denied; it is not written over\n"
        while "nothing can be kept" not in (line := session.stdout.readline()):
            assert line
        os.chown(folder, ALICE, ALICE)
        rest, _ = session.communicate("next\nnext\n")
    assert complaints(rest) == [f"{folder}/and-gate.json: was not read before; set aside as and-gate.json.set-aside-1"]
    assert before["place"]["answers"]
    assert json.loads((folder / "and-gate.json.set-aside-1").read_text()) == before


@pytest.mark.parametrize("account", [ROOT, ALICE])
def test_a_fault_that_root_writes_down_locks_nobody_out(account: int, home: Path) -> None:
    script = "from tui.terminal.faults import report_fault; report_fault(ValueError())"
    for each in (ROOT, account):
        user = ["setpriv", f"--reuid={each}", f"--regid={each}", "--clear-groups"]
        subprocess.run([*user, sys.executable, "-c", script], capture_output=True, check=True, cwd="/")
    assert (home / ".local" / "state" / "handgrad" / "fault.txt").is_file()
    assert {path.lstat().st_uid for path in home.rglob("*")} == {ALICE}


def test_of_two_files_one_can_be_forgotten(home: Path) -> None:
    play(ALICE, "and-gate", *FIRST)
    play(ALICE, "or-gate", *FIRST)
    folder = home / ".local" / "state" / PROGRESS
    os.chown(folder / "or-gate.json", ROOT, ROOT)
    result = run(ALICE, "progress", "--reset")
    assert (result.returncode, result.stderr) == (1, f"not forgotten: {folder}/or-gate.json: permission denied\n")
    os.unlink(folder / "or-gate.json")
    assert attempts(ALICE) == 0
    assert run(ALICE, "progress", "--reset").returncode == 0


def test_lessons_that_may_not_be_read_are_not_taken_for_none(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (home / "handgrad" / "lessons").mkdir(parents=True)
    monkeypatch.setenv("XDG_DATA_HOME", str(home))
    assert "can't be read" not in run(ALICE, "lessons").stdout
    (home / "handgrad" / "lessons").chmod(0o700)
    assert run(ALICE, "lessons").stdout.splitlines()[-1].endswith("can't be read")
    result = run(ALICE, "--lessons", str(home / "handgrad" / "lessons"))
    assert result.returncode == 1
    assert result.stderr == f"{home}/handgrad/lessons: permission denied; expected a folder with .toml files\n"


@pytest.fixture
def small_disk(open_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A file system of 64 KB."""
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", open_folder], check=False).returncode:
        pytest.skip("nothing can be mounted here")
    try:
        os.chmod(open_folder, 0o777)
        monkeypatch.setenv("XDG_STATE_HOME", str(open_folder))
        yield open_folder
    finally:
        subprocess.run(["umount", open_folder], check=True)


def test_a_full_disk_leaves_all_as_it_was(small_disk: Path) -> None:
    play(ALICE, "and-gate", *FIRST)
    fill, before = small_disk / "fill", (small_disk / PROGRESS / "and-gate.json").read_bytes()
    with pytest.raises(OSError, match="No space left"):
        fill.write_bytes(b"0" * 2**16)
    kept = f"nothing can be kept (no space left on device): {small_disk}/{PROGRESS}"
    for lesson in ("and-gate", "or-gate"):
        assert complaints(play(ALICE, lesson, "next", "next")) == [kept, kept]
    result = run(ALICE, "progress", "--reset")
    assert (result.returncode, "no space left on device" in result.stderr) == (1, True)
    new = run(ALICE, "new", str(small_disk / "new.toml"), "--gate", "nor")
    assert (new.returncode, "no space left on device" in new.stderr) == (1, True)
    assert sorted(os.listdir(small_disk)) == ["fill", "handgrad"]
    assert [path.read_bytes() for path in (small_disk / PROGRESS).iterdir()] == [before]
    fill.unlink()
    assert not complaints(play(ALICE, "and-gate", "next", "next"))
    assert run(ALICE, "progress", "--reset").returncode == 0
