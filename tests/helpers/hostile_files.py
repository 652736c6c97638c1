"""Folders of progress that nobody should have: files and links of any kind, owner, mode and date; and what becomes of
them when several accounts go on there, root among them. Only root can try.
"""

import os
import random
import stat
import time
from collections.abc import Callable
from itertools import count
from pathlib import Path

from accounts import acting_as

from engine.learner.knowledge import WORDS, Knowledge, Skill
from engine.learner.progress import Bookmark, Progress
from engine.learner.progress_file import Kept, write_file
from engine.learner.progress_folder import NotKeptError, progress_folder, progress_path, read_progress, save_progress
from engine.trace.cursor import Cursor

LESSONS = ("and-gate", "or-gate", "/home/me/\udce9.toml")
GROUPS = {0: 0, 5001: 5100, 5002: 5100, 5003: 5003}  # of each account
FOLDER_MODES = (0o700, 0o700, 0o770, 0o770, 0o2770, 0o2770, 0o777, 0o777, 0o1777, 0o755, 0o500, 0o300, 0o600, 0)
SESSIONS = 4
FILE_MODES = (0o600, 0o600, 0o644, 0o640, 0o660, 0o666, 0o400, 0)


class Folder:
    """A random one, the same for a seed, below a folder of state; `precious` is what must never go."""

    def __init__(self, seed: int, state: Path) -> None:
        self.state, self.precious = state, set[bytes]()
        self._draw, self._numbers = random.Random(seed), count(1)
        self._open: dict[int, Progress] = {}  # what each account's last session has found
        self.folder, self._elsewhere = progress_folder(), state / "elsewhere"
        for each in (self.folder, self._elsewhere):
            each.mkdir(parents=True)
        for lesson in LESSONS:
            for name in (progress_path(lesson).name, f"{progress_path(lesson).name}.set-aside-1"):
                if self._draw.random() < 0.6:
                    self._make(self.folder / name, lesson)
        for each in (self._elsewhere, self.folder, self.folder.parent):
            self._give(each, FOLDER_MODES if each == self.folder else (0o755, 0o755, 0o777, 0o777, 0o700))

    def _make(self, path: Path, lesson: str, can_be_link: bool = True) -> None:
        """Something under a name."""
        kinds: list[Callable[[], object]] = [
            lambda: write_file(path, self._kept(lesson)), lambda: write_file(path, self._kept(lesson)),
            lambda: self._write_precious(path, "{%d"), lambda: self._write_precious(path, '{"format": 2, "n": %d}'),
            lambda: path.write_bytes(b""), lambda: path.mkdir(), lambda: os.mkfifo(path)]
        if can_be_link:
            target = self._elsewhere / path.name
            kinds += [lambda: self._link(path, target, lesson), lambda: path.symlink_to(target),
                      lambda: path.symlink_to(path.name), lambda: path.symlink_to("not/there")]
        self._draw.choice(kinds)()
        if not path.is_symlink():
            self._give(path, FILE_MODES)
            seconds = self._draw.choice((0, 10**9, time.time(), 4 * 10**9))
            os.utime(path, (seconds, seconds))

    def _link(self, path: Path, target: Path, lesson: str) -> None:
        self._make(target, lesson, can_be_link=False)
        path.symlink_to(target)
        os.lchown(path, owner := self._draw.choice(list(GROUPS)), GROUPS[owner])

    def _write_precious(self, path: Path, content: str) -> None:
        path.write_text(content % next(self._numbers))
        self.precious.add(path.read_bytes())

    def _kept(self, lesson: str) -> Kept:
        known = {name: Skill(0.5, self._draw.randrange(1, 9)) for name in self._draw.sample(list(WORDS), 3)}
        return Kept(Bookmark(lesson, Cursor(1, next(self._numbers))), Knowledge(known),
                    self._draw.choice((0, time.time_ns(), 2**62)))

    def _give(self, path: Path, modes: tuple[int, ...]) -> None:
        owner = self._draw.choice(list(GROUPS))
        os.chown(path, owner, GROUPS[owner])
        path.chmod(self._draw.choice(modes))

    def go_on(self) -> str:
        """A session of some account, new or still open, saves; returns what became of it, and all holds that must."""
        account, lesson = self._draw.choice(list(GROUPS)), self._draw.choice(LESSONS)
        path = progress_path(lesson)
        before, known, readers, is_link = \
            self._contents(), read_progress()[0].knowledge, self._readers(path), path.is_symlink()
        with acting_as(account, GROUPS[account]):
            result = self._save(account, lesson)
        assert result in ("kept", "set aside") or self._contents() == before
        assert self.precious <= set(self._contents())
        assert _knows(read_progress()[0].knowledge, known)
        if result == "kept":
            assert readers <= self._readers(path)
            assert path.is_symlink() == is_link
        return result

    def _save(self, account: int, lesson: str) -> str:
        found, messages = read_progress()
        assert all(any(str(path) in message for message in messages) for path in self._unreadable()), messages
        is_new = self._draw.random() < 0.7
        session = found if is_new else self._open.get(account, found)
        self._open[account] = session
        here = Bookmark(lesson, Cursor(1, next(self._numbers)))
        progress = session._replace(bookmark=here, knowledge=session.knowledge.observe("weight", True))
        try:
            result = "set aside" if save_progress(progress) else "kept"
        except NotKeptError as error:
            return str(error).partition(":")[0]
        again, _ = read_progress()
        assert again.bookmarks[lesson] == here
        assert again.bookmark == here or not is_new
        assert _knows(again.knowledge, progress.knowledge)
        return result

    def _contents(self) -> list[bytes]:
        """Of all files, sorted; of other things what they are."""
        return sorted(path.read_bytes() if path.is_file() and not path.is_symlink() else b"%o" % path.lstat().st_mode
                      for path in self.state.rglob("*"))

    def _unreadable(self) -> set[Path]:
        """What is there and can't be read, as far as one may know."""
        if not os.access(self.folder, os.R_OK, effective_ids=True):
            return {self.folder}
        there = os.listdir(self.folder)
        return {path for path in map(progress_path, LESSONS) if path.name in there and _can_read(path) is False}

    def _readers(self, path: Path) -> set[int]:
        """Who can read a file."""
        found = set()
        for account in GROUPS:
            with acting_as(account, GROUPS[account]):
                found |= {account} if _can_read(path) else set()
        return found


def _can_read(path: Path) -> bool | None:
    """None where there is nothing to read."""
    try:
        return stat.S_ISREG(os.stat(path).st_mode) and path.read_bytes() is not None
    except FileNotFoundError:
        return None
    except OSError:
        return False


def _knows(knowledge: Knowledge, other: Knowledge) -> bool:
    """Whether it has as much evidence on everything."""
    return all(knowledge.skill(name).attempts >= skill.attempts for name, skill in other.skills.items())


def tried(seed: int, state: Path) -> list[str]:
    """What becomes of some sessions in a random folder, in which all holds that must; `state` is XDG_STATE_HOME."""
    folder = Folder(seed, state)
    return [folder.go_on() for _ in range(SESSIONS)]
