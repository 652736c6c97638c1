"""Writing a file that is not there yet."""

import os

from engine.text.system_error import reason_of
from engine.text.whole_file import create_file

TEMPORARY = ".handgrad-"  # how the name of a file begins while it is written


def write_new_file(path: str | os.PathLike[str], text: str) -> str:
    """Write a file whole, or not at all; one that exists is left as it is. Returns why it can't be written, if so."""
    try:
        create_file(os.fspath(path), text, TEMPORARY)
    except (OSError, ValueError) as error:
        return reason_of(error).lower()
    return ""
