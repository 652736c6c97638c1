"""Every action is kept, and before an answer counts the one before is written."""

from engine.learner.progress import Progress
from engine.learner.writer import ProgressWriter
from engine.trace.cursor import Cursor
from engine.walk.actions import Answer, Do, Move, SetMode, Type
from engine.walk.keeper import Keeper
from engine.walk.transition import act
from engine.walk.walk import Walk
from lessons import and_trace


class Writer(ProgressWriter):
    """What is asked of it, in order."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[object] = []

    def write_soon(self, progress: Progress) -> None:
        self.asked.append(progress.bookmark.cursor if progress.bookmark else None)

    def flush(self, seconds: float = 0.0) -> None:
        del seconds
        self.asked.append("flush")


def test_what_was_written_last_is_not_written_again_and_answers_wait() -> None:
    writer, walk = Writer(), act(Walk(and_trace(), Cursor(1, 29)), SetMode("practise"))
    keeper = Keeper(writer)
    for action in (Type("-0.14555"), Answer("-0.14555"), Do.FILL_IN, Move("step", 1), Move("step", 1)):
        walk = keeper.act(walk, action)
    keeper.keep(walk)
    assert writer.asked == [Cursor(1, 29), "flush", Cursor(1, 30), "flush", Cursor(1, 31), Cursor(1, 32), Cursor(1, 33)]


def test_without_a_writer_nothing_is_kept() -> None:
    walk = Keeper().act(Walk(and_trace()), Move("step", 1))
    Keeper().save_now(walk)
    assert walk.cursor == Cursor(1, 1)


def test_the_furthest_epoch_is_kept_also_by_who_goes_back() -> None:
    walk = act(act(Walk(and_trace(), Cursor(3, 0)), Move("epoch", 1)), Move("epoch", -1))
    assert (walk.bookmark.cursor, walk.bookmark.furthest) == (Cursor(3, 0), 4)
