"""Whether the terminal has become another: tmux can be attached from any, and only tmux knows from which."""

import time
from collections.abc import Callable
from typing import Any

from textual import events
from textual.app import App

from tui.view.glyphs import Signs, Spelling

SECONDS_OF_SILENCE = 5.0  # behind which somebody may sit somewhere else


class SignWatch:
    """Has the signs chosen anew at a new size, when the terminal comes to the front, and at the first key after a
    while: in a thread, so that no key waits for it. `show` is called where they have become others.
    """

    def __init__(self, app: App[Any], signs: Signs, show: Callable[[], object]) -> None:
        self._app, self._signs, self._show = app, signs, show
        self._heard_at = time.monotonic()
        self._is_asking = self._is_to_ask_again = False

    def hear(self, event: events.Event) -> None:
        """Something has come from the terminal."""
        if not self._signs.anew or not isinstance(event, events.Key | events.Resize | events.AppFocus):
            return
        was_silent = time.monotonic() - self._heard_at > SECONDS_OF_SILENCE
        self._heard_at = time.monotonic()
        if was_silent or not isinstance(event, events.Key):
            self._ask()

    def _ask(self) -> None:
        """One at a time: of a window that is drawn larger there come many."""
        self._is_to_ask_again = self._is_asking
        if not self._is_asking:
            self._is_asking = True
            self._app.run_worker(self._ask_in_thread, thread=True)

    def _ask_in_thread(self) -> None:
        self._app.call_later(self._take, self._signs.anew and self._signs.anew())

    def _take(self, found: Spelling | None) -> None:
        self._is_asking = False
        if found and self._signs.find(found):
            self._show()
        if self._is_to_ask_again:
            self._ask()
