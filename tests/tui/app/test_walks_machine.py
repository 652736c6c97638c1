"""Whatever a learner does, in any order: what is on the screen follows from what is kept of them, and every action has
its reverse.
"""

from dataclasses import replace

from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from engine.learner.learner import Learner
from engine.learner.progress import Bookmark
from engine.learner.progress_folder import read_progress, save_progress
from engine.trace.cursor import Cursor
from engine.walk.opening import opened, turned, with_new_numbers, with_own_numbers
from engine.walk.session import (
    Action,
    ActionError,
    GoTo,
    Move,
    Rethink,
    Return,
    Session,
    SwitchForm,
    ToEdge,
    ToggleDerivation,
    ToGradient,
    WhatIf,
    act,
    derivable,
)
from tui.app.by_hand import followed, practice_for
from tui.app.practice import Practice
from tui.view.layout import Status, picture

LESSONS = ("and-gate", "one-neuron", "two-outputs", "worked-example", "regression")
moves = st.one_of(
    st.builds(Move, st.sampled_from(("step", "step", "block", "section", "gradient", "epoch")),
              st.sampled_from((1, 1, -1))),
    st.builds(ToEdge, st.sampled_from(("start", "end"))), st.builds(ToGradient, st.integers(1, 9)),
    st.builds(GoTo, st.builds(Cursor, st.integers(1, 4), st.integers(0, 60))))
values = st.sampled_from(("0", "0.5", "-1.25", "1/3", "2e-3", "w13", "1e9"))


class Walk(RuleBasedStateMachine):
    """A learner in the shipped lessons, watching or practising."""

    def __init__(self) -> None:
        super().__init__()
        self.learner = Learner()
        self.session = turned(self.learner, "and-gate")
        self.practice: Practice | None = None

    def do(self, action: Action) -> bool:
        """Act if that can be done here; returns whether it could."""
        before = self.session
        try:
            self.session = act(before, action)
        except ActionError:
            return False
        self.practice = followed(self.practice, before, self.session, self.learner)
        return True

    @rule(move=moves)
    def move(self, move: Action) -> None:
        before = self.session
        if self.do(move) and self.session.cursor != before.cursor:
            assert act(self.session, Return()).cursor == before.cursor

    @rule()
    def take_back(self) -> None:
        self.do(Return())

    @rule()
    def switch_form(self) -> None:
        before = self.session
        if self.do(SwitchForm()):
            assert act(self.session, SwitchForm()).cursor == before.cursor

    @precondition(lambda self: derivable(self.session) is not None)
    @rule()
    def look_into_the_derivation(self) -> None:
        opened_up = act(self.session, ToggleDerivation())
        assert picture(opened_up, 80, 24).text() != picture(self.session, 80, 24).text()
        assert picture(act(opened_up, ToggleDerivation()), 80, 24).text() == picture(self.session, 80, 24).text()

    @rule(name=st.sampled_from(("w13", "b3", "w35", "w12", "lr", "y row 1", "y1 row 2")), value=values)
    def change(self, name: str, value: str) -> None:
        before = self.session
        if self.do(WhatIf(f"{name} = {value}")):
            undone = act(self.session, Rethink("undo"))
            assert undone.changes == before.changes
            assert picture(undone, 80, 24).text() == picture(before, 80, 24).text()
            again = act(undone, Rethink("redo"))
            assert picture(again, 80, 24).text() == picture(self.session, 80, 24).text()

    @rule(to=st.sampled_from(("undo", "redo", "own")))
    def rethink(self, to: str) -> None:
        self.do(Rethink(to))

    @precondition(lambda self: self.learner.lesson == "one-neuron" and self.practice is None)
    @rule(is_drawn=st.booleans())
    def draw_numbers(self, is_drawn: bool) -> None:
        self.session = (with_new_numbers if is_drawn else with_own_numbers)(self.learner, self.session)

    @rule(lesson=st.sampled_from(LESSONS))
    def turn(self, lesson: str) -> None:
        self.practice = None
        self.learner.mode = "watch"
        self.learner.keep(self.session)
        if lesson != self.learner.lesson:
            self.session = turned(self.learner, lesson)

    @rule()
    def practise(self) -> None:
        self.learner.mode = "practise"
        self.practice = practice_for(self.session, self.learner)

    @precondition(lambda self: self.practice is not None and self.practice.asks(self.session))
    @rule(answer=st.sampled_from(("right", "0.3", "-1/8", "0", "sig(Z5)", "nonsense", "?")))
    def answer(self, answer: str) -> None:
        assert self.practice
        step, cursor = self.session.cursor.step, self.session.cursor
        if answer == "right":
            answer = repr(self.session.trace.entry(cursor.epoch, step).value)
        self.practice.prompt.text = answer
        self.session = self.practice.answer(self.session)
        assert self.session.cursor == cursor or self.session.cursor.step > step or \
            self.session.cursor.epoch > cursor.epoch

    @rule()
    def leave_and_come_back(self) -> None:
        """As a new process does: all that was kept is read from its file."""
        assert save_progress(self.learner.progress(self.session))
        kept, messages = read_progress()
        assert not messages
        assert kept.bookmark
        self.session, self.practice = opened(kept.bookmark), None
        self.learner = Learner.at(kept.bookmark, kept)

    @invariant()
    def the_screen_follows_from_what_is_kept(self) -> None:
        place = self.learner.progress(self.session).bookmark
        assert place
        fresh = opened(replace(place, answers={}))
        now = replace(self.session, derivation=False)
        for size in ((80, 24), (120, 40)):
            assert picture(now, *size).text() == picture(fresh, *size).text()

    @invariant()
    def every_place_is_one_of_the_trace(self) -> None:
        cursor = self.session.cursor
        assert cursor.epoch >= 1
        assert 0 <= cursor.step <= self.session.trace.script.length
        asked = self.practice is not None and self.practice.asks(self.session)
        assert picture(self.session, 80, 24, status=Status(typed="" if asked else None)).text()


def test_a_place_is_a_whole_learner() -> None:
    """What the machine holds, once by hand: else it might hold nothing."""
    session = opened(Bookmark("and-gate", Cursor(1, 38)))
    assert picture(session, 80, 24).text() != picture(Session(session.trace, Cursor(1, 37)), 80, 24).text()


TestWalk = Walk.TestCase
TestWalk.settings = settings(max_examples=25, stateful_step_count=30, phases=(Phase.explicit, Phase.generate))
