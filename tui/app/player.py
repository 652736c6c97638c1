"""Playing by itself: a timer that exists only while it plays."""

from collections.abc import Callable

from textual.message_pump import MessagePump
from textual.timer import Timer

SUMMARY_SECONDS = 4
STEPS_PER_SECOND = (0.25, 0.5, 1.0, 2.0, 4.0, 8.0, 16.0)


class Player:
    """Calls `step` at a speed that can be changed."""

    def __init__(self, step: Callable[[], None]) -> None:
        self._step, self._speed = step, STEPS_PER_SECOND.index(1.0)
        self._timer: Timer | None = None
        self._held = 0

    @property
    def is_playing(self) -> bool:
        """Whether the timer runs."""
        return self._timer is not None

    def toggle(self, owner: MessagePump) -> None:
        """Start, or stop."""
        if self.is_playing:
            self.stop()
        else:
            self._start(owner)

    def holds(self, is_summary: bool) -> bool:
        """Whether to wait at this tick: between two epochs there is more to read than a number."""
        self._held = self._held + 1 if is_summary else 0
        return 0 < self._held < SUMMARY_SECONDS * STEPS_PER_SECOND[self._speed]

    def stop(self) -> None:
        """End the timer, if it runs."""
        if self._timer:
            self._timer.stop()
            self._timer = None

    def change_speed(self, owner: MessagePump, by: int) -> str:
        """Faster (1) or slower (−1); returns the speed in words."""
        self._speed = min(max(self._speed + by, 0), len(STEPS_PER_SECOND) - 1)
        if self.is_playing:
            self.stop()
            self._start(owner)
        speed = STEPS_PER_SECOND[self._speed]
        return f"speed: {speed:g} step{'s' * (speed != 1)} a second"

    def _start(self, owner: MessagePump) -> None:
        self._timer = owner.set_interval(1 / STEPS_PER_SECOND[self._speed], self._step)
