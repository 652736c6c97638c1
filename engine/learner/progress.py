"""What is kept of a learner: where they are in each lesson, and what they know."""

from collections.abc import Mapping
from typing import Literal, NamedTuple, get_args

from engine.learner.knowledge import Knowledge
from engine.lesson.identity import id_in
from engine.trace.chain import Form
from engine.trace.cursor import Cursor
from engine.trace.what_if import Change

Mode = Literal["watch", "practise", "practise all", "by hand", "find"]
KEPT_MODES: tuple[Mode, ...] = ("watch", "practise", "practise all", "by hand")
FORMS: tuple[Form, ...] = get_args(Form)
LARGEST_COUNT = 10**9


class Occurrence(NamedTuple):
    """A mistake as it was made last: which number was asked for, in which epoch and row (from 1; None where it belongs
    to none), and what was said of the answer; the skill of the number in which it was made, and how often that had been
    asked by then, and answered right at first.
    """

    name: str
    epoch: int
    row: int | None
    said: str
    skill: str
    attempts: int
    right: int


class Bookmark(NamedTuple):
    """A lesson, by a shipped one's id or a file's absolute path, where in it, the seed of its numbers if drawn, and
    the answers that are not judged yet, by the index of their step.

    `identity` is what a lesson that is a file is known by, wherever that is; files of before don't have it. `mistakes`:
    how often each was made in it, by its id; `last_made`: the last time, those made last at the end; files of before
    don't have that either.
    """

    lesson: str
    cursor: Cursor
    seed: int | None = None
    mode: Mode = "watch"
    answers: Mapping[int, str] = {}
    form: Form = "paths"
    changes: tuple[Change, ...] = ()
    furthest: int = 1  # epoch
    identity: str = ""
    mistakes: Mapping[str, int] = {}
    last_made: Mapping[str, Occurrence] = {}

    @property
    def key(self) -> str:
        """What the lesson is known by."""
        return self.identity or self.lesson

    def merge(self, other: "Bookmark") -> "Bookmark":
        """This place; how far one had come, and what was made on the way, of both: a mistake was made last in the one
        in which it was made more often, for both began with the same.
        """
        theirs = {name: last for name, last in other.last_made.items()
                  if name not in self.last_made or other.mistakes.get(name, 0) > self.mistakes.get(name, 0)}
        return self._replace(furthest=max(self.furthest, other.furthest),
                             mistakes=merge_counts(self.mistakes, other.mistakes),
                             last_made={**self.last_made, **theirs})


class Progress(NamedTuple):
    """Where the learner is, what they know, and where they are in every lesson they have begun, by its key, those saved
    last at the end. `ahead`: by how many nanoseconds what was saved last is ahead of this machine's clock, which may be
    wrong, or have been. `left`: when this session has left a lesson for another, by its key. `known`: the keys of the
    lessons whose files it has read, where it has not read all.
    """

    bookmark: Bookmark | None = None
    knowledge: Knowledge = Knowledge()
    bookmarks: Mapping[str, Bookmark] = {}
    ahead: int = 0
    left: Mapping[str, int] = {}
    known: frozenset[str] | None = None


def bookmark_of(bookmarks: Mapping[str, Bookmark], key: str, name: str) -> Bookmark | None:
    """Where a learner is in the lesson that is known by a key and opened by a name: where they were with it, wherever
    its file was; else where they were in that file last, with other numbers.

    An older handgrad writes down the file's name alone: that is of this lesson, too, if the file was no other's since.
    """
    mine = bookmarks.get(key)
    there = [place for place in bookmarks.values() if place.lesson == name]
    of_others = [place for place in there if place.identity and id_in(place.identity) != id_in(key)]
    old = next((place for place in there if not place.identity), None)
    if old and of_others and there.index(old) < there.index(of_others[-1]):
        of_others.append(old)
    elif old and mine:
        first, last = sorted((old, mine), key=list(bookmarks.values()).index)
        return last.merge(first)
    ours = [place for place in there if place not in of_others]
    return mine or (ours[-1] if ours else None)


def count_one(counts: Mapping[str, int], name: str) -> dict[str, int]:
    """One more, as long as it can be kept."""
    return {**counts, name: min(counts.get(name, 0) + 1, LARGEST_COUNT)}


def merge_counts(counts: Mapping[str, int], others: Mapping[str, int]) -> dict[str, int]:
    """Of two sessions' counts that began with the same, the larger ones."""
    return {name: max(counts.get(name, 0), others.get(name, 0)) for name in {**counts, **others}}
