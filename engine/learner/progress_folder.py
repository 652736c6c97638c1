"""The folder in which progress is kept, in a small file for each lesson: reading reads, only saving writes.

Sessions in different lessons write different files; what another session in the same one has learnt meanwhile is
merged in. A file that can't be read is set aside when its lesson is saved, never overwritten; what was set aside and
can be read, now or again, counts.
"""

import os
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from engine.learner.knowledge import Knowledge
from engine.learner.progress import Progress
from engine.learner.progress_file import (
    ASIDE,
    ENDING,
    Kept,
    UnreadableError,
    clear_leftovers,
    file_name,
    name_aside,
    read_file,
    write_file,
)
from engine.text.home import user_folder
from engine.text.printable import printable
from engine.text.system_error import reason_of
from engine.text.whole_file import make_folder

MOST_FILES, LONGEST_MESSAGE = 500, 4000


class NotKeptError(Exception):
    """Nothing can be written; the message says why, and where."""


def progress_folder() -> Path:
    """Where it is kept: in XDG_STATE_HOME, by default ~/.local/state. RuntimeError where there is no home at all."""
    return user_folder("XDG_STATE_HOME", ".local", "state") / "handgrad" / "progress"


def progress_path(lesson: str) -> Path:
    """The file of a lesson."""
    return progress_folder() / file_name(lesson)


def read_progress(folder: Path | None = None) -> tuple[Progress, list[str]]:
    """What is kept, in one's own folder or another, and what could not be read and why, a line each. Nothing is
    changed.
    """
    found, messages = list[tuple[bool, Kept]](), list[str]()
    try:
        paths = _files(folder)
    except OSError as error:
        return Progress(), [_line(folder or progress_folder(), reason_of(error).lower())]
    except RuntimeError:
        return Progress(), []
    for path in paths:
        is_aside = _is_aside(path)
        try:
            found.append((not is_aside, read_file(path)))
        except FileNotFoundError:
            continue
        except UnreadableError as error:
            if not is_aside:  # which was said when it was set aside
                messages.append(_line(path, str(error)))
    return _put_together(found), messages


def save_progress(progress: Progress) -> str:
    """Keep the place and the knowledge. Returns what was set aside for that and why, a line, if anything was. Raises
    NotKeptError.
    """
    if progress.bookmark is None:
        return ""
    with _errors_in_words():
        path, now = progress_path(progress.bookmark.lesson), time.time_ns() + progress.ahead
        make_folder(path.parent)
        clear_leftovers(path.parent)
        try:
            other = read_file(path)  # what another session has written meanwhile
        except FileNotFoundError:
            write_file(path, Kept(progress.bookmark, progress.knowledge, now))
        except UnreadableError as error:
            aside = name_aside(path)
            write_file(path, Kept(progress.bookmark, progress.knowledge, now), aside)
            return f"{_line(path, str(error))}; set aside as {aside.name}"
        else:
            knowledge = progress.knowledge.merge(other.knowledge)
            write_file(path, Kept(progress.bookmark, knowledge, max(now, other.saved + 1)))
    return ""


def reset_knowledge() -> None:
    """Forget what the learner knows; the places stay, and so do damaged files. Raises NotKeptError where not all can be
    forgotten.
    """
    with _errors_in_words("nothing can be forgotten"):
        troubles = list(filter(None, map(_forget, _files())))
    if troubles:
        raise NotKeptError(f"not forgotten: {troubles[0]}" + f", and {len(troubles) - 1} more" * (len(troubles) > 1))


def _forget(path: Path) -> str:
    """Returns why what a file knows can't be forgotten, if it can't."""
    try:
        kept = read_file(path)
        if kept.knowledge.skills:
            write_file(path, kept._replace(knowledge=Knowledge()))
    except FileNotFoundError:
        return ""
    except UnreadableError as error:
        return _line(path, str(error)) if isinstance(error.__cause__, OSError) else ""
    except OSError as error:
        return _line(path, reason_of(error).lower())
    return ""


def _put_together(found: Iterable[tuple[bool, Kept]]) -> Progress:
    """Of files, each with whether it stands in its place: what those set aside know counts too, and how far they had
    come; their places where there are no others.
    """
    progress, latest = Progress(), 0
    for _, kept in sorted(found, key=lambda each: (each[0], each[1].saved)):
        here, latest = kept.bookmark, max(latest, kept.saved)
        if before := progress.bookmarks.get(here.lesson):
            here = here._replace(furthest=max(here.furthest, before.furthest))
        progress = Progress(here, progress.knowledge.merge(kept.knowledge), {**progress.bookmarks, here.lesson: here})
    return progress._replace(ahead=max(0, latest - time.time_ns()))


@contextmanager
def _errors_in_words(what: str = "nothing can be kept") -> Iterator[None]:
    """What keeps files from being written, in one line."""
    try:
        yield
    except OSError as error:
        folder = printable(str(progress_folder().parent), LONGEST_MESSAGE)
        raise NotKeptError(f"{what} ({reason_of(error).lower()}): {folder}") from error
    except RuntimeError:
        raise NotKeptError(f"{what}: there is no home directory, nor XDG_STATE_HOME") from None


def _line(path: Path, trouble: str) -> str:
    return printable(f"{path}: {trouble}", LONGEST_MESSAGE)


def _files(folder: Path | None = None) -> list[Path]:
    """The files of a folder, by default one's own; of too many, those written last. Raises OSError, or RuntimeError
    where there is no home.
    """
    folder = folder or progress_folder()
    try:
        names = os.listdir(folder)
    except (FileNotFoundError, NotADirectoryError):
        return []
    paths = [folder / name for name in sorted(names) if name.endswith(ENDING) or f"{ENDING}{ASIDE}" in name]
    return sorted(paths, key=_age)[-MOST_FILES:]


def _is_aside(path: Path) -> bool:
    return not path.name.endswith(ENDING)


def _age(path: Path) -> int:
    """When a file was written; of a link that leads nowhere, the earliest time."""
    with suppress(OSError):
        return path.stat().st_mtime_ns
    return 0
