"""The folder in which progress is kept, in a small file for each lesson: reading reads, only saving writes.

Sessions in different lessons write different files; what another session in the same one has learnt meanwhile is
merged in. A damaged or newer file is set aside when its lesson is saved, never overwritten.
"""

import hashlib
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from engine.learner.knowledge import Knowledge
from engine.learner.progress import Progress
from engine.learner.progress_file import UnreadableError, clear_leftovers, read_file, set_aside, write_file
from engine.text.home import user_folder
from engine.text.printable import printable
from engine.text.system_error import reason_of

MOST_FILES, LONGEST_MESSAGE = 500, 4000


class NotKeptError(Exception):
    """Nothing can be written; the message says why, and where."""


def progress_folder() -> Path:
    """Where it is kept: in XDG_STATE_HOME, by default ~/.local/state. RuntimeError where there is no home at all."""
    return user_folder("XDG_STATE_HOME", ".local", "state") / "handgrad" / "progress"


def progress_path(lesson: str) -> Path:
    """The file of a lesson; for one that is a file itself, named by it and by a sum of its path."""
    name = lesson if re.fullmatch(r"[a-z0-9-]{1,64}", lesson) else "-".join((
        re.sub(r"[^A-Za-z0-9]+", "-", Path(lesson).stem)[:40], hashlib.sha256(os.fsencode(lesson)).hexdigest()[:12]))
    return progress_folder() / f"{name}.json"


def read_progress(folder: Path | None = None) -> tuple[Progress, list[str]]:
    """What is kept, in one's own folder or another, and which files could not be read and why, a line each. Nothing
    is changed.
    """
    found, messages = Progress(), []
    for path in _files(folder):  # the newest last
        try:
            bookmark, knowledge = read_file(path)
        except FileNotFoundError:
            continue
        except UnreadableError as error:
            messages.append(printable(f"{path}: {error}", LONGEST_MESSAGE))
            continue
        found = Progress(bookmark, found.knowledge.merge(knowledge), {**found.bookmarks, bookmark.lesson: bookmark})
    return found, messages


def save_progress(progress: Progress) -> None:
    """Keep the place and the knowledge. Raises NotKeptError."""
    if progress.bookmark is None:
        return
    with _errors_in_words():
        path = progress_path(progress.bookmark.lesson)
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        clear_leftovers(path.parent)
        write_file(path, progress.bookmark, progress.knowledge.merge(_knowledge_in(path)))


def reset_knowledge() -> None:
    """Forget what the learner knows; the places stay, and so do files that can't be read. Raises NotKeptError."""
    with _errors_in_words():
        for path in _files():
            with suppress(FileNotFoundError, UnreadableError):
                write_file(path, read_file(path)[0], Knowledge())


@contextmanager
def _errors_in_words() -> Iterator[None]:
    """What keeps files from being written, in one line."""
    try:
        yield
    except OSError as error:
        folder = printable(str(progress_folder().parent), LONGEST_MESSAGE)
        raise NotKeptError(f"nothing can be kept ({reason_of(error).lower()}): {folder}") from error
    except RuntimeError:
        raise NotKeptError("nothing can be kept: there is no home directory, nor XDG_STATE_HOME") from None


def _files(folder: Path | None = None) -> list[Path]:
    """The files of a folder, by default one's own, the newest last."""
    try:
        return sorted((folder or progress_folder()).glob("*.json"), key=_age)[-MOST_FILES:]
    except (OSError, RuntimeError):
        return []


def _age(path: Path) -> int:
    """When a file was written; of a link that leads nowhere, the earliest time."""
    with suppress(OSError):
        return path.stat().st_mtime_ns
    return 0


def _knowledge_in(path: Path) -> Knowledge:
    """What another session has written meanwhile; a file that can't be read is set aside. Raises OSError."""
    try:
        return read_file(path)[1]
    except FileNotFoundError:
        return Knowledge()
    except UnreadableError:
        set_aside(path)
        return Knowledge()
