"""One file of progress, a lesson's: read, written so that it is never half written, set aside where it can't be read.

A file is written beside and moved into place, so that it is whole or as it was before, whatever happens.
"""

import json
import math
import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from engine.learner.knowledge import WORDS, Knowledge, Skill, kind_of
from engine.learner.progress import FORMS, KEPT_MODES, Bookmark
from engine.text.system_error import reason_of
from engine.trace.cursor import Cursor
from engine.trace.what_if import Change

FORMAT = 1
MOST_BYTES, MOST_SET_ASIDE = 4 * 1024 * 1024, 1000
TEMPORARY = ".progress-"  # how the name of a file begins while it is written
SECONDS_TO_WRITE = 600  # far more than writing takes


class UnreadableError(Exception):
    """A progress file that can't be read: damaged, of a newer handgrad, no file at all. Its text says which."""


def read_file(path: Path) -> tuple[Bookmark, Knowledge]:
    """What a file holds. Raises FileNotFoundError where there is none, UnreadableError where it can't be read."""
    try:
        if os.path.lexists(path) and not path.is_file():  # opening a FIFO would wait for ever
            raise UnreadableError("not a file")
        with open(path, "rb") as file:
            content = file.read(MOST_BYTES + 1)
    except FileNotFoundError:
        raise
    except OSError as error:
        raise UnreadableError(reason_of(error).lower()) from None
    try:
        kept = json.loads(content.decode("utf-8"))
        if kept["format"] != FORMAT:
            raise UnreadableError(f"of another handgrad (format {str(kept['format'])[:20]})")
        return _bookmark(kept["place"]), Knowledge(dict(_skills(kept["skills"])))
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError):
        raise UnreadableError("damaged") from None


def write_file(path: Path, bookmark: Bookmark, knowledge: Knowledge) -> None:
    """Write a file, whole or not at all; if it would be too long, without the answers. Raises OSError."""
    document = _as_json(bookmark, knowledge)
    text = json.dumps(document)
    if len(text) > MOST_BYTES:
        document["place"]["answers"] = {}
        text = json.dumps(document)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=TEMPORARY)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, path)
    except OSError:
        os.unlink(temporary)
        raise


def set_aside(path: Path) -> None:
    """Give a file another name, under which nothing is, so that its own is free. Raises OSError."""
    names = (path.with_name(f"{path.name}.set-aside-{number}") for number in range(1, MOST_SET_ASIDE))
    aside = next((name for name in names if not os.path.lexists(name)), None)
    if aside is None:
        raise FileExistsError(path)
    os.replace(path, aside)


def clear_leftovers(folder: Path) -> None:
    """Remove what was being written when a session was killed, a while ago."""
    for leftover in folder.glob(f"{TEMPORARY}*"):
        with suppress(OSError):
            if time.time() - leftover.lstat().st_mtime > SECONDS_TO_WRITE:
                leftover.unlink()


def _bookmark(kept: dict[str, Any]) -> Bookmark:
    seed = kept["numbers"]
    mode = KEPT_MODES[KEPT_MODES.index(kept["mode"])]
    answers = {int(index): str(answer) for index, answer in kept["answers"].items()}
    form = FORMS[FORMS.index(kept.get("form", "paths"))]
    changes = tuple(_change(change) for change in kept.get("changes", ()))
    lesson = str(kept["lesson"])
    os.fsencode(lesson)  # raises a ValueError where it can't be a file's name
    return Bookmark(lesson, Cursor(int(kept["epoch"]), int(kept["step"])), None if seed is None else int(seed), mode,
                    answers, form, changes, int(kept.get("furthest", kept["epoch"])))


def _change(kept: dict[str, Any]) -> Change:
    row = kept["row"]
    return Change(int(kept["epoch"]), str(kept["name"]), float(kept["value"]), None if row is None else int(row))


def _skills(kept: dict[str, Any]) -> Iterator[tuple[str, Skill]]:
    for name in WORDS:
        if (written := name if name in kept else kind_of(name)) in kept:
            yield name, _skill(kept[written])


def _skill(kept: dict[str, Any]) -> Skill:
    skill = Skill(float(kept["known"]), int(kept["attempts"]), int(kept["right"]))
    if not (math.isfinite(skill.known) and 0 <= skill.known <= 1 and 0 <= skill.right <= skill.attempts):
        raise ValueError
    return skill


def _as_json(bookmark: Bookmark, knowledge: Knowledge) -> dict[str, Any]:
    """The document of format 1; its keys stay, so that old files are read."""
    return {
        "format": FORMAT,
        "place": {"lesson": bookmark.lesson, "epoch": bookmark.cursor.epoch, "step": bookmark.cursor.step,
                  "numbers": bookmark.seed, "mode": bookmark.mode, "answers": dict(bookmark.answers),
                  "form": bookmark.form, "changes": [change._asdict() for change in bookmark.changes],
                  "furthest": bookmark.furthest},
        "skills": {name: skill._asdict() for name, skill in knowledge.skills.items()},
    }
