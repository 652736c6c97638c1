"""Files that are written whole or not at all: beside where they are to stand, then moved there.

Who could read a file can read the one that replaces it; what root writes into somebody's folder, by sudo say, is
theirs.
"""

import errno
import os
import stat
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import NamedTuple


class Access(NamedTuple):
    """Whose a file is, and who may read and write it."""

    owner: int
    group: int
    mode: int


class Version(NamedTuple):
    """Of a file, what changes when another takes its place, it is written, or given to somebody else."""

    device: int
    number: int
    written: int
    changed: int


class ChangedError(Exception):
    """Somebody else was quicker: the file is not the one that was found."""


def version_of(path: Path) -> Version:
    """Of what is there; of a link, its own. Raises OSError."""
    found = path.lstat()
    return Version(found.st_dev, found.st_ino, found.st_mtime_ns, found.st_ctime_ns)


def create_file(path: str, text: str, prefix: str) -> None:
    """Write a file where none is; until it is whole, its name begins with `prefix`. Raises OSError, or ValueError where
    nothing can have such a name.
    """
    folder = os.path.dirname(path) or "."
    with _beside(folder, text, prefix, 0o666, partial(give_to_owner_of, folder)) as temporary:
        _move_where_none_is(temporary, path)


def replace_file(path: Path, text: str, prefix: str) -> None:
    """Write a file in place of what is there, if anything is: of a link, of what it leads to. Raises OSError."""
    target = _follow(path)
    with _beside(str(target.parent), text, prefix, 0o600, partial(_grant, _access_to(target))) as temporary:
        os.replace(temporary, target)


def write_where_it_was(path: Path, text: str, prefix: str, found: Version, names: Iterable[Path]) -> Path:
    """Write a file where something else is, which takes the first of these names that is free; returns that. Whatever
    others do meanwhile, nothing is written over. Raises OSError, ChangedError where it is not what was found.
    """
    with _beside(str(path.parent), text, prefix, 0o600, partial(_grant, _access_in(path.parent))) as temporary:
        aside = _set_aside(path, found, names)
        try:
            _move_where_none_is(temporary, str(path))
        except FileExistsError:
            raise ChangedError from None
    return aside


def make_folder(path: Path) -> None:
    """A folder for its owner alone, or for the group that has those above it in common; with those of them that are not
    there yet. Raises OSError.
    """
    try:
        path.mkdir(mode=0o700)
    except FileNotFoundError:
        if path.parent == path:  # the working directory, which is gone
            raise
        make_folder(path.parent)
        path.mkdir(mode=0o700, exist_ok=True)
    except OSError:
        if path.is_dir():
            return
        raise
    with suppress(OSError):
        handle = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)  # nothing that took its place
        try:
            give_to_owner_of(path.parent, handle)
            above = path.parent.stat().st_mode
            if above & stat.S_ISGID and above & stat.S_IWGRP:
                os.fchmod(handle, 0o2770)
        finally:
            os.close(handle)


def give_to_owner_of(folder: str | Path, handle: int) -> None:
    """What root has made in somebody else's folder."""
    owner = os.stat(folder)
    if os.geteuid() == 0 != owner.st_uid:
        with suppress(OSError):
            os.fchown(handle, owner.st_uid, owner.st_gid)


def _set_aside(path: Path, found: Version, names: Iterable[Path]) -> Path:
    """Have something take a name that nobody else can have taken meanwhile."""
    is_folder = path.is_dir() and not path.is_symlink()
    aside = next((name for name in names if _reserve(name, os.mkdir if is_folder else _create)), None)
    if not aside:
        raise OSError(errno.EEXIST, "too many are set aside there")
    try:
        if version_of(path) != found:
            raise ChangedError
        os.rename(path, aside)
    except (OSError, ChangedError) as error:
        (os.rmdir if is_folder else os.unlink)(aside)
        if isinstance(error, FileNotFoundError):
            raise ChangedError from None
        raise
    return aside


def _reserve(name: Path, make: Callable[[Path], object]) -> bool:
    with suppress(FileExistsError):
        make(name)
        return True
    return False


def _create(path: str | Path) -> None:
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))


@contextmanager
def _beside(folder: str, text: str, prefix: str, mode: int, allow: Callable[[int], object]) -> Iterator[str]:
    """A new file in a folder, to be moved into its place; where it is not, it is removed. What is refused is refused in
    that folder.
    """
    temporary = os.path.join(folder, f"{prefix}{os.urandom(8).hex()}")
    try:
        handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            allow(handle)
            file.write(text)
            file.flush()
            os.fsync(handle)
        yield temporary
    except OSError as error:
        error.filename = folder
        raise
    finally:
        with suppress(OSError):
            os.unlink(temporary)


def _move_where_none_is(temporary: str, path: str) -> None:
    """A link replaces nothing; where the file system has none, the name is taken first."""
    try:
        os.link(temporary, path)
    except FileExistsError:
        raise
    except OSError:
        _create(path)
        try:
            os.replace(temporary, path)
        except OSError:
            os.unlink(path)
            raise


def _follow(path: Path) -> Path:
    """Where a link leads, if it is one. Root makes no file where somebody else's link leads: that may be anywhere."""
    target = Path(os.path.realpath(path))
    if path.is_symlink() and not target.exists() and os.geteuid() == 0 != path.lstat().st_uid:
        raise PermissionError(errno.EPERM, os.strerror(errno.EPERM), str(path))
    return target


def _access_to(path: Path) -> Access:
    """Of a file that is there; else as a new one."""
    try:
        found = path.stat()
    except FileNotFoundError:
        return _access_in(path.parent)
    return Access(found.st_uid, found.st_gid, stat.S_IMODE(found.st_mode) & 0o666 | 0o600)


def _access_in(folder: Path) -> Access:
    """Of a new file: it is its owner's alone, unless its folder is shared."""
    found = folder.stat()
    group = 0o060 if found.st_mode & stat.S_IWGRP else 0
    others = 0o006 if found.st_mode & stat.S_IWOTH and not found.st_mode & stat.S_ISVTX else 0
    return Access(found.st_uid, found.st_gid, 0o600 | group | others)


def _grant(access: Access, handle: int) -> None:
    """As far as it can be: only root gives files away, and nobody to a group that is not theirs."""
    mode = access.mode
    try:
        os.fchown(handle, access.owner if os.geteuid() == 0 else -1, access.group)
    except OSError:
        mode = mode & 0o606 | (mode & 0o006) << 3  # another group, which may what all may
    with suppress(OSError):
        os.fchmod(handle, mode)
