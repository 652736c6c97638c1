"""Whatever a learner does, in any order: what is on the screen follows from what is kept of them, and every action has
its reverse.
"""

import shutil

from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from engine.learner.progress import Bookmark, Mode
from engine.learner.progress_folder import progress_folder, read_progress, save_progress
from engine.trace.cursor import START, Cursor
from engine.walk.actions import Action, Answer, Do, GoTo, Move, SetMode, ToEdge, ToGradient, WhatIf
from engine.walk.movement import derivable
from engine.walk.opening import open_walk, turn_to
from engine.walk.transition import act
from engine.walk.walk import ActionError, Walk
from tui.view.layout import picture

LESSONS = ("and-gate", "one-neuron", "two-outputs", "worked-example", "regression")
moves = st.one_of(
    st.builds(Move, st.sampled_from(("step", "step", "block", "section", "gradient", "epoch")),
              st.sampled_from((1, 1, -1))),
    st.builds(ToEdge, st.sampled_from(("start", "end"))), st.builds(ToGradient, st.integers(1, 9)),
    st.builds(GoTo, st.builds(Cursor, st.integers(1, 4), st.integers(0, 60))))
values = st.sampled_from(("0", "0.5", "-1.25", "1/3", "2e-3", "w13", "1e9"))


class Machine(RuleBasedStateMachine):
    """A learner in the shipped lessons, watching or asked."""

    def __init__(self) -> None:
        super().__init__()
        shutil.rmtree(progress_folder(), ignore_errors=True)  # what another learner knows is not this one's
        self.walk = open_walk(Bookmark("and-gate", START))

    def do(self, action: Action) -> bool:
        """Act if that can be done here; returns whether it could."""
        try:
            self.walk = act(self.walk, action)
        except ActionError:
            return False
        return True

    @precondition(lambda self: self.walk.example is None)
    @rule(move=moves)
    def move(self, move: Action) -> None:
        before = act(self.walk, Do.STOP) if self.walk.search else self.walk
        if self.do(move) and self.walk.cursor != before.cursor:
            assert act(self.walk, Do.RETURN).cursor == before.cursor

    @rule(action=st.sampled_from((Do.RETURN, Do.HINT, Do.WHY, Do.FILL_IN, Do.STOP, Do.CONFIRM, Do.NEXT_MODE,
                                  Do.UNDO_CHANGE, Do.REDO_CHANGE, Do.OWN_NUMBERS)))
    def do_something(self, action: Action) -> None:
        self.do(action)

    @precondition(lambda self: self.walk.search is None)
    @rule()
    def switch_form(self) -> None:
        before = self.walk
        if self.do(Do.SWITCH_FORM):
            assert act(self.walk, Do.SWITCH_FORM).cursor == before.cursor

    @precondition(lambda self: derivable(self.walk) is not None and self.walk.mode == "watch")
    @rule()
    def look_into_the_derivation(self) -> None:
        opened_up = act(self.walk, Do.TOGGLE_DERIVATION)
        assert picture(opened_up, 80, 24).text() != picture(self.walk, 80, 24).text()
        assert picture(act(opened_up, Do.TOGGLE_DERIVATION), 80, 24).text() == picture(self.walk, 80, 24).text()

    @rule(name=st.sampled_from(("w13", "b3", "w35", "w12", "lr", "y row 1", "y1 row 2")), value=values)
    def change(self, name: str, value: str) -> None:
        before = self.walk
        if self.do(WhatIf(f"{name} = {value}")):
            undone = act(self.walk, Do.UNDO_CHANGE)
            assert undone.changes == before.changes
            assert act(undone, Do.REDO_CHANGE).changes == self.walk.changes
            if before.mode == "watch":
                assert picture(undone, 80, 24).text() == picture(before, 80, 24).text()

    @precondition(lambda self: self.walk.lesson == "one-neuron" and self.walk.mode == "watch")
    @rule()
    def draw_numbers(self) -> None:
        self.do(Do.NEW_NUMBERS)

    @rule(lesson=st.sampled_from(LESSONS))
    def turn(self, lesson: str) -> None:
        self.do(SetMode("watch"))
        self.walk = turn_to(self.walk, lesson)

    @rule(mode=st.sampled_from(("watch", "practise", "practise all", "by hand", "find")))
    def set_mode(self, mode: Mode) -> None:
        self.do(SetMode(mode))

    @precondition(lambda self: self.walk.asks)
    @rule(answer=st.sampled_from(("right", "0.3", "-1/8", "0", "sig(Z5)", "nonsense", "a", "")))
    def answer(self, answer: str) -> None:
        cursor = self.walk.cursor
        if answer == "right":
            answer = repr(self.walk.trace.entry(cursor.epoch, cursor.step).value)
        self.do(Answer(answer))
        assert self.walk.example or self.walk.cursor == cursor or (self.walk.cursor.epoch, self.walk.cursor.step) > (
            cursor.epoch, cursor.step)

    @rule()
    def leave_and_come_back(self) -> None:
        """As a new process does: all that was kept is read from its file."""
        save_progress(self.walk.progress)
        kept, messages = read_progress()
        assert not messages
        assert kept.bookmark
        assert kept.bookmark == self.walk.bookmark
        self.walk = open_walk(kept.bookmark, kept)

    @invariant()
    def the_screen_follows_from_what_is_kept(self) -> None:
        fresh = open_walk(self.walk.bookmark._replace(answers={}, mode="watch"))
        watched = act(self.walk, SetMode("watch"))
        if watched.results.is_open:
            watched = act(watched, Do.CONFIRM)
        for size in ((80, 24), (120, 40)):
            assert picture(watched, *size).text() == picture(fresh, *size).text()

    @invariant()
    def every_place_is_one_of_the_trace(self) -> None:
        cursor = self.walk.cursor
        assert cursor.epoch >= 1
        assert 0 <= cursor.step <= self.walk.trace.script.length
        assert picture(self.walk, 80, 24).text()


def test_a_place_is_a_whole_learner() -> None:
    """What the machine holds, once by hand: else it might hold nothing."""
    session = open_walk(Bookmark("and-gate", Cursor(1, 38)))
    assert picture(session, 80, 24).text() != picture(Walk(session.trace, Cursor(1, 37)), 80, 24).text()


TestWalk = Machine.TestCase
TestWalk.settings = settings(max_examples=10, stateful_step_count=30, phases=(Phase.explicit, Phase.generate))
