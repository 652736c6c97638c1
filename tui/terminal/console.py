"""What all commands need of the console: exit codes, complaints, lines of any length."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TextIO

WRONG_INPUT, WRONG_USAGE, FAULT, INTERRUPTED = 1, 2, 70, 130


def complain(text: str, status: int) -> int:
    """Say what is wrong on stderr, if that takes it; returns the exit code."""
    tell(text, sys.stderr)
    return status


def tell(text: str, stream: TextIO) -> None:
    """Say something besides, if the stream takes it."""
    with suppress(OSError):
        print(text, file=stream)


def prepare_streams() -> None:
    """A standard stream that is closed becomes one that is empty and takes anything: else the next file that is opened
    would have its number. The others wait, even if another program has left them so that they don't: else what they
    don't take at once would be lost, and what is not there yet be taken for the end.
    """
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if stream := getattr(sys, name):
            with suppress(OSError):
                os.set_blocking(stream.fileno(), True)
        else:
            setattr(sys, name, open(os.open(os.devnull, os.O_RDWR), mode, encoding="utf-8", closefd=False))  # noqa: SIM115


class StreamError(Exception):
    """A standard stream takes or gives nothing more; its cause says why."""


@contextmanager
def own_stream_errors() -> Iterator[None]:
    """What a stream refuses inside is a StreamError: no fault, as any other OSError of a walk would be."""
    try:
        yield
    except OSError as error:
        raise StreamError from error


def write_out(text: str, end: str = "\n") -> None:
    """Write a text to standard output, at once."""
    with own_stream_errors():
        print(text, end=end, flush=True)


def read_line(lines: TextIO, most: int) -> str:
    """The next line; of one longer than `most`, that much of its start, and the rest is skipped."""
    with own_stream_errors():
        line = piece = lines.readline(most)
        while piece and not piece.endswith("\n"):
            piece = lines.readline(most)
    return line
