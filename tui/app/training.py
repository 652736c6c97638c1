"""The way to a far epoch: it is trained part by part, and the screen stays alive meanwhile."""

import asyncio
import time
from collections.abc import Callable

from textual.dom import DOMNode

from engine.trace.cursor import Cursor
from engine.walk.session import Session

SECONDS_BETWEEN_REPORTS = 0.1
GROUP = "journey"


class Journey:
    """At most one at a time. `report` is told how far it is, `arrive` is called at its end."""

    def __init__(self, owner: DOMNode, report: Callable[[str], object], arrive: Callable[[Cursor], object]) -> None:
        self.destination: Cursor | None = None
        self._owner, self._report, self._arrive = owner, report, arrive

    def set_out(self, session: Session, place: Cursor) -> None:
        """Train towards a place; from now on it is where the learner is bound for."""
        self.destination = place
        self._owner.run_worker(self._train(session, place), group=GROUP, exclusive=True)

    def turn_back(self) -> None:
        """Stop where it is."""
        self._owner.workers.cancel_group(self._owner, GROUP)
        self.destination = None

    async def _train(self, session: Session, place: Cursor) -> None:
        reported = 0.0
        for trace in filter(None, (session.trace, session.own)):  # both losses are shown
            for reached in trace.train_towards(place.epoch):
                if time.monotonic() - reported > SECONDS_BETWEEN_REPORTS:
                    self._report(f"training: epoch {reached} of {place.epoch}; Esc stops")
                    reported = time.monotonic()
                await asyncio.sleep(0)
        self.destination = None
        self._arrive(place)
