"""What is looked at of the training, and its growing aside: part by part, so that any key works meanwhile."""

import asyncio
import time
from collections.abc import Callable, Iterator, Sequence

from textual.dom import DOMNode
from textual.worker import Worker

from engine.trace.history import History
from engine.trace.trace import Trace
from engine.walk.walk import Walk
from tui.view import glance
from tui.view.glance import Glance

SECONDS_AT_ONCE = 0.01
SECONDS_BETWEEN_PICTURES = 0.1

Parts = Iterator[int]


class Growth:
    """Trains what is shown, in a worker of `owner`; `show` is called when there is more to see."""

    def __init__(self, owner: DOMNode, show: Callable[[], object]) -> None:
        self._owner, self._show = owner, show
        self._worker: Worker[None] | None = None
        self._place: tuple[Trace, int] | None = None
        self._ends: tuple[Sequence[History], int] | None = None
        self._to_place: Parts = iter(())
        self._to_ends: Parts = iter(())

    def go_on(self, trace: Trace, epoch: int, histories: Sequence[History], last: int) -> None:
        """Train until an epoch can be looked at; then until every curve goes so far. What is trained already stays."""
        is_as_before = self._place == (trace, epoch) and self._ends == (histories, last)
        if self._place != (trace, epoch):
            self._place, self._to_place = (trace, epoch), self._arrive(trace, epoch)
        if self._ends != (histories, last):
            self._ends, self._to_ends = (histories, last), _parts_to(histories, last)
        if self._worker is None and not is_as_before:
            self._worker = self._owner.run_worker(self._work())

    def stop(self) -> None:
        """Nobody looks any more."""
        self._place = self._ends = None
        if self._worker:
            self._worker.cancel()
            self._worker = None

    async def _work(self) -> None:
        """Pictures come at most ten times a second, and at the end."""
        shown = rested = time.monotonic()
        is_shown = True
        while self._train_part():
            is_shown, now = False, time.monotonic()
            if now - shown > SECONDS_BETWEEN_PICTURES:
                self._show()
                is_shown, shown = True, now
            if now - rested > SECONDS_AT_ONCE:
                await asyncio.sleep(0)
                rested = time.monotonic()
        self._worker = None
        if not is_shown:
            self._show()

    def _train_part(self) -> bool:
        """Returns whether there was one to train."""
        return any(next(parts, None) is not None for parts in (self._to_place, self._to_ends))

    def _arrive(self, trace: Trace, epoch: int) -> Parts:
        yield from trace.train_towards(epoch)
        trace.epoch(epoch)
        self._show()


def _parts_to(histories: Sequence[History], last: int) -> Parts:
    """Train every curve until it is there."""
    for history in histories:
        yield from history.train_losses(last)


class Glancing:
    """A glance, kept as long as the lesson's screen is there. `is_open`: somebody looks; `is_beside`: it stays beside
    the lesson, whose the keys are, and follows it.
    """

    def __init__(self, owner: DOMNode, walk: Walk, show: Callable[[], object]) -> None:
        """`show` is called when there is more to see."""
        self.glance, self.is_open, self.is_beside = glance.begin(walk), False, False
        self._show, self._growth = show, Growth(owner, show)

    def look(self, walk: Walk) -> None:
        """Look from here on, at the epoch in hand."""
        self.is_open, self.is_beside = True, False
        self.change(glance.follow(self.glance, walk), walk)

    def follow(self, walk: Walk) -> None:
        """The walk has gone on, or is another."""
        if self.is_open:
            self.change((glance.follow if self.is_beside else glance.keep_up)(self.glance, walk), walk)

    def change(self, now: Glance, walk: Walk) -> None:
        """Look otherwise; what that shows and is not there yet is trained."""
        self.glance = now
        histories = [curve.history for curve in glance.curves(now, walk)] if now.lesson.trains else []
        is_at_hand = walk.trace.is_at_hand(now.epoch)
        self._growth.go_on(walk.trace, now.epoch, histories, now.last)
        if is_at_hand:
            self._show()  # else when it is, or in a moment

    def leave(self, is_beside: bool) -> None:
        """The keys are the lesson's again; it is gone, or stays beside."""
        self.is_open = self.is_beside = is_beside
        if not is_beside:
            self._growth.stop()
