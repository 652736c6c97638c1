"""A far epoch is trained part by part, and the screen stays alive meanwhile."""

import asyncio
import time
from collections.abc import Callable
from functools import partial

from textual.dom import DOMNode
from textual.worker import Worker

from engine.walk.opening import train
from engine.walk.walk import Walk
from tui.config.keys import ASKED

SECONDS_BETWEEN_REPORTS = 0.1


class Training:
    """At most one at a time. `report` is told how far it is, `arrive` is called at its end."""

    def __init__(self, owner: DOMNode, report: Callable[[str], object], arrive: Callable[[], object]) -> None:
        self._owner, self._report, self._arrive = owner, report, arrive
        self._worker: Worker[None] | None = None

    def follow(self, before: Walk | None, walk: Walk) -> None:
        """Begin, or stop, as a walk is bound for a far epoch now, or no longer."""
        if before and (before.bound_for, before.trace) == (walk.bound_for, walk.trace):
            return
        if self._worker:
            self._worker.cancel()
            self._worker = None
        if walk.bound_for:
            self._worker = self._owner.run_worker(partial(self._train, walk, walk.bound_for.epoch))

    async def _train(self, walk: Walk, epoch: int) -> None:
        reported, last, what = 0.0, 0, "training"
        for reached in train(walk, epoch):
            what = "training without the changes, too" if reached < last else what
            last = reached
            if time.monotonic() - reported > SECONDS_BETWEEN_REPORTS:
                self._report(f"{what}: epoch {reached} of {epoch}; {ASKED.sign('stop')} stops")
                reported = time.monotonic()
            await asyncio.sleep(0)
        self._worker = None
        self._arrive()
