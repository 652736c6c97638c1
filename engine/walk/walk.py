"""One learner on one lesson, as a value: where they stand, in which mode, what they have answered, what is under way.

What is shown depends on it alone. `transition.act` gives the walk after an action; the keys of the screen, the commands
of the plain mode and the lines of programs are spellings of the same actions.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from engine.late import LateModule
from engine.learner.knowledge import Knowledge
from engine.learner.progress import Bookmark, Mode, Occurrence, Progress
from engine.text.notation import number
from engine.trace.cursor import START, Cursor
from engine.trace.trace import Trace
from engine.trace.what_if import Change
from engine.walk.exercise import Exercise

if TYPE_CHECKING:
    from engine.tutor import tutor
    from engine.tutor.answer import FollowUp, Mistaken, Reason, Verdict
    from engine.tutor.cases import Case
    from engine.tutor.find import Puzzle
else:
    tutor = LateModule("engine.tutor.tutor")

ASKING: frozenset[Mode] = frozenset({"practise", "practise all", "by hand"})


class ActionError(Exception):
    """An action that can't be done here; the message says what is expected."""


class Attempt(NamedTuple):
    """At the question in hand: what is typed, where in it the caret stands, and what came of it.

    `is_taken`: what is typed was taken as an answer, and gives way to what is typed next; `is_unread`: it could not be
    read. `has_begun`: the first question of an epoch is asked; before that the summary of the last update is shown.
    `follow_up` is a one-key question that stands beside; `mistake` the one just made; `wrong` are the wrong answers so
    far, each once; `has_tried`: another answer was given since the last hint.
    """

    typed: str = ""
    caret: int = 0
    is_taken: bool = False
    is_unread: bool = False
    has_begun: bool = False
    hints_given: int = 0
    has_tried: bool = False
    wrong: frozenset[str] = frozenset()
    follow_up: "FollowUp | None" = None
    mistake: "Mistaken | None" = None


class Exam(NamedTuple):
    """Answers that are not judged yet, by the index of their step in an epoch; `values` is what they come to (None:
    left open), `chain` the steps that are judged together with them.
    """

    epoch: int
    chain: range = range(0)
    answers: Mapping[int, str] = {}
    values: Mapping[int, float | None] = {}

    @property
    def place(self) -> Cursor:
        """Behind the last answer."""
        return Cursor(self.epoch, max(self.answers) + 1)


class Judged(NamedTuple):
    """An answer that was handed in: of which step, what the number is called, what was written (None: nothing) and what
    it is; the verdict's reason, and what there is to say of it, nothing if it was simply right.
    """

    step_index: int
    name: str
    written: float | None
    value: float
    is_right: bool
    reason: "Reason"
    said: str

    @property
    def told(self) -> str:
        """All of it in a line."""
        if self.written is None:
            return f"{self.name} = {number(self.value)}. {self.said}"
        return f"{self.name}: {self.said}" + f" It is {number(self.value)}." * (not self.is_right)


class Results(NamedTuple):
    """Of the answers that were handed in last. They stand open until the learner goes on, and can be opened again."""

    epoch: int = 0
    judged: tuple[Judged, ...] = ()
    about: str = ""  # of which row, and which parameter's chain
    pointed: int = 0  # which of them is read
    is_open: bool = False
    is_reread: bool = False  # they were opened again

    @property
    def wrong(self) -> frozenset[int]:
        """The steps found wrong, by their indices."""
        return frozenset(each.step_index for each in self.judged if not each.is_right)

    @property
    def end(self) -> Cursor:
        """The place behind the last of them."""
        return Cursor(self.epoch, self.judged[-1].step_index + 1)

    @property
    def summary(self) -> str:
        """How many are right, and how many follow from wrong ones."""
        count, following = len(self.judged), sum(each.reason == "follows" for each in self.judged)
        right = sum(each.is_right for each in self.judged) - following
        if right == count:
            return "Right." if count == 1 else f"All {count} right."
        if count == 1:
            return "Not right."
        more = f", {following} {'follows' if following == 1 else 'follow'} from what is not" * (following > 0)
        return f"{right} of {count} right{more}."


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

    @property
    def is_found(self) -> bool:
        """Whether the wrong number is; then only which mistake it is may still be asked."""
        return self.is_done or self.which is not None


class Example(NamedTuple):
    """A worked chain, from its `start` to its `end`: where practice was stopped for it, and after which question."""

    home: Cursor
    question: Cursor
    start: Cursor
    end: Cursor


