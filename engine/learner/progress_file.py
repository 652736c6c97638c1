"""One file of progress, a lesson's: read, written whole or not at all, set aside where it can't be read.

A lesson that is a file is written down by the bytes of its path, as UTF-8 has them: the same in every locale; and by
what it is known by, which a handgrad of before passes over: it finds the path where it has always been.
"""

import hashlib
import json
import os
import re
import stat
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from engine.graph.step import MOST_EPOCHS
from engine.learner.knowledge import WORDS, Knowledge, Skill, kind_of
from engine.learner.progress import FORMS, KEPT_MODES, LARGEST_COUNT, Bookmark, Occurrence
from engine.lesson.lesson import shipped_lessons
from engine.text.printable import printable
from engine.text.system_error import reason_of
from engine.text.whole_file import Version, replace_file, write_where_it_was
from engine.trace.cursor import Cursor
from engine.trace.what_if import Change

FORMAT = 1
MOST_BYTES, MOST_SET_ASIDE = 4 * 1024 * 1024, 1000
TEMPORARY = ".progress-"  # how the name of a file begins while it is written
SECONDS_TO_WRITE = 600  # far more than writing takes
ENDING, ASIDE = ".json", ".set-aside-"
LATEST = 2**63 - 1  # nanoseconds since 1970
KEY = re.compile(r"[a-z0-9-]{1,80}")  # of a lesson; of a mistake too
MOST_MISTAKES = 1000
LONGEST_NAME, LONGEST_SAID = 60, 400  # of what is kept of a mistake


class UnreadableError(Exception):
    """A progress file that can't be read: damaged, of a newer handgrad, no file at all. Its text says which; its cause
    is an OSError where it is the system that refuses it.
    """


class Kept(NamedTuple):
    """What a file holds, and when it was saved, in nanoseconds; of files without that, when they were written."""

    bookmark: Bookmark
    knowledge: Knowledge
    saved: int

    def merge(self, other: "Kept") -> "Kept":
        """Of a lesson's two: the place that was saved later; what is known, and how far one had come, of both."""
        earlier, later = sorted((other, self), key=lambda kept: kept.saved)
        return Kept(later.bookmark.merge(earlier.bookmark), self.knowledge.merge(other.knowledge), later.saved)


def file_name(key: str) -> str:
    """What the file of a lesson is called, by its key; where that is a path, as it was before, by it and by its sum."""
    if KEY.fullmatch(key):
        return f"{key}{ENDING}"
    stem = re.sub(r"[^A-Za-z0-9]+", "-", Path(_in_any_locale(key)).stem)[:40]
    return f"{stem}-{hashlib.sha256(os.fsencode(key)).hexdigest()[:12]}{ENDING}"


def read_file(path: Path) -> Kept:
    """What a file holds. Raises FileNotFoundError where there is none, UnreadableError where it can't be read."""
    try:
        state = os.stat(path)
        if not stat.S_ISREG(state.st_mode):  # opening a FIFO would wait for ever
            raise UnreadableError("not a file")
        with open(path, "rb") as file:
            content = file.read(MOST_BYTES + 1)
    except FileNotFoundError:
        raise
    except OSError as error:
        raise UnreadableError(reason_of(error).lower()) from error
    try:
        kept = json.loads(content.decode("utf-8"))
        if kept["format"] != FORMAT:
            raise UnreadableError(f"of another handgrad (format {str(kept['format'])[:20]})")
        return Kept(_bookmark(kept["place"], path), Knowledge(dict(_skills(kept["skills"]))), _when_saved(kept, state))
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError):
        raise UnreadableError("damaged") from None


def write_file(path: Path, kept: Kept) -> None:
    """Write a file, whole or not at all, over the one that is there. Raises OSError."""
    replace_file(path, _text(kept), TEMPORARY)


def write_beside(path: Path, kept: Kept, found: Version) -> str:
    """Write a file, whole or not at all; what was found there is set aside. Returns its name there. Raises OSError,
    ChangedError where that is not there any more.
    """
    names = [path.with_name(f"{path.name}{ASIDE}{number}") for number in range(1, MOST_SET_ASIDE)]
    return write_where_it_was(path, _text(kept), TEMPORARY, found, names).name


def _text(kept: Kept) -> str:
    """If it would be too long, without the answers."""
    document = _as_json(kept)
    text = json.dumps(document)
    if len(text) > MOST_BYTES:
        document["place"]["answers"] = {}
        text = json.dumps(document)
    return text


def clear_leftovers(folder: Path) -> None:
    """Remove what was being written when a session was killed, a while ago. Raises OSError where that is not known."""
    for name in os.listdir(folder):
        if name.startswith(TEMPORARY):
            with suppress(OSError):
                if time.time() - (folder / name).lstat().st_mtime > SECONDS_TO_WRITE:
                    (folder / name).unlink()


