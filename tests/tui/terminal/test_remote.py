"""Over a real OpenSSH server on the loopback, and in a real tmux. Skipped where these are not installed."""

import getpass
import os
import select
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pexpect
import pytest

from engine.learner.progress_folder import read_progress
from engine.trace.cursor import Cursor
from engine.walk.walk import Walk
from lessons import and_trace
from terminal import COMMAND, KEYS, Terminal
from tui.view.glyphs import Spelling, ascii_form, console_form
from tui.view.layout import picture

SSHD = shutil.which("sshd") or ("/usr/sbin/sshd" if os.path.exists("/usr/sbin/sshd") else None)
needs_ssh = pytest.mark.skipif(not (SSHD and shutil.which("ssh") and shutil.which("ssh-keygen")),
                               reason="needs an OpenSSH server and client")
needs_tmux = pytest.mark.skipif(not shutil.which("tmux"), reason="needs tmux")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def ssh(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[str]]:
    """The arguments of an ssh command that logs in to a server of these tests' own."""
    tmp_path = tmp_path_factory.mktemp("ssh")
    for name in ("host", "user"):
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(tmp_path / name)], check=True)
    (tmp_path / "authorized").write_bytes((tmp_path / "user.pub").read_bytes())
    port = free_port()
    (tmp_path / "config").write_text(
        f"Port {port}\nListenAddress 127.0.0.1\nHostKey {tmp_path}/host\nAuthorizedKeysFile {tmp_path}/authorized\n"
        f"PidFile {tmp_path}/pid\nStrictModes no\nUsePAM no\nPasswordAuthentication no\nPermitRootLogin yes\n")
    if os.access("/run", os.W_OK):
        os.makedirs("/run/sshd", exist_ok=True)
    server = subprocess.Popen([str(SSHD), "-D", "-e", "-f", str(tmp_path / "config")], stderr=subprocess.PIPE,
                              text=True)
    assert server.stderr
    for line in server.stderr:
        if "Server listening" in line:
            break
    else:
        pytest.skip("the OpenSSH server does not start here")
    yield ["-tt", "-q", "-p", str(port), "-i", str(tmp_path / "user"), "-o", "StrictHostKeyChecking=no",
           "-o", "UserKnownHostsFile=/dev/null", f"{getpass.getuser()}@127.0.0.1"]
    server.terminate()
    server.wait(10)
    server.stderr.close()


def comes_true(is_so: Callable[[], bool], seconds: float = 20) -> bool:
    """Whether something becomes so, in good time: it is asked again and again."""
    end = time.monotonic() + seconds
    while not is_so() and time.monotonic() < end:
        os.sched_yield()
    return is_so()


def is_at(place: str) -> bool:
    found = read_progress()[0].bookmark
    return found is not None and str(found.cursor) == place


@needs_ssh
def test_over_ssh_and_the_connection_drops(ssh: list[str]) -> None:
    state = os.environ["XDG_STATE_HOME"]
    run = f"mkdir -p {state}; echo $$ > {state}/pid; XDG_STATE_HOME={state} exec {COMMAND} play and-gate"
    with Terminal(*ssh, run, command="ssh") as terminal:
        terminal.until("q quit")
        terminal.press("n", "right")
        assert "31/239" in terminal.until("31/239")
        terminal.child.kill(9)  # the client is gone
        terminal.child.wait()
    assert comes_true(lambda: is_at("1:31"))
    pid = int(Path(state, "pid").read_text())
    assert comes_true(lambda: not Path(f"/proc/{pid}").exists() or "Z" in Path(f"/proc/{pid}/stat").read_text())


@needs_ssh
def test_nothing_runs_on_that_ssh_still_holds(ssh: list[str]) -> None:
    """Hundreds of keys while nobody reads what ssh brings: then one picture comes, or two, and the last."""
    run = f"XDG_STATE_HOME={os.environ['XDG_STATE_HOME']} exec {COMMAND} play and-gate"
    with Terminal(*ssh, run, command="ssh") as terminal:
        terminal.until("q quit")
        terminal.press("e", "E")
        for _ in range(60):
            terminal.child.send("e" * 20)
            select.select([], [], [], 0.02)  # a keyboard's pace: each time there is something new to show
            terminal.child.send("E" * 19)
        written = terminal.written_until("epoch 61") + terminal.read(0.5)
        assert len(written) < 16_000
        terminal.press("q")


@needs_tmux
def test_in_tmux_detached_and_attached_again(tmux: list[str]) -> None:
    run = f"XDG_STATE_HOME={os.environ['XDG_STATE_HOME']} {COMMAND} play and-gate"
    with Terminal("-u", *tmux, "new-session", run, command="tmux") as terminal:
        terminal.until("q quit")
        terminal.press("n", "right", "right")
        assert "32/239" in terminal.until("32/239")
        terminal.child.send("\x02d")
        terminal.child.expect(pexpect.EOF)
    with Terminal("-u", *tmux, "attach", command="tmux") as terminal:
        assert "32/239" in terminal.until("32/239")
        assert "Chain rule (1)" in terminal.text()
        terminal.press("q")
        terminal.child.expect(pexpect.EOF)
    assert comes_true(lambda: is_at("1:32"))


