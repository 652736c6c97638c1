"""The folder in which progress is kept, in a small file for each lesson: reading reads, only saving writes.

Sessions in different lessons write different files; what another session in the same one has learnt meanwhile is
merged in, as Kept.merge has it. A file that can't be read, or could not be when the session began, is set aside when
its lesson is saved, never overwritten; what was set aside and can be read, now or again, counts.
"""

import errno
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from engine.learner.gathering import one_of_each, put_together
from engine.learner.knowledge import Knowledge
from engine.learner.progress import Progress
from engine.learner.progress_file import (
    ASIDE,
    ENDING,
    LATEST,
    Kept,
    UnreadableError,
    clear_leftovers,
    file_name,
    read_file,
    write_beside,
    write_file,
)
from engine.text.home import user_folder
from engine.text.printable import printable
from engine.text.system_error import reason_of
from engine.text.whole_file import ChangedError, make_folder, version_of

MOST_FILES, LONGEST_MESSAGE = 2000, 4000
MOST_ATTEMPTS = 20  # to write what others write too
LEADS_NOWHERE = (errno.ELOOP, errno.ENOTDIR)  # where a link is all there is to forget


class NotKeptError(Exception):
    """Nothing can be written; the message says why, and where."""


def progress_folder() -> Path:
    """Where it is kept: in XDG_STATE_HOME, by default ~/.local/state. RuntimeError where there is no home at all."""
    return user_folder("XDG_STATE_HOME", ".local", "state") / "handgrad" / "progress"


def progress_path(key: str) -> Path:
    """The file of a lesson, by its key."""
    return progress_folder() / file_name(key)


def read_progress(folder: Path | None = None) -> tuple[Progress, list[str]]:
    """What is kept, in one's own folder or another, and what could not be read and why, a line each. Nothing is
    changed.
    """
    found, messages, is_all = _read_all(folder)
    known = None if is_all else frozenset(kept.bookmark.key for kept in found if kept.saved >= 0)
    return put_together(found)._replace(known=known), messages


def read_lessons(folder: Path | None = None) -> list[Kept]:
    """What is kept of each lesson, in one's own folder or another, those saved last at the end. Nothing is changed."""
    return one_of_each(_read_all(folder)[0])


def read_anew(key: str, kept: Progress) -> Progress:
    """What is kept, for who leaves one lesson for another, which is known by a key: where another session has been
    there since, its place.
    """
    if kept.bookmark:
        kept = kept._replace(left={**kept.left, kept.bookmark.key: time.time_ns() + kept.ahead})
    known = frozenset(kept.bookmarks) if kept.known is None else kept.known
    try:
        file = read_file(progress_path(key))
    except (FileNotFoundError, RuntimeError):
        return kept
    except UnreadableError:
        return kept._replace(known=known - {key})
    mine, when = kept.bookmarks.get(key), kept.left.get(key, 0)
    if file.bookmark.key != key:
        return kept
    if file.saved > when and kept.known is not None:
        kept = kept._replace(known=known | {key})
    both = file.merge(Kept(mine or file.bookmark, kept.knowledge, when))
    return kept._replace(knowledge=both.knowledge, bookmarks={**kept.bookmarks, key: both.bookmark})


def save_progress(progress: Progress) -> str:
    """Keep the place and the knowledge. Returns what was set aside for that and why, a line, if anything was. Raises
    NotKeptError.
    """
    if progress.bookmark is None:
        return ""
    with _errors_in_words():
        path = progress_path(progress.bookmark.key)
        make_folder(path.parent)
        clear_leftovers(path.parent)
        here = Kept(progress.bookmark, progress.knowledge, time.time_ns() + progress.ahead)
        is_known = progress.known is None or here.bookmark.key in progress.known
        for _ in range(MOST_ATTEMPTS):
            with suppress(ChangedError):
                return _save(path, here, is_known)
        raise OSError(errno.EBUSY, os.strerror(errno.EBUSY), str(path))


