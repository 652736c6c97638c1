"""Keeps what a learner does: after every action it is written down, soon."""

from engine.learner.progress import Progress
from engine.learner.progress_folder import save_progress
from engine.learner.writer import ProgressWriter
from engine.walk.actions import Action, Answer, Do
from engine.walk.transition import act
from engine.walk.walk import Walk


class Keeper:
    """Of one learner. Without a writer nothing is kept."""

    def __init__(self, writer: ProgressWriter | None = None) -> None:
        self._writer = writer
        self._kept: Progress | None = None

    def act(self, walk: Walk, action: Action) -> Walk:
        """The walk after an action, kept. Before an answer counts, the one before is written down: so that one is the
        most that can be lost. Raises ActionError.
        """
        if self._writer and (isinstance(action, Answer) or action is Do.FILL_IN):
            self._writer.flush()
        walk = act(walk, action)
        self.keep(walk)
        return walk

    def keep(self, walk: Walk) -> None:
        """Have the place and the knowledge written down, if they are not what was last written."""
        if self._writer and (progress := walk.progress) != self._kept:
            self._kept = progress
            self._writer.write_soon(progress)

    def save_now(self, walk: Walk) -> None:
        """Write it down at once, past the writer: the process is about to end."""
        if self._writer:
            save_progress(walk.progress)