@needs_tmux
@pytest.mark.parametrize(("term", "arguments", "spelled", "size"), [
    ("linux", ("-u",), console_form, (80, 24)), ("linux", (), ascii_form, (80, 30)),
    ("xterm-256color", (), ascii_form, (80, 24))])
def test_attached_from_a_terminal_that_can_do_less(
        tmux: list[str], tmp_path: Path, term: str, arguments: tuple[str, ...], spelled: Spelling,
        size: tuple[int, int]) -> None:
    """At another size it is noticed at once, else at the first key after a while."""
    (tmp_path / "conf").write_text("set -g status off\n")
    at_once = "import tui.app.sign_watch as watch, tui.cli.main; watch.SECONDS_OF_SILENCE = 0; tui.cli.main.main()"
    run = (f"XDG_STATE_HOME={os.environ['XDG_STATE_HOME']} {sys.executable} -c '{at_once}' play and-gate --at 1:38")
    with Terminal("-u", *tmux, "-f", str(tmp_path / "conf"), "new-session", run, command="tmux") as terminal:
        terminal.until("∂Z5/∂A3 = w35")
        terminal.child.send("\x02d")
        terminal.child.expect(pexpect.EOF)
    with Terminal(*arguments, *tmux, "attach", command="tmux", TERM=term, LC_ALL="C", size=size) as terminal:
        terminal.until("38/239")
        if size == (80, 24):
            terminal.press("right", "left")
        terminal.until(spelled("∂Z5/∂A3 = w35 = −0.4"))
        assert terminal.text() == picture(Walk(TRACE, Cursor(1, 38)), *size, spelled).text()
    with Terminal("-u", *tmux, "attach", command="tmux", size=(80, 25)) as terminal:
        terminal.until("∂Z5/∂A3 = w35 = −0.4")
        terminal.press("q")


TRACE = and_trace()
FIRST_UPDATE = TRACE.script.batches[0].backward_end + 1
in_every_terminal = pytest.mark.parametrize(("term", "locale"), [
    ("xterm-256color", "C.UTF-8"), ("screen", "C"), ("linux", "C.UTF-8"), ("linux", "C"), ("vt100", "C.UTF-8")])


def walked_to_the_first_update(terminal: Terminal) -> str:
    """The screen there, having come with real keys, some at a time."""
    terminal.until("quit")
    for place in (*range(33, FIRST_UPDATE, 33), FIRST_UPDATE):
        terminal.child.send(KEYS["right"] * (place % 33 or 33))
        terminal.until(f"{place}/239")
    return terminal.text()


def pictured(spelled: Spelling) -> str:
    return picture(Walk(TRACE, Cursor(1, FIRST_UPDATE)), 80, 24, spelled).text()


@needs_ssh
@in_every_terminal
def test_the_first_lesson_over_ssh(ssh: list[str], term: str, locale: str) -> None:
    """The locale is the server's. Python speaks UTF-8 in the C locale too; a console lacks some glyphs."""
    run = f"LC_ALL={locale} XDG_STATE_HOME={os.environ['XDG_STATE_HOME']} exec {COMMAND} play and-gate"
    with Terminal(*ssh, run, command="ssh", TERM=term) as terminal:
        assert walked_to_the_first_update(terminal) == pictured(console_form if term == "linux" else str)
        terminal.press("q")


@pytest.fixture
def tmux(tmp_path: Path) -> Iterator[list[str]]:
    """The arguments of a tmux command with a server of this test's own."""
    socket_path = str(tmp_path / "tmux")
    yield ["-S", socket_path]
    subprocess.run(["tmux", "-S", socket_path, "kill-server"], capture_output=True, check=False)


@needs_tmux
@in_every_terminal
def test_the_first_lesson_in_tmux(tmux: list[str], tmp_path: Path, term: str, locale: str) -> None:
    """In the C locale tmux itself shows ASCII alone."""
    (tmp_path / "conf").write_text(f"set -g status off\nset -g default-terminal {term}\n")
    run = f"XDG_STATE_HOME={os.environ['XDG_STATE_HOME']} {COMMAND} play and-gate"
    with Terminal(*tmux, "-f", str(tmp_path / "conf"), "new-session", run, command="tmux", TERM=term,
                  LC_ALL=locale) as terminal:
        spelled = ascii_form if locale == "C" else console_form if term == "linux" else str
        assert walked_to_the_first_update(terminal) == pictured(spelled)
        terminal.press("q")
