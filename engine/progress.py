"""Where the learner was: one small file, written so that it is whole or as it was before."""

import json
import os
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from engine.session import Cursor


@dataclass(frozen=True, slots=True)
class Place:
    """A lesson, by a shipped one's id or a file's absolute path, where in it, and the seed of its numbers if drawn."""

    lesson: str
    cursor: Cursor
    numbers: int | None = None


def place_file() -> Path:
    """Where the place is kept: in XDG_STATE_HOME, by default ~/.local/state."""
    home = os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state"
    return Path(home) / "handgrad" / "place.json"


def load_place() -> Place | None:
    """The place last saved; None where there is none, or none that can be read."""
    try:
        kept = json.loads(place_file().read_text("utf-8"))
        numbers = kept.get("numbers")
        return Place(str(kept["lesson"]), Cursor(int(kept["epoch"]), int(kept["step"])),
                     None if numbers is None else int(numbers))
    except (OSError, ValueError, KeyError, TypeError, OverflowError, RuntimeError,
            AttributeError):
        return None


def save_place(place: Place) -> None:
    """Keep a place. Where nothing can be written, the walk goes on without."""
    kept = {"lesson": place.lesson, "epoch": place.cursor.epoch, "step": place.cursor.step, "numbers": place.numbers}
    with suppress(OSError, RuntimeError):  # RuntimeError: there is no home at all
        path = place_file()
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".place-")
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                json.dump(kept, file)
                file.flush()
                os.fsync(file.fileno())
            os.replace(temporary, path)
        except OSError:
            os.unlink(temporary)
            raise
