"""The terminal as it was, whatever happened: also where Textual itself came to no end."""

import os
import termios
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

OFF = (1000, 1003, 1015, 1006, 1016, 2004, 1004, 2048)  # the mouse, paste marks, reports of focus and of size
# lines that wrap; the keys, the screen and the cursor as before
CODES = ("".join(f"\x1b[?{mode}l" for mode in OFF) + "\x1b[?7h\x1b[<u\x1b[?1049l\x1b[?25h").encode()
INPUTS, OUTPUTS = 0, 2  # where the app reads, and where it draws

_found: list[list[Any]] = []  # the terminal's settings from before, while an app has it


@contextmanager
def terminal_as_it_was() -> Iterator[None]:
    """Whatever happens inside, the terminal's settings are as before; its modes too where something is raised, for
    what ends well puts them back itself.
    """
    _found.append(termios.tcgetattr(INPUTS))
    try:
        yield
    except BaseException:
        with suppress(OSError):
            os.write(OUTPUTS, CODES)
        raise
    finally:
        _set_back(_found.pop())


def restore_by_force() -> None:
    """The same at once, for the process ends: what the terminal has not taken by now is dropped, and it is not waited
    for.
    """
    for settings in _found:
        _set_back(settings)
        with suppress(termios.error, OSError):
            termios.tcflush(OUTPUTS, termios.TCOFLUSH)
            os.write(os.open(os.ttyname(OUTPUTS), os.O_WRONLY | os.O_NOCTTY | os.O_NONBLOCK), CODES)


def _set_back(settings: list[Any]) -> None:
    with suppress(termios.error):  # it is gone
        termios.tcsetattr(INPUTS, termios.TCSANOW, settings)
