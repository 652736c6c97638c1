"""Noticing that a file was saved again."""

import os
import time
from collections.abc import Iterator, Sequence

SECONDS_BETWEEN_LOOKS = 0.5

Stamp = tuple[int, int, int]


def stamp(path: str) -> Stamp | None:
    """What changes when a file is written again, in place or by another put in its place; None while there is none."""
    try:
        found = os.stat(path)
    except (OSError, ValueError):
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino


def changes(paths: Sequence[str]) -> Iterator[str]:
    """Each path when its file is saved again, for ever."""
    seen = {path: stamp(path) for path in paths}
    while True:
        time.sleep(SECONDS_BETWEEN_LOOKS)
        for path in paths:
            if (now := stamp(path)) != seen[path] and now is not None:
                seen[path] = now
                yield path
