"""The terminal as it was, whatever happened: also where Textual itself came to no end."""

import os
import termios
from collections.abc import Iterator
from contextlib import contextmanager, suppress

# no mouse, no paste marks, no reports of focus and size, lines that wrap; the keys, the screen and the cursor as before
CODES = b"\x1b[?1000;1003;1015;1006;1016;2004;1004;2048l\x1b[?7h\x1b[<u\x1b[?1049l\x1b[?25h"


@contextmanager
def terminal_as_it_was(inputs: int = 0, outputs: int = 2) -> Iterator[None]:
    """What happens inside may end in any way. Where the terminal's settings are as before, Textual has restored them,
    and then all the rest.
    """
    try:
        before = termios.tcgetattr(inputs)
    except termios.error:  # no terminal
        yield
        return
    try:
        yield
    finally:
        with suppress(termios.error, OSError):
            if termios.tcgetattr(inputs) != before:
                termios.tcsetattr(inputs, termios.TCSANOW, before)
                os.write(outputs, CODES)