def _bookmark(kept: dict[str, Any], path: Path) -> Bookmark:
    seed = kept["numbers"]
    mode = KEPT_MODES[KEPT_MODES.index(kept["mode"])]
    answers = {int(index): str(answer) for index, answer in kept["answers"].items()}
    form = FORMS[FORMS.index(kept.get("form", "paths"))]
    changes = tuple(_change(change) for change in kept.get("changes", ()))
    lesson, identity = _lesson(str(kept["lesson"]), path), _keyword(kept.get("identity", ""))
    if "file" in kept:
        lesson, identity = _in_this_locale(str(kept["file"])), _keyword(lesson)
    epoch, furthest = (_whole(kept.get(name, kept["epoch"]), 1, MOST_EPOCHS) for name in ("epoch", "furthest"))
    mistakes = _counts(kept.get("mistakes", {}))
    last_made = {name: _occurrence(last) for name, last in kept.get("last_made", {}).items() if name in mistakes}
    return Bookmark(lesson, Cursor(epoch, _whole(kept["step"], 0)), None if seed is None else int(seed), mode, answers,
                    form, changes, furthest, identity, mistakes, last_made)


def _whole(written: object, least: int, most: int = LARGEST_COUNT) -> int:
    """Raises ValueError where it is no whole number in a range."""
    if not isinstance(written, int) or isinstance(written, bool) or not least <= written <= most:
        raise ValueError
    return written


def _keyword(written: object) -> str:
    """Raises ValueError where it is none, nor nothing."""
    if not isinstance(written, str) or not KEY.fullmatch(written or "-"):
        raise ValueError
    return written


def _counts(kept: dict[str, Any]) -> dict[str, int]:
    counts = {_keyword(name): _whole(count, 1) for name, count in kept.items()}
    if len(counts) > MOST_MISTAKES or "" in counts:
        raise ValueError
    return counts


def _occurrence(kept: dict[str, Any]) -> Occurrence:
    row, attempts = kept["row"], _whole(kept["attempts"], 0)
    return Occurrence(printable(kept["name"], LONGEST_NAME), _whole(kept["epoch"], 1, MOST_EPOCHS),
                      None if row is None else _whole(row, 1), printable(kept["said"], LONGEST_SAID),
                      printable(kept["skill"], LONGEST_NAME), attempts, _whole(kept["right"], 0, attempts))


def _lesson(written: str, path: Path) -> str:
    """A lesson's name as this locale has it; files of before have it as theirs did, and are named by it all the same.
    Raises ValueError where it can't be a file's name.
    """
    lesson = _in_this_locale(written)
    with suppress(UnicodeEncodeError):
        if path.name.startswith(file_name(written)) and not path.name.startswith(file_name(lesson)):
            return written
    return lesson


def _in_this_locale(written: str) -> str:
    return os.fsdecode(written.encode("utf-8", "surrogateescape"))


def _in_any_locale(lesson: str) -> str:
    return os.fsencode(lesson).decode("utf-8", "surrogateescape")


def _when_saved(kept: dict[str, Any], state: os.stat_result) -> int:
    """A date in the future tells nothing."""
    if "saved" not in kept:
        return state.st_mtime_ns if state.st_mtime_ns <= time.time_ns() else 0
    if not 0 <= (saved := int(kept["saved"])) <= LATEST:
        raise ValueError
    return saved


def _change(kept: dict[str, Any]) -> Change:
    row = kept["row"]
    return Change(int(kept["epoch"]), str(kept["name"]), float(kept["value"]), None if row is None else int(row))


def _skills(kept: dict[str, Any]) -> Iterator[tuple[str, Skill]]:
    for name in WORDS:
        if (written := name if name in kept else kind_of(name)) in kept:
            yield name, _skill(kept[written])


def _skill(kept: dict[str, Any]) -> Skill:
    attempts = _whole(kept["attempts"], 0)
    skill = Skill(float(kept["known"]), attempts, _whole(kept["right"], 0, attempts))
    if not 0 <= skill.known <= 1:
        raise ValueError
    return skill


def _as_json(kept: Kept) -> dict[str, Any]:
    """The document of format 1; its keys stay, so that old files are read. A copy of a shipped lesson is that lesson to
    a handgrad of before.
    """
    place, name = kept.bookmark, _in_any_locale(kept.bookmark.lesson)
    is_copy = place.identity in shipped_lessons()
    return {
        "format": FORMAT,
        "saved": min(kept.saved, LATEST),
        "place": {**({"lesson": place.identity, "file": name} if is_copy else
                     {"lesson": name, "identity": place.identity}),
                  "epoch": place.cursor.epoch, "step": place.cursor.step,
                  "numbers": place.seed, "mode": place.mode, "answers": dict(place.answers),
                  "form": place.form, "changes": [change._asdict() for change in place.changes],
                  "furthest": place.furthest, "mistakes": dict(place.mistakes),
                  "last_made": {name: last._asdict() for name, last in place.last_made.items()}},
        "skills": {name: skill._asdict() for name, skill in kept.knowledge.skills.items()},
    }
