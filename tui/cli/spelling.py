"""How texts are shown: with every sign, with those that a Linux console has, or in ASCII."""

import os
import subprocess
from contextlib import suppress

from tui.cli.streams import asks_for_ascii
from tui.view.glyphs import Spelling, ascii_form, console_form

SECONDS_FOR_TMUX = 1


def choose_spelling(stream: object, wants_ascii: bool) -> Spelling:
    """How texts are shown on a stream: what the learner asks for, else what the terminal has."""
    encoding = str(getattr(stream, "encoding", "") or "").lower().replace("-", "")
    if wants_ascii or asks_for_ascii() or encoding != "utf8" or _multiplexer_lacks_utf8():
        return ascii_form
    return console_form if os.environ.get("TERM") == "linux" else str


def _multiplexer_lacks_utf8() -> bool:
    """Whether tmux or screen stands between and turns all but ASCII into `_` or `?`, as it does without a UTF-8 locale.

    LC_CTYPE does not tell: Python itself sets it where there is no such locale.
    """
    locale = os.environ.get("LC_ALL") or os.environ.get("LANG") or ""
    if "utf" in locale.lower():
        return False
    if os.environ.get("TMUX"):
        with suppress(OSError, subprocess.SubprocessError):
            command = ["tmux", "display-message", "-p", "#{client_utf8}"]
            answer = subprocess.run(command, capture_output=True, timeout=SECONDS_FOR_TMUX, check=False)  # noqa: S603
            return answer.stdout.strip() == b"0"
    return bool(os.environ.get("STY"))
