"""Writing a file that is not there yet."""

import os
from pathlib import Path

from engine.text.system_error import reason_of


def write_new_file(path: str | Path, text: str) -> str:
    """Write a file whole, or not at all; one that exists is left as it is. Returns why it can't be written, if so."""
    try:
        with open(path, "x", encoding="utf-8") as file:
            try:
                file.write(text)
                file.flush()
            except OSError:
                os.unlink(path)
                raise
    except (OSError, ValueError) as error:
        return reason_of(error).lower()
    return ""