def _save(path: Path, here: Kept, is_known: bool) -> str:
    """Returns what was set aside and why. Raises OSError, ChangedError where another session was quicker."""
    trouble = "" if is_known else "was not read before"
    try:
        found = version_of(path)
        other = read_file(path)
        here = here._replace(saved=max(here.saved, other.saved + 1)).merge(other)
    except FileNotFoundError:
        trouble = ""
    except UnreadableError as error:
        trouble = str(error)
    if trouble:
        return f"{_line(path, trouble)}; set aside as {write_beside(path, here, found)}"
    write_file(path, here)
    return ""


def reset_knowledge() -> None:
    """Forget what the learner knows, and the mistakes; the places stay, and so do damaged files. Raises NotKeptError
    where not all can be forgotten.
    """
    with _errors_in_words("nothing can be forgotten"):
        troubles = list(filter(None, map(_forget, _files())))
    if troubles:
        raise NotKeptError(f"not forgotten: {troubles[0]}" + f", and {len(troubles) - 1} more" * (len(troubles) > 1))


def _forget(path: Path) -> str:
    """Returns why what a file knows can't be forgotten, if it can't."""
    try:
        kept = read_file(path)
        if kept.knowledge.skills or kept.bookmark.mistakes:
            place = kept.bookmark._replace(mistakes={}, last_made={})
            write_file(path, kept._replace(knowledge=Knowledge(), bookmark=place))
    except FileNotFoundError:
        return ""
    except UnreadableError as error:
        cause = error.__cause__
        return _line(path, str(error)) if isinstance(cause, OSError) and cause.errno not in LEADS_NOWHERE else ""
    except OSError as error:
        return _line(path, reason_of(error).lower())
    return ""


def _read_all(folder: Path | None) -> tuple[list[Kept], list[str], bool]:
    """What the files of a folder hold, those saved last at the end; what could not be read and why, a line each; and
    whether that is all there is.
    """
    found, messages = list[Kept](), list[str]()
    try:
        paths = _files(folder)
    except OSError as error:
        return [], [_line(folder or progress_folder(), reason_of(error).lower())], False
    except RuntimeError:
        return [], [], True
    for path in paths[-MOST_FILES:]:
        is_aside = _is_aside(path)
        try:
            kept = read_file(path)
            found.append(kept._replace(saved=kept.saved - LATEST - 1) if is_aside else kept)  # before those in place
        except FileNotFoundError:
            continue
        except UnreadableError as error:
            if not is_aside:  # which was said when it was set aside
                messages.append(_line(path, str(error)))
    found.sort(key=lambda kept: kept.saved)
    return found, messages, not messages and len(paths) <= MOST_FILES


@contextmanager
def _errors_in_words(what: str = "nothing can be kept") -> Iterator[None]:
    """What keeps files from being written, in one line."""
    try:
        yield
    except OSError as error:
        where = printable(str(error.filename or progress_folder()), LONGEST_MESSAGE)
        raise NotKeptError(f"{what} ({reason_of(error).lower()}): {where}") from error
    except RuntimeError:
        raise NotKeptError(f"{what}: there is no home directory, nor XDG_STATE_HOME") from None


def _line(path: Path, trouble: str) -> str:
    return printable(f"{path}: {trouble}", LONGEST_MESSAGE)


def _files(folder: Path | None = None) -> list[Path]:
    """The files of a folder, by default one's own, those written last at the end. Raises OSError, or RuntimeError where
    there is no home.
    """
    folder = folder or progress_folder()
    try:
        names = os.listdir(folder)
    except FileNotFoundError:
        if any(each.is_symlink() and not each.exists() for each in (folder, *folder.parents)):  # a link to nowhere
            raise
        return []
    paths = [folder / name for name in sorted(names) if name.endswith(ENDING) or f"{ENDING}{ASIDE}" in name]
    return sorted(paths, key=_age)


def _is_aside(path: Path) -> bool:
    return not path.name.endswith(ENDING)


def _age(path: Path) -> int:
    """When a file was written; of a link that leads nowhere, the earliest time."""
    with suppress(OSError):
        return path.stat().st_mtime_ns
    return 0