class Walk(NamedTuple):
    """One learner on one lesson."""

    trace: Trace
    cursor: Cursor = START
    lesson: str = ""  # a shipped one's id, or a file's path
    seed: int | None = None  # of the starting values, where these are drawn
    identity: str = ""  # of the lesson, as Bookmark has it
    mode: Mode = "watch"

    derivation: bool = False  # of an activation's derivative is open
    trail: tuple[Cursor, ...] = ()  # of movements, only to go back
    came_from: Cursor | None = None  # in the other form, as long as the learner has not moved since
    bound_for: Cursor | None = None  # in an epoch that is still to be trained
    there: Bookmark | None = None  # what is taken up when that is reached, of a walk that was opened so
    own: Trace | None = None  # the trace of the lesson's numbers, or of drawn ones, where changes branch off it
    changes: tuple[Change, ...] = ()
    undone: tuple[Change, ...] = ()
    is_warned: bool = False  # that other starting values will take the place of these

    attempt: Attempt = Attempt()
    verdict: "Verdict | None" = None  # on what the last action answered
    attempted: frozenset[Cursor] = frozenset()  # the questions whose first attempt has counted
    right: frozenset[Cursor] = frozenset()  # of these, those in which it was right
    exercises: Mapping[str, Exercise] = {}  # of the skills practised in this session
    judged: frozenset[Cursor] = frozenset()  # by hand: the questions that are done with
    drafts: Mapping[tuple[Mode, Cursor], str] = {}  # what was typed for questions that were left
    seen: Mapping[int, int] = {}  # of each epoch, how many of its numbers have been on the screen
    cases: "frozenset[Case]" = frozenset()  # that have been asked for
    factors_right: int = 0
    exam: Exam | None = None
    results: Results = Results()
    search: Search | None = None
    example: Example | None = None
    flawless: Cursor | None = None  # the last question of a chain whose every number was right at the first try
    is_invited: bool = False  # to find the mistake in one, once; `invites`: by the last action
    invites: bool = False

    message: str = ""  # what is said to whom is asked, each thing on a line of its own
    note: str = ""  # what the last action has to say besides
    details: tuple[str, ...] = ()  # the same, whole, where that is more than a line

    knowledge: Knowledge = Knowledge()
    bookmarks: Mapping[str, Bookmark] = {}  # in every lesson begun; this one's, as it was
    ahead: int = 0  # this and the next two as Progress has them
    left: Mapping[str, int] = {}
    known: frozenset[str] | None = None
    furthest: int = 1  # epoch, in this lesson
    mistakes: Mapping[str, int] = {}  # made in it; this and the next as Bookmark has them
    last_made: Mapping[str, Occurrence] = {}

    @property
    def tutor(self) -> "tutor.Tutor":
        """Who asks about the trace."""
        return tutor.Tutor(self.trace)

    @property
    def asks(self) -> bool:
        """Whether the number after the place is asked for: not between two epochs, where one looks back, or where it is
        none any more.
        """
        cursor = self.cursor
        return self.mode in ASKING and cursor.step < self.trace.script.length and not self.looks_back and \
            (cursor.step > 0 or cursor.epoch == 1 or self.attempt.has_begun) and not self.trouble

    @property
    def trouble(self) -> str:
        """Why a learner who wants to be asked is not. Of an epoch that is far nothing is known yet."""
        is_known = self.mode in ASKING and self.trace.is_near(self.cursor.epoch)
        return self.trace.trouble(self.cursor.epoch) if is_known else ""

    @property
    def looks_back(self) -> bool:
        """By hand: at verdicts, at a number that is judged, or away from the chain whose numbers are being written."""
        exam, cursor = self.exam, self.cursor
        is_away = exam is not None and not (cursor.epoch == exam.epoch and cursor.step in exam.chain)
        return self.mode == "by hand" and (self.results.is_open or is_away or cursor in self.judged)

    @property
    def own_loss(self) -> float | None:
        """The Loss of the epoch in hand without the changes; None where there are none, or it is far."""
        return self.own.loss(self.cursor.epoch) if self.own else None

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
            return {} if self.search.is_found else self.search.puzzle.shown
        return self.exam.values if self.exam and self.exam.epoch == self.cursor.epoch else {}

    @property
    def pointed(self) -> int | None:
        """The step at which the learner points, finding the mistake."""
        return self.search.pointed if self.search else None

    @property
    def said(self) -> tuple[str, ...]:
        """What the last action has to say, line by line."""
        return self.details or tuple(filter(None, (self.note or self.message).split("\n")))

    @property
    def bookmark(self) -> Bookmark:
        """What there is to keep of this lesson: where the learner is, or is bound for."""
        answers = dict(self.exam.answers) if self.exam else {}
        left = self.search or self.example  # what is come back from
        cursor = left.home if left else self.exam.place if self.exam else self.bound_for or self.cursor
        mode: Mode = "watch" if self.search else "practise" if self.example else self.mode
        if self.there:
            mode, answers = self.there.mode, dict(self.there.answers)
        return Bookmark(self.lesson, cursor, self.seed, mode, answers, self.trace.chains.form, self.changes,
                        max(cursor.epoch, self.furthest), self.identity, self.mistakes, self.last_made)

    @property
    def progress(self) -> Progress:
        """All there is to keep."""
        bookmark = self.bookmark
        others = {key: place for key, place in self.bookmarks.items() if key != bookmark.key}
        return Progress(bookmark, self.knowledge, {**others, bookmark.key: bookmark}, self.ahead, self.left, self.known)


def say(walk: Walk, message: str) -> Walk:
    """The same, with something to say to whom is asked, in place of what could not be read."""
    return walk._replace(message=message, attempt=walk.attempt._replace(is_unread=False))
