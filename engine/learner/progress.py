"""What is kept of a learner: where they are in each lesson, and what they know."""

from collections.abc import Mapping
from typing import Literal, NamedTuple, get_args

from engine.learner.knowledge import Knowledge
from engine.trace.chain import Form
from engine.trace.cursor import Cursor
from engine.trace.what_if import Change

Mode = Literal["watch", "practise", "practise all", "by hand", "find"]
KEPT_MODES: tuple[Mode, ...] = ("watch", "practise", "practise all", "by hand")
FORMS: tuple[Form, ...] = get_args(Form)


class Bookmark(NamedTuple):
    """A lesson, by a shipped one's id or a file's absolute path, where in it, the seed of its numbers if drawn, and
    the answers that are not judged yet, by the index of their step.
    """

    lesson: str
    cursor: Cursor
    seed: int | None = None
    mode: Mode = "watch"
    answers: Mapping[int, str] = {}
    form: Form = "paths"
    changes: tuple[Change, ...] = ()
    furthest: int = 1  # epoch


class Progress(NamedTuple):
    """Where the learner is, what they know, and where they are in every lesson they have begun. `ahead`: by how many
    nanoseconds what was saved last is ahead of this machine's clock, which may be wrong, or have been. `left`: when
    this session has left a lesson for another. `known`: the lessons whose files it has read, where it has not read all.
    """

    bookmark: Bookmark | None = None
    knowledge: Knowledge = Knowledge()
    bookmarks: Mapping[str, Bookmark] = {}
    ahead: int = 0
    left: Mapping[str, int] = {}
    known: frozenset[str] | None = None
