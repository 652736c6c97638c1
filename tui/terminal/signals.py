"""However it ends: a dropped connection, a signal, a terminal that is gone. What the learner did is saved first."""

import asyncio
import os
import select
import signal
import threading
from collections.abc import Callable

SIGNALS = tuple(number for name in ("SIGHUP", "SIGTERM", "SIGQUIT")
                if (number := getattr(signal, name, None)) is not None)
READ_AT_ONCE = 4096  # bytes, one for each signal
SECONDS_TO_END = 4  # then the system ends it: a stalled line can hold the screen up for ever

Save = Callable[[], object]
End = Callable[[int], object]


def exit_code(number: int) -> int:
    """Of a process that a signal ends."""
    return 128 + number


def on_signals(save: Save, end: End) -> None:
    """On SIGHUP, SIGTERM and SIGQUIT save at once, then `end` with the exit code; at the latest the alarm ends it.

    Plain handlers, not the event loop's: these run too when the loop is held up by a line that takes nothing.
    """
    def handle(number: int, _frame: object) -> None:
        signal.alarm(SECONDS_TO_END)
        save()
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


def wake_on_signals(loop: asyncio.AbstractEventLoop) -> None:
    """Have every signal wake the event loop. The system may give one to any thread, but Python's handlers run in the
    main one alone, and only when that wakes: an idle app would not come back from ctrl+z, or not end.
    """
    reader, writer = os.pipe()
    for end in reader, writer:
        os.set_blocking(end, False)
    signal.set_wakeup_fd(writer, warn_on_full_buffer=False)
    loop.add_reader(reader, os.read, reader, READ_AT_ONCE)


def watch_over(save: Save, end: End) -> None:
    """Both, for an app: called in its event loop, and `end` is called there again."""
    loop = asyncio.get_running_loop()

    def end_in_loop(code: int) -> None:
        loop.call_soon_threadsafe(end, code)  # which wakes the loop

    def terminal_is_gone() -> None:
        os.kill(os.getpid(), signal.SIGHUP)  # handled as any other, in the main thread
    wake_on_signals(loop)
    on_signals(save, end_in_loop)
    on_dead_terminal(terminal_is_gone)
