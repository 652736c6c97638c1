"""An app that a fault ends, wherever it happens: without a word, for the terminal is not restored yet. Who runs the app
asks for the fault then.
"""

import asyncio
import io
import sys
import threading
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from contextvars import copy_context
from functools import partial
from typing import Any

from rich.console import Console, RenderableType

from tui.app.textual_private import WithoutTraceback
from tui.terminal.faults import FaultError

ENDED_BY_TEXTUAL = 1  # the code with which Textual ends an app in which something was raised


class GuardedApp(WithoutTraceback):
    """`fault` is why it has ended, if that was not meant."""

    def __init__(self, **options: Any) -> None:
        """`options` are those of Textual's apps."""
        super().__init__(**options)
        self.error_console = Console(file=io.StringIO())  # what Textual itself has to say of a fault is not shown
        self._fault: BaseException | None = None
        self._to_do: deque[Callable[[], object]] = deque()
        self._wake: Callable[[], object] | None = None

    @property
    def fault(self) -> BaseException | None:
        """What ended it; None if it ended as it was told to."""
        if self._fault is None and self.return_code == ENDED_BY_TEXTUAL:
            return FaultError("Textual ended the app")
        return self._fault

    def panic(self, *renderables: RenderableType) -> None:
        """Textual's way to end because of a fault: of the one that is to be shown, else of the one that is handled."""
        faults = [shown for shown in (*renderables, sys.exc_info()[1]) if isinstance(shown, BaseException)]
        self.fail(faults[0] if faults else FaultError("; ".join(map(str, renderables))))

    def fail(self, fault: BaseException) -> None:
        """End because of a fault; in the app's thread. The first one counts."""
        self._fault = self._fault or fault
        self.end_after_fault()

    def end_after_fault(self) -> None:
        """End, with whatever still works."""
        super().panic()

    def do_soon(self, action: Callable[[], object]) -> None:
        """Do in the app's thread and context, when it has begun, what another thread or a signal's handler asks for.
        Behind its end nothing is done.
        """
        self._to_do.append(action)
        if self._wake:
            self._wake()

    def fail_soon(self, fault: BaseException) -> None:
        """`fail`, from wherever it happens."""
        self.do_soon(partial(self.fail, fault))

    def guard_threads(self) -> None:
        """What is raised in threads is a fault too; before it runs."""
        threading.excepthook = lambda given: self.fail_soon(given.exc_value or FaultError("in a thread"))

    def begin_to_do(self) -> None:
        """From here on things are done soon, in the context that this is called in. What is raised in the event loop
        behind Textual's back is a fault too.
        """
        loop, context = asyncio.get_running_loop(), copy_context()

        def wake() -> None:
            with suppress(RuntimeError):  # the loop is closed
                loop.call_soon_threadsafe(self._do_all, context=context)

        def on_loop(_: asyncio.AbstractEventLoop, given: dict[str, Any]) -> None:
            if "exception" in given and self.is_running:
                self.fail_soon(given["exception"])
        self._wake = wake
        loop.set_exception_handler(on_loop)
        self._do_all()

    def _do_all(self) -> None:
        while self._to_do:
            self._to_do.popleft()()
