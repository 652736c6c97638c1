"""What a learner has done: places and knowledge, in a small file for each lesson that is never half written.

A file is written beside and moved into place, so that it is whole or as it was before, whatever happens. Sessions in
different lessons write different files; what another session in the same one has learnt meanwhile is merged in. A
damaged or newer file is set aside, not overwritten.
"""

import hashlib
import json
import math
import os
import re
import tempfile
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any, Literal, get_args

from engine.learner.knowledge import WORDS, Knowledge, Skill
from engine.text.printable import printable
from engine.trace.chain import Form
from engine.trace.cursor import Cursor
from engine.trace.what_if import Change

FORMAT = 1
SECONDS_TO_WRITE = 600  # far more than writing takes
MOST_BYTES, MOST_FILES, LONGEST_MESSAGE = 4 * 1024 * 1024, 500, 4000

Mode = Literal["watch", "practise", "by hand", "find"]
MODES: tuple[Mode, ...] = ("watch", "practise", "by hand")  # that are kept; the key `mode` goes round them
FORMS: tuple[Form, ...] = get_args(Form)


class UnreadableError(Exception):
    """A progress file that is damaged, or of a newer handgrad."""


@dataclass(frozen=True, slots=True)
class Bookmark:
    """A lesson, by a shipped one's id or a file's absolute path, where in it, the seed of its numbers if drawn, and
    the answers that are not judged yet, by the index of their step.
    """

    lesson: str
    cursor: Cursor
    seed: int | None = None
    mode: Mode = "watch"
    answers: Mapping[int, str] = field(default_factory=dict)
    form: Form = "paths"
    changes: tuple[Change, ...] = ()
    furthest: int = 1  # epoch


@dataclass(frozen=True, slots=True)
class Progress:
    """Where the learner is, what they know, and where they are in every lesson they have begun."""

    bookmark: Bookmark | None = None
    knowledge: Knowledge = field(default_factory=Knowledge)
    bookmarks: Mapping[str, Bookmark] = field(default_factory=dict)


def progress_folder() -> Path:
    """Where it is kept: in XDG_STATE_HOME, by default ~/.local/state. RuntimeError where there is no home at all."""
    home = os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state"
    return Path(home) / "handgrad" / "progress"


def progress_file(lesson: str) -> Path:
    """The file of a lesson; for one that is a file itself, named by it and by a sum of its path."""
    name = lesson if re.fullmatch(r"[a-z0-9-]{1,64}", lesson) else "-".join((
        re.sub(r"[^A-Za-z0-9]+", "-", Path(lesson).stem)[:40], hashlib.sha256(os.fsencode(lesson)).hexdigest()[:12]))
    return progress_folder() / f"{name}.json"


def load() -> tuple[Progress, str]:
    """What is kept, and a message: empty, or which files were set aside."""
    found, messages = Progress(), []
    try:
        _clear_leftovers(progress_folder())
        files = sorted(progress_folder().glob("*.json"), key=_age)[-MOST_FILES:]
    except (OSError, RuntimeError):
        return found, ""
    for path in files:  # the newest last
        try:
            kept = _read(path)
        except OSError:
            continue
        except UnreadableError as error:
            messages.append(_set_aside(path, str(error)))
            continue
        if kept.bookmark:
            found = Progress(kept.bookmark, found.knowledge.merge(kept.knowledge),
                             {**found.bookmarks, kept.bookmark.lesson: kept.bookmark})
    return found, "\n".join(messages)


def save(progress: Progress) -> bool:
    """Keep the place and the knowledge; returns whether they could be. Where nothing can be written, the walk goes on
    without.
    """
    if progress.bookmark is None:
        return True
    try:
        path = progress_file(progress.bookmark.lesson)
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        knowledge = progress.knowledge
        with suppress(OSError):
            knowledge = knowledge.merge(_knowledge_in(path))
        text = json.dumps(_as_json(progress.bookmark, knowledge))
        if len(text) > MOST_BYTES:
            text = json.dumps(_as_json(replace(progress.bookmark, answers={}), knowledge))
        _write(path, text)
    except (OSError, RuntimeError):
        return False
    return True


