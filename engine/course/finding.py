"""A lesson by its id: one of a folder's, a shipped one, one of the learner's own. Of all the files there only the one
that says that id is read as a lesson.
"""

import os
import re
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path

from engine.learner.progress import Bookmark
from engine.lesson.course_file import COURSE_FILE
from engine.lesson.identity import id_in, key_of
from engine.lesson.lesson import WHAT, LessonError, load, no_such_lesson, shipped_lessons
from engine.lesson.schema import Problem
from engine.lesson.toml_file import MOST_BYTES, TomlError, parse_toml, read_text
from engine.text.home import user_folder
from engine.text.natural_order import natural_order
from engine.text.printable import printable
from engine.text.system_error import reason_of

MOST_FILES = 500
EXPECTED = "a folder with .toml files"
ENDING = ".toml"
ID = "[a-z0-9-]{1,60}"
SAYS_ID = re.compile(rf"""^[ \t]*(?:id|"id"|'id')[ \t]*=[ \t]*["']({ID})["']""", re.MULTILINE)


def own_folder() -> Path | None:
    """Where a learner's own lessons are looked for: in XDG_DATA_HOME, by default ~/.local/share."""
    try:
        return user_folder("XDG_DATA_HOME", ".local", "share") / "handgrad" / "lessons"
    except RuntimeError:
        return None


def lesson_files(folder: Path) -> list[Path]:
    """The lesson files of a folder, in the order in which people number them. Raises LessonError where there is none.
    """
    try:
        files = _files_in(folder)
    except (OSError, ValueError) as error:
        raise _unreadable(folder, error) from error
    if not files:
        raise LessonError(str(folder), Problem("", "no lessons in it", EXPECTED))
    return files


def own_files() -> list[Path]:
    """The learner's own lessons, if there are any. Raises LessonError where they may not be read."""
    if not (own := own_folder()):
        return []
    try:
        return _files_in(own)
    except (FileNotFoundError, NotADirectoryError, ValueError):
        return []
    except OSError as error:
        raise _unreadable(own, error) from error


def _files_in(folder: Path) -> list[Path]:
    """Raises OSError, or ValueError where no folder can have that name."""
    names = [name for name in os.listdir(folder) if name.endswith(ENDING) and name != COURSE_FILE]
    names.sort(key=lambda name: natural_order(name.removesuffix(ENDING)))
    return [folder / name for name in names[:MOST_FILES]]


def _unreadable(folder: Path, error: OSError | ValueError) -> LessonError:
    return LessonError(str(folder), Problem("", reason_of(error).lower(), EXPECTED))


def find_lesson(name: str, folder: Path | None = None) -> str:
    """The name that opens a lesson: of an id, a file's path, or the id itself where it is a shipped one's. A folder's
    own ids come first. Raises LessonError where there is no such lesson or several, or the folder has none.
    """
    files = lesson_files(folder) if folder is not None else []
    if found := _file_with(name, files):
        return found
    if name in shipped_lessons():
        return name
    own = list[Path]()
    with suppress(LessonError):
        own = own_files()
    if found := _file_with(name, own):
        return found
    if name.endswith(ENDING) or "/" in name or os.path.exists(name):
        return name
    raise no_such_lesson(name, list(dict.fromkeys([*_ids(files), *shipped_lessons(), *_ids(own)])))


def find_again(place: Bookmark, folder: Path | None = None) -> str:
    """The name that opens the lesson of a bookmark: where its file is gone, the same one's among those that are known
    by their ids, a folder's first.
    """
    if place.lesson in shipped_lessons() or os.path.exists(place.lesson):
        return place.lesson
    with suppress(LessonError):
        name = find_lesson(id_in(place.key), folder)
        if key_of(load(name)) == place.key:
            return name
    return place.lesson


def known_ids(folder: Path | None = None) -> list[str]:
    """The ids that are known: a folder's, the shipped ones', the learner's own; of a folder that can't be read none."""
    files = list[Path]()
    with suppress(LessonError):
        files += lesson_files(folder) if folder is not None else []
    with suppress(LessonError):
        files += own_files()
    return list(dict.fromkeys([*_ids(files), *shipped_lessons()]))


def _file_with(name: str, files: Sequence[Path]) -> str:
    """The one file whose lesson has that id; nothing where there is none. Raises LessonError where there are several.
    """
    if not re.fullmatch(ID, name):  # but a path
        return ""
    found = [path for path in files if _has_id(_text_of(path), name)]
    if len(found) > 1:
        names = " and ".join(printable(str(path), 200) for path in found)
        raise LessonError(name, Problem("", f"the id of {names}", "one of them, by its path"))
    return str(found[0]) if found else ""


def _has_id(text: str, name: str) -> bool:
    """Of a text that can't be read as TOML it is believed: who opens it learns why not."""
    if name not in SAYS_ID.findall(text):
        return False
    try:
        return parse_toml(text, WHAT).get("id") == name
    except TomlError:
        return True


def said_id(path: Path) -> str:
    """The id that a file seems to give its lesson, which may be one that can't be read; nothing where it has none."""
    found = SAYS_ID.search(_text_of(path))
    return found[1] if found else ""


def _ids(files: Iterable[Path]) -> list[str]:
    return [name for path in files if (name := said_id(path))]


def _text_of(path: Path) -> str:
    """An id is found in a text of another encoding, too; of what can't be read there is none."""
    try:
        return read_text(path, WHAT)
    except TomlError:
        with suppress(OSError):
            return path.read_bytes()[:MOST_BYTES].decode("latin-1") if path.is_file() else ""
        return ""
