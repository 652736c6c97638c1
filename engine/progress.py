"""What a learner has done: place and knowledge, in one small file that is never half written.

It is written beside and moved into place, so that it is whole or as it was before, whatever happens. What another
session has written meanwhile is merged in. A damaged or newer file is set aside, not overwritten.
"""

import json
import math
import os
import tempfile
import time
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from engine.knowledge import WORDS, Knowledge, Skill
from engine.session import Cursor

FORMAT = 1
SECONDS_TO_WRITE = 600  # far more than writing takes
MOST_BYTES = 64 * 1024


class UnreadableError(Exception):
    """A progress file that is damaged, or of a newer handgrad."""


@dataclass(frozen=True, slots=True)
class Place:
    """A lesson, by a shipped one's id or a file's absolute path, where in it, and the seed of its numbers if drawn."""

    lesson: str
    cursor: Cursor
    numbers: int | None = None
    is_practising: bool = False


@dataclass(frozen=True, slots=True)
class Progress:
    """Where the learner is, and what they know."""

    place: Place | None = None
    knowledge: Knowledge = field(default_factory=Knowledge)


def progress_file() -> Path:
    """Where it is kept: in XDG_STATE_HOME, by default ~/.local/state. RuntimeError where there is no home at all."""
    home = os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state"
    return Path(home) / "handgrad" / "progress.json"


def load() -> tuple[Progress, str]:
    """What is kept, and a message: empty, or that a file was set aside."""
    try:
        _clear_leftovers(progress_file().parent)
        return _read(progress_file()), ""
    except (OSError, RuntimeError):
        return Progress(), ""
    except UnreadableError as error:
        return Progress(), _set_aside(str(error))


def save(progress: Progress) -> bool:
    """Keep it; returns whether it could be. Where nothing can be written, the walk goes on without."""
    try:
        path = progress_file()
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with suppress(OSError, UnreadableError):
            progress = replace(progress, knowledge=progress.knowledge.merged(_read(path).knowledge))
        _write(path, json.dumps(_as_json(progress)))
    except (OSError, RuntimeError):
        return False
    return True


def reset() -> None:
    """Forget what the learner knows; the place stays."""
    kept, _ = load()
    with suppress(OSError, RuntimeError):
        _write(progress_file(), json.dumps(_as_json(replace(kept, knowledge=Knowledge()))))


def _write(path: Path, text: str) -> None:
    """Write beside, then move into place: whole, or not at all."""
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".progress-")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, path)
    except OSError:
        os.unlink(temporary)
        raise


def _clear_leftovers(folder: Path) -> None:
    """Remove what was being written when a session was killed, a while ago."""
    for leftover in folder.glob(".progress-*"):
        with suppress(OSError):
            if time.time() - leftover.stat().st_mtime > SECONDS_TO_WRITE:
                leftover.unlink()


def _set_aside(why: str) -> str:
    path = progress_file()
    for number in range(1, 1000):
        aside = path.with_name(f"progress.{number}.json")
        if not aside.exists():
            with suppress(OSError):
                os.replace(path, aside)
            return f"{path}: {why}; set aside as {aside.name}"
    return f"{path}: {why}"


def _read(path: Path) -> Progress:
    """Raises OSError, or UnreadableError."""
    with open(path, "rb") as file:
        content = file.read(MOST_BYTES + 1)
    try:
        kept = json.loads(content.decode("utf-8"))
        if kept["format"] != FORMAT:
            raise UnreadableError(f"of another handgrad (format {str(kept['format'])[:20]})")
        return Progress(_place(kept["place"]), Knowledge(
            {name: _skill(kept["skills"][name]) for name in WORDS if name in kept["skills"]}))
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError):
        raise UnreadableError("damaged") from None


def _place(kept: dict[str, Any] | None) -> Place | None:
    if kept is None:
        return None
    numbers = kept["numbers"]
    return Place(str(kept["lesson"]), Cursor(int(kept["epoch"]), int(kept["step"])),
                 None if numbers is None else int(numbers), bool(kept["practising"]))


def _skill(kept: dict[str, Any]) -> Skill:
    skill = Skill(float(kept["known"]), int(kept["attempts"]), int(kept["right"]))
    if not (math.isfinite(skill.known) and 0 <= skill.known <= 1 and 0 <= skill.right <= skill.attempts):
        raise ValueError
    return skill


def _as_json(progress: Progress) -> dict[str, object]:
    place = progress.place
    return {
        "format": FORMAT,
        "place": None if place is None else {
            "lesson": place.lesson, "epoch": place.cursor.epoch, "step": place.cursor.step, "numbers": place.numbers,
            "practising": place.is_practising},
        "skills": {name: asdict(skill) for name, skill in progress.knowledge.skills.items()},
    }
