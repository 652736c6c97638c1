"""One learner on one lesson, as a value: where they stand, in which mode, what they have answered, what is under way.

What is shown depends on it alone. `transition.act` gives the walk after an action; the keys of the screen, the commands
of the plain mode and the lines of programs are spellings of the same actions.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from engine.graph.quantity import Quantity
from engine.late import LateModule
from engine.learner.knowledge import Knowledge
from engine.learner.progress import Bookmark, Mode, Progress
from engine.trace.cursor import START, Cursor
from engine.trace.trace import Trace
from engine.trace.what_if import Change

if TYPE_CHECKING:
    from engine.tutor import tutor
    from engine.tutor.answer import FollowUp, Verdict
    from engine.tutor.find import Puzzle
else:
    tutor = LateModule("engine.tutor.tutor")

ASKING: frozenset[Mode] = frozenset({"practise", "by hand"})


class ActionError(Exception):
    """An action that can't be done here; the message says what is expected."""


class Attempt(NamedTuple):
    """At the question in hand: what is typed, and what came of it.

    `is_taken`: what is typed was taken as an answer, and gives way to what is typed next. `has_begun`: the first
    question of an epoch is asked; before that the summary of the last update is shown. `follow_up` is a one-key
    question that stands beside; `mistake` the one just made.
    """

    typed: str = ""
    is_taken: bool = False
    has_begun: bool = False
    hints_given: int = 0
    follow_up: "FollowUp | None" = None
    mistake: str | None = None


class Exam(NamedTuple):
    """Answers that are not judged yet, by the index of their step in an epoch; `values` is what they come to (None:
    left open).
    """

    epoch: int
    answers: Mapping[int, str] = {}
    values: Mapping[int, float | None] = {}


class Results(NamedTuple):
    """Of the answers that were handed in last: the steps found wrong, what there is to say of each that was not simply
    right, and how much of that is read.
    """

    wrong: frozenset[int] = frozenset()
    verdicts: tuple[str, ...] = ()
    read: int = 0


class Search(NamedTuple):
    """For a mistake: from where it was begun, the puzzle and its seed, at which step the learner points, and, once that
    is found, which mistake it may be.
    """

    home: Cursor
    seed: int
    puzzle: "Puzzle"
    pointed: int
    which: "FollowUp | None" = None
    is_done: bool = False


class Walk(NamedTuple):
    """One learner on one lesson."""

    trace: Trace
    cursor: Cursor = START
    lesson: str = ""  # a shipped one's id, or a file's path
    seed: int | None = None  # of the starting values, where these are drawn
    mode: Mode = "watch"
    asks_everything: bool = False  # in practice: what is known too, and nothing but the numbers

    derivation: bool = False  # of an activation's derivative is open
    trail: tuple[Cursor, ...] = ()  # of movements, only to go back
    came_from: Cursor | None = None  # in the other form, as long as the learner has not moved since
    bound_for: Cursor | None = None  # in an epoch that is still to be trained
    there: Bookmark | None = None  # what is taken up when that is reached, of a walk that was opened so
    own: Trace | None = None  # the lesson's own trace, where changes branch off it
    changes: tuple[Change, ...] = ()
    undone: tuple[Change, ...] = ()

    attempt: Attempt = Attempt()
    verdict: "Verdict | None" = None  # on what the last action answered
    attempted: frozenset[Cursor] = frozenset()  # the questions whose first attempt has counted
    factors_right: int = 0
    slips: Mapping[Quantity, float] = {}  # wrong numbers, as long as they may live on
    passage: tuple[object, ...] = ()  # in which they do
    exam: Exam | None = None
    results: Results = Results()
    search: Search | None = None

    message: str = ""  # what is said to whom is asked
    note: str = ""  # what the last action has to say besides
    details: tuple[str, ...] = ()  # the same, whole, where that is more than a line

    knowledge: Knowledge = Knowledge()
    bookmarks: Mapping[str, Bookmark] = {}  # in every lesson begun; this one's, as it was
    furthest: int = 1  # epoch, since it was opened

    @property
    def tutor(self) -> "tutor.Tutor":
        """Who asks about the trace."""
        return tutor.Tutor(self.trace)

    @property
    def asks(self) -> bool:
        """Whether the number after the place is asked for: not between two epochs."""
        cursor = self.cursor
        return self.mode in ASKING and cursor.step < self.trace.script.length and \
            (cursor.step > 0 or cursor.epoch == 1 or self.attempt.has_begun)

    @property
    def typed(self) -> str | None:
        """What is typed for the number that comes next; None where none is asked for."""
        return self.attempt.typed if self.asks else None

    @property
    def written(self) -> Mapping[int, float | None]:
        """Numbers that stand in place of the true ones, by the index of their step: the learner's own, not judged yet
        (None: left open); those of a chain with a mistake in it, as long as that is not found.
        """
        if self.search:
            return {} if self.search.which else self.search.puzzle.shown
        return self.exam.values if self.exam else {}

    @property
    def pointed(self) -> int | None:
        """The step at which the learner points, finding the mistake."""
        return self.search.pointed if self.search else None

    @property
    def said(self) -> tuple[str, ...]:
        """What the last action has to say, line by line."""
        return self.details or tuple(filter(None, (self.note or self.message,)))

    @property
    def bookmark(self) -> Bookmark:
        """What there is to keep of this lesson: where the learner is, or is bound for."""
        answers = dict(self.exam.answers) if self.exam else {}
        cursor = self.search.home if self.search else self.cursor if answers else self.bound_for or self.cursor
        mode: Mode = "watch" if self.search else self.mode
        if self.there:
            mode, answers = self.there.mode, dict(self.there.answers)
        before = self.bookmarks.get(self.lesson)
        furthest = max(cursor.epoch, self.furthest, before.furthest if before else 1)
        return Bookmark(self.lesson, cursor, self.seed, mode, answers, self.trace.chains.form, self.changes, furthest)

    @property
    def progress(self) -> Progress:
        """All there is to keep."""
        bookmark = self.bookmark
        return Progress(bookmark, self.knowledge, {**self.bookmarks, self.lesson: bookmark})


def say(walk: Walk, message: str) -> Walk:
    """The same, with something to say to whom is asked."""
    return walk._replace(message=message)
