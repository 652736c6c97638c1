"""A fault put into the code from outside: a function that raises when it is called, in the real app in a terminal."""

import ast
import json
import os
import random
import re
import signal
import subprocess
import sys
import termios
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from terminal import COMMAND, KEYS, Terminal

ROOT = Path(__file__).parents[2]
PROGRAM = """
import importlib, sys
module, _, name = {target!r}.partition(":")
owner = importlib.import_module(module)
*path, name = name.split(".")
for part in path:
    owner = getattr(owner, part)
real, calls = getattr(owner, name), 0
def raises(*given, **named):
    global calls
    calls += 1
    if calls > {after}:
        {does}
    return real(*given, **named)
setattr(owner, name, raises)
from tui.cli.main import main
main({arguments!r})
"""
HOUSES = ("engine", "tui/app", "tui/view", "tui/config", "tui/cli")
WHAT_IS_PRESSED = (*"hjklnNeEupPvdcfwzZoxsmira+-?.123\t\r\x1b\x10", KEYS["right"], KEYS["left"], "g2:7\r", "0.3\r")
MODES_OFF, MODES_ON = (1049, 1000, 1003, 1006, 1004, 2004, 2048), (25, 7)  # when the terminal is left


class Ended(NamedTuple):
    """How it ended: the exit code, all that was written, whether the terminal's settings are as before."""

    code: int
    written: str
    is_set_back: bool

    @property
    def said(self) -> str:
        """What stands on the screen that the learner comes back to."""
        return re.sub(r"\x1b[\[\]][^a-zA-Z\x07]*[a-zA-Z\x07]", "", self.written.rpartition("\x1b[?1049l")[2])

    @property
    def modes_left(self) -> list[int]:
        """What of the terminal's modes is not as it was."""
        last = {int(mode): letter for mode, letter in re.findall(r"\x1b\[\?(\d+)([hl])", self.written)}
        keys = [0] * (len(re.findall(r"\x1b\[>\d+u", self.written)) > self.written.count("\x1b[<u"))
        return keys + [mode for mode in MODES_OFF if last.get(mode, "l") == "h"] + \
            [mode for mode in MODES_ON if last.get(mode, "h") == "l"]


def program(target: str, does: str, after: int = 0, arguments: tuple[str, ...] = ("play", "and-gate")) -> str:
    """Python that runs a command in which a function, `module:name`, does something else when it is called once more
    than `after` times.
    """
    return PROGRAM.format(target=target, does=does, after=after, arguments=list(arguments))


def walk_until_it_ends(code: str, *keys: str, ready: str = "q quit", signal_at_end: int = 0,
                       answers: bool = True) -> Ended:
    """Run Python in a terminal, press keys when it is ready (an empty text: at once), and wait for its end; `answers`:
    whether the terminal still does then.
    """
    with Terminal("-c", code, command=sys.executable) as terminal:
        before = termios.tcgetattr(terminal.child.fileno())
        written = terminal.written_until(ready) if ready else b""
        terminal.answers = answers
        for key in keys:
            terminal.child.send(KEYS.get(key, key))
            written += terminal.piece(0.3)
        if signal_at_end:
            terminal.child.kill(signal_at_end)
        while piece := terminal.piece(10):
            written += piece
        is_set_back = termios.tcgetattr(terminal.child.fileno()) == before
        return Ended(terminal.end(), written.decode(errors="replace"), is_set_back)


def kept() -> dict[str, object]:
    """The place that is kept of the AND lesson."""
    path = Path(os.environ["XDG_STATE_HOME"], "handgrad", "progress", "and-gate.json")
    return dict(json.loads(path.read_text("utf-8"))["place"])


@cache
def functions() -> list[str]:
    """Every function and method there is, but for special ones and properties."""
    paths = sorted(path for house in HOUSES for path in (ROOT / house).rglob("*.py"))
    return [f"{'.'.join(path.relative_to(ROOT).with_suffix('').parts)}:{name}"
            for path in paths for name in _functions(ast.parse(path.read_text("utf-8")))]


def _functions(tree: ast.Module | ast.ClassDef) -> Iterator[str]:
    for node in tree.body:
        if isinstance(node, ast.ClassDef):
            yield from (f"{node.name}.{name}" for name in _functions(node))
        elif isinstance(node, ast.FunctionDef) and not node.decorator_list and not node.name.startswith("__"):
            yield node.name


def run(seed: int) -> str:
    """A random function raises at some time while keys are pressed, and the terminal may answer no more; returns what
    went wrong, or nothing. A fault that is not told is one.
    """
    draw = random.Random(seed)
    target, after = draw.choice(functions()), draw.choice((0, 0, 1, 5, 50))
    keys = [draw.choice(WHAT_IS_PRESSED) for _ in range(40)]
    mark = Path(os.environ["XDG_STATE_HOME"], "raised")
    does = f"open({str(mark)!r}, 'w').close(); raise AssertionError('put in')"  # which nothing expects
    code = program(target, does, after, ("play", "and-gate", "--at", "1:30"))
    with Terminal("-c", code, command=sys.executable) as terminal:
        before = termios.tcgetattr(terminal.child.fileno())
        written = terminal.piece(2)
        terminal.answers = draw.random() < 0.5
        for key in (*keys, *draw.choice((("\x03", "\x03"), ()))):
            if terminal.child.isalive():
                terminal.child.send(key)
            written += terminal.piece(0.02)
        terminal.child.kill(signal.SIGTERM)
        while piece := terminal.piece(10):
            written += piece
        is_set_back = termios.tcgetattr(terminal.child.fileno()) == before
        ended = Ended(terminal.end(), written.decode(errors="replace"), is_set_back)
    is_unread = ended.code == 70 and "^C" in ended.said  # which has the terminal forget what it has not shown yet
    is_told = is_unread or "a fault of ours" in ended.said
    is_restored = is_set_back and not ended.modes_left and "Traceback" not in ended.written
    codes = (70,) if is_told or mark.exists() else (130, 143, -signal.SIGINT, -signal.SIGTERM)
    if (mark.exists() and not is_told) or ended.code not in codes or not is_restored:
        return f"seed {seed}, {target} after {after}: {ended.code}, {ended.modes_left}, {is_set_back}\n{ended.said}"
    again = subprocess.run([COMMAND, "--plain"], input="", capture_output=True, text=True, check=False)
    return "" if again.returncode == 0 else f"seed {seed}, {target}: afterwards\n{again.stderr}"
