"""How texts are shown: with every sign, with those that a Linux console has, or in ASCII."""

import os
import subprocess
from contextlib import suppress

from tui.cli.streams import asks_for_ascii
from tui.view.glyphs import Signs, Spelling, ascii_form, console_form

SECONDS_FOR_TMUX = 1
CONSOLE = "linux"  # in TERM


def choose_signs(stream: object, wants_ascii: bool) -> Signs:
    """How texts are shown on a stream: what the learner asks for, else what the terminal has."""
    encoding = str(getattr(stream, "encoding", "") or "").lower().replace("-", "")
    if wants_ascii or asks_for_ascii() or encoding != "utf8":
        return Signs(ascii_form, is_ascii_alone=True)
    return Signs(_choose_at_once(), anew=choose_anew if os.environ.get("TMUX") else None)


def choose_anew() -> Spelling | None:
    """What all the terminals have from which tmux is attached now; None where nobody knows, or there is none."""
    pane = os.environ.get("TMUX_PANE")
    command = ["tmux", "list-clients", *(["-t", pane] if pane else []), "-F", "#{client_utf8} #{client_termname}"]
    terminals: list[str] = []
    with suppress(OSError, subprocess.SubprocessError):
        answer = subprocess.run(command, capture_output=True, timeout=SECONDS_FOR_TMUX, check=False)  # noqa: S603
        terminals = answer.stdout.decode("utf-8", "replace").splitlines()
    if not terminals:
        return None
    if any(terminal.startswith("0") for terminal in terminals):
        return ascii_form  # tmux turns all but ASCII into `_` there
    return console_form if any(terminal.endswith(f" {CONSOLE}") for terminal in terminals) else _of_term()


def _choose_at_once() -> Spelling:
    """What is known; tmux is asked where the locale leaves it open whether it turns all but ASCII into `_`, as it does
    without a UTF-8 locale. Screen does likewise.

    LC_CTYPE does not tell: Python itself sets it where there is no such locale.
    """
    locale = os.environ.get("LC_ALL") or os.environ.get("LANG") or ""
    if "utf" in locale.lower():
        return _of_term()
    if os.environ.get("TMUX") and (found := choose_anew()):
        return found
    return ascii_form if os.environ.get("STY") else _of_term()


def _of_term() -> Spelling:
    return console_form if os.environ.get("TERM") == CONSOLE else str
