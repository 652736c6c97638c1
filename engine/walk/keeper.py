"""Keeps what a learner does: after every action it is written down, soon."""

from collections.abc import Callable
from contextlib import suppress

from engine.learner.progress import Progress
from engine.learner.progress_folder import NotKeptError
from engine.learner.writer import ProgressWriter
from engine.walk.actions import Action, Answer, Do
from engine.walk.transition import act
from engine.walk.walk import Walk


class Keeper:
    """Of one learner. Without a writer nothing is kept."""

    def __init__(self, writer: ProgressWriter | None = None) -> None:
        self._writer = writer
        self._kept: Progress | None = None

    @property
    def trouble(self) -> str:
        """Why something can't be kept, if something can't."""
        return self._writer.trouble if self._writer else ""

    def report_trouble(self, report: Callable[[str], object]) -> None:
        """Where nothing can be kept, have it said why, once; what is set aside too. In whatever thread finds it out."""
        if self._writer:
            self._writer.report = report

    def act(self, walk: Walk, action: Action) -> Walk:
        """The walk after an action, kept. Before an answer counts, the one before is written down: so that one is the
        most that can be lost. Raises ActionError.
        """
        if self._writer and (isinstance(action, Answer) or action is Do.FILL_IN):
            self._writer.flush()
        walk = act(walk, action)
        self.keep(walk)
        return walk

    def keep(self, walk: Walk, is_waited_for: bool = False) -> None:
        """Have the place and the knowledge written down, if they are not what was last written."""
        if self._writer and (progress := walk.progress) != self._kept:
            self._kept = progress
            self._writer.write_soon(progress)
            if is_waited_for:
                self._writer.flush()

    def save_now(self, walk: Walk) -> None:
        """Write it down at once, past the writer: the process is about to end."""
        if self._writer:
            with suppress(NotKeptError):
                self._writer.write_now(walk.progress)
