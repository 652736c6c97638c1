"""A command in this process: of one of its own most of the time would go into its start.

What only a process of its own shows (its locale, closed streams, signals, how a fault ends it) is tried in
tests/tui/cli/test_environments.py and tests/tui/terminal.
"""

import io
import signal
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from os import PathLike
from subprocess import CompletedProcess

import pytest

from tui.cli.main import main
from tui.terminal.signals import SIGNALS


def run(*arguments: str | PathLike[str], stdin: str = "", encoding: str = "utf-8",
        **environment: str) -> CompletedProcess[str]:
    """What it writes to somebody who says something, by pipes, and its exit code. `encoding` is that of the streams as
    the command finds them; what it makes of them is read as UTF-8.
    """
    pipes = io.BytesIO(stdin.encode()), io.BytesIO(), io.BytesIO()
    with surroundings(pipes, encoding, environment), pytest.raises(SystemExit) as ended:
        main([str(argument) for argument in arguments])
    _, written, complained = (pipe.getvalue().decode() for pipe in pipes)
    return CompletedProcess(arguments, int(ended.value.code or 0), written, complained)


@contextmanager
def surroundings(pipes: tuple[io.BytesIO, io.BytesIO, io.BytesIO], encoding: str,
                 environment: Mapping[str, str]) -> Iterator[None]:
    """Standard streams and an environment for a command, which also leaves handlers of signals behind."""
    handlers = {number: signal.getsignal(number) for number in SIGNALS}
    with pytest.MonkeyPatch.context() as patch:
        for name, value in environment.items():
            patch.setenv(name, value)
        streams = [io.TextIOWrapper(pipe, encoding, errors=errors)
                   for pipe, errors in zip(pipes, ("strict", "strict", "backslashreplace"), strict=True)]
        for name, stream in zip(("stdin", "stdout", "stderr"), streams, strict=True):
            patch.setattr(sys, name, stream)
        try:
            yield
        finally:
            for stream in streams:
                stream.flush()
                stream.detach()
            for number, handler in handlers.items():
                signal.signal(number, handler)
