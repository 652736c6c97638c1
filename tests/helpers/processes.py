"""What the system knows of a process."""

import os
from pathlib import Path


def processor_time(pid: int) -> float:
    """Milliseconds of CPU so far, of all its threads."""
    fields = _status(pid)
    return 1000 * (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def is_stopped(pid: int) -> bool:
    """Whether it waits for SIGCONT, as after ctrl+z."""
    return _status(pid)[0] == "T"


def _status(pid: int) -> list[str]:
    """The fields of /proc/PID/stat from the state on (proc_pid_stat(5), field 3)."""
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
