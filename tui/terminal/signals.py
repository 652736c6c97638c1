"""However it ends: a dropped connection, a signal, a terminal that is gone. What the learner did is saved first."""

import os
import select
import signal
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, NoReturn

from engine.late import LateModule

if TYPE_CHECKING:
    import asyncio

    from tui.terminal import restoring
else:
    asyncio, restoring = LateModule("asyncio"), LateModule("tui.terminal.restoring")

SIGNALS = tuple(number for name in ("SIGHUP", "SIGTERM", "SIGQUIT", "SIGINT")
                if (number := getattr(signal, name, None)) is not None)
READ_AT_ONCE = 4096  # bytes, one for each signal
SECONDS_TO_END = 4  # then it ends by force: a stalled line can hold the screen up for ever

Save = Callable[[], object]
End = Callable[[int], object]


def exit_code(number: int) -> int:
    """Of a process that a signal ends."""
    return 128 + number


class EndedBySignal(SystemExit):
    """The end that a signal asks for."""


def signal_behind(error: BaseException) -> EndedBySignal | None:
    """What asked for the end, where Python has wrapped it: 3.11 does with what is raised while a class is made."""
    if isinstance(error, EndedBySignal):
        return error
    return signal_behind(error.__cause__) if error.__cause__ else None


def heed_interrupts() -> None:
    """From here on SIGINT ends the command without a traceback, unless it was started so that it is ignored."""
    if signal.getsignal(signal.SIGINT) is not signal.SIG_IGN:
        signal.signal(signal.SIGINT, lambda number, _: leave(exit_code(number)))


def leave(code: int) -> NoReturn:
    """End tidily, and as the first signal said."""
    ignore_signals(code)
    raise EndedBySignal(code)


def ignore_signals(code: int) -> None:
    """The end with a code is under way: nothing changes it any more but that it takes too long."""
    for number in SIGNALS:
        signal.signal(number, signal.SIG_IGN)
    end_at_the_latest(code)


def end_at_the_latest(code: int) -> None:
    """The end with a code has begun, and must come soon: else it comes by force. The first one counts."""
    def end_by_force(_number: int, _frame: object) -> None:
        try:
            restoring.restore_by_force()
        finally:
            os._exit(code)
    if not callable(signal.getsignal(signal.SIGALRM)):
        signal.signal(signal.SIGALRM, end_by_force)
        signal.alarm(SECONDS_TO_END)


def on_signals(save: Save, end: End) -> None:
    """On each of SIGNALS save at once, then `end` with the exit code.

    Plain handlers, not the event loop's: these run too when the loop is held up by a line that takes nothing.
    """
    def handle(number: int, _frame: object) -> None:
        end_at_the_latest(exit_code(number))
        try:
            save()
        finally:
            end(exit_code(number))
    for number in SIGNALS:
        signal.signal(number, handle)


def on_dead_terminal(end: Callable[[], object], file_number: int = 0) -> None:
    """Call `end` when the terminal is gone, where no signal says so (nohup): a thread of its own waits for that, and
    wakes for nothing else.
    """
    def watch() -> None:
        poll = select.poll()
        poll.register(file_number, select.POLLHUP | select.POLLERR)
        if any(event & (select.POLLHUP | select.POLLERR | select.POLLNVAL) for _, event in poll.poll()):
            end()
    threading.Thread(target=watch, name="terminal watch", daemon=True).start()


def wake_on_signals(loop: "asyncio.AbstractEventLoop") -> None:
    """Have every signal wake the event loop. The system may give one to any thread, but Python's handlers run in the
    main one alone, and only when that wakes: an idle app would not come back from ctrl+z, or not end.
    """
    reader, writer = os.pipe()
    for end in reader, writer:
        os.set_blocking(end, False)
    signal.set_wakeup_fd(writer, warn_on_full_buffer=False)
    loop.add_reader(reader, os.read, reader, READ_AT_ONCE)


def watch_over() -> None:
    """Both, for an app, in whose event loop it is called."""
    wake_on_signals(asyncio.get_running_loop())
    on_dead_terminal(lambda: os.kill(os.getpid(), signal.SIGHUP))  # handled as any other, in the main thread
