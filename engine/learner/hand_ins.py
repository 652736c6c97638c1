"""Progress files of others, as they are handed in: one by one, each as it is. Reading changes nothing."""

import os
from collections.abc import Iterator
from pathlib import Path

from engine.learner.progress_file import ENDING, Kept, UnreadableError, read_file
from engine.text.natural_order import natural_order
from engine.text.system_error import reason_of

MOST_FILES = 5000


def read_hand_in(path: Path) -> Iterator[tuple[Path, Kept | str]]:
    """What a file holds, or each of a folder's; of one that can't be read, why."""
    try:
        paths = _files_of(path) if path.is_dir() else [path]
    except OSError as error:
        paths = []
        yield path, reason_of(error).lower()
    else:
        if not paths:
            yield path, f"no progress in it; expected a folder with {ENDING} files"
    for each in paths[:MOST_FILES]:
        yield each, _read(each)
    if len(paths) > MOST_FILES:
        yield path, f"{len(paths) - MOST_FILES} more are not read; expected {MOST_FILES} files at most"


def _files_of(folder: Path) -> list[Path]:
    """In the order in which people number them; not what was set aside. Raises OSError."""
    names = sorted((name for name in os.listdir(folder) if name.endswith(ENDING)), key=natural_order)
    return [folder / name for name in names]


def _read(path: Path) -> Kept | str:
    try:
        return read_file(path)
    except FileNotFoundError as error:
        return reason_of(error).lower()
    except (UnreadableError, ValueError) as error:  # a name that no file can have
        return str(error)
