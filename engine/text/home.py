"""Where a person's files are, as the XDG Base Directory Specification has it."""

import os
from pathlib import Path


def user_folder(variable: str, *default: str) -> Path:
    """The folder that a variable names; where it names none, or one that is not absolute, which the standard has us
    ignore, the default below the home directory. RuntimeError where there is no home at all: one that is not absolute
    is none.
    """
    if os.path.isabs(named := os.environ.get(variable, "")):
        return Path(named)
    if not os.path.isabs(os.environ.get("HOME", os.sep)):
        raise RuntimeError
    return Path.home().joinpath(*default)
