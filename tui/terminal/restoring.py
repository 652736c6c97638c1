"""The terminal as it was, whatever happened: also where Textual itself came to no end."""

import os
import termios
from collections.abc import Iterator
from contextlib import contextmanager, suppress

OFF = (1000, 1003, 1015, 1006, 1016, 2004, 1004, 2048)  # the mouse, paste marks, reports of focus and of size
# lines that wrap; the keys, the screen and the cursor as before
CODES = "".join(f"\x1b[?{mode}l" for mode in OFF) + "\x1b[?7h\x1b[<u\x1b[?1049l\x1b[?25h"


@contextmanager
def terminal_as_it_was(inputs: int = 0, outputs: int = 2) -> Iterator[None]:
    """What is raised inside leaves the terminal as it was before."""
    before = termios.tcgetattr(inputs)
    try:
        yield
    except BaseException:
        with suppress(termios.error, OSError):
            termios.tcsetattr(inputs, termios.TCSANOW, before)
            os.write(outputs, CODES.encode())
        raise