def reset() -> str:
    """Forget what the learner knows; the places stay. Returns which files were set aside."""
    kept, message = load()
    for bookmark in kept.bookmarks.values():
        with suppress(OSError):
            _write(progress_file(bookmark.lesson), json.dumps(_as_json(bookmark, Knowledge())))
    return message


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


def _age(path: Path) -> int:
    """When a file was written; of a link that leads nowhere, the earliest time."""
    with suppress(OSError):
        return path.stat().st_mtime_ns
    return 0


def _knowledge_in(path: Path) -> Knowledge:
    """What another session has written meanwhile; a file that can't be read is set aside. Raises OSError."""
    try:
        return _read(path).knowledge
    except UnreadableError as error:
        _set_aside(path, str(error))
        return Knowledge()


def _set_aside(path: Path, why: str) -> str:
    for number in range(1, 1000):
        aside = path.with_name(f"{path.name}.set-aside-{number}")
        if not aside.exists():
            with suppress(OSError):
                os.replace(path, aside)
            return printable(f"{path}: {why}; set aside as {aside.name}", LONGEST_MESSAGE)
    return printable(f"{path}: {why}", LONGEST_MESSAGE)


def _read(path: Path) -> Progress:
    """Raises OSError, or UnreadableError."""
    if not path.is_file():  # opening a FIFO would wait for ever
        raise FileNotFoundError(path)
    with open(path, "rb") as file:
        content = file.read(MOST_BYTES + 1)
    try:
        kept = json.loads(content.decode("utf-8"))
        if kept["format"] != FORMAT:
            raise UnreadableError(f"of another handgrad (format {str(kept['format'])[:20]})")
        return Progress(_bookmark(kept["place"]), Knowledge(
            {name: _skill(kept["skills"][name]) for name in WORDS if name in kept["skills"]}))
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError):
        raise UnreadableError("damaged") from None


def _bookmark(kept: dict[str, Any]) -> Bookmark:
    seed = kept["numbers"]
    mode = MODES[MODES.index(kept["mode"])]
    answers = {int(index): str(answer) for index, answer in kept["answers"].items()}
    form = FORMS[FORMS.index(kept.get("form", "paths"))]
    changes = tuple(_change(change) for change in kept.get("changes", ()))
    lesson = str(kept["lesson"])
    os.fsencode(lesson)  # raises a ValueError where it can't be a file's name
    return Bookmark(lesson, Cursor(int(kept["epoch"]), int(kept["step"])),
                 None if seed is None else int(seed), mode, answers, form, changes,
                 int(kept.get("furthest", kept["epoch"])))


def _change(kept: dict[str, Any]) -> Change:
    row = kept["row"]
    return Change(int(kept["epoch"]), str(kept["name"]), float(kept["value"]), None if row is None else int(row))


def _skill(kept: dict[str, Any]) -> Skill:
    skill = Skill(float(kept["known"]), int(kept["attempts"]), int(kept["right"]))
    if not (math.isfinite(skill.known) and 0 <= skill.known <= 1 and 0 <= skill.right <= skill.attempts):
        raise ValueError
    return skill


def _as_json(bookmark: Bookmark, knowledge: Knowledge) -> dict[str, object]:
    return {
        "format": FORMAT,
        "place": {"lesson": bookmark.lesson, "epoch": bookmark.cursor.epoch, "step": bookmark.cursor.step,
                  "numbers": bookmark.seed, "mode": bookmark.mode, "answers": dict(bookmark.answers),
                  "form": bookmark.form, "changes": [asdict(change) for change in bookmark.changes],
                  "furthest": bookmark.furthest},
        "skills": {name: asdict(skill) for name, skill in knowledge.skills.items()},
    }
