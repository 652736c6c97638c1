"""What the system knows of a process, and how it is told."""

import ctypes
import os
from pathlib import Path

TGKILL = {"x86_64": 234, "aarch64": 131}  # the number of the system call tgkill(2)


def processor_time(pid: int) -> float:
    """Milliseconds of CPU so far, of all its threads."""
    fields = _status(pid)
    return 1000 * (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def is_stopped(pid: int) -> bool:
    """Whether it waits for SIGCONT, as after ctrl+z."""
    return _status(pid)[0] == "T"


def signal_another_thread(pid: int, number: int) -> None:
    """Send a signal to a thread of a process that is not its main one: which takes it is the system's choice."""
    thread = next(int(entry) for entry in os.listdir(f"/proc/{pid}/task") if int(entry) != pid)
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.syscall(TGKILL[os.uname().machine], pid, thread, number):
        raise OSError(ctypes.get_errno(), "tgkill")


def _status(pid: int) -> list[str]:
    """The fields of /proc/PID/stat from the state on (proc_pid_stat(5), field 3)."""
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
